"""python -m playground.convert_stylegan2 IN.pt OUT.safetensors: a StyleGAN2 generator as tensors and nothing else.

Reads weights only: what a file would have run is not run. Knows no model of the catalog.
"""

import argparse
import pickle
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from playground.errors import Refused
from playground.nets.stylegan2_names import generator, whose

BETTER = ("g_ema", "G_ema", "generator_ema", "generator", "state_dict")
"""Under which names trainings keep their generator: the running average first, since it makes the better pictures."""

WORKS = (
    "What works is a file of tensors alone. Where you trust the file, write one in the program that it comes from, "
    'with torch.save({"g_ema": G.state_dict()}, "generator.pt"), and convert that.'
)


def weights(path: Path) -> dict[str, torch.Tensor]:
    """The generator's state dict in a checkpoint; Refused if reading it would run code or if there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an unusual file; what is wrong with it is told below
            found: Any = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None
    except pickle.UnpicklingError as error:
        raise Refused(
            f"{path} holds more than tensors, as the .pkl files of NVIDIA do: to load it would be to run code that it "
            f"brings. {WORKS}"
        ) from error
    except (RuntimeError, EOFError, ValueError, KeyError, AttributeError, IndexError, TypeError) as error:
        raise Refused(f"{path} is no file that torch.save has written, or it is cut short. {WORKS}") from error
    top = found if isinstance(found, Mapping) else {}
    chosen = next((top[name] for name in BETTER if isinstance(top.get(name), Mapping)), top)
    tensors = {str(name): weight for name, weight in chosen.items() if isinstance(weight, torch.Tensor)}
    average = top.get("latent_avg")
    return {**tensors, "latent_avg": average} if isinstance(average, torch.Tensor) else tensors


def convert(source: Path, target: Path) -> str:
    """Write the generator in `source` to `target`, under NVIDIA's names; what was found, as a sentence."""
    if target.suffix != ".safetensors":
        raise Refused(f"{target} should end with .safetensors.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent} to write to.")
    found = weights(source)
    try:
        net = generator(found)
        who, _ = whose(found)
    except ValueError as error:
        raise Refused(f"{source} cannot be converted: {error}.") from error
    save_file({name: weight.clone().contiguous() for name, weight in net.state_dict().items()}, target)
    side, mapping = net.synthesis.resolutions[-1], net.mapping.layers
    classes = f", {net.c_dim} classes" if net.c_dim else ""
    mean = "" if any(name.endswith(("latent_avg", "mapping.w_avg")) for name in found) else "; mean w from own draws"
    return (
        f"A StyleGAN2 generator under {who} names: {side} x {side} pixels, z {net.z_dim}, w {net.w_dim}, "
        f"{mapping} mapping layers{classes}{mean}."
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="playground.convert_stylegan2", description=__doc__)
    parser.add_argument("source", type=Path, help="a checkpoint that torch.save has written: .pt or .pth")
    parser.add_argument("target", type=Path, help="the .safetensors file to write")
    given = parser.parse_args(arguments)
    try:
        print(convert(given.source, given.target))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    print(given.target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
