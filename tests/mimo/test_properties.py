"""Any answer gives the same parts in both protocols, however the network splits it."""

from __future__ import annotations

import itertools
import json
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.accumulator import Accumulator
from app.core.messages import Part, Text, Thinking, ToolCall
from app.mimo.anthropic_events import AnthropicEventParser
from app.mimo.openai_events import OpenAiEventParser
from app.mimo.response_parser import ResponseParser


class Call(NamedTuple):
    id: str
    name: str
    arguments: dict[str, str]


class Answer(NamedTuple):
    """The content of one step, and the number of characters per delta."""

    thinking: str
    text: str
    calls: list[Call]
    size: int


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAMES = st.from_regex(r"[a-zA-Z0-9_-]{1,12}", fullmatch=True)
ANSWERS = st.builds(
    Answer,
    WORDS,
    WORDS,
    st.lists(
        st.builds(Call, NAMES, NAMES, st.dictionaries(NAMES, WORDS, max_size=2)), max_size=3, unique_by=lambda c: c.id
    ),
    st.integers(1, 9),
)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])


def pieces(words: str, size: int) -> list[str]:
    return [words[start : start + size] for start in range(0, len(words), size)]


def expected(answer: Answer) -> tuple[Part, ...]:
    parts: list[Part] = []
    if answer.thinking:
        parts.append(Thinking(answer.thinking, 0, 0.0))
    if answer.text:
        parts.append(Text(answer.text))
    return (*parts, *(ToolCall(call.id, call.name, json.dumps(call.arguments)) for call in answer.calls))


def in_openai(answer: Answer, newline: str) -> bytes:
    nothing: dict[str, Any] = {"content": None, "reasoning_content": None, "tool_calls": None}
    deltas = [{"role": "assistant", "content": ""}]
    deltas += [nothing | {"reasoning_content": piece} for piece in pieces(answer.thinking, answer.size)]
    deltas += [nothing | {"content": piece} for piece in pieces(answer.text, answer.size)]
    for index, call in enumerate(answer.calls):
        head = {"index": index, "id": call.id, "function": {"name": call.name, "arguments": ""}}
        deltas.append(nothing | {"tool_calls": [head]})
        for piece in pieces(json.dumps(call.arguments), answer.size):
            more = {"index": index, "id": None, "function": {"name": None, "arguments": piece}}
            deltas.append(nothing | {"tool_calls": [more]})
    finish = "tool_calls" if answer.calls else "stop"
    records = [{"id": "1", "model": "m", "choices": [{"index": 0, "delta": delta}]} for delta in deltas]
    records.append({"id": "1", "choices": [{"index": 0, "delta": nothing, "finish_reason": finish}]})
    lines = [f"data: {json.dumps(record, ensure_ascii=False)}{newline}{newline}" for record in records]
    return "".join([*lines, f"data: [DONE]{newline}{newline}"]).encode()


def in_anthropic(answer: Answer, newline: str) -> bytes:
    blocks: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    if answer.thinking:
        deltas = [{"type": "thinking_delta", "thinking": piece} for piece in pieces(answer.thinking, answer.size)]
        blocks.append(({"type": "thinking", "thinking": ""}, deltas))
    if answer.text:
        blocks.append(
            (
                {"type": "text", "text": ""},
                [{"type": "text_delta", "text": p} for p in pieces(answer.text, answer.size)],
            )
        )
    for call in answer.calls:
        written = pieces(json.dumps(call.arguments), answer.size)
        deltas = [{"type": "input_json_delta", "partial_json": piece} for piece in written]
        blocks.append(({"type": "tool_use", "id": call.id, "name": call.name, "input": {}}, deltas))
    events: list[dict[str, Any]] = [{"type": "message_start", "message": {"id": "1", "model": "m", "content": []}}]
    for index, (start, deltas) in enumerate(blocks):
        events.append({"type": "content_block_start", "index": index, "content_block": start})
        events += [{"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas]
        events += [{"type": "ping"}, {"type": "content_block_stop", "index": index}]
    reason = "tool_use" if answer.calls else "end_turn"
    events += [{"type": "message_delta", "delta": {"stop_reason": reason}}, {"type": "message_stop"}]
    return "".join(
        f"event: {event['type']}{newline}data: {json.dumps(event, ensure_ascii=False)}{newline}{newline}"
        for event in events
    ).encode()


def read(reader: Any, wire: bytes, cuts: list[int]) -> Accumulator:
    parser: ResponseParser[Any] = ResponseParser(reader)
    accumulator = Accumulator()
    borders = sorted({0, len(wire), *(cut % (len(wire) + 1) for cut in cuts)})
    events = [event for start, end in itertools.pairwise(borders) for event in parser.feed(wire[start:end])]
    for event in [*events, *parser.close()]:
        accumulator.fold(event, 0.0)
    assert parser.failure is None
    return accumulator


@settings(deadline=None)
@given(ANSWERS, st.lists(st.integers(0, 10_000), max_size=12), NEWLINES)
def test_an_answer_is_the_same_in_both_protocols_however_it_is_split(
    answer: Answer, cuts: list[int], newline: str
) -> None:
    for reader, wire in (
        (OpenAiEventParser(), in_openai(answer, newline)),
        (AnthropicEventParser(), in_anthropic(answer, newline)),
    ):
        accumulator = read(reader, wire, cuts)
        assert accumulator.parts() == expected(answer)
        assert accumulator.finish == ("tool_calls" if answer.calls else "stop")


@settings(deadline=None)
@given(ANSWERS, st.integers(0, 10_000), st.booleans())
def test_a_truncated_response_keeps_its_beginning_and_raises_only_known_errors(
    answer: Answer, place: int, anthropic: bool
) -> None:
    wire = (in_anthropic if anthropic else in_openai)(answer, "\n")
    parser: ResponseParser[Any] = ResponseParser(AnthropicEventParser() if anthropic else OpenAiEventParser())
    accumulator = Accumulator()
    for event in [*parser.feed(wire[: place % len(wire)]), *parser.close()]:
        accumulator.fold(event, 0.0)
    whole = "".join(getattr(part, "text", "") for part in expected(answer))
    kept = "".join(part.text for part in accumulator.parts() if isinstance(part, Thinking | Text))
    assert whole.startswith(kept)
    assert kept == whole if parser.event_parser.complete else parser.failure is not None


@settings(deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_events_or_a_workbench_error(wire: bytes, anthropic: bool) -> None:
    parser: ResponseParser[Any] = ResponseParser(AnthropicEventParser() if anthropic else OpenAiEventParser())
    parser.feed(wire)
    parser.close()
    assert parser.failure is not None or parser.event_parser.complete
