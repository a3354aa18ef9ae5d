"""One conversation answered in several ways: the draft of its turns, its columns, and the runs made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from app.core.bounds import bound
from app.core.conversation import MessageTree
from app.core.media import Media
from app.core.messages import Message, Part, Role, Text, ToolCall, new_id
from app.core.requests import Sampling
from app.core.variables import fill_variables

MAX_COLUMNS = 4
MAX_REPEATS = 5
"""Answers of one column in a run."""
MAX_TURNS = 200
"""Turns that can be edited together; of a longer conversation the last ones."""
BLANK = "blank"
"""Id of the desk that belongs to no conversation yet."""

ROLES: tuple[Role, ...] = ("system", "developer", "user", "assistant", "tool")


class DraftTurn(msgspec.Struct, frozen=True):
    """A message as it is edited.

    Attributes:
        source: id of the message of the conversation that it was made from; empty for a new one.
        call_id: of an assistant's turn the call it makes, of a tool's turn the call it answers; empty for none.
        call_name, call_arguments: of the call.
        media: attachments, which are kept as they are.
    """

    id: str
    role: Role
    text: str = ""
    name: str = ""
    source: str = ""
    call_id: str = ""
    call_name: str = ""
    call_arguments: str = ""
    media: tuple[Media, ...] = ()


class Column(msgspec.Struct, frozen=True):
    """What one column asks with.

    Attributes:
        profile: id of its service; empty for the one in use.
        tools: names of the tools that the model may call.
    """

    id: str
    profile: str = ""
    model: str = ""
    system: str = ""
    sampling: Sampling = Sampling()
    tools: tuple[str, ...] = ()


ColumnField = Literal["service", "model", "thinking", "temperature", "max_tokens", "system", "tools"]


def column_values(column: Column) -> dict[ColumnField, object]:
    """What can differ between columns."""
    return {
        "service": column.profile,
        "model": column.model,
        "thinking": bool(column.sampling.thinking),
        "temperature": column.sampling.temperature,
        "max_tokens": column.sampling.max_tokens,
        "system": column.system,
        "tools": frozenset(column.tools),
    }


def differing_fields(column: Column, base: Column) -> frozenset[ColumnField]:
    """The fields in which a column differs from the base column."""
    theirs = column_values(base)
    return frozenset(name for name, value in column_values(column).items() if value != theirs[name])


class Desk(msgspec.Struct, frozen=True):
    """What is being prepared for a conversation; kept as a draft.

    Attributes:
        id: that of the conversation, or `BLANK`.
        turns: the turns before the message as edited; None for those of the conversation as it is.
        message: the user's message that comes last; empty for none.
        media: the attachments of the message.
        variables: values of `{{name}}` in the turns, the message and the system prompts.
        repeats: answers of each column in a run.
        spend_limits: of a run, by currency; amounts are never converted.
        spend_limit: as saved while limits had no currency: it is that of the service in use. None for none.
        base: place of the column that the others are compared with.
        run: id of the run whose answers are shown; empty for none.
    """

    id: str
    turns: tuple[DraftTurn, ...] | None = None
    message: str = ""
    media: tuple[Media, ...] = ()
    columns: tuple[Column, ...] = ()
    variables: dict[str, str] = {}
    repeats: int = 1
    spend_limits: dict[str, float] = {}
    spend_limit: float | None = None
    base: int = 0
    shows_difference: bool = False
    scrolls_together: bool = False
    run: str = ""
    updated: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("updated",))
        for name, low, high in (("repeats", 1, MAX_REPEATS), ("base", 0, MAX_COLUMNS - 1)):
            value = getattr(self, name)
            if not low <= value <= high:
                msgspec.structs.force_setattr(self, name, min(max(value, low), high))
        if len(self.columns) > MAX_COLUMNS:
            msgspec.structs.force_setattr(self, "columns", self.columns[:MAX_COLUMNS])
        if self.spend_limit is not None and not self.spend_limit > 0:
            msgspec.structs.force_setattr(self, "spend_limit", None)
        if any(not limit > 0 for limit in self.spend_limits.values()):
            kept = {currency: limit for currency, limit in self.spend_limits.items() if limit > 0}
            msgspec.structs.force_setattr(self, "spend_limits", kept)

    @property
    def conversation(self) -> str:
        """Id of its conversation, empty while there is none."""
        return "" if self.id == BLANK else self.id

    def limits(self, usual: str) -> dict[str, float]:
        """The limits by currency; `usual` is that of the service in use."""
        if self.spend_limit is None:
            return self.spend_limits
        return {usual: self.spend_limit} | self.spend_limits


class RunColumn(msgspec.Struct, frozen=True):
    """A column as it was run.

    Attributes:
        answers: ids of its messages, in the order in which they were asked for.
        unsent: those of them whose request was not sent.
    """

    column: Column
    answers: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()


class BesideRun(msgspec.Struct, frozen=True):
    """One press of Run beside. Its answers are messages of the conversation.

    Attributes:
        title: the beginning of what was asked.
        repeats: answers of each column that were asked for together; later ones were asked for one by one.
        kept: id of the answer that continues the conversation; empty for none.
        joined: ids of answers that were written from these.
    """

    id: str
    conversation: str
    title: str
    columns: tuple[RunColumn, ...]
    repeats: int = 1
    created: float = 0.0
    updated: float = 0.0
    kept: str = ""
    joined: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        bound(self, timestamps=("created", "updated"))

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(answer for column in self.columns for answer in column.answers)

    def place_of(self, column_id: str) -> int | None:
        """The place of a column in this run; None if it is newer."""
        return next((at for at, each in enumerate(self.columns) if each.column.id == column_id), None)

    def with_answer(self, place: int, answer: str) -> BesideRun:
        """With another answer of a column, which is its last one; it is not sent yet."""
        columns = list(self.columns)
        old = columns[place]
        columns[place] = msgspec.structs.replace(
            old, answers=(*old.answers, answer), unsent=(*old.unsent, answer)
        )  # fmt: skip
        return msgspec.structs.replace(self, columns=tuple(columns))

    def with_sent(self, answer: str) -> BesideRun:
        """With the request of an answer marked as sent."""
        columns = tuple(
            msgspec.structs.replace(each, unsent=tuple(other for other in each.unsent if other != answer))
            for each in self.columns
        )
        return msgspec.structs.replace(self, columns=columns)


def turns_of(branch: Sequence[Message]) -> tuple[DraftTurn, ...]:
    """The messages of a branch as turns that can be edited."""
    return tuple(_turn_of(message) for message in branch[-MAX_TURNS:])


def _turn_of(message: Message) -> DraftTurn:
    calls = [part for part in message.parts if isinstance(part, ToolCall)]
    first = calls[0] if message.role == "tool" and calls else None
    return DraftTurn(
        new_id(),
        message.role,
        message.text or (first.result or "" if first is not None else ""),
        message.name,
        message.id,
        call_id=first.id if first is not None else "",
        call_name=first.name if first is not None else "",
        media=tuple(part for part in message.parts if isinstance(part, Media)),
    )


def tool_turns(number: int) -> tuple[DraftTurn, DraftTurn]:
    """An assistant's turn that calls a function, and the turn with its result."""
    call_id = f"call_{number}"
    call = DraftTurn(new_id(), "assistant", call_id=call_id, call_name="function", call_arguments="{}")
    return call, DraftTurn(new_id(), "tool", call_id=call_id, call_name="function")


