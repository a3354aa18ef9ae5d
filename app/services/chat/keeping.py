"""Keeps a conversation as it happens: nothing that was finished is lost, and of what streams at most a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from app.core.conversation import Conversation
from app.core.errors import WorkbenchError
from app.core.events import ChatEvent
from app.core.messages import Message, ToolCall
from app.services.chat.session import ChatSession, SessionObserver
from app.services.ports import ConversationStore, GrowingMessage
from app.services.tasks import TaskSet

DRAFT_SECONDS = 0.4
"""A draft and other small changes are written when nothing more came for this long."""


class KeptConversation(SessionObserver):
    """Writes one session down. Writes start in the order of their making, and the store keeps that order.

    Attributes:
        failed: told of everything that could not be kept.
    """

    def __init__(
        self, session: ChatSession, store: ConversationStore, tasks: TaskSet, failed: Callable[[WorkbenchError], None]
    ) -> None:
        self._session = session
        self._store = store
        self._tasks = tasks
        self.failed = failed
        self._kept: Conversation | None = session.conversation if len(session.tree) else None
        self._streams: dict[str, GrowingMessage] = {}
        self._later: asyncio.TimerHandle | None = None

    def conversation_changed(self, conversation: Conversation) -> None:
        if self._worth_keeping and conversation != self._kept and self._later is None:
            self._later = asyncio.get_running_loop().call_later(DRAFT_SECONDS, self.flush)

    @property
    def _worth_keeping(self) -> bool:
        """An empty conversation leaves no trace."""
        return self._kept is not None or bool(len(self._session.tree)) or bool(self._session.conversation.draft)

    def flush(self) -> None:
        """Write what changed now."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._worth_keeping and self._session.conversation != self._kept:
            self._keep_conversation()

    def _keep_conversation(self) -> None:
        self._kept = self._session.conversation
        self._write(self._store.keep(self._kept), "keep conversation")

    def branch_changed(self) -> None:
        """A branch was switched to, or a message was edited: what is new in the tree is kept with it."""
        branch = self._session.branch
        if branch:
            self._keep_conversation()
            last = branch[-1]
            if last.role != "assistant":
                self._write(self._store.keep_messages(self._session.id, (last,)), "keep message")

    def message_added(self, message: Message) -> None:
        if self._kept is None:
            self._keep_conversation()
        begun = message.role == "assistant"
        self._write(self._store.keep_messages(self._session.id, (message,), begun=begun), "keep message")
        if begun:
            self._streams[message.id] = self._store.stream(self._session.id, self.failed)

    def message_removed(self, message_id: str) -> None:
        self._write(self._store.forget_messages((message_id,)), "forget message")

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        stream = self._stream(message_id)
        stream.event(step, event, at)
        stream.changed(self._session.growing)

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        self._stream(message_id).changed(self._session.growing)

    def message_ended(self, message: Message) -> None:
        self._end(message)

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        self._end(message)

    def _stream(self, message_id: str) -> GrowingMessage:
        """Of a message that goes on after a stop there is no stream yet."""
        if message_id not in self._streams:
            self._streams[message_id] = self._store.stream(self._session.id, self.failed)
        return self._streams[message_id]

    def _end(self, message: Message) -> None:
        stream = self._streams.pop(message.id, None) or self._store.stream(self._session.id, self.failed)
        self._write(stream.end(message), "keep answer")

    def _write(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.spawn(self._told(work), name)

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except WorkbenchError as error:
            self.failed(error)
