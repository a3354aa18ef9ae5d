"""Test cases and their answers in the database: one by one, in backups and archives, and gone after a purge."""

import msgspec
import pytest

from app.core.cases import Case, CaseResult, CaseSet, CaseTally, CaseVersion, Cell, result_id
from app.core.messages import Reply
from app.core.redaction import Redactor
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home

CASES = CaseSet("set", "Orders", ("message",), (Case("c", {"message": "两箱龙井"}),), (CaseVersion("v", text="x"),))


def answer(number, set_id="set"):
    reply = Reply("m", "m", call_id=f"call{number}")
    return CaseResult(result_id(set_id, Cell("c", "v"), f"run{number}"), answer=f"answer {number}", reply=reply)


@pytest.fixture
async def filled(database):
    await database.case_sets.keep(CASES)
    await database.case_tallies.keep(CaseTally("set", (("p", 1, 1, 2),)))
    await database.case_results.keep([answer(1), answer(2), answer(3, "settle")])
    return database


async def kinds(database):
    rows = await database.access.read(
        lambda connection: connection.execute("SELECT kind, id FROM things WHERE deleted IS NULL").fetchall()
    )
    return sorted(kind for kind, _ in rows)


async def test_answers_are_found_by_their_set(filled):
    found = await filled.case_results.of_set("set")
    assert [each.answer for each in found] == ["answer 1", "answer 2"], "a set whose id begins alike is another one"


async def test_keeping_an_answer_changes_one_row(filled):
    results = await filled.case_results.of_set("set")

    def changes(connection):
        before = connection.total_changes
        filled.case_results.writing(msgspec.structs.replace(results[0], grade="pass"))(connection)
        return connection.total_changes - before

    assert await filled.access.write(changes) == 1
    assert (await filled.case_results.find(results[0].id)).grade == "pass"


async def test_only_complete_answers_count_as_complete(filled):
    cut = msgspec.structs.replace(answer(4), state="cut")
    await filled.case_results.keep([cut])
    (first, *_) = await filled.case_results.of_set("set")
    assert set(await filled.case_results.complete([first.id, cut.id, "set/c/v/none/none"])) == {first.id}


async def test_a_purge_takes_the_answers_of_a_deleted_set_and_no_others(filled):
    await filled.case_sets.delete("set")
    await filled.purge()
    assert await kinds(filled) == ["case_result"]
    assert [each.answer for each in await filled.case_results.of_set("settle")] == ["answer 3"]


async def test_a_backup_brings_sets_and_answers_back(filled):
    backup = await filled.back_up()
    await filled.case_sets.delete("set")
    await filled.case_results.delete("set")
    await filled.restore(backup)
    assert await filled.case_sets.get("set") == CASES
    assert len(await filled.case_results.of_set("set")) == 2


async def test_an_archive_carries_sets_and_answers(filled, tmp_path):
    await export_all(filled, tmp_path / "all.zip")
    other = await Database.open(open_home(tmp_path / "other"), Redactor())
    await import_all(other, tmp_path / "all.zip")
    assert await other.case_sets.get("set") == CASES
    assert len(await other.case_results.of_set("set")) == 2
    assert (await other.case_tallies.get("set")).counts == (("p", 1, 1, 2),)
    await other.close()
