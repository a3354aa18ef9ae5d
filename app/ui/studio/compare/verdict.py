"""The verdict of a blind test, the earlier tests of the line beside it, and more pairs after it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.core.comparison import Comparison, revealed, with_more_pairs
from app.core.comparison_result import best_pair, more_pairs
from app.core.takes import Take
from app.ui.reported_tasks import Spawn
from app.ui.studio.compare.compared import Compared
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.room_playback import RoomPlayback
from app.ui.studio.compare.side import CompareSide
from app.ui.studio.context import SpeechContext
from app.ui.texts.comparison import verdict_subtitle


class Verdict:
    """Shows what a blind test found. `go_on` shows the test blind again, `leave` goes to the takes or closes."""

    def __init__(
        self,
        room: CompareRoom,
        side: CompareSide,
        context: SpeechContext,
        compared: Compared,
        playback: RoomPlayback,
        spawn: Spawn,
        go_on: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        self._room, self._side, self._context = room, side, context
        self._compared, self._playback, self._spawn = compared, playback, spawn
        self._go_on, self._leave = go_on, leave
        room.verdict_page.play_pressed.connect(self._press)
        room.verdict_page.more.clicked.connect(self._hear_more)
        side.test_selected.connect(self._select_test)
        side.delete.clicked.connect(self._delete_test)
        context.comparisons.on_change.subscribe(self._show_tests)

    def reveal(self) -> None:
        """Show the names, and end the test."""
        test = self._compared.test
        assert test is not None
        self._compared.put_test(revealed(test, time.time()))
        self._playback.pause()
        self.show()
        self._room.focus()

    def show(self) -> None:
        """Show the verdict; the winner is current, and a flip goes to the take it was preferred to."""
        test, room = self._compared.test, self._room
        assert test is not None
        best = best_pair(test)
        room.blind.setChecked(False)
        room.show_page("verdict", verdict_subtitle(test), takes=len(test.takes))
        self.show_result()
        ids = [test.takes[place].id for place in (best.other, best.winner)]
        pair = [self._compared.takes[take_id] for take_id in ids if take_id in self._compared.takes]
        self._playback.offer(pair, self._compared.gains)
        for take in pair:
            self._playback.go_to(take.id)
        winner = test.takes[best.winner]
        room.footer.set_keep((winner.number or best.winner + 1) if winner.id in self._compared.takes else 0)
        room.footer.flip.setEnabled(len(pair) == 2)
        self._show_tests()
        self.show_playing()

    def show_result(self) -> None:
        """Show the result with the takes and gains as they are now."""
        if self._compared.test is not None:
            self._room.verdict_page.show_comparison(self._compared.test, self._compared.takes, self._compared.gains)

    def show_playing(self) -> None:
        current = self._playback.current
        self._room.verdict_page.show_playing(current if self._playback.playing else "", current)

    @property
    def winner(self) -> Take | None:
        """The take that did best; None if it was deleted."""
        test = self._compared.test
        return self._compared.takes.get(test.takes[best_pair(test).winner].id) if test is not None else None

    @property
    def _is_shown(self) -> bool:
        return self._compared.test is not None and self._room.page == "verdict"

    def _show_tests(self) -> None:
        test = self._compared.test
        if test is not None and self._room.page == "verdict":
            tests = self._context.comparisons.tests_of(test.session, test.text)
            self._side.show_tests(tests, test.id)
            self._side.delete.setEnabled(any(known.id == test.id for known in tests))

    def _select_test(self, test_id: str) -> None:
        """Show an earlier test of the line; its takes are found where they are stored."""
        test = self._context.comparisons.get(test_id)
        if test is not None:
            self._spawn(self._load(test))

    async def _load(self, test: Comparison) -> None:
        takes = {take.id: take for take in await self._context.service.of_session(test.session)}
        if self._is_shown:
            self._compared.show_test(test, takes)
            self._compared.match(equal=self._room.equal_loudness.isChecked())
            self._playback.pause()
            self.show()

    def _press(self, take_id: str) -> None:
        """Play a take of the verdict; pause it if it plays already."""
        self._room.take_focus()
        takes = self._compared.takes
        if self._playback.current == take_id:
            self._playback.toggle()
        elif take_id in takes:
            if take_id not in self._playback.offered:
                offered = [takes[known] for known in self._playback.offered if known in takes]
                self._playback.offer([*offered, takes[take_id]], self._compared.gains)
            self._playback.go_to(take_id)
            self._playback.play()
        self.show_playing()

    def _hear_more(self) -> None:
        """Go on blind with more pairs of the best two."""
        test = self._compared.test
        assert test is not None
        more, best = more_pairs(test), best_pair(test)
        if more is not None:
            meeting = ((best.other, best.winner),)
            self._compared.put_test(with_more_pairs(test, meeting, more.pairs, time.time()))
            self._playback.pause()
            self._go_on()
            self._room.focus()

    def _delete_test(self) -> None:
        if self._compared.test is not None:
            self._spawn(self._delete(self._compared.test))

    async def _delete(self, test: Comparison) -> None:
        await self._context.comparisons.delete(test)
        remaining = self._context.comparisons.tests_of(test.session, test.text)
        if self._is_shown:
            if remaining:
                await self._load(remaining[0])
            else:
                self._compared.test = None
                self._leave()
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Compare", "The blind test was deleted."),
            undo=lambda: self._spawn(self._context.comparisons.restore(test)),
        )
