"""Conversations: trees of messages. Editing or regenerating adds a sibling; one branch is visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from app.core.bounds import bound
from app.core.messages import Message
from app.core.requests import Sampling
from app.core.sentence_splitter import grapheme_boundary

MAX_TITLE_LENGTH = 60


class Conversation(msgspec.Struct, frozen=True):
    """A conversation without its messages.

    Attributes:
        title: derived from the first message until the user sets one; empty before.
        leaf: the last message of the visible branch, None for an empty conversation.
        task: the task preset chosen last, by its key in `app.core.prompts.TASKS`: several have the same values.
        created, updated: Unix time in seconds.
        tokens: of all answers in all branches; 0 if the service reported none.
    """

    id: str
    title: str = ""
    model: str = ""
    system: str = ""
    sampling: Sampling = Sampling()
    draft: str = ""
    pinned: bool = False
    created: float = 0.0
    updated: float = 0.0
    leaf: str | None = None
    tokens: int = 0
    task: str = ""

    def __post_init__(self) -> None:
        bound(self, counts=("tokens",), timestamps=("created", "updated"))


class Headings(msgspec.Struct, frozen=True):
    """Headings of an exported conversation, in the language of the program."""

    system: str
    user: str
    assistant: str
    thinking: str
    tool_call: str
    result: str
    sources: str
    attachment: str


class MessageTree:
    """All messages of one conversation, by id and by parent; siblings are in order of creation."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._messages: dict[str, Message] = {}
        self._children: dict[str | None, list[str]] = {}
        self._last_viewed: dict[str | None, str] = {}
        for message in messages:
            self.add(message)

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._messages

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())

    def __len__(self) -> int:
        return len(self._messages)

    def __getitem__(self, message_id: str) -> Message:
        """Raises KeyError for an unknown id."""
        return self._messages[message_id]

    def add(self, message: Message) -> None:
        """Add a message after its parent, or replace an earlier version with the same id."""
        if message.id not in self._messages:
            self._children.setdefault(message.parent, []).append(message.id)
        self._messages[message.id] = message

    def remove(self, message_id: str) -> None:
        """Remove a message without children. Raises ValueError if it has any."""
        if self.has_children(message_id):
            raise ValueError("a message with children cannot be removed")
        message = self._messages.pop(message_id)
        self._children[message.parent].remove(message_id)

    def branch(self, leaf: str | None) -> tuple[Message, ...]:
        """The messages from the first to `leaf`; if one is missing, those after it."""
        branch: dict[str, Message] = {}
        # Messages of a damaged database may follow each other in a circle.
        while leaf is not None and leaf not in branch and (message := self._messages.get(leaf)) is not None:
            branch[leaf] = message
            leaf = message.parent
        return tuple(reversed(branch.values()))

    def has_children(self, message_id: str) -> bool:
        """Whether another message follows this one."""
        return bool(self._children.get(message_id))

    @property
    def newest(self) -> str | None:
        """The id of the last message added, None if there is none."""
        return next(reversed(self._messages), None)

    def siblings(self, message_id: str) -> tuple[str, ...]:
        """All versions of a message, including itself, oldest first."""
        return tuple(self._children[self._messages[message_id].parent])

    def version(self, message_id: str) -> tuple[int, int]:
        """The number of a version and the count of versions: (2, 3) is shown as ‹2/3›."""
        versions = self.siblings(message_id)
        return versions.index(message_id) + 1, len(versions)

    def remember_leaf(self, leaf: str | None) -> None:
        """Remember the branch ending at `leaf` as the one last viewed below each of its messages."""
        for message in self.branch(leaf):
            self._last_viewed[message.parent] = message.id

    def last_viewed_leaf(self, message_id: str) -> str:
        """The leaf to show after switching to a version: the last one viewed below it, else the newest."""
        seen = {message_id}
        while children := self._children.get(message_id):
            viewed = self._last_viewed.get(message_id)
            following = viewed if viewed in children else children[-1]
            if following in seen:
                break
            seen.add(following)
            message_id = following
        return message_id


def title_from(text: str) -> str:
    """A title from the first message: its first line without Markdown marks, cut at a word boundary near 60 characters.

    Chinese is cut between characters; no cut falls inside an emoji.
    """
    # Imported here: the parser is not needed before the first paint.
    from app.core.markdown.readings import first_line

    line = first_line(text)
    if len(line) <= MAX_TITLE_LENGTH:
        return line
    cut = line[: grapheme_boundary(line, MAX_TITLE_LENGTH)]
    space = cut.rfind(" ")
    return (cut[:space] if space > MAX_TITLE_LENGTH // 2 else cut).rstrip(" ,;:，；：") + "…"
