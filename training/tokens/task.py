"""What `poster-tokens` is: the size of its network, and the rows it reads."""

from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from training.language.loop import Task
from training.language.network import Size
from training.tokens.words import LONGEST

SIZE = Size(width=192, layers=6, heads=6, inner=512, longest=LONGEST)
ROW = 92  # tokens: most captions with their picture


def look(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> str:
    return f"{sum(weight.numel() for weight in model.parameters()) / 1e6:.2f} million weights"


TASK = Task(SIZE, ROW, look, drills=False)
