import errno
import io
import os
import time
import wave
from pathlib import Path

import msgspec
import pytest

from app.core.audition_grids import AuditionGrid, GridDirection
from app.core.bounds import MAX_COUNT
from app.core.call_record import CallRecord, TimedText
from app.core.errors import Code, StorageError
from app.core.messages import Usage, new_id
from app.core.prompt_drafts import PromptDraft
from app.core.prompt_library import PromptVersion, SavedPrompt
from app.core.requests import FunctionTool
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.core.tool_definitions import ToolDefinition
from app.core.tool_servers import ServerTool, ToolServer
from app.core.voices import Consent, Direction, Sample, Voice
from app.storage.blobs import Blobs
from app.storage.database import Database

VOICE = VoiceSnapshot("builtin", "冰糖", "冰糖")


async def test_a_take_comes_back_with_everything_that_made_it(database):
    audio = database.blobs.put(b"RIFF sound")
    take = Take(
        new_id(), VOICE, "text", "softly", "spoken", "m", "mp3", False, 0.5, 0.9, 100, "session", "grid", 1.0, "done",
        audio, 24_000, 48_000, 0.3, 2.0, -20.5, -1.0, bytes(range(200)), Usage(1, 2), "parent", "redo",
        "note", 4, "call",
    )  # fmt: skip
    await database.takes.keep(take)
    assert await database.takes.get(take.id) == take
    assert await database.takes.of_session("session") == (take,)


async def test_a_take_without_its_sound_is_refused(database):
    with pytest.raises(StorageError) as refused:
        await database.takes.keep(Take(new_id(), VOICE, state="done", audio="0" * 64))
    assert refused.value.code is Code.NOT_KEPT


async def test_takes_are_listed_newest_first_and_deleting_frees_their_sound(database):
    audio = [database.blobs.put(bytes([n]) * 1000) for n in range(3)]
    takes = [Take(new_id(), VOICE, session="s", state="done", audio=one) for one in audio]
    for take in takes:
        await database.takes.keep(take)
    assert await database.takes.of_session("s") == (takes[2], takes[1], takes[0])
    await database.takes.delete([takes[0].id])
    assert await database.purge(older_than=3600) == 0
    await database.takes.restore([takes[0].id])
    assert await database.takes.get(takes[0].id) == takes[0]
    await database.takes.delete([takes[0].id])
    assert await database.purge() == 1000
    assert set(database.blobs) == set(audio[1:])


async def test_the_highest_number_counts_deleted_takes_and_stands_absurd_ones(database):
    for session, number in (("a", 2), ("a", 7), ("b", 0), ("b", 0), ("", 5)):
        await database.takes.keep(Take(f"{session} {number} {new_id()}", VOICE, session=session, number=number))
    deleted = next(take.id for take in await database.takes.of_session("a") if take.number == 7)
    await database.takes.delete([deleted])
    bodies = ("not JSON", '{"take": {"number": "many"}}', '{"take": {"number": 1e300}}', '{"take": {}}')
    await database.access.write(
        lambda connection: connection.executemany(
            "INSERT INTO takes (id, session, open, body) VALUES (?, ?, 0, ?)",
            [(new_id(), f"absurd {number}", body) for number, body in enumerate(bodies)],
        )
    )
    assert await database.takes.highest_numbers() == {
        "a": 7, "b": 2, "absurd 0": 1, "absurd 1": 1, "absurd 2": MAX_COUNT, "absurd 3": 1,
    }  # fmt: skip


async def test_a_purged_session_takes_its_takes_along(database):
    await database.sessions.keep(SpeechSession("s", "one"))
    await database.takes.keep(Take(new_id(), VOICE, session="s", state="done", audio=database.blobs.put(b"x")))
    await database.sessions.delete("s")
    await database.purge()
    assert await database.takes.of_session("s") == ()
    assert not list(database.blobs)


