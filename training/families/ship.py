"""From a checkpoint to a folder of assets/starters: weights and directions of attributes; measures nothing."""

from pathlib import Path

import torch

from playground.nets.dense_vae import DenseVAE
from playground.nets.draft_decoder import DraftDecoder
from playground.nets.mixture import Mixture
from training import loop
from training.families import cards, export, gan, mixture, styles
from training.families.data import Latents
from training.families.features import Features
from training.families.kinds import KINDS
from training.scenes import Scene

COMPONENTS = 32  # of the mixture that the VAE's draws come from
SAMPLES = 6000  # labelled pictures from which directions are found

LABELS = {
    "night": ("time", "night"),
    "sunset": ("time", "sunset"),
    "snow": ("place", "snow"),
    "sea": ("place", "sea"),
    "city": ("place", "city"),
    "rain": ("weather", "rain"),
    "clouds": ("weather", "cloudy"),
    "bigger": ("size", "big"),
    "to the right": ("position", "right"),
}


def ship(family: str, work: Path, folder: Path) -> float:
    """Write the averaged weights of the last checkpoint, and what is found in its space; the seconds of training."""
    kind = KINDS[family]
    if family == "gan":
        return ship_gan(work, folder)
    net, seconds = loop.averaged(work, family, kind.network(**kind.settings))
    latents = Latents(work)
    settings = kind.settings
    if isinstance(net, DenseVAE):
        net.prior, settings = prior(net, latents), {**settings, "components": COMPONENTS}
    export.save(folder, net, settings, {"prior": "../poster-tokens"} if family == "vqvae" else None)
    if kind.place:
        lots = latents.usable[torch.randperm(len(latents.usable), generator=torch.Generator().manual_seed(0))[:SAMPLES]]
        export.save_rows(folder / "directions.safetensors", directions(kind, net, latents, lots))
    return seconds


def ship_gan(work: Path, folder: Path) -> float:
    """As ship(): it has no encoder, so that its space is looked at through draws."""
    pair, seconds = loop.averaged(work, "gan", gan.Pair(Features(), 8))
    net = pair.generator
    gan.set_mean(net)
    export.save(folder, net, KINDS["gan"].settings)
    export.save_rows(folder / "directions.safetensors", styles.directions(net, pair.critic.features, LABELS))
    export.save_rows(folder / "cards.safetensors", styles.places(net))
    return seconds


@torch.inference_mode()
def prior(net: DenseVAE, latents: Latents) -> Mixture:
    """Where the pictures of training lie."""
    return mixture.fitted(
        torch.cat([net.encode(latents.take(lots))[0] for lots in latents.usable.split(250)]), COMPONENTS
    )


@torch.inference_mode()
def directions(kind, net: torch.nn.Module, latents: Latents, lots: torch.Tensor) -> dict[str, torch.Tensor]:
    places = torch.cat([kind.place(net, latents.take(part)) for part in lots.split(250)])
    scenes: list[Scene] = [latents.scenes[index] for index in lots.tolist()]
    labels = {
        name: torch.tensor([getattr(scene, of) == value for scene in scenes]) for name, (of, value) in LABELS.items()
    }
    return export.attribute_directions(places, labels) | export.principal_directions(places)


def write_shared(work: Path, starters: Path) -> None:
    """The cards, the neighbours and the draft decoder, which all families share."""
    cards.write(starters / "scenes")
    cards.write_neighbours(starters / "scenes", work)
    net, _ = loop.averaged(work, "draft", DraftDecoder())
    export.save(starters / "draft-decoder", net, {})
