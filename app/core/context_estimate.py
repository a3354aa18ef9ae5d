"""Estimates how much of a model's context the next request takes (WIRE.md section 5).

Every message is counted once, so that the cost of an estimate does not grow with what was said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from app.core.catalogue import catalogue
from app.core.messages import Media, Message, Part, Reply, Text, Thinking, ToolCall
from app.core.requests import ChatRequest
from app.core.tokens import text_tokens

WARN_SHARE = 0.8
"""Share of the context from which the user is warned."""


class TokenCount(NamedTuple):
    """Estimated tokens, and how many attachments are not among them because nobody can say what they take."""

    tokens: int = 0
    unknown: int = 0

    def plus(self, other: TokenCount) -> TokenCount:
        """Both together."""
        return TokenCount(self.tokens + other.tokens, self.unknown + other.unknown)


class ContextUse(NamedTuple):
    """What the next request takes.

    Attributes:
        tokens, unknown: of everything, as in `TokenCount`.
        limit: the model's context in tokens, None if unknown.
        fixed: tokens of system prompt and tools.
        draft: tokens of what is being typed.
        is_measured: whether the service itself counted all but the end, with its last answer.
    """

    tokens: int
    unknown: int = 0
    limit: int | None = None
    fixed: int = 0
    draft: int = 0
    is_measured: bool = False

    @property
    def share(self) -> float:
        """The part of the context that is used, 1 for all of it; 0 if the limit is unknown."""
        return self.tokens / self.limit if self.limit else 0.0


class MessageCounter:
    """Counts the tokens of messages, each once.

    `media_tokens` returns the tokens of an attachment, None if they are unknown.
    """

    def __init__(self, media_tokens: Callable[[Media], int | None]) -> None:
        self._media_tokens = media_tokens
        self._counts: dict[str, tuple[Message, bool, TokenCount]] = {}

    def count(self, message: Message, *, send_thinking: bool) -> TokenCount:
        """What a message adds to a request; its thinking too where that is sent back."""
        known = self._counts.get(message.id)
        if known is not None and known[0] is message and known[1] == send_thinking:
            return known[2]
        counted = self.count_parts(message.parts, send_thinking=send_thinking)
        self._counts[message.id] = message, send_thinking, counted
        return counted

    def count_parts(self, parts: Iterable[Part], *, send_thinking: bool) -> TokenCount:
        """What the parts of a message add; these are counted every time."""
        parts = tuple(parts)
        steps_with_calls = {part.step for part in parts if isinstance(part, ToolCall)}
        tokens = unknown = 0
        for part in parts:
            match part:
                case Text(text):
                    tokens += text_tokens(text)
                case Thinking(text, step):
                    tokens += text_tokens(text) if send_thinking or step in steps_with_calls else 0
                case ToolCall():
                    tokens += text_tokens(part.name + part.arguments) + text_tokens(
                        part.result_text(sends_images=False)
                    )
                case Media():
                    media = self._media_tokens(part)
                    tokens, unknown = (tokens, unknown + 1) if media is None else (tokens + media, unknown)
                case _:
                    pass
        return TokenCount(tokens, unknown)

    def count_all(self, messages: Iterable[Message], *, send_thinking: bool) -> TokenCount:
        """What these messages add together."""
        total = TokenCount()
        for message in messages:
            total = total.plus(self.count(message, send_thinking=send_thinking))
        return total


def fixed_tokens(request: ChatRequest) -> int:
    """The tokens of what goes with every message: system prompt and tools."""
    tools = msgspec.json.encode(request.tools).decode() if request.tools else ""
    injected = 0 if request.system else catalogue().model(request.model).injected_tokens
    return text_tokens(request.system) + text_tokens(tools) + injected


def request_key(request: ChatRequest) -> str:
    """Identifies what a request sends: two with the same key take the same number of tokens."""
    if request.recorded is not None:
        return ""
    digest = blake2b(digest_size=8)
    sampling = request.sampling
    for part in (
        request.model,
        request.system,
        msgspec.json.encode((request.tools, request.web_search, sampling.send_thinking, sampling.json_mode)).decode(),
        *(f"{message.id} {len(message.parts)} {len(message.text)}" for message in request.messages),
    ):
        digest.update(part.encode("utf-8", "replace"))
        digest.update(b"\0")
    return digest.hexdigest()


def tokens_after(reply: Reply, *, sends_its_thinking: bool) -> int | None:
    """What a request takes that continues after an answer, from the service's own count; None if it gave none."""
    if reply.usage is None:
        return None
    thinking = 0 if sends_its_thinking else reply.usage.reasoning
    return reply.usage.prompt + reply.usage.completion - thinking
