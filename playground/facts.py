"""What a person wants to know of a model before they choose it; loads nothing and knows no page."""

from dataclasses import dataclass

from playground import hub
from playground.catalog import Model
from playground.gpu.ledger import cpu_memory, tensors, weights_bytes


@dataclass(frozen=True)
class Facts:
    """One row of the list of models."""

    key: str
    kind: str
    family: str
    title: str
    license: str
    summary: str
    here: bool  # whether its files are on this machine
    bytes: int  # of weights on disk; 0 if they are not here
    runs: str  # whether it fits now, in words


def facts(model: Model) -> Facts:
    """The facts of `model` at this moment, since free memory changes."""
    here = hub.here(model)
    return Facts(
        key=model.key,
        kind=model.kind,
        family=model.family,
        title=model.title,
        license=model.license,
        summary=model.summary,
        here=here,
        bytes=hub.size(model) if here else 0,
        runs=fit(weights_bytes(hub.weights(hub.folder(model)), dtype_bytes=4) or 0, cpu_memory().free)
        if here
        else "not here",
    )


def need(model: Model) -> int:
    """Bytes that its weights take in memory."""
    return weights_bytes(hub.weights(hub.folder(model)), dtype_bytes=4) or 0


def directions(model: Model) -> list[str]:
    """The attributes of which a model with a latent space can make more or less, by name; empty if it knows none."""
    try:
        return list(tensors(hub.folder(model) / "directions.safetensors"))
    except (OSError, ValueError):
        return []


def fit(needed: int, free: int) -> str:
    """Whether `needed` bytes fit into `free` ones, with the numbers that say why not."""
    if needed <= free:
        return f"fits: needs {gigabytes(needed)}, {gigabytes(free)} free"
    return f"needs {gigabytes(needed)}, only {gigabytes(free)} free"


def gigabytes(count: int) -> str:
    return f"{count / 1e9:.2f} GB" if count < 1e9 else f"{count / 1e9:.1f} GB"
