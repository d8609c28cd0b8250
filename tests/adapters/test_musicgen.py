"""MusicGen on tiny random models: the library's own codes, seeds, stretches, clips, melodies, stop, broken files."""

import numpy as np
import pytest
import soundfile
import torch

from playground import catalog, recipe
from playground.__main__ import main
from playground.adapters.sound_codes import Window, Writer, windows
from playground.catalog import Model, load
from playground.engine import Engine
from playground.errors import Failed, Refused
from playground.events import Media, Step
from playground.gpu import Manager
from playground.gpu.inline import Inline
from playground.media import loudness
from playground.params import LARGEST_SEED, MusicParams
from playground.stream import Cancelled, Emit
from tests.adapters import audio_folders
from tests.adapters.audio_listening import clip, heard, outputs
from tests.adapters.folders import t5_config

MAKERS = {
    "mono": audio_folders.musicgen,
    "stereo": lambda folder: audio_folders.musicgen(folder, channels=2),
    "melody": audio_folders.musicgen_melody,
}

STEPS = audio_folders.FRAMES + 3  # of one second: the last codebook comes three steps after the first


def opened(folder):
    return load(Model("tiny", "music", "codes", "Tiny", "musicgen:MusicGen", str(folder)), "cpu")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("musicgen")
    return {name: make(folder / name) for name, make in MAKERS.items()}


@pytest.fixture(scope="module")
def adapters(folders):
    return {name: opened(folder) for name, folder in folders.items()}


@pytest.fixture
def mono(adapters):
    return adapters["mono"]


def play(adapter, emit=None, **values):
    events = []
    params = MusicParams(**{"prompt": "a calm waltz", "seed": 3, "seconds": 1, "temperature": 1.0, **values})
    adapter.run(params, Emit(emit or events.append))
    return events


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("guidance", [1.0, 3.0])
def test_the_codes_are_those_of_the_library(adapters, name, guidance):
    adapter = adapters[name]
    text = adapter.tokenizer("a calm waltz", return_tensors="pt")
    wanted = adapter.model.generate(
        **{key: text[key] for key in ("input_ids", "attention_mask")},
        do_sample=False, guidance_scale=guidance, max_new_tokens=29,
    )  # fmt: skip
    with torch.inference_mode():
        condition = adapter.condition("a calm waltz", None, 0.0, 1, guidance > 1)
        codes = Writer(adapter.model.decoder, [0], 0.0, 0, guidance).write(adapter.nothing(), 26, condition, int)
        assert np.allclose(adapter.decoded(codes[0]), wanted[0].T.numpy(), atol=1e-5)


@pytest.mark.parametrize("name", MAKERS)
def test_frames_are_counted_and_end_in_a_sound_of_the_length_asked_for(adapters, name):
    events = play(adapters[name])
    assert events[:-1] == [Step(i, STEPS) for i in range(STEPS + 1)]
    sound, rate = heard(events[-1])
    assert sound.shape == (8000, 2 if name == "stereo" else 1) and rate == 8000
    assert loudness.integrated(sound, rate) == pytest.approx(-16, abs=1) and loudness.true_peak(sound) <= -0.99
    facts = events[-1].recipe
    assert (facts["seed"], facts["tunes"], facts["duration"]) == (3, 1, 1.0)
    assert facts["lufs"] == pytest.approx(-16, abs=1) and facts["dbtp"] <= -1


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_seed_plays_the_same_alone_or_among_others(adapters, name):
    adapter = adapters[name]
    alone, several = outputs(play(adapter, seed=4)), outputs(play(adapter, seed=3, tunes=3))
    assert [output.recipe["seed"] for output in several] == [3, 4, 5]
    assert several[1].media == alone[0].media == outputs(play(adapter, seed=4))[0].media
    assert several[0].media != several[2].media
    last = outputs(play(adapter, seed=LARGEST_SEED, tunes=2))
    assert [output.recipe["seed"] for output in last] == [LARGEST_SEED, 0]


def test_every_setting_is_heard(mono):
    plain = outputs(play(mono))[0].media
    for change in ({"prompt": "loud"}, {"guidance_scale": 1.0}, {"temperature": 0.5}, {"top_k": 2}, {"seed": 9}):
        assert outputs(play(mono, **change))[0].media != plain, change
    coldest = [outputs(play(mono, temperature=0.0, seed=seed))[0].media for seed in (1, 2)]
    assert coldest[0] == coldest[1]


def test_stretches_join_without_a_seam():
    assert windows(0, 100, 1500) == [Window(0, 100)]
    assert windows(0, 1500, 1500) == [Window(0, 1500)]
    assert windows(0, 2400, 1500) == [Window(0, 1500), Window(600, 1500)]
    assert windows(0, 1700, 1500) == [Window(0, 1500), Window(1300, 1500)]
    assert windows(3000, 3050, 1500) == [Window(1450, 1500)]
    assert windows(3000, 5000, 1500)[0] == Window(600, 1500)
    for there in (0, 40, 700, 3000):
        for new in (1, 50, 899, 901, 6000):
            assert sum(window.total - window.kept for window in windows(there, there + new, 1500)) == new


