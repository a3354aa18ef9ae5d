"""The level of the microphone: bars that move on, and a line with a tick where the noise of the room ends."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from app.ui.theme.theme import theme
from app.ui.widgets.themed import Themed, paint_box

FLOOR_DB, CEILING_DB = -60.0, 0.0
"""The ends of the line, in dBFS."""
BARS = 31
_PITCH, _BAR, _LEAST = 7, 4, 0.1


class LevelBars(Themed, QWidget):
    """The last levels as bars, the newest on the right; they lie flat while nothing is measured."""

    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: deque[float] = deque([0.0] * BARS, BARS)
        self._ink = "wave"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(BARS * _PITCH), theme().px(52))

    def set_ink(self, ink: str) -> None:
        """Set the token of their colour."""
        if ink != self._ink:
            self._ink = ink
            self.update()

    def add(self, share: float) -> None:
        """Add a level from 0 to 1."""
        self._shares.append(min(1.0, max(0.0, share)))
        self.update()

    def clear(self) -> None:
        """Lie flat."""
        if any(self._shares):
            self._shares.extend([0.0] * BARS)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pitch, wide = self.width() / BARS, theme().px(_BAR)
        for number, share in enumerate(self._shares):
            tall = max(wide, self.height() * (_LEAST + (1 - _LEAST) * share) if share else wide)
            bar = QRectF(number * pitch, (self.height() - tall) / 2, wide, tall)
            paint_box(painter, bar, wide / 2, theme().colour(self._ink))


class LevelLine(Themed, QProgressBar):
    """The present level in dBFS, or how much of a sentence was heard; with a tick for the noise of the room."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._tick: float | None = None
        self._ink = "good"
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(14))

    def show_level(self, level: float, threshold: float) -> None:
        """Show a level and the threshold above which somebody speaks, in dBFS."""
        self._tick, self._ink = _share(threshold), "good"
        self.setValue(round(1000 * _share(level)))
        self.update()

    def show_share(self, share: float) -> None:
        """Show how much of something is done, from 0 to 1."""
        self._tick, self._ink = None, "accent"
        self.setValue(round(1000 * min(1.0, max(0.0, share))))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tall = QPainter(self), theme().px(5)
        line = QRectF(0, (self.height() - tall) / 2, self.width(), tall)
        paint_box(painter, line, tall / 2, theme().colour("line"))
        if self.value():
            line.setWidth(max(tall, line.width() * self.value() / self.maximum()))
            paint_box(painter, line, tall / 2, theme().colour(self._ink))
        if self._tick is not None:
            painter.fillRect(QRectF(self.width() * self._tick - 1, 0, 2, self.height()), theme().colour("text2"))


def _share(level: float) -> float:
    return min(1.0, max(0.0, (level - FLOOR_DB) / (CEILING_DB - FLOOR_DB)))


def bar_share(level: float) -> float:
    """The height of a bar for a level in dBFS."""
    return _share(level)
