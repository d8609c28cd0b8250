"""The adapter of lead sheets on a tiny random model: whole tunes, wishes kept, seeds, cancel, broken weights."""

import io
import json

import numpy as np
import pytest
import soundfile
import torch

from playground.adapters import tune_sheets
from playground.catalog import Model, load
from playground.errors import Failed, Refused
from playground.events import Media, Notice, Output, Preview, Step
from playground.media import abc_read, loudness, soundfont
from playground.media.tune import BAR
from playground.media.tune_tokens import VOCABULARY
from playground.params import LARGEST_SEED, MusicParams, check
from playground.stream import Cancelled, Emit
from tests.adapters import tune_folders
from tests.media import soundfonts


def opened(folder):
    return load(Model("tiny", "music", "language", "Tiny", "tune_music:TuneMusic", str(folder)), "cpu")


@pytest.fixture(scope="module")
def adapter(tmp_path_factory):
    return opened(tune_folders.tune(tmp_path_factory.mktemp("tune")))


def compose(adapter, emit=None, **values):
    events = []
    adapter.run(MusicParams(**{"seed": 3, "bars": 8, "style": "chiptune", **values}), Emit(emit or events.append))
    return events


def outputs(events):
    return [event for event in events if isinstance(event, Output)]


def test_bars_are_counted_and_shown_and_end_in_a_sound(adapter):
    events = compose(adapter, prompt="a waltz in D minor, 92 bpm", style="")
    assert [event for event in events if isinstance(event, Step)] == [Step(i, 8) for i in range(9)]
    rolls = [json.loads(event.media[0].data) for event in events if isinstance(event, Preview)]
    assert [len(roll["tracks"][0]["notes"]) for roll in rolls] == sorted(len(r["tracks"][0]["notes"]) for r in rolls)
    assert all(roll["seconds"] == pytest.approx(8 * 3 * 60 / 92, abs=0.01) for roll in rolls)
    (output,) = outputs(events)
    assert isinstance(output.media, Media) and output.media.type == "audio/wav"
    sound, rate = soundfile.read(io.BytesIO(output.media.data))
    assert sound.shape[1] == 2 and len(sound) / rate == pytest.approx(8 * 3 * 60 / 92 + 2, abs=0.1)
    assert -17 < loudness.integrated(sound, rate) < -15 and np.abs(sound).max() < 1
    facts = output.recipe
    assert (facts["style"], facts["metre"], facts["key"], facts["mode"], facts["bpm"]) == (
        "waltz",
        "3/4",
        "D",
        "minor",
        92,
    )


def test_the_tune_is_whole_and_told_as_abc(adapter):
    for output in outputs(compose(adapter, tunes=3, key="G", mode="major", metre="4/4")):
        tune = abc_read.read_one(output.recipe["abc"])
        assert tune.key == "G major" and len(tune.bars) == 8 and tune.style == "chiptune"
        assert all(sum(note.ticks for note in bar.notes) == BAR["4/4"] for bar in tune.bars)
        assert [note.pitch for note in tune.bars[-1].notes if note.pitch][-1] % 12 == 7


def test_the_same_seed_composes_the_same_alone_or_among_others(adapter):
    alone = outputs(compose(adapter, seed=4))
    several = outputs(compose(adapter, seed=3, tunes=3))
    assert [output.recipe["seed"] for output in several] == [3, 4, 5]
    assert several[1].recipe["abc"] == alone[0].recipe["abc"] and several[1].media == alone[0].media
    assert several[0].recipe["abc"] != several[2].recipe["abc"]
    last = outputs(compose(adapter, seed=LARGEST_SEED, tunes=2))
    assert [output.recipe["seed"] for output in last] == [LARGEST_SEED, 0]


def test_a_preview_is_how_the_whole_tune_begins(adapter):
    """Of several at once too, and the whole is what its seed gives alone, by its first settings or those of the
    preview."""
    asked = {"prompt": "something sad", "style": "", "bars": 16}
    previews = outputs(events := compose(adapter, tunes=3, preview_bars=4, **asked))
    assert [event for event in events if isinstance(event, Step)] == [Step(i, 12) for i in range(13)]
    for number, preview in enumerate(previews):
        begun = abc_read.read_one(preview.recipe["abc"])
        (whole,) = outputs(compose(adapter, seed=3 + number, **asked))
        tune = abc_read.read_one(whole.recipe["abc"])
        assert begun.bars == tune.bars[:4] and len(tune.bars) == 16 and begun.title == tune.title
        told = {name: preview.recipe[name] for name in ("seed", "mood", "style", "mode", "metre", "bars", "key", "bpm")}
        assert (told["seed"], told["bars"]) == (3 + number, 16)
        assert preview.recipe["seconds"] == pytest.approx(whole.recipe["seconds"] / 4, abs=0.01)
        assert outputs(compose(adapter, prompt="something sad", **told))[0].recipe == whole.recipe
    with pytest.raises(Refused, match="Only a new tune has a preview"):
        check("music", {"start": previews[0].recipe["abc"], "preview_bars": 4}, {}, {})


