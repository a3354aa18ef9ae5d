"""Lists the takes of all sessions to clone one of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.takes import Take
from app.services.speech.voice_keeping import KEPT_SESSION
from app.ui.studio.context import SpeechContext
from app.ui.texts.speech import take_length, voice_name
from app.ui.voices.sample_bar import SampleBar
from app.ui.voices.tab_tasks import TabTasks
from app.ui.widgets.row_model import Row

_MAX_TAKES = 200
_LATEST_SESSIONS = 20
_OTHER_SESSIONS = ("design", KEPT_SESSION, "clone", "chat", "")
_DEBOUNCE_MS = 200


class TakePicker(QObject):
    """Fills the list when it is opened and while a search is typed.

    Signals:
        chosen: a take that was selected.
    """

    chosen = Signal(object)

    def __init__(self, bar: SampleBar, context: SpeechContext, tasks: TabTasks) -> None:
        super().__init__(bar)
        self._bar, self._context, self._tasks = bar, context, tasks
        self._takes: dict[str, Take] = {}
        self._asked = 0
        self._debounce = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._debounce.timeout.connect(self._refill)
        bar.from_take.toggled.connect(lambda shown: self._refill() if shown else None)
        bar.search.textChanged.connect(lambda _text: self._debounce.start())
        bar.takes.row_selected.connect(lambda key: self.chosen.emit(self._takes[key]))

    def _refill(self) -> None:
        if self._bar.from_take.isChecked():
            self._tasks.run_quietly(self._fill())

    async def _fill(self) -> None:
        self._asked += 1
        asked = self._asked
        query = self._bar.search.text()
        takes = await (self._context.sessions.find_takes(query, _MAX_TAKES) if query.strip() else self._latest())
        if asked != self._asked:
            return
        with_sound = [take for take in takes if take.audio and take.frames and take.has_ended]
        self._takes = {take.id: take for take in with_sound[:_MAX_TAKES]}
        self._bar.take_model.set_rows([_row(take) for take in self._takes.values()])
        self._bar.no_takes.setVisible(not self._takes)

    async def _latest(self) -> tuple[Take, ...]:
        """The newest takes of the sessions that were used last."""
        sessions = [session.id for session in self._context.sessions.sessions()[:_LATEST_SESSIONS]]
        takes: list[Take] = []
        for session in dict.fromkeys((*sessions, *_OTHER_SESSIONS)):
            takes += await self._context.service.of_session(session)
        return tuple(sorted(takes, key=lambda take: take.created, reverse=True))


def _row(take: Take) -> Row:
    return Row(take.id, " · ".join((voice_name(take), take_length(take))), " ".join(take.text.split()))
