"""The sessions of the studio: all of them, or those in which the words searched for stand."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.takes import SpeechSession
from app.services.speech.ports import TakeSearch
from app.ui.studio.view import StudioView
from app.ui.texts.speech import session_title
from app.ui.widgets.row_model import Row

_PAUSE_MS = 150
_MOST_TAKES = 500


class SessionList(QObject):
    """What the list of sessions shows. The last changed stands first.

    Words are looked for in titles, texts and directions, and in all that was spoken in a session.
    """

    def __init__(
        self, view: StudioView, search: TakeSearch, spawn: Callable[[Coroutine[Any, Any, None]], object]
    ) -> None:
        super().__init__(view)
        self._view, self._search, self._spawn = view, search, spawn
        self._sessions: tuple[SpeechSession, ...] = ()
        self._open = ""
        self._words: list[str] = []
        self._spoken: frozenset[str] = frozenset()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._spawn(self._look()))
        view.session_search.textChanged.connect(lambda _text: self._pause.start())

    def __contains__(self, session_id: str) -> bool:
        return self.get(session_id) is not None

    def get(self, session_id: str) -> SpeechSession | None:
        return next((kept for kept in self._sessions if kept.id == session_id), None)

    @property
    def first(self) -> SpeechSession | None:
        return self._sessions[0] if self._sessions else None

    def set_all(self, sessions: tuple[SpeechSession, ...]) -> None:
        self._sessions = sessions
        self.show()

    def put(self, session: SpeechSession) -> None:
        """A session as it is now, in front of all others."""
        self._sessions = (session, *(one for one in self._sessions if one.id != session.id))
        self.show()

    def remove(self, session_id: str) -> None:
        self._sessions = tuple(kept for kept in self._sessions if kept.id != session_id)
        self.show()

    def mark_open(self, session_id: str) -> None:
        """This one is selected, where it is among those that are shown."""
        self._open = session_id
        self.show()

    def show(self) -> None:
        shown = [kept for kept in self._sessions if self._is_found(kept)]
        self._view.session_model.set_rows([Row(kept.id, session_title(kept)) for kept in shown])
        self._view.sessions.select_key(self._open)
        hidden = self._open in self and all(kept.id != self._open for kept in shown)
        for button in (self._view.rename_session, self._view.delete_session):
            # What they would act on is not to be seen.
            button.setEnabled(not hidden)
        nothing = QCoreApplication.translate("Studio", "No session has these words.")
        self._view.no_session.setText(nothing if self._words and not shown else "")
        self._view.no_session.setVisible(bool(self._words) and not shown)

    def _is_found(self, session: SpeechSession) -> bool:
        if session.id in self._spoken:
            return True
        layers = (session.direction, session.role, session.scene, session.guidance)
        written = "\n".join((session.title, session.text, *layers)).casefold()
        return all(word in written for word in self._words)

    async def _look(self) -> None:
        query = self._view.session_search.text()
        spoken = await self._search.takes(query, _MOST_TAKES) if query.strip() else ()
        if query == self._view.session_search.text():
            self._words = query.casefold().split()
            self._spoken = frozenset(hit.take.session for hit in spoken)
            self.show()
