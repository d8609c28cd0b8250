"""Every model as data: THE place where a model is added; imports no adapter and no heavy library until one loads."""

import importlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.errors import Refused

ASSETS = Path(__file__).resolve().parents[1] / "assets"
PLACES = ("points", "way", "x", "y", "weights", "path", "shape", "frames", "frames_per_second")
LATENT = (*PLACES, "attributes")
STYLES = ("psi", "mix_seed", "mix_from", "noise")
SETTINGS = {
    "tune_music:TuneMusic": ("mood", "style", "key", "mode", "metre", "bpm", "bars", "instrument", "density")
    + ("temperature", "tunes", "start", "change", "first_bar", "last_bar", "takes", "preview_bars"),
    "musicgen:MusicGen": ("seconds", "guidance_scale", "temperature", "top_k", "clip", "tunes"),
    "diffusers_audio:DiffusersAudio": ("seconds", "steps", "guidance_scale", "negative_prompt", "tunes"),
    "tokens_image:TokensImage": ("guidance_scale", "pictures", "format"),
    "latent_vae:LatentVAE": LATENT,
    "latent_vqvae:LatentVQVAE": (*LATENT, "codes"),
    "latent_gan:LatentGAN": (*LATENT, *STYLES),
    "latent_glow:LatentGlow": (*LATENT, "temperature"),
    "latent_autoencoder:LatentAutoencoder": PLACES,
    "latent_stylegan:LatentStyleGAN": (*PLACES, *STYLES),
    "latent_diffusion:LatentDiffusion": (*PLACES, "steps", "guidance_scale"),
    "latent_melody:LatentMelody": tuple(name for name in LATENT if name != "frames_per_second"),
}
"""The settings that an adapter has besides prompt and seed; one that is not here has all of its kind."""


@dataclass(frozen=True)
class Model:
    """One model a person can choose. `source` is a folder under assets/ for a starter, else a Hub id."""

    key: str  # what people type and links carry
    kind: str  # the tab it belongs to
    family: str  # what the field calls its architecture
    title: str
    adapter: str  # "module:Class" under playground.adapters, imported when the model is first used
    source: str
    revision: str = ""
    license: str = ""
    summary: str = ""  # one sentence: what it is good for
    defaults: dict[str, Any] = field(default_factory=dict)  # this model's good settings
    limits: dict[str, tuple] = field(default_factory=dict)  # narrower bounds than the kind's
    lacks: tuple[str, ...] = ()  # settings of its adapter that change nothing for this model

    @property
    def starter(self) -> bool:
        """Whether it ships with this repository."""
        return self.source.startswith("starters/")

    @property
    def writes_notes(self) -> bool:
        """Whether its music comes as notes that a band plays, and not as sound."""
        return self.kind == "music" and self.has("bars")

    @property
    def is_heard(self) -> bool:
        """Whether its latent space is one of melodies, and not of pictures."""
        return self.kind == "latent" and not self.has("frames_per_second")

    def has(self, setting: str) -> bool:
        """Whether it has a setting of this name."""
        own = SETTINGS.get(self.adapter)
        return setting not in self.lacks and (own is None or setting in ("prompt", "seed", *own))


def load(model: Model, device: str) -> Any:
    """The adapter, ready to run on `device`. Here, in the engine, and only here heavy libraries are imported."""
    module, name = model.adapter.split(":")
    return getattr(importlib.import_module(f"playground.adapters.{module}"), name)(model, device)


