"""Conversations: trees of messages. Editing or regenerating adds a sibling; one branch is visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from app.core.bounds import bound
from app.core.messages import Media, Message
from app.core.requests import Sampling, WebSearch
from app.core.sentence_splitter import grapheme_boundary

MAX_TITLE_LENGTH = 60


class Conversation(msgspec.Struct, frozen=True):
    """A conversation without its messages.

    Attributes:
        title: derived from the first message until the user sets one; empty before.
        leaf: the last message of the visible branch, None for an empty conversation.
        task: the task preset chosen last, by its key in `app.core.prompts.TASKS`: several have the same values.
        tools: names of the tools that the model may call; None for those that the settings enable.
        web_search: options of the platform's search plugin; kept while `searches` is off.
        variables: values of the `{{name}}` fields, by name.
        left_out: what is no longer sent: ids of messages, or `part_id` of one of their parts.
        summary: sent in place of left-out messages; empty for none.
        summary_of: ids of the messages it is about; see `app.core.summaries`.
        attachments: those of the draft.
        extra_body: additional body fields as typed; `sampling.extra` has them while they can be sent.
        voice: id of the voice that speaks its answers, built-in or of the library; empty for the default.
        direction: how that voice speaks.
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
    tools: tuple[str, ...] | None = None
    web_search: WebSearch = WebSearch()
    searches: bool = False
    variables: dict[str, str] = {}
    left_out: tuple[str, ...] = ()
    summary: str = ""
    summary_of: tuple[str, ...] = ()
    attachments: tuple[Media, ...] = ()
    extra_body: str = ""
    voice: str = ""
    direction: str = ""

    def __post_init__(self) -> None:
        bound(self, counts=("tokens",), timestamps=("created", "updated"))

    @property
    def has_typed(self) -> bool:
        """Whether something made for it has not been sent yet: a draft, its attachments, or the value of a variable."""
        return bool(self.draft or self.attachments) or any(self.variables.values())


class Headings(msgspec.Struct, frozen=True):
    """Headings of an exported conversation, in the language of the program, and its code.

    Attributes:
        written_from: that an answer was written from others, with `{n}` for their number.
    """

    system: str
    user: str
    assistant: str
    thinking: str
    tool_call: str
    result: str
    sources: str
    attachment: str
    language: str = "en"
    written_from: str = "{n}"


def part_id(message_id: str, index: int) -> str:
    """Identifies one part of a message in `Conversation.left_out`; `index` counts the message's parts from 0."""
    return f"{message_id}#{index}"


class CutBranch(msgspec.Struct, frozen=True):
    """What was cut from a tree: a message and all that followed it.

    Attributes:
        messages: the cut message first, each after its parent.
        position: its place among the versions beside it, from 0.
        leaf: the leaf that was visible before, None for an empty conversation.
    """

    messages: tuple[Message, ...]
    position: int
    leaf: str | None = None

    @property
    def root(self) -> Message:
        return self.messages[0]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(message.id for message in self.messages)


class MessageTree:
    """All messages of one conversation, by id and by parent; siblings are in order of creation."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._messages: dict[str, Message] = {}
        self._children: dict[str | None, list[str]] = {}
        self._last_viewed: dict[str | None, str] = {}
        self._places: dict[str, int] = {}
        self._reserved: set[str] = set()
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
            siblings = self._children.setdefault(message.parent, [])
            siblings.append(message.id)
            if message.id in self._reserved:
                siblings.sort(key=lambda each: self._places.get(each, len(self._places)))
            self._places.setdefault(message.id, len(self._places))
        self._messages[message.id] = message

    def reserve(self, message_id: str) -> None:
        """Let a message that is added later stand before those that are added from now on."""
        self._reserved.add(message_id)
        self._places.setdefault(message_id, len(self._places))

    def remove(self, message_id: str) -> None:
        """Remove a message without children. Raises ValueError if it has any."""
        if self.has_children(message_id):
            raise ValueError("a message with children cannot be removed")
        message = self._messages.pop(message_id)
        self._children[message.parent].remove(message_id)

    def below(self, message_id: str) -> tuple[str, ...]:
        """The ids of a message and of all that follow it on every branch, each after its parent."""
        found = {message_id: None}
        waiting = [message_id]
        while waiting:
            following = [child for child in self._children.get(waiting.pop(), ()) if child not in found]
            found.update(dict.fromkeys(following))
            waiting += following
        return tuple(found)

    def cut(self, message_id: str) -> CutBranch:
        """Remove a message and all that follow it. Raises KeyError for an unknown id."""
        parent = self._messages[message_id].parent
        position = self._children[parent].index(message_id)
        ids = self.below(message_id)
        messages = tuple(self._messages.pop(each) for each in ids)
        self._children[parent].remove(message_id)
        return CutBranch(messages, position)

    def paste(self, cut: CutBranch) -> None:
        """Put back what was cut, at its place among the versions beside it. What is there already stays.

        The place is that of its creation, whatever else was cut or put back since.
        """
        root = cut.root
        for message in cut.messages:
            if message.id in self._messages:
                continue
            self._messages[message.id] = message
            siblings = self._children.setdefault(message.parent, [])
            if message.id not in siblings:
                siblings.insert(cut.position if message is root else len(siblings), message.id)
                if message.id in self._places:  # Else the tree was read again since.
                    siblings.sort(key=lambda each: self._places.get(each, len(self._places)))

    def children(self, message_id: str | None) -> tuple[str, ...]:
        """The messages that follow one, oldest first; of None the first messages of the conversation."""
        return tuple(self._children.get(message_id, ()))

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
    def has_branches(self) -> bool:
        """Whether there is more than one branch."""
        return any(len(children) > 1 for children in self._children.values())

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


def completed(conversation: Conversation, tree: MessageTree) -> Conversation:
    """A stored conversation with what it lacks: its leaf if that could not be saved, and the number of its tokens."""
    if len(tree) and not tree.branch(conversation.leaf):
        conversation = msgspec.structs.replace(conversation, leaf=tree.newest)
    if not conversation.tokens:  # Saved before tokens were counted.
        used = sum(message.usage.total for message in tree if message.usage is not None)
        conversation = msgspec.structs.replace(conversation, tokens=used)
    return conversation


def differs_by_draft(before: Conversation, now: Conversation) -> bool:
    """Whether a conversation differs from what it was only by what is being typed."""
    return before.draft != now.draft and msgspec.structs.replace(before, draft=now.draft) == now
