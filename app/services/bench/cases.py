"""Test cases: opens the sets with their answers, plans and begins runs, and follows them in the job queue."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Collection, Coroutine, Iterable, Sequence
from typing import Any

import msgspec

from app.core.case_reading import ReadCases
from app.core.case_writing import CaseDocument, renewed
from app.core.cases import (
    MAX_CASES,
    MAX_VARIABLES,
    ORIGIN,
    CaseResult,
    CaseSet,
    Cell,
    Grade,
    result_id,
    result_key,
)
from app.core.errors import Code, InputError, WorkbenchError
from app.core.jobs import MAX_ITEMS, Job
from app.core.messages import new_id
from app.core.observers import Event
from app.services.bench.case_book import CaseBook
from app.services.bench.case_calls import CaseCalls, judged_answer, judging_subject
from app.services.bench.case_jobs import ANSWERS, JUDGED, JUDGEMENTS, owner_of, owning_cases, settle_lost
from app.services.bench.case_plan import RunPlan, RunProgress, run_plan
from app.services.bench.case_sets import CaseSets
from app.services.bench.case_spending import CaseCosts, CostOf
from app.services.bench.case_tallies import CaseTallies
from app.services.bench.ports import CaseResultStore, CaseSetStore, CaseTallyStore
from app.services.connection import Connection
from app.services.jobs.queue import JobQueue
from app.services.models import Models
from app.services.tasks import TaskSet, reporting

FOLLOW_SECONDS = 0.2
"""Shortest time between two looks at the queue, which reports every call."""


class Cases:
    """The service of test cases.

    Attributes:
        sets: the sets, with undo.
        calls: makes the calls of the job queue.
        on_progress: emits the id of a set whose run went on.
        tallies: how many answers pass.
        on_failed: emits errors of what runs in the background.
    """

    def __init__(
        self, sets: CaseSetStore, results: CaseResultStore, tallies: CaseTallyStore, connection: Connection,
        queue: JobQueue, models: Models, tasks: TaskSet, cost_of: CostOf,
    ) -> None:  # fmt: skip
        self._results = results
        self._queue = queue
        self._models = models
        self._tasks = tasks
        self._cost_of = cost_of
        self._books: dict[str, CaseBook] = {}
        self._open_lock = asyncio.Lock()
        self._beginning: set[Cell] = set()
        self._last_runs: dict[str, str] = {}
        self._stops: defaultdict[str, int] = defaultdict(int)
        self._seen: dict[str, tuple[object, ...]] = {}
        self._due: set[str] = set()
        self._is_loaded = False
        self.sets = CaseSets(sets, results, tasks)
        self.tallies = CaseTallies(tallies, lambda set_id: self.sets.get(set_id) is not None)
        self.costs = CaseCosts(cost_of)
        self.calls = CaseCalls(connection, results, self.costs, self.book, self._books.get, lambda: queue.is_closing)
        self.on_progress: Event[str] = Event()
        self.on_failed: Event[WorkbenchError] = Event()
        self.sets.keeper.on_change.subscribe(self._sets_changed)
        self.sets.keeper.on_failed.subscribe(self.on_failed.emit)
        queue.on_change.subscribe(self._job_changed)
        models.on_change.subscribe(self._models_changed)

    # -- opening --------------------------------------------------------------------------------------------------

    async def load(self) -> None:
        """Read the sets, and what is known of their answers. Raises StorageError."""
        await self.sets.keeper.load()
        await self.tallies.load()
        self._is_loaded = True
        for set_id, book in tuple(self._books.items()):
            # A backup or an archive may have brought answers to a set that is open.
            book.add(each for each in await self._results.of_set(set_id) if book.find(each.id) is None)
            self._spawn(book.check())
            book.on_cells.emit(())

    async def loaded(self) -> None:
        """Read the sets, if they were not read yet. Raises StorageError."""
        async with self._open_lock:
            if not self._is_loaded:
                await self.load()

    def new_book(self, cases: CaseSet) -> CaseBook:
        """The book of a set that was just created, so that there are no answers to it."""
        book = self._books[cases.id] = CaseBook(cases, self._model)
        return book

    def _model(self, chosen: str) -> str:
        return chosen or self._models.chosen("chat")

    async def book(self, set_id: str) -> CaseBook:
        """Open a set with its answers. Raises StorageError, and InputError NOT_KEPT if there is none."""
        async with self._open_lock:
            if not self._is_loaded:
                await self.load()
            if set_id in self._books:
                return self._books[set_id]
            cases = self.sets.get(set_id)
            if cases is None:
                raise InputError(Code.NOT_KEPT, id=set_id)
            book = CaseBook(cases, self._model)
            book.add(await self._results.of_set(set_id))
            self._books[set_id] = book
            self._follow(set_id)
            self._spawn(self._check(book))
            return book

    async def aclose(self) -> None:
        """Save what was edited last."""
        await self.sets.keeper.aclose()

    # -- runs -----------------------------------------------------------------------------------------------------

    def plan(self, book: CaseBook, cells: Collection[Cell] | None = None, *, again: bool = False) -> RunPlan:
        """What a run of these cells will do, or of all; with `again` also those that have an answer or lost one."""
        return run_plan(book, cells, self.costs, self._queue.estimate, again=again)

    async def begin(self, set_id: str, cells: Collection[Cell] | None = None, *, again: bool = False) -> RunPlan:
        """Go on with what is paused, and run what was not run; see `plan`.

        Raises StorageError, and InputError: NO_MODEL, PRICE_UNKNOWN where the spend limit could not be kept. Then
        nothing was begun.
        """
        book = await self.book(set_id)
        plan = self.plan(book, cells, again=again)
        due = tuple(cell for cell in plan.cells if cell not in self._beginning)
        if (due or plan.judged) and not book.model:
            raise InputError(Code.NO_MODEL, field="model")
        if book.cases.spend_limit and (due or plan.judged) and not self._is_priced(book):
            raise InputError(Code.PRICE_UNKNOWN, model=book.model)
        if cells is None:
            for status in self._queue.going(owner_of(set_id)):
                if status.job.state == "paused":
                    self._queue.resume(status.job.id)
        run_id, stops = self._run_id(set_id), self._stops[set_id]
        self._beginning.update(due)
        try:
            for start in range(0, len(due), MAX_ITEMS):
                subjects = [result_id(set_id, cell, run_id) for cell in due[start : start + MAX_ITEMS]]
                await self._queue.add(self._job(book, ANSWERS, book.model), subjects)
                if self._stops[set_id] != stops:
                    # It was stopped while it began.
                    self._queue.stop_owned(owner_of(set_id))
                    return plan
            settle_lost(self._queue, set_id, set(due))
            self._follow(set_id)
            await self._begin_judging(book, plan.judged, run_id)
        finally:
            self._beginning.difference_update(due)
        return plan

    async def judge_again(self, set_id: str, cells: Iterable[Cell]) -> int:
        """Put the questions again that led to no verdict; return the number of answers. Raises StorageError."""
        book = await self.book(set_id)
        found = [result for cell in cells if (result := book.unjudged(cell, again=True)) is not None]
        await self._begin_judging(book, found, self._run_id(set_id))
        return len(found)

    async def _begin_judging(self, book: CaseBook, results: Sequence[CaseResult], run_id: str) -> None:
        being_judged = self._being_judged(book.cases.id) if results else ()
        due = [each for each in results if each.id not in being_judged]
        for start in range(0, len(due), MAX_ITEMS):
            subjects = [judging_subject(result.id, run_id) for result in due[start : start + MAX_ITEMS]]
            await self._queue.add(self._job(book, JUDGEMENTS, book.judge_model), subjects)

    def _being_judged(self, set_id: str) -> Collection[str]:
        """The ids of the answers that wait in the queue, or are asked about."""
        return {
            item.subject.partition(JUDGED)[0]
            for status in self._queue.going(owner_of(set_id))
            for item in self._queue.items(status.job.id)
            if item.state in ("queued", "sent")
        }

    def _is_priced(self, book: CaseBook) -> bool:
        judges = any(check.kind == "judge" for check in book.cases.checks)
        models = {book.model, book.judge_model} if judges else {book.model}
        return all(self.costs.answer(model, "x", None)[0] is not None for model in models)

    def _job(self, book: CaseBook, kind: str, model: str) -> Job:
        return Job("", kind, origin=ORIGIN, owner=owner_of(book.cases.id), title=book.cases.name, model=model)

    def _run_id(self, set_id: str) -> str:
        """The run that goes on, whose limit a further press belongs to, or a new one."""
        if self._queue.going(owner_of(set_id)) and set_id in self._last_runs:
            return self._last_runs[set_id]
        self._last_runs[set_id] = new_id()
        return self._last_runs[set_id]

    def stop(self, set_id: str) -> None:
        """Stop the runs of a set; what has arrived is kept."""
        self._stops[set_id] += 1
        self._queue.stop_owned(owner_of(set_id))

    async def delete(self, cases: CaseSet) -> None:
        """Stop the runs of a set, then soft-delete it; `sets.restore` undoes that. Raises StorageError."""
        ended = asyncio.Event()
        unsubscribe = self._queue.on_change.subscribe(lambda _job_id: ended.set())
        try:
            self.stop(cases.id)
            # A call that is being cancelled still stores what has arrived, which has to go too.
            while self._queue.going(owner_of(cases.id)):
                ended.clear()
                await ended.wait()
        finally:
            unsubscribe()
        await self.sets.delete(cases)

    def progress(self, book: CaseBook) -> RunProgress:
        """How far a set is."""
        statuses = self._queue.going(owner_of(book.cases.id))
        run = sum(book.version_score(version.id).run for version in book.cases.versions)
        paused = [status for status in statuses if status.job.state == "paused"]
        seconds = [status.seconds_left for status in statuses]
        run_id = self._last_runs.get(book.cases.id, "")
        spent = self.calls.guard(run_id, book).spent if run_id else 0.0
        return RunProgress(
            run, len(book.cases.cases) * len(book.cases.versions),
            sum(status.running + status.queued for status in statuses),
            any(status.running or status.job.state == "active" for status in statuses), bool(paused),
            next((status.job.error or status.job.pause_reason for status in paused), ""),
            None if not seconds or None in seconds else max(each for each in seconds if each is not None),
            spent, self.costs.answer(book.model, "", None)[1],
        )  # fmt: skip

    def expected_cost(self, model: str) -> tuple[float | None, str]:
        """The cost of a call whose content is not known: none where the model is free."""
        cost, currency = self.costs.answer(model, "x", None)
        return (0.0 if cost == 0.0 else None), currency

    # -- grades and tallies ---------------------------------------------------------------------------------------

    async def grade(self, set_id: str, cell: Cell, grade: Grade) -> None:
        """Grade an answer by hand, or take a grade back. Raises StorageError."""
        book = await self.book(set_id)
        result = book.shown(cell)
        if result is not None and result.state == "done":
            result = msgspec.structs.replace(result, grade=grade)
            book.add([result])
            await self._results.keep([result])
            await book.check((cell,))
            self._due_soon(set_id)

    async def _check(self, book: CaseBook) -> None:
        await book.check()
        await self.tallies.update(book)

    # -- files ----------------------------------------------------------------------------------------------------

    async def add_document(self, document: CaseDocument) -> CaseSet:
        """Add what a file of a whole set has, beside what there is. Raises StorageError."""
        cases, results = renewed(document, self.sets.free_name(document.set.name), time.time())
        if results:
            await self._results.keep(results)
        self.sets.add(cases)
        return cases

    def add_rows(self, cases: CaseSet, read: ReadCases) -> CaseSet:
        """A set with further rows, as far as there is room. Can be undone as one edit."""
        rows = tuple(case for case in cases.cases if any(case.values.values()) or case.problem is not None)
        names = [name for name in read.variables if name not in cases.variables]
        changed = msgspec.structs.replace(
            cases, variables=(*cases.variables, *names)[:MAX_VARIABLES], cases=(*rows, *read.cases)[:MAX_CASES]
        )
        self.sets.end_merge(cases.id)
        self.sets.edit(changed)
        return changed

    # -- following ------------------------------------------------------------------------------------------------

    def _sets_changed(self) -> None:
        for set_id, book in tuple(self._books.items()):
            cases = self.sets.get(set_id)
            if cases is None:
                del self._books[set_id]
            elif cases is not book.cases:
                had = book.cases
                book.set_cases(cases)
                if (had.checks, had.cases, had.variables, had.model, had.judge_model, had.sampling) != (
                    cases.checks, cases.cases, cases.variables, cases.model, cases.judge_model, cases.sampling
                ):  # fmt: skip
                    self._spawn(self._check(book))

    def _models_changed(self) -> None:
        for book in tuple(self._books.values()):
            if book.find_models():
                book.on_cells.emit(())
                self._spawn(self._check(book))

    def _job_changed(self, job_id: str) -> None:
        try:
            status = self._queue.status(job_id)
        except KeyError:  # It was removed from the list.
            self._seen.pop(job_id, None)
            for set_id in self._books:
                self._due_soon(set_id)
            return
        set_id = owning_cases(status.job.owner)
        if not set_id or set_id not in self._books:
            return
        signature = (status.job.state, status.job.pause_reason, status.lost, status.stopped, status.total)
        if self._seen.get(job_id) != signature:
            self._seen[job_id] = signature
            self._follow(set_id)
        self._due_soon(set_id)

    def _due_soon(self, set_id: str) -> None:
        if not self._due and not self._tasks.closed:
            asyncio.get_running_loop().call_later(FOLLOW_SECONDS, self._report_due)
        self._due.add(set_id)

    def _report_due(self) -> None:
        due, self._due = set() if self._tasks.closed else self._due, set()
        for set_id in due:
            self.on_progress.emit(set_id)
            if set_id in self._books:
                self._spawn(self.tallies.update(self._books[set_id]))

    def _follow(self, set_id: str) -> None:
        """Take over what the queue has of a set."""
        book = self._books.get(set_id)
        if book is None:
            return
        queued: dict[Cell, str] = {}
        lost: dict[Cell, str] = {}
        paused: set[Cell] = set()
        for status in self._queue.jobs():
            if status.job.owner != owner_of(set_id):
                continue
            if status.job.kind != ANSWERS:
                if not status.job.ended:
                    self._last_runs[set_id] = judged_answer(self._queue.items(status.job.id)[0].subject)[1]
                continue
            if status.job.ended and not status.lost:
                continue
            for item in self._queue.items(status.job.id):
                key = result_key(item.subject)
                cell = Cell(key.case_id, key.version_id)
                if item.state in ("queued", "sent") and not status.job.ended:
                    queued[cell] = item.subject
                    self._last_runs[set_id] = key.run_id
                    if status.job.state == "paused" and item.state == "queued":
                        paused.add(cell)
                elif item.state == "lost" and book.find(item.subject) is None:
                    lost[cell] = item.subject
        book.set_queued(queued, paused, lost)

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        if not self._tasks.closed:
            task = self._tasks.spawn(reporting(work, self.on_failed.emit), "cases")
            # One that is cancelled before its first step never awaits its work.
            task.add_done_callback(lambda _task: work.close())
        else:
            work.close()
