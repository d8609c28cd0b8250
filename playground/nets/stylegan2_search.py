"""Finds styles for a picture in a StyleGAN2 (Abdal et al. 2019, arXiv:1904.03189); knows no file and no page."""

from collections.abc import Callable

import torch

from playground.nets.stylegan2 import Generator

RATE = 0.05


def searched(
    net: Generator, target: torch.Tensor, ws: torch.Tensor, steps: int, report: Callable[[int], None]
) -> torch.Tensor:
    """The ws (1, num_ws, w_dim) near `ws` that make most of `target`, by optimisation. `report` hears of each step."""
    with torch.inference_mode(False), torch.enable_grad():
        target, ws = target.clone(), ws.clone().requires_grad_(True)
        optimizer = torch.optim.Adam([ws], RATE)
        for step in range(steps):
            optimizer.param_groups[0]["lr"] = RATE * (1 - step / steps)
            loss = (net.synthesis(ws) - target).square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            report(step + 1)
    return ws.detach()
