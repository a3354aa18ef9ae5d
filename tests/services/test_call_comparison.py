"""Two calls side by side: the calls of functions that their answers ask for, and what each cost by its own model."""

from __future__ import annotations

import json
from typing import Any

from app.core.call_record import CallRecord, TimedText, TryRecord
from app.services.call_comparison import compare
from app.services.call_history import SavedCall


def call(call_id: str, model: str, *events: dict[str, Any]) -> SavedCall:
    timed = tuple(TimedText(float(at), "", json.dumps(event)) for at, event in enumerate(events))
    return SavedCall(CallRecord(call_id, "chat", model=model, attempts=(TryRecord(0.0, status=200),), events=timed))


def tool(name: str, arguments: str) -> dict[str, Any]:
    return {"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"name": name, "arguments": arguments}}]}}]}


def test_calls_of_functions_are_compared_word_by_word() -> None:
    before = call("a", "m1", tool("weather", '{"place": '), tool("", '"Hebei"}'))
    after = call(
        "b", "m2",
        {"index": 0, "content_block": {"type": "tool_use", "name": "weather"}},
        {"index": 0, "delta": {"partial_json": '{"place": "Beijing"}'}},
    )  # fmt: skip
    found = compare((before, 0), (after, 0))
    assert [(run.change, run.text) for run in found.tool_calls if run.change != "same"] == [
        ("removed", "Hebei"), ("added", "Beijing"),
    ]  # fmt: skip
    assert (found.before.model, found.after.model) == ("m1", "m2")


def test_without_calls_of_functions_there_is_nothing_to_compare() -> None:
    found = compare((call("a", "m"), 0), (call("b", "m"), 0))
    assert found.tool_calls == ()
