"""Runs a blind test: pair after pair is heard and answered, until the names are shown."""

from __future__ import annotations

import random
import time

from PySide6.QtCore import QCoreApplication

from app.core.comparison import answered, begin_test, can_take_back, revealed, taken_back
from app.ui.studio.compare.blind_listening import BlindListening
from app.ui.studio.compare.compared import Compared
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.room_playback import RoomPlayback
from app.ui.studio.compare.side import CompareSide


class BlindTest:
    """Shows the pair that is to be heard, and saves every answer."""

    def __init__(self, room: CompareRoom, side: CompareSide, compared: Compared, playback: RoomPlayback) -> None:
        self._room, self._side, self._compared, self._playback = room, side, compared, playback
        self.listening = BlindListening(room, playback)
        room.blind_page.side_pressed.connect(room.take_focus)
        room.blind_page.side_pressed.connect(self.listening.press)
        room.blind_page.answered.connect(self._answer)
        room.footer.undo_answer.clicked.connect(self.take_back)

    def begin(self) -> None:
        """Go on with the test of these takes, or begin one. Of a test that lacks a take a new one is begun."""
        test, takes = self._compared.test, self._compared.takes
        if test is None or not test.is_running or {take.id for take in test.takes} != takes.keys():
            seed = random.SystemRandom().randrange(1 << 32)
            self._compared.put_test(begin_test(self._compared.new_comparison(), seed))
        self.show()

    def show(self) -> None:
        """Show the pair that is to be heard; nothing that gives a take away is left in any widget of the room."""
        test, room = self._compared.test, self._room
        assert test is not None
        room.blind.setChecked(True)
        room.forget_names()
        subtitle = QCoreApplication.translate("Compare", "{n} takes, order shuffled").format(n=len(test.takes))
        room.show_page("blind", subtitle, takes=len(test.takes))
        self._side.show_hidden()
        self._begin_pair()

    def leave(self) -> None:
        """Leave a test that was gone on with after its verdict and has no new answer: the verdict stands again."""
        test = self._compared.test
        if test is not None and test.is_running and test.looks and not can_take_back(test):
            self._compared.put_test(revealed(test, test.updated))

    @property
    def can_take_back(self) -> bool:
        test = self._compared.test
        return test is not None and not test.revealed and can_take_back(test)

    def take_back(self) -> None:
        """Take back the last answer, and hear its pair again."""
        if self._compared.test is not None and self.can_take_back:
            self._compared.put_test(taken_back(self._compared.test, time.time()))
            self._begin_pair()
            self._room.focus()

    def _answer(self, choice: str) -> None:
        test = self._compared.test
        if test is None or test.pair is None:
            return
        self._compared.put_test(answered(test, self.listening.answered(choice), time.time()))
        self._begin_pair()
        if self._compared.test is not None and self._compared.test.is_complete:
            self._room.footer.reveal.setFocus()

    def _begin_pair(self) -> None:
        test, footer = self._compared.test, self._room.footer
        assert test is not None
        self.listening.begin(test, self._compared.takes, self._compared.gains)
        self._room.blind_page.show_comparison(test)
        footer.flip.setEnabled(test.pair is not None)
        footer.undo_answer.setEnabled(can_take_back(test))
        footer.reveal.setEnabled(bool(test.answers))
        footer.reveal.set_primary(test.is_complete)
        self.listening.show()
