"""A take service with a job queue and a player that has no device."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from app.audio.player import Player
from app.composition.audio_adapter import audio
from app.core.errors import AudioError, Code
from app.core.messages import Usage
from app.services.jobs.ports import ActiveService, Limits
from app.services.jobs.queue import JobQueue
from app.services.speech.part_joining import PartJoining
from app.services.speech.playback import Playback
from app.services.speech.recognition import Recognition
from app.services.speech.take_jobs import JOB_KIND, TakeJobs
from app.services.speech.take_making import CallTimes, no_call_times
from app.services.speech.take_service import TakeService
from app.services.speech.voice_consent import ConsentCheck
from app.services.speech.word_check_jobs import JOB_KIND as READ_BACK
from app.services.speech.word_check_jobs import WordCheckJobs
from app.services.speech.word_checks import WordChecks
from app.services.tasks import TaskSet
from app.storage.database import Database

PARALLEL = 29


def no_device(*_arguments: Any, **_named: Any) -> Any:
    raise AudioError(Code.NO_OUTPUT)


def free(_model: str, _usage: Usage) -> tuple[float, str]:
    """Every call costs nothing."""
    return 0.0, "USD"


def add_word_checks(connection: Any, database: Database, service: TakeService, queue: JobQueue) -> WordChecks:
    """Checks of the words of takes, which the queue of their service makes."""
    sound = audio()
    recognition = Recognition(connection, sound)
    checks = WordChecks(database.takes, service.stored, database.blobs, sound, recognition, queue, free)
    queue.add_runner(READ_BACK, WordCheckJobs(database.takes, lambda: checks, free))
    return checks


async def _no_number(_session: str) -> int:
    return 0


@asynccontextmanager
async def take_service(
    connection: Any,
    tasks: TaskSet,
    database: Database,
    *,
    player: Any = None,
    parallel: int = PARALLEL,
    limits: Callable[[str], Limits] | None = None,
    next_number: Callable[[str], Awaitable[int]] | None = None,
    call_times: CallTimes = no_call_times,
    consents: ConsentCheck | None = None,
) -> AsyncIterator[tuple[TakeService, JobQueue, Playback]]:
    """Yield a service on a database, its queue and its playback; at the end all three are closed.

    `service.stored.joined` is a `PartJoining`. `player` plays, by default one that has no device. `limits` are those
    of a model, by default only `parallel` calls at the same time. Without `next_number` takes that a job makes of
    others have no number.
    """
    without_device, sound = Player(open_stream=no_device), audio()
    playback = Playback(player or without_device, database.blobs, sound)
    made: list[TakeService] = []

    def active() -> ActiveService:
        return ActiveService(connection.profile.id, connection.profile.name)

    queue = JobQueue(database.jobs, tasks, active, limits or (lambda _model: Limits(0, 0, parallel)))
    queue.add_runner(
        JOB_KIND,
        TakeJobs(
            database.takes,
            lambda: made[0],
            cost_of=lambda _take: 0.0,
            expected_cost=lambda _model, _count: (0.0, "USD"),
        ),
    )
    service = TakeService(
        connection, tasks, database.takes, database.blobs, sound, queue, playback, call_times, consents
    )
    made.append(service)
    parts = PartJoining(service, database.takes, database.blobs, sound, queue, tasks, next_number or _no_number)
    await queue.load()
    try:
        yield service, queue, playback
    finally:
        await service.finish()
        await parts.aclose()
        playback.close()
        await asyncio.to_thread(without_device.close)
