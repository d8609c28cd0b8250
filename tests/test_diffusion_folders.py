import json

import diffusers
import pytest

from playground.diffusion_folders import PIPELINES, told
from playground.errors import Refused
from playground.params import check

LATENTS = {"vae": {"block_out_channels": [8, 8, 8, 8]}}


def folder(place, name, **parts):
    place.mkdir(exist_ok=True)
    for part, config in {**LATENTS, **parts}.items():
        (place / part).mkdir(exist_ok=True)
        file = "scheduler_config.json" if part == "scheduler" else "config.json"
        (place / part / file).write_text(json.dumps(config))
    (place / "model_index.json").write_text(json.dumps({"_class_name": name}))
    return place


SD, XL, SD3, FLUX = "StableDiffusionPipeline", "StableDiffusionXLPipeline", "StableDiffusion3Pipeline", "FluxPipeline"
FLOW = ("scheduler", "schedule")
EULER = {"_class_name": "EulerAncestralDiscreteScheduler", "timestep_spacing": "trailing"}
CASES = {
    "1": (SD, {"unet": {"sample_size": 64}}, (30, 7.5, 512, 512), ()),
    "2": (SD, {"unet": {"sample_size": 96}}, (30, 7.5, 768, 768), ()),
    "xl": (
        XL,
        {"unet": {"sample_size": 128}, "scheduler": {**EULER, "timestep_spacing": "leading"}},
        (30, 5.0, 1024, 1024),
        (),
    ),
    "turbo": (XL, {"unet": {"sample_size": 64}, "scheduler": EULER}, (4, 1.0, 512, 512), ()),
    "lcm": (XL, {"unet": {"sample_size": 128}, "scheduler": {"_class_name": "LCMScheduler"}}, (4, 1.0, 1024, 1024), ()),
    "distilled": (
        SD,
        {"unet": {"sample_size": 64, "time_cond_proj_dim": 256}},
        (4, 8.0, 512, 512),
        ("negative_prompt",),
    ),
    "pure noise": (SD, {"unet": {}, "scheduler": {**EULER, "rescale_betas_zero_snr": True}}, (30, 7.5, 512, 512), ()),
    "3": (SD3, {"transformer": {"sample_size": 128}}, (28, 7.0, 1024, 1024), ()),
    "3.5": (SD3, {"transformer": {"sample_size": 128, "qk_norm": "rms_norm"}}, (28, 4.5, 1024, 1024), ()),
    "dev": (FLUX, {"transformer": {"guidance_embeds": True}}, (28, 3.5, 1024, 1024), ("negative_prompt",)),
    "flow": (SD3, {"scheduler": {"_class_name": "FlowMatchEulerDiscreteScheduler"}}, (28, 7.0, 1024, 1024), FLOW),
    "schnell": (FLUX, {"transformer": {}}, (4, None, 1024, 1024), ("negative_prompt", "guidance_scale")),
    "pixart": ("PixArtSigmaPipeline", {"transformer": {"sample_size": 128}}, (20, 4.5, 1024, 1024), ()),
    "sana": (
        "SanaPipeline",
        {"transformer": {"sample_size": 32}, "vae": {"encoder_block_out_channels": [1] * 6}},
        (20, 4.5, 1024, 1024),
        (),
    ),
    "kandinsky": (
        "KandinskyV22CombinedPipeline",
        {"unet": {"sample_size": 64}, "movq": LATENTS["vae"]},
        (50, 4.0, 512, 512),
        ("negative_prompt",),
    ),
    "oblong": ("NewPipeline", {"transformer": {"sample_size": [64, 128]}}, (30, 5.0, 1024, 512), ()),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_folder_says_becomes_its_settings(tmp_path, case):
    name, parts, (steps, guidance, width, height), lacks = CASES[case]
    found = told(folder(tmp_path / "model", name, **parts))
    wanted = {"steps": steps, "guidance_scale": guidance, "width": width, "height": height}
    assert found.defaults == {key: value for key, value in wanted.items() if value is not None}
    assert found.lacks == lacks
    assert check("image", {}, found.defaults, {}, lambda setting: setting not in found.lacks)


@pytest.mark.parametrize("size", [0, -5, 10**9, "many", None, [64], [1, 2, 3], {}, [None, 64], True])
@pytest.mark.parametrize("blocks", [[], None, "x", [1] * 4])
def test_odd_configurations_still_give_settings_that_can_be(tmp_path, size, blocks):
    parts = {"unet": {"sample_size": size}, "vae": {"block_out_channels": blocks}, "scheduler": {"_class_name": 7}}
    assert check("image", {}, told(folder(tmp_path / "model", SD, **parts)).defaults, {})


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "[" * 100_000, '{"_class_name": 5}', '{"_class_name": ["a", "B"]}', "\xff"]
)
def test_what_is_no_pipeline_is_refused(tmp_path, text):
    with pytest.raises(Refused, match="no diffusers folder"):
        told(tmp_path)
    (tmp_path / "model_index.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(Refused, match="damaged or names no pipeline|code of its own"):
        told(tmp_path)


def test_every_pipeline_of_the_table_is_one_of_diffusers_and_has_settings_that_can_be(tmp_path):
    for name in PIPELINES:
        assert hasattr(diffusers, name)
        found = told(folder(tmp_path / name, name))
        assert check("image", {}, found.defaults, {})
