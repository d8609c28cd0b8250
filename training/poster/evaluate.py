"""Measures the shipped model: does each picture show what its prompt says, how sharp, how varied, how fast."""

import os
import random
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import psutil
import torch
from diffusers import StableDiffusionPipeline

from training.poster import dataset
from training.poster.autoencoder import psnr, reconstruct
from training.poster.judge import Judge, load_or_train, read
from training.scenes import Scene, draw_scene, full_caption, is_held_out, mirrored, render
from training.scenes.specification import ATTRIBUTES

STEPS, GUIDANCE = 10, 3.0
BATCH = 16
_UNKNOWN = ("an oil painting of", "epic cinematic", "photo of", "ghibli style", "zork blivet")


@dataclass(frozen=True)
class Report:
    """All that the card prints; accuracies by row, then by attribute."""

    prompts: int
    accuracies: dict[str, dict[str, float]]
    psnr: float
    seed_difference: float
    seconds_one_thread: float
    seconds_two_threads: float
    load: float


def evaluate(folder: Path, work: Path, prompts: int = 512) -> Report:
    """Measure the pipeline in `folder` on scenes of which no training picture has the same attributes."""
    judge = load_or_train(work / "judge")
    load = psutil.getloadavg()[0]  # of others: before this program loads the machine itself
    pipeline = load_pipeline(folder)
    size = pipeline.unet.config.sample_size * pipeline.vae_scale_factor
    accuracies, psnrs = {}, []
    for name, held_out in (("seen pairs", False), ("held-out pairs", True)):
        scenes = unseen_scenes(work, prompts // 2, held_out)
        renders = np.stack([render(scene, size)[0] for scene in scenes])
        pictures = draw(pipeline, [full_caption(scene) for scene in scenes])
        accuracies[f"generated, {name}"] = accuracy(judge, pictures, scenes)
        accuracies[f"autoencoder, {name}"] = accuracy(judge, reconstruct(pipeline.vae, renders), scenes)
        accuracies[f"true renders, {name}"] = accuracy(judge, renders, scenes)
        psnrs.append(psnr(pipeline.vae, renders))
    scenes = unseen_scenes(work, prompts // 4, held_out=False)
    sentences = [f"{_UNKNOWN[i % len(_UNKNOWN)]} {full_caption(scene)}, artstation" for i, scene in enumerate(scenes)]
    accuracies["generated, with unknown words"] = accuracy(judge, draw(pipeline, sentences), scenes)
    return Report(
        prompts=prompts,
        accuracies=accuracies,
        psnr=sum(psnrs) / len(psnrs),
        seed_difference=seed_difference(pipeline),
        seconds_one_thread=seconds_a_picture(pipeline, 1),
        seconds_two_threads=seconds_a_picture(pipeline, 2),
        load=load,
    )


def load_pipeline(folder: Path) -> StableDiffusionPipeline:
    pipeline = StableDiffusionPipeline.from_pretrained(folder, dtype=torch.float32, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def unseen_scenes(work: Path, count: int, held_out: bool) -> list[Scene]:
    """Scenes whose attributes, taken together, no training picture has, nor its mirror image."""
    trained = dataset.scenes(work / "data") if (work / "data" / "scenes.json").is_file() else []
    known = {_attributes(form) for scene in trained for form in (scene, mirrored(scene))}
    rng, scenes = random.Random(2026), []
    while len(scenes) < count:
        scene = draw_scene(rng)
        if is_held_out(scene) == held_out and _attributes(scene) not in known:
            scenes.append(scene)
    return scenes


def _attributes(scene: Scene) -> tuple:
    return astuple(scene)[: len(ATTRIBUTES)]


def draw(pipeline: StableDiffusionPipeline, prompts: list[str], first_seed: int = 1000) -> np.ndarray:
    """A picture (height, width, 3) of bytes for every prompt, each with its own seed."""
    pictures = []
    for start in range(0, len(prompts), BATCH):
        batch = prompts[start : start + BATCH]
        generators = [torch.Generator().manual_seed(first_seed + start + index) for index in range(len(batch))]
        found = pipeline(
            batch, num_inference_steps=STEPS, guidance_scale=GUIDANCE, generator=generators, output_type="np"
        )
        # Declared as a tuple or a list of pictures, which these are not for output_type "np".
        pictures.append((found.images * 255).round().astype(np.uint8))  # pyright: ignore[reportAttributeAccessIssue]  # an array, as asked
    return np.concatenate(pictures)


def accuracy(judge: Judge, pictures: np.ndarray, scenes: list[Scene]) -> dict[str, float]:
    """The share of pictures whose attribute is read as the scene has it."""
    readings = [
        reading for start in range(0, len(pictures), 64) for reading in read(judge, pictures[start : start + 64])
    ]
    pairs = list(zip(readings, scenes, strict=True))
    return {name: sum(r[name] == getattr(s, name) for r, s in pairs) / len(pairs) for name in ATTRIBUTES}


def seed_difference(pipeline: StableDiffusionPipeline, seeds: int = 8) -> float:
    """Root mean square difference, in grey levels, of pictures of one prompt from different seeds."""
    prompts = (
        "a red boat on the sea at sunset",
        "a purple castle in the mountains at night",
        "a green car in the city by day",
    )
    differences = []
    for prompt in prompts:
        pictures = draw(pipeline, [prompt] * seeds).astype(float)
        for index, picture in enumerate(pictures):
            differences += [np.sqrt(((picture - other) ** 2).mean()) for other in pictures[index + 1 :]]
    return float(np.mean(differences))


def seconds_a_picture(pipeline: StableDiffusionPipeline, threads: int) -> float:
    """The best of four: what the machine does when nobody else asks anything of it."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    spans = []
    for _ in range(4):
        start = time.monotonic()
        draw(pipeline, ["a red boat on the sea at sunset"])
        spans.append(time.monotonic() - start)
    torch.set_num_threads(before)
    return min(spans)


def as_table(report: Report) -> str:
    """The report as Markdown."""
    lines = ["| | " + " | ".join(ATTRIBUTES) + " |", "|---|" + "---|" * len(ATTRIBUTES)]
    for row, values in report.accuracies.items():
        lines.append(f"| {row} | " + " | ".join(f"{values[name]:.3f}" for name in ATTRIBUTES) + " |")
    return "\n".join(
        [
            *lines,
            "",
            f"{report.prompts} prompts never rendered in training, {STEPS} steps, guidance {GUIDANCE:g}.",
            f"Autoencoder: {report.psnr:.2f} dB.",
            f"Pictures of one prompt from different seeds differ by {report.seed_difference:.1f} grey levels.",
            f"A picture takes {report.seconds_one_thread:.2f} s on one thread, "
            f"{report.seconds_two_threads:.2f} s on two "
            f"(timed on {os.cpu_count()} cores at load average {report.load:.1f}).",
        ]
    )