@pytest.mark.parametrize(
    ("asked", "sound"),
    [
        ({}, b"\x01\x02" * 1200 + b"\x03"),
        ({}, b"\xff\xff" * 1200),
        ({"container": "pcm16", "stream": False}, b"\xff\xfb" * 1200),
        ({}, b"ID3 and so on"),
        ({"container": "mp3", "stream": False}, b"\xff\xfb\x90\x00 and so on"),
    ],
    ids=["pcm", "near silence", "pcm like mp3", "tagged mp3", "mp3"],
)
async def test_a_take_that_broke_off_with_the_program_is_kept_and_marked(database, home, asked, sound):
    take, silent = Take("t1", VOICE, "long text", **asked), Take("t2", VOICE)
    raw = b"and so on" not in sound
    await database.takes.keep(take)
    await database.takes.keep(silent)
    writer = database.blobs.writer(take.id)
    writer.write(sound)
    await database.close()
    again = await Database.open(home)
    try:
        assert set(again.cut_takes) == {"t1", "t2"}
        cut = await again.takes.get("t1")
        assert cut.state == "cut"
        kept = again.blobs.read(cut.audio)
        if raw:
            with wave.open(io.BytesIO(kept)) as file:
                assert (file.getframerate(), file.getnframes()) == (24_000, 1200) and cut.frames == 1200
        else:
            assert kept == sound
        assert (await again.takes.get("t2")).state == "failed"
        assert again.blobs.partial("t1") is None
    finally:
        writer.abandon()
        await again.close()


async def test_mending_that_does_not_come_to_its_end_loses_no_sound(database, home, monkeypatch):
    await database.takes.keep(Take("t1", VOICE))
    with database.blobs.writer("t1") as writer:
        writer.write(b"\x01\x02" * 1200)
        await database.close()
        with monkeypatch.context() as full:
            full.setattr("app.storage.interrupted.write_take", _disk_full)
            with pytest.raises(StorageError):
                await Database.open(home)
        again = await Database.open(home)
        try:
            cut = await again.takes.get("t1")
            assert cut.state == "cut" and cut.frames == 1200
        finally:
            await again.close()


async def test_a_cut_sound_that_cannot_be_read_does_not_keep_the_database_from_opening(database, home, monkeypatch):
    await database.takes.keep(Take("t1", VOICE))
    with database.blobs.writer("t1") as writer:
        writer.write(b"\x01\x02" * 1200)
        await database.close()
        with monkeypatch.context() as bad:
            bad.setattr(Path, "read_bytes", _bad_sector)
            again = await Database.open(home)
        try:
            assert (await again.takes.get("t1")).state == "failed"
            assert again.left_out.rows == (("takes", "t1"),)
            assert again.blobs.partial("t1") is not None
        finally:
            await again.close()


def _bad_sector(path):
    raise OSError(errno.EIO, "Input/output error")


def test_a_sweep_that_fails_says_so(tmp_path):
    blobs = Blobs(tmp_path)
    left = tmp_path / "partial" / "a folder"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    with pytest.raises(StorageError):
        blobs.sweep(set())


def _disk_full(*arguments):
    raise StorageError(Code.DISK_FULL)


@pytest.mark.parametrize(
    ("shelf", "thing"),
    [
        (
            "voices",
            Voice(
                "v",
                "Oma",
                "cloned",
                tags=("alt",),
                consent=Consent("I agree", 1.0, "Opa", 2.0),
                peaks=b"\x80\x7f",
                seconds=2.5,
            ),
        ),
        ("samples", Sample("s", "0" * 64, name="raw", fixes=("mono",))),
        ("directions", Direction("d", "calm", "slow", "role", "scene", "guidance")),
        ("tools", ToolDefinition("t", FunctionTool("f", "does", {"type": "object"}), "canned", "42")),
        (
            "tool_servers",
            ToolServer(
                "s", "files", command="run", environment=("KEY",), seen="x", tools=(ServerTool("f", "F", "does"),)
            ),
        ),
        (
            "prompt_drafts",
            PromptDraft("p", "typed", "note", "Case 7", 2, {"city": "西安"}, "intake", "system", ("a",), 3.0),
        ),
        ("prompts", SavedPrompt("p", "intake", "system", ("json",), (PromptVersion("text", "note", 1.0),), 1.0, 2.0)),
        ("sessions", SpeechSession("x", "title", voice=VOICE)),
        ("grids", AuditionGrid("x", "temperatures", "line", "mp3", False, (VOICE,), (GridDirection("slow", "Calm"),))),
    ],
)
async def test_things_are_kept_listed_by_last_change_and_deleted_with_undo(database, shelf, thing):
    store = getattr(database, shelf)
    other = msgspec.structs.replace(thing, id="other")
    await store.keep(thing)
    await store.keep(other)
    assert await store.listed() == (other, thing)
    await store.keep(thing)
    assert await store.listed() == (thing, other)
    await store.delete("other")
    assert await store.listed() == (thing,)
    await store.restore("other")
    assert await store.get("other") == other
    await store.delete("other")
    await database.purge()
    with pytest.raises(StorageError):
        await store.restore("other")


