"""From a checkpoint to a folder of assets/starters: weights and directions of attributes; measures nothing."""

from pathlib import Path

import torch

from playground.nets.draft_decoder import DraftDecoder
from training import loop
from training.families import cards, export, gan
from training.families.data import Latents
from training.families.features import Features
from training.families.kinds import KINDS
from training.scenes import Scene

SAMPLES = 6000  # labelled pictures from which directions are found

LABELS = {
    "night": lambda scene: scene.time == "night",
    "sunset": lambda scene: scene.time == "sunset",
    "snow": lambda scene: scene.place == "snow",
    "sea": lambda scene: scene.place == "sea",
    "city": lambda scene: scene.place == "city",
    "rain": lambda scene: scene.weather == "rain",
    "clouds": lambda scene: scene.weather == "cloudy",
    "bigger": lambda scene: scene.size == "big",
    "to the right": lambda scene: scene.position == "right",
}


def ship(family: str, work: Path, folder: Path) -> float:
    """Write the averaged weights of the last checkpoint, and what is found in its space; the seconds of training."""
    kind = KINDS[family]
    if family == "gan":
        pair, seconds = loop.averaged(work, family, gan.Pair(Features(), 8))
        gan.set_mean(pair.generator)
        net = pair.generator
    else:
        net, seconds = loop.averaged(work, family, kind.network(**kind.settings))
    export.save(folder, net, kind.settings)
    if kind.place:
        latents = Latents(work)
        lots = latents.usable[torch.randperm(len(latents.usable), generator=torch.Generator().manual_seed(0))[:SAMPLES]]
        export.save_directions(folder, directions(kind, net, latents, lots))
    return seconds


@torch.inference_mode()
def directions(kind, net: torch.nn.Module, latents: Latents, lots: torch.Tensor) -> dict[str, torch.Tensor]:
    places = torch.cat([kind.place(net, latents.take(part)) for part in lots.split(250)])
    scenes: list[Scene] = [latents.scenes[index] for index in lots.tolist()]
    labels = {name: torch.tensor([has(scene) for scene in scenes]) for name, has in LABELS.items()}
    return export.attribute_directions(places, labels) | export.principal_directions(places)


def write_shared(work: Path, starters: Path) -> None:
    """The cards, the neighbours and the draft decoder, which all families share."""
    cards.write(starters / "scenes")
    cards.write_neighbours(starters / "scenes", work)
    net, _ = loop.averaged(work, "draft", DraftDecoder())
    export.save(starters / "draft-decoder", net, {})
