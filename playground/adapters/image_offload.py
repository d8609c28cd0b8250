"""Has the parts of a pipeline wait in the machine's memory while a job runs; knows no prompt and no size."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from diffusers.hooks import HookRegistry, apply_group_offloading

HOOK = "group_offloading"  # what diffusers calls it
MEMORY = torch.device("cpu")


def helps(device: torch.device) -> bool:
    """Whether the device's memory is another than the machine's."""
    return device.type not in (MEMORY.type, "mps")


@contextmanager
def waiting(pipe: Any, device: torch.device) -> Iterator[None]:
    """Inside, all parts but the decoder wait, and each layer comes to the device only while it works."""
    parts = [part for name, part in pipe.components.items() if isinstance(part, torch.nn.Module) and name != "vae"]
    try:
        for part in parts:
            apply_group_offloading(part, device, MEMORY, "leaf_level")
        yield
    finally:
        for part in parts:
            HookRegistry.check_if_exists_or_initialize(part).remove_hook(HOOK, recurse=True)
            part.to(device)
