"""Plays the two sides of a blind pair, and remembers what was heard of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from app.core.comparison import Answer, Choice, Comparison, Side
from app.core.takes import Take
from app.ui.studio.compare.blind_page import Shown
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.room_playback import RoomPlayback


class BlindListening:
    """The pair that is heard now: A is ready first, and both are at the same spot."""

    def __init__(self, room: CompareRoom, playback: RoomPlayback) -> None:
        self._page, self._playback = room.blind_page, playback
        self._ids: dict[Shown, str] = {}
        self._times: dict[Shown, int] = {"a": 0, "b": 0}
        self._first: Side = ""
        self._sounding: Shown | None = None

    def begin(self, test: Comparison, takes: Mapping[str, Take], gains: Mapping[str, float]) -> None:
        """Have the pair of a test ready, silent; nothing if none is left."""
        self._times, self._first, self._sounding = {"a": 0, "b": 0}, "", None
        pair = test.pair
        self._ids = {} if pair is None else {"a": test.takes[pair.a].id, "b": test.takes[pair.b].id}
        self._playback.offer([takes[take_id] for take_id in self._ids.values()], gains, hidden=True)
        if self._ids:
            self._playback.restart(self._ids["a"])
        else:
            self._playback.pause()

    def press(self, side: str) -> None:
        """Play a side from the spot that is reached, or pause it."""
        shown = cast(Shown, side)
        if shown not in self._ids:
            return
        if shown == self._current:
            self._playback.toggle()
        else:
            self._playback.go_to(self._ids[shown])
            self._playback.play()
        self.show()

    def press_current(self) -> None:
        """Play or pause the side that was heard last."""
        self.press(self._current)

    def flip(self) -> None:
        """Go over to the other side at the same spot; it plays if the first did."""
        if self._ids:
            self._playback.go_to(self._ids["b" if self._current == "a" else "a"])
            self.show()

    def answered(self, choice: str) -> Answer:
        """The answer with what was heard before it."""
        return Answer(cast(Choice, choice), self._first, self._times["a"], self._times["b"])

    def show(self) -> None:
        """Show what plays and where, and count what was started."""
        playing = self._playback.playing
        if playing and self._ids and self._sounding != self._current:
            self._sounding = self._current
            self._times[self._current] += 1
            self._first = self._first or self._current
        elif self._playback.ended:
            self._sounding = None
        self._page.show_state(self._current, playing, self._playback.position, self._times)

    @property
    def _current(self) -> Shown:
        return "b" if self._ids and self._playback.current == self._ids["b"] else "a"
