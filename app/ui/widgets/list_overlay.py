"""Real buttons over a list.

They can't be inside of the list: assistive technology is told only of its rows (QAccessibleTable, Qt 6.11).
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from app.ui.theme.tokens import RING, RING_GAP

_REACH = RING + RING_GAP
_FOR_THE_LIST = frozenset(
    {
        QEvent.Type.Wheel, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseMove,
    }
)  # fmt: skip


class ListOverlay(QWidget):
    """Lies over the viewport of a list, so that its children are in the coordinates of that and clipped by it.

    It is there only where its children are, with their focus ring; what they leave goes to the list.
    """

    def __init__(self, rows: QAbstractItemView) -> None:
        super().__init__()
        self._rows = rows

    def cover(self, buttons: Iterable[QWidget]) -> None:
        """Take the place of the viewport, and be there for these buttons."""
        region = QRegion()
        for button in buttons:
            region += button.geometry().adjusted(-_REACH, -_REACH, _REACH, _REACH)
        above, viewport = self.parentWidget(), self._rows.viewport()
        if above is not None:
            corner = viewport.mapTo(above, QPoint(0, 0))
            self.setGeometry(corner.x(), corner.y(), viewport.width(), viewport.height())
        self.setVisible(not region.isEmpty())
        if not region.isEmpty():
            self.setMask(region)

    def event(self, event: QEvent) -> bool:
        if event.type() in _FOR_THE_LIST:
            return QApplication.sendEvent(self._rows.viewport(), event)
        return super().event(event)
