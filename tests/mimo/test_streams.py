"""Recorded streams: their content, which is the same however the network splits them."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pytest

from app.core.accumulator import Accumulator
from app.core.bounds import MAX_COUNT
from app.core.errors import Code, TransportError
from app.core.events import (
    AudioDelta,
    AudioFormat,
    Finished,
    PreviewText,
    SearchFailed,
    SourcesFound,
    Started,
    TextDelta,
    ThinkingDelta,
    ToolCallDelta,
    UsageReported,
)
from app.core.messages import Source, Sources, Text, Thinking, ToolCall, Usage
from app.core.requests import BuiltinVoice, SpeechRequest
from app.mimo.anthropic_events import AnthropicEventParser
from app.mimo.openai_events import OpenAiEventParser
from app.mimo.recognition import RecognitionEventParser
from app.mimo.response_parser import ResponseParser
from app.mimo.speech import SpeechEventParser
from tests.mimo.wire import recorded

PCM = struct.pack("<12h", *range(-6, 6))


def speech_reader() -> SpeechEventParser:
    return SpeechEventParser(SpeechRequest("mimo-v2.5-tts", "Hi.", BuiltinVoice("Mia")))


READERS: dict[str, Callable[[], Any]] = {
    "thinking.sse": OpenAiEventParser,
    "tool_calls.sse": OpenAiEventParser,
    "web_search.sse": OpenAiEventParser,
    "search_failed.sse": OpenAiEventParser,
    "crlf_without_space.sse": OpenAiEventParser,
    "without_last_blank_line.sse": OpenAiEventParser,
    "without_done.sse": OpenAiEventParser,
    "single_newlines.sse": OpenAiEventParser,
    "speech_odd_bytes.sse": speech_reader,
    "speech_one_block.sse": speech_reader,
    "recognition.sse": RecognitionEventParser,
    "anthropic.sse": AnthropicEventParser,
}


def read(name: str, pieces: Iterable[bytes]) -> list[Any]:
    parser: ResponseParser[Any] = ResponseParser(READERS[name]())
    events = [event for piece in pieces for event in parser.feed(piece)]
    events += parser.close()
    assert parser.failure is None
    return events


def whole(name: str) -> list[Any]:
    return read(name, [recorded(name)])


def parts_of(name: str) -> tuple[Any, ...]:
    accumulator = Accumulator()
    for second, event in enumerate(whole(name)):
        accumulator.fold(event, float(second))
    return accumulator.parts()


@pytest.mark.parametrize("name", READERS)
def test_the_result_is_the_same_when_split_at_every_byte(name: str) -> None:
    stream, expected = recorded(name), whole(name)
    for cut in range(1, len(stream)):
        assert read(name, [stream[:cut], stream[cut:]]) == expected, f"cut at {cut}"


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_the_result_is_the_same_in_chunks_of_any_size(name: str, size: int) -> None:
    stream = recorded(name)
    assert read(name, [stream[start : start + size] for start in range(0, len(stream), size)]) == whole(name)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("newline", [b"\r\n", b"\r"])
def test_the_result_is_the_same_with_any_line_ending(name: str, newline: bytes) -> None:
    stream = recorded(name).replace(b"\r\n", b"\n").replace(b"\n", newline)
    assert read(name, [stream[start : start + 1] for start in range(len(stream))]) == whole(name)


def test_thinking_then_an_answer() -> None:
    assert whole("thinking.sse") == [
        Started("4e57c1b0", "mimo-v2.5-pro"),
        ThinkingDelta("The user is asking"),
        ThinkingDelta(" for tips. 🤔"),
        TextDelta("# Tips"),
        TextDelta("\n1. 多喝水"),
        Finished("stop"),
        UsageReported(Usage(prompt=61, completion=339, reasoning=41)),
    ]


def test_tool_calls_are_accumulated_by_index_despite_nulls() -> None:
    assert parts_of("tool_calls.sse") == (
        Thinking("Two cities.", 0, 1.0),
        ToolCall("call_weather_1", "search_weather", '{"city":"成都"}'),
        ToolCall("call_weather_2", "search_weather", '{"city":"北京"}'),
    )
    assert Finished("tool_calls") in whole("tool_calls.sse")


A, B = '{"city":"A"}', '{"city":"B"}'


@pytest.mark.parametrize(
    ("records", "calls"),
    [
        # Several in one list, each going on at its place, with and without their names again.
        ([[("f", A[:5]), ("g", B[:5])], [(None, A[5:]), (None, B[5:])]], [("f", A), ("g", B)]),
        ([[("f", A[:5]), ("f", B[:5])], [("f", A[5:]), ("f", B[5:])]], [("f", A), ("f", B)]),
        # One with its name in each piece, also in a last one without arguments.
        ([[("f", "")], [("f", A[:5])], [("f", A[5:])], [("f", "")]], [("f", A)]),
        # One after another, the second beginning behind whole arguments or with another name.
        ([[("f", A[:5])], [("f", A[5:])], [("f", B[:5])], [(None, B[5:])]], [("f", A), ("f", B)]),
        ([[("f", "")], [("g", "")], [(None, B)]], [("f", ""), ("g", B)]),
        ([[("f", A), ("g", "")], [(None, B)]], [("f", A), ("g", B)]),
        ([[("f", '{"a":{}')], [("f", "}")]], [("f", '{"a":{}}')]),
    ],
)
def test_tool_calls_without_an_index_or_id(
    records: list[list[tuple[str | None, str]]], calls: list[tuple[str, str]]
) -> None:
    reader = OpenAiEventParser()
    pieces: list[ToolCallDelta] = []
    for record in records:
        functions = [{"function": {"name": name, "arguments": arguments}} for name, arguments in record]
        events = reader.read(json.dumps({"id": "1", "choices": [{"delta": {"tool_calls": functions}}]}))
        pieces += [event for event in events if isinstance(event, ToolCallDelta)]
    found: dict[int, tuple[str, str]] = {}
    for piece in pieces:
        name, arguments = found.get(piece.index, ("", ""))
        found[piece.index] = (name or piece.name or "", arguments + piece.arguments)
    assert [found[index] for index in range(len(found))] == calls


def test_web_search_yields_sources_first_and_counts_calls() -> None:
    events = whole("web_search.sse")
    sources = (
        Source("https://weather.example/wuhan", "武汉天气", "天气", "明天多云", "2026-04-22T11:24:12+08:00"),
        Source("https://news.example/1", "News", "News", "…", ""),
    )
    assert events[1] == SourcesFound(sources)
    assert events[-1] == UsageReported(Usage(prompt=900, completion=12, searches=3, pages=3))
    assert parts_of("web_search.sse") == (Sources(sources), Text("明天多云。"))


def test_a_failed_search_is_reported_with_the_answer() -> None:
    assert whole("search_failed.sse")[1] == SearchFailed("search backend timeout")
    assert parts_of("search_failed.sse") == (
        Sources((), 0, "search backend timeout"),
        Text("I could not search."),
    )


def test_a_stream_may_end_without_blank_line_done_marker_or_usage() -> None:
    last = whole("without_last_blank_line.sse")[-3:]
    assert last == [TextDelta("done"), Finished("length"), UsageReported(Usage(prompt=5, completion=1))]
    assert whole("without_done.sse")[-1] == Finished("repetition_truncation")
    assert parts_of("single_newlines.sse") == (Text("one two"),)


def test_speech_is_passed_on_in_whole_frames() -> None:
    events = whole("speech_odd_bytes.sse")
    sound = [event.content for event in events if isinstance(event, AudioDelta)]
    assert b"".join(sound) == PCM
    assert all(len(piece) % 2 == 0 for piece in sound)
    assert [event for event in events if isinstance(event, AudioFormat)] == [AudioFormat("pcm16", 24_000)]


def test_speech_may_arrive_as_one_delta_with_the_spoken_text() -> None:
    assert whole("speech_one_block.sse") == [
        Started("4e57c1b0", "mimo-v2.5-tts-voicedesign"),
        PreviewText("Good evening, dear listeners."),
        AudioFormat("pcm16", 24_000),
        AudioDelta(PCM),
        Finished("stop"),
    ]


def test_recognition_reports_the_length_of_the_audio() -> None:
    assert whole("recognition.sse") == [
        Started("4e57c1b0", "mimo-v2.5-asr"),
        TextDelta("Good morning."),
        TextDelta(" 今天天气怎么样？"),
        Finished("stop"),
        UsageReported(Usage(prompt=46, completion=20, cached=45, audio_seconds=4.0, audio=25)),
    ]


def test_anthropic_events_become_the_same_parts() -> None:
    assert parts_of("anthropic.sse") == (
        Thinking("Two cities. 🤔", 0, 3.0, "c2ln"),
        Text("我来看看。"),
        ToolCall("toolu_1", "search_weather", '{"city":"成都"}'),
        ToolCall("toolu_2", "clock", '{"zone": "UTC"}'),
    )
    assert whole("anthropic.sse")[-2:] == [
        Finished("tool_calls"),
        UsageReported(Usage(prompt=2148, completion=41, cached=2048)),
    ]


def test_tool_call_deltas_are_numbered_from_zero_in_both_protocols() -> None:
    for name in ("tool_calls.sse", "anthropic.sse"):
        assert {event.index for event in whole(name) if isinstance(event, ToolCallDelta)} == {0, 1}


@pytest.mark.parametrize("tokens", ["1e300", "1" + "0" * 30, "-5", "1e400", "true", '"7"', "NaN"])
@pytest.mark.parametrize(
    ("parser", "record"),
    [
        (
            OpenAiEventParser,
            '{{"id":"c","choices":[],"usage":{{"prompt_tokens":{0},"seconds":{0},"completion_tokens":9}}}}',
        ),
        (
            AnthropicEventParser,
            '{{"type":"message","id":"m","content":[],"usage":{{"input_tokens":{0},"output_tokens":9}}}}',
        ),
    ],
)
def test_absurd_numbers_of_tokens_are_bounded(parser: Any, record: str, tokens: str) -> None:
    """One of them must not make a message unsaveable: SQLite and JSON stop at 64 bits."""
    try:
        events = parser().read(record.format(tokens))
    except TransportError as error:
        assert error.code is Code.GARBAGE
        return
    (usage,) = [event.usage for event in events if isinstance(event, UsageReported)]
    assert 0 <= usage.prompt <= MAX_COUNT
    assert usage.completion == 9
    msgspec.json.encode(usage)


@pytest.mark.parametrize(
    ("parser", "record"),
    [
        (OpenAiEventParser, '{"id":"1","choices":[{"message":{"content":"Yes."},"finish_reason":"x"}],"usage":%s}'),
        (OpenAiEventParser, '{"id":7,"model":8,"choices":[{"message":{"content":"Yes."}}],"usage":%s}'),
        (AnthropicEventParser, '{"type":"message","content":[{"type":"text","text":"Yes."}],"usage":%s}'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_a_number_that_is_none_costs_no_answer(parser: Any, record: str, number: str) -> None:
    usage = f'{{"prompt_tokens":{number},"input_tokens":{number},"completion_tokens":3,"output_tokens":3}}'
    events = parser().read(record % usage)
    assert TextDelta("Yes.") in events
    (reported,) = (event.usage for event in events if isinstance(event, UsageReported))
    assert (reported.prompt, reported.completion) == (0, 3)
