"""The stored audition grids: read, kept as they are where they can't be read, found, and never without a session."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from app.core.audition_grids import AuditionGrid, Cell
from app.core.errors import Code, StorageError
from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.audition_grids import AuditionGrids
from app.services.speech.sessions import SpeechSessions
from app.services.tasks import TaskSet
from app.storage.database import Database
from tests.services.speech.grid_harness import CALM, DEAN, MIA, grid_harness
from tests.waiting import wait_until

DAMAGED = '[{"id":"s","text":"Hello.","voices":[{"kind":"builtin"'
NEWER = '[{"id":"s","axes":"voices × moods","text":"Hello."},[]]'


@pytest.fixture
async def tasks() -> AsyncIterator[TaskSet]:
    owned = TaskSet(lambda failure: pytest.fail(f"{failure}"))
    yield owned
    await owned.aclose()


def body_of(database: Database, grid_id: str) -> str:
    with closing(sqlite3.connect(database.home.database)) as connection:
        row = connection.execute("SELECT body FROM things WHERE kind = 'grid' AND id = ?", (grid_id,)).fetchone()
    return str(row[0])


@pytest.mark.parametrize("body", [DAMAGED, NEWER])
async def test_a_grid_that_cannot_be_read_is_said_and_kept_while_the_others_work(
    database: Database, tasks: TaskSet, body: str
) -> None:
    other = AuditionGrid("other", text="Bye.", voices=(MIA,))
    await database.grids.keep(other)
    await database.grids.keep(AuditionGrid("s"))
    await database.access.write(
        lambda connection: connection.execute("UPDATE things SET body = ? WHERE id = 's'", (body,))
    )
    grids = AuditionGrids(database.grids, tasks)
    with pytest.raises(StorageError) as refused:
        await grids.stored("s")
    assert refused.value.code is Code.GRID_UNREADABLE
    assert await grids.stored("other") == other
    assert await grids.stored("new") is None
    grids.edit_field("s", "text", "Something else")
    await grids.flush()
    await database.purge()
    assert body_of(database, "s") == body


async def test_a_grid_that_is_asked_for_before_all_are_read_is_not_taken_for_a_new_one(
    database: Database, tasks: TaskSet
) -> None:
    grid = AuditionGrid("s", text="Hello.", voices=(MIA,))
    await database.grids.keep(grid)
    assert await AuditionGrids(database.grids, tasks).stored("s") == grid


async def test_a_session_is_found_by_what_is_only_in_its_grid(database: Database, tasks: TaskSet) -> None:
    sessions = SpeechSessions(database.sessions, database.takes, database.search, tasks, Settings())
    grids = AuditionGrids(database.grids, tasks)
    sessions.more_words = grids.words
    sessions.begin("Hello.")
    session = sessions.current
    grids.edit(AuditionGrid(session.id, text="The ferry", directions=(CALM,), descriptions=("an old sailor",)))
    for query, finds in (("ferry", True), ("calm sailor", True), ("hello SAILOR", True), ("captain", False)):
        assert (await sessions.search(query)).matches(session, "") is finds, query
    await sessions.aclose()
    await grids.aclose()


async def test_the_grid_of_an_empty_session_keeps_it(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, text="") as at:
        assert at.sessions.sessions() == ()
        await at.begin(MIA, DEAN)
        session = at.session
    async with grid_harness(tmp_path) as at:
        assert at.session == session
        assert at.grid.grid.voices == (MIA, DEAN)


async def test_two_changes_of_a_take_at_once_are_both_kept(tmp_path: Path) -> None:
    """One of them reads it before the other has written it."""
    async with grid_harness(tmp_path) as at:
        take = Take("t", MIA, "Hello.", state="done", session=at.session)
        await at.database.takes.keep(take)

        update = at.database.takes.update
        await asyncio.gather(
            update("t", lambda stored: msgspec.structs.replace(stored, stars=3)),
            update("t", lambda stored: msgspec.structs.replace(stored, note="warm")),
        )
        stored = await at.database.takes.get("t")
        assert (stored.stars, stored.note) == (3, "warm")
        with pytest.raises(StorageError) as refused:
            await update("gone", lambda stored: stored)
        assert refused.value.code is Code.NOT_KEPT


async def test_stars_of_a_take_whose_job_is_gone_survive_that_it_is_settled(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.database.takes.keep(Take("t", MIA, "Hello.", state="queued", session=at.session, origin="grid"))
        settled, _ = await asyncio.gather(at.speech.of_session(at.session), at.speech.annotate("t", stars=2))
        assert settled[0].state == "failed"
        assert (await at.database.takes.get("t")).stars == 2


async def test_a_note_of_a_queued_take_that_goes_back_to_the_queue_is_kept(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.held.add("Mia calm")
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        queued = at.grid.take(Cell(0, 1))
        assert queued is not None
        await at.speech.annotate(queued.id, note="the brave one")
        assert (await at.database.takes.get(queued.id)).note == "the brave one", "a kill would lose it otherwise"
        at.service.held.clear()
        await at.settled()
        made = at.grid.take(Cell(0, 1))
        assert made is not None and (made.note, made.state) == ("the brave one", "done")


async def test_the_sound_of_a_grid_survives_a_purge_until_its_session_was_deleted(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        first, second = at.grid.shown()
        session = at.session
        await at.grids.flush()
        await at.database.purge()
        assert {first.audio, second.audio} <= set(at.database.blobs)
        at.grid.edit(voices=(DEAN,))
        await at.grids.flush()
        await at.database.purge()
        assert first.audio in at.database.blobs, "takes of columns that went stay takes of the session"
        deleted = await at.sessions.delete(session)
        assert deleted is not None
        await at.database.purge(3600.0)
        assert second.audio in at.database.blobs, "it can still be undone"
        await at.sessions.restore(deleted)
        assert await at.database.grids.get(session) == at.grids.get(session)
        await at.sessions.delete(session)
        await at.database.purge()
        assert not {first.audio, second.audio} & set(at.database.blobs)
        assert await at.database.grids.listed() == ()


async def test_a_grid_that_has_outlived_its_session_is_purged(database: Database) -> None:
    sample = database.blobs.put(b"narrator")
    voice = VoiceSnapshot("cloned", "v", "Narrator", sample=sample)
    await database.grids.keep(AuditionGrid("orphan", voices=(voice,), created=1.0))
    await database.grids.keep(AuditionGrid("ahead", created=4e9))
    await database.purge()
    assert [grid.id for grid in await database.grids.listed()] == ["ahead"], "its session may be written next"
    assert sample not in database.blobs
