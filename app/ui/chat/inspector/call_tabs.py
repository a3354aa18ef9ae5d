"""The tabs of a call, each with a size or a number behind its name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.themed import paint_box, set_font

_HEIGHT = 36
_GAP, _NARROW_GAP = 18, 10


class CallTabs(Tabs):
    """Tabs whose names assistive tools read without the figure painted behind them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._figures: list[str] = []
        self._is_narrow = False
        super().__init__(name, parent)

    def set_figures(self, figures: list[str]) -> None:
        """Set the texts behind the names, one per tab."""
        if figures != self._figures:
            self._figures = figures
            # Only this makes Qt ask for the sizes again.
            self.setIconSize(QSize(len(self._figures) + int(self._is_narrow), sum(map(len, figures))))
            self.updateGeometry()
            self.update()

    def restyle(self) -> None:
        super().restyle()
        set_font(self, theme().font(Type.CONTROL, Type.MEDIUM))

    def set_narrow(self, narrow: bool) -> None:
        """Leave the texts behind the names out."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            figures, self._figures = self._figures, []
            self.set_figures(figures)

    def tabSizeHint(self, index: int) -> QSize:
        figure = self._figure_width(index)
        words = QFontMetrics(self.font()).horizontalAdvance(self.tabText(index))
        gap = _NARROW_GAP if self._is_narrow else _GAP
        return QSize(words + figure + theme().px(gap), theme().px(_HEIGHT))

    def _figure(self, index: int) -> str:
        return self._figures[index] if index < len(self._figures) and not self._is_narrow else ""

    def _figure_width(self, index: int) -> int:
        figure = self._figure(index)
        wide = QFontMetrics(theme().font(Type.TINY)).horizontalAdvance(figure)
        return wide + Space.S6 if figure else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        metrics = QFontMetrics(self.font())
        for index in range(self.count()):
            area = QRectF(self.tabRect(index))
            current = index == self.currentIndex()
            words = metrics.horizontalAdvance(self.tabText(index))
            whole = words + self._figure_width(index)
            left = area.center().x() - whole / 2
            painter.setFont(self.font())
            painter.setPen(colours.colour("text" if current or index == self._hovered else "text2"))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(left, area.top(), words + 2, area.height()), middle, self.tabText(index))
            painter.setFont(colours.font(Type.TINY))
            painter.setPen(colours.colour("text3"))
            figure = QRectF(left + words + Space.S6, area.top() - 1, whole - words, area.height())
            painter.drawText(figure, middle, self._figure(index))
            if current:
                painter.fillRect(QRectF(left, self.height() - 2, whole, 2), colours.colour("accent"))
                if self.hasFocus():
                    tall = metrics.height()
                    ring = QRectF(left - Space.S6, area.center().y() - tall / 2 - Space.S4, whole + 12, tall + Space.S8)
                    paint_box(painter, ring, Radius.BADGE, None, colours.colour("accent"), RING)
