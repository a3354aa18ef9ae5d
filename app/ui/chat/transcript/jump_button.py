"""The button that scrolls the transcript back to its end."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button


class JumpButton(Button):
    """Floats above the lower edge of the transcript while its end is out of view.

    It is part of what scrolls, and moved back with each step: Qt moves the pixels of what scrolls only if nothing else
    lies over it, and paints all of it again otherwise.
    """

    base_height = 32

    def __init__(self, parent: QWidget) -> None:
        self._page = parent
        super().__init__("", Icon.ARROW_DOWN, parent)
        self._area = QRect()
        self.hide()

    def retranslate(self) -> None:
        self.setText(QCoreApplication.translate("Transcript", "Jump to latest"))
        self._size = self.sizeHint()
        self.place(self._area)

    def restyle(self) -> None:
        super().restyle()
        self._size = self.sizeHint()
        self.ring_radius = self._size.height() / 2
        if hasattr(self, "_area"):
            self.place(self._area)

    def place(self, area: QRect) -> None:
        """Center the button above the lower edge of `area`, the part of its parent that is in view, at any time."""
        self._area = area
        self.follow()

    def follow(self) -> None:
        """Stay in view after the parent has moved."""
        size, area = self._size, self._area
        self.setGeometry(
            area.left() + (area.width() - size.width()) // 2,
            area.bottom() - self._page.y() - size.height() - Space.S12,
            size.width(),
            size.height(),
        )
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        self.follow()
        super().showEvent(event)
