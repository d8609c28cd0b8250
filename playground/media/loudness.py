"""How loud a sound is, as ITU-R BS.1770-4 measures it, and the same sound at another loudness; knows no music.

A sound is an array of shape (samples,) or (samples, channels), one or two channels, full scale at 1.
"""

import math
from functools import lru_cache

import numpy as np

BLOCK, STEP = 0.4, 0.1  # seconds of a gating block and to the next
ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0  # LUFS, and LU below what passes the first
OFFSET = -0.691  # dB that undo the filter's gain at 997 Hz
SETTLING = 1.0  # seconds of silence behind the sound, in which the filters die out
_TAPS = np.array(  # BS.1770-4, annex 2: the phases of an interpolating filter; the other two are these reversed
    [
        [0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875, 0.1373291015625]
        + [0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500],
        [-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500, 0.4650878906250]
        + [0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375],
    ]
)


def normalised(sound: np.ndarray, rate: int, lufs: float = -16.0, ceiling: float = -1.0) -> tuple[np.ndarray, float]:
    """The sound at a loudness of `lufs`, or as near as a true peak of `ceiling` dBTP lets it, and the gain in dB that
    it took. Silence stays as it is, with a gain of 0."""
    loudness = integrated(sound, rate)
    if loudness == -math.inf:
        return sound, 0.0
    gain = min(lufs - loudness, ceiling - true_peak(sound))
    return sound * np.float32(10 ** (gain / 20)), gain


def integrated(sound: np.ndarray, rate: int) -> float:
    """Integrated loudness in LUFS; minus infinity for silence and for less than one block of 400 ms."""
    power = block_power(np.atleast_2d(sound.T).T, rate)
    loud = power[power > _power(ABSOLUTE_GATE)]
    if not len(loud):
        return -math.inf
    gate = _loudness(loud.mean()) + RELATIVE_GATE
    return _loudness(loud[loud > _power(gate)].mean())


def _loudness(power: float) -> float:
    return OFFSET + 10 * math.log10(power)


def _power(loudness: float) -> float:
    return 10 ** ((loudness - OFFSET) / 10)


def block_power(sound: np.ndarray, rate: int) -> np.ndarray:
    """Mean squares of the weighted sound in every block, summed over its channels, which all count 1."""
    squares = sum(weighted(channel, rate).astype(np.float64) ** 2 for channel in sound.T)
    total = np.concatenate([[0.0], np.cumsum(squares)])
    length = round(BLOCK * rate)
    starts = np.round(np.arange(max(0, math.floor((len(sound) - length) / (STEP * rate)) + 1)) * STEP * rate).astype(
        int
    )
    return (total[starts + length] - total[starts]) / length


def weighted(channel: np.ndarray, rate: int) -> np.ndarray:
    """One channel through the K-weighting: a shelf for the head, then a high pass. The filters work on the spectrum,
    which is exact but for what rings on after SETTLING."""
    length = smooth_length(len(channel) + round(SETTLING * rate))
    return np.fft.irfft(np.fft.rfft(channel, length) * k_response(length, rate), length)[: len(channel)]


@lru_cache(maxsize=1)  # the channels of one sound
def k_response(length: int, rate: int) -> np.ndarray:
    """Of both filters together, at the frequencies of a transform of this length."""
    turn = np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)
    response = np.ones(len(turn), complex)
    for above, below in k_filters(rate):
        response *= (above[0] + turn * (above[1] + turn * above[2])) / (below[0] + turn * (below[1] + turn * below[2]))
    return response.astype(np.complex64)


def k_filters(rate: int) -> tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]:
    """Numerator and denominator of both stages at any rate, from the analogue filters behind the table that BS.1770
    gives for 48 kHz (their corner, gain and quality are those of libebur128 and reproduce the table)."""
    corner, gain, quality = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k, high = math.tan(math.pi * corner / rate), 10 ** (gain / 20)
    band, scale = high**0.4996667741545416, 1 + k / quality + k * k
    above = (high + band * k / quality + k * k, 2 * (k * k - high), high - band * k / quality + k * k)
    below = (1.0, 2 * (k * k - 1) / scale, (1 - k / quality + k * k) / scale)
    shelf = (tuple(one / scale for one in above), below)
    corner, quality = 38.13547087602444, 0.5003270373238773
    k = math.tan(math.pi * corner / rate)
    scale = 1 + k / quality + k * k
    return shelf, ((1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / scale, (1 - k / quality + k * k) / scale))


def true_peak(sound: np.ndarray) -> float:
    """The peak between the samples in dBTP, found by oversampling four times; minus infinity for silence."""
    peak = float(np.abs(sound).max(initial=0.0))
    for channel in np.atleast_2d(sound.T):
        for taps in (*_TAPS, *_TAPS[:, ::-1]):
            if len(channel):
                peak = max(peak, float(np.abs(np.convolve(channel, taps.astype(channel.dtype))).max()))
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def smooth_length(length: int) -> int:
    """The least number not below `length` with no prime factor above 5, for which a Fourier transform is quick."""
    best = 1 << max(0, length - 1).bit_length()
    five = 1
    while five < best:
        three = five
        while three < best:
            best = min(best, three << max(0, -(-length // three) - 1).bit_length())
            three *= 3
        five *= 5
    return best
