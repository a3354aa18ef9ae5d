"""The ratings of the compared takes: shown when asked for, saved at once, taken back one by one."""

from __future__ import annotations

import time

from app.core.comparison import rated
from app.ui.studio.compare.compared import Compared
from app.ui.studio.compare.rating import UNRATED
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.room_playback import RoomPlayback

MAX_STEPS = 200
"""Ratings that can be taken back."""


class TakeRatings:
    """Connects the slider of the current row with the ratings of the takes."""

    def __init__(self, room: CompareRoom, compared: Compared, playback: RoomPlayback) -> None:
        self._room, self._compared, self._playback = room, compared, playback
        self._steps: list[tuple[str, int | None]] = []
        self._is_dragged = False
        slider = room.list.rating
        slider.valueChanged.connect(self._rate)
        slider.sliderReleased.connect(self._end_drag)
        room.rating.toggled.connect(self.show)

    def open(self) -> None:
        """Show the ratings if there are some of these takes."""
        ratings = self._compared.ratings
        self.forget_steps()
        self._room.rating.setChecked(ratings is not None and any(take.rating is not None for take in ratings.takes))

    def show(self) -> None:
        """Show the ratings, if they are asked for."""
        room, on = self._room, self._room.rating.isChecked()
        room.list.set_rating_on(on)
        self._show_values()
        if room.page == "takes":
            room.footer.show_page(named=True, blind=False, takes=len(self._compared.takes), rating=on)
            self.show_current()

    def show_current(self) -> None:
        """Put the rating of the current take on the slider."""
        slider = self._room.list.rating
        rating = self._rating_of(self._playback.current)
        slider.blockSignals(True)
        slider.setValue(UNRATED if rating is None else rating)
        slider.blockSignals(False)
        slider.update()

    def commit(self) -> None:
        """Use what was typed, for the take it was typed for."""
        self._room.list.rating.commit()

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def undo(self) -> None:
        """Take back the last rating."""
        take_id, rating = self._steps.pop()
        self._put(take_id, rating)
        self.show_current()

    def forget_steps(self) -> None:
        """Take nothing back any more: something else was done since, which has an Undo of its own."""
        self._steps = []

    def _rating_of(self, take_id: str) -> int | None:
        takes = self._compared.ratings.takes if self._compared.ratings is not None else ()
        return next((take.rating for take in takes if take.id == take_id), None)

    def _rate(self) -> None:
        take_id, slider = self._playback.current, self._room.list.rating
        if take_id not in self._compared.takes:
            return
        # A knob that is dragged passes many values, which are one step.
        if not self._is_dragged:
            self._steps = [*self._steps, (take_id, self._rating_of(take_id))][-MAX_STEPS:]
        self._is_dragged = slider.isSliderDown()
        self._put(take_id, slider.rating())

    def _end_drag(self) -> None:
        self._is_dragged = False

    def _put(self, take_id: str, rating: int | None) -> None:
        record = self._compared.ratings or self._compared.new_comparison()
        self._compared.put_ratings(rated(record, take_id, rating, time.time()))
        self._show_values()

    def _show_values(self) -> None:
        is_on = self._room.rating.isChecked()
        self._room.list.compared.set_ratings(
            {take_id: self._rating_of(take_id) for take_id in self._compared.takes} if is_on else None
        )
