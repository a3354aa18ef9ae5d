"""Messages as they are after a change: a tool call answered again, a failure noted."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.core.errors import WorkbenchError
from app.core.messages import Failure, Media, Message, ToolCall, ToolCallRef, new_id


def with_replayed_call(
    old: Message, place: ToolCallRef, arguments: str, result: str | None, *, created: float
) -> Message:
    """A version of a message that ends with one of its tool calls, edited; see `ChatSession.replay`."""
    parts = tuple(
        _replayed(part, arguments, result)
        if isinstance(part, ToolCall) and (part.step, part.id) == (place.step, place.call)
        else _unanswered(part)
        if isinstance(part, ToolCall) and part.step == place.step and part.result is None
        else part
        for part in old.parts
        if getattr(part, "step", 0) <= place.step
    )
    return Message(new_id(), "assistant", parts, old.parent, old.replies[: place.step + 1], created)


def up_to_step(old: Message, step: int, *, created: float) -> Message:
    """A version of a message that has the steps before this one."""
    parts = tuple(part for part in old.parts if getattr(part, "step", 0) < step)
    return Message(new_id(), "assistant", parts, old.parent, old.replies[:step], created)


def _replayed(call: ToolCall, arguments: str, result: str | None) -> ToolCall:
    """An edited call: answered by hand, or to be run again."""
    if result is None:
        return _unanswered(msgspec.structs.replace(call, arguments=arguments))
    answered = _unanswered(msgspec.structs.replace(call, arguments=arguments))
    return msgspec.structs.replace(answered, result=result, state="done")


def without_failure(message: Message) -> Message:
    """The message as if it had not been interrupted."""
    replies = tuple(msgspec.structs.replace(reply, failure=None) for reply in message.replies)
    return msgspec.structs.replace(message, replies=replies)


def with_failure(message: Message, error: WorkbenchError | None) -> Message:
    """The message with the reason saved in its last reply, so that it is known after a restart."""
    if error is None or not message.replies:
        return message
    *earlier, last = message.replies
    # Without an answer, only the error knows the call.
    call_id = last.call_id or str(error.params.get("call_id", ""))
    last = msgspec.structs.replace(last, failure=Failure.of(error), call_id=call_id)
    return msgspec.structs.replace(message, replies=(*earlier, last))


def _unanswered(call: ToolCall) -> ToolCall:
    return msgspec.structs.replace(
        call, result=None, state="streaming", seconds=None, media=(), progress=None, failure=None, dropped=0,
        mismatch=False,
    )  # fmt: skip


def error_in(message: Message) -> WorkbenchError | None:
    """Why a message failed, as it was saved with `with_failure`."""
    failure = message.replies[-1].failure if message.replies else None
    return failure.error if failure is not None else None


def tokens_of(message: Message) -> int:
    return message.usage.total if message.usage is not None else 0


def call_ids_of(messages: Iterable[Message]) -> frozenset[str]:
    """The ids of the recorded calls that made these messages."""
    return frozenset(reply.call_id for message in messages for reply in message.replies if reply.call_id)


def attachment_name(message: Message) -> str:
    """The name of the first attachment, empty without any."""
    return next((part.name for part in message.parts if isinstance(part, Media)), "")