def test_what_was_drawn_makes_the_same_again(adapter):
    first = outputs(compose(adapter, prompt="something sad", style="", bars=0))[0].recipe
    names = ("mood", "style", "mode", "metre", "bars", "key", "bpm", "instrument")
    again = outputs(compose(adapter, prompt="something sad", **{name: first[name] for name in names}))[0].recipe
    assert again["abc"] == first["abc"]


def test_settings_win_over_words_and_what_is_left_out_is_told(adapter):
    events = compose(adapter, prompt="a calm heavy metal waltz in 5/4", mood="epic", style="march")
    notices = " ".join(event.text for event in events if isinstance(event, Notice))
    assert "5/4" in notices and "heavy, metal" in notices
    assert (outputs(events)[0].recipe["mood"], outputs(events)[0].recipe["style"]) == ("epic", "march")


def test_a_lead_instrument_is_heard(adapter):
    flute, organ = (outputs(compose(adapter, instrument=name))[0] for name in ("flute", "organ"))
    assert flute.recipe["abc"] == organ.recipe["abc"] and flute.media != organ.media


def test_a_soundfont_is_heard_and_told(adapter, tmp_path, monkeypatch):
    monkeypatch.delenv(soundfont.VARIABLE, raising=False)
    own = outputs(compose(adapter, instrument="flute"))[0]
    path = tmp_path / "tiny.sf2"
    path.write_bytes(soundfonts.small())
    monkeypatch.setenv(soundfont.VARIABLE, str(path))
    sampled = outputs(compose(adapter, instrument="flute"))[0]
    assert sampled.recipe["abc"] == own.recipe["abc"] and sampled.media != own.media
    assert (sampled.recipe["soundfont"], len(sampled.recipe["soundfont_sha256"])) == ("tiny.sf2", 64)
    assert "soundfont" not in own.recipe and -17 < sampled.recipe["lufs"] < -15
    path.write_bytes(b"RIFF")
    with pytest.raises(Refused, match="soundfont"):
        compose(adapter)


def test_a_cancel_stops_at_the_bar_it_comes_in_and_leaves_the_adapter_clean(adapter):
    before, seen = outputs(compose(adapter))[0].media, []

    def emit(event):
        if event == Step(2, 8):
            raise Cancelled
        seen.append(event)

    with pytest.raises(Cancelled):
        compose(adapter, emit)
    assert Step(1, 8) in seen and Step(3, 8) not in seen
    assert outputs(compose(adapter))[0].media == before


@pytest.mark.parametrize("prompt", ["", " ", "\u202e🙂 né\n\t", "漢字", "1/0 0 bars -3 bpm 99999999 bars", "x" * 2000])
@pytest.mark.parametrize("temperature", [0.0, 1.5])
def test_any_prompt_ends_in_a_tune(adapter, prompt, temperature):
    assert len(outputs(compose(adapter, prompt=prompt, temperature=temperature))) == 1


def test_broken_numbers_and_other_words_are_refused(tmp_path):
    broken = opened(tune_folders.tune(tmp_path / "broken"))
    with torch.no_grad():
        broken.model.lm_head.weight[5] = torch.nan
    with pytest.raises(Failed, match="broken"):
        compose(broken)
    with pytest.raises(Failed, match="other words"):
        opened(tune_folders.tune(tmp_path / "other", (*VOCABULARY[:3], "drum", *VOCABULARY[4:])))


def test_who_has_gone_is_not_written_for(adapter, monkeypatch):
    written, masked = [], adapter.writer.masked
    emit = Emit(lambda event: emit.close() if isinstance(event, Preview) else None)
    monkeypatch.setattr(adapter.writer, "masked", lambda *rest: (written.append(emit.closed), masked(*rest))[1])
    with pytest.raises(Cancelled):
        adapter.run(MusicParams(seed=3, bars=8), emit)
    assert written and not any(written)


def test_a_tempo_that_would_last_for_an_hour_is_made_faster_and_told(adapter):
    events = compose(adapter, bpm=1)
    assert outputs(events)[0].recipe["bpm"] == 40 and outputs(events)[0].recipe["seconds"] < 60
    assert "1 bpm became 40" in " ".join(event.text for event in events if isinstance(event, Notice))


@pytest.mark.parametrize("key, up", [("C", 0), ("F", 5), ("F#", 6), ("G", -5), ("B", -1)])
def test_a_key_is_reached_the_nearest_way(key, up):
    sheet = tune_sheets.begun(MusicParams(key=key, mode="major", metre="4/4", style="pop"), {}, 1)
    for word in ("chord_C", "note_60", "length_48"):
        sheet.add(word)
    assert sheet.tune().bars[0].notes[0].pitch == 60 + up and sheet.tune().key == f"{key} major"
