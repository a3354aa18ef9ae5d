"""A small bar chart with one bar per day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets import accessible
from app.ui.widgets.themed import Themed, paint_box

_HEIGHT = 96
_MAX_BAR_WIDTH = 22


class DayBar(NamedTuple):
    """One day: the label below the bar, its height, and a text for tooltip and screen reader."""

    label: str
    value: float
    words: str


class SpendChart(Themed, QFrame):
    """Paints the bars scaled to the highest one. Their texts form the accessible description."""

    ring_radius = None

    def __init__(self) -> None:
        accessible.install()
        super().__init__()
        self._bars: Sequence[DayBar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(_HEIGHT))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(_HEIGHT))

    def show_bars(self, bars: Sequence[DayBar]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(bar.words for bar in self._bars if bar.value))
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self._bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), bar.words if bar is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        font = colours.font(Type.TINY)
        line = self.height() - QFontMetrics(font).height() - Space.S4
        painter.fillRect(QRectF(0, line, self.width(), 1), colours.colour("line"))
        if not self._bars:
            return
        highest = max(bar.value for bar in self._bars) or 1.0
        step = self.width() / len(self._bars)
        bar_width = min(colours.px(_MAX_BAR_WIDTH), step * 0.7)
        painter.setFont(font)
        # As many labels as fit, always including the last one.
        label_width = max(QFontMetrics(font).horizontalAdvance(bar.label) for bar in self._bars) + Space.S8
        every = max(1, -(-label_width // max(1, int(step))))
        for index, bar in enumerate(self._bars):
            middle = (index + 0.5) * step
            if bar.value:
                bar_height = max(2.0, bar.value / highest * (line - Space.S4))
                area = QRectF(middle - bar_width / 2, line - bar_height, bar_width, bar_height)
                paint_box(painter, area, min(3.0, bar_height / 2, bar_width / 2), colours.colour("accent"))
            if (len(self._bars) - 1 - index) % every == 0:
                painter.setPen(colours.colour("text3"))
                spot = QRectF(middle - label_width / 2, line + Space.S4, label_width, self.height() - line - Space.S4)
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, bar.label)

    def _bar_at(self, x: int) -> DayBar | None:
        if not self._bars or not self.width():
            return None
        return self._bars[min(len(self._bars) - 1, int(x / self.width() * len(self._bars)))]


accessible.give_role(SpendChart, QAccessible.Role.Chart)
