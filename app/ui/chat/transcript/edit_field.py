"""The field that replaces a user message while it is edited."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.long_lines import LongLines

MAX_LINES = 12


class EditDraft(NamedTuple):
    """The text and cursor position of an edit whose field was removed before it was submitted."""

    text: str
    cursor: int


class EditField(Retranslated):
    """Edits the text of a message.

    Signals:
        submitted: the new text.
        cancelled: the edit was discarded.
    """

    submitted = Signal(str)
    cancelled = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = MessageEditor(text)
        self.editor.setTabChangesFocus(True)
        self.editor.setFont(theme().font(Type.BODY))
        self.send, self.cancel = PrimaryButton(), Button()
        self.send.clicked.connect(self._submit)
        self.editor.submitted.connect(self._submit)
        self.cancel.clicked.connect(self.cancelled)
        self.editor.escaped.connect(self.cancelled)
        self.editor.textChanged.connect(self._fit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.S8)
        box.addWidget(self.editor)
        row = QHBoxLayout()
        row.setSpacing(Space.S8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.send)
        box.addLayout(row)
        self._fit()
        self.retranslate()

    def retranslate(self) -> None:
        self.editor.setAccessibleName(QCoreApplication.translate("Transcript", "Edited message"))
        self.send.setText(QCoreApplication.translate("Transcript", "Send edited"))
        self.cancel.setText(QCoreApplication.translate("Transcript", "Cancel"))

    def draft(self) -> EditDraft:
        return EditDraft(self.editor.toPlainText(), self.editor.textCursor().position())

    def set_draft(self, draft: EditDraft) -> None:
        """Restore an unsubmitted edit."""
        self.editor.setPlainText(draft.text)
        cursor = self.editor.textCursor()
        cursor.setPosition(draft.cursor)
        self.editor.setTextCursor(cursor)

    def _fit(self) -> None:
        lines = min(MAX_LINES, max(3, self.editor.blockCount() + 1))
        self.editor.setFixedHeight(self.editor.fontMetrics().lineSpacing() * lines + 20)

    def _submit(self) -> None:
        self.submitted.emit(self.editor.toPlainText())


class MessageEditor(QPlainTextEdit):
    """A plain-text editor that Control+Enter submits and Escape leaves.

    Signals:
        submitted: Control+Enter was pressed.
        escaped: Escape was pressed.
    """

    submitted = Signal()
    escaped = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._long_lines = LongLines(self)
        self.setPlainText(text)

    def setPlainText(self, text: str) -> None:
        self._long_lines.prepare(text)
        super().setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._long_lines.prepare(source.text())
        super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)
