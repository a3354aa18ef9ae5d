"""All conversations: the list, the one that is open, making, deleting with undo, and finding."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.core.conversation import Conversation, MessageTree
from app.core.messages import Text, Thinking, ToolCall, new_id
from app.core.requests import Sampling
from app.services.chat.approval import Approvals
from app.services.chat.session import ChatSession
from app.services.connection import Connection
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox


class Workspace:
    """The conversations of this home.

    Attributes:
        current: the one that is open.
        on_change: called when the list or a row of it is different.
        on_open: called with the session that is open now.
        on_made: called with every session when it comes to life, before anything happens in it.
        defaults: how a new conversation begins: its model, system prompt and sampling.
    """

    def __init__(
        self,
        *,
        connection: Connection,
        toolbox: Toolbox,
        approvals: Approvals,
        tasks: TaskSet,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._connection = connection
        self._toolbox = toolbox
        self._approvals = approvals
        self._tasks = tasks
        self._now = now
        self._sessions: dict[str, ChatSession] = {}
        self._deleted: dict[str, ChatSession] = {}
        self.on_change: list[Callable[[], None]] = []
        self.on_open: list[Callable[[ChatSession], None]] = []
        self.on_made: list[Callable[[ChatSession], None]] = []
        self.defaults: Callable[[], tuple[str, str, Sampling]] = lambda: ("", "", Sampling())
        self.current: ChatSession | None = None

    @property
    def running(self) -> bool:
        """Whether a reply runs anywhere."""
        return any(session.running for session in self._sessions.values())

    def conversations(self, words: str = "") -> tuple[Conversation, ...]:
        """Those that contain all `words` anywhere, pinned ones first, then the newest; empty new ones only if open."""
        found = [session for session in self._sessions.values() if self._listed(session) and _contains(session, words)]
        order = sorted(found, key=lambda session: session.conversation.updated, reverse=True)
        order.sort(key=lambda session: not session.conversation.pinned)
        return tuple(session.conversation for session in order)

    def session(self, conversation_id: str) -> ChatSession | None:
        return self._sessions.get(conversation_id)

    def new(self) -> ChatSession:
        """Open an empty conversation; the one that is open when it is still empty."""
        if self.current is not None and not len(self.current.tree):
            return self.open(self.current.id)
        model, system, sampling = self.defaults()
        moment = self._now()
        conversation = Conversation(new_id(), "", model, system, sampling, created=moment, updated=moment)
        return self.open(self._make(conversation, MessageTree()).id)

    def open(self, conversation_id: str) -> ChatSession:
        """Show a conversation. Raises KeyError for one that does not exist."""
        session = self._sessions[conversation_id]
        left, self.current = self.current, session
        if left is not None and left is not session and not len(left.tree) and not left.conversation.draft:
            self._sessions.pop(left.id, None)
        for tell in self.on_open:
            tell(session)
        self._changed()
        return session

    def rename(self, conversation_id: str, title: str) -> None:
        if title.strip():
            self._sessions[conversation_id].configure(title=title.strip())

    def pin(self, conversation_id: str, pinned: bool) -> None:
        self._sessions[conversation_id].configure(pinned=pinned)

    def delete(self, conversation_id: str) -> None:
        """Take a conversation away, ending its reply; `restore` brings it back as long as the program runs."""
        session = self._sessions.pop(conversation_id)
        session.stop()
        self._deleted[conversation_id] = session
        if session is self.current:
            self.current = None
            rest = self.conversations()
            if rest:
                self.open(rest[0].id)
            else:
                self.new()
        self._changed()

    def restore(self, conversation_id: str) -> None:
        """Undo `delete`."""
        session = self._deleted.pop(conversation_id, None)
        if session is not None:
            self._sessions[conversation_id] = session
            self.open(conversation_id)

    def _make(self, conversation: Conversation, tree: MessageTree) -> ChatSession:
        session = ChatSession(
            conversation,
            tree,
            connection=self._connection,
            toolbox=self._toolbox,
            approvals=self._approvals,
            tasks=self._tasks,
            now=self._now,
        )
        self._sessions[conversation.id] = session
        for tell in self.on_made:
            tell(session)
        return session

    def _listed(self, session: ChatSession) -> bool:
        return session is self.current or bool(len(session.tree)) or bool(session.conversation.draft)

    def _changed(self) -> None:
        for tell in self.on_change:
            tell()


def _contains(session: ChatSession, words: str) -> bool:
    wanted = words.casefold().split()
    if not wanted:
        return True
    places = [session.conversation.title]
    for message in session.tree:
        for part in message.parts:
            if isinstance(part, Text | Thinking):
                places.append(part.text)
            elif isinstance(part, ToolCall):
                places.append(f"{part.name} {part.arguments} {part.result or ''}")
    whole = "\n".join(places).casefold()
    return all(word in whole for word in wanted)
