"""Key signatures and the spelling of pitches on the line of fifths; knows no file format."""

_LINE = "FCGDAEB"  # letters by fifths; C is 0 on the line, F is -1, Bb is -2
_BRIGHTNESS = {"major": 0, "mixolydian": -1, "dorian": -2, "minor": -3}  # sharps beside the major key of the tonic


def signature(tonic: int, mode: str) -> int:
    """Sharps (above 0) or flats (below 0) of a key, from -5 to 6."""
    return (tonic * 7 + _BRIGHTNESS[mode] + 5) % 12 - 5


def tonic_of(sharps: int, mode: str) -> int:
    """The pitch class on which a mode with that signature stands."""
    return (sharps - _BRIGHTNESS[mode]) * 7 % 12


def letter(fifths: int) -> tuple[str, int]:
    """Letter and sharps (or, below 0, flats) of a place on the line of fifths."""
    octave, place = divmod(fifths + 1, 7)
    return _LINE[place], octave


def tonic_name(tonic: int, mode: str) -> str:
    """Such as "Bb", spelled so that the signature has the fewest signs."""
    name, sharps = letter(signature(tonic, mode) - _BRIGHTNESS[mode])
    return name + ("#" * sharps or "b" * -sharps)


def spelled(pitch_class: int, sharps: int) -> tuple[str, int]:
    """Letter and sharps of a pitch class in a key of that signature: the nearest on the line, a sharp where two are."""
    middle = sharps + 2
    return letter(middle + (pitch_class * 7 - middle + 5) % 12 - 5)


def in_signature(name: str, sharps: int) -> int:
    """How the signature alters a letter: 1 sharp, -1 flat, 0 not."""
    place = _LINE.index(name)
    return 1 if place < sharps else -1 if 6 - place < -sharps else 0
