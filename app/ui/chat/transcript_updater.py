"""Draws what happens in the open conversation: every event goes to the transcript the moment it arrives."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import RETRY_HELPS, Code, WorkbenchError
from app.core.events import (
    ChatEvent,
    SearchFailed,
    SourcesFound,
    Started,
    TextDelta,
    ThinkingDelta,
    ToolCallDelta,
    Waiting,
)
from app.core.leaked_tool_calls import leaked_tool_call
from app.core.messages import Message, Reply, Sources, Thinking, ToolCall, ToolCallRef
from app.core.prompts import TASKS
from app.services.chat.session import ChatSession, SessionObserver
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.usage_summary import Charge, footer
from app.ui.texts.errors import words
from app.ui.texts.waiting import waiting_words
from app.ui.widgets.notifications import Notifier

WAITING = "waiting"
"""Topic of the message that a request is tried again."""


class TranscriptUpdater(QObject, SessionObserver):
    """Follows one session at a time; late events of another one are not drawn.

    Attributes:
        charge: what a call cost.
        on_shown: told whether there is anything to show.
    """

    def __init__(self, transcript: Transcript, messages: Notifier, charge: Charge) -> None:
        super().__init__(transcript)
        self._transcript = transcript
        self._messages = messages
        self._charge = charge
        self._session: ChatSession | None = None
        self._thinking: tuple[str, int, float] | None = None
        self._calls: set[ToolCallRef] = set()
        self.on_shown: Callable[[bool], None] = lambda shown: None

    def follow(self, session: ChatSession) -> None:
        """Draw this conversation from now on."""
        if self._session is not None and self in self._session.observers:
            self._session.observers.remove(self)
            self._messages.withdraw(WAITING)
        self._session = session
        session.observers.append(self)
        self.branch_changed()

    def redraw(self) -> None:
        """What may be shown is different now."""
        self.branch_changed()

    def reword(self) -> None:
        """The language changed: footers and failures are said again."""
        if self._session is not None:
            for message in self._session.branch:
                self._say_ending(message)

    def retry(self, message_id: str) -> None:
        """The reader wants a broken answer again; one that ran in a circle goes on instead."""
        if self._session is None:
            return
        error = self._session.error_of(message_id)
        if error is not None and error.code is Code.TOOL_LOOP:
            self._session.continue_after(message_id)
        else:
            self._session.retry(message_id)

    # -- SessionObserver ------------------------------------------------------------------------------------------

    def branch_changed(self) -> None:
        session = self._session
        if session is None:
            return
        branch = session.branch
        live = branch[-1] if branch and session.running else None
        versions = {message.id: session.tree.version(message.id) for message in branch}
        self._transcript.show_messages(branch, versions, live=live.id if live is not None else None)
        self._go_on(live)
        for message in branch:
            self._say_ending(message)
        self.on_shown(bool(branch))

    def _go_on(self, message: Message | None) -> None:
        """Take up a message that streams where it is; None where nothing does."""
        self._thinking = None
        self._calls = set()
        fold = self._session.step if self._session is not None else None
        if message is None or fold is None:
            return
        calls = [part for part in message.parts if isinstance(part, ToolCall)]
        self._calls = {ToolCallRef(message.id, call.step, call.id) for call in calls}
        if fold.thinking_since is not None:
            self._thinking = (message.id, fold.step, fold.thinking_since)

    def message_added(self, message: Message) -> None:
        assert self._session is not None
        self._transcript.begin(message, self._session.tree.version(message.id))
        self.on_shown(True)

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        transcript = self._transcript
        if self._thinking is not None and not isinstance(event, ThinkingDelta):
            self._end_thinking(at)
        match event:
            case ThinkingDelta(text):
                if self._thinking is None:
                    self._thinking = (message_id, step, at)
                transcript.think(message_id, step, text)
            case TextDelta(text):
                transcript.say(message_id, step, text)
            case ToolCallDelta():
                self._tool_arrives(message_id, step, event)
            case SourcesFound(items):
                transcript.sources(message_id, Sources(items, step))
            case SearchFailed(message, off):
                transcript.sources(message_id, Sources((), step, message, off))
            case Waiting():
                self._messages.say(waiting_words(event), replace=WAITING)
            case Started():
                self._messages.withdraw(WAITING)

    def _end_thinking(self, at: float) -> None:
        assert self._thinking is not None
        message_id, step, began = self._thinking
        self._thinking = None
        self._transcript.think_done(message_id, step, at - began, None)

    def _tool_arrives(self, message_id: str, step: int, event: ToolCallDelta) -> None:
        fold = self._session.step if self._session is not None else None
        assert fold is not None
        place = ToolCallRef(message_id, step, fold.call_at(event.index))
        if place not in self._calls:
            self._calls.add(place)
            self._transcript.tool(message_id, ToolCall(place.call, event.name or "", "", step))
        if event.arguments:
            self._transcript.tool_arguments(place, event.arguments)

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        self._transcript.tool(message_id, call)

    def step_ended(self, message_id: str, reply: Reply) -> None:
        if self._thinking is not None:
            self._end_thinking(reply.seconds)
        if self._session is None or reply.usage is None or not reply.usage.reasoning:
            return
        message = next((message for message in self._session.branch if message.id == message_id), None)
        if message is not None:
            step = len(message.replies) - 1
            thoughts = [part for part in message.parts if isinstance(part, Thinking) and part.step == step]
            if thoughts and thoughts[-1].seconds is not None:
                self._transcript.think_done(message_id, step, thoughts[-1].seconds, reply.usage.reasoning)

    def message_ended(self, message: Message) -> None:
        self._messages.withdraw(WAITING)
        self._transcript.finish(message)
        self._say_ending(message)
        self._advise(message)

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        self._messages.withdraw(WAITING)
        self._transcript.finish(message)
        self._say_ending(message)

    def thinking_left_out(self, message_id: str) -> None:
        self._messages.warn(
            QCoreApplication.translate(
                "Chat",
                "The service wants earlier thinking back that is not kept here: this answer is made without thinking. "
                "Switch thinking off to keep it so.",
            ),
            replace=f"thinking {message_id}",
        )

    # -- words ----------------------------------------------------------------------------------------------------

    def _say_ending(self, message: Message) -> None:
        """The footer, and the reason when it broke off."""
        if message.role != "assistant" or self._session is None:
            return
        running = self._session.running and message.id == self._session.conversation.leaf
        if not running:
            self._transcript.footer(message.id, footer(message, self._charge))
        error = self._session.error_of(message.id)
        if error is not None:
            said = words(error)
            again = error.code in RETRY_HELPS or error.code is Code.TOOL_LOOP or not message.parts
            self._transcript.fail(message.id, said.what, said.next_step, retry=again)
        elif not running and message.replies and message.replies[-1].finish == "error":
            # Of an earlier run, or a version one went on from: nobody knows any more why.
            self._transcript.fail(
                message.id,
                QCoreApplication.translate(
                    "Chat", "This answer broke off: the program or the service ended before it was whole."
                ),
                QCoreApplication.translate("Chat", "What had come is kept; Retry asks again."),
                retry=True,
            )

    def _advise(self, message: Message) -> None:
        """What stands in the message itself needs no words here; this is about what a person would not see there."""
        if any(isinstance(part, Thinking) and leaked_tool_call(part.text) for part in message.parts):
            self._messages.warn(
                QCoreApplication.translate(
                    "Chat",
                    "MiMo wrote a tool call into its thoughts: switch Thinking off and retry.",
                ),
                retry=lambda: self._retry_without_thinking(message.id),
                replace=f"leak {message.id}",
            )

    def _retry_without_thinking(self, message_id: str) -> None:
        session = self._session
        if session is None or message_id not in session.tree:
            return
        # Both together are what the platform advises for stable tool use (WIRE.md section 13).
        tools = TASKS["tools"]._asdict()
        session.configure(sampling=msgspec.structs.replace(session.conversation.sampling, **tools))
        session.regenerate(message_id)
