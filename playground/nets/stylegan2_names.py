"""A StyleGAN2 generator from a state dict under any of its widely used names; knows no file and no picture.

Names are those of NVIDIA's stylegan2-ada-pytorch and stylegan3, or of rosinality's stylegan2-pytorch. Both keep weights
at unit variance and scale them when used: by the same factors, up to one that demodulation takes out again. So names
and shapes differ, and no number does.
"""

import re
from collections.abc import Mapping
from typing import Any

import torch

from playground.nets.stylegan2 import Generator

Weights = Mapping[str, torch.Tensor]
LINE = torch.tensor([1.0, 3.0, 3.0, 1.0]) / 8
ANCHORS = {"NVIDIA's": "mapping.fc0.weight", "rosinality's": "style.1.weight"}
"""A weight that every generator has, by whose names it is under."""

INSIDE = {  # rosinality's names inside a layer
    "conv.weight": "weight",
    "conv.modulation.weight": "affine.weight",
    "conv.modulation.bias": "affine.bias",
    "noise.weight": "noise_strength",
    "activate.bias": "bias",
    "bias": "bias",
}
FILTERS = ("resample_filter", "blur.kernel", "upsample.kernel")
DRAWS = 4096  # for the mean of w, where it is not given


def generator(weights: Weights) -> Generator:
    """The generator at rest, in single precision; ValueError with a sentence if it cannot be made of these weights."""
    renamed = in_nvidia_names(weights)
    with torch.device("meta"):
        net = Generator(**sizes(renamed))
    wanted = net.state_dict()
    for name in wanted.keys() - renamed.keys():
        if name.endswith("noise_const"):  # early files lack it
            renamed[name] = torch.zeros(wanted[name].shape)
    averaged = "mapping.w_avg" in renamed
    if not averaged:
        renamed["mapping.w_avg"] = torch.zeros(net.w_dim)
    check(renamed, wanted)
    net.load_state_dict({name: weight.float().contiguous() for name, weight in renamed.items()}, assign=True)
    net.eval().requires_grad_(False)
    if not averaged:
        net.mapping.w_avg = mean_w(net)
    return net


def whose(weights: Weights) -> tuple[str, str]:
    """Whose names these are, and what stands before each; ValueError if they are nobody's that is known.

    Where several generators lie in one file, the running average is taken: it makes the better pictures.
    """
    found = [
        ("ema" not in name.lower(), len(name), who, name.removesuffix(anchor))
        for who, anchor in ANCHORS.items()
        for name in weights
        if name == anchor or name.endswith("." + anchor)
    ]
    if found:
        _, _, who, prefix = min(found)
        return who, prefix
    first = next(iter(weights), "nothing")
    raise ValueError(f"it holds no StyleGAN2 generator under NVIDIA's or rosinality's names, but {first}")


def in_nvidia_names(weights: Weights) -> dict[str, torch.Tensor]:
    """The generator's weights under the names and in the shapes of nets/stylegan2; ValueError if some have no place."""
    who, prefix = whose(weights)
    own = {name.removeprefix(prefix): weight for name, weight in weights.items() if name.startswith(prefix)}
    if any(name.startswith("synthesis.input.") for name in own):
        raise ValueError("it is a StyleGAN3; a StyleGAN2 would work")
    for name in [name for name in own if name.endswith(FILTERS)]:
        check_filter(name, own.pop(name))
    if who == "NVIDIA's":
        return own
    if prefix and "latent_avg" in weights:
        own["latent_avg"] = weights["latent_avg"]
    renamed = {}
    for name, weight in own.items():
        new = nvidia_name(name)
        if new is None:
            raise ValueError(f"a StyleGAN2 generator has no {name}")
        renamed[new] = reshaped(new, weight)
    return renamed


def check_filter(name: str, weight: torch.Tensor) -> None:
    """The filter 1 3 3 1 is the only one that nets/stylegan2 knows; its scale is told by where it stands."""
    square = LINE[:, None] * LINE
    if weight.shape != square.shape or not torch.allclose(weight.float() / weight.float().sum(), square, atol=1e-4):
        raise ValueError(f"it smooths with another filter than 1 3 3 1 ({name})")