@pytest.mark.parametrize("name", MAKERS)
def test_longer_than_the_model_writes_at_once_goes_on_from_what_is_there(adapters, name, monkeypatch):
    adapter, starts = adapters[name], []
    real = Writer.write
    monkeypatch.setattr(Writer, "write", lambda self, start, *rest: starts.append(start) or real(self, start, *rest))
    events = play(adapter, seconds=4)
    assert len(heard(events[-1])[0]) == 32000
    assert [start.shape[-1] for start in starts] == [0, 20, 30]
    steps = [event for event in events if isinstance(event, Step)]
    assert steps == [Step(i, steps[-1].total) for i in range(len(steps))]
    first = heard(outputs(play(adapter, seconds=2))[0])[0][:15000]
    whole = heard(events[-1])[0][:15000]
    assert np.corrcoef(first.T.ravel(), whole.T.ravel())[0, 1] > 0.99  # only its loudness may differ


@pytest.mark.parametrize("name", ["mono", "stereo"])
def test_a_clip_is_gone_on_from(adapters, name):
    adapter = adapters[name]
    (output,) = outputs(play(adapter, clip=clip(0.8)))
    sound, _ = heard(output)
    assert len(sound) == 6400 + 8000 and output.recipe["duration"] == 1.8
    other = heard(outputs(play(adapter, clip=clip(0.8, hertz=900)))[0])[0]
    assert not np.allclose(sound[:6400], other[:6400], atol=1e-3)
    assert outputs(play(adapter, clip=clip(0.8)))[0].media == output.media
    three = [heard(one)[0] for one in outputs(play(adapter, clip=clip(0.8), tunes=3))]
    assert len({one.tobytes() for one in three}) == 3


def test_the_codec_keeps_the_sides_of_a_clip_apart(adapters):
    stereo, mono = adapters["stereo"], adapters["mono"]
    sides = np.concatenate([np.sin(np.arange(1600) / n)[:, None] for n in (3, 11)], 1).astype(np.float32)
    codes = stereo.encoded(sides)
    assert codes.shape == (1, 8, 5)
    for side in (0, 1):
        stereo_codec = stereo.model.audio_encoder.encode(torch.from_numpy(sides[None, None, :, side])).audio_codes
        assert torch.equal(codes[0, side::2], stereo_codec[0, 0])
    assert mono.encoded(sides[:, :1]).shape == (1, 4, 5)


def test_a_melody_is_followed_and_its_notes_are_read(adapters):
    adapter = adapters["melody"]
    for hertz, note in ((440.0, "A"), (261.63, "C"), (369.99, "F#")):
        notes = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
        chroma = adapter.chroma(np.sin(2 * np.pi * hertz * np.arange(32000) / 8000)[:, None].astype(np.float32))
        assert chroma.shape == (1, 8, 12) and notes[int(chroma.sum((0, 1)).argmax())] == note
    plain, one, other = (
        outputs(play(adapter, **more))[0] for more in ({}, {"clip": clip()}, {"clip": clip(hertz=300)})
    )
    assert len({heard(output)[0].tobytes() for output in (plain, one, other)}) == 3
    assert all(output.recipe["duration"] == 1.0 for output in (plain, one, other))  # the clip itself is not in it


@pytest.mark.parametrize("rate, channels, format", [
    (8000, 2, "WAV"), (11025, 1, "WAV"), (44100, 2, "FLAC"), (48000, 1, "OGG"), (96000, 6, "WAV"), (44100, 2, "MP3"),
])  # fmt: skip
def test_clips_of_any_rate_and_channels(adapters, rate, channels, format):
    (output,) = outputs(play(adapters["stereo"], clip=clip(0.8, rate, channels, format=format)))
    assert output.recipe["duration"] == pytest.approx(1.8, abs=0.1)


@pytest.mark.parametrize("moment", [0, 1, 20, STEPS])
def test_a_cancel_stops_at_the_frame_it_comes_in_and_leaves_the_adapter_clean(mono, moment):
    before, seen = outputs(play(mono))[0].media, []

    def emit(event):
        if event == Step(moment, STEPS):
            raise Cancelled
        seen.append(event)

    with pytest.raises(Cancelled):
        play(mono, emit)
    assert seen == [Step(i, STEPS) for i in range(moment)]
    assert outputs(play(mono))[0].media == before


def test_who_goes_while_the_codes_become_sound_is_not_decoded_for(mono):
    layers = []
    emit = Emit(lambda event: emit.close() if event == Step(STEPS, STEPS) else None)
    hook = mono.model.audio_encoder.decoder.layers[1].register_forward_pre_hook(lambda *_: layers.append(1))
    try:
        with pytest.raises(Cancelled):
            mono.run(MusicParams(prompt="x", seed=3, seconds=1), emit)
    finally:
        hook.remove()
    assert not layers and not mono.model.audio_encoder.decoder._forward_pre_hooks


