"""The latent space of an autoencoder of melodies from a local folder: mixed, walked through, heard.

Knows no line, no page and no recipe.
"""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from playground import latent_points
from playground.adapters import latent_ways as ways
from playground.adapters import tune_sound
from playground.adapters.latent_folder import directions
from playground.adapters.latent_places import blended, moved, norm, norms, norms_along
from playground.adapters.latent_ways import Place
from playground.catalog import Model
from playground.errors import Failed, Refused
from playground.events import Media, Notice, Output, Preview
from playground.latent_points import Point
from playground.media import abc_read, roll
from playground.media.harmony import harmonised
from playground.media.melody_grid import (
    BARS,
    STEPS,
    TOKENS,
    Grid,
    Key,
    canonical,
    grid_of,
    notes_kept,
    on_steps,
    tune_of,
)
from playground.media.tune import NAMES
from playground.media.tune_prompt import playable
from playground.nets.dense_vae import divergence
from playground.nets.melody_vae import Config, MelodyVAE
from playground.params import LARGEST_SEED, LatentParams
from playground.stream import Emit

MOST_MELODIES = 16  # of a walk: 32 bars, a minute or two
MOST_KEPT = 256  # places of points, which a puck asks for many times


@dataclass(frozen=True)
class Melody:
    """Two bars and how they are played. `told`: sentences about what was left out of a tune."""

    grid: Grid
    key: Key
    title: str
    told: tuple[str, ...] = ()


