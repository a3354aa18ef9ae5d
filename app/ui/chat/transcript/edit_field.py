"""The field that replaces a user message while it is edited."""

from __future__ import annotations

from typing import NamedTuple, cast

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.messages import Media
from app.ui.chat.attachments.message_cards import EditedMedia
from app.ui.chat.transcript.message_footer import running_reason
from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.composition import ComposingTextEdit, commit_composition
from app.ui.widgets.labels import Hint
from app.ui.widgets.long_lines import LongLines

MAX_LINES = 12


class EditDraft(NamedTuple):
    """The text, cursor position and attachments of an edit whose field was removed before it was submitted."""

    text: str
    cursor: int
    media: tuple[Media, ...] = ()


class EditField(Retranslated):
    """Edits the text of a message and removes attachments. It stays open until its owner closes it.

    Signals:
        submitted: the new text and attachments, which differ from the old ones.
        cancelled: the edit was discarded.
    """

    submitted = Signal(str, object)
    cancelled = Signal()

    def __init__(self, text: str, media: tuple[Media, ...] = (), parent: QWidget | None = None) -> None:
        """A message with attachments may be without text."""
        super().__init__(parent)
        self._original, self._original_media, self._is_running = text, media, False
        self._media = EditedMedia(media)
        self._media.changed.connect(self._update_send)
        self.editor = MessageEditor(text)
        self._reason = Hint(wrap=True)
        self.editor.setTabChangesFocus(True)
        self.editor.setFont(theme().font(Type.BODY))
        self.send, self.cancel = PrimaryButton(), Button()
        self.send.clicked.connect(self._submit)
        self.editor.submitted.connect(self._submit)
        self.cancel.clicked.connect(self.cancelled)
        self.editor.escaped.connect(self.cancelled)
        self.editor.textChanged.connect(self._fit)
        self.editor.textChanged.connect(self._update_send)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.S8)
        box.addWidget(self.editor)
        box.addWidget(self._media)
        row = QHBoxLayout()
        row.setSpacing(Space.S8)
        row.addWidget(self._reason, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.send)
        box.addLayout(row)
        self._fit()
        self.retranslate()

    def retranslate(self) -> None:
        self.editor.setAccessibleName(QCoreApplication.translate("Transcript", "Edited message"))
        self.send.setText(QCoreApplication.translate("Transcript", "Send edited"))
        self.cancel.setText(QCoreApplication.translate("Transcript", "Cancel"))
        self.send.setToolTip(QCoreApplication.translate("Transcript", "Send edited (Ctrl+Enter)"))
        self.cancel.setToolTip(QCoreApplication.translate("Transcript", "Cancel (Esc)"))
        self.editor.setAccessibleDescription(QCoreApplication.translate("Transcript", "Ctrl+Enter sends, Esc cancels."))
        self._update_send()

    def set_running(self, running: bool) -> None:
        """Lock sending while a reply runs, and say so."""
        self._is_running = running
        self._update_send()

    def _update_send(self) -> None:
        self.send.setEnabled(self._can_send() and not self._is_running)
        keys = QCoreApplication.translate("Transcript", "Ctrl+Enter sends, Esc cancels.")
        self._reason.setText(running_reason() if self._is_running else keys)

    def _can_send(self) -> bool:
        text = self.editor.toPlainText()
        is_changed = text != self._original or self._media.media != self._original_media
        return is_changed and bool(text.strip() or self._media.media)

    def draft(self) -> EditDraft:
        return EditDraft(self.editor.toPlainText(), self.editor.textCursor().position(), self._media.media)

    def set_draft(self, draft: EditDraft) -> None:
        """Restore an unsubmitted edit."""
        self.editor.setPlainText(draft.text)
        cursor = self.editor.textCursor()
        cursor.setPosition(draft.cursor)
        self._media.set_media(draft.media)
        self.editor.setTextCursor(cursor)

    def _fit(self) -> None:
        lines = min(MAX_LINES, max(3, self.editor.blockCount() + 1))
        self.editor.setFixedHeight(self.editor.fontMetrics().lineSpacing() * lines + 20)

    def _submit(self) -> None:
        commit_composition()
        if self._can_send():
            self.submitted.emit(self.editor.toPlainText(), self._media.media)


class MessageEditor(ComposingTextEdit):
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
        self.moveCursor(QTextCursor.MoveOperation.End)

    def setPlainText(self, text: str) -> None:
        self._long_lines.prepare(text)
        super().setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._long_lines.prepare(source.text())
        super().insertFromMimeData(source)

    def event(self, event: QEvent) -> bool:
        # Otherwise Escape goes to a shortcut of the view.
        if event.type() == QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)
