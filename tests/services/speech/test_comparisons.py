"""Comparisons are saved after every answer, survive a restart, and go with their session. Without Qt."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from app.core.comparison import Answer, ComparedTake, Comparison, Pair, answered, begin_test, compare, revealed
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.services import record_autosaver as module
from app.services.speech.comparisons import Comparisons
from app.services.tasks import TaskSet
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home
from tests.waiting import wait_until

MIA = VoiceSnapshot("builtin", "Mia", "Mia")
TAKES = [Take(f"take-{n}", MIA, "The ferry leaves at nine.", session="s", number=n, state="done") for n in (1, 2)]


def a_test(name: str = "c", answers: int = 3) -> Comparison:
    test = begin_test(compare(name, TAKES, session="s", now=1.0), 7)
    for _ in range(answers):
        test = answered(test, Answer("a", "a", 1, 1), 2.0)
    return test


@pytest.fixture
async def tasks() -> AsyncIterator[TaskSet]:
    failures: list[BaseException] = []
    owned = TaskSet(failures.append)
    yield owned
    await owned.aclose()
    assert failures == []


async def test_every_answer_is_saved_without_closing(database: Database, tasks: TaskSet) -> None:
    comparisons = Comparisons(database.comparisons, tasks)
    comparisons.put(a_test(answers=1))
    comparisons.put(a_test(answers=2))
    await wait_until(lambda: not len(tasks))
    assert await database.comparisons.listed() == (a_test(answers=2),)


async def test_a_test_is_gone_on_with_after_a_restart(database: Database, tasks: TaskSet) -> None:
    comparisons = Comparisons(database.comparisons, tasks)
    comparisons.put(a_test())
    comparisons.put(compare("ratings", TAKES, session="s", now=3.0))
    await comparisons.aclose()
    await database.close()
    again = await Database.open(database.home)
    try:
        later = Comparisons(again.comparisons, tasks)
        await later.load()
        found = later.latest_of({"take-1", "take-2"}, is_test=True)
        assert found == a_test() and found.is_running
        assert later.latest_of({"take-1"}, is_test=True) is None
        ratings = later.latest_of(["take-2", "take-1"], is_test=False)
        assert ratings is not None and ratings.id == "ratings"
    finally:
        await again.close()


async def test_only_tests_with_names_shown_are_listed(database: Database, tasks: TaskSet) -> None:
    comparisons = Comparisons(database.comparisons, tasks)
    first, last = revealed(a_test("first"), 5.0), revealed(a_test("last"), 9.0)
    for record in (last, first, a_test("running"), msgspec.structs.replace(first, id="elsewhere", session="t")):
        comparisons.put(record)
    assert comparisons.tests_of("s", "The ferry leaves at nine.") == (last, first)
    await wait_until(lambda: not len(tasks))


async def test_deleting_is_undone(database: Database, tasks: TaskSet) -> None:
    comparisons = Comparisons(database.comparisons, tasks)
    test = revealed(a_test(), 5.0)
    comparisons.put(test)
    await comparisons.delete(test)
    assert comparisons.get("c") is None and await database.comparisons.listed() == ()
    await comparisons.load()
    assert comparisons.get("c") is None
    await comparisons.restore(test)
    assert comparisons.get("c") == test and await database.comparisons.listed() == (test,)


async def test_what_changed_before_loading_stays(database: Database, tasks: TaskSet) -> None:
    await database.comparisons.keep(a_test(answers=1))
    comparisons = Comparisons(database.comparisons, tasks)
    comparisons.put(a_test(answers=2))
    await comparisons.load()
    assert comparisons.get("c") == a_test(answers=2)
    await comparisons.aclose()


async def test_a_failed_write_is_told_once_and_retried(tasks: TaskSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_DELAY_SECONDS", 0.01)

    class Store:
        fails = True

        def __init__(self) -> None:
            self.kept: list[Comparison] = []

        async def keep(self, record: Comparison) -> None:
            if self.fails:
                raise StorageError(Code.DISK_FULL)
            self.kept.append(record)

    store, told = Store(), list[WorkbenchError]()
    comparisons = Comparisons(store, tasks)  # type: ignore[arg-type]
    comparisons.on_failed.subscribe(told.append)
    comparisons.put(a_test(answers=1))
    comparisons.put(a_test(answers=2))
    await wait_until(lambda: len(told) == 1)
    store.fails = False
    await wait_until(lambda: store.kept == [a_test(answers=2)])
    await comparisons.aclose()
    assert len(told) == 1


async def test_a_comparison_goes_with_its_session(database: Database) -> None:
    for name in ("s", "t"):
        await database.sessions.keep(SpeechSession(name))
    await database.comparisons.keep(a_test())
    await database.comparisons.keep(msgspec.structs.replace(a_test("other"), session="t"))
    await database.sessions.delete("s")
    assert len(await database.comparisons.listed()) == 2, "the session can still be restored"
    await database.purge()
    assert [record.id for record in await database.comparisons.listed()] == ["other"]


async def test_a_purge_of_its_takes_leaves_the_result(database: Database) -> None:
    for take in TAKES:
        await database.takes.keep(take)
    await database.comparisons.keep(revealed(a_test(), 5.0))
    await database.takes.delete(["take-1", "take-2"])
    await database.purge()
    assert await database.comparisons.listed() == (revealed(a_test(), 5.0),)
    await database.comparisons.delete("c")
    await database.purge()
    with pytest.raises(StorageError):
        await database.comparisons.restore("c")


async def test_an_archive_and_a_backup_have_it(database: Database, tmp_path: Path) -> None:
    await database.comparisons.keep(a_test())
    backup = await database.back_up()
    archive = tmp_path / "all.zip"
    await export_all(database, archive)
    other = await Database.open(open_home(tmp_path / "other"))
    try:
        await import_all(other, archive)
        assert await other.comparisons.listed() == (a_test(),)
    finally:
        await other.close()
    await database.comparisons.delete("c")
    await database.restore(backup)
    assert await database.comparisons.listed() == (a_test(),)


async def test_sessions_are_found_by_what_was_compared_in_them(database: Database, tasks: TaskSet) -> None:
    """Of a blind test that is not finished no voice is told."""
    comparisons = Comparisons(database.comparisons, tasks)
    takes = (ComparedTake("a", voice=VoiceSnapshot("designed", name="Grandpa Zhou"), direction="like the sea"),)
    takes = (*takes, ComparedTake("b"))
    comparisons.put(Comparison("c", takes, "s", "The ferry leaves."))
    assert all(word in comparisons.words()["s"] for word in ("ferry", "Grandpa Zhou", "like the sea"))
    comparisons.put(Comparison("c", takes, "s", "The ferry leaves.", pairs=(Pair(0, 1),)))
    assert "ferry" in comparisons.words()["s"] and "Grandpa" not in comparisons.words()["s"]
    await comparisons.aclose()
