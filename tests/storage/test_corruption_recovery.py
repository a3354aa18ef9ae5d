import asyncio
import multiprocessing
import os
import resource
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.core.call_record import CallRecord
from app.core.conversation import Conversation
from app.core.errors import Code, StorageError
from app.core.messages import Message, Reply, Text, ToolCall, new_id, user_message
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.core.voices import Direction, Voice
from app.storage import schema
from app.storage.archive import export_all, import_all
from app.storage.backup import backups, is_due, rotate
from app.storage.connection import connect
from app.storage.corruption_recovery import open_or_recover
from app.storage.database import Database
from app.storage.home import open_home

FIXTURES = Path(__file__).parent / "fixtures"


async def fill(database, count=50, title="kept"):
    one = Conversation(new_id(), title)
    await database.conversations.keep(one)
    await database.conversations.keep_messages(one.id, [user_message(f"word{n} " + "x" * 400) for n in range(count)])
    return one


async def texts(database, conversation_id):
    return [message.text.split()[0] for message in await database.conversations.messages(conversation_id)]


async def leave_uncleanly(database):
    """As a kill would: nothing of `close` happens but the connections are gone."""
    await database.access.close(lambda connection: None)


async def test_after_an_unclean_end_what_was_growing_says_that_it_was_cut(home):
    database = await Database.open(home)
    one = await fill(database, 1)
    growing = Message(new_id(), "assistant", (Text("half of"), ToolCall("c", "clock", "{}", 0, "running")))
    stream = database.conversations.stream(one.id, lambda error: None)
    stream.changed(lambda: growing)
    await asyncio.sleep(0.05)
    await leave_uncleanly(database)
    again, recovery = await open_or_recover(home)
    try:
        assert recovery is None and again.unclean and again.cut_messages == (growing.id,)
        cut = (await again.conversations.messages(one.id))[-1]
        assert cut.text == "half of" and cut.replies[-1].finish == "error"
        assert cut.parts[1].state == "stopped"
        assert await again.search.messages("half of")
    finally:
        await again.close()


async def test_a_clean_end_is_not_taken_for_an_unclean_one(home):
    await (await Database.open(home)).close()
    again = await Database.open(home)
    assert not again.unclean and await again.check()
    await again.close()


