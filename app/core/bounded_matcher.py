"""Finds what two sequences have in common, in a bounded number of steps. Imported when something is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import Match, SequenceMatcher

from app.core.differences import Work


class BoundedMatcher(SequenceMatcher[str]):
    """A SequenceMatcher that finds nothing more when no steps are left.

    It looks at every pair of equal items again for each stretch it finds, which is endless where they are many.
    """

    def __init__(self, first: Sequence[str], second: Sequence[str], work: Work) -> None:
        super().__init__(None, first, second, autojunk=False)
        self._work = work
        self._steps = [0]
        """Of the items before each of the first sequence."""
        equal = Counter(second)
        for item in first:
            self._steps.append(self._steps[-1] + 1 + equal[item])

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        steps = self._steps[-1 if ahi is None else ahi] - self._steps[alo]
        if steps > self._work.left:
            return Match(alo, blo, 0)
        self._work.left -= steps
        return super().find_longest_match(alo, ahi, blo, bhi)
