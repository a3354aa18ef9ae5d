"""Saves a conversation as it changes. Finished messages are never lost; at most one second of a streaming one is."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from app.core.conversation import Conversation
from app.core.errors import WorkbenchError
from app.core.events import ChatEvent
from app.core.messages import Message, ToolCall
from app.services.chat.session import ChatSession
from app.services.chat.session_observer import SessionObserver
from app.services.ports import ConversationStore, GrowingMessage
from app.services.tasks import TaskSet

DRAFT_SECONDS = 0.4
"""Delay before a draft and other small changes are saved."""
RETRY_DELAY_SECONDS = 5.0
"""Delay before a failed write is retried, unless another change triggers it earlier."""

Write = Callable[[], Coroutine[Any, Any, None]]


class ConversationAutosaver(SessionObserver):
    """Saves one session in order, so that no message is saved before its parent.

    A failed write stays at the head of the queue and is retried until it succeeds.

    Attributes:
        failed: called when a write fails, but not for repeated failures.
        kept: whether the store has the conversation.
        trouble: why the conversation is not completely saved, or None.
    """

    def __init__(
        self,
        session: ChatSession,
        store: ConversationStore,
        tasks: TaskSet,
        failed: Callable[[WorkbenchError], object],
        *,
        kept: bool,
    ) -> None:
        self._session = session
        self._store = store
        self._tasks = tasks
        self.failed = failed
        self.kept = kept
        self.trouble: WorkbenchError | None = None
        self._written: Conversation | None = session.conversation if kept else None
        self._line: deque[Write] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._streams: dict[str, GrowingMessage] = {}
        self._begun: set[str] = set()
        self._later: asyncio.TimerHandle | None = None
        self._over = False

    @property
    def worth_keeping(self) -> bool:
        """Whether it needs saving: an empty conversation that was never saved does not."""
        return self.kept or not self.empty

    @property
    def empty(self) -> bool:
        return not len(self._session.tree) and not self._session.conversation.has_typed

    def conversation_changed(self, conversation: Conversation) -> None:
        if self._over:
            return  # It was left or deleted; its present state is that of another session, or none.
        if self.worth_keeping and conversation != self._written and self._later is None:
            self._flush_in(DRAFT_SECONDS)

    def flush(self) -> None:
        """Write pending changes now, including failed writes."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self.worth_keeping and self._session.conversation != self._written:
            self._put_conversation()
        elif self._line:
            self._work()

    async def settle(self) -> None:
        """Wait until all is written, or can't be for now."""
        self.flush()
        if self._writing is not None:
            await asyncio.wait([self._writing])

    async def discard(self) -> None:
        """Soft-delete what was saved of the conversation, in its last state. Raises StorageError."""
        self.end()
        self._line.clear()
        if self._writing is not None:
            await asyncio.wait([self._writing])
        if self.kept:
            await self._keep_conversation()
            await self._store.delete(self._session.id)

    def end(self) -> None:
        """Stop saving automatically."""
        self._over = True
        if self._later is not None:
            self._later.cancel()
            self._later = None

    def branch_changed(self) -> None:
        """Save the conversation, and a new user message of the branch."""
        branch = self._session.branch
        if branch:
            if branch[-1].role != "assistant":
                self._put_message(branch[-1])
            self._put_conversation()

    def message_added(self, message: Message) -> None:
        if message.role == "assistant":
            self._stream(message.id)
        else:
            self._put_message(message)
        self._put_conversation()

    def message_changed(self, message: Message) -> None:
        self._put_message(message)

    def message_removed(self, message_id: str) -> None:
        self._put(lambda: self._store.forget_messages((message_id,)))

    def messages_deleted(self, message_ids: Sequence[str]) -> None:
        self._put(lambda: self._store.delete_messages(message_ids))
        self._put_conversation()

    def messages_restored(self, messages: Sequence[Message]) -> None:
        self._put(lambda: self._store.restore_messages(self._session.id, messages))
        self._put_conversation()

    def message_continued(self, message: Message) -> None:
        """Save a copy that is continued, before what arrives for it; a message that is saved already stays."""
        self._stream(message.id)
        self._put_conversation()

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        stream = self._stream(message_id)
        stream.event(step, event, at)
        if message_id in self._begun:
            stream.changed(self._session.streaming_message)

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        stream = self._stream(message_id)
        if message_id in self._begun:
            stream.changed(self._session.streaming_message)

    def message_ended(self, message: Message) -> None:
        stream = self._stream(message.id)
        del self._streams[message.id]
        self._begun.discard(message.id)
        self._put(lambda: stream.end(message))

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        self.message_ended(message)

    def _stream(self, message_id: str) -> GrowingMessage:
        """Return the writer of a streaming or continued message. It starts writing after the queued writes."""
        if message_id not in self._streams:
            self._streams[message_id] = self._store.stream(self._session.id, self._tell)
            self._put(lambda: self._keep_begun(message_id))
        return self._streams[message_id]

    async def _keep_conversation(self) -> None:
        conversation = self._session.conversation
        if conversation != self._written:
            await self._store.keep(conversation)
            self._written, self.kept = conversation, True

    async def _keep_begun(self, message_id: str) -> None:
        """Save a streaming message as far as it has arrived; a finished one is saved later in the queue."""
        if message_id in self._streams and self._session.running:
            message = self._session.streaming_message()
            await self._store.keep_messages(self._session.id, (message,), show=False, begun=True)
            self._begun.add(message_id)

    def _put_message(self, message: Message) -> None:
        # The visible branch is saved with the conversation.
        self._put(lambda: self._store.keep_messages(self._session.id, (message,), show=False))

    def _put_conversation(self) -> None:
        if self._keep_conversation in self._line:
            self._work()
        else:
            self._put(self._keep_conversation)

    def _put(self, write: Write) -> None:
        self._line.append(write)
        self._work()

    def _work(self) -> None:
        if self._writing is None:
            self._writing = self._tasks.spawn(self._work_off(), "keep conversation")

    async def _work_off(self) -> None:
        try:
            while self._line:
                write = self._line.popleft()
                try:
                    if self._written is None:
                        await self._keep_conversation()
                    await write()
                except WorkbenchError as error:
                    self._line.appendleft(write)
                    self._stumble(error)
                    return
                except BaseException:
                    # A bug, or cancellation: the task reports it, and the write stays in the queue.
                    self._line.appendleft(write)
                    raise
            self.trouble = None
        finally:
            self._writing = None

    def _stumble(self, error: WorkbenchError) -> None:
        # Retry with the conversation first: a missing conversation may be the cause.
        self._written = None
        if self._later is None and not self._over:
            self._flush_in(RETRY_DELAY_SECONDS)
        self._tell(error)

    def _tell(self, error: WorkbenchError) -> None:
        """Report an error unless the previous one had the same code."""
        known, self.trouble = self.trouble, error
        if known is None or known.code is not error.code:
            self.failed(error)

    def _flush_in(self, seconds: float) -> None:
        self._later = asyncio.get_running_loop().call_later(seconds, self.flush)
