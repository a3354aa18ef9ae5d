"""Counts over the answers of a set, kept up with its changes: only the rows that changed are looked at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from app.core.case_scores import CellScore, VersionScore
from app.core.cases import Case, CaseResult, Cell

if TYPE_CHECKING:
    from app.services.bench.case_book import CaseBook, CellState

CaseFilter = Literal["all", "failed", "disagree", "not-run"]
"""`failed`: of some version. `disagree`: only one of the last two versions passes. `not-run`: not by every version."""
CASE_FILTERS: tuple[CaseFilter, ...] = get_args(CaseFilter)


class CaseRow(NamedTuple):
    """What is known of one case, with an item for each version.

    Attributes:
        unjudged: answers that miss a verdict of the judging model.
    """

    states: tuple[CellState, ...]
    scores: tuple[CellScore, ...]
    unjudged: tuple[CaseResult | None, ...]

    @property
    def needs_nothing(self) -> bool:
        """Whether every version has answered it, and every verdict is there."""
        return all(state == "done" for state in self.states) and not any(self.unjudged)

    def matches(self, name: CaseFilter) -> bool:
        """Whether the case passes a filter."""
        match name:
            case "not-run":
                return any(state != "done" for state in self.states)
            case "failed":
                return "failed" in self.states or any(score.state == "fail" for score in self.scores)
            case "disagree":
                return {score.state for score in self.scores[-2:]} == {"pass", "fail"}
        return True


class CaseCounts:
    """The counts of one book, which says what changed."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book
        self._rows: dict[str, CaseRow] = {}
        self._changed: set[str] | None = None
        self._versions: list[Counter[str]] = []
        self._checks: list[Counter[tuple[str, str]]] = []
        self._matching: Counter[str] = Counter()

    def forget(self, cells: Iterable[Cell]) -> None:
        """What is known of these cells is no longer so."""
        if self._changed is not None:
            self._changed.update(cell.case_id for cell in cells)

    def forget_cases(self, case_ids: Collection[str]) -> None:
        """What is known of these cases is no longer so; they may be gone."""
        if self._changed is not None:
            self._changed.update(case_ids)

    def forget_all(self) -> None:
        """Nothing that is known is so any longer."""
        self._changed = None

    def rows(self) -> Iterator[tuple[Case, CaseRow]]:
        """All cases with what is known of them, in their order."""
        self._refresh()
        return ((case, self._rows[case.id]) for case in self._book.cases.cases)

    def row(self, case: Case) -> CaseRow:
        """What is known of one case."""
        self._refresh()
        return self._rows[case.id]

    def matching(self, name: CaseFilter) -> int:
        """How many cases pass a filter."""
        self._refresh()
        return self._matching[name]

    def version(self, version_id: str) -> VersionScore:
        """The score of a version over all cases."""
        self._refresh()
        total = len(self._book.cases.cases)
        place = next((at for at, each in enumerate(self._book.cases.versions) if each.id == version_id), None)
        if place is None:
            return VersionScore(total, 0, 0, 0, {})
        counts, checks = self._versions[place], self._checks[place]
        by_check = {
            check.id: (checks[check.id, "pass"], checks[check.id, "pass"] + checks[check.id, "fail"])
            for check in self._book.cases.checks
            if any(checks[check.id, state] for state in ("pass", "fail", "none"))
        }
        return VersionScore(total, counts["run"], counts["pass"], counts["fail"], by_check)

    def _refresh(self) -> None:
        book = self._book
        if self._changed is None:
            self._rows.clear()
            self._versions = [Counter() for _ in book.cases.versions]
            self._checks = [Counter() for _ in book.cases.versions]
            self._matching = Counter()
            changed: Iterable[str] = [case.id for case in book.cases.cases]
        else:
            changed = self._changed
        self._changed = set()
        for case_id in changed:
            before = self._rows.pop(case_id, None)
            if before is not None:
                self._count(before, -1)
            case = book.case(case_id)
            if case is not None:
                row = self._rows[case_id] = self._row(case)
                self._count(row, 1)

    def _row(self, case: Case) -> CaseRow:
        book = self._book
        cells: Sequence[Cell] = [Cell(case.id, version.id) for version in book.cases.versions]
        return CaseRow(
            tuple(map(book.state, cells)), tuple(map(book.score, cells)), tuple(map(book.unjudged, cells))
        )  # fmt: skip

    def _count(self, row: CaseRow, by: int) -> None:
        for name in CASE_FILTERS:
            if row.matches(name):
                self._matching[name] += by
        for score, counts, checks in zip(row.scores, self._versions, self._checks, strict=True):
            if score.has_run:
                counts["run"] += by
            counts[score.state] += by
            for verdict in score.verdicts:
                checks[verdict.check_id, verdict.state] += by
