"""The making of one answer of a column: sent, streamed, saved while it grows, and ended in its own way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Literal

from app.core.accumulator import Accumulator
from app.core.errors import Code, WorkbenchError
from app.core.events import ChatEvent
from app.core.messages import Message, Reply, ToolCall
from app.core.profiles import Profile
from app.core.requests import ChatRequest
from app.services.chat.approval import Approvals
from app.services.chat.message_changes import with_failure
from app.services.chat.session_observer import SessionEvents, SessionObserver
from app.services.chat.turn import Turn
from app.services.connection import Connection
from app.services.ports import ConversationStore, GrowingMessage
from app.services.tools.tool import Toolbox

AnswerState = Literal["waiting", "running", "done", "failed", "stopped", "unsent", "lost"]
"""`waiting` for room to be sent; `unsent` was never sent; `lost`: the program ended while it was made."""


class AnswerRun:
    """One answer of a run of this session.

    Attributes:
        message: the answer; while it is made, without the streaming step.
        error: why it failed.
        expected: tokens of the prompt, estimated.
        stopped_by: the error that ended it, where it was not the user who stopped it.
    """

    def __init__(
        self, conversation_id: str, message: Message, request: ChatRequest, profile: Profile, expected: int
    ) -> None:
        self.message = message
        self.request = request
        self.profile = profile
        self.expected = expected
        self.state: AnswerState = "waiting"
        self.error: WorkbenchError | None = None
        self.stopped_by: WorkbenchError | None = None
        self.task: asyncio.Task[None] | None = None
        self.conversation_id = conversation_id
        self._events = SessionEvents()
        self._turn: Turn | None = None
        self._stream: GrowingMessage | None = None

    @property
    def id(self) -> str:
        return self.message.id

    @property
    def is_active(self) -> bool:
        """Whether it is being made, or waits for that."""
        return self.state in ("waiting", "running")

    @property
    def step(self) -> Accumulator | None:
        """The streaming step; None between steps."""
        return self._turn.step if self._turn is not None else None

    def snapshot(self) -> Message:
        """The answer as far as it has arrived."""
        return self._turn.snapshot() if self._turn is not None else self.message

    def subscribe(self, observer: SessionObserver) -> Callable[[], None]:
        """Pass the events of this answer to `observer`; return a function that ends this."""
        return self._events.subscribe(observer)

    def stop(self, because: WorkbenchError | None = None) -> None:
        """Stop it; what has arrived is kept. One that was not sent yet is not sent."""
        if self.is_active and self.task is not None:
            self.stopped_by = self.stopped_by or because
            self.task.cancel()

    async def run(
        self, connection: Connection, toolbox: Toolbox, approvals: Approvals, store: ConversationStore,
        failed: Callable[[WorkbenchError], object],
    ) -> None:  # fmt: skip
        """Make the answer and save it. Cancelling stops it; it then ends normally with what has arrived.

        Raises StorageError, and sends nothing, if it can't be saved beforehand.
        """
        try:
            await store.keep_messages(self.conversation_id, (self.message,), show=False, begun=True)
        except asyncio.CancelledError:
            await store.forget_messages((self.id,))
            raise
        self._stream = store.stream(self.conversation_id, failed)
        turn = self._turn = Turn(
            self.message, self.request, connection=connection, toolbox=toolbox, approvals=approvals, observer=self
        )
        try:
            await turn.run()
            self.state = "done"
        except asyncio.CancelledError:
            self.state, self.error = "stopped", self.stopped_by
        except WorkbenchError as error:
            self.state, self.error = "failed", error
        except Exception as error:
            self.state = "failed"
            self.error = WorkbenchError(Code.UNEXPECTED, kind=type(error).__name__, message=str(error))
            raise
        finally:
            self.message = with_failure(turn.message, self.error)
            self._turn = None
            await self._stream.end(self.message)

    def emit_end(self) -> None:
        """Tell the observers that it has ended."""
        error = self.error
        if error is None:
            self._events.emit(lambda observer: observer.message_ended(self.message))
        else:
            self._events.emit(lambda observer: observer.message_failed(self.message, error))

    # -- what the turn reports

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        assert self._stream is not None
        self._stream.event(step, event, at)
        self._stream.changed(self.snapshot)
        self._events.arrived(message_id, step, event, at)

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        assert self._stream is not None
        self._stream.changed(self.snapshot)
        self._events.tool_changed(message_id, call)

    def step_ended(self, message_id: str, reply: Reply) -> None:
        self._events.step_ended(message_id, reply)

    def thinking_left_out(self, message_id: str) -> None:
        self._events.thinking_left_out(message_id)
