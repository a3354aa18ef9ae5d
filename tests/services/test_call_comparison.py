"""What differs between two calls: fields, words, and tool calls with their arguments, in both protocols."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.core.call_timeline import CallTimeline
from app.services import call_comparison
from app.services.call_comparison import Figures, compare
from app.services.ports import Call
from app.services.recorded_tool_calls import recorded_tool_calls


def events(*contents: Any) -> Iterator[Any]:
    return iter([SimpleNamespace(content=json.dumps(content, ensure_ascii=False)) for content in contents])


def call(request: Any, *contents: Any) -> tuple[Call, int]:
    made = SimpleNamespace(request=json.dumps(request), attempts=(None,), timeline=lambda: events(*contents))
    return cast(Call, made), 0


def openai(*pieces: tuple[int, str, str]) -> list[Any]:
    return [
        {"choices": [{"delta": {"tool_calls": [{"index": index, "function": {"name": name, "arguments": text}}]}}]}
        for index, name, text in pieces
    ]


STREAMED = openai((0, "weather", '{"city": "'), (0, "", '西安"}'), (1, "clock", ""))
ANTHROPIC = [
    {"index": 1, "content_block": {"type": "tool_use", "name": "weather", "input": {}}},
    {"index": 1, "delta": {"type": "input_json_delta", "partial_json": '{"city": "西安"}'}},
    {"index": 2, "content_block": {"type": "tool_use", "name": "clock", "input": {}}},
]
WHOLE = [
    {"choices": [{"message": {"tool_calls": [
        {"function": {"name": "weather", "arguments": '{"city": "西安"}'}},
        {"function": {"name": "clock", "arguments": ""}},
    ]}}]}
]  # fmt: skip
WHOLE_BLOCKS = [
    {"content": [
        {"type": "text", "text": "tool_use"}, {"type": "tool_use", "name": "weather", "input": {"city": "西安"}},
        {"type": "tool_use", "name": "clock", "input": {}},
    ]}
]  # fmt: skip


@pytest.mark.parametrize("contents", [STREAMED, ANTHROPIC, WHOLE, WHOLE_BLOCKS], ids=["a", "b", "c", "d"])
def test_tool_calls_are_put_together_in_every_form(contents: list[Any]) -> None:
    assert recorded_tool_calls(events(*contents)) == [("weather", {"city": "西安"}), ("clock", {})]


def test_arguments_that_are_no_json_stay_as_they_are() -> None:
    assert recorded_tool_calls(events(*openai((0, "weather", '{"city": ')))) == [("weather", '{"city": ')]
    assert recorded_tool_calls(iter([SimpleNamespace(content="tool_calls: no JSON")])) == []


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    none = Figures(None, CallTimeline(), None, 0, 0)
    monkeypatch.setattr(call_comparison, "_figures", lambda call, number: none)


def test_tool_calls_are_compared_argument_by_argument() -> None:
    other = openai((0, "weather", '{"city": "北京", "unit": "C"}'))
    found = compare(call({}, *STREAMED), call({}, *other))
    assert found.tool_names == (("weather", "clock"), ("weather",))
    assert [(field.path, field.before, field.after) for field in found.tools] == [
        ("[0].arguments.city", "西安", "北京"), ("[0].arguments.unit", None, "C"),
        ("[1]", {"name": "clock", "arguments": {}}, None),
    ]  # fmt: skip
    assert compare(call({}, *STREAMED), call({}, *WHOLE)).tools == ()


def test_the_words_of_longer_texts_in_the_request_are_compared() -> None:
    long = "请用一句话回答，" * 10
    before, after = (
        {"messages": [{"content": text}], "model": model} for text, model in ((long, "a"), (long + "谢", "b"))
    )
    found = compare(call(before), call(after))
    assert found.fields is not None and [field.path for field in found.fields] == ["messages[0].content", "model"]
    assert [(run.change, run.text) for run in found.field_words["messages[0].content"]] == [
        ("same", long),
        ("added", "谢"),
    ]
    assert list(found.field_words) == ["messages[0].content"]
