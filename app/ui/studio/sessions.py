"""Shows the list of sessions, filtered by the search text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.services.speech.session_search import SessionFilter
from app.services.speech.sessions import SpeechSessions
from app.ui.reported_tasks import Spawn
from app.ui.studio.view import StudioView
from app.ui.texts.speech import session_title
from app.ui.widgets.row_model import Row

_DEBOUNCE_MS = 150


class SessionList(QObject):
    """Shows the sessions that match the search, and selects the open one if it is among them."""

    def __init__(self, view: StudioView, sessions: SpeechSessions, spawn: Spawn) -> None:
        super().__init__(view)
        self._panel, self._sessions, self._spawn = view.session_panel, sessions, spawn
        self._filter = SessionFilter()
        self._debounce = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._debounce.timeout.connect(lambda: self._spawn(self._search()))
        self._panel.search.textChanged.connect(lambda _text: self._debounce.start())
        self.unsubscribe = sessions.on_change.subscribe(self.show)

    def show(self) -> None:
        panel, sessions, open_id = self._panel, self._sessions.sessions(), self._sessions.current.id
        titled = [(session, session_title(session)) for session in sessions]
        rows = [Row(session.id, title) for session, title in titled if self._filter.matches(session, title)]
        panel.model.set_rows(rows)
        panel.list.select_key(open_id)
        hidden = any(session.id == open_id for session in sessions) and all(row.key != open_id for row in rows)
        for button in (panel.rename, panel.delete):
            # The open session is filtered out, so these buttons have no visible target.
            button.setEnabled(not hidden)
        no_match = bool(self._filter.words) and not rows
        panel.no_match.setText(QCoreApplication.translate("Studio", "No matching sessions.") if no_match else "")
        panel.no_match.setVisible(no_match)

    async def _search(self) -> None:
        query = self._panel.search.text()
        found = await self._sessions.search(query)
        if query == self._panel.search.text():
            self._filter = found
            self.show()
