from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import Refused
from playground.media import abc, abc_bars, abc_read
from playground.media.abc_notes import chord_name
from playground.media.tune import BAR, Bar, Note, Tune
from tests.media.tunes import plain, tunes


def normal(tune):
    """The tune as ABC can say it: rests that meet are one, and a chord lasts until the next."""
    bars, last = [], ""
    for bar in tune.bars:
        notes = []
        for note in bar.notes:
            if notes and note.pitch is None and notes[-1].pitch is None:
                notes[-1] = Note(notes[-1].ticks + note.ticks, None)
            else:
                notes.append(note)
        names = bar.chords or ((last,) if last else ())
        last = names[-1] if names else ""
        bars.append(Bar(tuple(notes), names))
    return replace(tune, bars=tuple(bars))


def music(body, metre="4/4", key="C", unit="1/8"):
    (tune,) = abc_read.read(f"X:1\nT:A\nM:{metre}\nL:{unit}\nK:{key}\n{body}\n")
    return tune


def notes(body, **head):
    return [(note.ticks, note.pitch) for bar in music(body, **head).bars for note in bar.notes]


def pitches(body, **head):
    return [pitch for _, pitch in notes(body, **head)]


def test_the_text_of_a_small_tune():
    bars = (
        Bar(
            (Note(12, 62), Note(6, 66), Note(6, 65), Note(4, 69), Note(4, 71), Note(4, 73), Note(12, None)), ("D", "A7")
        ),
        Bar((Note(48, 74),), ("D", "G")),
    )
    assert abc.write(Tune(bars, "4/4", 2, "major", 96, style="reel", title="Small\ntune")) == (
        'X:1\nT:Small tune\nR:reel\nM:4/4\nL:1/8\nQ:1/4=96\nK:D\n"D"D2 F =F (3"A7"ABc z2 | "D"d4- "G"d4 |]\n'
    )


@settings(max_examples=150, deadline=None)
@given(tunes())
def test_what_is_written_is_read(tune):
    if any(note.pitch is not None for bar in tune.bars for note in bar.notes):
        assert abc_read.read(abc.write(tune)) == (normal(tune),)


def test_the_first_header_lines_are_in_the_order_of_the_standard():
    names = [line[0] for line in abc.write(plain("jig", "6/8"), 7).split("\n")[:7]]
    assert names == list("XTRMLQK") and abc.write(plain(), 7).startswith("X:7\n")


@pytest.mark.parametrize(
    "body, expected",
    [
        (
            "C2 D E3/ F/ G//A//B,/c' d",
            [(12, 60), (6, 62), (9, 64), (3, 65), (2, 67), (1, 69), (3, 59), (6, 84), (6, 74)],
        ),
        ("A>B c<d e>>f g2", [(9, 69), (3, 71), (3, 72), (9, 74), (11, 76), (1, 77), (12, 79)]),
        ("(3ABc d2 (3:2:2A2B z2", [(4, 69), (4, 71), (4, 72), (12, 74), (8, 69), (4, 71), (12, None)]),
        ("A4- A2 B-c", [(36, 69), (6, 71), (6, 72)]),
        ("{g}A2 !trill!B2 (c.d) ~e`f", [(12, 69), (12, 71), (6, 72), (6, 74), (6, 76), (6, 77)]),
        ('[CEG]2 [ce]4 "text"[A2c2]', [(12, 67), (24, 76), (12, 72)]),
        ("z4 x2 A2 % A comment", [(36, None), (12, 69)]),
        ("A8 & C8", [(48, 69)]),
    ],
)
def test_notes(body, expected):
    assert notes(body) == expected


def test_accidentals_hold_for_their_letter_to_the_end_of_the_bar():
    assert pitches("^F2 F2 f2 =F2 | F2 _B2 __B2 ^^c2", key="G") == [66, 66, 78, 65, 66, 70, 69, 74]


def test_a_tied_note_keeps_its_pitch_over_the_bar_line():
    assert pitches("^F8- | F4 F4") == [66, 66, 65]


