"""All conversations: the list, the open one, creation, deletion with undo, and search."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

import msgspec

from app.core.chat_defaults import ChatDefaults, new_conversation
from app.core.conversation import Conversation, MessageTree, completed
from app.core.errors import Code, WorkbenchError
from app.core.messages import Media, Message
from app.core.observers import Event
from app.core.profiles import Profile
from app.core.requests import Sampling
from app.services.chat.activity import Activity as Activity
from app.services.chat.activity import ActivityObserver
from app.services.chat.approval import Approvals
from app.services.chat.autosave import ConversationAutosaver
from app.services.chat.lone_call import LoneCalls
from app.services.chat.session import ChatSession, SessionObserver
from app.services.chat.text_search import contains_all
from app.services.connection import Connection
from app.services.ports import ConversationStore, MessageSearch
from app.services.tasks import TaskSet, reporting
from app.services.tools.tool import Toolbox

MAX_LISTED = 500
"""Conversations in the list; older ones are found by searching."""

EXCERPT = 120
"""Characters shown of a running answer that matches a search."""


class Workspace(SessionObserver):
    """The conversations of this home. Messages are read when a conversation is opened.

    Attributes:
        current: the open conversation.
        lone_calls: sends requests that belong to no conversation.
        on_change: the list or one of its rows changed.
        awaits: whether something is about to be added to a conversation, which is not forgotten then.
        on_open: emits the session that was opened.
        on_created: emits every new session before anything happens in it.
        on_failed: emits every error while saving.
        defaults: returns model, system prompt and sampling of the first conversation; a later one takes the prompt
            and parts of the sampling over from the one before it, unless there are own defaults.
        own_defaults: returns the user's own defaults of new conversations, None if there are none.
        default_tools: returns the names of the tools of conversations that have no choice of their own.
    """

    def __init__(
        self,
        *,
        connection: Connection,
        toolbox: Toolbox,
        approvals: Approvals,
        tasks: TaskSet,
        store: ConversationStore,
        search: MessageSearch,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._connection = connection
        self._toolbox = toolbox
        self._approvals = approvals
        self._tasks = tasks
        self._writes = TaskSet(tasks.report)
        self._store = store
        self._search = search
        self._now = now
        self._known: dict[str, Conversation] = {}
        self._sessions: dict[str, ChatSession] = {}
        self._autosavers: dict[str, ConversationAutosaver] = {}
        self._rows: dict[str, tuple[str, str, int, bool, float]] = {}
        self._wanted = ""
        self._news: set[str] = set()
        self._being_deleted: set[str] = set()
        self._store_lock = asyncio.Lock()
        self.on_change: Event[()] = Event()
        self.on_open: Event[ChatSession] = Event()
        self.on_created: Event[ChatSession] = Event()
        self.on_failed: Event[WorkbenchError] = Event()
        self.defaults: Callable[[], tuple[str, str, Sampling]] = lambda: ("", "", Sampling())
        self.own_defaults: Callable[[], ChatDefaults | None] = lambda: None
        self.default_tools: Callable[[], Sequence[str]] = tuple
        self.awaits: Callable[[str], bool] = lambda conversation_id: False
        self.current: ChatSession | None = None
        self.lone_calls = LoneCalls(connection)

    @property
    def running(self) -> bool:
        """Whether a reply runs in any conversation."""
        return any(session.running for session in self._sessions.values())

    @property
    def profile(self) -> Profile:
        """The service in use."""
        return self._connection.profile

    @property
    def protocol(self) -> str:
        """The protocol of the service in use."""
        return self._connection.profile.protocol

    def activity(self, conversation_id: str) -> Activity:
        """What goes on in a conversation of this run."""
        session = self._sessions.get(conversation_id)
        if session is not None and session.running:
            return "waiting" if session.is_waiting else "running"
        return "news" if conversation_id in self._news else ""

    def _note_activity(self, session: ChatSession) -> None:
        if not session.running and session is not self.current and session.id in self._sessions:
            self._news.add(session.id)
        self.on_change.emit()

    async def load(self, last: str = "") -> bool:
        """Read the list and open the conversation `last` if it still exists, else a new one.

        Returns False if that conversation could not be read or shown; why is reported, and a new one is open then, so
        that nothing that was saved can keep the program from starting.
        """
        shown = True
        try:
            self._known = {conversation.id: conversation for conversation in await self._store.listed(MAX_LISTED)}
            if last in self._known:
                shown = await self.open(last)
        except WorkbenchError as error:
            shown = False
            self.on_failed.emit(error)
        except Exception as error:
            shown = False
            self._tasks.report(error)
        if self.current is None or not shown:
            self.new()
        return shown

    async def reload(self) -> None:
        """Read the list again after an import. Open conversations stay unchanged."""
        self._known |= {conversation.id: conversation for conversation in await self._store.listed(MAX_LISTED)}
        self.on_change.emit()

    def conversations(self) -> tuple[Conversation, ...]:
        """Return conversations, pinned ones first, then the newest; an empty one only while it is open."""
        shown = [self._sessions[known].conversation if known in self._sessions else self._known[known]
                 for known in {**self._known, **self._sessions} if self._listed(known)]  # fmt: skip
        return tuple(sorted(shown, key=lambda conversation: (not conversation.pinned, -conversation.updated)))

    async def found(self, words: str) -> dict[str, str]:
        """Search titles and messages; return excerpts by conversation id (empty for a title match)."""
        hits = {conversation.id: "" for conversation in await self._search.titles(words, 100)}
        for hit in await self._search.messages(words, 200):
            hits.setdefault(hit.conversation_id, hit.excerpt)
        for session in self._sessions.values():
            if session.running and contains_all(text := session.streaming_message().text, words):
                hits.setdefault(session.id, " ".join(text.split())[:EXCERPT])
        for conversation_id in hits.keys() - self._known.keys() - self._sessions.keys():
            self._known[conversation_id] = await self._store.get(conversation_id)
        return hits

    def session(self, conversation_id: str) -> ChatSession | None:
        """Return the session of a conversation opened in this run."""
        return self._sessions.get(conversation_id)

    def new(self) -> ChatSession:
        """Open an empty conversation, reusing the open one if it is still empty."""
        if self.current is not None and not len(self.current.tree) and not self.current.conversation.title:
            self._show(self.current)
            return self.current
        conversation = new_conversation(self.defaults(), self.own_defaults(), self._last_used(), self._now())
        session = self._make(conversation, MessageTree())
        self._show(session)
        return session

    def begin(self, draft: str, attachments: tuple[Media, ...], model: str) -> ChatSession:
        """Open an empty conversation with something to send; what is typed in an open empty one stays before it."""
        session = self.new()
        typed = session.conversation
        session.configure(
            draft="\n\n".join(text for text in (typed.draft, draft) if text.strip()),
            attachments=(*typed.attachments, *attachments),
            model=model or typed.model,
        )
        self._show(session)
        return session

    def current_or_new(self) -> ChatSession:
        """The open conversation for what the user does in it. What only looks uses `current`, and opens none."""
        return self.current or self.new()

    def _last_used(self) -> Conversation | None:
        """The open conversation, else the one that was used last."""
        if self.current is not None:
            return self.current.conversation
        return max(self.conversations(), key=lambda conversation: conversation.updated, default=None)

    async def open(self, conversation_id: str) -> bool:
        """Open a conversation. If several are requested in quick succession, the last one wins.

        Returns False if one of those that show it failed, which is reported. Raises StorageError if it can't be read.
        """
        self._wanted = conversation_id
        session = await self.read(conversation_id)
        if self._wanted == conversation_id and conversation_id not in self._being_deleted:
            return self._show(session)
        return True

    async def read(self, conversation_id: str) -> ChatSession:
        """The session of a conversation, which is not shown by this. Raises StorageError."""
        if (known := self._sessions.get(conversation_id)) is not None:
            return known
        conversation = self._known.get(conversation_id) or await self._store.get(conversation_id)
        messages = await self._store.messages(conversation_id)
        tree = MessageTree(messages)
        return self._sessions.get(conversation_id) or self._make(completed(conversation, tree), tree, kept=True)

    def rename(self, conversation_id: str, title: str) -> None:
        if title.strip():
            self._change(conversation_id, title=title.strip())

    def pin(self, conversation_id: str, pinned: bool) -> None:
        self._change(conversation_id, pinned=pinned)

    async def delete(self, conversation_id: str, next_id: str = "") -> bool:
        """Stop the reply of a conversation and soft-delete it; `restore` undoes it until it is purged.

        If it was open, `next_id` is opened if that exists, else the first of the list, else an empty conversation.
        Returns False if nothing can be restored: it was empty, or is already being deleted. On StorageError it stays.
        """
        if conversation_id in self._being_deleted:
            return False
        self._being_deleted.add(conversation_id)
        self.on_change.emit()
        try:
            async with self._store_lock:
                kept = await self._delete(conversation_id)
        finally:
            self._being_deleted.discard(conversation_id)
            self.on_change.emit()
        if self.current is None:
            await self._open_next(next_id)
        return kept

    async def _delete(self, conversation_id: str) -> bool:
        session, autosaver = self._sessions.get(conversation_id), self._autosavers.get(conversation_id)
        if session is not None:
            session.stop()
            await session.wait()
        if autosaver is not None:
            await autosaver.settle()
        kept = autosaver is None or autosaver.worth_keeping
        if kept:
            await self._store.delete(conversation_id)
        self._drop(conversation_id)
        if session is not None and session is self.current:
            self.current = None
        return kept

    async def _open_next(self, next_id: str) -> None:
        rest = [conversation.id for conversation in self.conversations()]
        try:
            if rest:
                await self.open(next_id if next_id in rest else rest[0])
        finally:
            if self.current is None:
                self.new()

    async def restore(self, conversation_id: str) -> None:
        """Undo `delete`, even one that is still in progress. Raises StorageError."""
        async with self._store_lock:
            await self._store.restore(conversation_id)
            self._known[conversation_id] = await self._store.get(conversation_id)
        await self.open(conversation_id)

    async def again(self, gone: ChatSession) -> ChatSession:
        """The present session of a conversation; one that was deleted, or was forgotten as it was empty, is back.

        It is not shown by this.

        Raises StorageError.
        """
        if gone.id not in self._sessions and gone.id not in self._known:
            async with self._store_lock:
                try:
                    await self._store.restore(gone.id)
                except WorkbenchError as error:
                    if error.code is not Code.NOT_KEPT:
                        raise
                    await self._store.keep(gone.conversation)
                self._known[gone.id] = await self._store.get(gone.id)
        return await self.read(gone.id)

    async def settle(self, conversation_id: str) -> None:
        """Wait until the current state of a conversation is saved. Raises StorageError on failure."""
        autosaver = self._autosavers.get(conversation_id)
        if autosaver is not None:
            await autosaver.settle()
            if autosaver.trouble is not None:
                raise autosaver.trouble

    async def add(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        """Save a new conversation with its messages, and open it. Raises StorageError."""
        await self._store.keep(conversation)
        await self._store.keep_messages(conversation.id, messages, show=False)
        await self.adopt(conversation)

    async def adopt(self, conversation: Conversation) -> None:
        """Open a conversation that was saved elsewhere, such as by an import."""
        self._known[conversation.id] = conversation
        await self.open(conversation.id)

    async def aclose(self) -> None:
        """Stop every reply and wait until everything is saved. Called at the end of the program."""
        for session in tuple(self._sessions.values()):
            session.stop()
            await session.wait()
        for autosaver in self._autosavers.values():
            if autosaver.empty:
                self._writes.spawn(reporting(autosaver.discard(), self.on_failed.emit), "forget an empty conversation")
            else:
                autosaver.end()
                autosaver.flush()
        await self._writes.drain()

    def conversation_changed(self, conversation: Conversation) -> None:
        """Notify only if a listed field changed; this is called for every keystroke of a draft."""
        shown = (conversation.title, conversation.model, conversation.tokens, conversation.pinned, conversation.updated)
        if self._rows.get(conversation.id) != shown:
            self._rows[conversation.id] = shown
            self.on_change.emit()

    def _show(self, session: ChatSession) -> bool:
        """Make a session the current one. Returns False if an observer of `on_open` failed."""
        left, self.current = self.current, session
        self._wanted = session.id
        self._news.discard(session.id)
        if left is not None and left is not session:
            self._leave(left)
        shown = self.on_open.emit(session)
        self.on_change.emit()
        return shown

    def _leave(self, session: ChatSession) -> None:
        """Remove a conversation that is empty, including what was saved of it before it became empty."""
        autosaver = self._autosavers.get(session.id)
        if autosaver is not None and autosaver.empty and not self.awaits(session.id):
            self._drop(session.id)
            self._writes.spawn(reporting(self._discard(autosaver), self.on_failed.emit), "forget an empty conversation")

    async def _discard(self, autosaver: ConversationAutosaver) -> None:
        # An undone deletion of its messages restores it, which has to come after this.
        async with self._store_lock:
            await autosaver.discard()

    def _drop(self, conversation_id: str) -> None:
        self._known.pop(conversation_id, None)
        self._rows.pop(conversation_id, None)
        self._sessions.pop(conversation_id, None)
        autosaver = self._autosavers.pop(conversation_id, None)
        if autosaver is not None:
            autosaver.end()

    def _make(self, conversation: Conversation, tree: MessageTree, *, kept: bool = False) -> ChatSession:
        session = ChatSession(
            conversation,
            tree,
            connection=self._connection,
            toolbox=self._toolbox,
            approvals=self._approvals,
            tasks=self._tasks,
            now=self._now,
        )
        session.default_tools = lambda: self.default_tools()
        self._sessions[conversation.id] = session
        autosaver = ConversationAutosaver(session, self._store, self._writes, self.on_failed.emit, kept=kept)
        self._autosavers[conversation.id] = autosaver
        for observer in (autosaver, self, ActivityObserver(session, self._note_activity)):
            session.subscribe(observer)
        self.on_created.emit(session)
        return session

    def _change(self, conversation_id: str, **changes: object) -> None:
        session = self._sessions.get(conversation_id)
        if session is None:
            changed = self._known[conversation_id] = msgspec.structs.replace(self._known[conversation_id], **changes)
            self._writes.spawn(reporting(self._store.keep(changed), self.on_failed.emit), "keep conversation")
            self.on_change.emit()
        else:
            session.configure(**changes)

    def _listed(self, conversation_id: str) -> bool:
        if conversation_id in self._being_deleted:
            return False
        session = self._sessions.get(conversation_id)
        if session is None:
            return True
        return session is self.current or bool(len(session.tree)) or session.conversation.has_typed
