"""LoRA files in a tiny pipeline: added, stacked, and gone without a trace."""

import pytest
import torch
from safetensors.torch import save_file

from playground import lora_files
from playground.catalog import Model, find, load
from playground.errors import Refused
from playground.events import Notice, Step
from playground.params import check
from playground.stream import Cancelled
from tests.adapters.folders import stable_diffusion
from tests.adapters.test_diffusers_image import draw, outputs


@pytest.fixture(scope="module")
def adapter(tmp_path_factory):
    folder = stable_diffusion(tmp_path_factory.mktemp("models"))
    return load(Model("tiny", "image", "diffusion", "Tiny", find("poster").adapter, str(folder)), "cpu")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(lora_files.VARIABLE, str(tmp_path))
    return tmp_path


def matrices(module, seed, rank=2):
    """Down and up for each attention of `module`, by the name of its layer."""
    dice = torch.Generator().manual_seed(seed)
    layers = {name: m for name, m in module.named_modules() if name.endswith(("to_q", "q_proj"))}
    assert layers
    return {
        name: (torch.randn(rank, m.in_features, generator=dice), torch.randn(m.out_features, rank, generator=dice))
        for name, m in layers.items()
    }


def write(path, adapter, style="peft", seed=1, more=None):
    tensors = dict(more or {})
    for part, start in (("unet", "lora_unet_"), ("text_encoder", "lora_te_")):
        for name, (down, up) in matrices(getattr(adapter.pipe, part), seed).items():
            if style == "peft":
                tensors |= {f"{part}.{name}.lora_A.weight": down, f"{part}.{name}.lora_B.weight": up}
            else:
                full = start + name.replace(".", "_")
                tensors |= {f"{full}.lora_down.weight": down, f"{full}.lora_up.weight": up}
                tensors[f"{full}.alpha"] = torch.tensor(2.0)
    save_file(tensors, path)


def state(adapter):
    parts = (adapter.pipe.unet, adapter.pipe.text_encoder, adapter.pipe.vae)
    return [value.clone() for part in parts for value in part.state_dict().values()]


def picture(adapter, prompt, **values):
    return outputs(draw(adapter, prompt=prompt, **values))[0].media


def test_a_lora_changes_the_picture_by_its_weight_and_is_gone_afterwards(adapter, folder):
    write(folder / "ink.safetensors", adapter)
    write(folder / "same.safetensors", adapter, "kohya")
    write(folder / "other.safetensors", adapter, seed=2)
    before, plain = state(adapter), picture(adapter, "boat")
    inked = picture(adapter, "boat <lora:ink:0.8>")
    assert inked != plain and inked == picture(adapter, "<lora:same:0.8> boat")  # by either naming
    assert picture(adapter, "boat <lora:ink:0>") == plain
    stacked = picture(adapter, "boat <lora:ink:0.8><lora:other:0.5>")
    assert stacked not in (inked, plain, picture(adapter, "boat <lora:other:0.5>"))
    assert all(torch.equal(old, new) for old, new in zip(before, state(adapter), strict=True))
    assert picture(adapter, "boat") == plain


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_whoever_stops_or_fails_leaves_no_lora_to_the_next(adapter, folder, step):
    write(folder / "ink.safetensors", adapter)
    before = state(adapter)

    def emit(event):
        if event == Step(step, 3):
            raise Cancelled if step % 2 else ValueError

    with pytest.raises((Cancelled, ValueError)):
        draw(adapter, emit, prompt="boat <lora:ink:1.5>")
    assert all(torch.equal(old, new) for old, new in zip(before, state(adapter), strict=True))


def test_what_does_not_fit_is_told(adapter, folder):
    odd = {"unet.nowhere.lora_A.weight": torch.ones(2, 4), "unet.nowhere.lora_B.weight": torch.ones(4, 2)}
    write(folder / "ink.safetensors", adapter, more=odd)
    told = [event.text for event in draw(adapter, prompt="boat <lora:ink>") if isinstance(event, Notice)]
    assert len(told) == 1 and told[0].startswith("1 of the ")
    save_file(odd, folder / "foreign.safetensors")
    (folder / "broken.safetensors").write_bytes(b"\xff" * 50)
    before = state(adapter)
    for name, said in (("foreign", "another model"), ("broken", "damaged")):
        with pytest.raises(Refused, match=said):
            draw(adapter, prompt=f"boat <lora:ink><lora:{name}:1>")
    assert all(torch.equal(old, new) for old, new in zip(before, state(adapter), strict=True))
    with pytest.raises(Refused, match="one picture"):
        draw(adapter, prompt="{<lora:ink>|<lora:ink:2>} boat", pictures=4)


@pytest.mark.parametrize("name", ["none", "../ink", "/etc/passwd", "*"])
def test_only_files_of_the_folder_can_be_named_and_that_is_checked_before_anything_loads(adapter, folder, name):
    write(folder / "ink.safetensors", adapter)
    with pytest.raises(Refused, match="there are ink"):
        check("image", {"prompt": f"boat <lora:{name}:1>"}, {}, {})
    assert check("image", {"prompt": "boat <lora:ink:1>"}, {}, {})


def test_without_a_folder_there_is_none(monkeypatch):
    monkeypatch.delenv(lora_files.VARIABLE, raising=False)
    with pytest.raises(Refused, match="--loras"):
        lora_files.found("a <lora:x:1>")
