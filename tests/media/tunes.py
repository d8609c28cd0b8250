"""Tunes for the tests of this folder: hypothesis strategies, and one by hand."""

from hypothesis import strategies as st

from playground.media.tune import BAR, MODES, NAMES, QUALITIES, Bar, Note, Tune

CHORDS = st.builds(lambda root, quality: root + quality, st.sampled_from(NAMES), st.sampled_from(sorted(QUALITIES)))
LENGTHS = (3, 4, 6, 8, 9, 12, 18, 24, 36)


@st.composite
def bars(draw, metre):
    """A whole bar; eighth triplets come in threes so that they fill a quarter."""
    left, notes = BAR[metre], []
    while left:
        ticks = draw(st.sampled_from([one for one in LENGTHS if one <= left]))
        group = [4, 4, 4] if ticks == 4 and left >= 12 else [8, 4] if ticks == 8 and left >= 12 else [ticks - ticks % 3]
        for one in group:
            notes.append(Note(one, draw(st.none() | st.integers(48, 84))))
        left -= sum(group)
    return Bar(tuple(notes), tuple(draw(st.lists(CHORDS, max_size=2))))


@st.composite
def tunes(draw, styles=("", "pop", "jig", "waltz", "jazz")):
    metre = draw(st.sampled_from(sorted(BAR)))
    return Tune(
        tuple(draw(st.lists(bars(metre), min_size=1, max_size=6))),
        metre,
        draw(st.integers(0, 11)),
        draw(st.sampled_from(sorted(MODES))),
        draw(st.integers(40, 240)),
        mood=draw(st.sampled_from(("", "calm", "epic"))),
        style=draw(st.sampled_from(styles)),
        title="A tune",
    )


def plain(style="", metre="4/4", bars=8):
    """A scale up and down in eighths over I, IV, V and I."""
    count = BAR[metre] // 6
    line = [0, 2, 4, 5, 7, 9, 11, 12, 11, 9, 7, 5, 4, 2]
    made = []
    for index in range(bars):
        notes = tuple(Note(6, 60 + line[(index * count + place) % len(line)]) for place in range(count))
        made.append(Bar(notes, (("C",), ("F",), ("G7",), ("C", "Am"))[index % 4]))
    return Tune(tuple(made), metre, 0, "major", 120, style=style, title="A scale")
