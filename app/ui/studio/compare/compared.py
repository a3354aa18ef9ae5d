"""What is compared now: the takes, the gains they play with, their ratings and the blind test of them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from app.core.comparison import MAX_TAKES, MIN_TAKES, Comparison, compare, kept
from app.core.messages import new_id
from app.core.takes import Take
from app.core.voice_rounds import SESSION as DESIGN_SESSION
from app.services.speech.comparisons import Comparisons
from app.services.speech.loudness_matching import Matching, matching


class Compared:
    """The state that the pages of the room share. Every change of ratings or test is saved at once.

    Attributes:
        takes: the compared takes by id, in their order.
        session: the studio session they belong to; empty for takes made elsewhere.
        title: what is compared, in words; empty to count the takes.
        ratings: the comparison that has the ratings; None while none was given.
        test: the blind test; None without one.
        matching: the gains of equal loudness; None as delivered.
    """

    def __init__(self, comparisons: Comparisons) -> None:
        self._comparisons = comparisons
        self._order: list[str] = []
        self.takes: dict[str, Take] = {}
        self.session = self.title = ""
        self.ratings: Comparison | None = None
        self.test: Comparison | None = None
        self.matching: Matching | None = None

    def open(self, takes: Sequence[Take], *, session: str, title: str) -> None:
        """Take up 2 to 9 takes, and what is known of exactly these. Raises ValueError for fewer or more takes."""
        if not MIN_TAKES <= len(takes) <= MAX_TAKES:
            raise ValueError(f"{len(takes)} takes")
        self._show(takes, [take.id for take in takes])
        self.session, self.title = session, title
        self.test = self._comparisons.latest_of(self.takes, is_test=True)

    def show_test(self, test: Comparison, takes: Mapping[str, Take]) -> None:
        """Take up an earlier test with those of its takes that still exist, by id."""
        ids = [one.id for one in test.takes]
        self._show([takes[take_id] for take_id in ids if take_id in takes], ids)
        self.test = test

    def _show(self, takes: Sequence[Take], order: Sequence[str]) -> None:
        self.takes, self._order = {take.id: take for take in takes}, list(order)
        self.ratings = self._comparisons.latest_of(order, is_test=False)

    def clear(self) -> None:
        self.takes, self._order = {}, []
        self.test = self.ratings = self.matching = None

    # -- takes ----------------------------------------------------------------------------------------------------

    def update(self, take: Take) -> bool:
        """Take over a new state of a take, or one whose deletion was undone. Returns whether it was missing."""
        if take.id not in self._order:
            return False
        was_missing = take.id not in self.takes
        takes = {**self.takes, take.id: take}
        self.takes = {take_id: takes[take_id] for take_id in self._order if take_id in takes}
        return was_missing

    def remove(self, take_id: str) -> bool:
        """Leave out a take that was deleted. Returns whether it was compared."""
        return self.takes.pop(take_id, None) is not None

    def belongs(self, take_id: str) -> bool:
        """Whether a take is compared, or was until it was deleted."""
        return take_id in self._order

    def number_of(self, take: Take) -> int:
        """Its number in the session; for a candidate, and a take without a number, its place in the comparison."""
        number = 0 if take.session == DESIGN_SESSION else take.number
        return number or list(self.takes).index(take.id) + 1

    @property
    def gains(self) -> Mapping[str, float]:
        """Decibels by take id; empty as delivered."""
        return self.matching.gains if self.matching is not None else {}

    def match(self, *, equal: bool) -> None:
        """Compute the gains for equal loudness, or none."""
        self.matching = matching(self.takes.values()) if equal else None

    # -- what is saved --------------------------------------------------------------------------------------------

    def new_comparison(self) -> Comparison:
        """A comparison of the takes, without ratings or test."""
        return compare(
            new_id(), list(self.takes.values()), session=self.session, now=time.time(), gains=dict(self.gains)
        )

    def put_test(self, test: Comparison) -> None:
        self.test = test
        self._comparisons.put(test)

    def put_ratings(self, ratings: Comparison) -> None:
        self.ratings = ratings
        self._comparisons.put(ratings)

    def note_kept(self, record_id: str, take_id: str) -> None:
        """Note in a comparison which take was kept; an empty id takes that back. Nothing if it was never saved."""
        record = self._comparisons.get(record_id)
        if record is None:
            return
        noted = kept(record, take_id, time.time())
        self._comparisons.put(noted)
        if self.test is not None and self.test.id == record_id:
            self.test = noted
        if self.ratings is not None and self.ratings.id == record_id:
            self.ratings = noted
