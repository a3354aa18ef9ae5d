"""A message that is written anew in place."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton

MOST_LINES = 12


class Unsent(NamedTuple):
    """What was being written when its field went, and where the cursor stood in it."""

    words: str
    cursor: int


class EditField(Retranslated):
    """The words of a message, editable.

    Signals:
        sent: the new words.
        cancelled: the old ones stay.
    """

    sent = Signal(str)
    cancelled = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = EditedWords(text)
        self.words.setTabChangesFocus(True)
        self.words.setFont(theme().font(Type.BODY))
        self.send, self.cancel = PrimaryButton(), Button()
        self.send.clicked.connect(self._send)
        self.words.accepted.connect(self._send)
        self.cancel.clicked.connect(self.cancelled)
        self.words.left.connect(self.cancelled)
        self.words.textChanged.connect(self._fit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.S8)
        box.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(Space.S8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.send)
        box.addLayout(row)
        self._fit()
        self.retranslate()

    def retranslate(self) -> None:
        self.words.setAccessibleName(QCoreApplication.translate("Transcript", "Edited message"))
        self.send.setText(QCoreApplication.translate("Transcript", "Send edited"))
        self.cancel.setText(QCoreApplication.translate("Transcript", "Cancel"))

    def unsent(self) -> Unsent:
        return Unsent(self.words.toPlainText(), self.words.textCursor().position())

    def take_up(self, unsent: Unsent) -> None:
        """Go on where somebody was interrupted."""
        self.words.setPlainText(unsent.words)
        cursor = self.words.textCursor()
        cursor.setPosition(unsent.cursor)
        self.words.setTextCursor(cursor)

    def _fit(self) -> None:
        lines = min(MOST_LINES, max(3, self.words.blockCount() + 1))
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * lines + 20)

    def _send(self) -> None:
        self.sent.emit(self.words.toPlainText())


class EditedWords(QPlainTextEdit):
    """Control and Enter accept, Escape leaves."""

    accepted = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.accepted.emit()
        else:
            super().keyPressEvent(event)
