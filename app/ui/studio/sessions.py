"""Keeps the list of sessions and filters it by the search text."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.takes import SpeechSession
from app.services.speech.ports import TakeSearch
from app.ui.studio.view import StudioView
from app.ui.texts.speech import session_title
from app.ui.widgets.row_model import Row

_DEBOUNCE_MS = 150
_MAX_TAKES = 500


class SessionList(QObject):
    """The sessions shown in the list, the most recently changed first.

    The search covers titles, texts, directions and the texts of the takes of a session.
    """

    def __init__(
        self, view: StudioView, search: TakeSearch, spawn: Callable[[Coroutine[Any, Any, None]], object]
    ) -> None:
        super().__init__(view)
        self._view, self._search, self._spawn = view, search, spawn
        self._sessions: tuple[SpeechSession, ...] = ()
        self._open_id = ""
        self._query_words: list[str] = []
        self._matching_ids: frozenset[str] = frozenset()
        self._debounce = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._debounce.timeout.connect(lambda: self._spawn(self._search_takes()))
        view.session_panel.search.textChanged.connect(lambda _text: self._debounce.start())

    def __contains__(self, session_id: str) -> bool:
        return self.get(session_id) is not None

    def get(self, session_id: str) -> SpeechSession | None:
        return next((session for session in self._sessions if session.id == session_id), None)

    @property
    def first(self) -> SpeechSession | None:
        return self._sessions[0] if self._sessions else None

    def set_all(self, sessions: tuple[SpeechSession, ...]) -> None:
        self._sessions = sessions
        self.show()

    def put(self, session: SpeechSession) -> None:
        """Add a session or replace an older state of it, and move it to the front."""
        self._sessions = (session, *(other for other in self._sessions if other.id != session.id))
        self.show()

    def remove(self, session_id: str) -> None:
        self._sessions = tuple(session for session in self._sessions if session.id != session_id)
        self.show()

    def mark_open(self, session_id: str) -> None:
        """Select a session if it is among those shown."""
        self._open_id = session_id
        self.show()

    def show(self) -> None:
        shown = [session for session in self._sessions if self._matches(session)]
        self._view.session_panel.model.set_rows([Row(session.id, session_title(session)) for session in shown])
        self._view.session_panel.list.select_key(self._open_id)
        hidden = self._open_id in self and all(session.id != self._open_id for session in shown)
        for button in (self._view.session_panel.rename, self._view.session_panel.delete):
            # The open session is filtered out, so these buttons have no visible target.
            button.setEnabled(not hidden)
        no_match = QCoreApplication.translate("Studio", "No matching sessions.")
        self._view.session_panel.no_match.setText(no_match if self._query_words and not shown else "")
        self._view.session_panel.no_match.setVisible(bool(self._query_words) and not shown)

    def _matches(self, session: SpeechSession) -> bool:
        if session.id in self._matching_ids:
            return True
        layers = (session.direction, session.role, session.scene, session.guidance)
        written = "\n".join((session.title, session.text, *layers)).casefold()
        return all(word in written for word in self._query_words)

    async def _search_takes(self) -> None:
        query = self._view.session_panel.search.text()
        spoken = await self._search.takes(query, _MAX_TAKES) if query.strip() else ()
        if query == self._view.session_panel.search.text():
            self._query_words = query.casefold().split()
            self._matching_ids = frozenset(hit.take.session for hit in spoken)
            self.show()
