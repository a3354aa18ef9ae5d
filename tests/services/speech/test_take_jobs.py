"""Takes made by the job queue: several at a press, stopped, killed, repeated, and heard as they arrive."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from app.core.errors import Code, InputError, ServiceError, StorageError, TransportError, WorkbenchError
from app.core.events import AudioDelta, AudioFormat, Finished, Sending, Started, Waiting
from app.core.jobs import Job, JobItem, item_id
from app.core.profiles import DEMO, Profile
from app.core.takes import Take, VoiceSnapshot
from app.services.jobs.queue import JobQueue
from app.services.speech.generation import Generation
from app.services.speech.playback import Playback
from app.services.speech.take_jobs import JOB_KIND
from app.services.speech.take_service import TakeService
from app.services.speech.waveform_peaks import PeakAccumulator
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.plugins.take_services import take_service
from tests.waiting import wait_until

LINE = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), text="one", model="mimo-v2.5-tts", session="s")
SOUND = (8_000 * np.sin(np.arange(12_000) / 20)).astype("<i2").tobytes()


class Service:
    """A connection whose client speaks each text in two halves; the test says when each comes.

    Attributes:
        sent: texts in the order in which their requests left.
        priorities: of those requests.
        refusals: errors by text, raised after the request has left and before any sound.
        waits: texts that wait for the rate limit until `release` is set.
    """

    def __init__(self) -> None:
        self.profile: Profile = DEMO
        self.sent: list[str] = []
        self.priorities: list[str] = []
        self.refusals: dict[str, WorkbenchError] = {}
        self.waits: set[str] = set()
        self.release = asyncio.Event()
        self._gates: dict[str, asyncio.Event] = {}

    def gate(self, name: str) -> asyncio.Event:
        return self._gates.setdefault(name, asyncio.Event())

    def open(self, *texts: str) -> None:
        """Let both halves of these texts arrive."""
        for text in texts:
            for half in ("first", "second"):
                self.gate(f"{text} {half}").set()

    @asynccontextmanager
    async def client(self) -> AsyncIterator[tuple[Profile, Service]]:
        yield self.profile, self

    async def speak(self, request: Any, *, priority: str, resend_lost: bool) -> AsyncGenerator[Any, None]:
        assert resend_lost == (request.text == "alone")
        if request.text in self.waits:
            yield Waiting(20.0, "rate", position=1)
            await self.release.wait()
        yield Sending()
        self.sent.append(request.text)
        self.priorities.append(priority)
        if request.text in self.refusals:
            raise self.refusals[request.text]
        yield Started("call", request.model)
        await self.gate(f"{request.text} first").wait()
        yield AudioFormat("pcm16", 24_000)
        yield AudioDelta(SOUND)
        await self.gate(f"{request.text} second").wait()
        yield AudioDelta(SOUND)
        yield Finished("stop")

    def explain(self, error: WorkbenchError, _profile: Profile) -> WorkbenchError:
        return error


class TakeHarness:
    def __init__(self, service: Service, speech: TakeService, queue: JobQueue, playback: Playback, store: Database):
        self.service, self.speech, self.queue, self.playback, self.database = service, speech, queue, playback, store
        self.failed: list[tuple[str, Code]] = []
        self.deleted: list[str] = []
        speech.on_failed.subscribe(lambda take, error: self.failed.append((take.text, error.code)))
        speech.on_deleted.subscribe(self.deleted.append)

    def request(self, *texts: str, **options: Any) -> tuple[Take, ...]:
        specs = [msgspec.structs.replace(LINE, text=text) for text in texts]
        return self.speech.request(specs, title="a job", owner="s", **options)

    async def takes(self) -> dict[str, Take]:
        return {take.text: take for take in await self.speech.of_session("s")}

    async def states(self) -> dict[str, str]:
        return {text: take.state for text, take in (await self.takes()).items()}

    async def done(self) -> None:
        """Wait until no job goes on."""
        await wait_until(lambda: self.queue.jobs() and all(status.job.ended for status in self.queue.jobs()))


@asynccontextmanager
async def desk(home: Path, service: Service | None = None) -> AsyncIterator[TakeHarness]:
    service = service or Service()
    database = await Database.open(open_home(home))
    failures: list[BaseException] = []
    tasks = TaskSet(failures.append)
    async with take_service(service, tasks, database) as (speech, queue, playback):
        yield TakeHarness(service, speech, queue, playback, database)
    await tasks.aclose()
    await database.close()
    assert failures == []


async def test_several_takes_at_a_press_are_made_side_by_side(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        takes = at.request("one", "two", "three")
        assert [take.state for take in takes] == ["queued"] * 3
        await wait_until(lambda: len(at.service.sent) == 3)
        assert at.service.priorities == ["interactive", "batch", "batch"]
        at.service.open("three", "one", "two")
        await at.done()
        assert await at.states() == {"one": "done", "two": "done", "three": "done"}
        assert all(take.frames == 24_000 for take in (await at.takes()).values())
        (status,) = at.queue.jobs()
        assert (status.done, status.job.owner, status.cost) == (3, "s", 0.0)


async def test_what_cannot_be_spoken_is_refused_before_anything_is_queued(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        with pytest.raises(InputError):
            at.request("one", " ")
        assert await at.takes() == {} and at.queue.jobs() == ()


async def test_the_first_is_played_with_its_gain_when_its_sound_arrives(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        asked: list[str] = []

        def gain(take: Take) -> float:
            asked.append(take.text)
            return -3.0

        first, _second = at.request("one", "two", listen=gain)
        at.service.open("two")
        await wait_until(lambda: len(at.service.sent) == 2)
        assert at.playback.key == ""
        at.service.open("one")
        await at.done()
        assert (at.playback.key, asked) == (first.id, ["one"])


async def test_a_take_that_was_stopped_is_not_played(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        (take,) = at.request("one", listen=lambda _take: 0.0)
        await wait_until(lambda: at.service.sent)
        at.speech.stop(take.id)
        await at.done()
        assert at.playback.key == ""
        assert await at.states() == {"one": "cut"}


async def test_the_last_that_was_asked_for_is_played(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        (first,) = at.request("one", listen=lambda _take: 0.0)
        (second,) = at.request("two", listen=lambda _take: 0.0)
        played: list[str] = []
        at.playback.on_change.subscribe(lambda: played.append(at.playback.key))
        at.service.open("two")
        await wait_until(lambda: second.id in played)
        at.service.open("one")
        await at.done()
        assert at.playback.key == second.id and first.id not in played


async def test_a_take_that_waits_is_removed_when_it_is_stopped(tmp_path: Path) -> None:
    """Nothing was sent and nothing made, so nothing is left in the list."""
    service = Service()
    service.waits = {"two"}
    async with desk(tmp_path, service) as at:
        one, two = at.request("one", "two")
        await wait_until(lambda: at.service.sent)
        at.speech.stop(two.id)
        at.service.open("one")
        await at.done()
        await wait_until(lambda: at.deleted)
        assert await at.states() == {"one": "done"}
        assert at.deleted == [two.id] and one.id in [take.id for take in (await at.takes()).values()]


async def test_stop_right_after_the_press_leaves_nothing_behind(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        takes = at.request("one", "two")
        for take in takes:
            at.speech.stop(take.id)
        await wait_until(lambda: len(at.deleted) == 2)
        assert await at.takes() == {} and at.service.sent == [] and at.speech.running() == ()


async def test_after_a_kill_nothing_is_lost_and_nothing_sent_twice(tmp_path: Path) -> None:
    service = Service()
    service.waits = {"waiting"}
    async with desk(tmp_path / "home", service) as at:
        at.request("done", "sounding", "silent", "waiting")
        await wait_until(lambda: len(service.sent) == 3)
        service.open("done")
        service.gate("sounding first").set()
        await wait_until(lambda: at.queue.jobs()[0].done == 1)
        sounding = (await at.takes())["sounding"]
        await wait_until(lambda: at.database.blobs.partial(sounding.id))
        shutil.copytree(tmp_path / "home", tmp_path / "after")
        service.waits = set()
        service.open("sounding", "silent")
    after = Service()
    after.open("done", "sounding", "silent", "waiting")
    async with desk(tmp_path / "after", after) as at:
        (status,) = at.queue.jobs()
        assert (status.done, status.lost, status.queued, status.job.pause_reason) == (1, 2, 1, "closed")
        assert await at.states() == {"done": "done", "sounding": "cut", "silent": "failed", "waiting": "queued"}
        assert (await at.takes())["sounding"].frames == 12_000, "what had arrived is kept"
        assert after.sent == []
        at.queue.resume(status.job.id)
        await at.done()
        assert after.sent == ["waiting"]
        await at.queue.send_again(status.job.id)
        await at.done()
        assert sorted(after.sent) == ["silent", "sounding", "waiting"]
        assert len(await at.speech.of_session("s")) == 6, "those that were lost stay beside those made again"


async def test_a_take_whose_job_was_never_stored_is_not_queued_for_ever(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.database.takes.keep(msgspec.structs.replace(LINE, id="alone", state="queued"))
        assert await at.states() == {"one": "failed"}


async def test_one_refused_take_stops_no_other(tmp_path: Path) -> None:
    service = Service()
    service.refusals["two"] = ServiceError(Code.BAD_REQUEST, message="no such voice")
    service.open("one", "two", "three")
    async with desk(tmp_path, service) as at:
        at.request("one", "two", "three")
        await at.done()
        assert await at.states() == {"one": "done", "two": "failed", "three": "done"}
        assert at.failed == [("two", Code.BAD_REQUEST)]
        (status,) = at.queue.jobs()
        assert (status.done, status.failed) == (2, 1)
        service.refusals.clear()
        await at.queue.retry(status.job.id)
        await at.done()
        assert sorted(service.sent) == ["one", "three", "two", "two"]
        assert at.queue.jobs()[0].failed == 0


async def test_a_dead_network_loses_and_bills_nothing(tmp_path: Path) -> None:
    """Nothing left: the take the user waits for fails and says so, the others stay queued until the job is resumed."""
    service = Service()
    texts = ("one", "two", "three")
    service.refusals = {text: TransportError(Code.UNREACHABLE) for text in texts}
    async with desk(tmp_path, service) as at:
        at.request(*texts)
        await wait_until(lambda: at.queue.jobs() and at.queue.jobs()[0].queued == 2)
        (status,) = at.queue.jobs()
        assert (status.failed, status.lost, status.job.error) == (1, 0, Code.UNREACHABLE)
        assert at.failed == [("one", Code.UNREACHABLE)]
        assert await at.states() == {"one": "failed", "two": "queued", "three": "queued"}
        stored = await at.database.takes.of_session("s")
        assert sorted(take.state for take in stored) == ["failed", "queued", "queued"]
        service.refusals.clear()
        service.open(*texts)
        at.queue.resume(status.job.id)
        await at.done()
        assert await at.states() == {"one": "failed", "two": "done", "three": "done"}


async def test_a_defect_after_sending_leaves_a_lost_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("spilled")

    async with desk(tmp_path) as at:
        monkeypatch.setattr(Generation, "receive", broken)
        at.service.open("one")
        at.request("one")
        await at.done()
        assert at.queue.jobs()[0].lost == 1, "it may have been billed"


async def test_an_answer_that_was_lost_is_for_the_user_to_decide(tmp_path: Path) -> None:
    service = Service()
    service.refusals["one"] = TransportError(Code.CONNECTION_LOST, sent=True)
    async with desk(tmp_path, service) as at:
        at.request("one")
        await at.done()
        assert at.queue.jobs()[0].group == "decide"
        assert service.sent == ["one"]


async def test_a_full_disk_before_a_press_makes_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_arguments: object) -> None:
        raise StorageError(Code.DISK_FULL, path="database")

    async with desk(tmp_path) as at:
        with monkeypatch.context() as patched:
            patched.setattr(at.database.jobs, "keep", full)
            at.request("one")
            await wait_until(lambda: at.failed)
        assert at.failed == [("one", Code.DISK_FULL)] and at.service.sent == []
        assert at.queue.jobs() == ()


async def test_a_sound_is_written_to_the_disk_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written as it arrives becomes the saved file."""
    async with desk(tmp_path) as at:

        def refuse(_content: bytes) -> str:
            raise AssertionError("written again")

        monkeypatch.setattr(at.database.blobs, "put", refuse)
        at.service.open("one")
        at.request("one")
        await at.done()
        take = (await at.takes())["one"]
        content = at.database.blobs.read(take.audio)
        assert take.state == "done" and content[44:] == SOUND * 2
        assert int.from_bytes(content[40:44], "little") == len(SOUND * 2)


