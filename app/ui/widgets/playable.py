"""A list whose rows have a round play button on the left."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import paint_box

BUTTON_SIZE = 32


def play_area(row: QRectF) -> QRectF:
    """The rectangle of the play button within a row."""
    side = theme().px(BUTTON_SIZE)
    return QRectF(row.left() + Space.S12, row.top() + Space.S12, side, side)


def play_room(row: QRectF) -> QRectF:
    """The area of a row to the right of its play button."""
    return row.adjusted(play_area(row).right() - row.left() + Space.S12, Space.S8, -Space.S12, -Space.S8)


def paint_play(painter: QPainter, row: QRectF, *, playing: bool, enabled: bool = True) -> QRectF:
    """Draw a play button that looks like `PlayButton`, and return the area to the right of it."""
    colours, area = theme(), play_area(row)
    fill, line, ink = ("accent", None, "on_accent") if playing else ("surface", "line", "text")
    paint_box(painter, area, area.width() / 2, colours.colour(fill), colours.colour(line) if line else None)
    side = colours.px(16)
    ratio = painter.device().devicePixelRatioF()
    glyph = pixmap(Icon.PAUSE if playing else Icon.PLAY, ink if enabled else "text3", 16, ratio)
    centre = area.center()
    painter.drawPixmap(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side).topLeft(), glyph)
    return play_room(row)


class PlayableList(RowList):
    """A list of rows with play buttons.

    Signals:
        play_pressed: the key of the row that was double-clicked or whose button was clicked.
    """

    play_pressed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.doubleClicked.connect(lambda index: self.play_pressed.emit(index.data(RowRole.KEY)))

    def row_area(self, index: QModelIndex) -> QRectF:
        """The rectangle a row is painted in, in viewport coordinates."""
        return QRectF(self.visualRect(index)).adjusted(RowDelegate.MARGIN, 1, -RowDelegate.MARGIN, -1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self._button_at(event)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.play_pressed.emit(index.data(RowRole.KEY))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Treat a double click on the button as two separate clicks."""
        if not self._button_at(event).isValid():
            super().mouseDoubleClickEvent(event)

    def _button_at(self, event: QMouseEvent) -> QModelIndex:
        """The index of the row whose button is under the pointer."""
        index = self.indexAt(event.position().toPoint())
        return index if play_area(self.row_area(index)).contains(event.position()) else QModelIndex()