MODELS = {
    model.key: model
    for model in (
        Model(
            "poster",
            kind="image",
            family="diffusion",
            title="Poster",
            adapter="diffusers_image:DiffusersImage",
            source="starters/poster",
            license="MIT",
            summary="Paints flat-design poster scenes; a Stable Diffusion in miniature, trained by this project.",
            defaults={"steps": 10, "guidance_scale": 3.0, "width": 256, "height": 256},
            limits={"width": (128, 512), "height": (128, 512), "steps": (1, 50)},
        ),
        Model(
            "poster-tokens",
            kind="image",
            family="transformer",
            title="Poster tokens",
            adapter="tokens_image:TokensImage",
            source="starters/poster-tokens",
            license="MIT",
            summary="Writes a picture patch by patch, as others write a text, after a caption; DALL-E in miniature, "
            "trained by this project.",
            defaults={"guidance_scale": 3.0},
        ),
        Model(
            "tale",
            kind="text",
            family="language model",
            title="Tale",
            adapter="transformers_text:TransformersText",
            source="starters/tale",
            license="MIT",
            summary="Writes short stories, rhymed poems and small Python functions; a Llama in miniature, trained by "
            "this project.",
            defaults={"temperature": 0.7, "top_p": 0.92, "max_new_tokens": 320},
        ),
        Model(
            "tune",
            kind="music",
            family="language model",
            title="Tune",
            adapter="tune_music:TuneMusic",
            source="starters/tune",
            license="MIT",
            summary="Composes tunes of 8 or 16 bars that a small band plays; a Llama in miniature, trained by this "
            "project.",
        ),
        Model(
            "poster-vae",
            kind="latent",
            family="VAE",
            title="Poster VAE",
            adapter="latent_vae:LatentVAE",
            source="starters/poster-vae",
            license="MIT",
            summary="Presses a picture into 128 numbers and paints it again: soft, and every place between two is a "
            "picture.",
        ),
        Model(
            "poster-vqvae",
            kind="latent",
            family="VQ-VAE",
            title="Poster VQ-VAE",
            adapter="latent_vqvae:LatentVQVAE",
            source="starters/poster-vqvae",
            license="MIT",
            summary="Writes a picture in an alphabet of 1,000 patches: sharp, and between two pictures patches change "
            "by leaps.",
        ),
        Model(
            "poster-gan",
            kind="latent",
            family="GAN",
            title="Poster GAN",
            adapter="latent_gan:LatentGAN",
            source="starters/poster-gan",
            license="MIT",
            summary="Learned only to pass for real: skies, moons and seas with bold strokes in them; it has no "
            "encoder, so a picture has to be searched for.",
            defaults={"psi": 1.0},  # less is no tidier here: the mean of all scenes is none
            limits={"mix_from": (0, 5)},
        ),
        Model(
            "poster-glow",
            kind="latent",
            family="flow",
            title="Poster Glow",
            adapter="latent_glow:LatentGlow",
            source="starters/poster-glow",
            license="MIT",
            summary="Gives every picture exactly one place and says how likely it is; its own draws are landscapes "
            "whose shapes cannot be told.",
            defaults={"temperature": 0.9},
        ),
        Model(
            "poster-walk",
            kind="latent",
            family="diffusion",
            title="Poster diffusion",
            adapter="latent_diffusion:LatentDiffusion",
            source="starters/poster",
            license="MIT",
            summary="Paints noise into a picture by words: the same place is the same noise and words, and between two "
            "places shapes melt away and others take form.",
            defaults={"steps": 10, "guidance_scale": 3.0, "frames": 24},
            limits={"steps": (1, 50)},
        ),
        Model(
            "melody",
            kind="latent",
            family="VAE",
            title="Melody VAE",
            adapter="latent_melody:LatentMelody",
            source="starters/melody",
            license="MIT",
            summary="Presses two bars of melody into 48 numbers and plays them again: between two melodies there is a "
            "third that has something of both.",
            defaults={"frames": 8},
        ),
    )
}


def of_kind(kind: str) -> list[Model]:
    return [model for model in MODELS.values() if model.kind == kind]


def find(key: str) -> Model:
    """The entry for `key`, else Refused with the keys there are."""
    if key in MODELS:
        return MODELS[key]
    raise Refused(f"There is no model {str(key)[:80]!r}; there are {', '.join(MODELS)}.")
