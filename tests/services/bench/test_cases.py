"""Runs of test cases, through the job queue and the demo service."""

import asyncio
import json
from contextlib import asynccontextmanager

import msgspec
import pytest

from app.core.case_writing import document_text, read_document
from app.core.cases import Cell, Check
from app.core.errors import Code, InputError, TransportError
from app.core.events import Finished, Sending, TextDelta, UsageReported
from app.core.messages import Usage
from app.core.profiles import Profile
from app.mimo.client import MimoClient
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.benchmarks.job_flood import OneClient
from tests.plugins.case_services import case_service, case_set
from tests.waiting import wait_until as until


class ScriptedClient:
    """Answers each request with what `reply` returns for the text sent: a text, or an error that is raised.

    Attributes:
        sent: the texts that were sent.
        gate: answers wait for it after they were sent.
    """

    def __init__(self, reply=lambda text: f"You said: {text}"):
        self.reply = reply
        self.sent = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def chat(self, request, *, priority="interactive", resend_lost=True):
        assert (priority, resend_lost) == ("batch", False)
        text = request.messages[-1].parts[0].text
        yield Sending()
        self.sent.append(text)
        answer = self.reply(text)
        if isinstance(answer, Exception):
            raise answer
        yield TextDelta(answer[:3])
        await self.gate.wait()
        yield TextDelta(answer[3:])
        yield UsageReported(Usage(10, 10))
        yield Finished("stop")

    async def models(self):
        return ()


@asynccontextmanager
async def running(folder, client, **options):
    profile = Profile("demo", "demo", "Demo", "http://127.0.0.1:9/v1")
    failures = []
    database = await Database.open(open_home(folder))
    tasks = TaskSet(failures.append)
    async with case_service(OneClient(profile, client), tasks, database, **options) as (cases, queue):
        yield cases, queue, database
    await tasks.aclose()
    await database.close()
    assert not failures, failures


async def ran(cases, queue, set_id, *arguments, **options):
    plan = await cases.begin(set_id, *arguments, **options)
    await until(lambda: not queue.going(f"cases {set_id}"))
    book = await cases.book(set_id)
    await book.check()
    return book, plan


def states(book):
    return [book.state(cell) for cell in book.cells()]


async def test_cases_are_answered_checked_and_counted_per_version(tmp_path):
    client = ScriptedClient(lambda text: text.removeprefix("Say "))
    checks = (Check("c", "contains", "{{message}}"), Check("s", "shorter", "20"))
    given = case_set("good", "bad", texts=("Say {{message}}", "Say a very, very long {{message}}"), checks=checks)
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        book, plan = await ran(cases, queue, given.id)
        assert (plan.requests, len(client.sent)) == (4, 4)
        first, second = (book.version_score(version.id) for version in given.versions)
        assert (first.run, first.passed, first.failed) == (2, 2, 0)
        assert (second.run, second.passed, second.by_check) == (2, 0, {"c": (2, 2), "s": (0, 2)})
        await until(lambda: cases.tallies.of_prompt("prompt") == {0: (2, 2), 1: (0, 2)})


async def test_what_is_answered_is_not_sent_again_until_it_is_asked_for(tmp_path):
    client = ScriptedClient()
    given = case_set("one", "two")
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        await ran(cases, queue, given.id)
        await ran(cases, queue, given.id)
        assert len(client.sent) == 2
        book, _ = await ran(cases, queue, given.id, again=True)
        assert len(client.sent) == 4
        assert all(len(book.all(cell)) == 2 for cell in book.cells()), "an answer was overwritten"


async def test_an_edited_case_is_not_run_and_undo_brings_its_answer_back(tmp_path):
    client = ScriptedClient()
    given = case_set("one", "two")
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        book, _ = await ran(cases, queue, given.id)
        edited = msgspec.structs.replace(given.cases[0], values={"message": "other"})
        now = cases.sets.get(given.id)
        cases.sets.edit(msgspec.structs.replace(now, cases=(edited, now.cases[1])))
        assert states(book) == ["planned", "done"]
        cases.sets.undo(given.id)
        assert states(book) == ["done", "done"]


