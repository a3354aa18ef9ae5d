"""Draws streaming answers at a limited rate: pieces are only buffered until the next frame."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.message_window import MessageWindow

FRAME_MS, MAX_FRAME_MS = 33, 120
"""Milliseconds between two frames. The timer only runs while something waits to be drawn."""
MAX_SHARE = 0.06
"""Of the time that frames may take, without their painting: after an expensive one the next comes later."""


class LiveUpdates(QObject):
    """Collects the messages that have changed and draws them once per frame.

    What has been drawn gets its place and is painted in the next turn of the event loop, so that keys, clicks and other
    streams wait for one half of a frame at most.
    """

    def __init__(self, window: MessageWindow, on_moved: Callable[[], None], parent: QObject) -> None:
        """`on_moved` is called after a frame that may have changed where something is."""
        super().__init__(parent)
        self._window = window
        self._on_moved = on_moved
        self._changed: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._draw)
        self._drawn: set[str] = set()
        self._seconds = 0.0  # of processor time that drawing took
        self._show_timer = QTimer(self)
        self._show_timer.setSingleShot(True)
        self._show_timer.setInterval(0)
        self._show_timer.timeout.connect(self._show)

    def view_to_update(self, message_id: str) -> AssistantMessageView | None:
        """The widget of a streaming message, scheduled to be drawn; None when it has no widget."""
        view = self._window.views.get(message_id)
        if not isinstance(view, AssistantMessageView):
            return None
        self.schedule(message_id)
        return view

    def schedule(self, message_id: str) -> None:
        """Draw a message in the next frame."""
        self._changed.add(message_id)
        if not self._timer.isActive():
            self._timer.start()

    def draw_backlog(self, message_id: str) -> None:
        """Draw in the next frames what a message, streaming or ended, has not drawn yet."""
        view = self._window.views.get(message_id)
        if view is not None and view.has_backlog:
            self.schedule(message_id)
        else:
            self._changed.discard(message_id)

    def flush(self) -> None:
        """Draw and show what waits, as much as a frame has time for; further frames draw the rest."""
        self._draw()
        self._show()

    def _draw(self) -> None:
        began = time.thread_time()
        changed, self._changed = self._changed, set()
        for message_id in changed:
            view = self._window.views.get(message_id)
            if view is not None:
                view.draw_waiting()
            self.draw_backlog(message_id)
        self._drawn |= changed
        self._seconds += time.thread_time() - began
        self._show_timer.start()

    def _show(self) -> None:
        self._show_timer.stop()
        began = time.thread_time()
        drawn, self._drawn = self._drawn, set()
        has_moved = False
        for message_id in drawn:
            view = self._window.views.get(message_id)
            has_moved = (view is not None and view.show_drawn()) or has_moved
        if has_moved:
            self._on_moved()
        seconds, self._seconds = self._seconds + time.thread_time() - began, 0.0
        # What has already arrived is drawn as fast as it can be.
        self._timer.setInterval(FRAME_MS if self._changed else frame_interval(seconds))

    def clear(self) -> None:
        """Forget everything that waits to be drawn."""
        self._timer.stop()
        self._show_timer.stop()
        self._changed.clear()
        self._drawn.clear()


def frame_interval(cost_seconds: float) -> int:
    """Milliseconds from a frame of this cost to the next."""
    return round(min(max(FRAME_MS, cost_seconds * 1e3 / MAX_SHARE), MAX_FRAME_MS))
