"""The answers to the cases of one set: which one stands for each cell, how far each is, and what the checks say."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Literal

from app.core.case_scores import (
    NOT_RUN,
    CellScore,
    Disagreement,
    VersionScore,
    cell_score,
    disagreement,
)
from app.core.cases import Case, CaseResult, CaseSet, CaseVersion, Cell, result_key, sent_key, sent_texts
from app.core.observers import Event
from app.services.bench.case_checks import judgement_of, question_of, verdicts
from app.services.bench.case_counts import CaseCounts
from app.services.bench.pattern_search import PatternSearch

CellState = Literal[
    "planned", "broken", "incomplete", "queued", "paused", "writing", "done", "failed", "stopped", "lost"
]
"""`planned`: nothing was run, or something else than would be sent now. `broken`: the row was not read whole.
`incomplete`: the prompt has a variable without a column, or there is nothing to send. `stopped`: somebody stopped
it while it was being written. `lost`: it was sent, and the answer never came completely."""
CHECKED_AT_ONCE = 64
"""Answers that are checked in one go in a thread, which holds the interpreter meanwhile."""


class CaseBook:
    """The answers of one set, in memory.

    Attributes:
        cases: the set as it is now.
        model, judge_model: the models that answer and judge.
        writing: what has arrived of answers that are being written.
        counts: counts over all cells.
        on_cells: emits cells that changed; an empty collection stands for all.
    """

    def __init__(self, cases: CaseSet, model: Callable[[str], str]) -> None:
        """`model` returns the model that is used for one that is chosen, or for none."""
        self.cases = cases
        self._resolve = model
        self._by_id = {case.id: case for case in cases.cases}
        self._shown: dict[Cell, CaseResult | None] = {}
        self.model, self.judge_model = model(cases.model), model(cases.judge_model)
        self._results: dict[Cell, list[CaseResult]] = defaultdict(list)
        self._queued: dict[Cell, str] = {}
        self._paused: set[Cell] = set()
        self._lost: dict[Cell, str] = {}
        self._keys: dict[Cell, tuple[Case, CaseVersion, tuple[str, ...], str]] = {}
        self._scores: dict[Cell, tuple[CaseResult, Case, tuple[object, ...], CellScore]] = {}
        self._search = PatternSearch()
        self._check_lock = asyncio.Lock()
        self.writing: dict[Cell, str] = {}
        self.counts = CaseCounts(self)
        self.on_cells: Event[Collection[Cell]] = Event()

    # -- what there is --------------------------------------------------------------------------------------------

    def set_cases(self, cases: CaseSet) -> None:
        """The set was edited."""
        had, self.cases = self.cases, cases
        if (had.versions, had.variables, had.sampling) != (cases.versions, cases.variables, cases.sampling):
            self._shown.clear()
            self.counts.forget_all()
        if cases.checks != had.checks:
            self.counts.forget_all()
        if cases.cases is not had.cases:
            before, self._by_id = self._by_id, {case.id: case for case in cases.cases}
            changed = {case_id for case_id, case in self._by_id.items() if before.get(case_id) is not case}
            self.counts.forget_cases(changed | (before.keys() - self._by_id.keys()))
            for cell in [cell for cell in self._shown if cell.case_id in changed or cell.case_id not in self._by_id]:
                del self._shown[cell]
        self.find_models()

    def find_models(self) -> bool:
        """Another model may be chosen, or offered, now. Returns whether it is another one."""
        before = self.model, self.judge_model
        self.model, self.judge_model = self._resolve(self.cases.model), self._resolve(self.cases.judge_model)
        if before[0] != self.model:
            self._shown.clear()
        is_other = before != (self.model, self.judge_model)
        if is_other:
            self.counts.forget_all()
        return is_other

    def case(self, case_id: str) -> Case | None:
        return self._by_id.get(case_id)

    def add(self, results: Iterable[CaseResult]) -> None:
        """Add answers, or replace them by their ids."""
        for result in results:
            key = result_key(result.id)
            cell = Cell(key.case_id, key.version_id)
            listed = self._results[cell]
            self._shown.pop(cell, None)
            self.counts.forget((cell,))
            at = next((index for index, each in enumerate(listed) if each.id == result.id), None)
            if at is None:
                listed.append(result)
            else:
                listed[at] = result

    def all(self, cell: Cell) -> tuple[CaseResult, ...]:
        """Every answer to a cell, also to what was sent before it was edited; the newest last."""
        return tuple(sorted(self._results.get(cell, ()), key=lambda each: each.created))

    def find(self, result_id: str) -> CaseResult | None:
        key = result_key(result_id)
        listed = self._results.get(Cell(key.case_id, key.version_id), ())
        return next((each for each in listed if each.id == result_id), None)

    def spent_by(self, run_id: str) -> float:
        """What is known to have been spent by one run."""
        return sum((each.spent_in(run_id) for results in self._results.values() for each in results), 0.0)

    def shown(self, cell: Cell) -> CaseResult | None:
        """The newest answer to what would be sent now; None if there is none."""
        if cell not in self._results:
            return None
        if cell not in self._shown:
            self._shown[cell] = self._newest(cell)
        return self._shown[cell]

    def _newest(self, cell: Cell) -> CaseResult | None:
        key, model = self.sent(cell), self.model
        fitting = [
            each
            for each in self._results[cell]
            if each.sent == key and each.model == model and each.sampling == self.cases.sampling
        ]
        return max(fitting, key=lambda each: (each.state == "done", each.created), default=None)

    def sent(self, cell: Cell) -> str:
        """Identifies what would be sent for a cell; empty if that can't be said."""
        case, version = self._by_id.get(cell.case_id), self.cases.version(cell.version_id)
        if case is None or version is None:
            return ""
        known = self._keys.get(cell)
        if known is not None and known[0] is case and known[1] is version and known[2] is self.cases.variables:
            return known[3]
        key = sent_key(sent_texts(version, case.values, self.cases.variables))
        self._keys[cell] = (case, version, self.cases.variables, key)
        return key

    def state(self, cell: Cell) -> CellState:
        if cell in self.writing:
            return "writing"
        if cell in self._queued:
            return "paused" if cell in self._paused else "queued"
        case, version = self._by_id.get(cell.case_id), self.cases.version(cell.version_id)
        if case is None or version is None:
            return "planned"
        if case.problem is not None:
            return "broken"
        result = self.shown(cell)
        if result is not None and result.was_stopped:
            return "stopped"
        if result is not None:
            return {"done": "done", "failed": "failed", "cut": "lost"}[result.state]  # type: ignore[return-value]
        if cell in self._lost:
            return "lost"
        texts = sent_texts(version, case.values, self.cases.variables)
        return "incomplete" if texts.missing or not texts.message.strip() else "planned"

    def results(self) -> tuple[CaseResult, ...]:
        """The answers that are shown, by row."""
        return tuple(result for cell in self.cells() if (result := self.shown(cell)) is not None)

    def unjudged(self, cell: Cell, *, again: bool = False) -> CaseResult | None:
        """The answer of a cell if a question about it was not put yet; with `again` also if that led to no verdict."""
        result, case = self.shown(cell), self._by_id.get(cell.case_id)
        if result is None or case is None or result.state != "done" or cell in self._queued or cell in self.writing:
            return None
        for check in self.cases.checks:
            question = question_of(check, case.values, self.cases.variables) if check.kind == "judge" else ""
            known = judgement_of(check, question, result, self.judge_model) if question else None
            if question and (known is None or (again and known.state == "none")):
                return result
        return None

    def cells(self) -> Iterable[Cell]:
        """All cells, by row."""
        return (Cell(case.id, version.id) for case in self.cases.cases for version in self.cases.versions)

    # -- the queue ------------------------------------------------------------------------------------------------

    def set_queued(self, subjects: dict[Cell, str], paused: Collection[Cell], lost: dict[Cell, str]) -> None:
        """What the queue has of this set: cells to be run, those of them in paused jobs, and lost answers."""
        before = (set(self._queued), self._paused, set(self._lost))
        self._queued, self._paused, self._lost = dict(subjects), set(paused), dict(lost)
        after = (set(self._queued), self._paused, set(self._lost))
        changed = set().union(*(one ^ other for one, other in zip(before, after, strict=True)))
        if changed:
            self.counts.forget(changed)
            self.on_cells.emit(changed)

    def begin(self, cell: Cell) -> None:
        self.writing[cell] = ""
        self.counts.forget((cell,))
        self.on_cells.emit((cell,))

    def end(self, cell: Cell, *, is_queued: bool) -> None:
        """The call of a cell ended; `is_queued`: it will be made later."""
        self.writing.pop(cell, None)
        if not is_queued:
            self._queued.pop(cell, None)
            self._paused.discard(cell)
        self.counts.forget((cell,))
        self.on_cells.emit((cell,))

    def drop(self, cells: Collection[Cell]) -> None:
        """Calls that were never made are given up."""
        for cell in cells:
            self._queued.pop(cell, None)
            self._paused.discard(cell)
        self.counts.forget(cells)
        self.on_cells.emit(tuple(cells))

    # -- checks ---------------------------------------------------------------------------------------------------

    def score(self, cell: Cell) -> CellScore:
        """What the checks say, as far as they have been made."""
        result, case = self.shown(cell), self._by_id.get(cell.case_id)
        if result is None or result.state != "done" or case is None:
            return NOT_RUN
        known = self._scores.get(cell)
        if known is not None and known[0] is result and known[1] is case and known[2] == self._rules():
            return known[3]
        return cell_score((), result.grade)

    async def check(self, cells: Iterable[Cell] | None = None) -> None:
        """Make the checks of answers that were not checked as they are now, in threads."""
        async with self._check_lock:
            rules = self._rules()
            due = [cell for cell in (self._results if cells is None else cells) if self._is_due(cell, rules)]
            for start in range(0, len(due), CHECKED_AT_ONCE):
                part = due[start : start + CHECKED_AT_ONCE]
                await self._check(part)
                self.on_cells.emit(part)

    def _is_due(self, cell: Cell, rules: tuple[object, ...]) -> bool:
        result = self.shown(cell)
        if result is None or result.state != "done":
            return False
        known = self._scores.get(cell)
        return (
            known is None
            or known[0] is not result
            or known[1] is not self._by_id.get(cell.case_id)
            or (known[2] != rules)
        )

    def check_now(self, cells: Iterable[Cell]) -> None:
        """As `check`, of a few answers. Blocks."""
        for score in self._checks_of(list(cells))():
            self._scores[score[0]] = (score[1], score[2], self._rules(), score[3])
            self.counts.forget((score[0],))

    async def _check(self, cells: list[Cell]) -> None:
        rules = self._rules()
        for cell, result, case, found in await asyncio.to_thread(self._checks_of(cells)):
            self._scores[cell] = (result, case, rules, found)
            self.counts.forget((cell,))

    def _checks_of(self, cells: list[Cell]) -> Callable[[], list[tuple[Cell, CaseResult, Case, CellScore]]]:
        """A function that makes the checks of answers as they are now, in any thread."""
        cases, judge = self.cases, self.judge_model
        given = [(cell, self.shown(cell), self._by_id.get(cell.case_id)) for cell in cells]

        def work() -> list[tuple[Cell, CaseResult, Case, CellScore]]:
            return [
                (cell, result, case, cell_score(verdicts(cases, case, result, judge, self._search), result.grade))
                for cell, result, case in given
                if result is not None and case is not None
            ]

        return work

    def _rules(self) -> tuple[object, ...]:
        """What the outcome of checks depends on, besides answer and values."""
        return self.cases.checks, self.cases.variables, self.judge_model

    # -- figures --------------------------------------------------------------------------------------------------

    def version_score(self, version_id: str) -> VersionScore:
        """How many answers of a version pass."""
        return self.counts.version(version_id)

    def disagreement(self, first: str, second: str) -> Disagreement:
        """Compare two versions by their ids."""
        return disagreement(
            (self.score(Cell(case.id, first)), self.score(Cell(case.id, second))) for case in self.cases.cases
        )
