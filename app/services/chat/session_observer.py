"""The events of an open conversation, and who receives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.conversation import Conversation
from app.core.errors import WorkbenchError
from app.core.events import ChatEvent
from app.core.messages import Message, Reply, ToolCall
from app.core.observers import Event


class SessionObserver:
    """Receives the events of a conversation, on the loop and in order. Subclasses override what they need."""

    def conversation_changed(self, conversation: Conversation) -> None:
        """Title, model, parameters, draft or the visible branch changed."""

    def branch_changed(self) -> None:
        """Another branch became visible."""

    def message_added(self, message: Message) -> None:
        """A message was appended to the visible branch; an assistant message will stream."""

    def message_changed(self, message: Message) -> None:
        """The words of a spoken message are known."""

    def message_removed(self, message_id: str) -> None:
        """An empty message was removed permanently."""

    def message_continued(self, message: Message) -> None:
        """An answer that was cut off goes on; what arrives is appended to it."""

    def messages_deleted(self, message_ids: Sequence[str]) -> None:
        """A message and all that followed it were deleted; `messages_restored` follows if that is undone."""

    def messages_restored(self, messages: Sequence[Message]) -> None:
        """Deleted messages are back."""

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        """An event of a reply arrived `at` seconds after the step's request was sent."""

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        """A tool call is complete or changed its state."""

    def step_ended(self, message_id: str, reply: Reply) -> None:
        """One exchange ended, successfully or not."""

    def thinking_left_out(self, message_id: str) -> None:
        """The service requires earlier thinking that is not saved; the request is repeated without thinking."""

    def message_ended(self, message: Message) -> None:
        """An assistant message is complete."""

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        """An assistant message failed; it contains what arrived."""

    def running_changed(self, running: bool) -> None:
        """A reply started or ended."""


class SessionEvents:
    """Tells every observer of a session what happens, in order; the events of a turn come here directly."""

    def __init__(self) -> None:
        self._event: Event[Callable[[SessionObserver], object]] = Event()

    def subscribe(self, observer: SessionObserver) -> Callable[[], None]:
        """Tell `observer`, too; return a function that ends this."""
        return self._event.subscribe(lambda notify: notify(observer))

    def emit(self, notify: Callable[[SessionObserver], object]) -> None:
        """Call `notify` with each observer."""
        self._event.emit(notify)

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        self.emit(lambda observer: observer.arrived(message_id, step, event, at))

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        self.emit(lambda observer: observer.tool_changed(message_id, call))

    def step_ended(self, message_id: str, reply: Reply) -> None:
        self.emit(lambda observer: observer.step_ended(message_id, reply))

    def thinking_left_out(self, message_id: str) -> None:
        self.emit(lambda observer: observer.thinking_left_out(message_id))
