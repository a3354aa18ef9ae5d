"""Draws the answers of all columns at a limited rate: one answer a frame, in turn.

As in the chat, what has been drawn is shown in the next turn of the event loop.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.ui.bench.beside.column_answer import ColumnAnswer
from app.ui.chat.transcript.live_updates import MAX_FRAME_MS, MAX_SHARE

Drawn = Callable[[], object]
"""Called once the answer was drawn."""
FRAME_MS = 20
"""Milliseconds between two frames, of which each draws one answer."""


class AnswerFrames(QObject):
    """Collects the answers that have changed; the timer only runs while something waits to be drawn."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[ColumnAnswer, Drawn] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._draw_next)
        self._drawn: tuple[ColumnAnswer, Drawn] | None = None  # and not shown yet
        self._seconds = 0.0  # of processor time that drawing took
        self._show_timer = QTimer(self)
        self._show_timer.setSingleShot(True)
        self._show_timer.setInterval(0)
        self._show_timer.timeout.connect(self._show_drawn)

    def schedule(self, answer: ColumnAnswer, drawn: Drawn) -> None:
        """Draw an answer in one of the next frames, and call `drawn` after that."""
        self._waiting.setdefault(answer, drawn)
        if not self._timer.isActive():
            self._timer.start()

    def forget(self, answer: ColumnAnswer) -> None:
        """Do not draw an answer any more."""
        self._waiting.pop(answer, None)
        if self._drawn is not None and self._drawn[0] is answer:
            self._drawn = None

    def _draw_next(self) -> None:
        if self._drawn is not None:
            self._show_drawn()
        if not self._waiting:
            return
        began = time.thread_time()
        answer = next(iter(self._waiting))
        drawn = self._waiting.pop(answer)
        answer.draw_waiting()
        if answer.has_backlog:
            self._waiting[answer] = drawn
        self._drawn = answer, drawn
        self._seconds = time.thread_time() - began
        self._show_timer.start()

    def _show_drawn(self) -> None:
        self._show_timer.stop()
        began = time.thread_time()
        shown, self._drawn = self._drawn, None
        if shown is not None and shown[0].show_drawn():
            shown[1]()
        spent = (self._seconds + time.thread_time() - began) * 1e3
        if self._waiting:
            self._timer.setInterval(round(min(max(FRAME_MS, spent / MAX_SHARE), MAX_FRAME_MS)))
            self._timer.start()
        else:
            self._timer.setInterval(FRAME_MS)
