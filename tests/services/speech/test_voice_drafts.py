"""What is typed in the Design and Clone tabs is saved within a second, whatever happens. Without Qt."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.core.errors import Code, StorageError, WorkbenchError
from app.core.voices import VoiceDraft
from app.services import record_autosaver
from app.services.speech.voice_drafts import VoiceDrafts
from app.services.tasks import TaskSet
from app.storage.database import Database
from tests.waiting import wait_until

SAILOR = VoiceDraft("design", "An old sailor", "The ferry leaves at nine.", polish=True, candidates=2)


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_autosaver, "AUTOSAVE_SECONDS", 0.01)
    monkeypatch.setattr(record_autosaver, "RETRY_DELAY_SECONDS", 0.01)


@pytest.fixture
async def tasks() -> AsyncIterator[TaskSet]:
    failures: list[BaseException] = []
    owned = TaskSet(failures.append)
    yield owned
    await owned.aclose()
    assert failures == []


async def test_a_draft_is_saved_without_closing(database: Database, tasks: TaskSet) -> None:
    VoiceDrafts(database.voice_drafts, tasks).edit(SAILOR)
    await wait_until(lambda: not len(tasks))
    later = VoiceDrafts(database.voice_drafts, tasks)
    await later.load()
    assert later.get("design") == SAILOR
    assert later.get("clone") is None


async def test_closing_saves_the_last_key(database: Database, tasks: TaskSet) -> None:
    drafts = VoiceDrafts(database.voice_drafts, tasks)
    drafts.edit(VoiceDraft("clone", text="Yes"))
    drafts.edit(VoiceDraft("clone", text="Yes!"))
    await drafts.aclose()
    assert await database.voice_drafts.listed() == (VoiceDraft("clone", text="Yes!"),)


async def test_what_was_typed_before_loading_stays(database: Database, tasks: TaskSet) -> None:
    await database.voice_drafts.keep(SAILOR)
    drafts = VoiceDrafts(database.voice_drafts, tasks)
    typed = VoiceDraft("design", "A young teacher")
    drafts.edit(typed)
    await drafts.load()
    assert drafts.get("design") == typed
    await drafts.aclose()


async def test_a_failed_write_is_told_once_and_tried_again(
    database: Database, tasks: TaskSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, failures = database.voice_drafts.keep, [StorageError(Code.DISK_FULL), StorageError(Code.DISK_FULL)]

    async def failing(draft: VoiceDraft) -> None:
        if failures:
            raise failures.pop()
        await keep(draft)

    monkeypatch.setattr(database.voice_drafts, "keep", failing)
    drafts = VoiceDrafts(database.voice_drafts, tasks)
    told: list[WorkbenchError] = []
    drafts.on_failed.subscribe(told.append)
    drafts.edit(SAILOR)
    await wait_until(lambda: not len(tasks))
    assert [error.code for error in told] == [Code.DISK_FULL]
    assert await database.voice_drafts.listed() == (SAILOR,)
