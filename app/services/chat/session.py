"""One open conversation: sending, the running reply and the visible branch."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import date

import msgspec

from app.core.accumulator import Accumulator
from app.core.catalogue import catalogue
from app.core.conversation import Conversation, MessageTree, title_from
from app.core.errors import Code, WorkbenchError
from app.core.events import ChatEvent
from app.core.messages import Failure, Media, Message, Reply, ToolCall, ToolCallRef, new_id, user_message
from app.core.observers import Event
from app.core.prompts import fill_placeholders
from app.core.requests import ChatRequest, WebSearch
from app.services.chat.approval import Approvals, Decision
from app.services.chat.turn import Turn
from app.services.connection import Connection
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox


class SessionObserver:
    """Receives the events of a conversation, on the loop and in order. Subclasses override what they need."""

    def conversation_changed(self, conversation: Conversation) -> None:
        """Title, model, parameters, draft or the visible branch changed."""

    def branch_changed(self) -> None:
        """Another branch became visible."""

    def message_added(self, message: Message) -> None:
        """A message was appended to the visible branch; an assistant message will stream."""

    def message_removed(self, message_id: str) -> None:
        """An empty message was removed permanently."""

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


class ChatSession:
    """One conversation with at most one running reply, which continues when the conversation is not shown.

    Attributes:
        conversation: its current metadata; replaced by the methods here.
        tree: all its messages.
        web_search: options of the platform's search plugin, or None if it is off.
        tools: names of the enabled tools.
    """

    def __init__(
        self,
        conversation: Conversation,
        tree: MessageTree,
        *,
        connection: Connection,
        toolbox: Toolbox,
        approvals: Approvals,
        tasks: TaskSet,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.conversation = conversation
        self.tree = tree
        self.web_search: WebSearch | None = None
        self.tools: tuple[str, ...] = ()
        self._events: Event[Callable[[SessionObserver], object]] = Event()
        self._connection = connection
        self._toolbox = toolbox
        self._approvals = approvals
        self._tasks = tasks
        self._now = now
        self._turn: Turn | None = None
        self._counted = 0
        self._running: asyncio.Task[None] | None = None
        self._error: dict[str, WorkbenchError] = {}

    def subscribe(self, observer: SessionObserver) -> Callable[[], None]:
        """Pass the events of this conversation to `observer`; return a function that ends this."""
        return self._events.subscribe(lambda tell: tell(observer))

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def running(self) -> bool:
        return self._running is not None

    @property
    def is_waiting(self) -> bool:
        """Whether a tool call of the running reply waits for approval."""
        parts = self._turn.message.parts if self._turn is not None else ()
        return any(isinstance(part, ToolCall) and part.state == "waiting" for part in parts)

    @property
    def can_start(self) -> bool:
        """Whether a reply can start: none runs, and the program is not ending."""
        return not self.running and not self._tasks.refusing

    @property
    def branch(self) -> tuple[Message, ...]:
        """The visible messages, oldest first, including what has arrived of a streaming one."""
        messages = self.tree.branch(self.conversation.leaf)
        turn = self._turn
        if turn is None:
            return messages
        return tuple(turn.snapshot() if message.id == turn.message.id else message for message in messages)

    @property
    def streaming_message(self) -> Callable[[], Message]:
        """A function returning the streaming message as far as it has arrived; still usable after it ended.

        Raises RuntimeError if no reply runs.
        """
        if self._turn is None:
            raise RuntimeError("no reply runs")
        return self._turn.snapshot

    @property
    def step(self) -> Accumulator | None:
        """The streaming step; None if no reply runs, and while tools run."""
        return self._turn.step if self._turn is not None else None

    def call_ids(self) -> frozenset[str]:
        """The ids of all recorded calls of this conversation, including a running one that has begun to answer."""
        messages = (*self.tree, self._turn.message) if self._turn is not None else tuple(self.tree)
        ids = {reply.call_id for message in messages for reply in message.replies}
        if self.step is not None:
            ids.add(self.step.call_id)
        return frozenset(ids - {""})

    def error_of(self, message_id: str) -> WorkbenchError | None:
        """Return why an assistant message failed, in this run or an earlier one."""
        error = self._error.get(message_id)
        if error is not None or message_id not in self.tree:
            return error
        replies = self.tree[message_id].replies
        failure = replies[-1].failure if replies else None
        return failure.error if failure is not None else None

    def configure(self, **changes: object) -> None:
        """Change fields of the conversation (title, model, system, sampling, draft, pinned)."""
        changed = msgspec.structs.replace(self.conversation, **changes)
        if changed != self.conversation:
            self.conversation = changed
            self._notify_changed()

    def send(self, text: str, media: tuple[Media, ...] = ()) -> bool:
        """Append a user message and start the reply. False, and nothing changes, unless `can_start`."""
        if not self.can_start:
            return False
        message = user_message(text, parent=self.conversation.leaf, created=self._now(), media=media)
        self._append_user_message(message)
        return True

    def edit(self, message_id: str, text: str) -> bool:
        """Add an edited sibling of a user message and start a new answer. The old branch stays.

        False, and nothing changes, unless `can_start`; so do `regenerate`, `retry`, `continue_after` and `replay`.
        """
        if not self.can_start:
            return False
        old = self.tree[message_id]
        media = tuple(part for part in old.parts if isinstance(part, Media))
        message = user_message(text, parent=old.parent, created=self._now(), media=media)
        self._set_leaf(old.parent)
        self._append_user_message(message)
        return True

    def regenerate(self, message_id: str) -> bool:
        """Start another version of an assistant message."""
        if not self.can_start:
            return False
        parent = self.tree[message_id].parent
        self._set_leaf(parent)
        self._notify_branch()
        self._answer(parent)
        return True

    def retry(self, message_id: str) -> bool:
        """Retry a failed answer. An empty one is replaced, any other stays as a version."""
        if not self.can_start or message_id not in self.tree:
            return False
        message = self.tree[message_id]
        self._error.pop(message_id, None)
        if not message.parts and not self.tree.has_children(message_id):
            self.tree.remove(message_id)
            self._events.emit(lambda observer: observer.message_removed(message_id))
        self._set_leaf(message.parent)
        self._notify_branch()
        self._answer(message.parent)
        return True

    def continue_after(self, message_id: str) -> bool:
        """Continue an answer that ended with answered tool calls (after a loop was detected)."""
        if not self.can_start or message_id not in self.tree:
            return False
        self._error.pop(message_id, None)
        self._run(self.tree[message_id])
        return True

    def replay(self, place: ToolCallRef, arguments: str, result: str | None) -> bool:
        """Continue from an edited tool call: add a sibling whose steps end with that call.

        With `result` None the tool runs again, after approval where that is asked for; any other result is the user's
        own answer. Calls of the same step that never got a result run too.
        """
        if not self.can_start:
            return False
        old, step = self.tree[place.message], place.step
        parts = tuple(
            _replayed(part, arguments, result)
            if isinstance(part, ToolCall) and (part.step, part.id) == (step, place.call)
            else _unanswered(part)
            if isinstance(part, ToolCall) and part.step == step and part.result is None
            else part
            for part in old.parts
            if getattr(part, "step", 0) <= step
        )
        message = Message(new_id(), "assistant", parts, old.parent, old.replies[: step + 1], self._now())
        self._set_leaf(old.parent)
        self.tree.add(message)
        self._set_leaf(message.id)
        self._notify_branch()
        self._run(message)
        return True

    def send_recorded(self, message_id: str, step: int, request: ChatRequest) -> bool:
        """Send the recorded request of a step of an assistant message again; the answer becomes another version.

        The new version keeps the steps before, which the request contains. False, and nothing changes, unless
        `can_start`.
        """
        if not self.can_start:
            return False
        old = self.tree[message_id]
        parts = tuple(part for part in old.parts if getattr(part, "step", 0) < step)
        message = Message(new_id(), "assistant", parts, old.parent, old.replies[:step], self._now())
        self._set_leaf(old.parent)
        self.tree.add(message)
        self._set_leaf(message.id)
        self._notify_branch()
        self._run(message, request)
        return True

    def switch(self, message_id: str, by: int) -> bool:
        """Show another version of a message, and below it the branch viewed last, or the newest.

        False, and nothing changes, while a reply runs.
        """
        if self.running:
            return False
        versions = self.tree.siblings(message_id)
        index = versions.index(message_id) + by
        if 0 <= index < len(versions):
            self._set_leaf(self.tree.last_viewed_leaf(versions[index]))
            self._notify_branch()
        return True

    def stop(self) -> None:
        """Stop the running reply and its tools; what arrived is kept."""
        if self._running is not None:
            self._running.cancel()

    def decide(self, place: ToolCallRef, decision: Decision) -> None:
        self._approvals.decide(place, decision)

    def answer_call(self, place: ToolCallRef, text: str) -> None:
        self._approvals.answer(place, text)

    async def wait(self) -> None:
        """Wait until no reply runs."""
        while self._running is not None:
            await asyncio.wait([self._running])

    def _append_user_message(self, message: Message) -> None:
        self.tree.add(message)
        first = not self.conversation.title and message.text
        title = title_from(message.text) if first else self.conversation.title
        self.conversation = msgspec.structs.replace(self.conversation, leaf=message.id, title=title, draft="")
        self._notify_branch() if self.tree.version(message.id)[1] > 1 else self._notify_added(message)
        self._answer(message.id)

    def _answer(self, parent: str | None) -> None:
        message = Message(new_id(), "assistant", (), parent, created=self._now())
        self.tree.add(message)
        self._set_leaf(message.id)
        self._notify_added(message)
        self._run(message)

    def _set_leaf(self, leaf: str | None) -> None:
        self.tree.remember_leaf(self.conversation.leaf)
        self.conversation = msgspec.structs.replace(self.conversation, leaf=leaf, updated=self._now())

    def _request(self, message: Message) -> ChatRequest:
        """The request for an answer, with the conversation's present parameters."""
        model = catalogue().model(self.conversation.model)
        return ChatRequest(
            self.conversation.model,
            tuple(earlier for earlier in self.tree.branch(message.parent) if earlier.parts),
            fill_placeholders(self.conversation.system, date.fromtimestamp(self._now())),
            self.conversation.sampling.sent(model.thinks(self.conversation.sampling.thinking)),
            self._toolbox.specs(self.tools),
            self.web_search,
        )

    def _run(self, message: Message, request: ChatRequest | None = None) -> None:
        self._counted = _tokens(message)
        self._turn = Turn(
            message,
            self._request(message) if request is None else request,
            connection=self._connection,
            toolbox=self._toolbox,
            approvals=self._approvals,
            observer=self,
        )
        self._running = self._tasks.spawn(self._reply(self._turn), f"reply in {self.id}")
        self._running.add_done_callback(self._ended)
        self._events.emit(lambda observer: observer.running_changed(True))

    async def _reply(self, turn: Turn) -> None:
        try:
            await turn.run()
        except WorkbenchError as error:
            self._error[turn.message.id] = error
        except Exception as error:
            self._error[turn.message.id] = WorkbenchError(
                Code.UNEXPECTED, kind=type(error).__name__, message=str(error)
            )
            raise
        finally:
            turn.message = _with_failure(turn.message, self._error.get(turn.message.id))
            self.tree.add(turn.message)

    def _ended(self, task: asyncio.Task[None]) -> None:
        turn, self._turn, self._running = self._turn, None, None
        assert turn is not None
        tokens = self.conversation.tokens + _tokens(turn.message) - self._counted
        self.conversation = msgspec.structs.replace(self.conversation, tokens=tokens)
        error = self._error.get(turn.message.id)
        if error is None:
            self._events.emit(lambda observer: observer.message_ended(turn.message))
        else:
            self._events.emit(lambda observer: observer.message_failed(turn.message, error))
        self._events.emit(lambda observer: observer.running_changed(False))
        self._notify_changed()

    # Events of the turn are forwarded to all observers.
    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        self._events.emit(lambda observer: observer.arrived(message_id, step, event, at))

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        self._events.emit(lambda observer: observer.tool_changed(message_id, call))

    def step_ended(self, message_id: str, reply: Reply) -> None:
        self._events.emit(lambda observer: observer.step_ended(message_id, reply))

    def thinking_left_out(self, message_id: str) -> None:
        self._events.emit(lambda observer: observer.thinking_left_out(message_id))

    def _notify_changed(self) -> None:
        self._events.emit(lambda observer: observer.conversation_changed(self.conversation))

    def _notify_branch(self) -> None:
        self._events.emit(lambda observer: observer.branch_changed())

    def _notify_added(self, message: Message) -> None:
        self._events.emit(lambda observer: observer.message_added(message))
        self._notify_changed()


def _replayed(call: ToolCall, arguments: str, result: str | None) -> ToolCall:
    """An edited call: answered by hand, or to be run again."""
    if result is None:
        return _unanswered(msgspec.structs.replace(call, arguments=arguments))
    return msgspec.structs.replace(call, arguments=arguments, result=result, state="done", seconds=None)


def _with_failure(message: Message, error: WorkbenchError | None) -> Message:
    """The message with the reason saved in its last reply, so that it is known after a restart."""
    if error is None or not message.replies:
        return message
    *earlier, last = message.replies
    # Without an answer, only the error knows the call.
    call_id = last.call_id or str(error.params.get("call_id", ""))
    last = msgspec.structs.replace(last, failure=Failure.of(error), call_id=call_id)
    return msgspec.structs.replace(message, replies=(*earlier, last))


def _unanswered(call: ToolCall) -> ToolCall:
    return msgspec.structs.replace(call, result=None, state="streaming", seconds=None)


def _tokens(message: Message) -> int:
    return message.usage.total if message.usage is not None else 0
