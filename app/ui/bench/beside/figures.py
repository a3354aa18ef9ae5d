"""The figures of an answer: four cells at one height in all columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets import accessible
from app.ui.widgets.themed import Themed


class Figure(NamedTuple):
    """One figure: its caption, its value, and a word about it, such as that it is the fastest."""

    caption: str
    value: str
    remark: str = ""
    is_best: bool = False


class Figures(Themed, QWidget):
    """Paints figures side by side; for assistive technology it is a label that says the same in one line.

    No QLabel: with every change of its text all layouts above it would be done again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        accessible.install()
        super().__init__(parent)
        self._figures: Sequence[Figure] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def show_figures(self, figures: Sequence[Figure], text: str) -> None:
        """Show figures; `text` says them in words."""
        if text != self.accessibleName():
            self._figures = figures
            self.setAccessibleName(text)
            self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        small, large = QFontMetrics(theme().font(Type.TINY)), QFontMetrics(theme().font(Type.CONTROL, Type.MEDIUM))
        return QSize(theme().px(240), 2 * small.height() + large.height() + 2 * Space.S8)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._figures:
            return
        width = (self.width() - 2 * Space.S16) / len(self._figures)
        left = float(Space.S16)
        for figure in self._figures:
            top = float(Space.S8)
            remark = "good" if figure.is_best else "text2"
            for text, font, ink in (
                (figure.caption, theme().font(Type.TINY), "text2"),
                (figure.value, theme().font(Type.CONTROL, Type.MEDIUM), "text"),
                (figure.remark, theme().font(Type.TINY, Type.MEDIUM if figure.is_best else Type.REGULAR), remark),
            ):
                metrics = QFontMetrics(font)
                painter.setFont(font)
                painter.setPen(theme().colour(ink))
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) - Space.S4)
                painter.drawText(QRectF(left, top, width, metrics.height()), Qt.AlignmentFlag.AlignVCenter, shown)
                top += metrics.height()
            left += width


accessible.give_role(Figures, QAccessible.Role.StaticText)
