"""Transcripts are kept with their recordings: through a restart, an archive, a purge, and undo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.errors import Code, StorageError
from app.core.transcripts import Transcript, excerpt_of
from app.services.speech.transcripts import Transcripts
from app.services.tasks import TaskSet
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home


@pytest.fixture
async def tasks() -> AsyncIterator[TaskSet]:
    failures: list[BaseException] = []
    made = TaskSet(failures.append)
    yield made
    await made.aclose()
    assert failures == []


@pytest.fixture
def transcripts(database: Database, tasks: TaskSet) -> Transcripts:
    return Transcripts(database.transcripts, database.blobs, tasks)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "recording.wav"
    path.write_bytes(b"RIFF" + bytes(3 << 20))
    return path


async def test_a_recording_is_there_after_a_restart_before_a_word_was_recognised(
    transcripts: Transcripts, database: Database, tasks: TaskSet, recording: Path
) -> None:
    kept = await transcripts.keep_recording(recording, 12.5)
    await transcripts.aclose()
    recording.unlink()
    again = Transcripts(database.transcripts, database.blobs, tasks)
    await again.load()
    assert again.latest() == kept and kept.length == 12.5 and kept.text == ""
    sound = again.sound_of(kept)
    assert sound is not None and sound.read_bytes() == b"RIFF" + bytes(3 << 20)


async def test_what_is_typed_is_saved_and_the_last_changed_is_first(
    transcripts: Transcripts, database: Database, tasks: TaskSet
) -> None:
    for number, text in enumerate(("First.", "Second.", "First, mended.")):
        transcripts.edit(Transcript(text[:5], text, updated=float(number + 1)))
    await transcripts.flush()
    again = Transcripts(database.transcripts, database.blobs, tasks)
    await again.load()
    assert [one.text for one in again.in_order()] == ["First, mended.", "Second."]


async def test_a_recording_survives_a_purge_as_long_as_its_transcript(
    transcripts: Transcripts, database: Database, recording: Path
) -> None:
    kept = await transcripts.keep_recording(recording, 1.0)
    await transcripts.delete(kept)
    assert transcripts.in_order() == []
    await transcripts.restore(kept)
    await database.purge()
    await database.sweep()
    assert transcripts.in_order() == [kept] and kept.audio in database.blobs
    await transcripts.delete(kept)
    await database.purge()
    assert kept.audio not in database.blobs
    with pytest.raises(StorageError) as raised:
        await transcripts.restore(kept)
    assert raised.value.code is Code.NOT_KEPT


async def test_an_archive_has_the_transcript_and_its_recording(
    transcripts: Transcripts, database: Database, recording: Path, tmp_path: Path
) -> None:
    kept = await transcripts.keep_recording(recording, 1.0)
    gone = Transcript("gone", "Quarzlampe", updated=1.0)
    transcripts.put(gone)
    await transcripts.delete(gone)
    await export_all(database, tmp_path / "all.zip")
    other = await Database.open(open_home(tmp_path / "other"))
    try:
        await import_all(other, tmp_path / "all.zip")
        assert await other.transcripts.listed() == (kept,)
        assert other.blobs.read(kept.audio) == recording.read_bytes()
    finally:
        await other.close()


async def test_a_backup_brings_back_a_deleted_transcript(
    transcripts: Transcripts, database: Database, recording: Path
) -> None:
    kept = await transcripts.keep_recording(recording, 1.0)
    await transcripts.flush()
    backup = await database.back_up()
    await transcripts.delete(kept)
    await database.purge()
    assert kept.audio in database.blobs, "the backup still refers to it"
    await database.restore(backup)
    assert await database.transcripts.listed() == (kept,)


async def test_a_recording_that_can_not_be_stored_leaves_no_transcript(
    transcripts: Transcripts, database: Database, tmp_path: Path
) -> None:
    with pytest.raises(StorageError):
        await transcripts.keep_recording(tmp_path / "missing.wav", 1.0)
    assert transcripts.in_order() == [] and list(database.blobs) == []


def test_absurd_numbers_of_a_stored_transcript_are_bounded() -> None:
    absurd = Transcript("t", length=float("inf"), done=-1.0, updated=1e300)
    assert absurd.length <= 1e9 and absurd.done == 0.0 and absurd.updated == 0.0


@pytest.mark.parametrize(
    ("query", "found"),
    [("harbour", True), ("HARBOUR ferry", True), ("harbour train", False), ("渡船", True), ("", False)],
)
def test_a_transcript_is_found_by_all_words(query: str, found: bool) -> None:
    text = "The ferry leaves the harbour at nine. 渡船九点开。"
    assert (excerpt_of(text, query) is not None) is found
