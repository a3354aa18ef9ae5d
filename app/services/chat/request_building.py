"""Builds the request for the next answer of a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from app.core.catalogue import catalogue
from app.core.conversation import Conversation, part_id
from app.core.messages import Media, Message, Text
from app.core.profiles import Profile
from app.core.prompts import fill_placeholders
from app.core.requests import ChatRequest, FunctionTool
from app.core.sent_parameters import sent_sampling
from app.core.summaries import for_branch

SUMMARY_HEADING = "[Summary of the earlier conversation]\n"
"""Begins the message that stands for left-out messages."""


def build_request(
    conversation: Conversation,
    earlier: Iterable[Message],
    tools: tuple[FunctionTool, ...],
    today: date,
    profile: Profile | None = None,
) -> ChatRequest:
    """The request for an answer to the `earlier` messages, with the conversation's present parameters.

    Without what the model, its mode or the service (`profile`) forces or ignores.
    """
    model = catalogue().model(conversation.model)
    return ChatRequest(
        conversation.model,
        tuple(sent_messages(conversation, earlier)),
        fill_placeholders(conversation.system, today, conversation.variables),
        sent_sampling(conversation.sampling, model, profile),
        tools,
        conversation.web_search if conversation.searches else None,
    )


def sent_messages(conversation: Conversation, messages: Iterable[Message]) -> Iterator[Message]:
    """The messages without what was left out; the summary stands where the first left-out message was.

    `messages` begin with the first one of a branch.
    """
    messages = tuple(messages)
    conversation = for_branch(conversation, messages)
    left_out = frozenset(conversation.left_out)
    summary = conversation.summary
    for message in messages:
        if message.id in left_out:
            if summary:
                yield Message("summary", "user", (Text(SUMMARY_HEADING + summary),))
                summary = ""
            continue
        parts = tuple(part for index, part in enumerate(message.parts) if part_id(message.id, index) not in left_out)
        if parts:
            yield message if len(parts) == len(message.parts) else msgspec.structs.replace(message, parts=parts)


def left_out_parts(conversation: Conversation, old: Message, new: Message) -> tuple[str, ...]:
    """The parts of an edited message to leave out, because they are left out of the message it was made from."""
    hidden = [part for index, part in enumerate(old.parts) if part_id(old.id, index) in conversation.left_out]
    return tuple(
        part_id(new.id, index) for index, part in enumerate(new.parts) if isinstance(part, Media) and part in hidden
    )
