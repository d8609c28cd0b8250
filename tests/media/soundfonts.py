"""Tiny soundfonts, built by hand for the tests of what reads and plays them."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

RATE = 44000
PERIOD = 100  # samples: 440 Hz, key 69
INSTRUMENT, SAMPLE = 41, 53


@dataclass
class Sample:
    """Its loop is the last period; `kind` 1: mono."""

    data: np.ndarray
    root: int = 69
    cents: int = 0
    kind: int = 1
    rate: int = RATE


def sine(level=0.5, harmonics=(1.0,), length=1000) -> Sample:
    time = np.arange(length) / PERIOD
    waves = [part * np.sin(2 * np.pi * (number + 1) * time) for number, part in enumerate(harmonics)]
    return Sample((level * 32767 * np.sum(waves, axis=0)).astype("<i2"))


def noise(level=0.3, length=4000) -> Sample:
    return Sample((np.random.default_rng(0).normal(0, level / 3, length) * 32767).astype("<i2"))


Zones = Sequence[tuple[Mapping[int, int | tuple[int, int]], int | None]]
"""(amounts by number of generator, a pair for a range; what it is for, None for a zone that the others start from)"""


def build(presets: Sequence[tuple[int, int, Zones]], instruments: Sequence[Zones], samples: Sequence[Sample]) -> bytes:
    """A file. `presets`: (program, bank, zones), whose zones are for `instruments`, whose zones are for `samples`."""
    starts, data = [], b""
    for sample in samples:
        starts.append(len(data) // 2)
        data += sample.data.tobytes() + bytes(92)
    tables = {kind: b"" for kind in (b"phdr", b"pbag", b"pmod", b"pgen", b"inst", b"ibag", b"imod", b"igen", b"shdr")}
    for index, (program, bank, zones) in enumerate([*presets, (0, 0, ())]):
        count = len(tables[b"pbag"]) // 4
        tables[b"phdr"] += struct.pack("<20sHHHIII", b"%d" % index, program, bank, count, 0, 0, 0)
        add_zones(tables, b"p", zones, INSTRUMENT)
    for index, zones in enumerate([*instruments, ()]):
        tables[b"inst"] += struct.pack("<20sH", b"%d" % index, len(tables[b"ibag"]) // 4)
        add_zones(tables, b"i", zones, SAMPLE)
    for kind in (b"p", b"i"):
        tables[kind + b"bag"] += struct.pack("<HH", len(tables[kind + b"gen"]) // 4, 0)
        tables[kind + b"gen"] += bytes(4)
        tables[kind + b"mod"] += bytes(10)
    for sample, start in zip(samples, starts, strict=True):
        end = start + len(sample.data)
        where = (start, end, end - PERIOD, end, sample.rate, sample.root, sample.cents, 0, sample.kind)
        tables[b"shdr"] += struct.pack("<20sIIIIIBbHH", b"s", *where)
    tables[b"shdr"] += bytes(46)
    info = chunk(b"ifil", struct.pack("<HH", 2, 4)) + chunk(b"INAM", b"tiny\0\0")
    parts = [(b"INFO", info), (b"sdta", chunk(b"smpl", data)), (b"pdta", b"".join(map(chunk, tables, tables.values())))]
    return chunk(b"RIFF", b"sfbk" + b"".join(chunk(b"LIST", name + body) for name, body in parts))


def add_zones(tables: dict[bytes, bytes], kind: bytes, zones: Zones, target: int) -> None:
    for amounts, number in zones:
        tables[kind + b"bag"] += struct.pack("<HH", len(tables[kind + b"gen"]) // 4, 0)
        for generator, amount in sorted(amounts.items(), key=lambda one: one[0] not in (43, 44)):
            packed = bytes(amount) if isinstance(amount, tuple) else struct.pack("<h", amount)
            tables[kind + b"gen"] += struct.pack("<H", generator) + packed
        if number is not None:
            tables[kind + b"gen"] += struct.pack("<Hh", target, number)


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


LOOPED = {54: 1}


def small() -> bytes:
    """A piano in stereo, louder on the right; a flute of two samples, split at key 72; and two drums."""
    piano = [({**LOOPED, 17: -500}, 0), ({**LOOPED, 17: 500}, 1)]
    flute = [({38: 0}, None), ({**LOOPED, 43: (0, 71)}, 0), ({**LOOPED, 43: (72, 127)}, 2)]
    drums = [({43: (36, 36), 58: 36}, 3), ({43: (38, 38), 58: 38}, 3)]
    presets = [(0, 0, [({}, 0)]), (73, 0, [({}, 1)]), (0, 128, [({}, 2)])]
    return build(presets, [piano, flute, drums], [sine(0.3), sine(0.6), sine(0.5, (0.0, 1.0)), noise()])
