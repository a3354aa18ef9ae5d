"""Widgets with the accessible role `alert`, which emit an event when they appear."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.widgets import accessible
from app.ui.widgets.presentation_cover import presentation_cover


class Alert(QFrame):
    """A frame that a screen reader announces on `announce()`. Its accessible name is `spoken()`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        accessible.install()
        super().__init__(parent)
        # Queued: the texts themselves are masked or unmasked first.
        presentation_cover().changed.connect(self.name_again, Qt.ConnectionType.QueuedConnection)

    def spoken(self) -> str:
        """The text to announce."""
        raise NotImplementedError

    def name_again(self) -> None:
        """Update the accessible name after the presentation cover changed."""
        if self.accessibleName():
            self.setAccessibleName(self.spoken())

    def announce(self) -> None:
        self.setAccessibleName(self.spoken())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


accessible.give_role(Alert, QAccessible.Role.AlertMessage)
