"""Everything as one file: what is in it, how far it is, and what is left when it breaks off."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import zipfile
from contextlib import closing

import pytest

from app.core.audition_grids import AuditionGrid, GridDirection
from app.core.conversation import Conversation
from app.core.errors import Code, StorageError
from app.core.messages import Message, Text, new_id
from app.core.prompt_drafts import PromptDraft
from app.core.prompt_library import PromptVersion, SavedPrompt
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.core.voices import Direction
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home

MIA = VoiceSnapshot("builtin", "Mia", "Mia")
SHARES = (0.0, 0.3, 0.6, 0.99)
"""How far the work is when it is cancelled."""


async def fill(database, name="kept", sounds=6):
    await database.conversations.keep(Conversation(name, f"{name} for ever"))
    messages = [Message(new_id(), "user", (Text(f"Meet the {name} captain at {n}."),)) for n in range(200)]
    await database.conversations.keep_messages(name, messages)
    for number in range(sounds):
        audio = database.blobs.put(random.Random(f"{name} {number}").randbytes(300_000))
        await database.takes.keep(Take(f"{name} {number}", MIA, name, session=name, state="done", audio=audio))


@pytest.fixture
async def other(tmp_path):
    """A second home."""
    opened = await Database.open(open_home(tmp_path / "other"))
    yield opened
    await opened.close()


@pytest.fixture
async def archive(tmp_path, other):
    """Of a home with one conversation and some takes."""
    await fill(other)
    await export_all(other, tmp_path / "all.zip")
    return tmp_path / "all.zip"


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def rows(database):
    def count(connection):
        tables = ("conversations", "messages", "takes")
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}

    return await database.access.read(count)


async def test_what_was_deleted_is_not_in_it(database, tmp_path):
    for name in ("kept", "farewell"):
        await fill(database, name, 2)
    await database.takes.keep(Take("single", MIA, "farewell", state="done", audio=database.blobs.put(b"single")))
    await database.conversations.delete("farewell")
    await database.takes.delete(["farewell 0", "farewell 1", "single"])
    before = await rows(database)
    await export_all(database, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        content = archive.read("database.db")
        assert len([name for name in archive.namelist() if name.startswith("blobs/")]) == 2
    assert b"kept captain" in content
    assert b"farewell" not in content
    (tmp_path / "copy.db").write_bytes(content)
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM messages").fetchone() == (200,)
        assert copy.execute("SELECT count(*) FROM message_words WHERE message_words MATCH 'captain'").fetchone() == (
            200,
        )
    assert await rows(database) == before, "here it can still be brought back"
    await database.conversations.restore("farewell")
    assert len(await database.search.messages("farewell", 500)) == 200


async def test_what_was_deleted_since_comes_back_from_it(database, archive):
    await import_all(database, archive)
    await database.conversations.delete("kept")
    assert (await import_all(database, archive)).rows["conversations"] == 1
    assert len(await database.conversations.messages("kept")) == 200


async def test_saved_prompts_travel_in_archives_and_backups_unless_deleted(database, other, tmp_path):
    guide = SavedPrompt("g", "Guide", "system", ("zh",), (PromptVersion("你是导游。", "v1", 1.0), PromptVersion("Two")))
    await other.prompts.keep(guide)
    await other.prompts.keep(SavedPrompt("x", "Gone"))
    await other.prompts.delete("x")
    draft = PromptDraft("g", "Three", "clearer", base=2, values={"city": "西安"})
    await other.prompt_drafts.keep(draft)
    await export_all(other, tmp_path / "all.zip")
    await import_all(database, tmp_path / "all.zip")
    assert await database.prompts.listed() == (guide,)
    assert await database.prompt_drafts.listed() == (draft,)
    backup = await database.back_up()
    await database.prompts.delete("g")
    await database.prompt_drafts.delete("g")
    await database.purge()
    await database.restore(backup)
    assert await database.prompts.listed() == (guide,)
    assert await database.prompt_drafts.listed() == (draft,), "what is typed too"


async def test_audition_grids_travel_in_archives_and_backups_with_the_samples_of_their_voices(
    database, other, tmp_path
):
    narrator = VoiceSnapshot("cloned", "v", "Narrator", sample=other.blobs.put(b"narrator"))
    grid = AuditionGrid("s", text="Hello.", voices=(MIA, narrator), directions=(GridDirection("slow", "Calm"),))
    await other.sessions.keep(SpeechSession("s"))
    await other.grids.keep(grid)
    await export_all(other, tmp_path / "all.zip")
    await import_all(database, tmp_path / "all.zip")
    assert await database.grids.listed() == (grid,)
    assert database.blobs.read(narrator.sample) == b"narrator"
    backup = await database.back_up()
    await database.sessions.delete("s")
    await database.purge()
    assert await database.grids.listed() == ()
    await database.restore(backup)
    assert await database.grids.listed() == (grid,)
    assert database.blobs.read(narrator.sample) == b"narrator"


async def test_directions_travel_in_archives_and_backups_unless_deleted(database, other, tmp_path):
    role = Direction("r", "Old man", role="Grandpa", kind="role", created=1.0, updated=2.0)
    await other.directions.keep(role)
    await other.directions.keep(Direction("x", "Gone"))
    await other.directions.delete("x")
    await export_all(other, tmp_path / "all.zip")
    await import_all(database, tmp_path / "all.zip")
    assert await database.directions.listed() == (role,)
    backup = await database.back_up()
    await database.directions.delete("r")
    await database.purge()
    await database.restore(backup)
    assert await database.directions.listed() == (role,)


async def test_a_damaged_sound_keeps_nothing_else_from_being_exported_and_imported(database, other, tmp_path):
    await fill(other, sounds=3)
    damaged = next(iter(other.blobs))
    other.blobs.path(damaged).write_bytes(b"damaged")
    await export_all(other, tmp_path / "all.zip")
    assert (await import_all(database, tmp_path / "all.zip")).rows["takes"] == 3
    assert set(database.blobs) == set(other.blobs) - {damaged}


async def test_only_its_owner_may_read_it(database, tmp_path):
    target = tmp_path / "all.zip"
    await export_all(database, target)
    assert target.stat().st_mode & 0o777 == 0o600


async def test_it_tells_how_far_it_is(database, other, tmp_path):
    await fill(other)
    for work in (
        lambda tell: export_all(other, tmp_path / "all.zip", tell),
        lambda tell: import_all(database, tmp_path / "all.zip", tell),
    ):
        shares = []
        await work(shares.append)
        assert len(shares) > 5
        assert shares == sorted(shares)
        assert 0.0 < shares[0] < 0.5
        assert shares[-1] == 1.0


async def cancelled_at(share, work):
    """Cancel `work` when it tells of this share, and let it go on only when it had time to notice. True if it did."""
    loop = asyncio.get_running_loop()
    told = []

    async def cancel():
        task.cancel()
        for _ in range(10):
            await asyncio.sleep(0)

    def tell(done):
        if done >= share and not told:
            told.append(done)
            asyncio.run_coroutine_threadsafe(cancel(), loop).result(30)
        elif told:
            told.append(done)

    task = asyncio.create_task(work(tell))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(told) == 1, "it stopped where it was"


@pytest.mark.parametrize("share", SHARES)
async def test_an_export_that_is_cancelled_leaves_nothing(database, tmp_path, share):
    await fill(database)
    target = tmp_path / "away" / "all.zip"
    target.parent.mkdir()
    target.write_bytes(b"from last week")
    before = files_below(tmp_path)
    await cancelled_at(share, lambda tell: export_all(database, target, tell))
    assert files_below(tmp_path) == before
    assert target.read_bytes() == b"from last week"
    await export_all(database, target)
    assert zipfile.is_zipfile(target)


@pytest.mark.parametrize("share", SHARES)
async def test_an_import_that_is_cancelled_leaves_no_row(database, home, archive, share):
    await fill(database, "own", 1)
    before = await rows(database)
    await cancelled_at(share, lambda tell: import_all(database, archive, tell))
    assert await rows(database) == before
    assert not list(home.temporary.iterdir())
    assert not list((home.blobs / "partial").iterdir())
    assert (await import_all(database, archive)).rows["messages"] == 200
    assert len(await database.search.messages("kept", 500)) == 200


async def test_the_copy_of_the_database_can_be_stopped(database, tmp_path):
    """It tells nothing while SQLite copies."""
    await fill(database, sounds=0)
    task = asyncio.create_task(export_all(database, tmp_path / "all.zip"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not (tmp_path / "all.zip").exists()
    assert not list(tmp_path.glob(".*"))
    assert not list(database.home.temporary.iterdir())


async def test_everything_can_be_taken_out_of_a_home_that_takes_no_copy(database, home, tmp_path):
    await fill(database, sounds=1)
    home.temporary.rmdir()
    home.temporary.write_text("in the way")
    target = tmp_path / "away" / "all.zip"
    target.parent.mkdir()
    await export_all(database, target)
    assert zipfile.is_zipfile(target)
    assert files_below(target.parent) == ["all.zip"]


async def test_a_place_that_cannot_be_written_is_named(database, tmp_path):
    with pytest.raises(StorageError) as failed:
        await export_all(database, tmp_path / "not there" / "all.zip")
    assert failed.value.code is Code.FILE_NOT_WRITTEN
    assert failed.value.params["path"] == str(tmp_path / "not there" / "all.zip")


def rewritten(archive, **changes):
    """The archive with other content for some names."""
    changed = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name.partition(".")[0], old.read(name)))
    return changed


async def test_an_export_does_not_name_a_folder_of_this_computer(database, other, archive):
    other.home.settings.write_text('{"version": 1, "values": {"text_size": 120, "last_folder": "/home/me/secret"}}')
    await export_all(other, archive)
    assert (await import_all(database, archive)).settings == {"text_size": 120}


async def test_settings_that_are_none_are_not_taken(database, other, archive):
    other.home.settings.write_text('{"version": 1, "values": {"text_size": 120}}')
    await export_all(other, archive)
    assert (await import_all(database, archive)).settings == {"text_size": 120}
    for content in ("[1]", '"words"', '{"values": 5}', "null"):
        assert (await import_all(database, rewritten(archive, settings=content))).settings == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"manifest": "[]"},
        {"manifest": "{"},
        {"manifest": json.dumps({"format": "another", "version": 1})},
        {"database": b""},
        {"database": b"no database" * 1000},
        {"settings": "{"},
    ],
    ids=["list", "no JSON", "another", "empty", "no database", "settings"],
)
async def test_an_archive_of_something_else_is_refused_by_its_name(database, other, archive, changes):
    other.home.settings.write_text('{"version": 1, "values": {}}')
    await export_all(other, archive)
    changed = rewritten(archive, **changes)
    with pytest.raises(StorageError) as refused:
        await import_all(database, changed)
    assert refused.value.code is Code.IMPORT_UNREADABLE
    assert refused.value.params["path"] == str(changed)


async def test_an_archive_packed_again_by_hand_is_read(database, other, archive, tmp_path):
    """Other programs add entries for folders."""
    again = tmp_path / "again.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(again, "w") as new:
        new.mkdir("blobs")
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    assert (await import_all(database, again)).rows["takes"] == 6
    assert await rows(database) == await rows(other)


async def test_a_damaged_archive_is_refused_or_read_and_never_anything_else(database, home, archive):
    """Whatever bytes are changed, and wherever it is cut off."""
    content = archive.read_bytes()
    chance = random.Random(5)
    refused = 0
    with zipfile.ZipFile(archive) as whole:
        packed = whole.getinfo("database.db")
        start = packed.header_offset
        places = [*range(start, start + packed.compress_size, packed.compress_size // 40)]
        places += [*range(whole.start_dir, len(content), 7)]
    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= chance.randint(1, 255)
        archive.write_bytes(damaged)
        refused += await refuses(database, archive)
    for _ in range(10):
        archive.write_bytes(content[: chance.randrange(len(content))])
        refused += await refuses(database, archive)
    assert refused > len(places) // 2
    assert not list(home.temporary.iterdir())


async def refuses(database, archive):
    try:
        await import_all(database, archive)
    except StorageError as error:
        assert error.code in (Code.IMPORT_UNREADABLE, Code.IMPORT_NEWER, Code.IMPORT_TOO_LARGE), error
        return True
    return False
