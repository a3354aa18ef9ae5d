"""Recorded calls are found by what their requests and responses say."""

from __future__ import annotations

import pytest

from app.core.call_record import CallRecord
from app.storage import call_store
from app.storage.database import Database

REQUEST = '{"temperature": 1, "messages": [{"content": "ÄPFEL und 北京"}]}'


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("äpfel", 1),
        ("ÄPFEL", 1),
        ('"temperature": 1', 1),
        ("TEMPERATURE", 1),
        ("北京", 1),
        ("API.example", 2),
        ("STRASSE", 1),
        ("request_headers", 0),
        ("birnen", 0),
    ],
)
async def test_a_call_is_found_by_any_text_in_it(database: Database, query: str, count: int) -> None:
    url = "https://api.example/v1"
    await database.calls.keep(CallRecord("one", "chat", url=url, request=REQUEST, request_headers={"x": "birnen"}))
    await database.calls.keep(CallRecord("two", "chat", url=url, response="Straße"))
    assert len(await database.calls.summaries(query=query)) == count
    assert await database.calls.count(query) == count


async def test_a_search_goes_through_all_calls_in_slices(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_store, "SEARCH_SLICE", 3)
    for number in range(10):
        await database.calls.keep(CallRecord(f"c{number}", "chat", request="even" if number % 2 == 0 else "odd"))
    found = await database.calls.summaries(query="even")
    assert [call.id for _, call in found] == ["c8", "c6", "c4", "c2", "c0"]
    assert await database.calls.count("even") == 5
    first = await database.calls.summaries(2, query="even")
    assert [call.id for _, call in first] == ["c8", "c6"]
    later = await database.calls.summaries(2, before=first[-1][0], query="even")
    assert [call.id for _, call in later] == ["c4", "c2"]
    assert len(await database.calls.summaries(4)) == 4
    assert len(await database.calls.summaries()) == 10