def planned_branch(
    tree: MessageTree, turns: Iterable[DraftTurn], values: Mapping[str, str], now: float
) -> tuple[str | None, tuple[Message, ...]]:
    """The id of the last message of a branch with these turns, and its messages that the tree does not have yet.

    Messages that stand in the tree at that place are used again, so that only what was changed makes a branch.
    """
    parent: str | None = None
    missing: list[Message] = []
    for turn in turns:
        message = _message_of(turn, tree, values, parent, now)
        if message is None:
            continue
        existing = None if missing else _standing(tree, message, turn.source)
        if existing is None:
            missing.append(message)
        parent = existing or message.id
    return parent, tuple(missing)


def _standing(tree: MessageTree, message: Message, source: str) -> str | None:
    children = tree.children(message.parent)
    for child in (source, *children) if source in children else children:
        there = tree[child]
        if (there.role, there.name, there.parts) == (message.role, message.name, message.parts):
            return child
    return None


def _message_of(
    turn: DraftTurn, tree: MessageTree, values: Mapping[str, str], parent: str | None, now: float
) -> Message | None:
    source = tree[turn.source] if turn.source and turn.source in tree else None
    if source is not None and is_unchanged(turn, source):
        if source.parent == parent:
            return source
        return msgspec.structs.replace(source, id=new_id(), parent=parent, created=now)
    text = fill_variables(turn.text, values)
    parts: tuple[Part, ...] = (Text(text),) if text else ()
    if source is not None and source.role == turn.role:
        # Thinking, calls and sources of an answer stay; its words are one text where the first one was.
        parts = tuple(_with_text(source.parts, text))
    elif turn.role == "user":
        parts += turn.media
    if turn.role in ("assistant", "tool") and turn.call_id:
        parts = tuple(part for part in parts if not isinstance(part, ToolCall))
        arguments = turn.call_arguments if turn.role == "assistant" else ""
        parts += (ToolCall(turn.call_id, turn.call_name, arguments, state="done"),)
    if not parts:
        return None
    return Message(new_id(), turn.role, parts, parent, created=now, name=turn.name)


def _with_text(parts: Iterable[Part], text: str) -> Iterator[Part]:
    is_written = not text
    for part in parts:
        if not isinstance(part, Text):
            yield part
        elif not is_written:
            is_written = True
            yield Text(text, part.step)
    if not is_written:
        yield Text(text)


def is_unchanged(turn: DraftTurn, source: Message) -> bool:
    """Whether a turn is as the message that it was made from."""
    before = _turn_of(source)
    return (turn.role, turn.text, turn.name, turn.call_id, turn.media) == (
        before.role, before.text, before.name, before.call_id, before.media,
    )  # fmt: skip


def can_be_answered(turns: Sequence[DraftTurn], desk: Desk) -> bool:
    """Whether there is anything to answer or to go on with."""
    if desk.message.strip() or desk.media:
        return True
    return bool(turns) and bool(turns[-1].text.strip() or turns[-1].media) and turns[-1].role not in ("system",)


def unanswered_call(turns: Iterable[DraftTurn]) -> str:
    """Id of the first tool turn that no call before it belongs to, which services refuse; empty if there is none."""
    made: set[str] = set()
    for turn in turns:
        if turn.role == "assistant" and turn.call_id:
            made.add(turn.call_id)
        elif turn.role == "tool" and not turn.source and turn.call_id not in made:
            return turn.call_id or "?"
    return ""