async def test_the_outline_does_not_change_when_the_take_ends(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        arriving = PeakAccumulator()
        for half in (SOUND, SOUND):
            arriving.add(np.frombuffer(half, "<i2"))
        at.service.open("one")
        at.request("one")
        await at.done()
        assert (await at.takes())["one"].peaks == arriving.packed()


async def test_a_switch_of_service_while_takes_wait_sends_nothing_to_the_other(tmp_path: Path) -> None:
    service = Service()
    service.waits = {"two", "three"}
    async with desk(tmp_path, service) as at:
        at.request("one", "two", "three")
        await wait_until(lambda: service.sent == ["one"] and len(at.speech.running()) == 3)
        service.profile = msgspec.structs.replace(service.profile, id="other", name="Other")
        at.queue.service_changed()
        service.waits = set()
        service.release.set()
        service.open("one", "two", "three")
        await wait_until(lambda: at.queue.jobs()[0].running == 0)
        (status,) = at.queue.jobs()
        assert (status.done, status.queued, status.failed, status.job.pause_reason) == (1, 2, 0, "service")
        assert service.sent == ["one"]
        assert await at.states() == {"one": "done", "two": "queued", "three": "queued"}
        at.queue.resume(status.job.id)
        await at.done()
        assert sorted(service.sent) == ["one", "three", "two"] and at.failed == []


async def test_a_take_that_could_not_be_saved_is_saved_and_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_arguments: object) -> None:
        raise StorageError(Code.DISK_FULL, path="database")

    async with desk(tmp_path) as at:
        (take,) = at.request("one")
        await wait_until(lambda: at.service.sent)
        with monkeypatch.context() as patched:
            patched.setattr(at.database.takes, "keep", full)
            at.service.open("one")
            await at.done()
        (status,) = at.queue.jobs()
        assert status.failed == 1 and at.failed == [("one", Code.DISK_FULL)]
        await at.queue.retry(status.job.id)
        await at.done()
        assert at.service.sent == ["one"], "its sound had arrived and may have been billed"
        assert at.queue.jobs()[0].done == 1
        assert {take.id: take.state for take in await at.speech.of_session("s")} == {take.id: "done"}


