"""How many answers of each version pass, and whether two versions differ by more than chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from app.core.cases import Grade, VerdictState
from app.core.chance import two_sided


class Verdict(NamedTuple):
    """The outcome of one check.

    Attributes:
        check_id: of the check.
        code: why, for a sentence; `params` are its values.
    """

    check_id: str
    state: VerdictState
    code: str
    params: dict[str, Any]


GRADE = ""
"""Stands for the id of a check where a grade by hand is shown like one."""


class CellScore(NamedTuple):
    """Of one cell: whether there is an answer that counts, what was found, and the grade by hand that decides."""

    has_run: bool
    state: VerdictState
    verdicts: tuple[Verdict, ...] = ()
    grade: Grade = ""

    @property
    def shown(self) -> tuple[Verdict, ...]:
        """What a cell shows: the grade by hand as if it were a check, then the checks."""
        if not self.grade:
            return self.verdicts
        return (Verdict(GRADE, "pass" if self.grade == "pass" else "fail", "", {}), *self.verdicts)


class VersionScore(NamedTuple):
    """Of one column.

    Attributes:
        by_check: passed and judged, by id of the check.
    """

    total: int
    run: int
    passed: int
    failed: int
    by_check: dict[str, tuple[int, int]]


class Disagreement(NamedTuple):
    """Of two versions over the cases in which both were judged.

    Attributes:
        both: cases in which both were judged.
        only_first, only_second: cases in which only the one passes.
        chance: how often two equally good versions differ at least as much.
    """

    both: int
    only_first: int
    only_second: int
    chance: Fraction


NOT_RUN = CellScore(False, "none")


def cell_score(verdicts: Sequence[Verdict], grade: Grade) -> CellScore:
    """A grade by hand decides; without one an answer passes if every check passes, and fails if one fails."""
    if grade:
        return CellScore(True, grade, tuple(verdicts), grade)
    if any(each.state == "fail" for each in verdicts):
        return CellScore(True, "fail", tuple(verdicts))
    passes = bool(verdicts) and all(each.state == "pass" for each in verdicts)
    return CellScore(True, "pass" if passes else "none", tuple(verdicts))


def disagreement(pairs: Iterable[tuple[CellScore, CellScore]]) -> Disagreement:
    """Compare two columns by a sign test: the cases in which both pass or both fail say nothing about it."""
    both = only_first = only_second = 0
    for first, second in pairs:
        if "none" in (first.state, second.state):
            continue
        both += 1
        only_first += (first.state, second.state) == ("pass", "fail")
        only_second += (first.state, second.state) == ("fail", "pass")
    return Disagreement(both, only_first, only_second, two_sided(only_first, only_first + only_second))
