"""A conversation is a tree of messages: editing or regenerating makes a sibling, and one branch is visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from app.core.messages import Message
from app.core.requests import Sampling

TITLE_LENGTH = 60


class Conversation(msgspec.Struct, frozen=True):
    """What there is to know about a conversation beside its messages.

    Attributes:
        title: made from the first message until the user names it; empty before.
        leaf: the last message of the visible branch, None while there is none.
        created, updated: Unix time in seconds.
        tokens: of all answers so far, those of other branches too; 0 when nobody counted.
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


class Headings(msgspec.Struct, frozen=True):
    """The words that stand over the parts of a conversation written out to be read, in the reader's language."""

    system: str
    user: str
    assistant: str
    thinking: str
    tool_call: str
    result: str
    sources: str
    attachment: str


class MessageTree:
    """All messages of one conversation, by id and by what they follow; siblings stand in the order of their making."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._messages: dict[str, Message] = {}
        self._children: dict[str | None, list[str]] = {}
        self._seen: dict[str | None, str] = {}
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
        """Add a message behind its parent, or put a newer form of one in the place of the older."""
        if message.id not in self._messages:
            self._children.setdefault(message.parent, []).append(message.id)
        self._messages[message.id] = message

    def remove(self, message_id: str) -> None:
        """Take away a message that nothing follows. Raises ValueError when something does."""
        if self.followed(message_id):
            raise ValueError("a message with followers stays")
        message = self._messages.pop(message_id)
        self._children[message.parent].remove(message_id)

    def branch(self, leaf: str | None) -> tuple[Message, ...]:
        """The messages from the first to `leaf`; where one is missing, those that came after it."""
        found: list[Message] = []
        while leaf is not None and (message := self._messages.get(leaf)) is not None:
            found.append(message)
            leaf = message.parent
        return tuple(reversed(found))

    def followed(self, message_id: str) -> bool:
        """Whether another message comes after this one."""
        return bool(self._children.get(message_id))

    @property
    def newest(self) -> str | None:
        """The message that was added last, None while there is none."""
        return next(reversed(self._messages), None)

    def siblings(self, message_id: str) -> tuple[str, ...]:
        """All versions of a message, itself included, oldest first."""
        return tuple(self._children[self._messages[message_id].parent])

    def version(self, message_id: str) -> tuple[int, int]:
        """Which version a message is and how many there are: (2, 3) is shown as ‹2/3›."""
        versions = self.siblings(message_id)
        return versions.index(message_id) + 1, len(versions)

    def leave(self, leaf: str | None) -> None:
        """Remember the branch that ends here as the one last looked at below each of its messages."""
        for message in self.branch(leaf):
            self._seen[message.parent] = message.id

    def last_of(self, message_id: str) -> str:
        """Where one lands after switching to a message: the leaf one left below it, the newest where one never was."""
        while followers := self._children.get(message_id):
            seen = self._seen.get(message_id)
            message_id = seen if seen in followers else followers[-1]
        return message_id


def title_from(text: str) -> str:
    """A title from the first message: its first line, cut at a word near 60 characters."""
    line = " ".join(next((line for line in text.splitlines() if line.strip()), "").split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[:TITLE_LENGTH]
    space = cut.rfind(" ")
    return (cut[:space] if space > TITLE_LENGTH // 2 else cut).rstrip(" ,;:，；：") + "…"
