"""Opens the compare room over takes, and leads from one of its pages to another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.core.comparison import MIN_TAKES, Comparison
from app.core.comparison_csv import comparison_csv
from app.core.takes import Take
from app.ui.reported_tasks import Spawn
from app.ui.studio.compare.blind_test import BlindTest
from app.ui.studio.compare.compared import Compared
from app.ui.studio.compare.keeping import KeepTake, TakeKeeping
from app.ui.studio.compare.named_takes import NamedTakes
from app.ui.studio.compare.result_export import export_result
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.room_playback import RoomPlayback
from app.ui.studio.compare.side import CompareSide
from app.ui.studio.compare.take_ratings import TakeRatings
from app.ui.studio.compare.verdict import Verdict
from app.ui.studio.context import SpeechContext
from app.ui.texts.comparison import voice_of
from app.ui.widgets.presentation_cover import presentation_cover


class ComparePresenter(QObject):
    """Runs the room for a sequence of takes, wherever they come from.

    Attributes:
        is_open: whether takes are compared.

    Signals:
        closed: the room is to be left.
    """

    closed = Signal()

    def __init__(self, room: CompareRoom, side: CompareSide, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(room)
        self._room, self._side, self._context, self._spawn = room, side, context, spawn
        self.is_open = False
        self._compared = Compared(context.comparisons)
        self._playback = RoomPlayback(room, context.playback, spawn)
        self._keeping = TakeKeeping(context, spawn)
        self._ratings = TakeRatings(room, self._compared, self._playback)
        self._named = NamedTakes(room, side, context, self._compared, self._playback, self._ratings, spawn)
        self._blind = BlindTest(room, side, self._compared, self._playback)
        self._verdict = Verdict(
            room, side, context, self._compared, self._playback, spawn, self._blind.show, self._leave_verdict
        )
        self._connect()

    def _connect(self) -> None:
        room, footer = self._room, self._room.footer
        room.done.clicked.connect(self.close)
        room.equal_loudness.toggled.connect(self._match_loudness)
        room.blind.clicked.connect(self._set_blind)
        room.play_pressed.connect(self._play_or_pause)
        room.flip_pressed.connect(self._flip)
        room.undo_pressed.connect(self._undo)
        room.can_undo = self._can_undo
        footer.reveal.clicked.connect(self._verdict.reveal)
        footer.export.clicked.connect(self._export)
        footer.keep.clicked.connect(lambda: self._keep(self._keeping.star))
        footer.keep_voice.clicked.connect(lambda: self._keep(self._keeping.add_voice))
        footer.attach(self._context.playback)
        self._context.service.on_take.subscribe(self._on_take)
        self._context.service.on_deleted.subscribe(self._on_deleted)
        self._playback.changed.connect(self._show_playing)

    # -- opening and closing --------------------------------------------------------------------------------------

    def open(self, takes: Sequence[Take], *, session: str = "", title: str = "", blind: bool = False) -> None:
        """Compare 2 to 9 takes with sound; `blind` begins a blind test, or goes on with one of the same takes.

        Raises ValueError for fewer or more takes.
        """
        self._ratings.commit()
        self.is_open = False
        self._compared.open(takes, session=session, title=title)
        self._begin()
        if blind:
            self._blind.begin()
        else:
            self._named.show()
        self._room.focus()

    def open_result(self, test: Comparison, takes: Sequence[Take]) -> None:
        """Show the verdict of a blind test whose names were shown, with those of its takes that still exist."""
        self._ratings.commit()
        self.is_open = False
        self._compared.session, self._compared.title = test.session, ""
        self._compared.show_test(test, {take.id: take for take in takes})
        self._begin()
        self._verdict.show()
        self._room.focus()

    def _begin(self) -> None:
        """Have the takes that were taken up ready, equally loud."""
        self._context.service.listen_to("")
        self._room.equal_loudness.setChecked(True)
        self._compared.match(equal=True)
        self.is_open = True
        self._playback.begin()
        self._ratings.open()

    def close(self) -> None:
        """Leave the room. A blind test that is not finished is gone on with when the same takes are compared again."""
        if not self.is_open:
            return
        self._ratings.commit()
        self._blind.leave()
        self.is_open = False
        self._playback.end()
        self._room.forget_names()
        self._side.show_hidden()
        self._compared.clear()
        self._ratings.forget_steps()
        self.closed.emit()

    def _on_take(self, take: Take) -> None:
        """Show a take that changed, or whose deletion was undone."""
        if not self.is_open or not self._compared.belongs(take.id):
            return
        is_back = self._compared.update(take)
        if self._room.page == "takes":
            if is_back:
                self._compared.match(equal=self._room.equal_loudness.isChecked())
                self._named.show()
            else:
                self._room.list.compared.show_take(take)
        elif self._room.page == "verdict" and is_back:
            self._verdict.show()
        elif self._room.page == "verdict":
            self._verdict.show_result()

    def _on_deleted(self, take_id: str) -> None:
        """Go on without a take; leave the room, and say so, if too few are left or if a blind test would lack one."""
        if not self.is_open or not self._compared.remove(take_id):
            return
        if self._room.page == "verdict":
            self._verdict.show()
        elif self._room.page == "takes" and len(self._compared.takes) >= MIN_TAKES:
            self._compared.match(equal=self._room.equal_loudness.isChecked())
            self._named.show()
        else:
            was_blind = self._room.page == "blind"
            self.close()
            self._context.notifier.info(_closed_blind_text if was_blind else _closed_text)

    # -- pages ----------------------------------------------------------------------------------------------------

    def _match_loudness(self) -> None:
        """Give what plays, and what is shown, the gains of the toggle."""
        if not self.is_open:
            return
        self._compared.match(equal=self._room.equal_loudness.isChecked())
        self._playback.set_gains(self._compared.gains)
        if self._room.page == "takes":
            self._named.show_loudness()
        elif self._room.page == "verdict":
            self._verdict.show_result()
            self._verdict.show_playing()

    def _set_blind(self, on: bool) -> None:
        """Begin a blind test; switched off, show the names, with the verdict if there is an answer."""
        test = self._compared.test
        self._ratings.commit()
        if on and len(self._compared.takes) < MIN_TAKES:
            self._room.blind.setChecked(False)
            self._context.notifier.info(_too_few_text)
        elif on:
            self._blind.begin()
        elif test is not None and test.is_running and test.answers:
            self._verdict.reveal()
        else:
            if test is not None and test.is_running:
                self._spawn(self._context.comparisons.delete(test))
                self._compared.test = None
            self._named.show()
        self._room.focus()

    def _leave_verdict(self) -> None:
        """Show the takes with names, after the last test of the line was deleted."""
        if len(self._compared.takes) < MIN_TAKES:
            self.close()
        else:
            self._named.show()
            self._room.focus()

    # -- what the keys do ------------------------------------------------------------------------------------------

    def _show_playing(self) -> None:
        """Show what plays and where."""
        if not self.is_open:
            return
        if self._room.page == "takes":
            self._named.show_playing()
        elif self._room.page == "blind":
            self._blind.listening.show()
        else:
            self._verdict.show_playing()

    def _play_or_pause(self) -> None:
        self._context.service.listen_to("")
        if self._room.page == "blind":
            self._blind.listening.press_current()
        else:
            self._playback.toggle()

    def _flip(self) -> None:
        if self._room.page == "blind":
            self._blind.listening.flip()
        elif self._room.page == "takes":
            self._named.flip()
        elif self._playback.other:
            self._playback.go_to(self._playback.other)

    def _can_undo(self) -> bool:
        return {"takes": self._ratings.can_undo, "blind": self._blind.can_take_back, "verdict": False}[self._room.page]

    def _undo(self) -> None:
        """Take back the last rating, or the last answer."""
        if self._room.page == "takes" and self._ratings.can_undo:
            self._ratings.undo()
        elif self._room.page == "blind":
            self._blind.take_back()

    # -- what is kept ---------------------------------------------------------------------------------------------

    def _chosen(self) -> Take | None:
        """The take that Keep names: the winner of a verdict, else the current one."""
        is_verdict = self._room.page == "verdict"
        return self._verdict.winner if is_verdict else self._compared.takes.get(self._playback.current)

    def _keep(self, act: KeepTake) -> None:
        """Keep the chosen take, and note it in what was compared, also if the room is left meanwhile."""
        take = self._chosen()
        record = self._compared.test if self._room.page == "verdict" else self._compared.ratings
        if take is not None:
            self._ratings.forget_steps()
            note = partial(self._compared.note_kept, record.id if record is not None else "")
            self._spawn(act(take, self._compared.number_of(take), note))

    def _export(self) -> None:
        self._ratings.commit()
        is_verdict = self._room.page == "verdict"
        record = self._compared.test if is_verdict else self._compared.ratings or self._compared.new_comparison()
        if record is not None:
            content = comparison_csv(record, voice_of, presentation_cover().mask)
            self._spawn(export_result(self._room, content, self._context.settings, self._context.notifier))


def _closed_text() -> str:
    return QCoreApplication.translate(
        "Compare", "The comparison was closed: fewer than two takes are left. Its ratings and results are kept."
    )


def _closed_blind_text() -> str:
    return QCoreApplication.translate(
        "Compare", "A take of the blind test was deleted. Bring it back, and the test goes on."
    )


def _too_few_text() -> str:
    return QCoreApplication.translate(
        "Compare", "Takes of this test were deleted, so no blind test can begin. The result is kept."
    )
