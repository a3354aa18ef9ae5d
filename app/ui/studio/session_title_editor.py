"""Edits the title of the open session. Until the user chooses one, it is derived from the text."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.services.speech.sessions import SpeechSessions
from app.ui.studio.view import StudioView
from app.ui.texts.speech import session_title

_DEBOUNCE_MS = 400


class SessionTitleEditor(QObject):
    """Saves a title shortly after it is typed. Enter closes the field, Escape restores the previous title."""

    def __init__(self, view: StudioView, sessions: SpeechSessions) -> None:
        super().__init__(view)
        self._list, self._field = view.session_panel.list, view.session_panel.title_field
        self._sessions = sessions
        self._before = sessions.current
        self._debounce = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._debounce.timeout.connect(self._commit)
        view.session_panel.rename.clicked.connect(self._begin_or_finish)
        self._field.returnPressed.connect(self.finish)
        # Update the list while the title is typed.
        self._field.textChanged.connect(lambda _text: self._debounce.start())
        self._field.escaped.connect(lambda: self.finish(save=False))
        self._field.left.connect(lambda: self.finish(refocus=False))

    def _begin_or_finish(self) -> None:
        if not self._field.isHidden():
            self.finish()
            return
        self._before = self._sessions.current
        self._field.setText(session_title(self._before))
        self._debounce.stop()
        self._field.show()
        self._field.selectAll()
        self._field.setFocus()

    def finish(self, *, save: bool = True, refocus: bool = True) -> None:
        """Close the field if it is open, saving the title or restoring the previous one.

        `refocus` moves the focus to the list.
        """
        if self._field.isHidden():
            return
        now, before = self._sessions.get(self._before.id), self._before
        if save:
            self._commit()
        elif now is not None and (now.title, now.title_is_custom) != (before.title, before.title_is_custom):
            self._sessions.rename(before.id, before.title if before.title_is_custom else "")
        self._debounce.stop()
        self._field.hide()
        if refocus:
            self._list.setFocus()

    def _commit(self) -> None:
        self._debounce.stop()
        title, now = " ".join(self._field.text().split()), self._sessions.get(self._before.id)
        if not self._field.isHidden() and title and now is not None and title != session_title(now):
            self._sessions.rename(now.id, title)
