"""What can be asked of a language model."""

from dataclasses import dataclass

from playground.param import Params, param

LONGEST_WRITING = 40_000
MODES = ("write", "chat", "fill", "measure")


@dataclass(frozen=True, kw_only=True)
class TextParams(Params):
    """A text that goes on. Names are those of transformers' GenerationConfig where it has one."""

    prompt: str = param("", label="Prompt", lines=6, longest=LONGEST_WRITING,
                        help="how the text begins, or what you want to know")  # fmt: skip
    mode: str = param("write", choices=MODES, more=True, label="Mode",
                      help="write: go on from the prompt; chat: answer it; fill: write what stands between prompt and "
                      "suffix; measure: write nothing, say how likely the prompt is")  # fmt: skip
    system: str = param("", more=True, lines=2, longest=LONGEST_WRITING, label="System prompt",
                        help="who the model is to be in a chat")  # fmt: skip
    messages: tuple = param((), more=True, longest=LONGEST_WRITING, label="Messages",
                            help="what was said before in a chat: pairs of who (user, assistant) and what")  # fmt: skip
    answer_start: str = param("", more=True, lines=2, longest=LONGEST_WRITING, label="Answer starts with",
                              help="the model goes on from here as if it had written it")  # fmt: skip
    suffix: str = param("", more=True, lines=2, longest=LONGEST_WRITING, label="Suffix",
                        help="what comes after the gap to fill")  # fmt: skip
    max_new_tokens: int = param(200, low=1, high=4096, step=1, more=True, label="Longest answer", unit="tokens",
                                help="where it is cut off if it does not end by itself")  # fmt: skip
    temperature: float = param(0.8, low=0.0, high=2.0, step=0.05, more=True, label="Temperature",
                               help="0: always the likeliest word; more: bolder, then wild")  # fmt: skip
    top_k: int = param(0, low=0, high=200, step=1, more=True, label="Top k",
                       help="draw from this many of the likeliest tokens; 0: from all")  # fmt: skip
    top_p: float = param(0.95, low=0.05, high=1.0, step=0.01, more=True, label="Top p",
                         help="draw from the likeliest tokens that share this probability; 1: from all")  # fmt: skip
    min_p: float = param(0.0, low=0.0, high=1.0, step=0.01, more=True, label="Min p",
                         help="leave out what is less likely than this share of the likeliest; 0: nothing")  # fmt: skip
    repetition_penalty: float = param(1.0, low=1.0, high=1.5, step=0.01, more=True, label="Repetition penalty",
                                      help="makes tokens that were there already less likely; 1: not")  # fmt: skip
    stop: str = param("", more=True, lines=2, label="Stop at",
                      help="the answer ends before one of these, one a line; \\n is a line break")  # fmt: skip
    answers: int = param(1, low=1, high=4, step=1, more=True, label="Answers",
                         help="how many side by side; each next one has the next seed")  # fmt: skip

    @property
    def work(self) -> float:
        """About the tokens to be read and written: a read one costs a fraction of a written one."""
        said = [text for _, text in self.messages] if self.mode == "chat" else []
        read = sum(map(len, (self.prompt, self.system, self.answer_start, self.suffix, *said))) / 4
        return 1.0 + read / 20 + (0 if self.mode == "measure" else self.max_new_tokens * self.answers)
