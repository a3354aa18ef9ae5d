"""The accessibility of things that speak up: role `alert`, and an event when they appear."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.widgets import accessible
from app.ui.widgets.presentation_cover import presentation_cover


class Alert(QFrame):
    """A frame that a screen reader announces when `announce()` is called; its name is `spoken()`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        accessible.install()
        super().__init__(parent)
        # Once the words themselves are covered, or shown again.
        presentation_cover().changed.connect(self.name_again, Qt.ConnectionType.QueuedConnection)

    def spoken(self) -> str:
        """What is announced."""
        raise NotImplementedError

    def name_again(self) -> None:
        """Say it as the veil lets it through now."""
        if self.accessibleName():
            self.setAccessibleName(self.spoken())

    def announce(self) -> None:
        self.setAccessibleName(self.spoken())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


accessible.give_role(Alert, QAccessible.Role.AlertMessage)
