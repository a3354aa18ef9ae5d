"""Shows the events of the open conversation in the transcript as they arrive."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import RETRY_HELPS, Code, WorkbenchError
from app.core.events import (
    AnswerWasThinking,
    ChatEvent,
    SearchFailed,
    Sending,
    SourcesFound,
    Started,
    TextDelta,
    ThinkingDelta,
    ToolCallDelta,
    Waiting,
)
from app.core.leaked_tool_calls import has_leaked_tool_call
from app.core.messages import Message, Reply, Sources, Thinking, ToolCall, ToolCallRef
from app.core.prompts import TASKS
from app.services.chat.session import ChatSession, SessionObserver
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.usage_summary import Charge, footer, version_differences
from app.ui.texts.errors import error_message
from app.ui.texts.waiting import waiting_message
from app.ui.widgets.notifications import Notifier

WAITING = "waiting"
"""Notification topic for a request that waits or is retried."""

ASKS_TO_GO_ON = frozenset({Code.TOOL_LOOP, Code.TOOL_ROUNDS})
"""What interrupts an answer only to ask whether to go on."""


class TranscriptUpdater(QObject, SessionObserver):
    """Observes one session at a time; late events of a previous one are not shown.

    Attributes:
        charge: computes the cost of a call.
        on_shown: called with whether the conversation has any messages.
    """

    def __init__(self, transcript: Transcript, notifier: Notifier, charge: Charge) -> None:
        """`charge` computes the cost of a call."""
        super().__init__(transcript)
        self._transcript = transcript
        self._notifier = notifier
        self.charge = charge
        self._session: ChatSession | None = None
        self._end_following: Callable[[], None] = lambda: None
        self._thinking: tuple[str, int, float] | None = None
        self._known_calls: set[ToolCallRef] = set()
        self.on_shown: Callable[[bool], None] = lambda shown: None
        transcript.set_arrived_content(self._arrived_content)

    def follow(self, session: ChatSession) -> None:
        """Show this conversation from now on."""
        if self._session is not None:
            self._end_following()
            self._notifier.withdraw(WAITING)
        self._session = session
        self._end_following = session.subscribe(self)
        self.branch_changed()

    def _arrived_content(self, message: Message) -> Message:
        """A streaming message as far as it has arrived."""
        branch = self._session.branch if self._session is not None else ()
        return next((current for current in branch if current.id == message.id), message)

    def redraw(self) -> None:
        """Show the conversation again, for example after the presentation mask has changed."""
        self.branch_changed()

    def retranslate(self) -> None:
        """Update footers and failures after a language change."""
        if self._session is not None:
            for message in self._session.branch:
                self._show_ending(message)

    def retry(self, message_id: str) -> bool:
        """Request a failed answer again; one that was interrupted to ask whether to go on is continued instead.

        False, and nothing changes, if no reply can start.
        """
        if self._session is None or not self._session.can_start:
            return False
        error = self._session.error_of(message_id)
        self._transcript.remove_failure(message_id)
        if error is not None and error.code in ASKS_TO_GO_ON:
            return self._session.continue_answer(message_id)
        return self._session.retry(message_id)

    def accept_end(self, message_id: str) -> None:
        """Let an answer that asks whether to go on end where it is."""
        if self._session is not None:
            self._transcript.remove_failure(message_id)
            self._session.accept_end(message_id)

    # -- SessionObserver ------------------------------------------------------------------------------------------

    def branch_changed(self) -> None:
        session = self._session
        if session is None:
            return
        branch = session.branch
        streaming = branch[-1] if branch and session.running else None
        versions = {message.id: session.tree.version(message.id) for message in branch}
        self._transcript.set_running(session.running)
        self._transcript.show_messages(branch, versions, streaming=streaming.id if streaming is not None else None)
        self._resume(streaming)
        for message in branch:
            self._show_ending(message)
        self.on_shown(bool(branch))

    def _resume(self, message: Message | None) -> None:
        """Continue with a message that is streaming already; None when no message is."""
        self._thinking = None
        self._known_calls = set()
        fold = self._session.step if self._session is not None else None
        if message is None or fold is None:
            return
        calls = [part for part in message.parts if isinstance(part, ToolCall)]
        self._known_calls = {ToolCallRef(message.id, call.step, call.id) for call in calls}
        if fold.thinking_since is not None:
            self._thinking = (message.id, fold.step, fold.thinking_since)

    def message_added(self, message: Message) -> None:
        assert self._session is not None
        self._transcript.begin(message, self._session.tree.version(message.id))
        self.on_shown(True)

    def message_changed(self, message: Message) -> None:
        self._transcript.finish(message)

    def message_continued(self, message: Message) -> None:
        self.branch_changed()

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        transcript = self._transcript
        if self._thinking is not None and not isinstance(event, ThinkingDelta):
            self._end_thinking(at)
        match event:
            case ThinkingDelta(text):
                if self._thinking is None:
                    self._thinking = (message_id, step, at)
                transcript.append_thinking(message_id, step, text)
            case TextDelta(text):
                transcript.append_text(message_id, step, text)
            case AnswerWasThinking():
                self.redraw()
            case ToolCallDelta():
                self._add_tool_call_delta(message_id, step, event)
            case SourcesFound(items):
                transcript.show_sources(message_id, Sources(items, step))
            case SearchFailed(message, off):
                transcript.show_sources(message_id, Sources((), step, message, off))
            case Waiting():
                self._notifier.info(waiting_message(event), topic=WAITING)
            case Sending() | Started():
                self._notifier.withdraw(WAITING)

    def _end_thinking(self, at: float) -> None:
        assert self._thinking is not None
        message_id, step, began = self._thinking
        self._thinking = None
        self._transcript.end_thinking(message_id, step, at - began, None)

    def _add_tool_call_delta(self, message_id: str, step: int, event: ToolCallDelta) -> None:
        fold = self._session.step if self._session is not None else None
        assert fold is not None
        call_ref = ToolCallRef(message_id, step, fold.call_at(event.index))
        if call_ref not in self._known_calls:
            self._known_calls.add(call_ref)
            self._transcript.update_tool_call(message_id, ToolCall(call_ref.call, event.name or "", "", step))
        if event.arguments:
            self._transcript.append_arguments(call_ref, event.arguments)

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        self._transcript.update_tool_call(message_id, call)

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
                self._transcript.end_thinking(message_id, step, thoughts[-1].seconds, reply.usage.reasoning)

    def running_changed(self, running: bool) -> None:
        self._transcript.set_running(running)

    def message_ended(self, message: Message) -> None:
        self._notifier.withdraw(WAITING)
        self._transcript.set_running(False)  # Before the keyboard focus returns to a button of the message.
        self._transcript.finish(message)
        self._show_ending(message)
        self._warn_of_leaked_call(message)

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        self._notifier.withdraw(WAITING)
        self._transcript.set_running(False)
        self._transcript.finish(message)
        self._show_ending(message)

    def thinking_left_out(self, message_id: str) -> None:
        self._notifier.warning(
            QCoreApplication.translate(
                "Chat",
                "The service needs earlier thinking that is not saved here, so this answer is made without thinking. "
                "Turn thinking off to keep it that way.",
            ),
            topic=f"thinking {message_id}",
        )

    # -- endings ---------------------------------------------------------------------------------------------------

    def _show_ending(self, message: Message) -> None:
        """Show the footer of an answer and, if it failed, the reason."""
        if message.role != "assistant" or self._session is None:
            return
        is_running = self._session.running and message.id == self._session.conversation.leaf
        if not is_running:
            self._transcript.set_footer(message.id, footer(message, self.charge))
        versions = [self._session.tree[version] for version in self._session.tree.siblings(message.id)]
        self._transcript.set_version_label(message.id, version_differences(message, versions))
        error = self._session.error_of(message.id)
        if error is not None:
            explanation = error_message(error)
            can_retry = error.code in RETRY_HELPS or not message.parts
            asks = error.code in ASKS_TO_GO_ON
            self._transcript.show_failure(
                message.id, explanation.what, explanation.next_step, retry=can_retry, asks_to_go_on=asks
            )
        elif not is_running and message.replies and message.replies[-1].finish == "error":
            # It failed in an earlier run, or is a version that was continued elsewhere: the error is not saved.
            self._transcript.show_failure(
                message.id,
                QCoreApplication.translate(
                    "Chat", "This answer is incomplete: the program or the service stopped before it was finished."
                ),
                QCoreApplication.translate("Chat", "What arrived is saved. Continue it, or retry to ask again.")
                if message.can_continue
                else QCoreApplication.translate("Chat", "What arrived is saved. Retry to ask again."),
                retry=True,
            )

    def _warn_of_leaked_call(self, message: Message) -> None:
        """Warn about a tool call written as text, which the message itself does not explain."""
        if has_leaked_tool_call(message):
            self._notifier.warning(
                lambda: QCoreApplication.translate(
                    "Chat",
                    "MiMo wrote a tool call as text instead of making it. Turn Thinking off and retry.",
                ),
                retry=lambda: self._retry_without_thinking(message.id),
                topic=f"leak {message.id}",
            )

    def _retry_without_thinking(self, message_id: str) -> None:
        session = self._session
        if session is None or message_id not in session.tree:
            return
        # The platform recommends this combination for stable tool use (WIRE.md section 13).
        tools = TASKS["tools"]._asdict()
        session.configure(sampling=msgspec.structs.replace(session.conversation.sampling, **tools))
        session.regenerate(message_id)
