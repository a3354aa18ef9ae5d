"""The exact binomial distribution, with what is as far out as the result in the accent colour."""

from __future__ import annotations

from math import comb

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.themed import Themed

_HEIGHT = 118
_LEAST_BAR = 2.0


class ChanceChart(Themed, QWidget):
    """A bar for every number of pairs that one of two equally good takes could win."""

    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._won = self._decided = 0
        self.follow_theme()

    def show_result(self, won: int, decided: int) -> None:
        self._won, self._decided = won, decided
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(260), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._decided:
            return
        painter, colours = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = colours.font(Type.TINY, Type.MEDIUM)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        line = metrics.height() + Space.S2
        pitch = self.width() / (self._decided + 1)
        wide = max(1.0, pitch - Space.S4)
        room = self.height() - 2 * line
        highest = comb(self._decided, self._decided // 2)
        step = 1 + metrics.horizontalAdvance(f"{self._decided} ") // max(1, int(pitch))
        for wins in range(self._decided + 1):
            tall = max(_LEAST_BAR, room * comb(self._decided, wins) / highest)
            far = abs(2 * wins - self._decided) >= abs(2 * self._won - self._decided)
            bar = QRectF(wins * pitch + (pitch - wide) / 2, line + room - tall, wide, tall)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("accent" if far else "wave"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
            is_result = wins == self._won
            if is_result or wins % step == 0:
                painter.setPen(colours.colour("soft_text" if is_result else "text2"))
                below = QRectF(wins * pitch - pitch, self.height() - line, 3 * pitch, line)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(wins))
            if is_result:
                you = QCoreApplication.translate("Compare", "you")
                reach = max(3 * pitch, float(metrics.horizontalAdvance(you) + 2))
                above = QRectF(bar.center().x() - reach / 2, bar.top() - line, reach, line)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, you)
