"""Makes a conversation of its own from a branch of another."""

from __future__ import annotations

import msgspec

from app.core.conversation import Conversation
from app.core.messages import Message, new_id
from app.core.summaries import for_branch, summarised


def branched(
    conversation: Conversation, branch: tuple[Message, ...], *, title: str, now: float
) -> tuple[Conversation, tuple[Message, ...]]:
    """A new conversation that consists of a branch of another one, with the same parameters and media.

    `branch` has its messages, the first one first; there must be one.
    """
    conversation = for_branch(conversation, branch)
    messages, ids = _copied(branch)
    return msgspec.structs.replace(
        conversation,
        id=new_id(),
        title=title,
        draft="",
        attachments=(),
        pinned=False,
        created=now,
        updated=now,
        leaf=messages[-1].id,
        tokens=sum(message.usage.total for message in messages if message.usage is not None),
        left_out=_renamed(conversation.left_out, ids),
        summary_of=_renamed(summarised(conversation), ids),
    ), messages


def _copied(branch: tuple[Message, ...]) -> tuple[tuple[Message, ...], dict[str, str]]:
    """The messages with new ids, each following the one before it, and the new id of each old one.

    Their calls stay with the original.
    """
    ids = {message.id: new_id() for message in branch}
    copies: list[Message] = []
    for message in branch:
        replies = tuple(msgspec.structs.replace(reply, call_id="") for reply in message.replies)
        parent = copies[-1].id if copies else None
        copies.append(msgspec.structs.replace(message, id=ids[message.id], parent=parent, replies=replies))
    return tuple(copies), ids


def _renamed(left_out: tuple[str, ...], ids: dict[str, str]) -> tuple[str, ...]:
    """What is left out, by its new ids: of messages, or `ID#N` of their parts."""
    pairs = [name.partition("#") for name in left_out]
    return tuple(ids[message] + mark + part for message, mark, part in pairs if message in ids)
