"""What was deleted leaves for good: with its calls, its sounds and its words."""

from __future__ import annotations

import base64
import os
import sqlite3
import zipfile
from contextlib import closing

import msgspec
import pytest

from app.core.audition_grids import AuditionGrid
from app.core.call_record import CallRecord
from app.core.conversation import Conversation
from app.core.errors import StorageError
from app.core.messages import Media, Message, Reply, Text, ToolCall, new_id
from app.core.side_by_side import BesideRun, Column, Desk, DraftTurn, RunColumn
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.core.voices import KeptRecording, VoiceDraft
from app.storage.archive import export_all

MIA = VoiceSnapshot("builtin", "Mia", "Mia")


async def two_conversations(database):
    """Their messages lie side by side in the file."""
    for name in ("kept", "gone"):
        await database.conversations.keep(Conversation(name, f"{name} for ever"))
    for number in range(40):
        for name in ("kept", "gone"):
            message = Message(new_id(), "user", (Text(f"Meet the {name} captain at the harbour, {number}."),))
            await database.conversations.keep_messages(name, [message])


async def test_the_words_of_what_was_purged_are_no_longer_in_the_file(database, home):
    await two_conversations(database)
    await database.conversations.delete("gone")
    await database.purge()
    await database.close()
    content = home.database.read_bytes()
    assert b"kept captain" in content
    assert b"gone captain" not in content


async def test_the_calls_of_what_was_purged_go_with_it(database):
    await two_conversations(database)
    for name in ("kept", "gone"):
        reply = Message(new_id(), "assistant", replies=(Reply("m", "m", call_id=f"chat {name}"),))
        await database.conversations.keep_messages(name, [reply])
        await database.takes.keep(Take(name, MIA, session=name, state="done", call_id=f"take {name}"))
        await database.sessions.keep(SpeechSession(name))
    await database.takes.keep(Take("other", MIA, session="kept", state="done", call_id="take alone"))
    for call in ("chat kept", "chat gone", "take kept", "take gone", "take alone"):
        await database.calls.keep(CallRecord(call, "chat"))
    await database.conversations.delete("gone")
    await database.sessions.delete("gone")
    await database.takes.delete(["other"])
    await database.purge()
    assert [call.id for call in await database.calls.latest()] == ["take kept", "chat kept"]


async def two_versions_that_share_a_call(database):
    """As after an answer was continued; the second version is deleted."""
    shared, own = Reply("m", "m", call_id="shared"), Reply("m", "m", call_id="own")
    await database.conversations.keep(Conversation("c"))
    versions = [Message("a1", "assistant", replies=(shared,)), Message("a2", "assistant", replies=(shared, own))]
    await database.conversations.keep_messages("c", versions)
    for call in ("shared", "own"):
        await database.calls.keep(CallRecord(call, "chat"))
    await database.conversations.delete_messages(["a2"])


async def test_a_call_that_another_version_has_too_stays(database):
    await two_versions_that_share_a_call(database)
    await database.purge()
    assert [call.id for call in await database.calls.latest()] == ["shared"]
    await database.conversations.delete_messages(["a1"])
    await database.purge()
    assert await database.calls.latest() == ()