async def test_the_oldest_calls_are_dropped(database):
    calls = [
        CallRecord(str(n), "chat", owner="m", request='{"a":1}', events=(TimedText(0.1, "", "x"),)) for n in range(5)
    ]
    for call in calls:
        await database.calls.keep(call)
    assert await database.calls.latest() == tuple(reversed(calls))
    await database.calls.trim(2)
    assert await database.calls.latest() == (calls[4], calls[3])
    await database.calls.trim(2)
    assert len(await database.calls.latest()) == 2


def test_the_same_bytes_are_kept_once_and_a_changed_file_is_noticed(tmp_path):
    blobs = Blobs(tmp_path)
    digest = blobs.put(b"same")
    assert blobs.put(b"same") == digest and list(blobs) == [digest] and blobs.size() == 4
    blobs.path(digest).write_bytes(b"other")
    with pytest.raises(StorageError) as failed:
        blobs.read(digest)
    assert failed.value.code is Code.FILE_UNREADABLE
    with pytest.raises(StorageError) as failed:
        blobs.read("0" * 64)
    assert failed.value.code is Code.NOT_KEPT


@pytest.mark.parametrize("damage", [b"", b"same length, but other"], ids=["cut", "changed"])
@pytest.mark.parametrize("name", ["", "take"])
def test_a_damaged_blob_heals_when_its_content_comes_again(tmp_path, name, damage):
    content = b"the content is the same"[: len(damage) or None]
    blobs = Blobs(tmp_path)
    digest = blobs.put(content)
    for again in ("put", "writer", "copy_in"):
        blobs.path(digest).write_bytes(damage)
        if again == "put":
            blobs.put(content)
        elif again == "copy_in":
            blobs.copy_in(digest, [content])
        else:
            with blobs.writer(name) as writer:
                writer.write(content)
                assert writer.finish() == digest
            assert (blobs.partial(name) is not None) == bool(name), "a named one is found until it is referred to"
            blobs.forget(name)
            assert blobs.partial(name) is None
        assert blobs.read(digest) == content
    assert list(blobs) == [digest]


def test_what_cannot_be_forgotten_is_left_to_a_sweep(tmp_path):
    blobs = Blobs(tmp_path)
    (tmp_path / "partial" / "take").mkdir(parents=True)
    blobs.forget("take")
    blobs.forget("none such")
    assert (tmp_path / "partial" / "take").exists()


def test_an_unfinished_blob_leaves_nothing(tmp_path):
    blobs = Blobs(tmp_path)
    with blobs.writer() as writer:
        writer.write(b"half")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_orphans_are_swept_after_their_grace_and_files_from_the_future_stay(tmp_path):
    blobs = Blobs(tmp_path)
    used, old, young, future = (blobs.put(name) for name in (b"used", b"old", b"young", b"future"))
    for digest, age in ((used, 1e6), (old, 1e6), (future, -1e6)):
        os.utime(blobs.path(digest), (time.time() - age,) * 2)
    assert blobs.sweep({used}) == 3
    assert set(blobs) == {used, young, future}
