"""One conversation that is held: what is sent, what runs, which branch is seen."""

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
from app.core.messages import Media, Message, Reply, ToolCall, ToolCallRef, new_id, user_message
from app.core.prompts import fill_placeholders
from app.core.requests import ChatRequest, WebSearch
from app.services.chat.approval import Approvals, Decision
from app.services.chat.turn import Turn
from app.services.connection import Connection
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox


class SessionObserver:
    """Who draws, counts or keeps what happens in a conversation; called on the loop, in order.

    Subclasses override what concerns them.
    """

    def conversation_changed(self, conversation: Conversation) -> None:
        """Title, model, parameters, draft or the visible branch are different now."""

    def branch_changed(self) -> None:
        """The visible branch is another one: draw it anew."""

    def message_added(self, message: Message) -> None:
        """A message joined the end of the visible branch; an assistant message will stream."""

    def message_removed(self, message_id: str) -> None:
        """A message that never said anything is gone for good."""

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        """An event of a reply; `at` is seconds since the step's request was sent."""

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        """A whole tool call, or a new state of it."""

    def step_ended(self, message_id: str, reply: Reply) -> None:
        """One exchange is over, well or not."""

    def thinking_left_out(self, message_id: str) -> None:
        """The service refused thinking for what was said earlier: it is asked without."""

    def message_ended(self, message: Message) -> None:
        """An assistant message is as whole as it gets."""

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        """An assistant message broke off; what arrived is in it."""

    def running_changed(self, running: bool) -> None:
        """A reply began or ended."""


