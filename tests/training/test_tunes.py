"""The composer keeps its promises: exact bars, cadences home, tokens that tell all, a grammar that allows it."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.media import tune_grammar as grammar
from playground.media import tune_tokens as tokens
from playground.media import tune_words as words
from playground.media.tune import BAR, MODES, Bar, Note, Tune, pitch_classes, transposed
from playground.media.tune_wishes import LENGTHS, MOODS, STYLES, Wish
from playground.media.tune_words import BPM, HIGHEST, HOME, LOWEST, tempo_of
from tests.training.processes import draws
from training import tunes
from training.tunes import cadences, harmony, judge, motifs, rhythm
from training.tunes.characters import SOUNDS
from training.tunes.harmoniser import harmonised

SEEDS = st.integers(0, 2**32)
JIG = "C5 6 D5 6 E5 6 G5 6 E5 6 C5 6|D5 6 E5 6 D5 6 B4 6 A4 6 G4 6"
CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@pytest.fixture(scope="module")
def drawn() -> list[Tune]:
    rng = random.Random(0)
    return [tunes.draw(rng) for _ in range(120)]


def read(text: str) -> tuple[Bar, ...]:
    """Bars from names and ticks, such as "C5 12 D5 24"; z is a rest."""
    bars = []
    for bar in text.split("|"):
        words = bar.split()
        pitches = [None if name == "z" else CLASSES[name[0]] + 12 * int(name[1]) + 12 for name in words[::2]]
        bars.append(Bar(tuple(map(Note, map(int, words[1::2]), pitches))))
    return tuple(bars)


def walk(seed: int) -> list[str]:
    """A random way through the grammar, bars of many short notes included."""
    rng, state, said = random.Random(seed), grammar.State(), []
    while choices := sorted(grammar.allowed(state)):
        said.append(rng.choice(choices))
        state = grammar.advanced(state, said[-1])
    return said


def test_the_composer_knows_the_words_that_tokens_have():
    assert tuple(MOODS) == words.MOODS and tuple(STYLES) == words.STYLES
    assert {style for mood in MOODS.values() for style in mood.styles} <= set(words.STYLES)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_every_tune_is_whole(seed):
    tune = tunes.draw(random.Random(seed))
    assert tune.mood in MOODS and tune.style in STYLES and tune.metre in STYLES[tune.style].metres
    assert len(tune.bars) in LENGTHS and tune.bpm in BPM and tune.tonic == HOME[tune.mode]
    assert judge.exact_bars(tune) == 1 and judge.ends_on_tonic(tune)
    assert all(LOWEST <= note.pitch <= HIGHEST for bar in tune.bars for note in bar.notes if note.pitch is not None)
    assert all(1 <= len(bar.chords) <= (1 if tune.metre == "3/4" else 2) for bar in tune.bars)
    chords = [name for bar in tune.bars for name in bar.chords]
    assert set(chords) <= set(words.CHORDS[tune.mode])
    assert chords[-1] in words.TONICS[tune.mode] and not words.is_tonic(chords[-2], tune.mode)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_tokens_tell_a_tune_and_the_grammar_allows_it(seed):
    tune = tunes.draw(random.Random(seed))
    told = tokens.encode(tune)
    assert tokens.decode(told) == tune
    assert grammar.accepts(told)
    assert not grammar.accepts(told[:-1]) and not grammar.accepts([*told, tokens.END])


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_whatever_the_grammar_allows_is_a_tune(seed):
    said = walk(seed)
    tune = tokens.decode(said)
    assert tokens.encode(tune) == said and set(said) <= set(tokens.VOCABULARY)
    assert judge.exact_bars(tune) == 1 and judge.ends_on_tonic(tune)
    chords = [name for bar in tune.bars for name in bar.chords]
    assert chords[-1] in words.TONICS[tune.mode] and not any(words.is_tonic(name, tune.mode) for name in chords[-2:-1])


@pytest.mark.parametrize("style", STYLES)
def test_a_wish_is_fulfilled(style):
    rng = random.Random(style)
    for mood in MOODS:
        wish = Wish(
            mood,
            style,
            rng.choice(tuple(MODES)),
            rng.choice(STYLES[style].metres),
            rng.randrange(5),
            rng.choice((8, 16)),
        )
        tune = tunes.compose(wish, rng)
        found = (tune.mood, tune.style, tune.mode, tune.metre, tempo_of(tune.bpm), len(tune.bars))
        assert found == (mood, style, wish.mode, wish.metre, wish.tempo, wish.bars)


def test_the_same_seed_composes_the_same_in_every_process():
    one, other = draws("training.tunes", 5)
    assert one == other and len(one) > 5000


def test_tunes_sing_as_good_tunes_do(drawn):
    figures = [judge.measure(tune) for tune in drawn]

    def mean(values):
        counted = [value for value in values if value is not None]
        return sum(counted) / len(counted)

    assert 0.85 < mean(one.strong_chord_tones for one in figures) < 0.98
    assert 2 < mean(one.mean_leap for one in figures) < 3.5
    assert max(one.span for one in figures) <= 26
    again = {distance: mean(one.rhythm_again[distance] for one in figures) for distance in judge.DISTANCES}
    assert again[1] < again[4] and 0.3 < again[4] < 0.6 and 0.3 < again[8] < 0.6
    assert mean(one.contour_again[4] for one in figures) > mean(one.contour_again[1] for one in figures)


def test_few_tunes_begin_alike(drawn):
    assert len({tune.bars[0].notes for tune in drawn}) > 0.93 * len(drawn)
    keys = [key for tune in drawn for key in set(judge.phrases(tune))]
    assert len(set(keys)) > 0.9 * len(keys)


def test_one_tune_in_twenty_is_held_out_in_any_key(drawn):
    share = sum(map(tunes.is_held_out, drawn)) / len(drawn)
    assert 0.01 < share < 0.12
    assert all(tunes.is_held_out(tune) == tunes.is_held_out(transposed(tune, 5)) for tune in drawn)


def test_every_chord_of_the_tables_may_be_used():
    for mode, names in words.CHORDS.items():
        assert set(words.TONICS[mode]) <= set(names)
        rng = random.Random(mode)
        for colour in harmony.PROGRESSIONS[mode]:
            for _ in range(40):
                bars = harmony.with_passing_chords(harmony.draw_progression(mode, colour, rng), mode, 1.0, rng)
                half, full = cadences.half(mode, rng), cadences.full(mode, colour, True, False, rng)
                assert len(bars) == 4
                assert {name for bar in (*bars, *half.chords, *full.chords) for name in bar} <= set(names)


@pytest.mark.parametrize("mode", MODES)
def test_the_scale_over_a_chord_has_its_tones(mode):
    for name in words.CHORDS[mode]:
        scale = harmony.scale(mode, name)
        assert {scale[letter] for letter in harmony.letters(name)} == pitch_classes(name)
        assert len(set(scale)) == 7


@pytest.mark.parametrize("style", STYLES)
def test_every_style_has_rhythms_that_fill_its_bars(style):
    feel, rng = SOUNDS[style].feel, random.Random(style)
    for metre in STYLES[style].metres:
        for _ in range(50):
            bar = rhythm.draw_bar(feel, metre, rng)
            assert sum(map(abs, bar)) == BAR[metre] and {abs(ticks) for ticks in bar} <= set(tokens.LENGTHS)
            home = rhythm.draw_ending(feel, metre, True, rng)
            assert sum(map(abs, home)) == BAR[metre]


def test_motifs_are_varied_and_stay_recognisable():
    motif = motifs.Motif((12, 12, 6, 6, 12), (0, 2, 1, 2, 4))
    assert motifs.inverted(motif).contour == (0, -2, -1, -2, -4)
    assert motifs.fragmented(motif, 1, "4/4") == motifs.Motif((12, 12, 12, 12), (0, 2, 1, 3))
    assert motifs.broadened(motif) == motifs.Motif((12, 12, 6, 18), (0, 2, 1, 2))
    assert motifs.fragmented(motifs.Motif((36,), (0,)), 1, "3/4").rhythm == (36,)


def test_lengths_without_a_token_are_struck_again():
    assert [tokens.split(ticks) for ticks in (12, 5, 42, 7)] == [[12], [3, 2], [36, 6], [4, 3]]
    with pytest.raises(ValueError):
        tokens.split(1)


def test_what_cannot_be_told_is_refused(drawn):
    with pytest.raises(ValueError, match="home key"):
        tokens.encode(transposed(drawn[0], 1))
    with pytest.raises(ValueError, match="mood_angry"):
        tokens.encode(replace(drawn[0], mood="angry"))
    for said in (["note_60", "length_12"], ["bar_1", "note_60", "note_60"], ["begin", "mood_sad"]):
        with pytest.raises(ValueError):
            tokens.decode(said)
    with pytest.raises(ValueError, match="may not follow"):
        grammar.advanced(grammar.State(), "rest")


def test_the_vocabulary_is_small_and_says_everything_once():
    assert len(set(tokens.VOCABULARY)) == len(tokens.VOCABULARY) and 120 < len(tokens.VOCABULARY) < 160


def test_an_old_tune_becomes_a_lead_sheet():
    last = "C5 6 D5 6 B4 6 C5 12 E5 6"
    tune = Tune(read("|".join([JIG] * 3 + ["A4 6 G4 6 F4 6 E4 18", last])), "6/8", 0, "major", style="double jig")
    (sheet,) = tunes.segments([transposed(tune, 7)])
    assert (sheet.style, sheet.mood, sheet.tonic) == ("jig", "lively", 0)
    assert sheet.bars[-1].notes[-2:] == (Note(12, 72), Note(6, None)) and sheet.bars[0].notes == tune.bars[0].notes
    assert grammar.accepts(tokens.encode(sheet)) and (judge.strong_chord_tones(sheet) or 0) > 0.7


def test_a_tune_that_does_not_come_home_is_left_out():
    tune = Tune(read("|".join([JIG] * 4)), "6/8", 0, "major")
    assert list(tunes.segments([tune, replace(tune, bars=()), replace(tune, mode="phrygian")])) == []


def test_a_bar_before_the_first_is_left_out():
    bars = read("|".join(["z 24 G4 12", *["C5 12 E5 12 G5 12", "B4 24 D5 12"] * 3, "D5 24 B4 12", "C5 36"]))
    (sheet,) = tunes.segments([Tune(bars, "3/4")])
    assert (
        len(sheet.bars) == 8 and sheet.style == "waltz" and [bar.chords for bar in sheet.bars[-2:]] == [("G",), ("C",)]
    )


def test_chords_of_the_book_are_kept(drawn):
    tune = next(tune for tune in drawn if tune.style == "jig" and tune.mode == "major")
    (sheet,) = tunes.segments([tune])
    assert [bar.chords for bar in sheet.bars] == [bar.chords for bar in tune.bars]


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_any_tune_can_be_harmonised_home(seed):
    tune = tunes.draw(random.Random(seed))
    chords = [name for bar in harmonised(tune) for name in bar.chords]
    assert chords[-1] == words.TONICS[tune.mode][0] != chords[-2]