@pytest.mark.parametrize(
    "key, name, flats",
    [("Dm", "D minor", "B"), ("Edor", "E dorian", ""), ("A Mixolydian", "A mixolydian", ""), ("Bb", "Bb major", "BE")]
    + [("F#min", "F# minor", ""), ("Cm clef=treble", "C minor", "ABE"), ("Hp", "A mixolydian", "")]
    + [("none", "C major", ""), ("D Phr ^f", "D minor", "BE")],
)
def test_keys(key, name, flats):
    assert music("C8", key=key).key == name
    assert sorted(letter for letter, sign in abc_read.key_of(key).signs.items() if sign < 0) == list(flats)


@pytest.mark.parametrize(
    "metre, body, became, ticks",
    [
        ("C|", "A8", "4/4", [48]),
        ("2/4", "A2B2", "4/4", [24, 24]),
        ("3/2", "A4B4c4", "3/4", [12, 12, 12]),
        ("3/8", "ABc", "3/4", [12, 12, 12]),
        ("12/8", "A3B3c3d3", "6/8", [18, 18, 18, 18]),
    ],
)
def test_metres_that_a_tune_does_not_know_are_rewritten(metre, body, became, ticks):
    tune = music(body, metre)
    assert tune.metre == became and [note.ticks for bar in tune.bars for note in bar.notes] == ticks


@pytest.mark.parametrize(
    "metre, field, bpm",
    [("4/4", "Q:1/4=120", 120), ("6/8", "Q:3/8=80", 120), ("4/4", "Q:180", 90), ("4/4", 'Q:"Slow" 1/2=30', 60)]
    + [("4/4", "N:none", 100), ("4/4", "Q:x", 100), ("2/4", "Q:1/4=60", 120), ("4/4", "Q:1/4=9999", 300)]
    + [("4/4", "Q:C3=100", 150)],
)
def test_tempos(metre, field, bpm):
    (tune,) = abc_read.read(f"X:1\nM:{metre}\nL:1/8\n{field}\nK:C\nA{int(metre[0]) * 8 // int(metre[2])}|\n")
    assert tune.bpm == bpm


