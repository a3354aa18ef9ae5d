"""Builds and updates the cards of tool calls a few per frame: a thousand calls in a reply must not delay Stop."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QTimer

from app.core.messages import ToolCall

AT_ONCE = 8
"""Cards built or updated without waiting, until the next frame begins."""
FRAME_MS = 33
"""Milliseconds between two frames. The timer only runs after a change."""
BUDGET_SECONDS = 0.012
"""How long one frame may take to apply changes that wait; at least one is applied."""

Key = tuple[int, str]
"""The step and the id of a call."""


class CardQueue(QObject):
    """Applies changes of tool calls in order of their first arrival; of several changes of a call only the last."""

    def __init__(self, apply: Callable[[ToolCall, int], None], parent: QObject) -> None:
        """`apply` gets a call and where its card belongs among the parts of the message."""
        super().__init__(parent)
        self._apply = apply
        self._waiting: dict[Key, tuple[ToolCall, int]] = {}
        self._applied_in_frame = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._next_frame)

    def __contains__(self, key: Key) -> bool:
        return key in self._waiting

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, call: ToolCall, place: int) -> None:
        """Apply a change now, or in a later frame; `place` is where the card belongs among the parts."""
        key = call.step, call.id
        if not self._timer.isActive():
            self._timer.start()
        if self._waiting or self._applied_in_frame >= AT_ONCE:
            self._waiting[key] = call, self._waiting[key][1] if key in self._waiting else place
        else:
            self._applied_in_frame += 1
            self._apply(call, place)

    def append_arguments(self, key: Key, text: str) -> None:
        """Append a piece of the arguments of a call that waits."""
        call, place = self._waiting[key]
        self._waiting[key] = msgspec.structs.replace(call, arguments=call.arguments + text), place

    def apply_all(self) -> None:
        """Apply everything that waits, now."""
        while self._waiting:
            self._apply_first()

    def _apply_first(self) -> None:
        self._apply(*self._waiting.pop(next(iter(self._waiting))))

    def _next_frame(self) -> None:
        self._applied_in_frame = 0
        ends = time.monotonic() + BUDGET_SECONDS
        while self._waiting:
            self._apply_first()
            if time.monotonic() >= ends:
                break
        if self._waiting:
            self._timer.start()
