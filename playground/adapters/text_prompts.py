"""What a person asked for becomes the tokens a model goes on from, inside its context; knows a tokenizer, no model."""

import bisect
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from playground.adapters.text_chat import Chat, as_plain_text
from playground.errors import Refused
from playground.params import TextParams

FILL_MARKS = (
    ("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
    ("<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
    ("<fim-prefix>", "<fim-suffix>", "<fim-middle>"),
    ("▁<PRE>", "▁<SUF>", "▁<MID>"),
    ("<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>"),
)
"""How code models mark what comes before a gap, after it, and the gap: Qwen, StarCoder, SantaCoder, CodeLlama,
DeepSeek."""

FILL_ENDS = ("<|fim_pad|>", "<|file_sep|>", "<|repo_name|>", "<file_sep>", "▁<EOT>")
TURN_ENDS = ("<|im_end|>", "<|eot_id|>", "<end_of_turn>", "<|end|>", "<|end_of_turn|>")
"""Tokens that end an answer even where a model's settings forget to say so."""

NO_CHAT = "This model has learned no conversation; it goes on from what was written as from any text."

TOLD = 80
"""How many characters of what was left out are told."""


@dataclass(frozen=True)
class Prompt:
    """The tokens to go on from, how many may follow, which of them end the answer, and what the person should know."""

    ids: list[int]
    room: int
    ends: frozenset[int]
    notices: tuple[str, ...] = ()


def cleaned(params: TextParams) -> TextParams:
    """The same with line ends as \\n and without other control characters than \\n and \\t."""
    texts = {name: plain(getattr(params, name)) for name in ("prompt", "system", "answer_start", "suffix")}
    return replace(params, **texts, messages=tuple((who, plain(text)) for who, text in params.messages))


def plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")


class Prompts:
    """Builds prompts for one model. `context`: the most tokens it reads and writes together, None for no limit;
    `ends`: the tokens that end an answer."""

    def __init__(self, tokenizer: Any, context: int | None, ends: Sequence[int]):
        self.tokenizer, self.context, self.ends = tokenizer, context, frozenset(ends)
        first = tokenizer("a").input_ids[:1]
        self.opens = [token for token in first if token == tokenizer.bos_token_id]
        self.chat = Chat(tokenizer)

    def build(self, params: TextParams) -> Prompt:
        """The prompt for what was asked; Refused if this model cannot do it."""
        params = cleaned(params)
        if params.mode == "fill":
            return self.fill(params)
        if params.mode == "chat" and self.tokenizer.chat_template:
            return self.converse(params)
        notices = ()
        if params.mode == "chat":
            params, notices = replace(params, prompt=as_plain_text(params)), (NO_CHAT,)
        ids = self.ids_of(params.prompt + params.answer_start, literally=False)
        ids, room, cut = self.fitted(ids, params.max_new_tokens, self.opens)
        return Prompt(ids or self.beginning(), room, self.ends, (*notices, *cut))

    def measured(self, params: TextParams) -> tuple[list[int], list[int]]:
        """The tokens to measure, and those before them, which are not measured."""
        ids = self.ids_of(cleaned(params).prompt)
        if not ids:
            raise Refused("There is nothing to measure; write or paste a text.")
        return ids, self.opens or self.starts()

    def fill(self, params: TextParams) -> Prompt:
        """Before the gap and after it, between the marks that code models know."""
        known = self.tokenizer.get_vocab()
        marks = next((marks for marks in FILL_MARKS if all(mark in known for mark in marks)), None)
        if marks is None:
            raise Refused("This model has not learned to fill gaps; choose a code model that has, or the mode write.")
        before, after = self.ids_of(params.prompt), self.ids_of(params.suffix)
        start = self.ids_of(params.answer_start)
        marked = len(self.opens) + len(marks) + len(start)
        before, after, room, notices = self.around(before, after, marked, params.max_new_tokens)
        prefix, suffix, middle = (known[mark] for mark in marks)
        ids = [*self.opens, prefix, *before, suffix, *after, middle, *start]
        ends = self.ends | {known[mark] for mark in (*marks, *FILL_ENDS) if mark in known}
        return Prompt(ids, room, frozenset(ends), notices)

    def around(self, before: list[int], after: list[int], marked: int, wanted: int):
        """What of `before` (its end) and `after` (its beginning) fits beside `marked` tokens, the room, and notices."""
        if self.context is None:
            return before, after, wanted, ()
        free = self.context - self.kept_free(wanted) - marked
        if free < 2:
            raise Refused(self.too_small())
        if len(before) + len(after) <= free:
            return before, after, min(wanted, self.context - marked - len(before) - len(after)), ()
        kept_after = after[: max(free - len(before), free // 3)]
        kept_before = before[-(free - len(kept_after)) :]
        left_out = len(before) + len(after) - len(kept_before) - len(kept_after)
        notice = f"This model reads {self.context} tokens; the {left_out} tokens farthest from the gap were left out."
        room = min(wanted, self.context - marked - len(kept_before) - len(kept_after))
        return kept_before, kept_after, room, (notice,)

    def converse(self, params: TextParams) -> Prompt:
        """The conversation through the model's own template, without its oldest turns if it is too long."""
        if not params.prompt.strip() and not params.messages:
            raise Refused("There is nothing to answer; write a message.")
        ends = self.ends | self.known(TURN_ENDS)
        free, left_out = (self.context or math.inf) - self.kept_free(params.max_new_tokens), 0
        ids, notices = self.chat.ids(params)
        if len(ids) > free and params.messages:
            whole, turns = params, len(params.messages) // 2

            def without(count: int) -> TextParams:
                return replace(whole, messages=whole.messages[2 * count :])

            count = bisect.bisect_left(range(turns), True, key=lambda n: len(self.chat.ids(without(n))[0]) <= free)
            params, left_out = without(count), 2 * count
            ids, notices = self.chat.ids(params)
        if left_out:
            notices += (
                f"The conversation is longer than this model reads; it does not see the first {left_out} messages.",
            )
        if len(ids) - free + 2 >= len(self.ids_of(params.prompt)) and len(ids) > free:
            raise Refused(self.too_small())
        if len(ids) > free:
            params, notice = self.shorter(params, len(ids) - int(free))
            ids, again = self.chat.ids(params)
            notices = (*again, *notices[len(again) :], notice)
        ids, room, cut = self.fitted(ids, params.max_new_tokens, [])
        return Prompt(ids, room, ends, (*notices, *cut))

    def shorter(self, params: TextParams, excess: int) -> tuple[TextParams, str]:
        """The same with `excess` tokens fewer at the beginning of the prompt, and the notice of it."""
        ids = self.ids_of(params.prompt)
        gone, kept = ids[: excess + 2], ids[excess + 2 :]  # its new beginning may take a token or two more
        return replace(params, prompt=self.tokenizer.decode(kept)), self.left_out(gone)

    def fitted(self, ids: list[int], wanted: int, opens: list[int]) -> tuple[list[int], int, tuple[str, ...]]:
        """The end of `ids` that leaves room for an answer, behind `opens`; the room in tokens; notices."""
        if self.context is None:
            return opens + ids, wanted, ()
        free = self.context - self.kept_free(wanted)
        if free <= len(opens):
            raise Refused(self.too_small())
        if len(opens) + len(ids) <= free:
            return opens + ids, min(wanted, self.context - len(opens) - len(ids)), ()
        gone = len(opens) + len(ids) - free
        return opens + ids[gone:], min(wanted, self.context - free), (self.left_out(ids[:gone]),)

    def kept_free(self, wanted: int) -> int:
        """How many tokens a prompt leaves to the answer at least: a quarter of the context if so many are wanted."""
        return min(wanted, max((self.context or 0) // 4, 1))

    def left_out(self, gone: list[int]) -> str:
        tail = self.tokenizer.decode(gone[-TOLD:], skip_special_tokens=True)[-TOLD:]
        return (
            f"The prompt is longer than this model reads, which is {self.context} tokens with the answer; "
            f"its first {len(gone)} tokens were left out, up to: {tail}"
        )

    def too_small(self) -> str:
        return f"This model reads {self.context} tokens at once, which is too few for this; shorten what is fixed."

    def ids_of(self, text: str, literally: bool = True) -> list[int]:
        """The tokens of a text, none of them a control token if `literally`."""
        return list(self.tokenizer(text, add_special_tokens=False, split_special_tokens=literally).input_ids)

    def known(self, marks: Sequence[str]) -> frozenset[int]:
        vocabulary = self.tokenizer.get_vocab()
        return frozenset(vocabulary[mark] for mark in marks if mark in vocabulary)

    def starts(self) -> list[int]:
        """The token that stands before a text, if this model has one."""
        for token in (self.tokenizer.bos_token_id, self.tokenizer.eos_token_id):
            if token is not None:
                return [token]
        return []

    def beginning(self) -> list[int]:
        """Where an empty prompt starts from."""
        if start := self.starts():
            return start
        raise Refused("This model cannot begin from nothing; write a word or two.")
