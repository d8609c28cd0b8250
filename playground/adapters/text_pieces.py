"""Turns tokens into text piece by piece, and ends it where a stop string begins; knows a tokenizer and no model."""

import re
from collections.abc import Sequence
from typing import Any

UNFINISHED = "\ufffd"
"""What a tokenizer writes for bytes that are no character, or not yet one."""

LONGEST_UNFINISHED = 64
"""Tokens after which bytes that became no character are given out as they are."""


LONGEST_CHARACTERS = 12
"""Tokens of context within which a character begins, in tokenizers that write one as up to four tokens."""


class Pieces:
    """The text that goes on after `context`, token by token. Joined, the pieces are the text, up to a stop string."""

    def __init__(self, tokenizer: Any, context: Sequence[int], stops: Sequence[str] = ()):
        self.tokenizer, self.stops = tokenizer, stops
        self.window = list(context[-8:])  # a tokenizer needs some context: it drops the space before a first word
        while len(self.window) < min(len(context), LONGEST_CHARACTERS) and self.text_of(self.window)[:1] == UNFINISHED:
            self.window.insert(0, context[-len(self.window) - 1])  # it began inside a character
        self.complete = 0  # tokens of the window that were whole characters when the last piece went out
        self.shown = len(self.text_of(self.window))
        self.held = ""  # text that might be the beginning of a stop string
        self.stopped = False

    def text_of(self, tokens: Sequence[int]) -> str:
        return self.tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)

    def add(self, token: int) -> str:
        """The text that is certain now; empty while a character or perhaps a stop string is unfinished."""
        self.window.append(token)
        text = self.text_of(self.window)
        certain = text if len(self.window) > LONGEST_UNFINISHED else text.rstrip(UNFINISHED)
        piece = certain[self.shown :]
        self.shown = max(self.shown, len(certain))
        if len(certain) == len(text) and (piece or len(self.window) > LONGEST_UNFINISHED):
            self.window, self.complete = self.window[self.complete :], len(self.window) - self.complete
            self.shown = len(self.text_of(self.window))
        return self.before_a_stop(piece)

    def end(self) -> str:
        """What was held back, now that nothing follows."""
        text = self.before_a_stop(self.text_of(self.window)[self.shown :])
        rest, self.held = self.held, ""
        return text + rest

    def before_a_stop(self, piece: str) -> str:
        """What of `piece`, and of what was held, comes before any stop string and cannot belong to one."""
        if not self.stops or self.stopped:
            return "" if self.stopped else piece
        text = self.held + piece
        found = [place for stop in self.stops if (place := text.find(stop)) >= 0]
        if found:
            self.held, self.stopped = "", True
            return text[: min(found)]
        begun = max(overlap(text, stop) for stop in self.stops)
        self.held = text[len(text) - begun :]
        return text[: len(text) - begun]


def overlap(text: str, stop: str) -> int:
    """How many characters at the end of `text` are the beginning of `stop`, but not all of it."""
    longest = min(len(text), len(stop) - 1)
    return next((length for length in range(longest, 0, -1) if text.endswith(stop[:length])), 0)


def stop_strings(lines: str) -> tuple[str, ...]:
    r"""One stop string a line; \n and \t stand for a line break and a tab."""
    return tuple(line.replace("\\n", "\n").replace("\\t", "\t") for line in re.split(r"\r?\n", lines) if line)
