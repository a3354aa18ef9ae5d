"""A button of the selected row."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.jobs.actions import Action
from app.ui.jobs.painting import paint_button
from app.ui.theme.tokens import Radius
from app.ui.widgets.themed import Themed


class JobButton(Themed, QPushButton):
    """The button of an action; the list gives it its place, text and name."""

    ring_radius = Radius.CONTROL

    def __init__(self, action: Action, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.follow_theme()

    def restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        enabled = self.isEnabled()
        paint_button(
            QPainter(self), QRectF(self.rect()), self._action, self.text(), hot=enabled and self.underMouse(),
            down=self.isDown(), enabled=enabled,
        )  # fmt: skip
