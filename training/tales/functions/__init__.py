"""The catalogue of small Python functions that the model learns; knows nothing of how they are told."""

from training.tales.functions import arithmetic, lists, measures, strings, structures
from training.tales.functions.task import CATALOGUE, Task

MODULES = (arithmetic, lists, measures, strings, structures)

__all__ = ["CATALOGUE", "MODULES", "Task"]
