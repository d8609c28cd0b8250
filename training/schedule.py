"""How a training's time is spent: constant learning rate, then a cosine to nothing; knows no model."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """A budget in seconds of training; the last part of it is the decay."""

    seconds: float
    rate: float
    decay: float = 0.4  # the share of the budget in which the rate goes down
    warm_steps: int = 60

    def decaying(self, spent: float) -> bool:
        return spent >= (1 - self.decay) * self.seconds

    def rate_at(self, spent: float, step: int) -> float:
        """The learning rate after `spent` seconds, at this step since the last start."""
        left = (self.seconds - spent) / (self.decay * self.seconds)
        share = 1.0 if left >= 1 else 0.5 - 0.5 * math.cos(math.pi * max(0.0, left))
        return self.rate * max(0.005, share) * min(1.0, (step + 1) / self.warm_steps)
