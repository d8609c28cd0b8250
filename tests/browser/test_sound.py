"""What the scripts of the page compute of sounds, by themselves: they are given numbers and give numbers."""

import json

import numpy as np
import pytest

from playground.media.synth import RATE
from tabs import page


@pytest.fixture(scope="module")
def run(browser):
    """A function that runs an expression after some scripts of the page, in an empty page."""
    empty = browser.new_page()

    def run(names, expression):
        return empty.evaluate(f"async () => {{ {page.code(*names)}\nreturn {expression}; }}")

    yield run
    empty.close()


def test_the_transform_is_that_of_numpy(run):
    re, im = np.random.default_rng(0).normal(0, 1, (2, 64))
    said = f"const [re, im] = {json.dumps([re.tolist(), im.tolist()])}; transform(re, im); return [re, im]"
    found = np.array(run(["spectrum.js"], f"(() => {{ {said}; }})()"))
    truth = np.fft.fft(re + 1j * im)
    assert np.allclose(found[0] + 1j * found[1], truth)


@pytest.mark.parametrize("hertz", [55, 440, 5000])
def test_a_spectrogram_shows_a_tone_where_and_when_it_is(run, hertz):
    """A tone on the right side in the second half of two seconds."""
    tone = f"at < {RATE} ? 0 : Math.sin(2 * Math.PI * {hertz} * at / {RATE})"
    sides = f"[new Float32Array({2 * RATE}), Float32Array.from({{ length: {2 * RATE} }}, (_, at) => {tone})]"
    levels = run(["spectrum.js"], f"(await spectrogram({sides}, {RATE}, 20, 90, 30, 16000)).map((one) => [...one])")
    before, after = np.array(levels)[[3, 16]]
    bands = 30 * (16000 / 30) ** ((np.arange(90) + 0.5) / 90)
    assert np.array(levels).shape == (20, 90) and before.max() < -60
    assert bands[np.argmax(after)] == pytest.approx(hertz, rel=0.15)
    assert after.max() - np.median(after) > 60
    (low, high) = np.array(run(["spectrum.js"], f"waveform({sides}, 4)")).T
    assert np.allclose(low, [0, 0, -1, -1], atol=0.01) and np.allclose(high, [0, 0, 1, 1], atol=0.01)


def test_few_parts_are_taken_out_and_few_are_heard_without_the_whole(run):
    cases = (
        ([], [], []),
        ([1], [], [1]),
        ([0, 1, 2], [], [0, 1, 2]),
        ([], [2], [0, 1, 3]),
        ([2], [0, 3], [1, 2]),
    )
    for muted, alone, quiet in cases:
        sets = f"new Set({muted}), new Set({alone})"
        assert run(["voices.js"], f"silent(4, {sets})") == quiet
        found = run(["voices.js"], f"balance(4, {quiet})")
        heard = [found["whole"] + (found["level"] if track in found["parts"] else 0) for track in range(4)]
        assert heard == [0 if track in quiet else 1 for track in range(4)] and len(found["parts"]) <= 2
