"""LoRA files in a tiny pipeline: added, stacked, and gone without a trace."""

import numpy as np
import pytest
import torch
from diffusers.loaders.lora_conversion_utils import _maybe_map_sgm_blocks_to_diffusers
from safetensors.torch import save_file

from playground import lora_files
from playground.adapters import lora
from playground.adapters.lora_names import of_stability
from playground.catalog import MODELS, Model, find, load
from playground.engine import Engine
from playground.errors import Refused
from playground.events import Notice, Output, Step
from playground.gpu import Manager
from playground.gpu.inline import Inline
from playground.params import check
from playground.stream import Cancelled, Emit
from tests.adapters.folders import stable_diffusion, stable_diffusion_xl
from tests.adapters.test_diffusers_image import draw, outputs, pixels


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


@pytest.fixture(scope="module")
def xl(tmp_path_factory):
    folder = stable_diffusion_xl(tmp_path_factory.mktemp("models"))
    return load(Model("tiny", "image", "diffusion", "Tiny", find("poster").adapter, str(folder)), "cpu")


def test_names_of_stability_s_code_are_those_that_diffusers_takes_them_for(xl):
    layers = [name for name, one in xl.pipe.unet.named_modules() if isinstance(one, torch.nn.Linear)]
    attentions = [name for name in layers if ".attentions." in name]
    config = xl.pipe.unet.config
    for name in attentions:
        theirs = "lora_unet_" + of_stability(name, config.layers_per_block).replace(".", "_")
        (found,) = _maybe_map_sgm_blocks_to_diffusers({theirs: 0}, config)
        for old, new in (("input_blocks", "down_blocks"), ("output_blocks", "up_blocks"), ("middle_", "mid_")):
            found = found.replace(old, new)  # as it does in a later step
        assert found == "lora_unet_" + name.replace(".", "_")
    assert len({of_stability(name, 2) for name in attentions}) == len(attentions)
    # as in the names of layers of SDXL's own checkpoint
    assert of_stability("down_blocks.1.resnets.0.conv_shortcut", 2) == "input_blocks.4.0.skip_connection"
    assert of_stability("down_blocks.0.downsamplers.0.conv", 2) == "input_blocks.3.0.op"
    assert of_stability("up_blocks.0.upsamplers.0.conv", 2) == "output_blocks.2.2.conv"
    assert of_stability("mid_block.resnets.1.conv2", 2) == "middle_block.2.out_layers.3"
    assert of_stability("conv_in", 2) == ""


def test_a_lora_of_xl_changes_both_encoders_and_the_unet_and_leaves_nothing_behind(xl, tmp_path):
    parts = {"lora_unet_": xl.pipe.unet, "lora_te1_": xl.pipe.text_encoder, "lora_te2_": xl.pipe.text_encoder_2}
    tensors = {}
    for start, part in parts.items():
        for name, (down, up) in matrices(part, 1).items():
            full = start + (of_stability(name, 1) if start == "lora_unet_" else name).replace(".", "_")
            tensors |= {f"{full}.lora_down.weight": down, f"{full}.lora_up.weight": up}
    save_file(tensors, tmp_path / "ink.safetensors")
    before = [{name: value.clone() for name, value in part.state_dict().items()} for part in parts.values()]
    told = []
    with torch.inference_mode(), lora.worn(xl.pipe, [(tmp_path / "ink.safetensors", 0.8)], Emit(told.append)):
        for old, part in zip(before, parts.values(), strict=True):
            now = part.state_dict()
            changed = {name for name in old if not torch.equal(old[name], now[name])}
            assert changed == {f"{name}.weight" for name in matrices(part, 1)}
    assert told == []
    for old, part in zip(before, parts.values(), strict=True):
        assert all(torch.equal(old[name], value) for name, value in part.state_dict().items())


def test_two_people_at_once_each_have_their_own_loras(xl, folder, monkeypatch, tmp_path_factory):
    """Through the door, in whatever order and company their jobs run."""
    save_file(
        {
            f"unet.{name}.lora_{side}.weight": tensor
            for name, pair in matrices(xl.pipe.unet, 1).items()
            for side, tensor in zip("AB", pair, strict=True)
        },
        folder / "ink.safetensors",
    )
    place = stable_diffusion_xl(tmp_path_factory.mktemp("models"))
    monkeypatch.setitem(MODELS, "tiny", Model("tiny", "image", "", "Tiny", find("poster").adapter, str(place)))
    engine = Engine(Manager(Inline("cpu")))
    asked = {"seed": 7, "steps": 3, "width": 64, "height": 64}
    try:
        mine, theirs = ("boat <lora:ink:2>", "boat")
        streams = [engine.generate("tiny", person=str(i % 2), prompt=(mine, theirs)[i % 2], **asked) for i in range(4)]
        made = [pixels(next(e.media for e in stream if isinstance(e, Output))) for stream in streams]
    finally:
        engine.manager.close()

    def apart(a, b):
        """In steps of 255: those of one person may be painted together, which may move a pixel by one."""
        return np.abs(a - b).max()

    assert apart(made[0], made[2]) <= 1 and apart(made[1], made[3]) <= 1
    assert apart(made[0], pixels(picture(xl, mine))) <= 1 and apart(made[1], pixels(picture(xl, theirs))) <= 1
    assert apart(made[0], made[1]) > 1
