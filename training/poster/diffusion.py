"""The denoiser and the text encoder, trained together on latents and captions; knows no pixel.

v-prediction (Salimans and Ho 2022, arXiv:2202.00512) with a cosine schedule rescaled to zero terminal signal (Lin et
al. 2023, arXiv:2305.08891). The pooled text also goes into the time embedding, and each residual block is scaled by it.
"""

import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import DPMSolverMultistepScheduler
from diffusers.models.attention_processor import AttnProcessor
from torch import nn
from transformers import CLIPTokenizer

from training import checkpoint, parallel
from training.optimizer import Average, Optimizer
from training.poster import dataset, latents
from training.poster.unet import make_unet
from training.poster.words import LONGEST, make_text_encoder
from training.scenes import Scene, caption
from training.schedule import Schedule

BATCH = 32  # pictures a step and process
STEPS_BETWEEN_AVERAGES = 6
SECONDS_BETWEEN_CHECKPOINTS = 120
NO_CAPTION = 0.1  # the share of pictures that teaches what no words mean, for classifier-free guidance
JITTER = 0.03  # of the latents, so that small errors of the solver do not matter


def make_scheduler() -> DPMSolverMultistepScheduler:
    """The solver that the pipeline samples with; its noise schedule is the one that is trained."""
    return DPMSolverMultistepScheduler(
        beta_schedule="squaredcos_cap_v2",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        algorithm_type="dpmsolver++",
        solver_order=2,
        final_sigmas_type="zero",
        steps_offset=1,
    )


class Denoiser(nn.Module):
    """Both networks as one, for optimiser and checkpoint."""

    def __init__(self, tokenizer: CLIPTokenizer):
        super().__init__()
        self.unet, self.text = make_unet(), make_text_encoder(tokenizer)
        self.unet.set_attn_processor(AttnProcessor())  # on a CPU the backward pass of the fused one is far slower
        self.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]  # torch does not declare this form

    def forward(self, noisy: torch.Tensor, steps: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
        return self.unet(noisy, steps, self.text(tokens)[0]).sample


class Batches:
    """Random latents with freshly written captions, as tokens."""

    def __init__(self, folder: Path, data: Path, tokenizer: CLIPTokenizer, seed: int):
        self.latents, self.scenes = latents.load(folder, data)
        self.tokenizer, self.rng = tokenizer, random.Random(seed)
        pictures = len(self.scenes) // 2
        self.usable = [i for i in range(len(self.scenes)) if i % pictures >= dataset.kept_back(pictures)]

    def next(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        chosen = self.rng.choices(self.usable, k=count)
        clean = self.latents[chosen].float()
        words = [self.words(self.scenes[i]) for i in chosen]
        tokens = self.tokenizer(
            words, padding="max_length", max_length=LONGEST, truncation=True, return_tensors="pt"
        ).input_ids
        return clean + JITTER * torch.randn_like(clean), tokens

    def words(self, scene: Scene) -> str:
        return "" if self.rng.random() < NO_CAPTION else caption(scene, self.rng)


def loss_of(model: nn.Module, clean: torch.Tensor, tokens: torch.Tensor, signal: torch.Tensor) -> torch.Tensor:
    """Mean squared error of v at times spread evenly over the batch. `signal`: alphas_cumprod (1000,)."""
    spread = (torch.arange(len(clean)) + torch.rand(len(clean))) / len(clean)
    steps = (len(signal) * spread).long().clamp(max=len(signal) - 1)  # rounding may reach the end
    share = signal[steps][:, None, None, None]
    noise = torch.randn_like(clean)
    noisy = share.sqrt() * clean + (1 - share).sqrt() * noise
    velocity = share.sqrt() * noise - (1 - share).sqrt() * clean
    noisy = noisy.contiguous(memory_format=torch.channels_last)
    return F.mse_loss(model(noisy, steps, tokens), velocity)


def train(work: Path, schedule: Schedule, processes: int, batch: int = BATCH) -> None:
    parallel.run(_worker, processes, work, schedule, batch)


def _worker(rank: int, work: Path, schedule: Schedule, batch: int) -> None:
    tokenizer = CLIPTokenizer.from_pretrained(work / "tokenizer")
    torch.manual_seed(0)  # every process starts from the same weights
    model = Denoiser(tokenizer)
    optimizer, average = Optimizer(model), Average(model)
    spent, samples = _resume(work, schedule, model, optimizer, average)
    torch.manual_seed(time.time_ns() % 2**31 + rank)
    batches = Batches(work / "latents", work / "data", tokenizer, seed=torch.initial_seed())
    signal = make_scheduler().alphas_cumprod
    weights = list(model.parameters())
    keep = 1 - 0.004 * STEPS_BETWEEN_AVERAGES
    started, saved, step, losses = time.monotonic() - spent, time.monotonic(), 0, []
    while True:
        if step % STEPS_BETWEEN_AVERAGES == 0:
            before, spent = spent, parallel.average(weights, time.monotonic() - started)
            average.update(model, keep)
            turning = schedule.decaying(spent) and not schedule.decaying(before)
            due = time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS
            if rank == 0 and turning:
                _save(work / "before-decay", model, optimizer, average, spent, samples)
            if rank == 0 and (due or spent >= schedule.seconds):
                saved = time.monotonic()
                _save(work / "denoiser", model, optimizer, average, spent, samples)
            if spent >= schedule.seconds:
                break
        loss = loss_of(model, *batches.next(batch), signal)
        loss.backward()
        optimizer.step(schedule.rate_at(spent, step))
        step, samples = step + 1, samples + batch * torch.distributed.get_world_size()
        losses.append(loss.item())
        if rank == 0 and step % 60 == 0:
            print(f"{samples} samples, loss {sum(losses) / len(losses):.4f}, {spent:.0f} s", flush=True)
            losses.clear()


def _save(folder: Path, model, optimizer: Optimizer, average: Average, spent: float, samples: int) -> None:
    tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
    tensors |= {f"average.{name}": value for name, value in average.model.state_dict().items()}
    tensors |= {f"optimizer.{name}": value for name, value in optimizer.state().items()}
    facts = {"seconds": spent, "samples": samples, "updates": average.updates}
    checkpoint.save(folder, tensors, facts)


def _resume(work: Path, schedule: Schedule, model, optimizer: Optimizer, average: Average) -> tuple[float, int]:
    """Go on from the last checkpoint; from before the decay if the budget has grown since. (seconds, samples)."""
    found = checkpoint.load(work / "denoiser")
    early = checkpoint.load(work / "before-decay")
    if early and (
        found is None or (found[1]["seconds"] > early[1]["seconds"] and not schedule.decaying(early[1]["seconds"]))
    ):
        found = early
    if found is None:
        return 0.0, 0
    tensors, facts = found
    model.load_state_dict(checkpoint.part(tensors, "model."))
    average.model.load_state_dict(checkpoint.part(tensors, "average."))
    average.updates = facts["updates"]
    optimizer.load(checkpoint.part(tensors, "optimizer."))
    return facts["seconds"], facts["samples"]


def averaged(work: Path) -> tuple[Denoiser, int]:
    """The averaged model of the last checkpoint, and the samples it has seen."""
    found = checkpoint.load(work / "denoiser")
    if found is None:
        raise SystemExit("There is no trained denoiser yet.")
    tensors, facts = found
    model = Denoiser(CLIPTokenizer.from_pretrained(work / "tokenizer"))
    model.load_state_dict(checkpoint.part(tensors, "average."))
    return model.eval().requires_grad_(False), facts["samples"]
