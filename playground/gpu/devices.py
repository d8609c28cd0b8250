"""What torch knows of the devices: which there is, how much memory it has; imported in the engine process alone."""

import torch

from playground.gpu.ledger import Memory, cpu_memory


def choose() -> str:
    """The best device here: an accelerator's first, or the CPU."""
    accelerator = torch.accelerator.current_accelerator(check_available=True)
    if accelerator is None:
        return "cpu"
    return "mps" if accelerator.type == "mps" else f"{accelerator.type}:0"


def memory(device: str) -> Memory:
    """Bytes of an accelerator; what torch keeps but does not use counts as free, and a twentieth is left alone."""
    if device == "mps":
        total, used = torch.mps.recommended_max_memory(), torch.mps.driver_allocated_memory()
        return Memory(total, max(0, min(total - used, cpu_memory().free)))
    module = getattr(torch, device.split(":")[0])
    free, total = module.mem_get_info(device)
    cached = module.memory_reserved(device) - module.memory_allocated(device)
    margin = max(400 * 2**20, total // 20)
    return Memory(total - margin, max(0, free + cached - margin))
