"""What is in a soundfont file (.sf2), as tables of plain records; knows not what their numbers mean.

Format: SoundFont Technical Specification 2.04 (E-mu Systems, 2006). No length in the file is believed unchecked:
whatever does not fit raises ValueError or struct.error, and what is no soundfont is Refused in a sentence.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from playground.errors import Refused

LARGEST = 32_000_000  # bytes of all tables; large soundfonts have some 2,000,000
LAYOUTS = {  # of one record of each table, as far as it counts here
    b"phdr": "<20xHHH12x",  # a preset: program, bank, first bag
    b"pbag": "<H2x",  # first generator
    b"pgen": "<H2s",  # which, and its amount
    b"inst": "<20xH",  # first bag
    b"ibag": "<H2x",
    b"igen": "<H2s",
    b"shdr": "<20xIIIIIBb2xH",  # a sample: start, end, start and end of the loop, rate, root key, cents, kind
}

Tables = Mapping[bytes, Sequence[tuple[Any, ...]]]


def read(path: Path) -> tuple[Tables, tuple[int, int]]:
    """The tables, and where in the file the samples begin and how many there are (16 bits each)."""
    with path.open("rb") as file:
        found = places(path, file)
        if sum(end - start for kind, (start, end) in found.items() if kind in LAYOUTS) > LARGEST:
            raise Refused(f"The soundfont {path.name} has more instruments than can be used here.")
        tables = {}
        for kind, layout in LAYOUTS.items():
            start, end = found[kind]
            file.seek(start)
            tables[kind] = list(struct.iter_unpack(layout, file.read(end - start)))
    start, end = found[b"smpl"]
    return tables, (start, (end - start) // 2)


def places(path: Path, file: BinaryIO) -> dict[bytes, tuple[int, int]]:
    """Where each table and the samples begin and end."""
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"sfbk":
        raise Refused(f"{path.name} is no soundfont: a file of the format SF2 is needed.")
    lists = dict(chunks(file, 12, path.stat().st_size))
    found = {kind: place for top in (b"sdta", b"pdta") for kind, place in chunks(file, *lists.get(top, (0, 0)))}
    if b"smpl" not in found or not found.keys() >= LAYOUTS.keys():
        raise Refused(f"The soundfont {path.name} is not complete; another copy of it may be.")
    return found


def chunks(file: BinaryIO, position: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """(name, where its body begins and ends) of each chunk; of a list the name is that of the list."""
    while position + 8 <= end:
        file.seek(position)
        name, length = struct.unpack("<4sI", file.read(8))
        position += 8
        if position + length > end:
            raise ValueError(f"{name!r} ends after the file")
        if name == b"LIST":
            yield file.read(4), (position + 4, position + length)
        else:
            yield name, (position, position + length)
        position += length + length % 2
