"""Soundfonts (.sf2): for each instrument that is played here the zones of sampled sound it has; plays nothing.

Numbers of generators: SoundFont Technical Specification 2.04, 8.1.2. A damaged file is Refused in a sentence.
"""

import hashlib
import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from playground.errors import Refused
from playground.media import soundfont_tables
from playground.media.score import INSTRUMENTS
from playground.media.soundfont_tables import Tables

VARIABLE = "PLAYGROUND_SOUNDFONT"
"""The variable that names the soundfont to be played with: the engine's process inherits it from the page's."""

DRUM_BANK = 128
MOST_ZONES = 20_000  # of one preset
MOST_TOGETHER = 16  # zones that sound for one key
ROM, VORBIS = 0x8000, 0x10  # kinds of samples that are not in the file, or packed
INSTRUMENT, SAMPLE, KEYS, VELOCITIES = 41, 53, 43, 44  # generators that are no amounts
FIXED = {0, 1, 2, 3, 4, 12, 45, 50, 54, 58}  # amounts that a preset cannot change
ALL = (0, 127)
Range = tuple[int, int]
Amounts = dict[int, bytes]


@dataclass(frozen=True)
class Zone:
    """A sample and how it is played. Places are counted in the samples of the file, times are in seconds."""

    keys: Range
    velocities: Range
    start: int
    end: int
    loop: Range | None
    rate: int
    root: int  # the key at which it sounds as recorded
    scale: float  # semitones from a key to the next
    tuning: float  # semitones above that
    gain: float  # dB
    pan: float  # -1 left to 1 right
    delay: float
    attack: float
    hold: float
    decay: float  # to fall by 100 dB
    hold_by_key: float  # octaves of time that a key has more than the next one up
    decay_by_key: float
    sustain: float  # dB under the peak
    release: float  # to fall by 100 dB
    cutoff: float  # Hz


@dataclass(frozen=True)
class Soundfont:
    """`samples`: where in the file they begin, in bytes, and how many; `voices` by program of General MIDI."""

    path: Path
    samples: tuple[int, int]
    voices: Mapping[int, tuple[Zone, ...]]
    drums: tuple[Zone, ...]


def use(path: Path) -> None:
    """Have this process, and those that it starts, play with the file; Refused in a sentence if it cannot be used."""
    read(path)
    os.environ[VARIABLE] = str(path.resolve())


def named() -> str:
    """The name of the file that is played with; empty if there is none."""
    return Path(os.environ.get(VARIABLE, "")).name


def named_sha256() -> str:
    """The hash of the file that is played with; empty if it cannot be read."""
    path = Path(os.environ.get(VARIABLE, ""))
    return sha256(path, path.stat().st_mtime_ns) if path.is_file() else ""


