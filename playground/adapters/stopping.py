"""Hears a Stop in the middle of long work that tells nothing; knows no model."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import torch

from playground.stream import Cancelled, Emit


def heed(emit: Emit) -> None:
    """End if nobody waits any more, where there is work to do before there is something to tell."""
    if emit.closed:
        raise Cancelled


@contextmanager
def stoppable(module: torch.nn.Module, emit: Emit) -> Iterator[None]:
    """Inside, each layer of `module` is a moment at which a Stop is heard."""
    with ExitStack() as stack:
        for part in module.modules():
            stack.callback(part.register_forward_pre_hook(lambda *_: heed(emit)).remove)
        yield
