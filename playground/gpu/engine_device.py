"""What an engine does with its device: chooses, measures and tidies it; imports torch only where it must."""

import ctypes
import gc
import importlib
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from playground.gpu.ledger import Memory, cpu_memory


def choose_device(device: str) -> str:
    """`device`, or the best one for "auto"."""
    return importlib.import_module("playground.gpu.devices").choose() if device == "auto" else device


def device_memory(device: str) -> Memory:
    return cpu_memory() if device == "cpu" else importlib.import_module("playground.gpu.devices").memory(device)


def inference_mode() -> AbstractContextManager[Any]:
    """torch's, if the adapter brought torch; entered around each run, as it would leak out of a generator."""
    torch = sys.modules.get("torch")
    return torch.inference_mode() if torch else nullcontext()


def tidy(device: str) -> None:
    """Give back what is not used: to Python, then to the device, then to the system."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch and device != "cpu":
        getattr(torch, device.split(":")[0]).empty_cache()
    if sys.platform == "linux":
        # glibc keeps freed tensors in its heap otherwise
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
