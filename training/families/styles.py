"""What is found in the GAN's space when it is shipped: directions of attributes, places of cards; trains nothing."""

import torch

from playground.nets.stylegan2 import Generator
from playground.nets.stylegan2_search import searched
from training.families import cards, export, gan
from training.families.data import autoencoder
from training.families.features import Features
from training.poster.latents import as_tensor
from training.scenes import render
from training.scenes.specification import ATTRIBUTES

DRAWS, GUESSES, STEPS = 6000, 4096, 300


@torch.inference_mode()
def directions(net: Generator, features: Features, labels: dict[str, tuple[str, str]]) -> dict[str, torch.Tensor]:
    """Of attributes, each (layers, w_dim), from draws that `features` has looked at, and of most variation.

    `labels`: for each name the attribute and its value.
    """
    w = gan.random_w(net, DRAWS)
    seen: dict[str, list[torch.Tensor]] = {name: [] for name in ATTRIBUTES}
    for part in w.split(64):
        for name, scores in features(net.synthesis(net.ws(part))).items():
            seen[name].append(scores.argmax(1))
    found = {name: torch.cat(parts) for name, parts in seen.items()}
    has = {name: found[attribute] == ATTRIBUTES[attribute].index(value) for name, (attribute, value) in labels.items()}
    rows = export.attribute_directions(w, has) | export.principal_directions(w)
    return {name: row.expand(net.synthesis.num_ws, -1) for name, row in rows.items()}


def places(net: Generator) -> dict[str, torch.Tensor]:
    """Of the cards, (1, layers, w_dim) each: a GAN has no encoder, and a search takes longer than a person waits."""
    painter, found = autoencoder(), {}
    with torch.inference_mode():
        w = gan.random_w(net, GUESSES)
        made = torch.cat([net.synthesis(net.ws(part)) for part in w.split(64)])
    for name, scene in cards.scenes().items():
        with torch.inference_mode():
            target = painter.encoder(as_tensor(render(scene, 256)[0][None].copy())) * painter.config["scaling_factor"]
        nearest = (made - target).square().mean((1, 2, 3)).argmin()
        found[name] = searched(net, target, net.ws(w[nearest][None]), STEPS, lambda step: None)
    return found
