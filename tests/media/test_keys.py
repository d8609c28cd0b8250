import pytest

from playground.media.keys import in_signature, signature, spelled, tonic_name, tonic_of
from playground.media.tune import MODES


@pytest.mark.parametrize(
    "tonic, mode, sharps, name",
    [(0, "major", 0, "C"), (7, "major", 1, "G"), (10, "major", -2, "Bb"), (6, "major", 6, "F#"), (1, "major", -5, "Db")]
    + [(9, "minor", 0, "A"), (3, "minor", 6, "D#"), (2, "dorian", 0, "D"), (7, "mixolydian", 0, "G")],
)
def test_signatures_and_names_of_keys(tonic, mode, sharps, name):
    assert signature(tonic, mode) == sharps and tonic_name(tonic, mode) == name


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("tonic", range(12))
def test_the_scale_of_a_key_needs_no_accidental(tonic, mode):
    sharps = signature(tonic, mode)
    assert tonic_of(sharps, mode) == tonic
    spellings = [spelled((tonic + step) % 12, sharps) for step in MODES[mode]]
    assert sorted(name for name, _ in spellings) == list("ABCDEFG")
    assert all(alter == in_signature(name, sharps) for name, alter in spellings)


def test_a_leading_note_is_a_sharp():
    assert spelled(8, 0) == ("G", 1) and spelled(10, -1) == ("B", -1)
