"""Marks a message that is not sent any more."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.labels import Label


class LeftOutLine(Retranslated):
    """Says above a message that it is not sent, and offers to send it again.

    Signals:
        send_again: the button was pressed.
    """

    send_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_summary = False
        self._label = Label(size=Type.SMALL, ink="text2")
        self.button = GhostButton("", Icon.SEND_AGAIN)
        self.button.clicked.connect(self.send_again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self._label)
        row.addWidget(self.button)
        row.addStretch(1)
        self.retranslate()

    def set_has_summary(self, has_summary: bool) -> None:
        """Say whether a summary is sent in its place."""
        self._has_summary = has_summary
        self.retranslate()

    def retranslate(self) -> None:
        self._label.setText(
            QCoreApplication.translate("Transcript", "Not sent any more; a summary is sent instead")
            if self._has_summary
            else QCoreApplication.translate("Transcript", "Not sent any more")
        )
        self.button.setText(QCoreApplication.translate("Transcript", "Send again"))
        # The inspector has a button of the shorter name.
        self.button.setAccessibleName(QCoreApplication.translate("Transcript", "Send this message again"))


class Veil(QWidget):
    """Dims what it covers; the pointer goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = QColor(theme().colour("bg"))
        colour.setAlphaF(DISABLED_OPACITY)
        QPainter(self).fillRect(self.rect(), colour)
