"""Passes what arrives of an answer to its widget."""

from __future__ import annotations

from collections.abc import Callable

from app.core.errors import WorkbenchError
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
from app.core.messages import Message, Reply, Sources, Thinking, ToolCall, ToolCallRef
from app.services.bench.answer_run import AnswerRun
from app.services.chat.session_observer import SessionObserver
from app.ui.bench.beside.answer_frames import AnswerFrames
from app.ui.bench.beside.column_answer import ColumnAnswer
from app.ui.texts.waiting import waiting_message


class AnswerUpdater(SessionObserver):
    """Observes the making of one answer."""

    def __init__(
        self, view: ColumnAnswer, made: AnswerRun, drawn: Callable[[], object], ended: Callable[[], object],
        frames: AnswerFrames,
    ) -> None:  # fmt: skip
        self._view, self._made, self._drawn, self._is_over, self._frames = view, made, drawn, ended, frames
        self._thinking: tuple[int, float] | None = None
        self._known_calls: set[ToolCallRef] = set()
        self._end: Callable[[], None] = lambda: None

    def follow(self) -> None:
        """Show what arrives from now on."""
        fold = self._made.step
        if fold is not None and fold.thinking_since is not None:
            self._thinking = (fold.step, fold.thinking_since)
        for part in self._made.snapshot().parts:
            if isinstance(part, ToolCall):
                self._known_calls.add(ToolCallRef(self._made.id, part.step, part.id))
        self._end = self._made.subscribe(self)
        self._schedule()

    def leave(self) -> None:
        self._end()

    def _schedule(self) -> None:
        self._frames.schedule(self._view, self._drawn)

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        view = self._view
        if self._thinking is not None and not isinstance(event, ThinkingDelta):
            self._end_thinking(at)
        match event:
            case ThinkingDelta(text):
                if self._thinking is None:
                    self._thinking = (step, at)
                view.append_thinking(step, text)
            case TextDelta(text):
                view.append_text(step, text)
            case AnswerWasThinking():
                view.set_message(self._made.snapshot())
            case ToolCallDelta():
                self._add_call(step, event)
            case SourcesFound(items):
                view.show_sources(Sources(items, step))
            case SearchFailed(message, off):
                view.show_sources(Sources((), step, message, off))
            case Waiting():
                view.waiting.set_reason(waiting_message(event))
                return
            case Sending() | Started():
                view.waiting.set_reason("")
                return
            case _:
                return
        self._schedule()

    def _end_thinking(self, at: float) -> None:
        assert self._thinking is not None
        step, began = self._thinking
        self._thinking = None
        self._view.end_thinking(step, at - began, None)

    def _add_call(self, step: int, event: ToolCallDelta) -> None:
        fold = self._made.step
        assert fold is not None
        ref = ToolCallRef(self._made.id, step, fold.call_at(event.index))
        if ref not in self._known_calls:
            self._known_calls.add(ref)
            self._view.update_tool_call(ToolCall(ref.call, event.name or "", "", step))
        if event.arguments:
            self._view.append_arguments(step, ref.call, event.arguments)

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        self._view.update_tool_call(call)
        self._schedule()

    def step_ended(self, message_id: str, reply: Reply) -> None:
        if self._thinking is not None:
            self._end_thinking(reply.seconds)
        if reply.usage is not None and reply.usage.reasoning:
            step = len(self._made.snapshot().replies) - 1
            thoughts = [p for p in self._made.snapshot().parts if isinstance(p, Thinking) and p.step == step]
            if thoughts and thoughts[-1].seconds is not None:
                self._view.end_thinking(step, thoughts[-1].seconds, reply.usage.reasoning)
        self._schedule()

    def message_ended(self, message: Message) -> None:
        self._is_over()

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        self._is_over()
