"""What a source says, shown beside its chip while the keyboard is on it, as a tooltip is for the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.labels import Silent
from app.ui.widgets.themed import paint_box

MAX_WIDTH = 420
"""Logical pixels, before text scaling."""


class SourceSummary(Silent):
    """A text that floats over the window. Assistive tools have it as the description of the chip."""

    base_size = Type.SMALL

    def __init__(self, window: QWidget) -> None:
        super().__init__(parent=window)
        self.setWordWrap(True)
        self.setContentsMargins(Space.S12, Space.S8, Space.S12, Space.S8)
        self.hide()

    def show_beside(self, widget: QWidget, area: QRect, text: str) -> None:
        """Show a text below an area of a widget, or above it where there is no room below."""
        window = self.parentWidget()
        assert window is not None
        self.setText(text)
        width = min(theme().px(MAX_WIDTH), window.width() - Space.S32)
        height = self.heightForWidth(width)
        corner = widget.mapTo(window, area.bottomLeft()) + QPoint(0, Space.S4)
        if corner.y() + height > window.height():
            corner.setY(widget.mapTo(window, area.topLeft()).y() - height - Space.S4)
        left = max(Space.S8, min(corner.x(), window.width() - width - Space.S8))
        self.setGeometry(left, max(0, corner.y()), width, height)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), Radius.CONTROL, theme().colour("surface"), theme().colour("line"))
        painter.end()
        super().paintEvent(event)
