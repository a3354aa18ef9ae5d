"""Runs Python's cyclic garbage collection on the GUI thread only.

Automatic collection runs in whatever thread happens to allocate. If it finds a widget in a reference cycle, it destroys
the C++ object in that thread, and Qt eventually crashes. So automatic collection is disabled while the loop runs, and a
timer collects at the same thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1_000
SETTLED_TICKS = 10


class GuiThreadGc(QObject):
    """Collects garbage between events, from `begin()` to `end()`.

    Objects that exist ten seconds after the start (modules, classes, the window) are frozen: traversing them in every
    full collection would hold the interpreter lock for longer than audio playback tolerates (60 ms).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Replace automatic collection with the timer."""
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Restore automatic collection, after the window was destroyed."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks == SETTLED_TICKS:
            gc.collect()
            gc.freeze()
            return
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
