"""How many answers pass for each version of a prompt, kept for each set so that nobody has to read its answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from app.core.cases import CaseTally
from app.core.observers import Event
from app.services.bench.case_book import CaseBook
from app.services.bench.ports import CaseTallyStore


class CaseTallies:
    """The pass counts of all sets.

    Attributes:
        on_change: the counts of some set changed.
    """

    def __init__(self, store: CaseTallyStore, exists: Callable[[str], bool]) -> None:
        """`exists` says whether a set is there; the counts of a deleted one wait for its Undo."""
        self._store = store
        self._exists = exists
        self._tallies: dict[str, CaseTally] = {}
        self.on_change: Event[()] = Event()

    async def load(self) -> None:
        """Read the counts of earlier runs and imports. Raises StorageError."""
        self._tallies = {tally.id: tally for tally in await self._store.listed()}
        self.on_change.emit()

    async def update(self, book: CaseBook) -> None:
        """Keep the counts of a set if they changed. Raises StorageError."""
        counts = []
        for version in book.cases.versions:
            score = book.version_score(version.id)
            if score.run and version.prompt_id:
                counts.append((version.prompt_id, version.number, score.passed, score.run))
        tally = self._tallies.get(book.cases.id)
        if (tally is None and not counts) or (tally is not None and tally.counts == tuple(counts)):
            return
        self._tallies[book.cases.id] = tally = CaseTally(book.cases.id, tuple(counts), time.time())
        self.on_change.emit()
        await self._store.keep(tally)

    def of_prompt(self, prompt_id: str) -> Mapping[int, tuple[int, int]]:
        """By index of the version of a prompt, from 0: how many answers pass, of how many, in all sets."""
        found: dict[int, tuple[int, int]] = {}
        for tally in self._tallies.values():
            if self._exists(tally.id):
                for prompt, number, passed, run in tally.counts:
                    if prompt == prompt_id:
                        before = found.get(number - 1, (0, 0))
                        found[number - 1] = (before[0] + passed, before[1] + run)
        return found
