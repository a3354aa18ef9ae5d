"""Draws the values of several takes as dots on a line, on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.theme import theme
from app.ui.widgets.themed import Themed

_DOT = 3.5
_HEIGHT, _WIDTH = 20, 120


class SpreadPlot(Themed, QWidget):
    """A dot for each value between the ends of a scale. What it shows is said in words beside it."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def show_values(self, values: Sequence[float], reach: float) -> None:
        """Show values around their middle; the scale reaches `reach` to both sides, or as far as the values do."""
        if not values:
            self._places = ()
        else:
            middle = (min(values) + max(values)) / 2
            reach = max(reach, (max(values) - min(values)) / 2)
            self._places = tuple(0.5 + (value - middle) / (2 * reach) for value in values)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(_WIDTH), theme().px(_HEIGHT))

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = colours.px(10) * _DOT / 10
        left, right, middle = radius, self.width() - radius, self.height() / 2
        painter.setPen(QPen(colours.colour("line"), 2))
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        painter.setPen(QPen(colours.colour("surface"), 1))
        painter.setBrush(colours.colour("accent"))
        for place in self._places:
            painter.drawEllipse(QPointF(left + place * (right - left), middle), radius, radius)