@pytest.mark.parametrize("prompt", ["", " ", "\u202e🙂 né\n\t", "漢字", "x" * 2000])
def test_any_prompt_ends_in_music(mono, prompt):
    assert len(outputs(play(mono, prompt=prompt))) == 1


def broken(adapter, part, value):
    """The adapter, with all weights of a part set to a value, until it is closed."""
    weight = adapter.model.get_parameter(part)
    kept = weight.detach().clone()
    weight.data.fill_(value)
    return lambda: weight.data.copy_(kept)


@pytest.mark.parametrize(
    "part, value, said",
    [
        ("decoder.lm_heads.1.weight", float("nan"), "no probabilities"),
        ("audio_encoder.decoder.layers.0.conv.bias", float("nan"), "no sound"),
        ("audio_encoder.decoder.layers.0.conv.bias", float("inf"), "no sound"),
    ],
)
def test_numbers_that_are_no_sound_are_refused(mono, part, value, said):
    mend = broken(mono, part, value)
    try:
        with pytest.raises(Failed, match=said):
            play(mono)
    finally:
        mend()


def test_silence_is_refused_and_names_the_seed(mono, monkeypatch):
    monkeypatch.setattr(mono, "decoded", lambda codes: np.full((8000, 1), 1e-5, np.float32))
    with pytest.raises(Failed, match="Seed 3 gave silence; other words"):
        play(mono)


@pytest.fixture
def listed(folders, monkeypatch):
    """A row of the catalog, as somebody with such a folder would write it."""
    row = Model(
        "tiny", "music", "codes", "Tiny", "musicgen:MusicGen", str(folders["stereo"]), limits={"seconds": (1, 9)}
    )
    monkeypatch.setitem(catalog.MODELS, row.key, row)
    return row


@pytest.mark.parametrize(
    "values, said",
    [
        ({"seconds": 10}, "Length is 10, but goes from 1 to 9"),
        ({"clip": b"RIFF"}, "The clip cannot be read"),
        ({"clip": clip(61.0, 4000)}, "61 s, but at most 60 s"),
        ({"clip": "clip.wav"}, "bytes of a sound file"),
        ({"steps": 20}, "no setting 'steps'"),
        ({"mood": "calm"}, "no setting 'mood'"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_loaded(listed, values, said):
    with pytest.raises(Refused, match=said):
        Engine(Manager(Inline())).generate(listed.key, prompt="la", **values)


def test_a_clip_goes_through_the_door_and_not_into_the_recipe(listed):
    engine = Engine(Manager(Inline()))
    (output,) = outputs(engine.generate(listed.key, prompt="la", seconds=1, seed=3, clip=clip(0.8)))
    assert output.recipe["facts"]["duration"] == 1.8 and len(output.recipe["facts"]["clip"]) == 10
    assert isinstance(output.media, Media)
    found = recipe.read(output.media.data)
    assert found.values == {"prompt": "la", "seed": 3, "seconds": 1, "guidance_scale": 3.0, "temperature": 0.9,
                            "top_k": 250, "tunes": 1}  # fmt: skip
    assert len(found.problems) == 1 and "choose that clip again" in found.problems[0]


def test_the_command_line_takes_a_clip_and_writes_what_it_can(listed, tmp_path, capsys):
    (tmp_path / "clip.wav").write_bytes(clip(0.8))
    out = tmp_path / "more.flac"
    flags = ["tiny", "--prompt", "la", "--seconds", "1", "--clip", str(tmp_path / "clip.wav")]
    assert main([*flags, "--out", str(out)]) == 0
    assert soundfile.info(out).duration == pytest.approx(1.8)
    for wrong, said in (
        ([*flags, "--out", str(tmp_path / "more.mid")], "Music without notes cannot be written as .mid"),
        (["tiny", "--clip", str(tmp_path / "gone.wav")], "gone.wav cannot be read"),
        (["tiny", "--mood", "calm"], "--mood"),
    ):
        capsys.readouterr()
        assert main(wrong) == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
@pytest.mark.parametrize("harm", ["missing", "cut"])
def test_a_damaged_folder_is_refused_in_a_sentence(tmp_path, name, harm):
    file = audio_folders.musicgen(tmp_path) / name
    data = file.read_bytes()
    file.unlink()
    if harm == "cut":
        file.write_bytes(data[: len(data) // 2])
    with pytest.raises(Refused, match="get them again|not complete") as refused:
        opened(tmp_path)
    assert "Tiny" in str(refused.value) and str(refused.value).endswith(".")


def test_another_kind_of_model_and_pickled_weights_are_not_loaded(tmp_path, folders):
    t5_config().save_pretrained(tmp_path / "t5")
    with pytest.raises(Refused, match="of the kind t5; choose"):
        opened(tmp_path / "t5")
    folder = audio_folders.musicgen(tmp_path / "pickled")
    torch.save({}, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(Refused, match="get them again"):
        opened(folder)
