"""Test cases on a real database and job queue, answered by a client that is given."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from app.core.cases import Case, CaseSet, CaseVersion, Check
from app.core.messages import Usage, new_id
from app.core.settings import Settings
from app.services.bench.case_jobs import ANSWERS, JUDGEMENTS, CaseJobs
from app.services.bench.cases import Cases
from app.services.jobs.ports import ActiveService, Limits
from app.services.jobs.queue import JobQueue
from app.services.models import Models
from app.services.tasks import TaskSet
from app.storage.database import Database

MODEL = "mimo-v2.6-flash"


def free(_model: str, _usage: Usage) -> tuple[float | None, str]:
    """Every call costs nothing."""
    return 0.0, "USD"


def no_limits(_model: str) -> Limits:
    return Limits(0, 0, 8)


@asynccontextmanager
async def case_service(
    connection: Any, tasks: TaskSet, database: Database, *, cost_of: Callable[..., Any] = free,
    limits: Callable[[str], Limits] = no_limits,
) -> AsyncIterator[tuple[Cases, JobQueue]]:  # fmt: skip
    """The service and its queue, as the program connects them."""
    profile = connection.profile
    queue = JobQueue(database.jobs, tasks, lambda: ActiveService(profile.id, profile.name), limits)
    cases = Cases(
        database.case_sets, database.case_results, database.case_tallies, connection, queue,
        Models(connection, Settings()), tasks, cost_of,
    )  # fmt: skip
    runner = CaseJobs(database.case_results, lambda: cases)
    queue.add_runner(ANSWERS, runner)
    queue.add_runner(JUDGEMENTS, runner)
    await cases.load()
    await queue.load()
    try:
        yield cases, queue
    finally:
        await queue.aclose()
        await cases.aclose()


def case_set(
    *values: str, texts: tuple[str, ...] = ("Say “{{message}}”",), checks: tuple[Check, ...] = (), **fields: Any
) -> CaseSet:
    """A set with a row for each value, and a column for each text."""
    rows = tuple(Case(new_id(), {"message": value}) for value in values)
    versions = tuple(
        CaseVersion(new_id(), "prompt", "Greeting", number, text=text) for number, text in enumerate(texts, 1)
    )
    fields = {"name": "Greetings", "model": MODEL, "judge_model": MODEL} | fields
    return CaseSet(new_id(), variables=("message",), cases=rows, versions=versions, checks=checks, **fields)
