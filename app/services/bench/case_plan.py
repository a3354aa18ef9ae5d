"""What running the cases of a set will take, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from app.core.cases import CaseResult, Cell, Check, sent_texts
from app.core.jobs import JobEstimate
from app.services.bench.case_book import CaseBook, CellState
from app.services.bench.case_jobs import ANSWERS
from app.services.bench.case_spending import CaseCosts

SAMPLED = 100
"""Cells whose cost is estimated one by one; of more, every so many."""


class RunPlan(NamedTuple):
    """What the next run will do.

    Attributes:
        cells: that are asked for an answer; `judged` are answers that only miss a verdict.
        requests: number of calls, with those to the judging model.
        cost: estimate in `currency`; None if unknown.
        paused: calls that wait until the run goes on.
        lost, broken, incomplete: cells that are left out, and why.
        stopped: how many of `cells` were stopped while they were written, and may be billed once more.
    """

    cells: tuple[Cell, ...]
    judged: tuple[CaseResult, ...]
    requests: int
    cost: float | None
    currency: str
    seconds: float | None
    paused: int
    lost: tuple[Cell, ...]
    broken: int
    incomplete: int
    stopped: int


class RunProgress(NamedTuple):
    """How far a set is.

    Attributes:
        run: cells with an answer, of `total`.
        queued: calls that are made or wait, of all jobs of the set.
        error: code of what paused the run; empty if nothing did.
        spent: by the runs that go on, or by the last one.
    """

    run: int
    total: int
    queued: int
    is_running: bool
    is_paused: bool
    error: str
    seconds_left: float | None
    spent: float
    currency: str


def run_plan(
    book: CaseBook, cells: Collection[Cell] | None, costs: CaseCosts,
    estimate: Callable[[str, str, int], JobEstimate], *, again: bool,
) -> RunPlan:  # fmt: skip
    """What a run of these cells will do, or of all; with `again` also those that have an answer or lost one."""
    wanted: list[Cell] = []
    judged: list[CaseResult] = []
    lost: list[Cell] = []
    broken = incomplete = paused = stopped = 0
    for cell, state, unjudged in _known(book, cells, again=again):
        match state:
            case "planned" | "failed":
                wanted.append(cell)
            case "stopped":
                wanted.append(cell)
                stopped += 1
            case "done" | "lost" if again:
                wanted.append(cell)
            case "done":
                if unjudged is not None:
                    judged.append(unjudged)
            case "lost":
                lost.append(cell)
            case "paused":
                paused += 1
            case "broken":
                broken += 1
            case "incomplete":
                incomplete += 1
            case _:
                pass
    cost, currency = _expected_cost(book, wanted, costs)
    judges = len(_questions(book))
    requests = len(wanted) * (1 + judges) + len(judged) * judges
    seconds = estimate(ANSWERS, book.model, len(wanted)).seconds if wanted else None
    return RunPlan(
        tuple(wanted),
        tuple(judged),
        requests,
        cost,
        currency,
        seconds,
        paused,
        tuple(lost),
        broken,
        incomplete,
        stopped,
    )


def _known(
    book: CaseBook, cells: Collection[Cell] | None, *, again: bool
) -> Iterator[tuple[Cell, CellState, CaseResult | None]]:
    """The state of cells, or of all that a run may have to do with, and the answers that miss a verdict."""
    if cells is not None:
        for cell in cells:
            yield cell, book.state(cell), book.unjudged(cell)
        return
    versions = [version.id for version in book.cases.versions]
    for case, row in book.counts.rows():
        if again or not row.needs_nothing:
            for version_id, state, unjudged in zip(versions, row.states, row.unjudged, strict=True):
                yield Cell(case.id, version_id), state, unjudged


def _questions(book: CaseBook) -> list[Check]:
    return [check for check in book.cases.checks if check.kind == "judge" and check.value.strip()]


def _expected_cost(book: CaseBook, cells: Sequence[Cell], costs: CaseCosts) -> tuple[float | None, str]:
    currency = costs.answer(book.model, "", None)[1]
    sampled = cells[:: max(1, len(cells) // SAMPLED)]
    total = 0.0
    for cell in sampled:
        case, version = book.case(cell.case_id), book.cases.version(cell.version_id)
        if case is None or version is None:
            continue
        texts = sent_texts(version, case.values, book.cases.variables)
        sent, most = texts.system + texts.message, book.cases.sampling.max_tokens
        expected = [costs.answer(book.model, sent, most)[0]]
        expected += [costs.judgement(book.judge_model, check, sent, most)[0] for check in _questions(book)]
        for cost in expected:
            if cost is None:
                return None, currency
            total += cost
    return (total * len(cells) / len(sampled) if sampled else 0.0), currency
