"""A conversation becomes tokens through a model's own template, or plain text without one; knows a tokenizer only."""

from typing import Any

from jinja2 import TemplateError

from playground.errors import Refused
from playground.params import TextParams

NO_SYSTEM = "This model knows no system prompt; it was put in front of the first message instead."


class Chat:
    """The conversations of one tokenizer."""

    def __init__(self, tokenizer: Any):
        self.tokenizer = tokenizer

    def ids(self, params: TextParams) -> tuple[list[int], tuple[str, ...]]:
        """The tokens up to where the answer goes on, with the notices. Control tokens in what people wrote are text."""
        turns, notices = turns_of(params), ()
        system = [("system", params.system)] if params.system.strip() else []
        try:
            try:
                ids = self.through_template([*system, *turns])
            except TemplateError:
                if not system:
                    raise
                (who, first), *rest = turns
                ids, notices = self.through_template([(who, f"{params.system}\n\n{first}"), *rest]), (NO_SYSTEM,)
        except TemplateError as error:
            raise Refused(f"This model's chat template does not take this conversation: {error}") from error
        start = self.tokenizer(params.answer_start, add_special_tokens=False, split_special_tokens=True).input_ids
        return ids + list(start), notices

    def through_template(self, turns: list[tuple[str, str]]) -> list[int]:
        messages = [{"role": who, "content": text} for who, text in turns]
        options = dict(add_generation_prompt=True, return_dict=False)
        try:
            return list(self.tokenizer.apply_chat_template(messages, sanitize_control_tokens=True, **options))
        except (ValueError, NotImplementedError):  # a tokenizer that cannot tell control tokens from text
            return list(self.tokenizer.apply_chat_template(messages, **options))


def turns_of(params: TextParams) -> list[tuple[str, str]]:
    """Who said what, with the prompt as the user's last message, unless it is empty."""
    turns = list(params.messages)
    return [*turns, ("user", params.prompt)] if params.prompt.strip() or not turns else turns


def as_plain_text(params: TextParams) -> str:
    """The conversation for a model that knows no turns: one paragraph each."""
    said = [params.system, *(text for _, text in turns_of(params))]
    return "\n\n".join(text for text in said if text.strip())
