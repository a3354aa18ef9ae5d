"""What was said and what MiMo spoke: stored with the message, and gone with it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.core.conversation import Conversation
from app.core.errors import StorageError
from app.core.messages import BLOB, Media, Message, Spoken, Text
from app.core.takes import Take, VoiceSnapshot, message_session
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.documents import Documents
from app.storage.home import open_home

MIA = VoiceSnapshot("builtin", "Mia", "Mia")


async def spoken_turn(database: Database) -> tuple[str, str]:
    """A turn that was spoken, with its recording and a take; the digests of both."""
    said, spoke = database.blobs.put(b"what was said"), database.blobs.put(b"what MiMo spoke")
    recording = Media("audio/wav", BLOB + said, size=13, seconds=1.5, format="WAV")
    await database.conversations.keep(Conversation("c", "Spoken", voice="白桦", direction="softly"))
    question = Message("q", "user", (Text("Hello"),), spoken=Spoken(1.5, recording))
    await database.conversations.keep_messages("c", [question, Message("a", "assistant", (Text("Yes."),), "q")])
    take = Take("t", MIA, "Yes.", session=message_session("a"), origin="chat", state="done", audio=spoke, frames=24_000)
    await database.takes.keep(take)
    return said, spoke


async def test_both_survive_a_purge_and_go_with_their_message(database: Database) -> None:
    said, spoke = await spoken_turn(database)
    assert await database.recordings() == (1, 13)
    assert await database.takes.spoken_counts("c") == {"a": 1}
    await database.purge()
    await database.sweep()
    assert said in database.blobs and spoke in database.blobs
    assert await database.remove_unused(said) == 0 and said in database.blobs
    await database.conversations.delete_messages(["a"])
    await database.purge()
    assert spoke not in database.blobs and said in database.blobs
    with pytest.raises(StorageError):
        await database.takes.get("t")
    await database.conversations.delete("c")
    await database.purge()
    assert said not in database.blobs
    assert await database.recordings() == (0, 0)


async def test_a_recording_that_is_not_kept_leaves_at_once(database: Database) -> None:
    digest = database.blobs.put(b"asked directly")
    assert await database.remove_unused(digest) == 14
    assert digest not in database.blobs


async def test_an_archive_and_a_backup_bring_both_back(database: Database, tmp_path: Path) -> None:
    said, spoke = await spoken_turn(database)
    archive = tmp_path / "all.zip"
    await export_all(database, archive)
    with zipfile.ZipFile(archive) as packed:
        assert {f"blobs/{said}", f"blobs/{spoke}"} <= set(packed.namelist())
    other = await Database.open(open_home(tmp_path / "other"))
    try:
        await import_all(other, archive)
        conversation, messages = await other.conversations.get("c"), await other.conversations.messages("c")
        assert (conversation.voice, conversation.direction) == ("白桦", "softly")
        assert messages[0].spoken is not None and messages[0].spoken.recording is not None
        assert messages[0].spoken.recording.digest == said and said in other.blobs
        assert [take.id for take in await other.takes.of_session(message_session("a"))] == ["t"]
    finally:
        await other.close()
    backup = await database.back_up()
    await database.conversations.delete("c")
    await database.purge()
    assert said in database.blobs, "the backup needs it"
    await database.restore(backup)
    assert (await database.conversations.messages("c"))[0].spoken is not None
    assert await database.takes.spoken_counts("c") == {"a": 1}


async def test_a_conversation_file_has_the_recording(database: Database, tmp_path: Path) -> None:
    said, _ = await spoken_turn(database)
    conversation, messages = await database.conversations.get("c"), await database.conversations.messages("c")
    documents, path = Documents(database.blobs), tmp_path / "c.json"
    documents.write(path, conversation, messages, None)  # type: ignore[arg-type]
    other = await Database.open(open_home(tmp_path / "other"))
    try:
        read, found = Documents(other.blobs).read(path)
        await other.conversations.keep(read)
        await other.conversations.keep_messages(read.id, found)
        stored = (await other.conversations.messages(read.id))[0]
        assert stored.spoken is not None and stored.spoken.recording is not None
        assert stored.spoken.recording.digest == said and said in other.blobs
    finally:
        await other.close()
