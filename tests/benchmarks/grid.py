"""`grid`: audition grids of 100 cells fill the request limit as any other job does.

As in `queue`, the demo service allows 100 requests in 3 s and 30 calls at once, and takes 0.5 s for an answer. Grids
are filled by `OpenGrid`, one press for each, and `grid-fill` is the requests that the service admitted in the windows
beside those it would have allowed. The first cell of each grid is one that a person waits for, and after it room is
kept for another such request: so the goal is that of `queue-fill-chat`.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from app.core.audition_grids import AuditionGrid, GridDirection
from app.core.profiles import Profile
from app.core.settings import Settings
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter
from app.services.jobs.ports import Limits
from app.services.models import Models
from app.services.speech.audition_grids import AuditionGrids
from app.services.speech.builtin import BUILTIN
from app.services.speech.open_grid import OpenGrid
from app.services.speech.sessions import SpeechSessions
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.benchmarks.job_flood import MODEL, OneClient
from tests.benchmarks.queue import ANSWER_SECONDS, MAX_PARALLEL, REQUESTS, WINDOW_SECONDS
from tests.benchmarks.row import Row, count, row
from tests.plugins import demo_service
from tests.plugins.demo_service import DemoService
from tests.plugins.take_services import take_service

WINDOWS = 8
VOICES = tuple(voice.used() for voice in BUILTIN[1:6])
DIRECTIONS = tuple(GridDirection(f"direction {number}") for number in range(20))
"""Five voices in twenty ways: 100 cells."""


def run() -> list[Row]:
    service = demo_service.start(
        *("--pace", "0", "--answer-seconds", f"{ANSWER_SECONDS}"),
        *("--requests", f"{REQUESTS}", "--window", f"{WINDOW_SECONDS}", "--parallel", f"{MAX_PARALLEL}"),
    )
    try:
        counted = asyncio.run(_fill(service))
    finally:
        demo_service.stop(service)
    return [
        row(
            "grid-fill", counted["admitted"][MODEL], "requests", peer="allowed", peer_value=REQUESTS * WINDOWS,
            at_least=0.9,
        ),
        count("grid-fill-refused", sum(counted["refused"].values()), "answered 429"),
        count("grid-fill-window", counted["most_in_window"][MODEL], "in a window", at_most=REQUESTS),
    ]  # fmt: skip


async def _fill(service: DemoService) -> dict[str, Any]:
    """What the service counted in the windows since the first press."""
    await asyncio.to_thread(service.reset)
    profile = Profile("demo", "demo", "Demo", service.base_url, requests_per_minute=REQUESTS, retries=3)
    limiter = RateLimiter(WINDOW_SECONDS)
    client = MimoClient(profile, service.key, rate_limiter=limiter)

    def limits(model: str) -> Limits:
        used = limiter.used_requests(profile.id, model)
        return Limits(REQUESTS, max(0, REQUESTS - used), limiter.parallel(profile.id, model))

    failures: list[BaseException] = []
    async with AsyncExitStack() as stack:
        stack.push_async_callback(client.aclose)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="grid-"))
        database = await Database.open(open_home(Path(folder)))
        stack.push_async_callback(database.close)
        tasks = TaskSet(failures.append)
        stack.push_async_callback(tasks.aclose)
        connection: Any = OneClient(profile, client)
        settings = Settings()
        sessions = SpeechSessions(database.sessions, database.takes, database.search, tasks, settings)
        grids = AuditionGrids(database.grids, tasks)
        stack.push_async_callback(grids.aclose)
        stack.push_async_callback(sessions.aclose)
        speech, queue, _ = await stack.enter_async_context(take_service(connection, tasks, database, limits=limits))
        models = Models(connection, settings)
        began = time.monotonic()
        for number in range(WINDOWS + 1):
            sessions.begin(f"Hi {number}.")
            session = sessions.current
            grid = OpenGrid(grids, speech, queue, sessions, models)
            await grid.open(AuditionGrid(session.id, text="Hi.", stream=False, voices=VOICES, directions=DIRECTIONS))
            grid.fill()
        await asyncio.sleep(WINDOWS * WINDOW_SECONDS - (time.monotonic() - began))
        state: dict[str, Any] = await asyncio.to_thread(service.state)
    assert not failures, failures
    return dict(state["counted"])
