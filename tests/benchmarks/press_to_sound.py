"""`press-to-sound`: from asking for a take to its first sound, through the job queue, beside one outside of all jobs.

Both on the demo service, one after the other in turns, the median of each. What the queue adds is a write: that the
take and its job are there.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from app.core.profiles import Profile
from app.core.takes import Take
from app.mimo.client import MimoClient
from app.services.speech.take_service import TakeService
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.benchmarks.job_flood import LINE, OneClient
from tests.benchmarks.row import Row, row
from tests.plugins import demo_service
from tests.plugins.take_services import take_service

ROUNDS = 11
SPOKEN = msgspec.structs.replace(LINE, text="The tide is turning, my friend.", stream=True)


def run() -> list[Row]:
    service = demo_service.start("--no-limits")
    try:
        profile = Profile("demo", "demo", "Demo", service.base_url, requests_per_minute=0)
        queued, alone = asyncio.run(_measured(profile, service.key))
    finally:
        demo_service.stop(service)
    return [row("press-to-sound", queued, "s", peer="outside of all jobs", peer_value=alone, at_most=1.2)]


async def _measured(profile: Profile, key: str) -> tuple[float, float]:
    """Seconds to the first sound of a take in a job, and of one outside."""
    failures: list[BaseException] = []
    queued: list[float] = []
    alone: list[float] = []
    client = MimoClient(profile, key)
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        database = await Database.open(open_home(Path(folder)))
        tasks = TaskSet(failures.append)
        async with take_service(OneClient(profile, client), tasks, database) as (speech, _queue, _playback):
            for number in range(ROUNDS + 1):
                for took, ask in ((queued, _request), (alone, _generate)):
                    seconds = await _first_sound(speech, ask)
                    if number:  # The first round warms up.
                        took.append(seconds)
        await tasks.aclose()
        await database.close()
    await client.aclose()
    assert not failures, failures
    return statistics.median(queued), statistics.median(alone)


def _request(speech: TakeService) -> Take:
    return speech.request([SPOKEN], title="press", owner=SPOKEN.session)[0]


def _generate(speech: TakeService) -> Take:
    return speech.generate(SPOKEN)


async def _first_sound(speech: TakeService, ask: Callable[[TakeService], Take]) -> float:
    heard: list[float] = []
    unsubscribe = speech.on_sound.subscribe(lambda _take, _source: heard.append(time.perf_counter()))
    began = time.perf_counter()
    take = ask(speech)
    await speech.finished(take.id)
    unsubscribe()
    return heard[0] - began
