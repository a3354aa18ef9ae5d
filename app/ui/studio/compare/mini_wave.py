"""A small waveform of a take, as the cards of a verdict show it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.core.takes import Take
from app.ui.studio.compare.rows import WAVE_PITCH, wave_bars
from app.ui.theme.theme import theme


class MiniWave(QWidget):
    """A small waveform of a take on the scales of all takes of a comparison; only painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take: Take | None = None
        self._longest = 0

    def set_take(self, take: Take | None, longest: int) -> None:
        """Show a take; `longest` are the milliseconds that the whole width stands for."""
        self._take, self._longest = take, longest
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60), theme().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        take = self._take
        if take is None or not self._longest:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() * (1000 * take.frames / take.rate) / self._longest
        painter.translate(QPoint(0, self.height() // 2))
        bars = wave_bars(take, max(1, int(wide / WAVE_PITCH)), float(self.height()))
        painter.fillPath(bars, theme().colour("wave"))