@pytest.mark.parametrize("where", ["header", "middle", "everything"])
async def test_a_damaged_file_is_set_aside_and_what_can_be_read_is_saved(home, where):
    database = await Database.open(home)
    one = await fill(database, 400)
    await database.back_up()
    await database.conversations.keep_messages(one.id, [user_message("after the backup")])
    await leave_uncleanly(database)
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(home.database.read_bytes())
    places = {"header": slice(0, 100), "middle": slice(len(content) // 2, len(content) // 2 + 8192)}
    place = places.get(where, slice(0, len(content)))
    content[place] = b"\xa5" * len(content[place])
    home.database.write_bytes(content)
    again, recovery = await open_or_recover(home)
    try:
        assert recovery is not None and recovery.aside.read_bytes() == content
        saved = await texts(again, one.id) if recovery.saved.get("messages") else []
        if where == "middle":
            assert len(saved) > 100 and set(saved) <= {f"word{n}" for n in range(400)} | {"after"}
        assert recovery.backup is not None
        await again.restore(recovery.backup)
        assert {f"word{n}" for n in range(400)} <= set(await texts(again, one.id))
        assert await again.search.messages("word399")
    finally:
        await again.close()


async def test_damage_found_while_running_outlasts_a_clean_end(home):
    database = await Database.open(home)
    one = await fill(database, 400)
    await database.access.outside(lambda c: c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    damage(home.database)
    assert not await database.check()
    await database.close()
    with pytest.raises(StorageError) as refused:
        await Database.open(home)
    assert refused.value.code is Code.DATABASE_DAMAGED
    again, recovery = await open_or_recover(home)
    assert recovery is not None and recovery.aside.exists() and len(await texts(again, one.id)) > 100
    await again.close()
    sound, recovery = await open_or_recover(home)
    assert recovery is None and not sound.unclean and await sound.check()
    await sound.close()


async def test_damage_that_a_reader_stumbles_over_outlasts_a_clean_end(home):
    database = await Database.open(home)
    one = await fill(database, 400)
    await database.close()
    damage(home.database)
    database = await Database.open(home)
    with pytest.raises(StorageError) as failed:
        await database.conversations.messages(one.id)
    assert failed.value.code is Code.DATABASE_DAMAGED
    await database.close()
    again, recovery = await open_or_recover(home)
    assert recovery is not None
    await again.close()


def damage(path: Path) -> None:
    """A hole of two pages, as a bad sector makes it."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 8192)


class Kill(BaseException):
    """In the place of SIGKILL."""


@pytest.mark.parametrize("steps", range(6))
async def test_a_kill_during_recovery_loses_nothing_and_the_next_start_tells(home, monkeypatch, steps):
    """After so many files were moved; the last commits are in the log beside the damaged file."""
    database = await Database.open(home)
    one = await fill(database, 400)
    await database.access.outside(lambda c: c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    await database.conversations.keep_messages(one.id, [user_message("last")])
    moved = 0
    replace = Path.replace

    def killed(self, target):
        nonlocal moved
        if moved == steps:
            raise Kill
        moved += 1
        return replace(self, target)

    # Somebody who looks at the same file keeps the log from being taken into it.
    with closing(sqlite3.connect(home.database)) as looking:
        looking.execute("SELECT * FROM state").fetchall()
        await leave_uncleanly(database)
        damage(home.database)
        with monkeypatch.context() as life:
            life.setattr(Path, "replace", killed)
            try:
                again, recovery = await open_or_recover(home)
            except Kill:
                assert moved == steps
            else:
                assert moved == steps == 5, "the new file twice, and three that are set aside"
                await leave_uncleanly(again)
        again, recovery = await open_or_recover(home)
    try:
        assert recovery is not None and recovery.saved["messages"] > 100
        assert recovery.aside.exists() and Path(f"{recovery.aside}-wal").exists()
        assert "last" in await texts(again, one.id)
        assert not home.replacement.exists()
        assert len(list(home.root.glob("workbench.damaged-*.db"))) == 1
        assert await again.check()
    finally:
        await again.close()
    assert not list(home.temporary.iterdir())


@pytest.mark.parametrize("content", [b"", b"no database"])
async def test_a_replacement_that_is_none_is_set_aside(home, content):
    database = await Database.open(home)
    one = await fill(database, 3)
    await database.close()
    home.replacement.write_bytes(content)
    again, recovery = await open_or_recover(home)
    try:
        assert recovery is None and len(await texts(again, one.id)) == 3
        assert not home.replacement.exists()
        assert [path.read_bytes() for path in home.root.glob("workbench.salvaged.damaged-*.db")] == [content]
    finally:
        await again.close()


async def test_a_database_from_the_future_is_left_alone(home):
    database = await Database.open(home)
    await fill(database)
    await database.close()
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = home.database.read_bytes()
    with pytest.raises(StorageError) as refused:
        await open_or_recover(home)
    assert refused.value.code is Code.DATABASE_NEWER and refused.value.params["version"] == 99
    assert home.database.read_bytes() == before


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("v*.sql")), ids=lambda path: path.stem)
async def test_a_database_of_every_older_version_opens_with_all_it_holds(home, fixture):
    with closing(sqlite3.connect(home.database, isolation_level=None)) as connection:
        connection.executescript(fixture.read_text("utf-8"))
    database, recovery = await open_or_recover(home)
    try:
        assert recovery is None
        (one,) = await database.conversations.listed()
        assert (one.title, one.draft, one.pinned) == ("旧的 conversation", "unsent", True)
        assert [message.text for message in await database.conversations.messages(one.id)] == ["你好", "Hello there"]
        assert await database.search.messages("你好") and await database.search.messages("hello")
        assert [take.text for take in await database.takes.of_session("s")] == ["say it"]
        assert [voice.name for voice in await database.voices.listed()] == ["Oma"]
    finally:
        await database.close()


async def test_each_migration_is_one_transaction_with_a_backup_before_it(home, monkeypatch):
    database = await Database.open(home)
    one = await fill(database, 3)
    await database.close()

    def second(connection):
        connection.execute("ALTER TABLE conversations ADD COLUMN colour TEXT NOT NULL DEFAULT ''")

    def broken(connection):
        connection.execute("DELETE FROM messages")
        raise sqlite3.OperationalError("no such thing")

    released = schema.STEPS

    def steps(*more):
        for module in ("app.storage.database", "app.storage.schema", "app.storage.merging", "app.storage.backup"):
            monkeypatch.setattr(f"{module}.STEPS", (*released, *more))

    steps(second, broken)
    with pytest.raises(StorageError):
        await Database.open(home)
    names = [backup.path.name.rpartition("-")[2] for backup in backups(home.backups)]
    assert names == [f"v{len(released) + 2}.db", f"v{len(released) + 1}.db"]
    steps(second)
    again = await Database.open(home)
    try:
        assert len(await texts(again, one.id)) == 3
        older = backups(home.backups)[1]
        await again.conversations.delete(one.id)
        await again.purge()
        await again.restore(older)
        assert len(await texts(again, one.id)) == 3, "an older backup is brought to now first"
    finally:
        await again.close()


async def test_backups_rotate_by_count_and_size_and_not_by_the_clock(database, home, monkeypatch):
    await fill(database)
    for moment in (4e9, 1e9, 2e9, 3e9):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        await database.back_up(count=3)
    assert [backup.made for backup in backups(home.backups)] == [3e9, 2e9, 1e9]
    rotate(home.backups, 3, 1)
    assert [backup.made for backup in backups(home.backups)] == [3e9]
    assert not is_due(home.backups, 1)
    monkeypatch.setattr(time, "time", lambda: 3e9 + 90_000)
    assert is_due(home.backups, 1)
    monkeypatch.setattr(time, "time", lambda: 1e9)
    assert is_due(home.backups, 1), "a backup from the future says nothing"


async def test_files_that_are_no_backups_are_no_obstacle(database, home):
    for name in ("backup-000009-99999999-999999.db", "backup-own.db"):
        (home.backups / name).write_bytes(b"")
    backup = await database.back_up()
    assert database.backups() == [backup]
    (home.backups / ".backup-000010-20260102-030405.db.tmp").mkdir()
    with pytest.raises(StorageError):
        await database.back_up()


async def test_what_was_deleted_since_a_backup_comes_back_from_it_and_counts(database):
    one = await fill(database, 3)
    take = Take(new_id(), VoiceSnapshot("builtin", "Mia"), state="done")
    await database.takes.keep(take)
    await database.directions.keep(Direction("d", "calm"))
    await database.voices.keep(Voice("d", "of the same id", "cloned"))
    backup = await database.back_up()
    await database.conversations.delete(one.id)
    await database.takes.delete([take.id])
    await database.directions.delete("d")
    rows = await database.restore(backup)
    assert {table: count for table, count in rows.items() if count} == {"conversations": 1, "takes": 1, "things": 1}
    assert (await database.conversations.get(one.id)).title == one.title
    assert await database.takes.get(take.id) == take
    assert [direction.id for direction in await database.directions.listed()] == ["d"]
    assert not any((await database.restore(backup)).values())


async def test_what_was_deleted_before_a_backup_does_not_come_back_from_it(database):
    gone, kept = await fill(database, 3), await fill(database, 2)
    message = Message("a", "assistant", (Text('"call_id":"other"'),), replies=(Reply("m", "m", call_id="of a"),))
    await database.conversations.keep_messages(gone.id, [message])
    await database.sessions.keep(SpeechSession("s"))
    await database.directions.keep(Direction("d", "calm"))
    await database.takes.keep(Take("t", VoiceSnapshot("builtin", "Mia"), session="s", state="done", call_id="of t"))
    for call in ("of a", "of t", "other"):
        await database.calls.keep(CallRecord(call, "chat"))
    await database.access.write(lambda c: c.execute("INSERT INTO events VALUES ('a', 0, '[]')"))
    await database.conversations.delete(gone.id)
    await database.sessions.delete("s")
    backup = await database.back_up()
    await database.purge()
    assert [call.id for call in await database.calls.latest()] == ["other"]
    await database.calls.trim(0)
    await database.conversations.delete(kept.id)
    await database.directions.delete("d")
    rows = await database.restore(backup)
    assert {table: count for table, count in rows.items() if count} == {"conversations": 1, "things": 1, "calls": 1}
    assert [call.id for call in await database.calls.latest()] == ["other"]


async def test_a_damaged_backup_is_not_offered(database, home):
    await fill(database)
    good = await database.back_up()
    bad = await database.back_up()
    bad.path.write_bytes(bad.path.read_bytes()[:5000])
    assert await database.last_good_backup() == good


async def test_a_full_disk_costs_only_what_could_not_be_written(database):
    one = await fill(database, 5)
    pages = await database.access.read(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    await database.access.outside(lambda c: c.execute(f"PRAGMA max_page_count = {pages}").fetchall())
    errors = []
    stream = database.conversations.stream(one.id, errors.append)
    message = Message(new_id(), "assistant", (Text("long " * 20_000),))
    stream.changed(lambda: message)
    with pytest.raises(StorageError) as failed:
        await stream.end(message)
    assert failed.value.code is Code.DISK_FULL
    with pytest.raises(StorageError):
        await database.conversations.keep_messages(one.id, [user_message("y" * 50_000)])
    assert len(await texts(database, one.id)) == 5
    await database.access.outside(lambda c: c.execute("PRAGMA max_page_count = 1000000").fetchall())
    await stream.end(message)
    assert (await database.conversations.messages(one.id))[-1] == message


async def _on_a_small_disk(root: Path, limit: int) -> list[str]:
    database = await Database.open(open_home(root))
    one = await fill(database, 3)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    outcomes = []
    for work in (
        lambda: database.conversations.keep_messages(one.id, [user_message("z" * 3 * limit)]),
        lambda: database.back_up(),
        lambda: export_all(database, root / "all.zip"),
        lambda: in_thread(database.blobs.put, os.urandom(3 * limit)),
    ):
        try:
            await work()
            outcomes.append("kept")
        except StorageError as error:
            outcomes.append(str(error.code))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    outcomes.append(str(len(await texts(database, one.id))))
    await database.conversations.keep_messages(one.id, [user_message("now there is room")])
    outcomes.append(str(len(await texts(database, one.id))))
    await database.close()
    return outcomes


async def in_thread(work, *arguments):
    return await asyncio.to_thread(work, *arguments)


def test_files_that_cannot_grow_lose_nothing_that_was_kept(tmp_path):
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    root = tmp_path / "满 disk"

    def child():
        there.send(asyncio.run(_on_a_small_disk(root, 60_000)))

    process = context.Process(target=child)
    process.start()
    try:
        assert here.poll(30)
        outcomes = here.recv()
    finally:
        process.kill()
        process.join(10)
    assert outcomes[4:] == ["3", "4"]
    assert set(outcomes[:4]) <= {"disk-full", "file-not-written"}, outcomes
    names = {path.name for path in root.rglob("*") if path.is_file()}
    assert not any("tmp" in name or name.startswith("backup") or name == "all.zip" for name in names), names


async def test_everything_travels_as_one_file(database, home, tmp_path):
    one = await fill(database, 5)
    audio = database.blobs.put(b"RIFF sound")
    take = Take(new_id(), VoiceSnapshot("builtin", "Mia"), "text", state="done", audio=audio)
    await database.takes.keep(take)
    home.settings.write_text('{"version": 1, "values": {"text_size": 120}}')
    target = tmp_path / "everything.zip"
    await export_all(database, target)
    other = await Database.open(open_home(tmp_path / "other"))
    try:
        for _ in range(2):
            imported = await import_all(other, target)
        assert imported.settings == {"text_size": 120} and not any(imported.rows.values())
        assert await texts(other, one.id) == await texts(database, one.id)
        assert await other.takes.get(take.id) == take and other.blobs.read(audio) == b"RIFF sound"
        assert await other.search.messages("word3")
    finally:
        await other.close()


@pytest.mark.parametrize("content", [b"", b"PK nothing", b"{}"])
async def test_a_file_that_is_no_archive_is_refused(database, tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(StorageError) as refused:
        await import_all(database, tmp_path / "x.zip")
    assert refused.value.code is Code.IMPORT_UNREADABLE


def test_two_writers_wait_for_each_other(home):
    with closing(connect(home.database)) as first, closing(connect(home.database)) as second:
        first.execute("CREATE TABLE t (x)")
        second.execute("INSERT INTO t VALUES (1)")
        assert first.execute("SELECT count(*) FROM t").fetchone() == (1,)


async def test_a_home_that_turns_read_only_says_so_and_goes_on_when_it_can_be_written_again(database):
    first, second = Conversation("a", "First"), Conversation("b", "Second")
    await database.conversations.keep(first)
    await database.access.outside(lambda connection: connection.execute("PRAGMA query_only = 1"))
    with pytest.raises(StorageError) as caught:
        await database.conversations.keep(second)
    assert caught.value.code is Code.HOME_READ_ONLY
    assert [kept.id for kept in await database.conversations.listed()] == ["a"], "what is there can still be read"
    await database.access.outside(lambda connection: connection.execute("PRAGMA query_only = 0"))
    await database.conversations.keep(second)
    assert [kept.id for kept in await database.conversations.listed()] == ["b", "a"]


async def test_a_clock_that_goes_backwards_purges_nothing_too_early(database, monkeypatch):
    await database.conversations.keep(Conversation("a", "Deleted"))
    await database.conversations.delete("a")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 86_400)
    await database.purge(older_than=3_600)
    await database.conversations.restore("a")
    assert (await database.conversations.get("a")).title == "Deleted"
    await database.conversations.delete("a")
    monkeypatch.setattr(time, "time", lambda: now)
    await database.purge(older_than=3_600)
    with pytest.raises(StorageError):
        await database.conversations.restore("a")