@lru_cache(maxsize=1)
def sha256(path: Path, changed: int) -> str:
    """The hash of the file at `path` as it was when it `changed`."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def read(path: Path) -> Soundfont:
    """What of the file is played here; Refused in a sentence if it cannot be used."""
    try:
        tables, samples = soundfont_tables.read(path)
        programs = {program: zones_of(tables, 0, program, samples[1]) for program in sorted(set(INSTRUMENTS.values()))}
        drums = zones_of(tables, DRUM_BANK, 0, samples[1])
    except OSError as error:
        raise Refused(f"The soundfont {path} cannot be read: {error.strerror or error}.") from None
    except (struct.error, IndexError, ValueError):
        raise Refused(f"The soundfont {path.name} is damaged; another copy of it may not be.") from None
    voices = {program: zones for program, zones in programs.items() if zones}
    if not voices and not drums:
        raise Refused(f"The soundfont {path.name} has no instrument of General MIDI that is played here.")
    return Soundfont(path, samples, voices, drums)


def zones_of(tables: Tables, bank: int, program: int, samples: int) -> tuple[Zone, ...]:
    """The zones of a preset; none if it is not there."""
    headers, instruments = tables[b"phdr"], tables[b"inst"]
    place = next((i for i, (*name, _) in enumerate(headers[:-1]) if name == [program, bank]), None)
    if place is None:
        return ()
    zones: list[Zone] = []
    for preset, instrument in layers(tables, b"p", headers[place][2], headers[place + 1][2], INSTRUMENT):
        first, last = instruments[instrument][0], instruments[instrument + 1][0]
        for own, sample in layers(tables, b"i", first, last, SAMPLE):
            zones += zone(own, preset, tables[b"shdr"][sample], samples)
            if len(zones) > MOST_ZONES:
                raise ValueError("more zones than there can be")
    return tuple(zones)


def layers(tables: Tables, kind: bytes, first: int, last: int, target: int) -> Iterator[tuple[Amounts, int]]:
    """(amounts, the number of what they are for) of each zone; a first one for nothing is what others start from."""
    bags, generators = tables[kind + b"bag"], tables[kind + b"gen"]
    shared: Amounts = {}
    for bag in range(first, last):
        amounts = dict(generators[bags[bag][0] : bags[bag + 1][0]])
        if target in amounts:
            yield {**shared, **amounts}, struct.unpack("<H", amounts[target])[0]
        elif bag == first:
            shared = amounts


def zone(own: Amounts, preset: Amounts, header: tuple[Any, ...], samples: int) -> list[Zone]:
    """One zone, of its own amounts and what the preset adds to them; none if it cannot sound."""
    start, end, loop_start, loop_end, rate, root, cents, kind = header
    if kind & VORBIS:
        raise Refused("This soundfont is packed (.sf3); an unpacked one (.sf2) can be used.")
    amount = adding(own, preset)
    start, end = start + amount(0) + 32768 * amount(4), end + amount(1) + 32768 * amount(12)
    loop = loop_start + amount(2) + 32768 * amount(45), loop_end + amount(3) + 32768 * amount(50)
    keys, velocities = common(own, preset, KEYS), common(own, preset, VELOCITIES)
    if not keys or not velocities or kind & ROM or not 0 <= start < end <= samples or not 400 <= rate <= 192_000:
        return []
    root = amount(58, -1) if amount(58, -1) >= 0 else root if root < 128 else 60
    return [
        Zone(
            *(keys, velocities, start, end),
            loop=loop if amount(54) in (1, 3) and start <= loop[0] and loop[0] + 8 <= loop[1] <= end else None,
            rate=rate,
            root=root,
            scale=amount(56, 100) / 100,
            tuning=amount(51) + (amount(52) + cents) / 100,
            gain=-max(0, amount(48)) / 10,
            pan=max(-1.0, min(1.0, amount(17) / 500)),
            delay=seconds(amount(33, -12000)),
            attack=seconds(amount(34, -12000)),
            hold=seconds(amount(35, -12000)),
            decay=seconds(amount(36, -12000)),
            hold_by_key=amount(39) / 1200,
            decay_by_key=amount(40) / 1200,
            sustain=max(0.0, min(100.0, amount(37) / 10)),
            release=seconds(amount(38, -12000)),
            cutoff=8.176 * 2 ** (max(1500, min(13500, amount(8, 13500) + max(0, amount(11)))) / 1200),
        )
    ]


def adding(own: Amounts, preset: Amounts) -> Callable[..., int]:
    """A function for the amount of a generator: its own or a default, and what the preset adds."""

    def amount(number: int, default: int = 0) -> int:
        given = signed(own[number]) if number in own else default
        return given + (signed(preset[number]) if number in preset and number not in FIXED else 0)

    return amount


def signed(amount: bytes) -> int:
    return struct.unpack("<h", amount)[0]


def seconds(timecents: int) -> float:
    return 2 ** (max(-12000, min(6000, timecents)) / 1200)


def common(own: Amounts, preset: Amounts, number: int) -> Range | None:
    """Where the ranges of both overlap."""
    (low, high), (other_low, other_high) = (tuple(one[number]) if number in one else ALL for one in (own, preset))
    low, high = max(low, other_low), min(high, other_high)
    return (low, high) if low <= high else None


def sounding(zones: Sequence[Zone], key: int, velocity: int = 100) -> tuple[Zone, ...]:
    """Those that sound together for a key; where there are none, those of the nearest key and velocity."""

    def apart(span: Range, value: int) -> int:
        return max(span[0] - value, value - span[1], 0)

    distances = [(apart(one.keys, key), apart(one.velocities, velocity)) for one in zones]
    least = min(distances)
    found = [one for one, distance in zip(zones, distances, strict=True) if distance == least]
    return tuple(found[:MOST_TOGETHER])
