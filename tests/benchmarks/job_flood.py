"""A job with more takes than can be made, by the real queue and take service: what other calls of a user compete with.

Used by the benchmark `queue`; it has no rows of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from app.core.errors import WorkbenchError
from app.core.jobs import MAX_ITEMS, Job
from app.core.profiles import Profile
from app.core.takes import Take, VoiceSnapshot
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter
from app.services.jobs.ports import Limits
from app.services.speech.new_takes import new_take_from
from app.services.speech.take_jobs import JOB_KIND
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.plugins.take_services import take_service

MODEL = "mimo-v2.5-tts"
LINE = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), text="Hi.", model=MODEL, stream=False, session="flood")


class OneClient:
    """A connection that always leads to the same client."""

    def __init__(self, profile: Profile, client: MimoClient) -> None:
        self.profile = profile
        self._client = client

    @asynccontextmanager
    async def client(self) -> AsyncIterator[tuple[Profile, MimoClient]]:
        yield self.profile, self._client

    def explain(self, error: WorkbenchError, _profile: Profile) -> WorkbenchError:
        return error


@asynccontextmanager
async def flood(profile: Profile, client: MimoClient, limiter: RateLimiter) -> AsyncIterator[None]:
    """A job of as many takes as one may have, until the block ends."""
    failures: list[BaseException] = []

    def limits(model: str) -> Limits:
        used = limiter.used_requests(profile.id, model)
        allowed = profile.requests_per_minute
        return Limits(allowed, max(0, allowed - used), limiter.parallel(profile.id, model))

    with tempfile.TemporaryDirectory(prefix="flood-") as folder:
        database = await Database.open(open_home(Path(folder)))
        tasks = TaskSet(failures.append)
        connection = OneClient(profile, client)
        async with take_service(connection, tasks, database, limits=limits) as (speech, queue, _):
            takes = [new_take_from(msgspec.structs.replace(LINE, number=number + 1)) for number in range(MAX_ITEMS)]
            job = Job("", JOB_KIND, title="flood", owner=LINE.session, model=MODEL)
            # Like a job that is resumed: nobody waits for its first take, or the limit would count as in use.
            await queue.add(job, [take.id for take in takes], also=[database.takes.keeping(takes)])
            assert speech.has_active(LINE.session)
            yield
            (status,) = queue.jobs()
            assert status.queued and not status.failed and not status.lost, status
        await tasks.aclose()
        await database.close()
    assert not failures, failures
