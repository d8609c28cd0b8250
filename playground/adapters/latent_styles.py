"""What is done with the styles of a StyleGAN2: drawn, mixed, painted, searched for; knows no folder and no line."""

from collections.abc import Sequence

import numpy as np
import torch

from playground.adapters.latent_ways import Place
from playground.events import Step
from playground.nets import stylegan2_search
from playground.nets.stylegan2 import Generator
from playground.params import LatentParams
from playground.stream import Emit

SEARCH_STEPS = 60


def mapped(net: Generator, seeds: Sequence[int], device: str) -> torch.Tensor:
    """w (n, w_dim) of seeds, drawn as StyleGAN's tools draw them; the class is drawn after z."""
    rows, classes = [], []
    for seed in seeds:
        dice = np.random.RandomState(seed % 2**32)
        rows.append(dice.randn(net.z_dim))
        classes.append(dice.randint(net.c_dim) if net.c_dim else 0)
    z = torch.from_numpy(np.stack(rows)).float().to(device)
    one_hot = torch.nn.functional.one_hot(torch.tensor(classes), net.c_dim).float().to(device) if net.c_dim else None
    return net.mapping(z, one_hot)


def mixed(net: Generator, places: Sequence[Place], params: LatentParams, device: str) -> torch.Tensor:
    """ws (n, num_ws, w_dim) of places, the later layers with the style of another seed if one is named."""
    ws = torch.cat([place[0] for place in places])
    if params.mix_seed >= 0 and params.mix_from < net.synthesis.num_ws:
        other = net.ws(mapped(net, [params.mix_seed], device), params.psi)
        ws[:, params.mix_from :] = other[:, params.mix_from :]
    return ws


def painted(
    net: Generator, ws: torch.Tensor, params: LatentParams, resolution: int | None = None, at_once: int = 4
) -> torch.Tensor:
    """What the generator makes of ws. Drawn noise is the same for all, or a walk would flicker."""
    if params.noise != "random":
        return torch.cat([net.synthesis(part, params.noise, resolution=resolution) for part in ws.split(at_once)])
    dice = torch.Generator()
    return torch.cat([net.synthesis(row, "random", dice.manual_seed(params.seed), resolution) for row in ws.split(1)])


def searched(net: Generator, latents: torch.Tensor, ws: torch.Tensor, emit: Emit | None) -> torch.Tensor:
    """The ws near `ws` that make most of a picture's latents; a Step for each step, if anybody listens."""

    def report(step: int) -> None:
        if emit:
            emit(Step(step, SEARCH_STEPS))

    return stylegan2_search.searched(net, latents, ws, SEARCH_STEPS, report)