def letters(body, metre="2/4", unit="1/4"):
    names = {60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A", 71: "B", None: "z"}
    return "".join(names[pitch] for pitch in pitches(body, metre=metre, unit=unit))


@pytest.mark.parametrize(
    "body, expected",
    [
        ("CD|EF:|GA|]", "CDEFCDEFGA"),
        ("CD|:EF:|GA|]", "CDEFEFGA"),
        ("CD::EF:|", "CDCDEFEF"),
        ("|:CD|1 EF:|2 GA|]", "CDEFCDGA"),
        ("|:CD[1 EF:|[2 GA||BC:|", "CDEFCDGABCBC"),
        ("CD||EF:|", "CDEFEF"),
        ("|:CD|1 EF:|2 GA:|BC|", "CDEFCDGABC"),
    ],
)
def test_repeats_are_played_twice_with_their_endings(body, expected):
    assert letters(body) == expected


@pytest.mark.parametrize(
    "body, expected",
    [
        ("C|DE|FG|]", "zCDEFG"),
        ("C|DE|F:|G|AB|C|]", "zCDEFCDEFGABCz"),
        ("C|DE|FG:|AB|", "zCDEFGDEFGAB"),
        ("CD|E||FG|", "CDEzFG"),
        ("CD|\nEF|", "CDEF"),
        ("C\nD|EF|", "CDEF"),
    ],
)
def test_pickups_and_parted_bars_become_whole(body, expected):
    assert letters(body) == expected


def test_chords_share_a_bar_and_go_on():
    tune = music('"Am"A4 "G7/B"G4 | A8 | A4 "^slower""4""F"A4 | "Dmin7"A2 "nothing"A6')
    assert [bar.chords for bar in tune.bars] == [("Am", "G7"), ("G7",), ("G7", "F"), ("Dm7",)]


@pytest.mark.parametrize(
    "text, name", [("Cmaj7", "Cmaj7"), ("F#min", "F#m"), ("Bb9", "Bb7"), ("Gsus", "Gsus4"), ("D.C.", ""), ("Fine", "")]
)
def test_chord_names(text, name):
    assert chord_name(text) == name


def test_only_the_first_voice_is_read():
    assert pitches("V:1\nA8|\nV:2\nC8|\n[V:1]B8|[V:2]C8|") == [69, 71]


def test_fields_within_the_music_change_key_and_length():
    assert notes("F8 | [K:G]F8 |\nL:1/4\nw:la la\nF4 |") == [(48, 65), (48, 66), (48, 66)]


def test_a_tune_ends_at_an_empty_line():
    assert pitches("A8|\n\nThis is prose about ABC.") == [69]


def test_a_book_gives_its_whole_tunes_only():
    book = "X:1\nT:One\nK:C\nA8|\n\nX:2\nT:Two\nM:9/8\nK:C\nA9|\n\nX:3\nT:Three\nR:slow air\nK:C\nB8|\n"
    assert [(tune.title, tune.style) for tune in abc_read.read(book)] == [("One", ""), ("Three", "air")]


@pytest.mark.parametrize(
    "text, reason",
    [
        ("", "no ABC"),
        ("Dear diary, today I wrote a tune.", "no ABC"),
        ("X:1\nT:Nine\nM:9/8\nK:C\nA9|", "in 9/8 cannot be read"),
        ("X:1\nK:C\nA8|A5|A8|", "Bar 2 is too short"),
        ("X:1\nK:C\nA8|A9|", "Bar 2 is too long"),
        ("X:1\nK:C\nA8|A8A4|", "Bar 3 does not fit"),
        ("X:1\nT:Quiet\nK:C\nz8|", "'Quiet' holds no notes"),
        ("X:1\nM:4/4\nK:C\nA8|[M:3/4]A6|", "changes its metre"),
        ("X:1\nK:C\n" + "A8|" * (abc_bars.MOST_BARS + 1), "more than 400 bars"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text, reason):
    with pytest.raises(Refused, match=reason):
        abc_read.read(text)


def test_too_long_a_text_is_refused_unread(monkeypatch):
    monkeypatch.setattr(abc_read, "LARGEST", 10)
    with pytest.raises(Refused, match="at most 10 are read"):
        abc_read.read("X:1\nK:C\nA8|")


def read_or_refused(text):
    try:
        found = abc_read.read(text)
    except Refused:
        return
    for tune in found:
        assert all(sum(note.ticks for note in bar.notes) == BAR[tune.metre] for bar in tune.bars)


@given(st.text(max_size=200))
def test_any_text_is_refused_or_read(text):
    read_or_refused(text)


@settings(max_examples=300, deadline=None)
@given(
    st.text("ABCcdz^_=,'0123468/()[]{}|:<>-\"&%!+ \n~.KMLVXQ", max_size=80), st.sampled_from(sorted(abc_read.METRES))
)
def test_any_music_is_refused_or_read_in_whole_bars(body, metre):
    read_or_refused(f"X:1\nM:{metre}\nK:D\n{body}")


def test_bars_are_counted_anew_where_they_cannot_be_played():
    odd = 'X:1\nM:5/4\nL:1/4\nK:C\n"C"CDEFG|"G7"ABc4|'
    tune, as_written = abc_read.first(odd)
    assert not as_written and [bar.chords for bar in tune.bars] == [("C",), ("C", "G7", "G7", "G7"), ("G7",)]
    assert [[(n.ticks, n.pitch) for n in bar.notes] for bar in tune.bars] == [
        [(12, 60), (12, 62), (12, 64), (12, 65)],
        [(12, 67), (12, 69), (12, 71), (12, 72)],
        [(36, 72), (12, None)],
    ]
    assert abc_read.first(odd.replace("5/4", "4/4").replace("FG|", "F|").replace("c4", "c2"))[1]
    with pytest.raises(Refused, match="bars"):
        abc_read.first("X:1\nM:5/4\nL:1/1\nK:C\nC999|")
