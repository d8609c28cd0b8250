"""The training of `tune`, a language model of lead sheets: data, task, judgement, export."""
