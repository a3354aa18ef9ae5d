"""Counts and lints the text to speak, without a key press that pays for its length.

A short text is checked at once. A longer one is counted and linted when typing rests, in slices that let the next key
in, and counted once a second meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.tag_linter import Finding, Linter, ordered

_AT_ONCE = 600
"""Characters of a text that is checked with each change."""
_COUNT_MS, _REST_MS = 1_000, 250
_SLICE_SECONDS = 0.003


class TextChecks(QObject):
    """Checks a text after it has changed.

    Signals:
        counted: the text, whenever its length may be another.
        linted: the text and its findings.
    """

    counted = Signal(str)
    linted = Signal(str, tuple)

    def __init__(self, read: Callable[[], str], length: Callable[[], int], parent: QObject) -> None:
        """`read` returns the text, `length` about how long it is, which must cost nothing."""
        super().__init__(parent)
        self._read, self._length = read, length
        self._tags = self._singing = True
        self._text = ""
        self._linter = Linter()
        self._steps: Iterator[Sequence[Finding]] = iter(())
        self._found: list[Finding] = []
        self._count = self._timer(_COUNT_MS, self._count_now)
        self._rest = self._timer(_REST_MS, self._begin)
        self._slice = self._timer(0, self._go_on)

    def set_supported(self, *, tags: bool, singing: bool) -> None:
        """Set what the model supports, and check again."""
        self._tags, self._singing = tags, singing
        self.change()

    def change(self) -> None:
        """Note that the text has changed."""
        self._slice.stop()
        if self._length() <= _AT_ONCE:
            self.finish()
            return
        if not self._count.isActive():
            self._count.start()
        self._rest.start()

    def finish(self) -> None:
        """Check the text now, however long it is."""
        self._count.stop()
        self._rest.stop()
        self._slice.stop()
        self._begin(at_once=True)

    @property
    def is_settled(self) -> bool:
        """Whether the text has been checked since its last change."""
        return not (self._count.isActive() or self._rest.isActive() or self._slice.isActive())

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(then)
        return timer

    def _count_now(self) -> None:
        self.counted.emit(self._read())

    def _begin(self, *, at_once: bool = False) -> None:
        self._count.stop()
        self._text, self._found = self._read(), []
        self.counted.emit(self._text)
        self._steps = self._linter.steps(self._text, tags=self._tags, singing=self._singing)
        self._go_on(float("inf") if at_once else _SLICE_SECONDS)

    def _go_on(self, seconds: float = _SLICE_SECONDS) -> None:
        end = time.monotonic() + seconds
        for step in self._steps:
            self._found += step
            if time.monotonic() > end:
                self._slice.start()
                return
        self.linted.emit(self._text, ordered(self._found))
