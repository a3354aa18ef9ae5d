"""`key-press`: from a key to its letter in the composer while another answer streams.

Keys are posted by a thread, at times the loop knows nothing of, into the real window, offscreen; a press ends when the
field paints. `key-press` is the 95th percentile while an answer streams in another conversation, beside the same in the
resting window; `key-press-plain` the same beside a bare `QPlainTextEdit` in a window of its own. Wall time, best round.
"""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from tests.benchmarks.answer import RATE, answered, ask, chat_view
from tests.benchmarks.in_window import measured
from tests.benchmarks.pages import percentile
from tests.benchmarks.row import Row, row

CHARACTERS = 12 * 1024
PRESSES = 100
INTERVAL_SECONDS = 0.047
ROUNDS = 2
MAX_OF_EMPTY, MAX_OF_BARE = 2.0, 4.0


def run() -> list[Row]:
    """The rows of this benchmark."""
    found = {name: seconds * 1e3 for name, seconds in measured("key_press", f"{CHARACTERS}-{RATE}").items()}
    busy = found["busy"]
    return [
        row("key-press", busy, "ms", peer="in the resting window", peer_value=found["rest"], at_most=MAX_OF_EMPTY),
        row("key-press-plain", busy, "ms", peer="QPlainTextEdit", peer_value=found["bare"], at_most=MAX_OF_BARE),
    ]


class Presses(QObject):
    """Presses keys in a field, and notes how long each takes to be painted."""

    def __init__(self, field: Any) -> None:
        super().__init__()
        self.took: list[float] = []
        self._field = field
        self._pressed = 0.0
        self._is_painted = threading.Event()
        field.viewport().installEventFilter(self)

    async def percentile(self) -> float:
        """Press all keys; return the 95th percentile in seconds."""
        await asyncio.to_thread(self._press, self.events())
        self._field.viewport().removeEventFilter(self)
        return percentile(self.took, 95)

    def events(self) -> list[QKeyEvent]:
        """The presses. The first one that is made asks for the keyboard, a child of the application."""
        key, no_modifier = Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier
        return [QKeyEvent(QEvent.Type.KeyPress, key, no_modifier, "a") for _ in range(PRESSES)]

    def _press(self, events: list[QKeyEvent]) -> None:
        for event in events:
            time.sleep(INTERVAL_SECONDS)
            self._is_painted.clear()
            self._pressed = time.perf_counter()
            QCoreApplication.postEvent(self._field, event)
            self._is_painted.wait(5)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._pressed:
            self.took.append(time.perf_counter() - self._pressed)
            self._pressed = 0.0
            self._is_painted.set()
        return False


async def measure(workbench: Any, window: Any) -> dict[str, float]:
    view = await chat_view(window)
    field = view.composer.field
    edit = QPlainTextEdit()
    edit.resize(600, 80)
    edit.show()
    await ask(view)  # loads what answers need
    await answered(view)
    rounds: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        field.clear()
        rest, bare = await Presses(field).percentile(), await Presses(edit).percentile()
        await ask(view)
        rounds.append({"rest": rest, "bare": bare, "busy": await Presses(field).percentile()})
        await answered(view)
    edit.close()
    return {name: min(one[name] for one in rounds) for name in rounds[0]}
