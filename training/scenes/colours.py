"""Tells which of the named colours an area is painted in, in a given light; knows nothing of how it was found."""

import numpy as np

from training.scenes.palette import LIGHTS, NAMED_COLOURS, darker, lighter, on_subject

_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE_POINT = np.array([0.9505, 1.0, 1.089])


def named_colour(pixels: np.ndarray, time: str) -> str:
    """The name that most of the pixels (n, 3), in bytes, are nearest to, seen as people see colour (CIE Lab)."""
    names, references = _references(time)
    distances = ((_lab(pixels)[:, None] - references[None]) ** 2).sum(-1)
    votes = np.bincount(distances.argmin(1), minlength=len(references)).reshape(len(names), -1).sum(1)
    return names[int(votes.argmax())]


def _references(time: str) -> tuple[list[str], np.ndarray]:
    """Each colour in this light, and its shaded side."""
    light = LIGHTS[time]
    shades = [
        (colour, lighter(colour, 0.14) if name == "black" else darker(colour, 0.13))
        for name, colour in NAMED_COLOURS.items()
    ]
    tinted = [on_subject(colour, light) for pair in shades for colour in pair]
    return list(NAMED_COLOURS), _lab(np.array(tinted, float))


def _lab(colours: np.ndarray) -> np.ndarray:
    """sRGB bytes (n, 3) as CIE Lab."""
    share = np.asarray(colours, float) / 255
    linear = np.where(share > 0.04045, ((share + 0.055) / 1.055) ** 2.4, share / 12.92)
    xyz = linear @ _TO_XYZ.T / _WHITE_POINT
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * root[:, 1] - 16, 500 * (root[:, 0] - root[:, 1]), 200 * (root[:, 1] - root[:, 2])], axis=1)
