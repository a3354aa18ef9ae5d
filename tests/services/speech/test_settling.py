"""However a take ends, it ends: it is told, and what arrived of it is not lost."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.composition.audio_adapter import audio
from app.core.errors import Code, StorageError, TransportError, WorkbenchError
from app.core.events import AudioDelta, AudioFormat, Finished, Sending, Started
from app.core.profiles import DEMO, Profile
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.generation import Generation
from app.services.speech.take_service import TakeService
from app.services.speech.waveform_peaks import COLUMNS, PeakAccumulator, outline
from app.services.tasks import TaskSet
from app.storage.blobs import Blobs, BlobWriter
from app.storage.database import Database
from app.storage.home import open_home
from tests.plugins.take_services import take_service
from tests.waiting import wait_until

LINE = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), text="The tide comes in.", model="mimo-v2.5-tts")
SOUND = (8_000 * np.sin(np.arange(24_000) / 20)).astype("<i2").tobytes()


class Service:
    """A connection whose client says `events`, then does `last`."""

    profile = DEMO

    def __init__(self, last: Callable[[], Awaitable[None]] | None = None, reason: str = "stop") -> None:
        self._last = last
        self._reason = reason

    @asynccontextmanager
    async def client(self) -> AsyncIterator[tuple[Profile, Service]]:
        yield self.profile, self

    async def speak(self, _request: Any, **_options: Any) -> AsyncGenerator[Any, None]:
        yield Sending()
        yield Started("call", "mimo-v2.5-tts")
        yield AudioFormat("pcm16", 24_000)
        for first in range(0, len(SOUND), 4_800):
            yield AudioDelta(SOUND[first : first + 4_800])
        if self._last is not None:
            await self._last()
        yield Finished(self._reason)

    def explain(self, error: WorkbenchError, _profile: Profile) -> WorkbenchError:
        return error


class Desk:
    """A service on a real database, and what it told."""

    def __init__(self, database: Database, speech: TakeService) -> None:
        self.database = database
        self.speech = speech
        self.told: list[Take] = []
        self.errors: list[WorkbenchError] = []
        self.speech.on_take.subscribe(self.told.append)
        self.speech.on_failed.subscribe(lambda _take, error: self.errors.append(error))

    async def spoken(self) -> Take:
        take = self.speech.generate(LINE)
        await self.speech.finished(take.id)
        assert self.told[-1].id == take.id
        return self.told[-1]

    async def kept(self, take: Take) -> Take:
        return await self.database.takes.get(take.id)


def fill_disk(patched: pytest.MonkeyPatch) -> None:
    """No sound can be saved; what was written as it arrived stays."""

    def full(*_arguments: object) -> str:
        raise StorageError(Code.DISK_FULL, path="blobs")

    patched.setattr(Blobs, "put", full)
    patched.setattr(BlobWriter, "finish", full)


@asynccontextmanager
async def desk(home: Path, service: Service) -> AsyncIterator[Desk]:
    database = await Database.open(open_home(home))
    failures: list[BaseException] = []
    tasks = TaskSet(failures.append)
    async with take_service(service, tasks, database) as (speech, _queue, _playback):
        yield Desk(database, speech)
    await tasks.aclose()
    await database.close()
    assert failures == []


async def test_stop_while_it_is_measured_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path, Service()) as at:
        measured = Generation.save_sound
        loop, begun = asyncio.get_running_loop(), asyncio.Event()

        def slow(generation: Generation, *to: Any) -> dict[str, object]:
            loop.call_soon_threadsafe(begun.set)
            return measured(generation, *to)

        monkeypatch.setattr(Generation, "save_sound", slow)
        take = at.speech.generate(LINE)
        await begun.wait()
        at.speech.stop(take.id)
        await at.speech.finished(take.id)
        assert at.told[-1].state == "done"
        assert at.speech.running() == ()
        assert (await at.kept(take)).state == "done"


async def test_stop_before_its_first_step_ends_it(tmp_path: Path) -> None:
    async with desk(tmp_path, Service()) as at:
        take = at.speech.generate(LINE)
        at.speech.stop(take.id)
        await at.speech.finished(take.id)
        assert (at.told[-1].state, at.speech.running(), at.errors) == ("cut", (), [])
        assert (await at.kept(take)).state == "cut"


async def test_a_defect_in_the_middle_ends_it_with_what_had_arrived(tmp_path: Path) -> None:
    async def broken() -> None:
        raise ZeroDivisionError("spilled")

    async with desk(tmp_path, Service(broken)) as at:
        take = await at.spoken()
        assert (take.state, take.error) == ("cut", Code.UNEXPECTED)
        assert [error.code for error in at.errors] == [Code.UNEXPECTED]
        assert at.speech.running() == ()
        assert (await at.kept(take)).frames == 24_000


async def test_the_end_of_the_program_waits_until_it_is_kept(tmp_path: Path) -> None:
    async def for_ever() -> None:
        await asyncio.Event().wait()

    async with desk(tmp_path, Service(for_ever)) as at:
        take = at.speech.generate(LINE)
        async with asyncio.timeout(10):
            while not at.speech.streaming_source(take.id):
                await asyncio.sleep(0.01)
        await at.speech.finish()
        assert (await at.kept(take)).state == "cut"


async def test_a_full_disk_at_the_end_loses_no_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path, Service()) as at:
        with monkeypatch.context() as patched:
            fill_disk(patched)
            take = await at.spoken()
            assert [error.code for error in at.errors] == [Code.DISK_FULL]
            source = at.speech.streaming_source(take.id)
            assert source is not None and source.known == 24_000, "it can be heard for this run"
            with pytest.raises(StorageError):
                await at.speech.ensure_saved(take)
            assert at.database.blobs.partial(take.id) is not None, "and found after a kill"
            await at.speech.annotate(take.id, note="loud", stars=1)
        kept = await at.speech.ensure_saved(take)
        assert len(audio().read_sound(at.database.blobs.read(kept.audio)).samples) == 24_000
        assert ((await at.kept(take)).note, (await at.kept(take)).stars) == ("loud", 1)
        assert at.database.blobs.partial(take.id) is None


async def test_a_kill_after_a_full_disk_still_finds_the_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(database: Database, take: Take) -> Take:
        if take.has_ended:
            raise StorageError(Code.DISK_FULL, path="database")
        return await type(database.takes).keep(database.takes, take)

    async with desk(tmp_path / "home", Service()) as at:
        with monkeypatch.context() as patched:
            patched.setattr(at.database.takes, "keep", partial(full, at.database))
            take = await at.spoken()
            # As a kill would find it.
            shutil.copytree(tmp_path / "home", tmp_path / "after")
    async with desk(tmp_path / "after", Service()) as later:
        kept = await later.kept(take)
        assert (kept.state, kept.frames) == ("cut", 24_000)
        assert later.database.blobs.read(kept.audio)
        # Who looks at it next measures it: its outline and its loudness were not known when the program was killed.
        assert [one.id for one in await later.speech.of_session("")] == [take.id]
        await wait_until(lambda: later.told)
        assert later.told[-1].peaks and later.told[-1].loudness is not None
        assert (await later.speech.of_session("")) == (later.told[-1],)


async def test_what_was_not_kept_is_tried_again_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path, Service()) as at:
        with monkeypatch.context() as patched:
            fill_disk(patched)
            take = await at.spoken()
        await at.speech.finish()
        assert (await at.kept(take)).state == "done"


async def test_note_and_stars_do_not_undo_each_other(tmp_path: Path) -> None:
    async with desk(tmp_path, Service()) as at:
        take = await at.spoken()
        await asyncio.gather(at.speech.annotate(take.id, note="warm"), at.speech.annotate(take.id, stars=3))
        kept = await at.kept(take)
        assert (kept.note, kept.stars) == ("warm", 3)


async def test_a_take_comes_back_with_the_note_it_had(tmp_path: Path) -> None:
    async with desk(tmp_path, Service()) as at:
        take = await at.spoken()
        await at.speech.annotate(take.id, note="warm")
        await at.speech.delete([take.id])
        await at.speech.restore([take])
        assert at.told[-1].note == "warm"


class HeldStore:
    """Holds the first writing of a take that has its sound until `opened`."""

    def __init__(self, at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered, self.opened = asyncio.Event(), asyncio.Event()
        self._keep = at.database.takes.keep
        monkeypatch.setattr(at.database.takes, "keep", self)

    async def __call__(self, take: Take) -> Take:
        kept = await self._keep(take)
        if take.audio:
            self.entered.set()
            await self.opened.wait()
        return kept


async def test_stars_that_come_while_it_is_written_are_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path, Service()) as at:
        store = HeldStore(at, monkeypatch)
        take = at.speech.generate(LINE)
        await store.entered.wait()
        await at.speech.annotate(take.id, note="warm", stars=1)
        store.opened.set()
        await at.speech.finished(take.id)
        kept = await at.kept(take)
        assert (kept.note, kept.stars, kept.state) == ("warm", 1, "done")


async def test_stars_that_come_when_it_was_just_written_are_written_too(tmp_path: Path) -> None:
    async with desk(tmp_path, Service()) as at:
        take = at.speech.generate(LINE)
        starring: list[asyncio.Task[None]] = []
        forget = at.speech._generations.discard

        def forgotten(speaking: Any) -> None:
            # Kept, and still one of those that run.
            forget(speaking)
            starring.append(asyncio.ensure_future(at.speech.annotate(take.id, stars=1)))

        at.speech._generations.discard = forgotten  # type: ignore[method-assign]
        await at.speech.finished(take.id)
        await asyncio.gather(*starring)
        assert starring and (await at.kept(take)).stars == 1
        assert at.told[-1].stars == 1


async def test_two_who_want_it_kept_get_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path, Service()) as at:
        with monkeypatch.context() as patched:
            fill_disk(patched)
            take = await at.spoken()
        first, second, _ = await asyncio.gather(
            at.speech.ensure_saved(take), at.speech.ensure_saved(take), at.speech.finish()
        )
        assert first == second == await at.kept(take)
        assert first.audio and first.state == "done"


async def test_a_take_that_fails_at_the_end_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path, Service()) as at:
        measured = Generation.save_sound

        def broken(_generation: Generation, *_to: Any) -> dict[str, object]:
            raise ZeroDivisionError("spilled")

        with monkeypatch.context() as patched:
            patched.setattr(Generation, "save_sound", broken)
            takes = [await at.spoken() for _ in range(2)]
        hurt = at.speech.streaming_source(takes[0].id)
        monkeypatch.setattr(
            Generation, "save_sound", lambda made, *to: (broken if made.source is hurt else measured)(made, *to)
        )
        await at.speech.finish()
        assert (await at.kept(takes[1])).audio
        monkeypatch.setattr(Generation, "save_sound", measured)
        assert (await at.speech.ensure_saved(takes[0])).audio


async def test_a_deleted_take_does_not_come_back_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_take: Take) -> None:
        raise StorageError(Code.DISK_FULL, path="database")

    async with desk(tmp_path, Service()) as at:
        with monkeypatch.context() as patched:
            patched.setattr(at.database.takes, "keep", full)
            gone, back = await at.spoken(), await at.spoken()
        await at.speech.delete([gone.id, back.id])
        await at.speech.restore([back])
        await at.speech.finish()
        assert [take.id for take in await at.speech.of_session("")] == [back.id]


async def test_the_sound_of_a_deleted_take_is_there_until_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path, Service()) as at:
        with monkeypatch.context() as patched:
            fill_disk(patched)
            gone, back = await at.spoken(), await at.spoken()
        await at.speech.delete([gone.id, back.id])
        await at.speech.restore([back])
        assert (await at.speech.ensure_saved(back)).audio, "what comes back has its sound"
        await at.speech.finish()
        assert at.speech.streaming_source(gone.id) is None
        assert at.database.blobs.partial(gone.id) is None
        await at.database.takes.restore([gone.id])
        assert (await at.kept(gone)).audio == ""


@pytest.mark.parametrize("reason", ["length", "content_filter"])
async def test_what_the_service_cut_is_marked_as_cut(tmp_path: Path, reason: str) -> None:
    async with desk(tmp_path, Service(reason=reason)) as at:
        take = await at.spoken()
        assert (take.state, take.frames, take.error) == ("cut", 24_000, reason)


async def test_what_the_service_says_is_told(tmp_path: Path) -> None:
    async def lost() -> None:
        raise TransportError(Code.CONNECTION_LOST)

    async with desk(tmp_path, Service(lost)) as at:
        take = await at.spoken()
        assert (take.state, take.error, [error.code for error in at.errors]) == (
            "cut", Code.CONNECTION_LOST, [Code.CONNECTION_LOST],
        )  # fmt: skip


@pytest.mark.parametrize("pieces", [1, 7, 500])
@pytest.mark.parametrize("frames", [1, 63, 64, 15_360, 122_881, 400_000])
def test_a_growing_outline_is_that_of_the_whole(frames: int, pieces: int) -> None:
    pcm = np.random.default_rng(frames).integers(-32_768, 32_767, frames, np.int16)
    growing = PeakAccumulator()
    for piece in np.array_split(pcm, pieces):
        growing.add(piece)
    packed = np.frombuffer(growing.packed(), np.int8).reshape(-1, 2)
    whole = np.frombuffer(outline(pcm[:, None]), np.int8).reshape(-1, 2)
    assert len(packed) <= COLUMNS
    assert packed[:, 0].min() <= whole[:, 0].min() + 1
    if frames >= 15_360:
        # Columns fall a little differently where stretches do not divide them; what is loud is loud in both.
        assert abs(len(packed) - len(whole)) <= 1
        assert (packed[:, 1] >= packed[:, 0]).all()
    quiet = pcm // 100
    quiet[frames // 2] = 32_000
    growing = PeakAccumulator()
    for piece in np.array_split(quiet, pieces):
        growing.add(piece)
    found = np.frombuffer(growing.packed(), np.int8).reshape(-1, 2)[:, 1]
    if frames > 128:
        assert abs(int(found.argmax()) / len(found) - 0.5) < 0.02


@pytest.mark.parametrize("times", [1, 2])
async def test_a_whole_file_with_empty_size_fields_is_kept(tmp_path: Path, times: int) -> None:
    sound = audio()
    samples = np.frombuffer(SOUND, "<i2")[:, None] / np.float32(32_768)
    content = bytearray(sound.wav_bytes(sound.make_sound(samples, 24_000)))
    content[4:8] = content[40:44] = bytes(4)

    class FileService(Service):
        async def speak(self, _request: Any, **_options: Any) -> AsyncGenerator[Any, None]:
            yield Sending()
            yield Started("call", "mimo-v2.5-tts")
            yield AudioFormat("wav", 24_000)
            yield AudioDelta(bytes(content) * times)
            yield Finished("stop")

    async with desk(tmp_path / "home", FileService()) as made:
        take = await made.spoken()
        assert (take.state, take.error, take.frames) == ("done", "", times * 24_000)
        assert made.errors == []