async def test_a_deleted_take_that_waits_is_not_sent(tmp_path: Path) -> None:
    service = Service()
    service.waits = {"two", "three"}
    async with desk(tmp_path, service) as at:
        _one, two, _three = at.request("one", "two", "three")
        await wait_until(lambda: service.sent)
        await at.speech.delete([two.id])
        service.waits = set()
        service.release.set()
        service.open("one", "two", "three")
        await at.done()
        assert service.sent == ["one", "three"]
        await at.speech.restore([two])
        assert await at.states() == {"one": "done", "two": "failed", "three": "done"}, "nothing makes it any more"


async def test_the_takes_of_a_deleted_session_are_not_sent(tmp_path: Path) -> None:
    service = Service()
    service.waits = {"two"}
    async with desk(tmp_path, service) as at:
        at.request("one", "two")
        await wait_until(lambda: service.sent)
        service.gate("one first").set()
        await wait_until(lambda: at.speech.streaming_source(at.speech.running()[0]) is not None)
        at.speech.stop_session("s")
        await at.done()
        await wait_until(lambda: at.deleted)
        assert service.sent == ["one"] and await at.states() == {"one": "cut"}
        assert at.queue.jobs()[0].stopped == 2


async def test_a_press_is_stopped_with_its_session_before_it_is_stored(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.request("one", "two")
        at.speech.stop_session("s")
        await wait_until(lambda: len(at.deleted) == 2)
        assert at.service.sent == [] and await at.takes() == {}


async def test_a_queued_take_whose_row_is_gone_fails_alone(tmp_path: Path) -> None:
    service = Service()
    async with desk(tmp_path, service) as at:
        takes = at.request("one", "two")
        await wait_until(lambda: len(service.sent) == 2)
        await at.queue.aclose()
    after = Service()
    after.open("one", "two")
    async with desk(tmp_path, after) as at:
        (status,) = at.queue.jobs()
        assert status.lost == 2
        await at.database.takes.delete([takes[0].id])
        await at.queue.send_again(status.job.id)
        await at.done()
        assert after.sent == ["two"]
        (status,) = at.queue.jobs()
        assert (status.done, status.failed) == (1, 1)
        assert [item.error for item in at.queue.items(status.job.id)] == [Code.NOT_KEPT, ""]


async def test_a_voice_sample_that_is_gone_fails_the_take_before_anything_is_sent(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.service.open("one")
        gone = msgspec.structs.replace(LINE, voice=VoiceSnapshot("cloned", "v", "Ann", sample="0" * 64))
        at.speech.request([gone, gone], title="gone", owner="s")
        await at.done()
        assert at.service.sent == [] and at.failed == [("one", Code.NOT_KEPT)] * 2
        assert at.queue.jobs()[0].failed == 2


async def test_stopping_while_it_is_recorded_that_a_take_is_sent_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as at:
        keep, held = at.database.jobs.keep, asyncio.Event()

        async def slow(job: Any, items: Any = (), also: Any = ()) -> None:
            await asyncio.shield(asyncio.ensure_future(keep(job, items, also)))
            if job is None and not held.is_set():
                held.set()
                await asyncio.Event().wait()

        monkeypatch.setattr(at.database.jobs, "keep", slow)
        (take,) = at.request("one")
        await held.wait()
        at.speech.stop(take.id)
        await wait_until(lambda: at.deleted)
        await at.done()
        assert at.service.sent == [] and await at.takes() == {}


async def test_closing_while_it_is_recorded_that_a_take_is_sent_leaves_it_queued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service()
    async with desk(tmp_path, service) as at:
        keep, held = at.database.jobs.keep, asyncio.Event()

        async def slow(job: Any, items: Any = (), also: Any = ()) -> None:
            await asyncio.shield(asyncio.ensure_future(keep(job, items, also)))
            if job is None and not held.is_set():
                held.set()
                await asyncio.Event().wait()

        monkeypatch.setattr(at.database.jobs, "keep", slow)
        at.request("one")
        await held.wait()
    service.open("one")
    async with desk(tmp_path, service) as at:
        (status,) = at.queue.jobs()
        assert (status.queued, status.lost) == (1, 0) and await at.states() == {"one": "queued"}
        at.queue.resume(status.job.id)
        await at.done()
        assert service.sent == ["one"] and await at.states() == {"one": "done"}


async def test_two_writes_stand_between_the_press_and_the_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the takes and their job are there, and that the first is sent: each is one transaction, which is synced.

    What is only heard is stored when it is sent, and not before.
    """
    async with desk(tmp_path) as at:
        write, writes = at.database.access.write, 0

        async def counted(work: Any) -> Any:
            nonlocal writes
            writes += not at.service.sent
            return await write(work)

        monkeypatch.setattr(at.database.access, "write", counted)
        at.request("one")
        await wait_until(lambda: at.service.sent)
        assert writes == 2
        at.service.open("one")
        await at.done()
        at.service.sent.clear()
        writes = 0
        alone = at.speech.generate(msgspec.structs.replace(LINE, text="alone"))
        await wait_until(lambda: at.service.sent)
        assert writes == 1
        at.service.open("alone")
        await at.speech.finished(alone.id)


async def test_a_text_of_more_parts_than_a_job_may_have_is_spoken_in_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.speech.take_service.MAX_ITEMS", 2)
    async with desk(tmp_path) as at:
        at.service.open("one", "two", "three")
        at.request("one", "two", "three")
        await wait_until(lambda: len(at.queue.jobs()) == 2)
        await at.done()
        assert set((await at.states()).values()) == {"done"}


async def test_odd_jobs_in_the_database_keep_no_program_from_starting(tmp_path: Path) -> None:
    """Unknown kinds, jobs without items, items without jobs, and far more items than a job may have."""
    database = await Database.open(open_home(tmp_path))
    many = [JobItem(item_id("many", number), "many", number, f"gone {number}") for number in range(10_000)]
    await database.jobs.keep(Job("many", JOB_KIND, model="tts", service="demo"), many)
    await database.jobs.keep(Job("other", "painting"), [JobItem("other.0", "other", 0, "picture")])
    await database.jobs.keep(Job("empty", JOB_KIND))
    await database.jobs.keep(None, [JobItem("nowhere.0", "nowhere", 0, "x")])
    await database.access.write(
        lambda connection: connection.executemany(
            "INSERT INTO things (kind, id, touched, body) VALUES (?, ?, 0, ?)",
            [
                ("job", "broken", "[{}]"),
                ("job", "worse", "["),
                ("job", "odd", '[{"id":"odd","kind":"takes","state":"?"},[]]'),
                ("job-item", "many.x", '[{"id":"many.x","job":"many","position":"first"},[]]'),
            ],
        )
    )
    await database.close()
    async with desk(tmp_path) as at:
        (status,) = at.queue.jobs()
        assert (status.total, status.queued, status.job.pause_reason) == (10_000, 10_000, "closed")
        at.queue.stop("many")
        await wait_until(lambda: len(at.deleted) == 10_000)
        assert at.queue.jobs()[0].stopped == 10_000
    async with desk(tmp_path) as at:
        assert at.queue.jobs()[0].group == "finished"