async def test_a_failure_stays_in_its_cell_and_the_others_go_on(tmp_path):
    failing = True

    def reply(text):
        bad = "two" in text and failing
        return TransportError(Code.GARBAGE, message="not JSON") if bad else "fine"

    client = ScriptedClient(reply)
    given = case_set("one", "two", "three")
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        book, _ = await ran(cases, queue, given.id)
        assert states(book) == ["done", "failed", "done"]
        assert book.shown(list(book.cells())[1]).failure.code == Code.GARBAGE
        failing = False
        book, plan = await ran(cases, queue, given.id)
        assert (states(book), len(plan.cells)) == (["done"] * 3, 1)


async def test_a_lost_answer_is_said_and_never_sent_again_by_itself(tmp_path):
    def reply(text):
        return TransportError(Code.CONNECTION_LOST, sent=True) if "two" in text else "fine"

    client = ScriptedClient(reply)
    given = case_set("one", "two")
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        book, _ = await ran(cases, queue, given.id)
        assert states(book) == ["done", "lost"]
        _, plan = await ran(cases, queue, given.id)
        assert (len(plan.lost), len(client.sent)) == (1, 2)
        client.reply = lambda text: "found"
        book, _ = await ran(cases, queue, given.id, plan.lost, again=True)
        assert states(book) == ["done", "done"]
        assert not any(status.lost for status in queue.jobs()), "the list of jobs still asks what to do about it"


async def test_a_run_that_was_killed_goes_on_without_sending_anything_twice(tmp_path):
    client = ScriptedClient(lambda text: "fine")
    given = case_set(*(f"row {number}" for number in range(20)))
    folder = tmp_path / "home"
    database = await Database.open(open_home(folder))
    tasks = TaskSet(lambda error: None)
    connection = OneClient(Profile("demo", "demo", "Demo", "http://127.0.0.1:9/v1"), client)
    async with case_service(connection, tasks, database) as (cases, queue):
        cases.sets.add(given)
        await asyncio.sleep(0)
        await cases.sets.keeper.flush()
        client.gate.clear()
        await cases.begin(given.id)
        await until(lambda: len(client.sent) == 8)
        # What a kill leaves: nothing that happens from here on reaches the disk.
        copy = tmp_path / "after"
        await database.access.outside(lambda connection: connection.execute(f"VACUUM INTO '{tmp_path / 'copy.db'}'"))
        client.gate.set()
    await tasks.aclose()
    await database.close()

    home = open_home(copy)
    (tmp_path / "copy.db").rename(home.database)
    later = ScriptedClient(lambda text: "later")
    database = await Database.open(home)
    tasks = TaskSet(lambda error: None)
    connection = OneClient(connection.profile, later)
    async with case_service(connection, tasks, database) as (cases, queue):
        book = await cases.book(given.id)
        assert sorted(states(book)) == ["lost"] * 8 + ["paused"] * 12
        assert later.sent == []
        book, plan = await ran(cases, queue, given.id)
        assert (len(plan.lost), len(later.sent)) == (8, 12)
        assert not set(later.sent) & set(client.sent[:8]), "a lost answer was asked for again"
        assert sorted(states(book)) == ["done"] * 12 + ["lost"] * 8
    await tasks.aclose()
    await database.close()


async def test_the_spend_limit_pauses_the_run_before_it_is_passed(tmp_path):
    def cost(model, usage):
        return usage.total * 0.001, "USD"

    client = ScriptedClient(lambda text: "fine")
    given = case_set(*(f"row {number}" for number in range(30)), spend_limit=1.0)
    async with running(tmp_path, client, cost_of=cost) as (cases, queue, _):
        cases.sets.add(given)
        await cases.begin(given.id)
        book = await cases.book(given.id)
        await until(lambda: cases.progress(book).is_paused and not book.writing)
        progress = cases.progress(book)
        assert progress.error == Code.SPEND_LIMIT
        assert 0 < progress.spent <= 1.0
        assert 0 < progress.run < 30
        cases.sets.edit(msgspec.structs.replace(cases.sets.get(given.id), spend_limit=5.0))
        book, _ = await ran(cases, queue, given.id)
        assert states(book) == ["done"] * 30
        assert len(client.sent) == 30


async def test_a_limit_that_can_not_be_kept_is_refused_before_anything_is_sent(tmp_path):
    client = ScriptedClient()
    given = case_set("one", spend_limit=1.0)
    async with running(tmp_path, client, cost_of=lambda model, usage: (None, "USD")) as (cases, _, _):
        cases.sets.add(given)
        with pytest.raises(InputError) as raised:
            await cases.begin(given.id)
        assert raised.value.code is Code.PRICE_UNKNOWN
        assert client.sent == []