def nvidia_name(name: str) -> str | None:
    """NVIDIA's name for rosinality's; None if there is none."""
    if name in ("input.input", "latent_avg"):
        return "synthesis.b4.const" if name == "input.input" else "mapping.w_avg"
    if found := re.fullmatch(r"style\.(\d{1,2})\.(weight|bias)", name):
        return f"mapping.fc{int(found[1]) - 1}.{found[2]}"
    if found := re.fullmatch(r"noises\.noise_(\d{1,2})", name):
        return f"{layer(int(found[1]))}.noise_const"
    if found := re.fullmatch(r"(conv1|to_rgb1|convs\.(\d{1,2})|to_rgbs\.(\d{1,2}))\.(.+)", name):
        start, conv, rgb, inside = found.groups()
        if inside not in INSIDE:
            return None
        if start.startswith("conv"):
            return f"{layer(int(conv) + 1 if conv else 0)}.{INSIDE[inside]}"
        return f"synthesis.b{8 * 2 ** int(rgb) if rgb else 4}.torgb.{INSIDE[inside]}"
    return None


def layer(number: int) -> str:
    """The name of a convolution, counted from the first: one at resolution 4, then two at each."""
    return f"synthesis.b{8 * 2 ** ((number - 1) // 2)}.conv{(number - 1) % 2}" if number else "synthesis.b4.conv1"


def reshaped(name: str, weight: torch.Tensor) -> torch.Tensor:
    """Without the dimensions of size one that rosinality's weights have and NVIDIA's do not."""
    if name.endswith("w_avg"):  # some files have it once for each layer
        return weight.reshape(-1, weight.shape[-1]).mean(0)
    kept = {"noise_strength": 0, "const": 3, "noise_const": 2, "bias": 1}.get(name.rpartition(".")[2])
    if kept is None:
        kept = 2 if name.startswith("mapping.") or ".affine." in name else 4
    while weight.ndim > kept and 1 in (weight.shape[0], weight.shape[-1]):
        weight = weight.squeeze(0) if weight.shape[0] == 1 else weight.squeeze(-1)
    return weight


def sizes(weights: Weights) -> dict[str, Any]:
    """The settings of nets/stylegan2's Generator that these weights, under its names, have been made with."""
    try:
        layers = 0
        while f"mapping.fc{layers}.weight" in weights:
            layers += 1
        w_dim = weights[f"mapping.fc{layers - 1}.weight"].shape[0]
        classes = weights["mapping.embed.weight"].shape[1] if "mapping.embed.weight" in weights else 0
        widths = [weights["synthesis.b4.const"].shape[0]]
        while (name := f"synthesis.b{4 * 2 ** len(widths)}.conv1.weight") in weights:
            widths.append(weights[name].shape[0])
        return {
            "z_dim": max(1, weights["mapping.fc0.weight"].shape[1] - (w_dim if classes else 0)),
            "c_dim": classes,
            "w_dim": w_dim,
            "img_channels": weights["synthesis.b4.torgb.weight"].shape[0],
            "widths": widths,
            "mapping_layers": layers,
        }
    except (KeyError, IndexError) as error:
        raise ValueError(f"it lacks weights that tell its size ({error})") from error


def check(weights: Weights, wanted: Weights) -> None:
    """ValueError unless these are the weights that are wanted, all and no other, in the right shapes."""
    if missing := sorted(wanted.keys() - weights.keys()):
        raise ValueError(f"it lacks {len(missing)} of its weights ({missing[0]} is the first)")
    if unknown := sorted(weights.keys() - wanted.keys()):
        raise ValueError(f"it has {len(unknown)} weights that have no place ({unknown[0]} is the first)")
    for name, weight in wanted.items():
        if weights[name].shape != weight.shape:
            sizes = f"{tuple(weights[name].shape)} and not {tuple(weight.shape)}"
            raise ValueError(f"its weight {name} is of size {sizes}")


@torch.no_grad()
def mean_w(net: Generator) -> torch.Tensor:
    """The mean of w (w_dim) over many draws."""
    dice = torch.Generator().manual_seed(0)
    z = torch.randn(DRAWS, net.z_dim, generator=dice)
    classes = torch.randint(max(1, net.c_dim), (DRAWS,), generator=dice)
    one_hot = torch.nn.functional.one_hot(classes, net.c_dim).float() if net.c_dim else None
    return net.mapping(z, one_hot).mean(0)
