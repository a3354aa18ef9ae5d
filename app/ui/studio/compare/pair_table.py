"""A blind test pair by pair: who met, under which letter, and which was preferred."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.core.comparison import Comparison
from app.core.comparison_result import heard, preferred, scores
from app.ui.texts.comparison import pair_line, short_name
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.themed import Themed, paint_box, paint_mark

_CELL = 34
_LEAST_CELL = 22
_GAP = 4
_TICK = ((0.28, 0.52), (0.44, 0.68), (0.74, 0.34))


class PairTable(Themed, QWidget):
    """A row per take, the best first, and a column per pair in the order as heard.

    A filled cell was preferred; its letter is the one the take had in that pair. Its description says all in words.
    """

    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self.follow_theme()

    def show_comparison(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self.setAccessibleDescription(pair_line(comparison))
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        if self._comparison is not None:
            self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width_with(_CELL), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_with(_LEAST_CELL), self._height())

    def _height(self) -> int:
        takes = len(self._comparison.takes) if self._comparison is not None else 0
        return self._header() + takes * (theme().px(_CELL) + _GAP)

    def _width_with(self, cell: int) -> int:
        pairs = len(self._comparison.answers) if self._comparison is not None else 0
        return self._names() + pairs * (theme().px(cell) + _GAP)

    def _header(self) -> int:
        return QFontMetrics(theme().font(Type.SMALL)).height() + Space.S6

    def _names(self) -> int:
        if self._comparison is None:
            return 0
        metrics = QFontMetrics(theme().font(Type.SMALL))
        names = (short_name(self._comparison, place) for place in range(len(self._comparison.takes)))
        return max(metrics.horizontalAdvance(name) for name in names) + Space.S12

    def paintEvent(self, event: QPaintEvent) -> None:
        comparison = self._comparison
        if comparison is None or not comparison.answers:
            return
        painter, colours = QPainter(self), theme()
        names, header, tall = self._names(), self._header(), theme().px(_CELL)
        pairs = len(comparison.answers)
        cell = min(float(tall), max(float(theme().px(_LEAST_CELL)), (self.width() - names) / pairs - _GAP))
        order = {score.take: row for row, score in enumerate(scores(comparison))}
        painter.setFont(colours.font(Type.SMALL))
        painter.setPen(colours.colour("text2"))
        for place in range(pairs):
            number = QRectF(names + place * (cell + _GAP), 0, cell, header - Space.S4)
            painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        for take, row in order.items():
            painter.setPen(colours.colour("text"))
            place_of_name = QRectF(0, header + row * (tall + _GAP), names, tall)
            painter.drawText(
                place_of_name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short_name(comparison, take)
            )
        for place, (pair, answer) in enumerate(heard(comparison)):
            best = preferred(pair, answer)
            for take, row in order.items():
                box = QRectF(names + place * (cell + _GAP), header + row * (tall + _GAP), cell, tall)
                letter = "A" if take == pair.a else "B" if take == pair.b else ""
                self._paint_cell(painter, box, letter, won=best == take, first=row == 0)

    @staticmethod
    def _paint_cell(painter: QPainter, box: QRectF, letter: str, *, won: bool, first: bool) -> None:
        colours = theme()
        if not letter:
            dot = QRectF(box.center().x() - 1.5, box.center().y() - 1.5, 3, 3)
            paint_box(painter, dot, 1.5, colours.colour("line"))
            return
        if won:
            paint_box(painter, box, Radius.BADGE, colours.colour("accent" if first else "text2"))
            ink = colours.colour("on_accent" if first else "surface")
            side = min(box.width(), box.height()) * 0.62
            mark = QRectF(box.center().x() - side / 2, box.top() + 1, side, side)
            paint_mark(painter, mark, ink, *_TICK, width=1.6)
        else:
            paint_box(painter, box, Radius.BADGE, colours.colour("sunken"), colours.colour("line"))
            ink = colours.colour("text2")
        painter.setFont(colours.font(Type.TINY, Type.MEDIUM))
        painter.setPen(ink)
        flag = Qt.AlignmentFlag.AlignBottom if won else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(0, 0, 0, -2), flag | Qt.AlignmentFlag.AlignHCenter, letter)
