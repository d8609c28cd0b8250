"""What `tale` is: the size of its network, the rows it reads, and what is looked at while it learns."""

from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from training.language.loop import Task
from training.language.network import Size
from training.tale import binding
from training.tale.data import kept_back
from training.tale.tokens import LONGEST

SIZE = Size(width=256, layers=5, heads=8, inner=688, longest=LONGEST)
ROW = 256  # tokens


def look(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> str:
    """How many repeated names it predicts right."""
    stories = [document for document in kept_back(80) if document.facts.form == "story"][:24]
    return f"names {binding.measure(model, tokenizer, stories).right:.3f}"


TASK = Task(SIZE, ROW, look)