class LatentMelody:
    """One vector a melody, near N(0, 1)."""

    normal: tuple[bool, ...] = (True,)

    def __init__(self, model: Model, device: str):
        folder = Path(model.source)
        config = Config(**json.loads((folder / "config.json").read_text("utf-8"))["network"])
        if (config.tokens, config.steps) != (TOKENS, STEPS):
            raise Failed(f"{model.title} has other melodies than those that are written here; it cannot be used.")
        weights = load_file(folder / "model.safetensors")
        self.net = MelodyVAE(config)
        self.net.load_state_dict({name: weight.float() for name, weight in weights.items()})
        self.net.to(device).eval().requires_grad_(False)
        self.directions, self.device = directions(model.source, device), device
        self.cards = {
            name: Melody(tuple(card.pop("grid")), title=card.pop("title"), key=Key(**card))
            for name, card in json.loads((folder / "examples.json").read_text("utf-8")).items()
        }
        self.places: dict[Point, Place] = {}

    @torch.inference_mode()
    def run(self, params: LatentParams, emit: Emit) -> None:
        """Emit a Preview, one JSON file with the piano roll (see media.roll) and what is known of the place; then an
        Output that sounds, unless it is for a draft. All is played in the key of the first melody of the points."""
        points = latent_points.parsed(params.points, LARGEST_SEED)
        melodies = [melody for point in points if (melody := self.melody(point))]
        if params.way != "draft":
            for sentence in dict.fromkeys(sentence for melody in melodies for sentence in melody.told):
                emit(Notice(sentence))
        key = melodies[0].key if melodies else Key()
        way = {"walk": self.walked, "picture": self.there_and_back}.get(params.way, self.mixed)
        grids, facts = way(points, params, emit)
        facts["played"] = as_played(key, melodies[0].title if melodies else "")
        tune = harmonised(tune_of(grids, key, "A walk of melodies" if params.way == "walk" else "A melody"))
        drawn = roll.of_melody(tune, len(tune.bars))
        emit(Preview((Media(json.dumps({**drawn, **facts}).encode(), "application/json"),)))
        if params.way != "draft":
            loop = params.way != "walk" or params.shape == "loop"
            media, told = tune_sound.played(tune, params.seed, loop, emit)
            emit(Output(media, {**facts, **told}))

    def mixed(self, points: Sequence[Point], params: LatentParams, emit: Emit) -> tuple[list[Grid], dict[str, Any]]:
        """The melody where the puck is, or that of the sum."""
        asked = (self.place, self.normal, points, params, emit)
        place = moved(blended(*asked), self.directions, params)
        return self.written([place]), {"norm": norm(place), **norms(*asked)}

    def walked(self, points: Sequence[Point], params: LatentParams, emit: Emit) -> tuple[list[Grid], dict[str, Any]]:
        """The melodies along the points."""
        if params.frames > MOST_MELODIES:
            emit(Notice(f"A walk has at most {MOST_MELODIES} melodies of {BARS} bars, so it takes larger steps."))
        keys = [moved(self.place(point), self.directions, params) for point in points]
        count = min(params.frames, MOST_MELODIES)
        places = ways.walk(keys, count, params.path, params.shape == "loop", self.normal)
        return self.written(places), {"norms": norms_along(keys, count, params, self.normal), "frames_made": count}

    def there_and_back(
        self, points: Sequence[Point], params: LatentParams, emit: Emit
    ) -> tuple[list[Grid], dict[str, Any]]:
        """The first point as the model hears it, and in nats by how much it differs from what it expects."""
        melody = self.melody(points[0])
        given = melody.grid if melody else self.written([self.place(points[0])])[0]
        mean, log_variance = self.encoded(given)
        found = self.written([(mean,)])
        facts = {
            "norm": norm((mean,)),
            "notes_kept": round(notes_kept([given], found), 4),
            "divergence": round(float(divergence(mean, log_variance)[0]), 1),
            "given": roll.of_melody(tune_of([given], melody.key if melody else Key()), BARS),
        }
        return found, facts

    def melody(self, point: Point) -> Melody | None:
        """Of a card or a tune; None for a seed."""
        if point.picture:
            raise Refused("A picture has no place in this model; seeds, cards and tunes have.")
        if point.card and point.card not in self.cards:
            raise Refused(f"There is no card {point.card!r} here; there are {', '.join(sorted(self.cards))}.")
        return brought(point.tune) if point.tune else self.cards.get(point.card)

    def place(self, point: Point) -> Place:
        if point not in self.places:
            if len(self.places) >= MOST_KEPT:
                self.places.clear()
            melody = self.melody(point)
            self.places[point] = (self.encoded(melody.grid)[0] if melody else self.drawn(point.seed),)
        return self.places[point]

    def drawn(self, seed: int) -> torch.Tensor:
        dice = torch.Generator().manual_seed(seed)
        return torch.randn(1, self.net.config.latent, generator=dice).to(self.device)

    def encoded(self, grid: Grid) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and log variance (1, latent)."""
        return self.net.encode(torch.tensor([grid], device=self.device))

    def written(self, places: Sequence[Place]) -> list[Grid]:
        """The likeliest melody of each place."""
        logits = self.net.decode(torch.cat([place[0] for place in places]))
        if not torch.isfinite(logits).all():
            raise Failed("The model made numbers that are no melody; a place nearer to the middle may work.")
        return [canonical(grid) for grid in logits.argmax(-1).tolist()]


@functools.lru_cache(maxsize=64)
def brought(text: str) -> Melody:
    """The first two bars of a tune in ABC; Refused if it is none, is not in 4/4 or begins with silence."""
    tune, as_written = abc_read.first(text)
    grid = grid_of(tune)
    bpm, too_far = playable(tune.bpm)
    told = {
        f"The bars of the tune were counted anew, in {tune.metre}.": not as_written,
        f"Of the tune its first {BARS} bars are taken.": len(tune.bars) > BARS,
        "Notes of the tune between sixteenths were moved to the nearest one.": not on_steps(tune.bars[:BARS]),
        too_far: bool(too_far),
    }
    sentences = tuple(sentence for sentence, fits in told.items() if fits)
    return Melody(grid, Key(tune.tonic, tune.mode, bpm, tune.style), tune.title or "the tune", sentences)


def as_played(key: Key, title: str) -> str:
    """Which key, tempo and style were taken, and from where."""
    style = f", {key.style}" if key.style else ""
    return f"{NAMES[key.tonic]} {key.mode}, {key.bpm} bpm{style}" + (f", as in {title}" if title else "")
