"""The comparisons of this home: kept in memory, saved after every answer, deleted with undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from app.core.comparison import Comparison
from app.services.record_keeper import RecordKeeper
from app.services.tasks import TaskSet

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import RecordStore


class Comparisons(RecordKeeper[Comparison]):
    """All comparisons, the last changed first."""

    def __init__(self, store: RecordStore[Comparison], tasks: TaskSet) -> None:
        super().__init__(store, tasks, "comparison")

    def tests_of(self, session: str, text: str) -> tuple[Comparison, ...]:
        """The blind tests of one text in a session whose names have been shown, the last one first."""
        return tuple(
            record
            for record in self.in_order()
            if record.is_test and record.revealed and (record.session, record.text) == (session, text)
        )

    def words(self) -> dict[str, str]:
        """What was compared, by the ids of the sessions; of a blind test that is not finished only its text."""
        words: dict[str, list[str]] = {}
        for record in self.in_order():
            found = words.setdefault(record.session, [])
            found.append(record.text)
            if not record.is_running:
                found += [f"{take.voice.name} {take.direction}" for take in record.takes]
        return {session: "\n".join(found) for session, found in words.items()}

    def latest_of(self, take_ids: Collection[str], *, is_test: bool) -> Comparison | None:
        """The blind test, or the ratings, of exactly these takes that changed last; None if there are none."""
        wanted = set(take_ids)
        return next(
            (
                record
                for record in self.in_order()
                if record.is_test == is_test and {take.id for take in record.takes} == wanted
            ),
            None,
        )
