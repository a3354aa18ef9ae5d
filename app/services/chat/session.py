"""One open conversation: sending, the running reply and the visible branch."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import msgspec

from app.core.accumulator import Accumulator
from app.core.conversation import Conversation, CutBranch, MessageTree, title_from
from app.core.errors import Code, WorkbenchError
from app.core.messages import Media, Message, Spoken, Text, ToolCall, ToolCallRef, new_id, user_message
from app.core.requests import ChatRequest
from app.services.chat import message_changes as changes
from app.services.chat.approval import Approvals, Decision
from app.services.chat.request_building import build_request, left_out_parts
from app.services.chat.session_observer import SessionEvents
from app.services.chat.session_observer import SessionObserver as SessionObserver
from app.services.chat.turn import Turn
from app.services.connection import Connection
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox

NO_CHANGES: Mapping[str, object] = MappingProxyType({})


class ChatSession:
    """One conversation with at most one running reply, which continues when the conversation is not shown.

    Attributes:
        conversation: its current metadata; replaced by the methods here.
        tree: all its messages.
        default_tools: returns the names of the tools of a conversation that has no choice of its own.
    """

    def __init__(
        self, conversation: Conversation, tree: MessageTree, *, connection: Connection, toolbox: Toolbox,
        approvals: Approvals, tasks: TaskSet, now: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.conversation = conversation
        self.tree = tree
        self.default_tools: Callable[[], Sequence[str]] = tuple
        self._events = SessionEvents()
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
        return self._events.subscribe(observer)

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def tools(self) -> tuple[str, ...]:
        """Names of the tools that the model may call."""
        chosen = self.conversation.tools
        return tuple(self.default_tools()) if chosen is None else chosen

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
        messages, turn = self.tree.branch(self.conversation.leaf), self._turn
        if turn is None:
            return messages
        return tuple(turn.snapshot() if message.id == turn.message.id else message for message in messages)

    @property
    def streaming_message(self) -> Callable[[], Message]:
        """A function returning the streaming message as far as it has arrived. Raises RuntimeError if no reply runs."""
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
        return changes.call_ids_of(messages) | ({self.step.call_id} - {""} if self.step is not None else set())

    def error_of(self, message_id: str) -> WorkbenchError | None:
        """Return why an assistant message failed, in this run or an earlier one."""
        stored = changes.error_in(self.tree[message_id]) if message_id in self.tree else None
        return self._error.get(message_id) or stored

    def configure(self, **fields: object) -> None:
        """Change fields of the conversation (title, model, system, sampling, draft, pinned)."""
        changed = msgspec.structs.replace(self.conversation, **fields)
        if changed != self.conversation:
            self.conversation = changed
            self._notify_changed()

    def send(
        self, text: str, media: tuple[Media, ...] = (), spoken: Spoken | None = None, **parameters: object
    ) -> bool:
        """Append a user message and start the reply, with `parameters` as in `regenerate`. False unless `can_start`.

        What was `spoken` leaves the draft alone.
        """
        if not self.can_start:
            return False
        leaf = self.conversation.leaf
        message = user_message(text, parent=leaf, created=self._now(), media=media, spoken=spoken)
        if spoken is None:
            self.conversation = msgspec.structs.replace(self.conversation, draft="", attachments=())
        self._append_user_message(message, parameters)
        return True

    def set_words(self, message_id: str, text: str, spoken: Spoken) -> None:
        """Put the words in place of the recording that a message asked with."""
        if message_id in self.tree:
            message = msgspec.structs.replace(self.tree[message_id], parts=(Text(text),), spoken=spoken)
            self.tree.add(message)
            self._events.emit(lambda observer: observer.message_changed(message))
            self.configure(title=self.conversation.title or title_from(text))

    def edit(self, message_id: str, text: str, media: tuple[Media, ...] | None = None) -> bool:
        """Add an edited sibling of a user message and start a new answer. The old branch stays, and so does the draft.

        `media` replaces the attachments; None keeps them, and what of them is left out.

        False, and nothing changes, unless `can_start`; so do `regenerate`, `retry` and `replay`.
        """
        if not self.can_start:
            return False
        old = self.tree[message_id]
        kept = tuple(part for part in old.parts if isinstance(part, Media)) if media is None else media
        message = user_message(text, parent=old.parent, created=self._now(), media=kept)
        left_out = self.conversation.left_out + left_out_parts(self.conversation, old, message)
        self.conversation = msgspec.structs.replace(self.conversation, left_out=left_out)
        self._set_leaf(old.parent)
        self._append_user_message(message)
        return True

    def regenerate(self, message_id: str, **parameters: object) -> bool:
        """Start another version of an assistant message.

        `parameters` are fields of the conversation, such as model and sampling, that hold for this answer only.
        """
        if not self.can_start:
            return False
        parent = self.tree[message_id].parent
        self._set_leaf(parent)
        self._notify_branch()
        self._answer(parent, lambda message: self._request(message, parameters))
        return True

    def retry(self, message_id: str, adapt: Callable[[ChatRequest], ChatRequest] | None = None) -> bool:
        """Answer again. An empty failed answer is replaced, any other stays as a version.

        `adapt` changes the request, for this answer only.
        """
        if not self.can_start or message_id not in self.tree:
            return False
        message = self.tree[message_id]
        self._error.pop(message_id, None)
        if not message.parts and not self.tree.has_children(message_id):
            self.tree.remove(message_id)
            self._events.emit(lambda observer: observer.message_removed(message_id))
        self._set_leaf(message.parent)
        self._notify_branch()
        self._answer(message.parent, None if adapt is None else lambda answer: adapt(self._request(answer)))
        return True

    def continue_answer(self, message_id: str, **parameters: object) -> bool:
        """Continue an answer that was cut off: what arrives is appended to it.

        Where other messages follow it, a copy of it is continued as another version. `parameters` are as in
        `regenerate`. False, and nothing changes, unless `can_start` and `Message.can_continue`.
        """
        if not self.can_start or message_id not in self.tree or not self.tree[message_id].can_continue:
            return False
        message = self.tree[message_id]
        if self.tree.has_children(message_id):
            message = msgspec.structs.replace(message, id=new_id(), created=self._now())
            self.tree.add(message)
        self._error.pop(message_id, None)
        self._set_leaf(message.id)
        self._run(message, self._request(message, parameters))
        self._events.emit(lambda observer: observer.message_continued(message))
        self._notify_changed()
        return True

    def delete(self, message_id: str) -> CutBranch | None:
        """Delete a message and all that follows it, on every branch; `restore` undoes it.

        A version beside it becomes visible, else what comes before it. None, and nothing changes, while a reply runs.
        """
        if self.running or message_id not in self.tree:
            return None
        visible = self.conversation.leaf
        branch, cut = self.tree.branch(visible), self.tree.cut(message_id)
        if cut.root in branch:
            beside = self.tree.children(cut.root.parent)[: max(1, cut.position)]
            leaf = self.tree.last_viewed_leaf(beside[-1]) if beside else cut.root.parent
            self.conversation = msgspec.structs.replace(self.conversation, leaf=leaf, updated=self._now())
        self._events.emit(lambda observer: observer.messages_deleted(cut.ids))
        self._notify_branch()
        self._notify_changed()
        return msgspec.structs.replace(cut, leaf=visible)

    def restore(self, cut: CutBranch) -> None:
        """Undo `delete`: the messages are back at their place, and visible as they were unless a reply runs."""
        self.tree.paste(cut)
        self._events.emit(lambda observer: observer.messages_restored(cut.messages))
        if not self.running:
            self.show_branch(cut.leaf or cut.messages[-1].id)

    def show_branch(self, leaf: str) -> bool:
        """Make the branch that ends with `leaf` visible. False, and nothing changes, while a reply runs."""
        if self.running or leaf not in self.tree:
            return False
        self._set_leaf(leaf)
        self._notify_branch()
        self._notify_changed()
        return True

    def accept_end(self, message_id: str) -> None:
        """Let an answer that was interrupted to ask whether to go on end where it is, for good."""
        self._error.pop(message_id, None)
        if message_id in self.tree:
            ended = changes.without_failure(self.tree[message_id])
            self.tree.add(ended)
            self._events.emit(lambda observer: observer.message_ended(ended))

    def replay(self, place: ToolCallRef, arguments: str, result: str | None) -> bool:
        """Continue from an edited tool call: add a sibling whose steps end with that call.

        With `result` None the tool runs again, after approval where that is asked for; any other result is the user's
        own answer. Calls of the same step that never got a result run too.
        """
        if not self.can_start:
            return False
        old = self.tree[place.message]
        message = changes.with_replayed_call(old, place, arguments, result, created=self._now())
        self._show_version(message)
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
        message = changes.up_to_step(old, step, created=self._now())
        self._show_version(message)
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
            self.show_branch(self.tree.last_viewed_leaf(versions[index]))
        return True

    def stop(self) -> None:
        """Stop the running reply and its tools; what arrived is kept."""
        if self._running is not None:
            self._running.cancel()

    def decide(self, place: ToolCallRef, decision: Decision, reason: str = "", arguments: str | None = None) -> None:
        """Decide a waiting call, as `Approvals.decide`."""
        self._approvals.decide(place, decision, reason, arguments)

    def allow_all(self) -> int:
        """Allow every waiting call of the running reply once; return their number."""
        return self._approvals.allow_all(self._turn.message.id) if self._turn is not None else 0

    def answer_call(self, place: ToolCallRef, text: str) -> None:
        self._approvals.answer(place, text)

    async def wait(self) -> None:
        """Wait until no reply runs."""
        while self._running is not None:
            await asyncio.wait([self._running])

    def _append_user_message(self, message: Message, parameters: Mapping[str, object] = NO_CHANGES) -> None:
        self.tree.add(message)
        title = self.conversation.title or title_from(message.text) or title_from(changes.attachment_name(message))
        self.conversation = msgspec.structs.replace(self.conversation, leaf=message.id, title=title)
        self._notify_branch() if self.tree.version(message.id)[1] > 1 else self._notify_added(message)
        self._answer(message.id, lambda answer: self._request(answer, parameters))

    def _answer(self, parent: str | None, make_request: Callable[[Message], ChatRequest] | None = None) -> None:
        message = Message(new_id(), "assistant", (), parent, created=self._now())
        self.tree.add(message)
        self._set_leaf(message.id)
        self._notify_added(message)
        self._run(message, (make_request or self._request)(message))

    def _show_version(self, message: Message) -> None:
        """Add another version of a message and show it."""
        self._set_leaf(message.parent)
        self.tree.add(message)
        self._set_leaf(message.id)
        self._notify_branch()

    def _set_leaf(self, leaf: str | None) -> None:
        self.tree.remember_leaf(self.conversation.leaf)
        self.conversation = msgspec.structs.replace(self.conversation, leaf=leaf, updated=self._now())

    def _request(self, message: Message, parameters: Mapping[str, object] = NO_CHANGES) -> ChatRequest:
        """The request for an answer, with the conversation's present parameters or others in their place."""
        conversation = msgspec.structs.replace(self.conversation, **parameters)
        earlier = self.tree.branch(message.parent)
        today = date.fromtimestamp(self._now())
        tools = self._toolbox.specs(self.tools)
        return build_request(conversation, earlier, tools, today, self._connection.profile)

    def _run(self, message: Message, request: ChatRequest | None = None) -> None:
        self._counted = changes.tokens_of(message)
        self._turn = Turn(
            message,
            self._request(message) if request is None else request,
            connection=self._connection,
            toolbox=self._toolbox,
            approvals=self._approvals,
            observer=self._events,
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
            kind, text = type(error).__name__, str(error)
            self._error[turn.message.id] = WorkbenchError(Code.UNEXPECTED, kind=kind, message=text)
            raise
        finally:
            turn.message = changes.with_failure(turn.message, self._error.get(turn.message.id))
            self.tree.add(turn.message)

    def _ended(self, task: asyncio.Task[None]) -> None:
        turn, self._turn, self._running = self._turn, None, None
        assert turn is not None
        tokens = self.conversation.tokens + changes.tokens_of(turn.message) - self._counted
        self.conversation = msgspec.structs.replace(self.conversation, tokens=tokens)
        error = self._error.get(turn.message.id)
        if error is None:
            self._events.emit(lambda observer: observer.message_ended(turn.message))
        else:
            self._events.emit(lambda observer: observer.message_failed(turn.message, error))
        self._events.emit(lambda observer: observer.running_changed(False))
        self._notify_changed()

    def _notify_changed(self) -> None:
        self._events.emit(lambda observer: observer.conversation_changed(self.conversation))

    def _notify_branch(self) -> None:
        self._events.emit(lambda observer: observer.branch_changed())

    def _notify_added(self, message: Message) -> None:
        self._events.emit(lambda observer: observer.message_added(message))
        self._notify_changed()
