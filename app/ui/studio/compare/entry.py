"""Opens the compare room from the list of takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject

from app.core.comparison import MAX_TAKES, MIN_TAKES, Comparison
from app.core.takes import Take
from app.ui.reported_tasks import Spawn
from app.ui.studio.compare.presenter import ComparePresenter
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.side import CompareSide
from app.ui.studio.context import SpeechContext
from app.ui.studio.view import StudioView


class CompareEntry(QObject):
    """Connects Compare and Blind above the takes. The room is built when it is first opened."""

    def __init__(self, view: StudioView, context: SpeechContext, session: Callable[[], str], spawn: Spawn) -> None:
        super().__init__(view)
        self._view, self._panel, self._context = view, view.takes_panel, context
        self._session, self._spawn = session, spawn
        self._side: CompareSide | None = None
        self._presenter: ComparePresenter | None = None
        self._room: CompareRoom | None = None
        self._panel.compare.clicked.connect(lambda: self._open(blind=False))
        self._panel.blind.clicked.connect(lambda on: self._open(blind=True) if on else None)
        view.room_changed.connect(self._on_room_changed)

    def candidates(self) -> list[Take]:
        """What is compared: the chosen takes; of fewer than two, those with a star, else those with the same text."""
        takes = [take for take in self._panel.model.takes() if _has_sound(take)]
        ids = {take.id for take in takes}
        chosen = [take for take in self._panel.selected_takes() if take.id in ids]
        starred = [take for take in takes if take.stars]
        text = chosen[0].text if chosen else takes[0].text if takes else ""
        alike = [take for take in takes if take.text == text]
        return next((found for found in (chosen, starred, alike) if len(found) >= MIN_TAKES), [])

    def _open(self, *, blind: bool) -> None:
        self.compare(self.candidates(), blind=blind)

    def compare(self, takes: Sequence[Take], *, blind: bool = False) -> None:
        """Open the room with these takes, at most nine of them; say what to do if they are too few."""
        notifier = self._context.notifier
        takes = [take for take in takes if _has_sound(take)]
        if len(takes) < MIN_TAKES:
            self._panel.blind.setChecked(False)
            notifier.info(
                lambda: QCoreApplication.translate(
                    "Compare", "Choose two to nine takes with sound, or give them stars. Then compare them."
                ),
                topic="compare",
            )
            return
        if len(takes) > MAX_TAKES:
            notifier.info(
                lambda: QCoreApplication.translate(
                    "Compare", "Nine takes can be compared at once. These are the nine newest of those you chose."
                ),
                topic="compare",
            )
            takes = takes[:MAX_TAKES]
        presenter, room, side = self._built()
        presenter.open(takes, session=self._session(), blind=blind)
        self._view.open_room(room, side)
        room.focus()

    def reopen(self, record: Comparison, takes: Sequence[Take]) -> None:
        """Open the room with an earlier comparison, whose takes these are: with its verdict, or to be gone on with."""
        has_verdict = record.is_test and record.revealed
        if len(takes) < (1 if has_verdict else MIN_TAKES):
            self._context.notifier.info(
                lambda: QCoreApplication.translate(
                    "Compare", "The takes of this comparison were deleted, so it can't be opened. Its result is kept."
                ),
                topic="compare",
            )
        elif has_verdict:
            presenter, room, side = self._built()
            presenter.open_result(record, takes)
            self._view.open_room(room, side)
            room.focus()
        else:
            self.compare(takes, blind=record.is_running)

    def _built(self) -> tuple[ComparePresenter, CompareRoom, CompareSide]:
        if self._presenter is None or self._room is None or self._side is None:
            self._room, self._side = CompareRoom(), CompareSide()
            self._presenter = ComparePresenter(self._room, self._side, self._context, self._spawn)
            self._presenter.closed.connect(self._on_closed)
        return self._presenter, self._room, self._side

    def _on_closed(self) -> None:
        self._panel.blind.setChecked(False)
        if self._view.room is self._room:
            self._view.close_room()

    def _on_room_changed(self) -> None:
        """Leave the comparison when the view has closed the room, by Escape or for another session."""
        if self._presenter is not None and self._view.room is not self._room:
            self._presenter.close()


def _has_sound(take: Take) -> bool:
    return take.has_ended and take.frames > 0 and bool(take.audio)
