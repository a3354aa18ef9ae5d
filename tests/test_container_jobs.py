"""What goes wrong with a job while the program runs, with all its services and a real service, without the window."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from app.composition.container import ServiceContainer
from app.core.errors import Code
from app.core.profiles import DEMO
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.storage.database import Database
from tests.plugins.demo_service import DemoService
from tests.test_container import open_services
from tests.waiting import wait_until

LINE = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), model="mimo-v2.5-tts", session="s")
TEXTS = tuple(f"Line {number}." for number in range(6))


@asynccontextmanager
async def running(home: Path, service: DemoService, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ServiceContainer]:
    """All services, connected to the demo service as to one of the user's own."""

    async def find(_name: str) -> SimpleNamespace:
        return SimpleNamespace(value=service.key)

    async with open_services(home) as services:
        monkeypatch.setattr(services.keys, "find", find)
        await services.connection.use(
            msgspec.structs.replace(DEMO, id="own", kind="self-hosted", base_url=service.base_url, retries=4)
        )
        await services.load_jobs()
        # The model list is fetched after a switch; a fault that is armed before would meet that request.
        while not any(request["path"].endswith("/models") for request in await asyncio.to_thread(service.requests)):
            await asyncio.sleep(0.01)
        await services.database.sessions.keep(SpeechSession("s", text="Line"))
        yield services


def press(services: ServiceContainer, *texts: str) -> tuple[Take, ...]:
    takes = [msgspec.structs.replace(LINE, text=text) for text in texts]
    return services.audio_services().speech.request(takes, title="lines", owner="s")


async def ended(services: ServiceContainer) -> None:
    await wait_until(lambda: services.jobs.jobs() and all(status.job.ended for status in services.jobs.jobs()))


async def states(services: ServiceContainer) -> Counter[tuple[str, str]]:
    takes = await services.audio_services().speech.of_session("s")
    return Counter((take.text, take.state) for take in takes)


def answered(service: DemoService) -> Counter[str]:
    """How often the service has spoken each text."""
    spoken: Counter[str] = Counter()
    for request in service.requests():
        if request["path"].endswith("/chat/completions") and request["status"] == 200:
            spoken[next(text for text in TEXTS if text in str(request["body"]))] += 1
    return spoken


async def test_refusals_in_the_middle_of_a_job_lose_nothing_and_bill_nothing_twice(
    demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, demo_service, monkeypatch) as services:
        demo_service.arm("status=429;retry-after=0", 3)
        press(services, *TEXTS)
        await ended(services)
        assert await states(services) == {(text, "done"): 1 for text in TEXTS}
        assert await asyncio.to_thread(answered, demo_service) == dict.fromkeys(TEXTS, 1)
        refused = [request for request in demo_service.requests() if request["status"] == 429]
        assert len(refused) == 3 and services.jobs.jobs()[0].done == 6


async def test_one_refused_take_stops_no_other_and_can_be_made_again(
    demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, demo_service, monkeypatch) as services:
        demo_service.arm("status=400")
        press(services, *TEXTS)
        await ended(services)
        (status,) = services.jobs.jobs()
        assert (status.done, status.failed) == (5, 1)
        await services.jobs.retry(status.job.id)
        await ended(services)
        assert (await asyncio.to_thread(answered, demo_service)) == dict.fromkeys(TEXTS, 1)
        assert services.jobs.jobs()[0].done == 6


async def test_a_job_goes_on_after_the_program_was_closed_in_the_middle(
    demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, demo_service, monkeypatch) as services:
        demo_service.arm("stall=600", 2)
        press(services, *TEXTS)
        await wait_until(lambda: services.jobs.jobs() and services.jobs.jobs()[0].done == 4)
    async with running(tmp_path, demo_service, monkeypatch) as services:
        (status,) = services.jobs.jobs()
        assert (status.done, status.lost, status.group) == (4, 2, "decide")
        before = await asyncio.to_thread(answered, demo_service)
        assert len(before) == 6, "nothing was sent by opening the program"
        await services.jobs.send_again(status.job.id)
        await ended(services)
        now = await states(services)
        assert sum(now[text, "done"] for text in TEXTS) == 6
        assert sum((await asyncio.to_thread(answered, demo_service)).values()) == 8


async def test_a_deleted_session_sends_nothing_more(
    demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, demo_service, monkeypatch) as services:
        sessions = services.audio_services().sessions
        await sessions.load()
        demo_service.arm("stall=600", 6)
        press(services, *TEXTS)
        await wait_until(lambda: services.jobs.jobs() and services.jobs.jobs()[0].running == 6)
        assert await sessions.delete("s") is not None
        await ended(services)
        assert services.jobs.jobs()[0].stopped == 6


async def test_nothing_is_sent_that_cannot_be_recorded_and_that_is_said(
    demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program holds it for longer than one waits; when it lets go, everything can be made."""
    reported: list[Code] = []
    async with running(tmp_path, demo_service, monkeypatch) as services:
        speech = services.audio_services().speech
        speech.on_failed.subscribe(lambda _take, error: reported.append(error.code))
        await services.database.access.outside(lambda connection: connection.execute("PRAGMA busy_timeout = 50"))
        press(services, TEXTS[0])
        await ended(services)
        held = _held(services.database)
        try:
            press(services, *TEXTS[1:])
            await wait_until(lambda: reported)
        finally:
            held.close()
        assert reported == [Code.HOME_IN_USE], "said once for the whole press"
        assert await asyncio.to_thread(answered, demo_service) == {TEXTS[0]: 1}, "what can't be recorded is not sent"
        press(services, *TEXTS[1:])
        await wait_until(lambda: len(services.jobs.jobs()) == 2)
        await ended(services)
        assert await asyncio.to_thread(answered, demo_service) == dict.fromkeys(TEXTS, 1)


def _held(database: Database) -> sqlite3.Connection:
    """Another program writes, and does not end."""
    connection = sqlite3.connect(database.home.database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection
