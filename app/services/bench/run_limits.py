"""Keeps runs side by side to their spend limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from app.core.errors import Code, InputError
from app.core.profiles import Profile
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
    """The limits of the runs whose answers are being made, whichever run is shown: one for each currency."""

    def __init__(
        self, desk: OpenDesk, runs: RecordKeeper[BesideRun], answers: RunAnswers, budget: RunBudget,
        profile_of: Callable[[str], Profile], tasks: TaskSet,
    ) -> None:  # fmt: skip
        self._desk = desk
        self._runs = runs
        self._answers = answers
        self._budget = budget
        self._profile_of = profile_of
        self._tasks = tasks
        self._limits: dict[str, Mapping[str, float]] = {}
        self._watch: asyncio.Task[None] | None = None

    def begin(self, run_id: str) -> None:
        """Keep a run whose answers are about to be made to the limit of the open desk."""
        self._limits[run_id] = self._desk.desk.limits(self._budget.usual_currency)
        if self._watch is None:
            self._watch = self._tasks.spawn(self._watch_spending(), "the cost of a run")

    def spent(self, run: BesideRun | None) -> Amount:
        """What the answers of a run have cost so far, also those of earlier sessions of the program."""
        return self._earlier(run).plus(self._budget.spent(self._made(run)))

    def _made(self, run: BesideRun | None) -> list[AnswerRun]:
        """The answers of a run that were made in this session."""
        answers = run.answers if run is not None else ()
        return [made for each in answers if (made := self._answers.made.get(each)) is not None]

    def _earlier(self, run: BesideRun | None) -> Amount:
        """What the answers have cost that were made before the program was started."""
        total = self._budget.spent(())
        for column in run.columns if run is not None else ():
            profile = self._profile_of(column.column.profile)
            for each in column.answers:
                if each not in self._answers.made and (message := self._answers.message(each)) is not None:
                    total = total.plus(self._budget.cost_of_message(profile, message))
        return total

    @staticmethod
    def _error(limit: float, currency: str) -> InputError:
        return InputError(Code.RUN_SPEND_LIMIT, limit=limit, currency=currency)

    def refusal(self, run: BesideRun, answer: AnswerRun) -> InputError | None:
        """The error of an answer that is expected to cost more than a limit leaves; None if it may be made."""
        limits = self._limits_of(run.id)
        if not limits:
            return None
        others = [made for made in self._made(run) if made is not answer]
        coming = self._budget.expected([(answer.profile, answer.request, answer.expected)])
        total = self._earlier(run).plus(self._budget.committed(others)).plus(coming)
        for currency, limit in limits.items():
            if coming.of(currency) and total.of(currency) > limit:
                return self._error(limit, currency)
        return None

    def close(self) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.cancel()

    def _limits_of(self, run_id: str) -> Mapping[str, float]:
        """The limits of a run: they can be changed as long as the run is shown, and hold when it is not."""
        if self._desk.desk.run == run_id and run_id in self._limits:
            self._limits[run_id] = self._desk.desk.limits(self._budget.usual_currency)
        return self._limits.get(run_id, {})

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
                    else:
                        self._stop_what_is_over(run, active)
        finally:
            self._watch = None

    def _stop_what_is_over(self, run: BesideRun, active: list[AnswerRun]) -> None:
        """Stop the answers that are billed in a currency whose limit is reached."""
        limits = self._limits_of(run.id)
        spent = self.spent(run) if limits else None
        for currency, limit in limits.items():
            if spent is not None and spent.of(currency) > limit:
                for answer in active:
                    if self._budget.price_currency(answer.profile, answer.request.model) == currency:
                        answer.stop(self._error(limit, currency))
