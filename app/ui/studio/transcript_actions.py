"""What becomes of a transcript: copied, used as the text to speak, or put into the message of the chat."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication, QTextCursor

from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.session_presenter import SessionPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.fields import TextArea


class TranscriptActions(QObject):
    """Connects the buttons below the transcript."""

    def __init__(self, view: StudioView, context: SpeechContext, sessions: SessionPresenter, spawn: Spawn) -> None:
        super().__init__(view)
        self._view, self._panel, self._context = view, view.recognition_panel, context
        self._sessions, self._spawn = sessions, spawn
        self._panel.copy.clicked.connect(self._copy)
        self._panel.use.clicked.connect(self._use)
        self._panel.send.clicked.connect(lambda: view.chat_requested.emit(self._text()))

    def _text(self) -> str:
        return self._panel.transcript.toPlainText().strip()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Studio", "The transcript was copied."), topic="copied"
        )

    def _use(self) -> None:
        """Make the transcript the text to speak. The former text can be brought back, also from another session."""
        before, session_id = self._view.text.plain_text(), self._sessions.session.id
        self._view.text.set_plain_text(self._text())
        if before.strip():
            self._context.notifier.info(
                lambda: QCoreApplication.translate("Studio", "The transcript replaced the text to speak."),
                undo=lambda: self._spawn(self._bring_back(session_id, before)),
            )
        self._view.text.text.setFocus()

    async def _bring_back(self, session_id: str, text: str) -> None:
        if self._sessions.session.id != session_id:
            await self._sessions.open(session_id)
        self._view.text.set_plain_text(text)
        self._view.text.text.setFocus()


def set_text(field: TextArea, text: str) -> None:
    """Replace the text of a field as a step of its undo history, where it is not masked."""
    if field.is_covered or not field.toPlainText():
        field.setPlainText(text)
        return
    cursor = QTextCursor(field.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.insertText(text)
