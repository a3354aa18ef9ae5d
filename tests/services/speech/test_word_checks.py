"""Takes are read back by the recognition model, and what was found is stored with them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import NamedTuple

import msgspec
import pytest

from app.core.errors import Code, InputError
from app.core.takes import Take, VoiceSnapshot
from app.services.connection import Connection
from app.services.jobs.queue import JobQueue
from app.services.speech.take_service import TakeService
from app.services.speech.word_check_jobs import JOB_KIND, WordCheckJobs, new_subject
from app.services.speech.word_checks import WordChecks
from app.services.tasks import TaskSet
from app.storage.database import Database
from tests.plugins.demo_service import DemoService
from tests.plugins.take_services import add_word_checks, free, take_service
from tests.waiting import wait_until

ASR = "mimo-v2.5-asr"
LINE = Take(
    "", VoiceSnapshot("builtin", "Mia", "Mia"), text="(Calm) The tide comes in slowly.", model="mimo-v2.5-tts",
    session="s",
)  # fmt: skip
CHINESE = msgspec.structs.replace(LINE, text="街口那个老周啊，[叹气]媳妇走得早。")


class Studio(NamedTuple):
    service: TakeService
    queue: JobQueue
    checks: WordChecks

    async def spoken(self, line: Take) -> Take:
        take = self.service.generate(line)
        await self.service.finished(take.id)
        return next(found for found in await self.service.of_session("s") if found.id == take.id)

    async def checked(self, *takes: Take) -> list[Take]:
        await self.checks.request(takes, ASR, title="words", session="s")
        await wait_until(lambda: self.checks.progress("s") is None)
        stored = {take.id: take for take in await self.service.of_session("s")}
        return [stored[take.id] for take in takes]


@asynccontextmanager
async def studio_of(connection: Connection, database: Database) -> AsyncIterator[Studio]:
    failures: list[BaseException] = []
    tasks = TaskSet(failures.append)
    async with take_service(connection, tasks, database) as (service, queue, _playback):
        yield Studio(service, queue, add_word_checks(connection, database, service, queue))
    await tasks.aclose()
    assert failures == []


@pytest.fixture
async def studio(connection: Connection, database: Database) -> AsyncIterator[Studio]:
    async with studio_of(connection, database) as opened:
        yield opened


async def test_a_take_that_says_its_words_has_no_finding(studio: Studio) -> None:
    takes = [await studio.spoken(LINE), await studio.spoken(CHINESE)]
    assert all(take.read_back is None for take in takes)
    english, chinese = await studio.checked(*takes)
    assert english.findings == chinese.findings == ()
    assert english.read_back is not None and chinese.read_back is not None
    assert english.read_back.heard == "The tide comes in slowly." and "老周" in chinese.read_back.heard
    assert english.read_back.model == ASR and english.read_back.checked > 0


@pytest.mark.parametrize(
    ("line", "fault", "code", "words"),
    [
        (LINE, "drop-word=3", "missing", "comes"),
        (LINE, "repeat-word=5", "added", "slowly"),
        (LINE, "add-word=2", "added", "suddenly"),
        (CHINESE, "drop-word=9", "missing", "妇"),
    ],
)
async def test_words_that_were_not_spoken_or_not_written_are_found(
    studio: Studio, demo_service: DemoService, line: Take, fault: str, code: str, words: str
) -> None:
    demo_service.arm(fault)
    (take,) = await studio.checked(await studio.spoken(line))
    assert [(finding.code, finding.words) for finding in take.findings] == [(code, words)]


async def test_a_check_replaces_the_one_before_it_and_no_other_finding(
    studio: Studio, demo_service: DemoService
) -> None:
    demo_service.arm("length")
    take = await studio.spoken(LINE)
    others = take.findings
    demo_service.arm("refusal")
    (take,) = await studio.checked(take)
    assert take.read_back is None and take.findings == others, "nothing was heard, so nothing is stored"
    demo_service.arm("long=60")
    (first,) = await studio.checked(take)
    (second,) = await studio.checked(take)
    assert first.findings[: len(others)] == second.findings[: len(others)] == others
    assert first.findings != second.findings and first.read_back != second.read_back
    redo = studio.service.generate(second)
    assert redo.read_back is None and redo.findings == (), "it says nothing about another take"
    await studio.service.finished(redo.id)


async def test_each_failure_is_reported_with_its_take_and_the_others_are_checked(
    studio: Studio, demo_service: DemoService
) -> None:
    failed: list[tuple[str, Code]] = []
    takes = [await studio.spoken(LINE) for _ in range(3)]
    studio.checks.on_failed.subscribe(lambda take_id, error: failed.append((take_id, error.code)))
    demo_service.arm("status=400")
    checked = await studio.checked(*takes)
    (lost,) = [take for take in checked if take.read_back is None]
    assert failed == [(lost.id, Code.BAD_REQUEST)]
    (status,) = [status for status in studio.queue.jobs() if status.job.kind == JOB_KIND]
    assert (status.done, status.failed, status.total) == (2, 1, 3)
    await studio.queue.retry(status.job.id)
    await wait_until(lambda: studio.queue.status(status.job.id).done == 3)
    assert all(take.read_back for take in await studio.service.of_session("s"))


async def test_what_is_known_before_is_the_number_and_the_cost(studio: Studio) -> None:
    takes = [await studio.spoken(LINE) for _ in range(2)]
    estimate = studio.checks.estimate(takes, ASR)
    assert (estimate.requests, estimate.cost) == (2, 0.0)
    with pytest.raises(InputError):
        await studio.checks.request(takes, "", title="", session="s")


async def test_a_take_that_is_being_checked_is_not_checked_twice(studio: Studio, demo_service: DemoService) -> None:
    one, two = await studio.spoken(LINE), await studio.spoken(CHINESE)
    before = len(demo_service.requests())
    request = partial(studio.checks.request, model=ASR, title="words", session="s")
    await asyncio.gather(request([one]), request([one]), request([one, two]))
    assert [status.total for status in studio.queue.jobs() if status.job.kind == JOB_KIND] == [1, 1]
    await wait_until(lambda: studio.checks.progress("s") is None)
    assert len(demo_service.requests()) == before + 2
    await request([one])
    await wait_until(lambda: studio.checks.progress("s") is None)
    assert len(demo_service.requests()) == before + 3, "once it has ended it can be checked again"


async def test_checks_are_stopped_and_what_was_found_is_kept(studio: Studio, demo_service: DemoService) -> None:
    takes = [await studio.spoken(LINE) for _ in range(2)]
    demo_service.arm("delay=20", requests=2)
    await studio.checks.request(takes, ASR, title="", session="s")
    assert studio.checks.checking("s") == {take.id for take in takes}
    assert not studio.service.has_active("s"), "Speak is not Stop for a check"
    studio.checks.stop("s")
    await wait_until(lambda: studio.checks.progress("s") is None)
    assert all(take.read_back is None for take in await studio.service.of_session("s"))


async def test_after_a_kill_a_check_whose_result_is_stored_is_done(studio: Studio, database: Database) -> None:
    (take,) = await studio.checked(await studio.spoken(LINE))
    assert take.read_back is not None
    runner = WordCheckJobs(database.takes, lambda: studio.checks, free)
    subjects = [f"{take.id}/{take.read_back.id}", new_subject(take.id), new_subject("gone")]
    assert await runner.completed(subjects) == {subjects[0]}


async def test_the_result_is_stored_with_the_take(studio: Studio, database: Database) -> None:
    (take,) = await studio.checked(await studio.spoken(LINE))
    body = msgspec.json.encode(take)
    assert msgspec.json.decode(body, type=Take) == take
    assert (await database.takes.get(take.id)).read_back == take.read_back
