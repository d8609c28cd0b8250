"""Ways to make the same pictures in less memory; knows no folder and no prompt."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import lcm
from typing import Any

from playground.adapters import image_offload
from playground.errors import Unavailable
from playground.events import Trace
from playground.params import ImageParams
from playground.stream import Emit

Run = Callable[[ImageParams, Emit], None]
TILE = 64
"""Latents to a tile at most, along one side: 512 pixels for most models. Smaller ones show their seams."""

ONE_BY_ONE = "The memory was full: the pictures are made one after the other."
TILED = "The memory was full: the picture is put together from tiles, which takes a little longer."
WAITING = "The memory was full: the model waits beside it and comes layer by layer, which takes several times as long."


def ways(pipe: Any, run: Run, params: ImageParams) -> list[tuple[str, Callable[[Emit], None]]]:
    """The least change first, each with a sentence on it; the last one only says which size would need less."""
    device = pipe.device

    def one_by_one(emit: Emit) -> None:
        for index in range(params.pictures):
            run(params.single(index), numbered(emit, index))

    def tiled(emit: Emit) -> None:
        with tiles(getattr(pipe, "vae", None)):
            one_by_one(emit)

    def layer_by_layer(emit: Emit) -> None:
        with image_offload.waiting(pipe, device):
            tiled(emit)

    def give_up(emit: Emit) -> None:
        raise Unavailable(smaller(params, lcm(16, getattr(pipe, "vae_scale_factor", 1))))

    several = [(ONE_BY_ONE, one_by_one)] if params.pictures > 1 else []
    elsewhere = [(WAITING, layer_by_layer)] if image_offload.helps(device) else []
    return [*several, (TILED, tiled), *elsewhere, ("", give_up)]


def numbered(emit: Emit, number: int) -> Emit:
    """Where a job tells of its output of this number, for what knows only this one."""
    return Emit(lambda event: emit(replace(event, number=number) if isinstance(event, Trace) else event))


@contextmanager
def tiles(vae: Any) -> Iterator[None]:
    """Inside, a decoder that can takes large pictures in small tiles."""
    known = vars(vae) if vae else {}
    before = {name: value for name, value in known.items() if name.startswith(("use_tiling", "tile_"))}
    if "use_tiling" not in before:
        yield
        return
    vae.enable_tiling()
    for name in before:
        if name.startswith("tile_latent_min") and getattr(vae, name) > TILE:
            other = name.replace("latent", "sample")
            setattr(vae, other, getattr(vae, other) * TILE // getattr(vae, name))
            setattr(vae, name, TILE)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(vae, name, value)


def smaller(params: ImageParams, multiple: int) -> str:
    """A sentence that proposes a size of about half as many pixels, in this multiple."""
    size = f"{params.width} x {params.height}"
    width, height = (max(64, int(side * 0.5**0.5) // multiple * multiple) for side in (params.width, params.height))
    if (width, height) == (params.width, params.height):
        return f"The memory here is not enough for this model, not even at {size} pixels: choose a smaller model."
    return (
        f"The memory here is not enough for {size} pixels, not even picture by picture in tiles: {width} x {height} "
        "needs about half of it."
    )