class ChatSession:
    """Holds one conversation. At most one reply runs in it; it goes on when nobody looks.

    Attributes:
        conversation: its present description; replaced through the methods here.
        tree: all its messages.
        web_search: how the platform's search plugin is offered, None for not at all.
        tools: names of the tools that are offered.
        observers: who is told.
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
        self.observers: list[SessionObserver] = []
        self._connection = connection
        self._toolbox = toolbox
        self._approvals = approvals
        self._tasks = tasks
        self._now = now
        self._turn: Turn | None = None
        self._counted = 0
        self._running: asyncio.Task[None] | None = None
        self._error: dict[str, WorkbenchError] = {}

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def running(self) -> bool:
        return self._running is not None

    @property
    def can_start(self) -> bool:
        """Whether a reply can start: none runs, and the program is not ending."""
        return not self.running and not self._tasks.refusing

    @property
    def branch(self) -> tuple[Message, ...]:
        """The visible messages, oldest first; a streaming one as far as it has come."""
        messages = self.tree.branch(self.conversation.leaf)
        turn = self._turn
        if turn is None:
            return messages
        return tuple(turn.snapshot() if message.id == turn.message.id else message for message in messages)

    @property
    def growing(self) -> Callable[[], Message]:
        """Gives the message that streams now, as far as it has come; still answers when that has ended.

        Raises RuntimeError when nothing runs.
        """
        if self._turn is None:
            raise RuntimeError("no reply runs")
        return self._turn.snapshot

    @property
    def step(self) -> Accumulator | None:
        """What streams now; None when nothing does, and while tools run."""
        return self._turn.step if self._turn is not None else None

    def error_of(self, message_id: str) -> WorkbenchError | None:
        """Why an assistant message of this run broke off."""
        return self._error.get(message_id)

    def configure(self, **changes: object) -> None:
        """Change fields of the conversation (title, model, system, sampling, draft, pinned)."""
        changed = msgspec.structs.replace(self.conversation, **changes)
        if changed != self.conversation:
            self.conversation = changed
            self._tell_changed()

    def send(self, text: str, media: tuple[Media, ...] = ()) -> bool:
        """Append a user message and start the reply. False, and nothing changes, unless `can_start`."""
        if not self.can_start:
            return False
        message = user_message(text, parent=self.conversation.leaf, created=self._now(), media=media)
        self._say(message)
        return True

    def edit(self, message_id: str, text: str) -> None:
        """Say it differently: a sibling of that user message, and a new answer. The old branch stays."""
        if not self.can_start:
            return
        old = self.tree[message_id]
        media = tuple(part for part in old.parts if isinstance(part, Media))
        message = user_message(text, parent=old.parent, created=self._now(), media=media)
        self._look_at(old.parent)
        self._say(message)

    def regenerate(self, message_id: str) -> None:
        """Answer again: a sibling of that assistant message."""
        if not self.can_start:
            return
        parent = self.tree[message_id].parent
        self._look_at(parent)
        self._tell_branch()
        self._answer(parent)

    def retry(self, message_id: str) -> None:
        """Try a broken answer again. One that never said anything is replaced, any other stays as a version."""
        if not self.can_start or message_id not in self.tree:
            return
        message = self.tree[message_id]
        self._error.pop(message_id, None)
        if not message.parts and not self.tree.has_children(message_id):
            self.tree.remove(message_id)
            for observer in tuple(self.observers):
                observer.message_removed(message_id)
        self._look_at(message.parent)
        self._tell_branch()
        self._answer(message.parent)

    def continue_after(self, message_id: str) -> None:
        """Let an answer go on that ended with tool calls already answered (after a loop was noticed)."""
        if not self.can_start or message_id not in self.tree:
            return
        self._error.pop(message_id, None)
        self._run(self.tree[message_id])

    def replay(self, place: ToolCallRef, arguments: str, result: str) -> None:
        """Go on from an edited tool call: a sibling whose steps end with that call and this result."""
        if not self.can_start:
            return
        old, step = self.tree[place.message], place.step
        parts = tuple(
            msgspec.structs.replace(part, arguments=arguments, result=result, state="done")
            if isinstance(part, ToolCall) and (part.step, part.id) == (step, place.call)
            else part
            for part in old.parts
            if getattr(part, "step", 0) <= step
        )
        message = Message(new_id(), "assistant", parts, old.parent, old.replies[: step + 1], self._now())
        self._look_at(old.parent)
        self.tree.add(message)
        self._look_at(message.id)
        self._tell_branch()
        self._run(message)

    def switch(self, message_id: str, by: int) -> None:
        """Show another version of a message, and below it the branch that was last looked at, or the newest."""
        if self.running:
            return
        versions = self.tree.siblings(message_id)
        place = versions.index(message_id) + by
        if 0 <= place < len(versions):
            self.tree.remember_leaf(self.conversation.leaf)
            self._look_at(self.tree.last_viewed_leaf(versions[place]))
            self._tell_branch()

    def stop(self) -> None:
        """End the running reply and its tools; what arrived stays."""
        if self._running is not None:
            self._running.cancel()

    def decide(self, place: ToolCallRef, decision: Decision) -> None:
        self._approvals.decide(place, decision)

    def answer_call(self, place: ToolCallRef, text: str) -> None:
        self._approvals.answer(place, text)

    async def wait(self) -> None:
        """Until no reply runs."""
        while self._running is not None:
            await asyncio.wait([self._running])

    def _say(self, message: Message) -> None:
        self.tree.add(message)
        first = not self.conversation.title and message.text
        title = title_from(message.text) if first else self.conversation.title
        self.conversation = msgspec.structs.replace(self.conversation, leaf=message.id, title=title, draft="")
        self._tell_branch() if self.tree.version(message.id)[1] > 1 else self._tell_added(message)
        self._answer(message.id)

    def _answer(self, parent: str | None) -> None:
        message = Message(new_id(), "assistant", (), parent, created=self._now())
        self.tree.add(message)
        self._look_at(message.id)
        self._tell_added(message)
        self._run(message)

    def _look_at(self, leaf: str | None) -> None:
        self.conversation = msgspec.structs.replace(self.conversation, leaf=leaf, updated=self._now())

    def _run(self, message: Message) -> None:
        model = catalogue().model(self.conversation.model)
        request = ChatRequest(
            self.conversation.model,
            tuple(earlier for earlier in self.tree.branch(message.parent) if earlier.parts),
            fill_placeholders(self.conversation.system, date.fromtimestamp(self._now())),
            self.conversation.sampling.sent(model.thinks(self.conversation.sampling.thinking)),
            self._toolbox.specs(self.tools),
            self.web_search,
        )
        self._counted = _tokens(message)
        self._turn = Turn(
            message,
            request,
            connection=self._connection,
            toolbox=self._toolbox,
            approvals=self._approvals,
            observer=self,
        )
        self._running = self._tasks.spawn(self._reply(self._turn), f"reply in {self.id}")
        self._running.add_done_callback(self._ended)
        for observer in tuple(self.observers):
            observer.running_changed(True)

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
            self.tree.add(turn.message)

    def _ended(self, task: asyncio.Task[None]) -> None:
        turn, self._turn, self._running = self._turn, None, None
        assert turn is not None
        tokens = self.conversation.tokens + _tokens(turn.message) - self._counted
        self.conversation = msgspec.structs.replace(self.conversation, tokens=tokens)
        error = self._error.get(turn.message.id)
        for observer in tuple(self.observers):
            if error is None:
                observer.message_ended(turn.message)
            else:
                observer.message_failed(turn.message, error)
            observer.running_changed(False)
        self._tell_changed()

    # What a turn tells goes on to everybody who looks.
    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        for observer in tuple(self.observers):
            observer.arrived(message_id, step, event, at)

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        for observer in tuple(self.observers):
            observer.tool_changed(message_id, call)

    def step_ended(self, message_id: str, reply: Reply) -> None:
        for observer in tuple(self.observers):
            observer.step_ended(message_id, reply)

    def thinking_left_out(self, message_id: str) -> None:
        for observer in tuple(self.observers):
            observer.thinking_left_out(message_id)

    def _tell_changed(self) -> None:
        for observer in tuple(self.observers):
            observer.conversation_changed(self.conversation)

    def _tell_branch(self) -> None:
        for observer in tuple(self.observers):
            observer.branch_changed()

    def _tell_added(self, message: Message) -> None:
        for observer in tuple(self.observers):
            observer.message_added(message)
        self._tell_changed()


def _tokens(message: Message) -> int:
    return message.usage.total if message.usage is not None else 0
