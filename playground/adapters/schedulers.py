"""The scheduler that a person asks for, made from that of a pipeline; knows no model."""

import inspect
from typing import Any

import diffusers

from playground import samplers

FLAGS = ("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas")
"""Of which a scheduler can have one."""


def asked(own: Any, sampler: str, schedule: str) -> tuple[Any, str]:
    """A scheduler like `own` with the `sampler` and `schedule` of these names (empty: its own), and a sentence on what
    it cannot have."""
    if not sampler and not schedule:
        return own, ""
    if not hasattr(own, "betas"):  # of a model that learned a flow, which other samplers cannot follow
        return own, "This model has a sampler of its own and takes no other."
    chosen = samplers.of_name(sampler) if sampler else None
    kind = getattr(diffusers, chosen.scheduler) if chosen else type(own)
    taken, wanted = inspect.signature(kind.__init__).parameters, samplers.SCHEDULES.get(schedule, {})
    from_pure_noise = own.config.get("rescale_betas_zero_snr")
    if from_pure_noise and "rescale_betas_zero_snr" not in taken:
        return own, f"{sampler} cannot begin at pure noise, as this model does: its own sampler is used."
    cannot = "" if wanted.keys() <= taken.keys() else f"This sampler has no schedule {schedule}: it keeps its own."
    if from_pure_noise and wanted.keys() & set(FLAGS):
        cannot = f"{schedule} cannot begin at pure noise, as this model does: its own schedule is used."
    options = {**dict.fromkeys(FLAGS, False), **wanted} if wanted and not cannot else {}
    options |= chosen.options if chosen else {}
    return kind.from_config(own.config, **{name: value for name, value in options.items() if name in taken}), cannot


def name(scheduler: Any) -> str:
    """A1111's name of it; empty if it has none."""
    return samplers.name_of(type(scheduler).__name__, scheduler.config)


def scale(scheduler: Any) -> float:
    """By how much latents are larger, in the middle of a run, than the pictures that they are becoming."""
    if float(scheduler.init_noise_sigma) <= 1.0 or scheduler.step_index is None:
        return 1.0
    return (float(scheduler.sigmas[scheduler.step_index]) ** 2 + 1) ** 0.5
