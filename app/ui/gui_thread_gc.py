"""Python's cyclic garbage is collected on the window's thread alone.

A collection begins in whatever thread happens to allocate. When it finds a widget in a reference cycle it ends the
C++ object there, and Qt crashes sooner or later. So automatic collection is off while the loop runs, and a timer asks
as often as Python itself would have.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1_000
SETTLED_TICKS = 10


class GuiThreadGc(QObject):
    """Collects between events, from `begin()` to `end()`.

    What has lived for ten seconds from the start (modules, classes, the window) is set aside for good: passing over it
    again and again would hold the interpreter for longer than sound that plays can wait (60 ms).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Back to Python's own way; the window is gone by then."""
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
