"""`queue`: a job with many calls fills the request limit, and a user's request passes it.

The demo service allows 100 requests in 3 s and 30 calls at once, and takes 0.5 s for an answer. `queue-fill` is the
requests that it admitted in ten windows, beside those it would have allowed; for `queue-fill-chat` a user chats
every two seconds meanwhile. `queue-person` is how long a user's request takes in the middle of a job, beside
one sent when there is none.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from app.core.profiles import Profile
from app.core.requests import BuiltinVoice, Priority, SpeechRequest
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter
from tests.benchmarks.job_flood import LINE, MODEL, flood
from tests.benchmarks.row import Row, count, row
from tests.plugins import demo_service
from tests.plugins.demo_service import DemoService

REQUESTS, WINDOW_SECONDS, MAX_PARALLEL, ANSWER_SECONDS = 100, 3.0, 30, 0.5
WINDOWS = 10
CHAT_SECONDS = 2.0
ROUNDS = 11
CALL = SpeechRequest(MODEL, LINE.text, BuiltinVoice("Mia"), stream=False)
"""What the job's calls ask for too; the cheapest take there is, because what is measured is the queue."""


def run() -> list[Row]:
    service = demo_service.start(
        *("--pace", "0", "--answer-seconds", f"{ANSWER_SECONDS}"),
        *("--requests", f"{REQUESTS}", "--window", f"{WINDOW_SECONDS}", "--parallel", f"{MAX_PARALLEL}"),
    )
    try:
        passed = _passed(*asyncio.run(_person(service)))  # first, so that the service is warm
        return [
            *_filled("queue-fill", asyncio.run(_fill(service, chats=False)), at_least=0.95),
            *_filled("queue-fill-chat", asyncio.run(_fill(service, chats=True)), at_least=0.9),
            *passed,
        ]
    finally:
        demo_service.stop(service)


def _filled(name: str, counted: dict[str, Any], *, at_least: float) -> list[Row]:
    return [
        row(
            name, counted["admitted"][MODEL], "requests", peer="allowed", peer_value=REQUESTS * WINDOWS,
            at_least=at_least,
        ),
        count(f"{name}-refused", sum(counted["refused"].values()), "answered 429"),
        count(f"{name}-window", counted["most_in_window"][MODEL], "in a window", at_most=REQUESTS),
        count(f"{name}-parallel", counted["most_running"][MODEL], "at once", at_most=MAX_PARALLEL - 1),
    ]  # fmt: skip


def _passed(passing: list[float], alone: list[float]) -> list[Row]:
    return [
        row(
            "queue-person", statistics.median(passing), "s", peer="sent alone", peer_value=statistics.median(alone),
            at_most=1.2,
        )
    ]  # fmt: skip


@asynccontextmanager
async def _client(service: DemoService) -> AsyncIterator[tuple[Profile, MimoClient, RateLimiter]]:
    """A profile, a client and its limits, of the service in its initial state."""
    await asyncio.to_thread(service.reset)
    profile = Profile("demo", "demo", "Demo", service.base_url, requests_per_minute=REQUESTS, retries=3)
    limiter = RateLimiter(WINDOW_SECONDS)
    client = MimoClient(profile, service.key, rate_limiter=limiter)
    try:
        yield profile, client, limiter
    finally:
        await client.aclose()


async def _fill(service: DemoService, *, chats: bool) -> dict[str, Any]:
    """What the service counted in the windows since the first request."""
    async with _client(service) as (profile, client, limiter), flood(profile, client, limiter):
        began = time.monotonic()
        chatting = asyncio.create_task(_chat(client)) if chats else None
        await asyncio.sleep(WINDOWS * WINDOW_SECONDS)
        late = time.monotonic() - began - WINDOWS * WINDOW_SECONDS
        state: dict[str, Any] = await asyncio.to_thread(service.state)
        if chatting is not None:
            chatting.cancel()
            await asyncio.gather(chatting, return_exceptions=True)
    assert late < WINDOW_SECONDS / 10, "the machine is too busy to measure"
    return dict(state["counted"])


async def _chat(client: MimoClient) -> None:
    """A user who asks something every two seconds, of the model that the job uses."""
    while True:
        await asyncio.gather(asyncio.sleep(CHAT_SECONDS), _call(client, "interactive"))


async def _person(service: DemoService) -> tuple[list[float], list[float]]:
    """Seconds of a user's calls in the middle of a job, and of the same ones without it."""
    async with _client(service) as (_, client, _):
        await _call(client, "interactive")  # opens the connection
        alone = [await _call(client, "interactive") for _ in range(ROUNDS)]
    async with _client(service) as (profile, client, limiter), flood(profile, client, limiter):
        passing = []
        await asyncio.sleep(2 * WINDOW_SECONDS)
        for number in range(ROUNDS):
            passing.append(await _call(client, "interactive"))
            await asyncio.sleep(0.4 + 0.1 * (number % 5))
    return passing, alone


async def _call(client: MimoClient, priority: Priority) -> float:
    """Make a call; return the seconds from asking to its end."""
    began = time.monotonic()
    async with aclosing(client.speak(CALL, priority=priority)) as events:
        async for _ in events:
            pass
    return time.monotonic() - began
