"""Which messages of a conversation its summary stands for, and in which branches it holds."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.core.conversation import Conversation
from app.core.messages import Message


def summarised(conversation: Conversation) -> tuple[str, ...]:
    """The ids of the messages that the summary is about.

    Earlier versions of the program did not keep them: then it may be about any message that is left out.
    """
    if not conversation.summary:
        return ()
    return conversation.summary_of or tuple(name for name in conversation.left_out if "#" not in name)


def for_branch(conversation: Conversation, branch: Iterable[Message]) -> Conversation:
    """The conversation with the summary and the left-out messages that hold for a branch.

    In a branch that lacks one of its messages, as after that was edited or deleted, the summary would tell what is not
    there. It is dropped, and the messages that it stands for are sent again.
    """
    covered = frozenset(summarised(conversation))
    if not covered or covered <= {message.id for message in branch}:
        return conversation
    left_out = tuple(name for name in conversation.left_out if name not in covered)
    return msgspec.structs.replace(conversation, summary="", summary_of=(), left_out=left_out)


def with_summary(conversation: Conversation, branch: tuple[Message, ...], number: int, text: str) -> Conversation:
    """The conversation with a summary in place of the first messages of a branch."""
    here = for_branch(conversation, branch)
    earlier = summarised(here)
    first = tuple(message.id for message in branch[:number])
    # What was left out before without a summary is not in this one either.
    covered = (*earlier, *(name for name in first if name not in here.left_out))
    left_out = tuple(dict.fromkeys((*here.left_out, *first)))
    return msgspec.structs.replace(here, summary=text, summary_of=covered, left_out=left_out)
