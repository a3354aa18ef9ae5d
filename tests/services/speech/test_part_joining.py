"""Texts that are spoken in parts: made side by side, heard as one take, and parts spoken again."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest

from app.composition.audio_services import AudioServices
from app.core.errors import Code, ServiceError, StorageError, TransportError
from app.core.events import AudioDelta, AudioFormat, Finished, Sending, Started, Waiting
from app.core.settings import Settings
from app.core.takes import Take, TakePart, parts_session
from app.services.speech import joined_take
from app.services.speech.part_joining import PartJoining
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home
from tests.services.speech.test_take_jobs import LINE, Service, TakeHarness, desk
from tests.waiting import wait_until

FRAMES = 3_000


class Parts(Service):
    """Speaks each text with a sound of its own, in two halves.

    Attributes:
        rates: rates by text, 24,000 for others.
        reasons: why the text ends, `stop` for others.
        sounds: what is spoken, in two halves, `sound_of` for others.
    """

    def __init__(self, *opened: str) -> None:
        super().__init__()
        self.sounds: dict[str, bytes] = {}
        self.rates: dict[str, int] = {}
        self.reasons: dict[str, Any] = {}
        self.open(*opened)

    async def speak(self, request: Any, *, priority: str, resend_lost: bool) -> Any:
        if request.text in self.waits:
            yield Waiting(20.0, "rate", position=1)
            await self.gate(f"{request.text} waits").wait()
        yield Sending()
        self.sent.append(request.text)
        self.priorities.append(priority)
        if request.text in self.refusals:
            raise self.refusals[request.text]
        yield Started("answer", request.model, f"call of {request.text}")
        await self.gate(f"{request.text} first").wait()
        yield AudioFormat("pcm16", self.rates.get(request.text, 24_000))
        sound = self.sounds.get(request.text) or sound_of(request.text)
        half = len(sound) // 4 * 2
        yield AudioDelta(sound[:half])
        await self.gate(f"{request.text} second").wait()
        yield AudioDelta(sound[half:])
        yield Finished(self.reasons.get(request.text, "stop"))


def sound_of(text: str) -> bytes:
    """The sound of a text: `FRAMES` frames, whose halves begin and end softly."""
    pitch = 5 + sum(text.encode()) % 40
    envelope = np.tile(np.hanning(FRAMES // 2), 2)
    return (8_000 * envelope * np.sin(np.arange(FRAMES) / pitch)).astype("<i2").tobytes()


def joined(*texts: str) -> bytes:
    return b"".join(sound_of(text) for text in texts)


def copy_running(home: Path, target: Path) -> None:
    """Copy a home in use. A file may go meanwhile."""

    def copied(source: str, to: str) -> None:
        with suppress(FileNotFoundError):
            shutil.copy2(source, to)

    shutil.copytree(home, target, copy_function=copied)


class PartDesk:
    def __init__(self, at: TakeHarness) -> None:
        self.at, self.service, self.queue, self.speech = at, at.service, at.queue, at.speech
        assert isinstance(at.speech.stored.joined, PartJoining)
        self.parts = at.speech.stored.joined

    def request(self, *texts: str, **options: Any) -> Take:
        spec = msgspec.structs.replace(LINE, text=" ".join(texts), number=1)
        return self.parts.request(spec, texts, title="a job", owner="s", **options)

    async def take(self, take_id: str) -> Take:
        """The take as it is stored."""
        return await self.at.database.takes.get(take_id)

    async def ended(self, take: Take) -> Take:
        await wait_until(lambda: self.queue.jobs() and self.speech.generation(take.id) is None)
        return await self.take(take.id)

    def sound(self, take: Take) -> bytes:
        return self.at.database.blobs.read(take.audio)[44:]

    def known(self, take: Take) -> int:
        """How many frames can be heard of a take that is being made."""
        source = self.speech.streaming_source(take.id)
        return source.known if source is not None else 0

    async def hidden(self, take: Take) -> dict[str, str]:
        return {one.text: one.state for one in await self.at.database.takes.of_session(parts_session(take.id))}


@asynccontextmanager
async def part_desk(home: Path, service: Service | None = None) -> AsyncIterator[PartDesk]:
    async with desk(home, service or Parts()) as at:
        yield PartDesk(at)


async def test_parts_are_made_side_by_side_and_joined_in_order(tmp_path: Path) -> None:
    async with part_desk(tmp_path) as at:
        take = at.request("a", "b", "c")
        await wait_until(lambda: len(at.service.sent) == 3)
        assert at.service.priorities == ["interactive", "batch", "batch"]
        assert at.speech.running() == (take.id,)
        at.service.open("c")
        at.service.open("b", "a")
        made = await at.ended(take)
        assert (made.state, made.number, made.text, made.session) == ("done", 1, "a b c", "s")
        assert at.sound(made) == joined("a", "b", "c")
        assert [(part.text, part.start, part.frames, part.error) for part in made.parts] == [
            ("a", 0, FRAMES, ""), ("b", FRAMES, FRAMES, ""), ("c", 2 * FRAMES, FRAMES, "")
        ]  # fmt: skip
        assert [part.call_id for part in made.parts] == ["call of a", "call of b", "call of c"]
        assert await at.hidden(take) == {}
        assert [one.id for one in await at.speech.of_session("s")] == [take.id]
        assert made.loudness is not None and made.peaks and made.frames == 3 * FRAMES


async def test_it_is_heard_from_the_first_sound_of_the_first_part_on(tmp_path: Path) -> None:
    async with part_desk(tmp_path) as at:
        take = at.request("a", "b", listen=lambda _take: -3.0)
        await wait_until(lambda: len(at.service.sent) == 2)
        at.service.open("b")
        await wait_until(lambda: at.queue.jobs()[0].done == 1)
        assert at.at.playback.key == ""
        at.service.gate("a first").set()
        await wait_until(lambda: at.at.playback.key == take.id)
        source = at.speech.streaming_source(take.id)
        assert source is not None
        await wait_until(lambda: source.known == FRAMES // 2)
        assert source.pcm().tobytes() == sound_of("a")[:FRAMES]
        at.service.gate("a second").set()
        await at.ended(take)
        assert source.pcm().tobytes() == joined("a", "b") and source.ended


async def test_the_list_shows_one_take_that_grows_with_its_parts(tmp_path: Path) -> None:
    async with part_desk(tmp_path) as at:
        seen: list[Take] = []
        at.speech.on_take.subscribe(lambda take: seen.append(take) if take.session == "s" else None)
        take = at.request("a", "b")
        at.service.gate("a first").set()
        await wait_until(lambda: seen[-1].frames)
        assert {one.id for one in seen} == {take.id}
        assert seen[-1].state == "speaking" and seen[-1].parts[0].frames == FRAMES // 2
        assert seen[-1].peaks and seen[0].state == "queued"
        assert (await at.take(take.id)).state == "queued", "so that a kill leaves it to be joined again"
        at.service.open("a", "b")
        await at.ended(take)


async def test_a_refused_part_is_missing_and_the_others_are_kept(tmp_path: Path) -> None:
    service = Parts("a", "b", "c")
    service.refusals["b"] = ServiceError(Code.BAD_REQUEST, message="no")
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("a", "b", "c"))
        assert (take.state, take.error) == ("cut", "bad-request")
        assert at.sound(take) == joined("a", "c")
        assert [(part.start, part.frames, part.error) for part in take.parts] == [
            (0, FRAMES, ""), (FRAMES, 0, "bad-request"), (FRAMES, FRAMES, "")
        ]  # fmt: skip
        assert at.at.failed == [("b", Code.BAD_REQUEST), ("a b c", Code.BAD_REQUEST)]
        assert await at.hidden(take) == {"b": "failed"}, "so that Jobs can retry it"


async def test_a_part_that_jobs_retries_later_makes_a_new_take(tmp_path: Path) -> None:
    service = Parts("a", "b", "c")
    service.refusals["b"] = ServiceError(Code.BAD_REQUEST, message="no")
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("a", "b", "c"))
        service.refusals.clear()
        await at.queue.retry(at.queue.jobs()[0].job.id)
        await wait_until(lambda: at.queue.jobs()[0].failed == 0 and not at.speech.running())
        first, again = sorted(await at.speech.of_session("s"), key=lambda one: one.created)
        assert first == take
        again = await at.ended(again)
        assert (again.state, again.parent, again.relation, again.error) == ("done", take.id, "part", "")
        assert at.sound(again) == joined("a", "b", "c")
        assert sorted(service.sent) == ["a", "b", "b", "c"]
        assert all(not part.error and not part.audio and not part.take for part in again.parts)


async def test_a_part_that_jobs_retries_while_others_are_made_completes_the_take(tmp_path: Path) -> None:
    service = Parts("a", "b")
    service.refusals["a"] = ServiceError(Code.BAD_REQUEST, message="no")
    async with part_desk(tmp_path, service) as at:
        take = at.request("a", "b", "c", listen=lambda _take: 0.0)
        await wait_until(lambda: at.queue.jobs() and at.queue.jobs()[0].done == 1 and at.queue.jobs()[0].failed == 1)
        await wait_until(lambda: at.at.playback.key == take.id)
        service.refusals.clear()
        await at.queue.retry(at.queue.jobs()[0].job.id)
        await wait_until(lambda: at.queue.jobs()[0].done == 2)
        service.open("c")
        made = await at.ended(take)
        assert made.state == "done" and at.sound(made) == joined("a", "b", "c")
        assert [one.id for one in await at.speech.of_session("s")] == [take.id]
        assert sorted(service.sent) == ["a", "a", "b", "c"]
        assert at.at.playback.key == "", "what was heard is not the sound of the take any more"


async def test_stop_ends_all_parts_and_keeps_what_has_arrived_in_order(tmp_path: Path) -> None:
    service = Parts("a")
    service.waits = {"c"}
    async with part_desk(tmp_path, service) as at:
        take = at.request("a", "b", "c", listen=lambda _take: 0.0)
        service.gate("b first").set()
        await wait_until(lambda: at.known(take) == FRAMES * 3 // 2)
        at.speech.stop(take.id)
        made = await at.ended(take)
        assert (made.state, made.error) == ("cut", "stopped")
        assert at.sound(made) == sound_of("a") + sound_of("b")[:FRAMES]
        assert [part.error for part in made.parts] == ["", "stopped", "stopped"]
        assert sorted(service.sent) == ["a", "b"] and at.queue.jobs()[0].job.ended
        assert at.at.failed == []


async def test_stop_before_anything_was_sent_leaves_nothing(tmp_path: Path) -> None:
    async with part_desk(tmp_path) as at:
        take = at.request("a", "b")
        at.speech.stop(take.id)
        await wait_until(lambda: take.id in at.at.deleted)
        assert await at.speech.of_session("s") == () and await at.hidden(take) == {} and at.service.sent == []


async def test_after_a_kill_what_is_finished_is_kept_and_the_rest_made(tmp_path: Path) -> None:
    service = Parts("b")
    service.waits = {"c", "d"}
    async with part_desk(tmp_path / "home", service) as at:
        take = at.request("a", "b", "c", "d")
        await wait_until(lambda: len(service.sent) == 2 and at.queue.jobs()[0].done == 1)
        service.open("a")
        await wait_until(lambda: at.queue.jobs()[0].done == 2)
        shutil.copytree(tmp_path / "home", tmp_path / "after")
    after = Parts("c", "d")
    async with part_desk(tmp_path / "after", after) as at:
        (again,) = await at.speech.of_session("s")
        assert again.id == take.id and not again.has_ended
        await wait_until(lambda: at.known(take) == 2 * FRAMES)
        assert at.speech.running() == () and not at.speech.is_active(take.id), "its job is paused"
        at.queue.resume(at.queue.jobs()[0].job.id)
        made = await at.ended(take)
        assert made.state == "done" and at.sound(made) == joined("a", "b", "c", "d")
        assert sorted(after.sent) == ["c", "d"] and await at.hidden(take) == {}


async def test_a_job_that_is_resumed_without_opening_the_session_finishes_the_take(tmp_path: Path) -> None:
    service = Parts("a")
    service.waits = {"b"}
    async with part_desk(tmp_path, service) as at:
        take = at.request("a", "b")
        await wait_until(lambda: at.queue.jobs() and at.queue.jobs()[0].done == 1)
    async with part_desk(tmp_path, Parts("b")) as at:
        assert (await at.take(take.id)).state == "queued"
        at.queue.resume(at.queue.jobs()[0].job.id)
        await wait_until(lambda: at.queue.jobs()[0].done == 2)
        await wait_until(lambda: not at.speech.running() and at.speech.generation(take.id) is None)
        made = await at.take(take.id)
        assert made.state == "done" and at.sound(made) == joined("a", "b")


async def test_a_kill_before_the_joined_take_is_saved_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with part_desk(tmp_path / "home", Parts("a", "b")) as at:
        with monkeypatch.context() as patched:
            reached: list[str] = []
            original = at.speech.end

            async def copied(*arguments: Any) -> None:
                if not reached:
                    reached.append("here")
                    shutil.copytree(tmp_path / "home", tmp_path / "after")
                await original(*arguments)

            patched.setattr(at.speech, "end", copied)
            take = at.request("a", "b")
            await at.ended(take)
    after = Parts()
    async with part_desk(tmp_path / "after", after) as at:
        assert at.queue.jobs()[0].lost == 0
        await at.speech.of_session("s")
        made = await at.ended(take)
        assert made.state == "done" and at.sound(made) == joined("a", "b") and after.sent == []


async def test_a_lost_answer_is_not_sent_again_by_itself(tmp_path: Path) -> None:
    service = Parts("a", "b")
    service.refusals["b"] = TransportError(Code.CONNECTION_LOST, sent=True)
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("a", "b"))
        assert (take.state, take.parts[1].error, at.queue.jobs()[0].group) == ("cut", "connection-lost", "decide")
        service.refusals.clear()
        await at.queue.send_again(at.queue.jobs()[0].job.id)
        await wait_until(lambda: at.queue.jobs()[0].lost == 0 and not at.speech.running())
        newest = max(await at.speech.of_session("s"), key=lambda one: one.created)
        assert at.sound(await at.ended(newest)) == joined("a", "b")


async def test_speaking_a_part_again_shares_the_sound_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Parts("a", "b", "c")
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("a", "b", "c"))
        plays: list[tuple[str, int]] = []
        monkeypatch.setattr(
            at.at.playback, "play_stream", lambda take, _source, _gain, start: plays.append((take.id, start))
        )
        again = at.parts.redo(take, {1}, number=2, title="again", owner="s", listen=lambda _take: 0.0)
        kept = again.parts
        assert [(part.audio, part.start, part.frames) for part in (kept[0], kept[2])] == [
            (take.audio, 0, FRAMES), (take.audio, 2 * FRAMES, FRAMES)
        ]  # fmt: skip
        made = await at.ended(again)
        assert service.sent[3:] == ["b"]
        assert (made.parent, made.relation, made.number, made.state) == (take.id, "part", 2, "done")
        assert at.sound(made) == at.sound(take) == joined("a", "b", "c")
        assert plays == [(again.id, round(1000 * FRAMES / 24_000))], "it is heard from the part on"
        assert await at.take(take.id) == take, "a take is never overwritten"


async def test_purging_the_former_take_keeps_the_sound_that_a_new_one_needs(tmp_path: Path) -> None:
    service = Parts("a", "b")
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("a", "b"))
        service.gate("b second").clear()
        again = at.parts.redo(take, {1}, number=2, title="again", owner="s")
        await wait_until(lambda: len(service.sent) == 3)
        await at.speech.delete([take.id])
        await at.at.database.purge()
        assert at.at.database.blobs.sound(take.audio)
        service.open("b")
        made = await at.ended(again)
        assert at.sound(made) == joined("a", "b")


async def test_purging_a_take_purges_its_hidden_parts(tmp_path: Path) -> None:
    service = Parts("a", "b")
    service.refusals["b"] = ServiceError(Code.BAD_REQUEST, message="no")
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("a", "b"))
        part = (await at.at.database.takes.of_session(parts_session(take.id)))[0]
        await at.at.database.purge()
        assert (await at.take(part.id)).text == "b"
        await at.speech.delete([take.id])
        await at.at.database.purge()
        with pytest.raises(StorageError):
            await at.take(part.id)
        assert list(at.at.database.blobs) == []


async def test_a_part_of_another_rate_is_converted(tmp_path: Path) -> None:
    service = Parts("a", "b", "c")
    service.rates["b"] = 48_000
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("a", "b", "c"))
        assert take.rate == 24_000
        assert [part.frames for part in take.parts] == [FRAMES, FRAMES // 2, FRAMES]
        assert at.sound(take)[: 2 * FRAMES] == sound_of("a") and at.sound(take)[-2 * FRAMES :] == sound_of("c")


async def test_a_part_that_the_service_cut_says_so(tmp_path: Path) -> None:
    service = Parts("a", "b")
    service.reasons["a"] = "length"
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("a", "b"))
        assert (take.state, take.error) == ("cut", "length")
        assert [part.error for part in take.parts] == ["length", ""] and at.sound(take) == joined("a", "b")


async def test_a_full_disk_at_the_end_keeps_the_take_playable_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with part_desk(tmp_path, Parts("a", "b")) as at:
        original = at.at.database.takes.keep_joined

        async def full(take: Take, parts: Any) -> Take:
            if parts:
                raise StorageError(Code.DISK_FULL, path="database")
            return await original(take, parts)

        with monkeypatch.context() as patched:
            patched.setattr(at.at.database.takes, "keep_joined", full)
            take = at.request("a", "b")
            await wait_until(lambda: at.at.failed)
        source = at.speech.streaming_source(take.id)
        assert source is not None and source.pcm().tobytes() == joined("a", "b")
        unsaved = at.speech.generation(take.id)
        assert unsaved is not None
        made = await at.speech.ensure_saved(unsaved.take)
        assert at.sound(made) == joined("a", "b") and await at.hidden(take) == {}


async def test_a_take_whose_job_was_never_stored_does_not_wait_for_ever(tmp_path: Path) -> None:
    async with part_desk(tmp_path / "home") as at:
        take = at.request("a", "b")
        await wait_until(lambda: len(at.service.sent) == 2)
        copies = [await at.take(take.id), *(await at.at.database.takes.of_session(parts_session(take.id)))]
    async with part_desk(tmp_path / "after") as at:
        for one in copies:
            await at.at.database.takes.keep(msgspec.structs.replace(one, state="queued"))
        await at.speech.of_session("s")
        await wait_until(lambda: at.speech.generation(take.id) is None)
        made = await at.take(take.id)
        assert made.state == "cut" and [part.error for part in made.parts] == ["stopped", "stopped"]


async def test_parts_are_in_archives_backups_and_the_search(tmp_path: Path) -> None:
    service = Parts("a", "b")
    service.refusals["b"] = ServiceError(Code.BAD_REQUEST, message="no")
    async with part_desk(tmp_path / "home", service) as at:
        database = at.at.database
        take = await at.ended(at.request("a", "b"))
        await export_all(database, tmp_path / "all.zip")
        backup = await database.back_up()
        await at.speech.delete([take.id])
        await database.purge()
        await database.restore(backup)
        assert await at.take(take.id) == take and at.sound(take) == joined("a")
        assert [hit.take.id for hit in await database.search.takes("b")][-1] == take.id
    other = await Database.open(open_home(tmp_path / "other"))
    await import_all(other, tmp_path / "all.zip")
    assert await other.takes.get(take.id) == take and other.blobs.read(take.audio)[44:] == joined("a")
    await other.close()


async def test_what_an_import_claims_about_kept_sound_cannot_hold_up_the_program(tmp_path: Path) -> None:
    async with part_desk(tmp_path) as at:
        parts = (TakePart("a", 0, 10, audio="no digest"), TakePart("b", 5, 10, audio="0" * 64))
        odd = msgspec.structs.replace(LINE, id="odd", state="queued", parts=parts)
        await at.at.database.takes.keep(odd)
        await at.speech.of_session("s")
        await wait_until(lambda: at.speech.generation("odd") is None)
        assert [part.error for part in (await at.take("odd")).parts] == ["not-kept", "not-kept"]


def test_spending_counts_each_part_once_and_not_the_joined_take() -> None:
    counted: list[str] = []
    spending = SimpleNamespace(used=lambda _model, _usage, call_id: counted.append(call_id))
    services: Any = SimpleNamespace(
        _spoken=set(), _spending=spending, _meter=SimpleNamespace(answered=lambda _s: None), _settings=Settings()
    )  # fmt: skip
    part = msgspec.structs.replace(LINE, frames=1, call_id="call of a part")
    whole = msgspec.structs.replace(LINE, id="whole", frames=1, call_id="", parts=(TakePart("a"),))
    for take in (part, whole):
        for state in ("speaking", "done", "done"):
            AudioServices._count(services, msgspec.structs.replace(take, state=state))
    assert counted == ["call of a part"]


async def test_a_kill_at_any_moment_loses_nothing_and_sends_nothing_twice(tmp_path: Path) -> None:
    """After every step of the store the home is copied, as a kill would leave it, and the job resumed from there."""
    service, copies = Parts(), []
    service.waits = {"d"}
    async with part_desk(tmp_path / "home", service) as at:
        access = at.at.database.access
        write, alone = access.write, asyncio.Lock()

        async def written(work: Any) -> Any:
            # One after the other: a kill does not leave a database that is newer than the files beside it.
            async with alone:
                result = await write(work)
                copies.append((tmp_path / f"after {len(copies)}", tuple(service.sent)))
                copy_running(tmp_path / "home", copies[-1][0])
            return result

        access.write = written  # type: ignore[method-assign]
        take = at.request("a", "b", "c", "d")
        await wait_until(lambda: len(service.sent) == 3)
        for half in ("b first", "a first", "a second", "c first", "b second", "c second", "d waits"):
            service.gate(half).set()
            await wait_until(lambda: not at.at.queue._saver._saves)
        service.open("d")
        await at.ended(take)
        access.write = write  # type: ignore[method-assign]
    assert len(copies) >= 12
    for home, sent in copies:
        after = Parts("a", "b", "c", "d")
        async with part_desk(home, after) as at:
            await at.speech.of_session("s")
            for status in at.queue.jobs():
                at.queue.resume(status.job.id)
            if at.queue.jobs():
                await at.at.done()
                assert not set(after.sent) & set(sent), "nothing is sent twice by itself"
                await at.queue.send_again(at.queue.jobs()[0].job.id)
                await at.at.done()
            await wait_until(lambda: not at.speech.running() and not at.parts._joined)
            takes = await at.speech.of_session("s")
            if at.queue.jobs():
                newest = max(takes, key=lambda one: one.created)
                assert newest.state == "done" and at.sound(newest) == joined("a", "b", "c", "d"), home
            else:
                assert [one.state for one in takes] == ["cut"], "nothing was sent"


async def test_a_part_is_made_again_while_its_former_sound_is_being_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Parts()
    service.waits = {"b"}
    async with part_desk(tmp_path / "home", service) as at:
        take = at.request("a", "b")
        service.gate("a first").set()
        await wait_until(lambda: at.known(take) == FRAMES // 2)
        copy_running(tmp_path / "home", tmp_path / "after")
    monkeypatch.setattr(joined_take, "_PIECE_FRAMES", 1)
    async with part_desk(tmp_path / "after", Parts("a", "b")) as at:
        await at.speech.of_session("s")
        while not at.known(take):
            await asyncio.sleep(0)
        assert at.known(take) < FRAMES // 2, "its sound is being added"
        await at.queue.send_again(at.queue.jobs()[0].job.id)
        made = await at.ended(take)
        assert made.state == "done" and at.sound(made) == joined("a", "b")
        assert [one.id for one in await at.speech.of_session("s")] == [take.id]


async def test_it_waits_until_none_of_its_parts_waits(tmp_path: Path) -> None:
    service = Parts("a", "b", "c")
    service.waits = {"b", "c"}
    async with part_desk(tmp_path, service) as at:
        said: list[tuple[str, bool]] = []
        at.speech.on_waiting.subscribe(
            lambda take, waiting: said.append((take.id, waiting is not None)) if take.session == "s" else None
        )
        take = at.request("a", "b", "c")
        await wait_until(lambda: at.known(take) == FRAMES)
        assert said == [(take.id, True)] * 2
        service.open("b", "c")
        service.gate("c waits").set()
        await wait_until(lambda: "c" in service.sent)
        assert said == [(take.id, True)] * 2, "b still waits"
        service.gate("b waits").set()
        assert (await at.ended(take)).state == "done"
        assert said[2:] == [(take.id, False)]


async def test_a_take_that_is_deleted_while_it_is_made_stops_its_parts_and_can_come_back(tmp_path: Path) -> None:
    service = Parts("a")
    async with part_desk(tmp_path, service) as at:
        take = at.request("a", "b")
        await wait_until(lambda: at.known(take) == FRAMES and len(service.sent) == 2)
        await at.speech.delete([take.id])
        await at.at.done()
        assert await at.speech.of_session("s") == () and at.speech.running() == ()
        await at.speech.restore([take])
        await at.speech.of_session("s")
        made = await at.ended(take)
        assert made.state == "cut" and at.sound(made) == sound_of("a")
