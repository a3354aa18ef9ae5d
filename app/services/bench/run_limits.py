"""Keeps runs side by side to their spend limits."""

from __future__ import annotations

import asyncio

from app.core.errors import Code, InputError
from app.core.side_by_side import BesideRun
from app.services.bench.answer_run import AnswerRun
from app.services.bench.desk import OpenDesk
from app.services.bench.run_answers import RunAnswers
from app.services.bench.run_budget import Amount, RunBudget
from app.services.record_keeper import RecordKeeper
from app.services.tasks import TaskSet

WATCH_SECONDS = 0.5
"""Interval at which what a run has cost is compared with its limit."""


class RunLimits:
    """The limits of the runs whose answers are being made, whichever run is shown."""

    def __init__(
        self, desk: OpenDesk, runs: RecordKeeper[BesideRun], answers: RunAnswers, budget: RunBudget, tasks: TaskSet
    ) -> None:
        self._desk = desk
        self._runs = runs
        self._answers = answers
        self._budget = budget
        self._tasks = tasks
        self._limits: dict[str, float | None] = {}
        self._watch: asyncio.Task[None] | None = None

    def begin(self, run_id: str) -> None:
        """Keep a run whose answers are about to be made to the limit of the open desk."""
        self._limits[run_id] = self._desk.desk.spend_limit
        if self._watch is None:
            self._watch = self._tasks.spawn(self._watch_spending(), "the cost of a run")

    def spent(self, run: BesideRun | None) -> Amount:
        """What the answers of a run that were made in this session have cost so far."""
        answers = run.answers if run is not None else ()
        return self._budget.spent(made for each in answers if (made := self._answers.made.get(each)) is not None)

    def error(self, run: BesideRun) -> InputError:
        """The error of an answer that the limit has stopped."""
        return InputError(Code.RUN_SPEND_LIMIT, limit=self._limit(run.id), currency=self.spent(run).currency)

    def is_exceeded_by(self, run: BesideRun, answer: AnswerRun) -> bool:
        """Whether one more answer is expected to cost more than the limit leaves."""
        limit = self._limit(run.id)
        if limit is None:
            return False
        others = [made for each in run.answers if (made := self._answers.made.get(each)) is not answer]
        coming = self._budget.expected([(answer.profile, answer.request, answer.expected)])
        return self._budget.committed(made for made in others if made is not None).cost + coming.cost > limit

    def close(self) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.cancel()

    def _limit(self, run_id: str) -> float | None:
        """The limit of a run: it can be changed as long as the run is shown, and holds when it is not."""
        if self._desk.desk.run == run_id and run_id in self._limits:
            self._limits[run_id] = self._desk.desk.spend_limit
        return self._limits.get(run_id)

    async def _watch_spending(self) -> None:
        """Stop the answers of every run that costs more than its limit."""
        try:
            while self._answers.running:
                await asyncio.sleep(WATCH_SECONDS)
                for run_id in tuple(self._limits):
                    run = self._runs.get(run_id)
                    active = self._answers.active(run.answers) if run is not None else []
                    if run is None or not active:
                        del self._limits[run_id]
                    elif (limit := self._limit(run_id)) is not None and self.spent(run).cost > limit:
                        for answer in active:
                            answer.stop(self.error(run))
        finally:
            self._watch = None
