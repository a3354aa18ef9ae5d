"""Measures how much of the context the next request of a conversation takes, and what leaving out would free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from app.core.catalogue import catalogue
from app.core.context_estimate import (
    ContextUse,
    MessageCounter,
    TokenCount,
    fixed_tokens,
    request_key,
    tokens_after,
)
from app.core.conversation import Conversation
from app.core.messages import Media, Message, Text, ToolCall
from app.core.profiles import Profile
from app.core.requests import FunctionTool
from app.core.summaries import for_branch
from app.services.chat.request_building import build_request


class ContextMeter:
    """Counts messages once and remembers what it counted.

    `media_tokens` returns the tokens of an attachment, None if they are unknown.
    """

    def __init__(self, media_tokens: Callable[[Media], int | None]) -> None:
        self._counter = MessageCounter(media_tokens)

    def measure(
        self,
        conversation: Conversation,
        branch: tuple[Message, ...],
        tools: tuple[FunctionTool, ...],
        profile: Profile | None,
        today: date,
    ) -> ContextUse:
        """What the next request takes without a draft. `branch` has the visible messages, oldest first.

        The service's own count is used as far as it goes: up to the last answer that was made from the same request.
        """
        request = build_request(conversation, branch, tools, today, profile)
        limit, fixed = catalogue().model(conversation.model).context, fixed_tokens(request)
        send_thinking = conversation.sampling.send_thinking
        base, rest = self._measured(for_branch(conversation, branch), branch, tools, profile, today)
        if base is None:
            whole = self._counter.count_all(request.messages, send_thinking=send_thinking)
            return ContextUse(fixed + whole.tokens, whole.unknown, limit, fixed)
        later = self._counter.count_all(rest, send_thinking=send_thinking)
        return ContextUse(base + later.tokens, later.unknown, limit, fixed, is_measured=True)

    def _measured(
        self,
        conversation: Conversation,
        branch: tuple[Message, ...],
        tools: tuple[FunctionTool, ...],
        profile: Profile | None,
        today: date,
    ) -> tuple[int | None, tuple[Message, ...]]:
        """The tokens up to the last answer that the service counted, and the messages after it."""
        for index in range(len(branch) - 1, -1, -1):
            message = branch[index]
            reply = message.replies[-1] if message.replies else None
            if reply is None or reply.usage is None:
                continue
            request = build_request(conversation, branch[:index], tools, today, profile)
            is_same = bool(reply.request_key) and reply.request_key == request_key(request)
            if not is_same or message.id in conversation.left_out:
                return None, ()
            step = len(message.replies) - 1
            has_calls = any(isinstance(part, ToolCall) and part.step == step for part in message.parts)
            is_sent = conversation.sampling.send_thinking or has_calls
            return tokens_after(reply, sends_its_thinking=is_sent), branch[index + 1 :]
        return None, ()

    def count_draft(self, text: str, attachments: tuple[Media, ...]) -> TokenCount:
        """What a message adds that is still being written."""
        return self._counter.count_parts((Text(text), *attachments), send_thinking=True)

    def freed(self, conversation: Conversation, branch: tuple[Message, ...], number: int) -> TokenCount:
        """What leaving out the first messages of the branch frees; those left out already free nothing."""
        left = (message for message in branch[:number] if message.id not in conversation.left_out)
        return self._counter.count_all(left, send_thinking=conversation.sampling.send_thinking)

    def suggested_number(self, conversation: Conversation, branch: tuple[Message, ...], use: ContextUse) -> int:
        """How many of the first messages to leave out so that half of the context is free, but never the last two."""
        most = max(0, len(branch) - 2)
        surplus = use.tokens - (use.limit or 0) // 2
        number, freed = 0, 0
        while number < most and freed < surplus:
            freed += self.freed(conversation, branch[number : number + 1], 1).tokens
            number += 1
        return number


def without_first(conversation: Conversation, branch: tuple[Message, ...], number: int) -> Conversation:
    """The conversation with the first messages of the branch left out."""
    left = (message.id for message in branch[:number])
    return msgspec.structs.replace(conversation, left_out=tuple(dict.fromkeys((*conversation.left_out, *left))))
