"""Samplers and schedules under the names that people know, and how tools and diffusers call them; knows no model.

Source: diffusers' documentation, "Schedulers", and the menus of A1111, ComfyUI and InvokeAI.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sampler:
    """One way to refine the noise: `name` is A1111's, `scheduler` and `options` are those of diffusers."""

    name: str
    scheduler: str
    comfyui: str
    invokeai: str
    options: dict[str, Any] = field(default_factory=dict)


SAMPLERS = (
    Sampler("Euler", "EulerDiscreteScheduler", "euler", "euler"),
    Sampler("Euler a", "EulerAncestralDiscreteScheduler", "euler_ancestral", "euler_a"),
    Sampler("Heun", "HeunDiscreteScheduler", "heun", "heun"),
    Sampler("DPM2", "KDPM2DiscreteScheduler", "dpm_2", "kdpm_2"),
    Sampler("DPM2 a", "KDPM2AncestralDiscreteScheduler", "dpm_2_ancestral", "kdpm_2_a"),
    Sampler("DPM++ 2M", "DPMSolverMultistepScheduler", "dpmpp_2m", "dpmpp_2m", {"algorithm_type": "dpmsolver++"}),
    Sampler(
        "DPM++ 2M SDE",
        "DPMSolverMultistepScheduler",
        "dpmpp_2m_sde",
        "dpmpp_2m_sde",
        {"algorithm_type": "sde-dpmsolver++"},
    ),
    Sampler("DPM++ 2S", "DPMSolverSinglestepScheduler", "dpmpp_2s", "dpmpp_2s"),
    Sampler("DDIM", "DDIMScheduler", "ddim", "ddim", {"clip_sample": False}),  # latents go beyond -1 to 1
    Sampler("UniPC", "UniPCMultistepScheduler", "uni_pc", "unipc"),
    Sampler("PLMS", "PNDMScheduler", "plms", "pndm"),
    Sampler("LCM", "LCMScheduler", "lcm", "lcm"),
)
NAMES = tuple(sampler.name for sampler in SAMPLERS)
SCHEDULES: dict[str, dict[str, Any]] = {
    "Karras": {"use_karras_sigmas": True},
    "Exponential": {"use_exponential_sigmas": True},
    "SGM Uniform": {"timestep_spacing": "trailing"},
}
"""By A1111's names: what diffusers' schedulers are told."""

SAME_SCHEDULE = {
    "sgm_uniform": "SGM Uniform",
    "simple": "SGM Uniform",
    "karras": "Karras",
    "exponential": "Exponential",
}
OWN_SCHEDULES = ("", "automatic", "normal", "uniform", "native")
"""What tools call the schedule that the model brings."""


def of_name(name: str) -> Sampler:
    return next(sampler for sampler in SAMPLERS if sampler.name == name)


def name_of(scheduler: str, options: Any) -> str:
    """A1111's name of a diffusers scheduler with these settings; empty if it has none."""
    fits = [one for one in SAMPLERS if one.scheduler == scheduler]
    exact = [one for one in fits if all(options.get(name) == value for name, value in one.options.items())]
    return (exact or fits)[0].name if fits else ""


def understood(sampler: str, schedule: str = "") -> tuple[str, str, list[str]]:
    """What any tool calls a sampler and its schedule, as (sampler, schedule) here, and sentences on what is not here;
    empty: the model's own."""
    plain = sampler.strip().lower().removesuffix("_gpu").removeprefix("k_").replace("-", " ")
    told = schedule.strip().lower().replace(" ", "_")
    for ending in SAME_SCHEDULE:  # as in "DPM++ 2M Karras"
        plain, found, _ = plain.partition(" " + ending)
        told = ending if found else told
    if plain.endswith("_k"):
        plain, told = plain[:-2], "karras"
    names = {other: one.name for one in SAMPLERS for other in (one.name.lower(), one.comfyui, one.invokeai)}
    problems = []
    if plain and plain not in names and plain not in ("automatic", "unknown"):
        problems.append(f"Its sampler, {sampler[:40]!r}, is not here: the model's own is used.")
    if told not in SAME_SCHEDULE and told not in OWN_SCHEDULES:
        problems.append(f"Its schedule, {schedule[:40]!r}, is not here: the model's own is used.")
    return names.get(plain, ""), SAME_SCHEDULE.get(told, ""), problems
