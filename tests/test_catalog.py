from dataclasses import fields, replace

import pytest

from playground import hub
from playground.catalog import ASSETS, MODELS, SETTINGS, find, of_kind
from playground.errors import Refused, Unavailable
from playground.params import KINDS, check


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.key)
def test_every_entry_is_whole(model):
    assert model.key == next(key for key, value in MODELS.items() if value is model)
    assert model.kind in KINDS and model.title and model.summary and model.license and ":" in model.adapter
    assert check(model.kind, {}, model.defaults, model.limits, model.has)


@pytest.mark.parametrize("model", [model for model in MODELS.values() if model.starter], ids=lambda model: model.key)
def test_every_starter_is_here_small_and_says_what_it_is(model):
    files = [path for path in hub.folder(model).rglob("*") if path.is_file()]
    assert hub.here(model) and all(path.stat().st_size < 10_000_000 for path in files)
    assert not [path for path in files if path.suffix in (".bin", ".pt", ".ckpt", ".pkl")]
    assert not [path for path in files if path.suffix == ".json" and "_name_or_path" in path.read_text("utf-8")]
    assert "license: mit" in (hub.folder(model) / "README.md").read_text("utf-8")
    assert hub.words(model) or model.kind == "latent"  # which is not asked for in words
    assert len(hub.weights_hash(hub.folder(model))) == 10


@pytest.mark.parametrize("adapter", SETTINGS)
def test_the_settings_of_an_adapter_are_settings_of_its_kind_and_it_exists(adapter):
    module, name = adapter.split(":")
    kind = "latent" if module.startswith("latent") else "image" if module.endswith("image") else "music"
    assert set(SETTINGS[adapter]) <= {f.name for f in fields(KINDS[kind])}
    assert f"class {name}:" in (ASSETS.parent / "playground" / "adapters" / f"{module}.py").read_text("utf-8")


def test_a_model_that_is_not_listed_is_refused_with_those_that_are():
    with pytest.raises(Refused, match="poster"):
        find("nope")
    assert [model.key for model in of_kind("image")] and of_kind("smell") == []


def test_a_model_whose_files_are_missing_is_unavailable(tmp_path):
    gone = MODELS["poster"].__class__("gone", "image", "diffusion", "Gone", "x:Y", str(tmp_path / "nothing"))
    with pytest.raises(Unavailable, match="Gone are not on this machine; its folder holds no safetensors."):
        hub.fetch(gone)
    with pytest.raises(Unavailable, match="complete download"):
        hub.fetch(replace(gone, source="starters/nothing"))
