"""A score becomes sound: every track on its own and a room around them; knows no file, and `master` makes it loud.

Sounds are float32 arrays of shape (samples, 2), full scale at 1. Nothing is random: the same score is the same sound.
"""

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from playground.media import master
from playground.media.band import Band
from playground.media.drum_kit import stroke
from playground.media.instruments import release, tone
from playground.media.score import Played, Score, Track
from playground.media.voices import VOICES

RATE = 44100
TAIL = 2.0  # seconds after the last note, in which the room falls silent
FADE = 0.1  # seconds of the very end
DRUM_LEVEL = 0.55
DRUM_ROOM = 0.1  # share of the drums that goes into the room
ROOM_SECONDS, ROOM_FALL, ROOM_DELAY = 1.5, 0.28, 0.018  # length of the echo, to 1/e, and before its first


OWN = Band(tone, lambda instrument, pitch, rate: release(instrument, rate), stroke)


def rendered(score: Score, rate: int = RATE, band: Band = OWN) -> np.ndarray:
    """The whole piece, its seconds and TAIL, at about -16 LUFS with every sample below 1."""
    return master.mastered(mix(score.tracks, score.seconds, rate, band), rate)


def looped(mixed: np.ndarray, seconds: float, rate: int = RATE) -> np.ndarray:
    """One round of a piece of so many seconds that is played again and again, at about -16 LUFS. `mixed`: see mix();
    what rings on after the end of a round is heard in the next."""
    length = round(seconds * rate)
    rounds = np.zeros((-(-len(mixed) // length), length, 2), np.float32)
    rounds.reshape(-1, 2)[: len(mixed)] = mixed
    return master.mastered(np.tile(rounds.sum(axis=0), (3, 1)), rate)[length : 2 * length]


def stem(score: Score, track: int, rate: int = RATE, band: Band = OWN) -> np.ndarray:
    """What the track of this number is of the whole piece: all stems together are what is `rendered`."""
    return master.applied(mix([score.tracks[track]], score.seconds, rate, band), gains(score, rate, band))


@lru_cache(maxsize=16)  # since one stem is rarely wanted alone; each keeps some 200 kB
def gains(score: Score, rate: int, band: Band) -> np.ndarray:
    return master.gains(mix(score.tracks, score.seconds, rate, band), rate)


def mix(tracks: Iterable[Track], seconds: float, rate: int = RATE, band: Band = OWN) -> np.ndarray:
    """Some tracks in their room, not mastered. It adds up: the mix of all is the sum of the mixes of each."""
    count = round((seconds + TAIL) * rate)
    dry, sent = np.zeros((2, count), np.float32), np.zeros(count, np.float32)
    for track in tracks:
        if track.drums:
            sent += DRUM_ROOM * beaten(track.notes, dry, rate, band)
        else:
            voice = VOICES[track.instrument]
            bus = line(track, count, rate, band)
            for side, gain, own in zip(dry, sides(voice.pan), (bus[0], bus[-1]), strict=True):
                side += gain * own
            sent += voice.room * bus.mean(axis=0)
    if sent.any():
        dry += in_room(sent, rate)
    dry[:, -round(FADE * rate) :] *= np.linspace(1, 0, round(FADE * rate), dtype=np.float32)
    return np.ascontiguousarray(dry.T)


def sides(pan: float) -> tuple[np.float32, np.float32]:
    """Gains of left and right for a place from -1 to 1, of constant power."""
    angle = (pan + 1) * math.pi / 4
    return np.float32(math.sqrt(2) * math.cos(angle)), np.float32(math.sqrt(2) * math.sin(angle))


def line(track: Track, count: int, rate: int, band: Band = OWN) -> np.ndarray:
    """A track of one instrument, shape (1 or 2, count). Each pitch is computed once, as long as its longest note."""
    longest: dict[int, float] = {}
    for note in track.notes:
        longest[note.pitch] = max(longest.get(note.pitch, 0.0), note.seconds)
    ends = {pitch: band.release(track.instrument, pitch, rate) for pitch in longest}
    waves = {
        pitch: np.atleast_2d(band.tone(track.instrument, pitch, seconds + len(ends[pitch]) / rate, rate))
        for pitch, seconds in longest.items()
    }
    bus = np.zeros((max(map(len, waves.values()), default=1), count), np.float32)
    for note in track.notes:
        start, held, end = round(note.start * rate), round(note.seconds * rate), ends[note.pitch]
        wave = waves[note.pitch][:, : held + len(end)] * np.float32(note.velocity)
        wave[:, held:] *= end[: max(0, wave.shape[1] - held)]
        room = bus[:, start : start + wave.shape[1]]
        room += wave[:, : room.shape[1]]
    return bus


def beaten(notes: Iterable[Played], dry: np.ndarray, rate: int, band: Band = OWN) -> np.ndarray:
    """The drums, added to both sides of `dry`; what is handed back is their sum in the middle."""
    middle = np.zeros(dry.shape[1], np.float32)
    for note in notes:
        wave, pan = band.stroke(note.pitch, rate)
        start = round(note.start * rate)
        sound = np.atleast_2d(wave)[:, : max(0, len(middle) - start)] * np.float32(DRUM_LEVEL * note.velocity)
        end = start + sound.shape[1]
        middle[start:end] += sound.mean(axis=0)
        for side, gain, own in zip(dry, sides(pan), (sound[0], sound[-1]), strict=True):
            side[start:end] += gain * own
    return middle


def in_room(sent: np.ndarray, rate: int) -> np.ndarray:
    """What the room answers, left and right, shape (2, samples); computed block by block, which is quicker than at
    once."""
    echoes = room_spectra(rate)
    size = 2 * (echoes.shape[1] - 1)
    step = size - room(rate).shape[1]
    answers = np.zeros((2, len(sent) + size), np.float32)
    for start in range(0, len(sent), step):
        answers[:, start : start + size] += np.fft.irfft(np.fft.rfft(sent[start : start + step], size) * echoes, size)
    return answers[:, : len(sent)]


@lru_cache(maxsize=2)
def room_spectra(rate: int) -> np.ndarray:
    """Of the echoes, for blocks some three times as long."""
    echoes = room(rate)
    return np.fft.rfft(echoes, 1 << (3 * echoes.shape[1]).bit_length())


@lru_cache(maxsize=2)
def room(rate: int) -> np.ndarray:
    """The echo of a small hall on either side, of unit energy: noise that fades, the high of it sooner."""
    count, delay = round(ROOM_SECONDS * rate), round(ROOM_DELAY * rate)
    time, hertz = np.arange(count) / rate, np.fft.rfftfreq(count, 1 / rate)
    below = (hertz / (hertz + 150)) ** 2
    echoes = []
    for side in (1, 2):
        spectrum = np.fft.rfft(np.random.default_rng(side).normal(0, 1, count)) * below
        dark, bright = (np.fft.irfft(spectrum / (1 + (hertz / edge) ** 2), count) for edge in (1800, 6000))
        echo = dark * np.exp(-time / ROOM_FALL) + bright * np.exp(-time / ROOM_FALL * 3)
        echo *= (1 - time / ROOM_SECONDS) ** 2
        echoes.append(np.concatenate([np.zeros(delay), echo / np.sqrt(np.sum(echo**2))]))
    return np.stack(echoes).astype(np.float32)
