"""Calls are written down when they are over, within bounds, and found again in a later run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.call_record import CallRecord
from app.core.errors import Code, InputError, StorageError, WorkbenchError
from app.core.redaction import Redactor
from app.mimo.call_recording import Attempt, CallRecorder, Exchange
from app.services import call_history
from app.services.call_history import CallHistory
from app.services.call_reading import progress
from app.storage.database import Database
from app.storage.home import open_home

KEY = "sk-call-0123456789abcdef"
EVENT = b'data: {"choices":[{"delta":{"content":"%d"}}]}\n\n'


def call(events: int = 3, *, error: WorkbenchError | None = None) -> Exchange:
    """A chat that is over."""
    redactor = Redactor()
    redactor.add(KEY)
    made = Exchange(
        "chat", "demo", "mimo-v2.6-pro", "POST", "http://127.0.0.1/v1/chat/completions", {"api-key": "●●●●"},
        {"messages": [{"role": "user", "content": f"My key is {KEY}"}]}, 80, redactor,
    )  # fmt: skip
    for number in range(events):
        made.received(EVENT % number)
    if error is not None:
        made.failed(error)
    made.end()
    return made


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(open_home(tmp_path))
    yield opened
    await opened.close()


def book(database: Database, journal: CallRecorder, most: int = 100) -> CallHistory:
    def fail(error: BaseException) -> None:
        raise error

    return CallHistory(journal, database.calls, lambda: most, fail, fail)


async def test_a_call_of_an_earlier_run_is_shown_as_it_was(database: Database) -> None:
    journal, made = CallRecorder(), call(error=InputError(Code.OVERLOADED))
    earlier = book(database, journal)
    journal.record(made)
    earlier.keep(made)
    assert (await earlier.find(made.id)) is made, "while it runs the call itself"
    await earlier.aclose()
    later = book(database, CallRecorder())
    assert len(later) == 0
    found = await later.find(made.id)
    assert (found.kind, found.model, found.url, found.started) == (made.kind, made.model, made.url, made.started)
    assert found.request == made.request
    assert KEY not in found.request
    assert found.response() == made.response()
    assert found.left_out == 0
    assert [(event.at, event.name, event.content) for event in found.timeline()] == [
        (event.at, event.name, event.content) for event in made.timeline()
    ]
    assert found.error is Code.OVERLOADED
    assert found.ended == made.ended
    await later.aclose()


async def test_what_is_kept_of_a_long_call_is_bounded(database: Database) -> None:
    made = call(events=20_000)
    kept = book(database, CallRecorder())
    kept.keep(made)
    await kept.aclose()
    found = await book(database, CallRecorder()).find(made.id)
    assert len(found.response()) == call_history.MAX_TEXT_LENGTH
    assert found.left_out > 0
    assert sum(len(event.content) for event in found.timeline()) <= call_history.MAX_TEXT_LENGTH
    assert found.response_bytes == made.response_bytes


async def test_a_failure_that_a_newer_program_named_stays_a_failure(database: Database) -> None:
    await database.calls.keep(CallRecord("c", "chat", error="not-invented-yet", response="héé", response_bytes=90))
    found = await book(database, CallRecorder()).find("c")
    assert found.error is Code.UNEXPECTED
    assert found.left_out == 0, "what was taken out for secrecy is not missing"


async def test_only_so_many_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_history, "TRIMMED_EVERY", 1)
    kept, made = book(database, CallRecorder(), most=5), [call() for _ in range(12)]
    for one in made:
        kept.keep(one)
    await kept.aclose()
    assert len(await database.calls.latest()) == 5
    with pytest.raises(StorageError) as caught:
        await book(database, CallRecorder()).find("none such")
    assert caught.value.code is Code.NOT_KEPT


async def test_a_run_of_few_calls_trims_too(database: Database) -> None:
    for _ in range(3):
        run = book(database, CallRecorder(), most=2)
        run.keep(call())
        await run.aclose()
    assert len(await database.calls.latest()) == 2


async def test_after_the_end_nothing_is_begun(database: Database) -> None:
    kept = book(database, CallRecorder())
    await kept.aclose()
    kept.keep(call())
    assert await database.calls.latest() == ()


async def test_tries_pace_and_marks_are_those_of_the_call(database: Database) -> None:
    made = call(events=0)
    made.attempts = [
        Attempt(0.0, sent=0.01, answered=0.05, ended=0.09, status=429, response='{"error": {}}'),
        Attempt(0.3, sent=0.31, answered=0.5, ended=2.0, status=200),
    ]
    for number in range(30_000):
        made.received(EVENT % number)
    made.edited = made.stopped = True
    before = progress(made, 1, 0.0)
    kept = book(database, CallRecorder())
    kept.keep(made)
    await kept.aclose()
    found = await book(database, CallRecorder()).find(made.id)
    assert [(one.status, one.answered, one.response) for one in found.attempts] == [
        (429, 0.05, '{"error": {}}'), (200, 0.5, ""),
    ]  # fmt: skip
    assert found.edited and found.stopped
    after = progress(found, 1, 0.0)
    assert len(after.events) < after.total == before.total == 30_000, "the graph is whole, the list is bounded"
    assert sum(map(sum, after.timeline.bins)) <= sum(map(sum, before.timeline.bins)) == 30_000
    assert after.timeline.first_byte == before.timeline.first_byte == pytest.approx(0.2)
    first = progress(found, 0, 0.0)
    assert (first.total, first.timeline.end) == (0, 0.09)


async def test_stored_calls_are_listed_in_pages_and_searched(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_history, "PAGE_LENGTH", 20)
    kept = book(database, CallRecorder())
    for number in range(45):
        request = f'{{"n": {number}, "text": "Où est 北京?"}}' if number % 10 == 0 else ""
        await database.calls.keep(CallRecord(f"c{number}", "chat", "p", "m", request=request, status=200, edited=True))
    assert await kept.stored_count() == 45
    seen: list[str] = []
    before = None
    while page := await kept.stored(before=before):
        seen += [summary.id for _, summary in page]
        before = page[-1][0]
    assert seen == [f"c{number}" for number in reversed(range(45))]
    found = await kept.stored(query="où est 北京")
    assert [summary.id for _, summary in found] == ["c40", "c30", "c20", "c10", "c0"]
    assert found[0][1].edited and found[0][1].status == 200
    assert await kept.stored_count("北京") == 5
    assert [summary.id for summary in await kept.stored_among(["c7", "gone", "c12"])] == ["c12", "c7"]
    assert await kept.stored_among([]) == ()