async def test_a_judge_that_answers_nonsense_judges_nothing_and_can_be_asked_again(tmp_path):
    says = "I like turtles."

    def reply(text):
        return says if text.startswith("{") else "fine"

    client = ScriptedClient(reply)
    given = case_set("one", checks=(Check("j", "judge", "Is {{message}} polite?"),))
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        book, plan = await ran(cases, queue, given.id)
        cell = next(iter(book.cells()))
        assert plan.requests == 2
        (verdict,) = book.score(cell).verdicts
        assert (verdict.state, verdict.code, verdict.params["said"]) == ("none", "nonsense", "I like turtles.")
        assert json.loads(client.sent[1])["question"] == "Is one polite?"
        await ran(cases, queue, given.id)
        assert len(client.sent) == 2, "it was asked again by itself"
        says = '{"verdict": "pass", "reason": "It is."}'
        assert await cases.judge_again(given.id, [cell]) == 1
        await until(lambda: not queue.going(f"cases {given.id}"))
        await book.check()
        assert book.score(cell).state == "pass"
        assert len(client.sent) == 3


async def test_a_grade_by_hand_decides(tmp_path):
    client = ScriptedClient(lambda text: "fine")
    given = case_set("one", checks=(Check("c", "contains", "fine"),))
    async with running(tmp_path, client) as (cases, queue, database):
        cases.sets.add(given)
        book, _ = await ran(cases, queue, given.id)
        cell = next(iter(book.cells()))
        await cases.grade(given.id, cell, "fail")
        assert book.score(cell).state == "fail"
        assert (await database.case_results.of_set(given.id))[0].grade == "fail"


async def test_stopping_says_so_keeps_what_arrived_and_is_asked_again_by_the_next_run(tmp_path):
    client = ScriptedClient(lambda text: "fine")
    client.gate.clear()
    given = case_set(*(f"row {number}" for number in range(20)))
    async with running(tmp_path, client) as (cases, queue, database):
        cases.sets.add(given)
        await cases.begin(given.id)
        await until(lambda: len(client.sent) == 8)
        cases.stop(given.id)
        await until(lambda: not queue.going(f"cases {given.id}"))
        book = await cases.book(given.id)
        assert sorted(states(book)) == ["planned"] * 12 + ["stopped"] * 8
        assert {book.shown(cell).answer for cell in book.cells() if book.state(cell) == "stopped"} == {"fin"}
        assert all(each.was_stopped for each in await database.case_results.of_set(given.id))
        assert cases.plan(book).stopped == 8, "the next run has to say what it asks for again"
        client.gate.set()
        book, _ = await ran(cases, queue, given.id)
        assert states(book) == ["done"] * 20


async def test_what_is_cut_because_the_program_ends_is_lost_and_not_stopped(tmp_path):
    client = ScriptedClient(lambda text: "fine")
    client.gate.clear()
    given = case_set("one")
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        await cases.begin(given.id)
        await until(lambda: client.sent)
    client.gate.set()
    async with running(tmp_path, client) as (cases, queue, _):
        book = await cases.book(given.id)
        assert states(book) == ["lost"]
        _, plan = await ran(cases, queue, given.id)
        assert (len(plan.lost), len(client.sent)) == (1, 1)


async def test_a_run_that_only_judges_keeps_to_its_limit_after_a_restart(tmp_path):
    def cost(model, usage):
        return usage.total * 0.001, "USD"

    client = ScriptedClient(lambda text: '{"verdict": "pass", "reason": "It is."}' if text.startswith("{") else "fine")
    given = case_set(*(f"row {number}" for number in range(30)))
    async with running(tmp_path, client, cost_of=cost) as (cases, queue, _):
        cases.sets.add(given)
        book, _ = await ran(cases, queue, given.id)
        assert len(client.sent) == 30
        check = Check("j", "judge", "Is it polite?")
        cases.sets.edit(msgspec.structs.replace(cases.sets.get(given.id), checks=(check,), spend_limit=2.0))
        await cases.begin(given.id)
        await until(lambda: cases.progress(book).is_paused)
        await until(lambda: not any(status.running for status in queue.going(f"cases {given.id}")))
        spent = cases.progress(book).spent
        assert 0 < spent <= 2.0
    async with running(tmp_path, client, cost_of=cost) as (cases, queue, _):
        book = await cases.book(given.id)
        assert cases.progress(book).spent == pytest.approx(spent)
        await cases.begin(given.id)
        await until(lambda: cases.progress(book).error == Code.SPEND_LIMIT)
        await until(lambda: not any(status.running for status in queue.going(f"cases {given.id}")))
        assert cases.progress(book).spent <= 2.0


