"""Panels with a header, and dividers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space
from app.ui.widgets.labels import PanelTitle
from app.ui.widgets.themed import Themed, is_inside_box, paint_box, paint_shadow


class Panel(Themed, QFrame):
    """A rounded surface with a thin border. With a title it has a header, with room for actions on the right.

    Attributes:
        body: the layout below the header. Its bottom margin keeps rectangular views out of the round corners.
    """

    def __init__(
        self, title: str = "", parent: QWidget | None = None, *, fill: str = "surface", radius: int = Radius.PANEL
    ) -> None:
        super().__init__(parent)
        self._fill = fill
        self._radius = radius
        self._shadow = 0
        self.ring_radius = radius
        column = QVBoxLayout(self)
        # Children must not paint over the border.
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._header = QWidget()
        self._header_row = QHBoxLayout(self._header)
        self._header_row.setContentsMargins(Space.S16, Space.S12 - 1, Space.S12, Space.S8)
        self._header_row.setSpacing(Space.S8)
        self._title = PanelTitle(title)
        self._header_row.addWidget(self._title)
        self._header_row.addStretch(1)
        column.addWidget(self._header)
        self._header.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, Space.S8)
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)
        self.follow_theme()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._header.setVisible(bool(title))

    def add_lead(self, widget: QWidget) -> None:
        """Add a control at the left of the title."""
        self._header_row.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignLeft)

    def add_action(self, widget: QWidget) -> None:
        """Add a control at the right of the header."""
        self._header.show()
        self._header_row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def header_height(self) -> int:
        """The height of the header in pixels."""
        return self._header.sizeHint().height()

    def set_shadow(self, depth: int) -> None:
        """Make the panel float: draw a shadow in a margin of `depth` pixels around it."""
        self._shadow = self.ring_inset = depth
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(1 + depth, 1 + depth, 1 + depth, 1 + depth)
        self.update()

    def restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(self._shadow, self._shadow, -self._shadow, -self._shadow)
        if is_inside_box(QRectF(event.rect()), area, self._radius):
            # Behind a text that is typed or streams in: with every key and every piece.
            painter.fillRect(event.rect(), theme().colour(self._fill))
            return
        if self._shadow:
            paint_shadow(painter, area, self._radius, self._shadow)
        paint_box(painter, area, self._radius, theme().colour(self._fill), theme().colour("line"))


class Divider(Themed, QWidget):
    """A one-pixel line."""

    def __init__(
        self, parent: QWidget | None = None, *, orientation: Qt.Orientation = Qt.Orientation.Horizontal
    ) -> None:
        super().__init__(parent)
        self.set_across(orientation == Qt.Orientation.Horizontal)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.follow_theme()

    def set_across(self, across: bool) -> None:
        """Lie between what is above and below, or stand between what is left and right."""
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(free if across else fixed, fixed if across else free)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().colour("line"))
