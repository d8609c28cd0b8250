"""Folders of a person become models: found, described, drawn with, and left out where they cannot be used."""

import io
import shutil

import pytest
from PIL import Image

from playground import hub, model_folders, recipe
from playground.__main__ import main
from playground.catalog import MODELS, find
from playground.engine import generate
from playground.errors import Refused
from tests.adapters import folders


@pytest.fixture(autouse=True)
def catalog():
    before = dict(MODELS)
    yield
    MODELS.clear()
    MODELS.update(before)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a FLUX that is called Poster, an XL, a song-writer, a damaged one and something else."""
    place = tmp_path_factory.mktemp("models")
    shutil.move(folders.flux(tmp_path_factory.mktemp("made")), place / "Poster")
    shutil.move(folders.stable_diffusion_xl(tmp_path_factory.mktemp("made")), place / "My <b>XL 1.0")
    for name, index in (("songs", '{"_class_name": "StableAudioPipeline"}'), ("torn", "{")):
        (place / name).mkdir()
        (place / name / "model_index.json").write_text(index)
    (place / "notes").mkdir()
    (place / "My <b>XL 1.0" / "README.md").write_text("---\nlicense: openrail++\n---\nlicense: x\n")
    return place


def test_each_pipeline_becomes_a_model_with_what_its_folder_says(place):
    left_out = model_folders.use(place)
    assert ["songs is a StableAudioPipeline" in left_out[0], "torn is damaged" in left_out[1]] == [True, True]
    flux, xl = find("poster-2"), find("my-b-xl-1.0")
    assert list(MODELS)[-2:] == [xl.key, flux.key] and find("poster").starter
    assert flux.family == "FLUX" and flux.defaults["guidance_scale"] == 3.5 and not flux.has("negative_prompt")
    assert not flux.has("scheduler") and xl.has("scheduler")
    assert flux.has("guidance_scale") and flux.license == "not said"
    assert xl.license == "openrail++" and xl.title == "My <b>XL 1.0" and xl.has("negative_prompt")
    assert hub.here(flux) and hub.size(flux) > 0
    assert model_folders.use(place / "Poster") == [] and find("poster-3").source == flux.source


def test_the_command_line_draws_with_them_and_the_recipe_comes_back(place, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(model_folders.VARIABLE, str(place))
    asked = ["--prompt", "boat", "--seed", "7", "--steps", "1", "--width", "64", "--height", "64"]
    assert main(["poster-2", *asked, "--out", str(tmp_path / "a.png")]) == 0
    assert "songs" in capsys.readouterr().err
    data = (tmp_path / "a.png").read_bytes()
    assert Image.open(io.BytesIO(data)).size == (64, 64)
    found = recipe.read(data)
    assert found.problems == [] and found.values["seed"] == 7 and "negative_prompt" not in found.values


def test_what_a_model_lacks_is_refused_before_it_is_loaded(place):
    model_folders.use(place)
    with pytest.raises(Refused, match="no setting 'negative_prompt'"):
        generate("poster-2", prompt="boat", negative_prompt="rain")


def test_only_the_weights_that_are_loaded_are_counted(place, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(place / "Poster", folder)
    once = hub.weights(folder)
    assert len(once) == 4
    shutil.copy(once[0], folder / "all_in_one.safetensors")
    shutil.copy(once[0], once[0].with_suffix(".fp16.safetensors"))
    (folder / "elsewhere").mkdir()
    shutil.copy(once[0], folder / "elsewhere" / "model.safetensors")
    assert hub.weights(folder) == once
    once[0].unlink()
    assert len(hub.weights(folder)) == 4


def test_a_place_without_any_is_refused(tmp_path):
    with pytest.raises(Refused, match="no folder"):
        model_folders.use(tmp_path / "nowhere")
    with pytest.raises(Refused, match="no diffusers folder"):
        model_folders.use(tmp_path)
