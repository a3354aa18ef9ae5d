"""The button that scrolls the transcript back to its end."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button


class JumpButton(Button):
    """Floats above the lower edge of the transcript while its end is out of view."""

    base_height = 32

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", Icon.ARROW_DOWN, parent)
        self._area = QRect()
        self.hide()

    def retranslate(self) -> None:
        self.setText(QCoreApplication.translate("Transcript", "Jump to latest"))
        self.place(self._area)

    def restyle(self) -> None:
        super().restyle()
        self.ring_radius = self.sizeHint().height() / 2
        if hasattr(self, "_area"):
            self.place(self._area)

    def place(self, area: QRect) -> None:
        """Center the button above the lower edge of `area`."""
        self._area = area
        size = self.sizeHint()
        self.setGeometry(
            area.left() + (area.width() - size.width()) // 2,
            area.bottom() - size.height() - Space.S12,
            size.width(),
            size.height(),
        )
        self.raise_()