async def test_an_archive_has_the_call_that_another_version_has_too(database, tmp_path):
    await two_versions_that_share_a_call(database)
    await export_all(database, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        archive.extract("database.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "database.db")) as connection:
        assert connection.execute("SELECT id FROM calls").fetchall() == [("shared",)]


async def test_a_backup_gives_back_the_call_that_another_version_has_too(database):
    await two_versions_that_share_a_call(database)
    backup = await database.back_up()
    await database.conversations.delete_messages(["a1"])
    await database.purge()
    assert await database.calls.latest() == ()
    await database.restore(backup)
    assert [message.id for message in await database.conversations.messages("c")] == ["a1"]
    assert [call.id for call in await database.calls.latest()] == ["shared"]


async def test_what_a_backup_refers_to_keeps_its_sound(database):
    audio = database.blobs.put(b"RIFF sound")
    await database.takes.keep(Take("t", MIA, session="s", state="done", audio=audio))
    backup = await database.back_up()
    await database.takes.delete(["t"])
    assert await database.purge() == 0
    assert await database.sweep() == 0
    await database.restore(backup)
    assert database.blobs.read((await database.takes.get("t")).audio) == b"RIFF sound"
    await database.takes.delete(["t"])
    backup.path.unlink()
    assert await database.purge() == len(b"RIFF sound")


async def test_what_is_about_to_be_referred_to_again_stays(database):
    audio = database.blobs.put(b"RIFF sound")
    await database.takes.keep(Take("t", MIA, session="s", state="done", audio=audio))
    await database.takes.delete(["t"])
    await database.access.write(lambda connection: connection.execute("UPDATE takes SET deleted = 1.0"))
    os.utime(database.blobs.path(audio), (1.0, 1.0))
    database.blobs.touch(audio)
    assert await database.purge(older_than=3_600) == 0
    assert audio in database.blobs


async def test_deleted_messages_are_hidden_at_once_and_go_with_their_files_when_purged(database):
    """Until then their files and calls stay, so that they can be restored."""
    await database.conversations.keep(Conversation("c", "Pictures"))
    picture = Media("image/png", "data:image/png;base64," + base64.b64encode(b"picture" * 999).decode(), "a.png", 6993)
    first = Message("m1", "user", (Text("Look at the lighthouse"), picture))
    second = Message("m2", "assistant", (Text("A lighthouse"),), "m1", (Reply("m", "m", call_id="call"),))
    await database.conversations.keep_messages("c", [first, second])
    await database.calls.keep(CallRecord("call", "chat", "m"))
    (digest,) = await database.used_blobs()
    first, second = await database.conversations.messages("c")
    assert first.parts[1].digest == digest
    await database.conversations.delete_messages(["m1", "m2"])
    assert await database.conversations.messages("c") == ()
    assert not await database.search.messages("lighthouse")
    await database.purge(3600)
    assert await database.used_blobs() == {digest} and (await database.calls.get("call")).id == "call"
    await database.conversations.restore_messages("c", [first, second])
    assert await database.conversations.messages("c") == (first, second)
    assert len(await database.search.messages("lighthouse")) == 2
    await database.conversations.delete_messages(["m1", "m2"])
    await database.purge()
    assert await database.used_blobs() == set() and not database.blobs.path(digest).exists()
    with pytest.raises(StorageError):
        await database.calls.get("call")
    await database.conversations.restore_messages("c", [first, second])
    assert await database.conversations.messages("c") == (first, second), "their words are saved again, not the file"


async def test_an_archive_has_no_deleted_message(database, tmp_path):
    await database.conversations.keep(Conversation("c", "Harbour"))
    messages = [Message("m1", "user", (Text("Kept words"),)), Message("m2", "assistant", (Text("Secret reef"),), "m1")]
    await database.conversations.keep_messages("c", messages)
    await database.conversations.delete_messages(["m2"])
    await export_all(database, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Kept words" in content and b"Secret reef" not in content
    assert len(await database.conversations.messages("c")) == 1
    backup = await database.back_up()
    await database.purge()
    await database.restore(backup)
    assert len(await database.conversations.messages("c")) == 1, "it was deleted when the backup was made"


async def test_the_grid_of_a_session_goes_with_it_and_the_samples_of_its_voices_stay_until_then(database):
    sample, other = database.blobs.put(b"narrator"), database.blobs.put(b"somebody")
    narrator = VoiceSnapshot("cloned", "v", "Narrator", sample=sample)
    await database.sessions.keep(SpeechSession("s"))
    await database.grids.keep(AuditionGrid("s", text="Hello.", voices=(MIA, narrator)))
    await database.sessions.keep(SpeechSession("kept"))
    await database.grids.keep(AuditionGrid("kept", voices=(msgspec.structs.replace(narrator, sample=other),)))
    await database.purge()
    assert await database.used_blobs() == {sample, other}
    await database.sessions.delete("s")
    assert len(await database.grids.listed()) == 2, "the session can still be brought back"
    await database.purge()
    assert [grid.id for grid in await database.grids.listed()] == ["kept"]
    assert sample not in list(database.blobs) and other in list(database.blobs)


async def test_an_export_has_no_grid_of_a_session_that_was_deleted(database, tmp_path):
    for name in ("kept", "gone"):
        await database.sessions.keep(SpeechSession(name))
        await database.grids.keep(AuditionGrid(name, text=f"The {name} line."))
    await database.sessions.delete("gone")
    await export_all(database, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"The kept line." in everything
    assert b"The gone line." not in everything


async def test_a_recording_in_a_draft_stays_until_it_is_taken_off_the_list_and_is_exported(database, tmp_path):
    first, second = database.blobs.put(b"first recording"), database.blobs.put(b"second recording")
    recordings = (KeptRecording("1", first), KeptRecording("2", second))
    await database.voice_drafts.keep(VoiceDraft("clone", recordings=recordings))
    await database.purge()
    assert await database.used_blobs() == {first, second}
    await export_all(database, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        everything = [archive.read(name) for name in archive.namelist()]
    assert b"first recording" in everything and b"second recording" in everything
    await database.voice_drafts.keep(VoiceDraft("clone", recordings=recordings[1:]))
    assert await database.used_blobs() == {second}, "the first is swept like any blob that nothing refers to"


async def test_what_is_prepared_and_run_side_by_side_goes_with_its_conversation(database, home):
    await two_conversations(database)
    for name in ("kept", "gone"):
        column = Column("c", system=f"The {name} station writes.")
        await database.desks.keep(Desk(name, message=f"The {name} question", columns=(column,)))
        await database.beside_runs.keep(BesideRun(f"run {name}", name, "", (RunColumn(column),)))
    await database.conversations.delete("gone")
    await database.purge()
    assert [desk.id for desk in await database.desks.listed()] == ["kept"]
    assert [run.conversation for run in await database.beside_runs.listed()] == ["kept"]
    await database.close()
    content = home.database.read_bytes()
    assert b"kept station" in content and b"kept question" in content
    assert b"gone station" not in content and b"gone question" not in content


@pytest.mark.parametrize("place", ["turn", "message"])
async def test_an_attachment_of_what_is_prepared_side_by_side_survives_a_purge(database, place):
    picture = database.blobs.put(b"PNG picture")
    media = (Media("image/png", f"blob:{picture}"),)
    turns = (DraftTurn("t", "user", media=media),) if place == "turn" else ()
    await database.desks.keep(Desk("blank", turns=turns, media=() if turns else media))
    message = Message("m", "user", (Media("image/png", f"blob:{picture}"),))
    await database.conversations.keep(Conversation("gone"))
    await database.conversations.keep_messages("gone", [message])
    await database.conversations.delete("gone")
    assert await database.purge() == 0
    assert database.blobs.read(picture) == b"PNG picture"


async def test_a_picture_in_the_result_of_a_tool_survives_a_purge_and_goes_with_its_message(database):
    picture = database.blobs.put(b"PNG of a tool")
    call = ToolCall("c", "details", "{}", 0, "done", "text", media=(Media("image/png", f"blob:{picture}"),))
    await database.conversations.keep(Conversation("talk"))
    await database.conversations.keep_messages("talk", [Message("m", "assistant", (call,))])
    assert await database.purge() == 0
    assert database.blobs.read(picture) == b"PNG of a tool"
    await database.conversations.delete("talk")
    assert await database.purge() == len(b"PNG of a tool")
