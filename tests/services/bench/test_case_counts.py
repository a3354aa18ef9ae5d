"""The counts over the answers of a set: the same as counting all of them anew, without looking at all of them."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from app.core.case_scores import VersionScore
from app.core.cases import Case, CaseResult, CaseSet, CaseVersion, Cell, Check, result_id, sent_key, sent_texts
from app.services.bench.case_book import CaseBook
from app.services.bench.case_counts import CASE_FILTERS
from app.services.bench.case_plan import run_plan
from app.services.bench.case_spending import CaseCosts

MODEL = "mimo-v2.6-flash"


def filled(rows: int, versions: int = 3) -> CaseBook:
    """A set without answers."""
    cases = tuple(Case(f"c{at}", {"x": f"{at}"}) for at in range(rows))
    named = tuple(CaseVersion(f"v{at}", "p", "Guide", at, text=f"Say {{{{x}}}} {at}") for at in range(versions))
    checks = (Check("has", "contains", "1"), Check("asked", "judge", "Is it right?"))
    return CaseBook(CaseSet("set", "Set", ("x",), cases, named, checks, MODEL, MODEL), lambda model: model)


def answer(book: CaseBook, cell: Cell, text: str, run: str = "run", **fields: Any) -> None:
    case, version = book.case(cell.case_id), book.cases.version(cell.version_id)
    assert case is not None and version is not None
    key = sent_key(sent_texts(version, case.values, book.cases.variables))
    book.add([CaseResult(result_id("set", cell, run), fields.pop("state", "done"), text, key, MODEL, **fields)])
    book.check_now([cell])


def counted_anew(book: CaseBook, version_id: str) -> VersionScore:
    scores = [book.score(Cell(case.id, version_id)) for case in book.cases.cases]
    by_check: dict[str, tuple[int, int]] = {}
    for check in book.cases.checks:
        states = [each.state for score in scores for each in score.verdicts if each.check_id == check.id]
        if states:
            by_check[check.id] = (states.count("pass"), len(states) - states.count("none"))
    ended = [score.state for score in scores]
    return VersionScore(
        len(scores), sum(score.has_run for score in scores), ended.count("pass"), ended.count("fail"), by_check
    )


def assert_counted(book: CaseBook) -> None:
    for version in book.cases.versions:
        assert book.version_score(version.id) == counted_anew(book, version.id)
    fresh = CaseBook(book.cases, lambda model: model)
    fresh.__dict__.update({key: value for key, value in book.__dict__.items() if key != "counts"})
    for name in CASE_FILTERS:
        assert book.counts.matching(name) == sum(fresh.counts.row(case).matches(name) for case in book.cases.cases)
    costs = CaseCosts(lambda model, usage: (0.001, "USD"))
    for again in (False, True):
        plans = [
            run_plan(book, cells, costs, lambda *call: _no_estimate(), again=again)
            for cells in (None, list(book.cells()))
        ]
        assert plans[0] == plans[1]


class _no_estimate:
    seconds = None


@pytest.mark.parametrize("seed", range(6))
def test_after_any_change_the_counts_are_those_of_counting_anew(seed: int) -> None:
    rng = random.Random(seed)
    book = filled(9)
    for step in range(60):
        cells = list(book.cells())
        cell = rng.choice(cells)
        match rng.randrange(9):
            case 0 | 1 | 2:
                grade = rng.choice(["", "", "pass", "fail"])
                state = rng.choice(["done", "done", "failed", "cut"])
                answer(book, cell, rng.choice(["1", "2"]), f"r{step}", created=float(step), grade=grade, state=state)
            case 3:
                taken = rng.sample(cells, 3)
                book.set_queued(dict.fromkeys(taken, ""), taken[:1], {cells[0]: ""})
            case 4:
                book.begin(cell)
                if rng.random() < 0.7:
                    book.end(cell, is_queued=False)
            case 5:
                rows = [case for case in book.cases.cases if case.id != cell.case_id or rng.random() < 0.5]
                rows.append(Case(f"n{step}", {"x": "1"}))
                book.set_cases(msgspec.structs.replace(book.cases, cases=tuple(rows)))
            case 6:
                edited = Case(cell.case_id, {"x": rng.choice(["", "1"])})
                rows = [edited if case.id == cell.case_id else case for case in book.cases.cases]
                book.set_cases(msgspec.structs.replace(book.cases, cases=tuple(rows)))
            case 7:
                checks = (Check("has", "contains", rng.choice(["1", "2"])), *book.cases.checks[1:])
                book.set_cases(msgspec.structs.replace(book.cases, checks=checks))
            case 8:
                order = list(book.cases.versions)
                rng.shuffle(order)
                book.set_cases(msgspec.structs.replace(book.cases, versions=tuple(order)))
        if rng.random() < 0.6:
            assert_counted(book)
    book.check_now(book.cells())
    assert_counted(book)


def test_one_answer_lets_only_its_row_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    book = filled(500)
    for cell in book.cells():
        answer(book, cell, "1")
    assert book.version_score("v0").passed == 0, "the judging check has no verdict"
    looked: list[Cell] = []
    score = book.score
    monkeypatch.setattr(book, "score", lambda cell: (looked.append(cell), score(cell))[1])
    answer(book, Cell("c7", "v1"), "1", "later", created=2.0, grade="pass")
    for _ in range(5):
        assert book.version_score("v1").passed == 1
        assert book.counts.matching("failed") == 0
    assert {cell.case_id for cell in looked} == {"c7"} and len(looked) == 3