async def test_a_grade_that_is_given_while_the_judge_is_asked_is_kept(tmp_path):
    client = ScriptedClient(lambda text: '{"verdict": "pass", "reason": "It is."}' if text.startswith("{") else "fine")
    given = case_set("one")
    async with running(tmp_path, client) as (cases, queue, database):
        cases.sets.add(given)
        book, _ = await ran(cases, queue, given.id)
        cell = next(iter(book.cells()))
        cases.sets.edit(msgspec.structs.replace(given, checks=(Check("j", "judge", "Is it polite?"),)))
        client.gate.clear()
        await cases.begin(given.id)
        await until(lambda: len(client.sent) == 2)
        await cases.grade(given.id, cell, "fail")
        client.gate.set()
        await until(lambda: not queue.going(f"cases {given.id}"))
        (stored,) = await database.case_results.of_set(given.id)
        assert (stored.grade, stored.judged[-1].state) == ("fail", "pass")


async def test_deleting_a_set_in_mid_run_leaves_nothing_of_it_behind(tmp_path):
    client = ScriptedClient(lambda text: "fine")
    client.gate.clear()
    given = case_set(*(f"row {number}" for number in range(20)))
    async with running(tmp_path, client) as (cases, queue, database):
        cases.sets.add(given)
        await cases.begin(given.id)
        await until(lambda: len(client.sent) == 8)
        deleted = cases.sets.get(given.id)
        await cases.delete(deleted)
        assert not queue.going(f"cases {given.id}")
        assert await database.case_results.of_set(given.id) == ()
        await cases.sets.restore(deleted)
        book = await cases.book(given.id)
        await until(lambda: sorted(states(book)) == ["planned"] * 12 + ["stopped"] * 8)


async def test_a_whole_set_comes_back_from_its_file_unchanged(tmp_path):
    client = ScriptedClient(lambda text: "=1+1")
    given = case_set("=SUM(A1)", "+x", checks=(Check("c", "contains", "1"),))
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        book, _ = await ran(cases, queue, given.id)
        document = read_document(document_text(book.cases, book.results()).encode())
        added = await cases.add_document(document)
        again = await cases.book(added.id)
        await again.check()
        assert (added.cases, added.versions, added.checks, added.sampling) == (
            given.cases, given.versions, given.checks, given.sampling
        )  # fmt: skip
        assert [result.answer for result in again.results()] == ["=1+1", "=1+1"]
        assert again.version_score(given.versions[0].id) == book.version_score(given.versions[0].id)
        assert added.name == "Greetings 2"


async def test_deleting_a_set_takes_its_answers_along_and_undo_brings_both_back(tmp_path):
    client = ScriptedClient()
    given = case_set("one")
    async with running(tmp_path, client) as (cases, queue, database):
        cases.sets.add(given)
        await ran(cases, queue, given.id)
        deleted = cases.sets.get(given.id)
        await cases.sets.delete(deleted)
        assert await database.case_results.of_set(given.id) == ()
        await cases.sets.restore(deleted)
        assert states(await cases.book(given.id)) == ["done"]
        await cases.sets.delete(cases.sets.get(given.id))
        await database.purge()
        rows = await database.access.read(
            lambda connection: connection.execute("SELECT kind FROM things WHERE kind LIKE 'case%'").fetchall()
        )
        assert rows == []


async def test_the_demo_service_answers_and_judges(tmp_path, demo_service):
    profile = Profile("demo", "demo", "Demo", demo_service.base_url)
    client = MimoClient(profile, demo_service.key)
    checks = (Check("c", "contains", "{{message}}"), Check("j", "judge", "Does it say “{{message}}”?"))
    given = case_set("Good morning", "Goodbye", checks=checks)
    async with running(tmp_path, client) as (cases, queue, _):
        cases.sets.add(given)
        book, _ = await ran(cases, queue, given.id)
        assert [book.score(Cell(case.id, given.versions[0].id)).state for case in given.cases] == ["pass", "pass"]
        assert book.shown(next(iter(book.cells()))).reply.call_id
    await client.aclose()
