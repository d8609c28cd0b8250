"""Optimisers and averages of weights, with states that go into safetensors; knows no model.

Muon: Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks"; update scaled as by Moonshot AI
(arXiv:2502.16982), so that one learning rate serves it and AdamW.
"""

import copy
import math
from collections import defaultdict
from typing import Generic, TypeVar

import torch
from torch import nn

Network = TypeVar("Network", bound=nn.Module)
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
NOT_MATRICES = ("embedding", "conv_in", "conv_out", "time_emb")
"""Parts of the names of weights that Muon is not meant for: lookups, first and last layers, modulation."""


class Optimizer:
    """Muon for the hidden matrices and filters, AdamW for all else."""

    def __init__(
        self,
        model: nn.Module,
        muon: bool = True,
        weight_decay: float = 0.01,
        betas: tuple[float, float] = (0.9, 0.99),
    ):
        self.named = dict(model.named_parameters())
        hidden = {name for name, weight in self.named.items() if muon and is_matrix(name, weight)}
        self.momentum = {name: torch.zeros_like(self.named[name]) for name in sorted(hidden)}
        self.rest = [name for name in self.named if name not in hidden]
        weights = [self.named[name] for name in self.rest]
        self.adam = torch.optim.AdamW(weights, 1e-3, betas, weight_decay=weight_decay, fused=True)
        self.weight_decay = weight_decay

    @torch.no_grad()
    def step(self, rate: float) -> None:
        torch.nn.utils.clip_grad_norm_(self.named.values(), 1.0)
        self.adam.param_groups[0]["lr"] = rate
        self.adam.step()
        by_shape: dict[tuple, list[tuple[torch.Tensor, torch.Tensor]]] = defaultdict(list)
        for name, momentum in self.momentum.items():
            gradient = self.named[name].grad
            if gradient is not None:
                momentum.lerp_(gradient, 0.05)
                blend = gradient.lerp(momentum, 0.95).flatten(1)
                by_shape[tuple(blend.shape)].append((self.named[name], blend))
        for shape, pairs in by_shape.items():
            weights, blends = zip(*pairs, strict=True)
            scale = 0.2 * math.sqrt(max(shape))
            for weight, update in zip(weights, orthogonalized(torch.stack(blends)), strict=True):
                weight.mul_(1 - rate * self.weight_decay).add_(update.view_as(weight), alpha=-rate * scale)
        for weight in self.named.values():
            weight.grad = None

    def state(self) -> dict[str, torch.Tensor]:
        tensors = {f"momentum.{name}": value for name, value in self.momentum.items()}
        for index, values in self.adam.state_dict()["state"].items():
            tensors |= {f"adam.{self.rest[index]}.{key}": value for key, value in values.items()}
        return tensors

    def load(self, tensors: dict[str, torch.Tensor]) -> None:
        for name, momentum in self.momentum.items():
            momentum.copy_(tensors[f"momentum.{name}"])
        state = self.adam.state_dict()
        for index, name in enumerate(self.rest):
            keys = ("step", "exp_avg", "exp_avg_sq")
            if f"adam.{name}.step" in tensors:
                state["state"][index] = {key: tensors[f"adam.{name}.{key}"].clone() for key in keys}
        self.adam.load_state_dict(state)


def is_matrix(name: str, weight: torch.Tensor) -> bool:
    return weight.ndim >= 2 and not any(part in name for part in NOT_MATRICES)


def orthogonalized(matrices: torch.Tensor) -> torch.Tensor:
    """The nearest half-orthogonal matrices to a stack (n, rows, columns), about, by five Newton-Schulz steps."""
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.mT if tall else matrices
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    a, b, c = NEWTON_SCHULZ
    for _ in range(5):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x


class Average(Generic[Network]):
    """An exponential moving average of a model's weights, which is what is judged and shipped."""

    def __init__(self, model: Network):
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self.updates = 0

    @torch.no_grad()
    def update(self, model: nn.Module, keep: float) -> None:
        """Move towards `model`; `keep` is the share of the old value, less in the beginning."""
        self.updates += 1
        keep = min(keep, self.updates / (9 + self.updates))
        torch._foreach_lerp_(list(self.model.parameters()), list(model.parameters()), 1 - keep)
