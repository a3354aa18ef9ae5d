"""Whole calls over the wire: speech, recognition, models, the Anthropic protocol, tools of gateways."""

from __future__ import annotations

import json
from contextlib import aclosing
from typing import Any

import pytest

from app.core.errors import Code, WorkbenchError
from app.core.events import AudioDelta, AudioFormat, TextDelta
from app.core.messages import Message, Text, Thinking, ToolCall, user_message
from app.core.requests import ChatRequest
from app.mimo.estimates import chat_tokens
from tests.mimo.recorded import LINE, RECORDING, WHOLE, chunk, talk
from tests.mimo.wire import as_json, client_of, recorded, says, serving, sse


async def test_speech_streams_and_speaks() -> None:
    async with (
        serving(says(recorded("speech_odd_bytes.sse"), piece=5)) as service,
        client_of(service) as client,
        aclosing(client.speak(LINE)) as coming,
    ):
        events = [event async for event in coming]
    assert AudioFormat("pcm16", 24_000) in events
    assert sum(len(event.content) for event in events if isinstance(event, AudioDelta)) == 24


async def test_recognition_and_models() -> None:
    rows = {"object": "list", "data": [{"id": "mimo-v2.5", "owned_by": "xiaomi"}, {"id": "x"}, {"id": "x"}, 7, {}]}
    async with (
        serving(says(recorded("recognition.sse")), as_json(rows), as_json(["a"]), as_json({"no": 1})) as service,
        client_of(service) as client,
    ):
        async with aclosing(client.recognise(RECORDING)) as events:
            words = [event.text async for event in events if isinstance(event, TextDelta)]
        assert "".join(words) == "Good morning. 今天天气怎么样？"
        assert [(model.id, model.owner) for model in await client.models()] == [("mimo-v2.5", "xiaomi"), ("x", "")]
        assert [model.id for model in await client.models()] == ["a"]
        with pytest.raises(WorkbenchError) as caught:
            await client.models()
        assert caught.value.code is Code.GARBAGE


async def test_anthropic_over_the_wire() -> None:
    async with serving(says(recorded("anthropic.sse"), piece=7)) as service:
        accumulator, failure = await talk(service, protocol="anthropic")
        assert service.asked[0].path == "/v1/messages"
    assert failure is None
    assert [type(part) for part in accumulator.parts()] == [Thinking, Text, ToolCall, ToolCall]


async def test_a_whole_anthropic_message() -> None:
    message = {
        "id": "b9",
        "type": "message",
        "role": "assistant",
        "model": "mimo-v2.5-pro",
        "stop_reason": "end_turn",
        "content": [{"type": "thinking", "thinking": "hm", "signature": "s"}, {"type": "text", "text": "Hello"}],
        "usage": {"input_tokens": 57, "output_tokens": 54},
    }
    async with serving(as_json(message)) as service:
        accumulator, failure = await talk(service, WHOLE, protocol="anthropic")
    assert failure is None and accumulator.finish == "stop"
    assert accumulator.parts() == (Thinking("hm", 0, 0.0, "s"), Text("Hello"))


async def test_the_documented_example_with_the_answer_in_the_thinking() -> None:
    message = {"content": "", "role": "assistant", "tool_calls": None, "reasoning_content": "Good morning."}
    body = {
        "id": "55",
        "choices": [{"finish_reason": "stop", "index": 0, "message": message}],
        "model": "mimo-v2.5",
        "usage": {"completion_tokens": 17, "prompt_tokens": 86},
    }
    async with serving(as_json(body)) as service:
        accumulator, failure = await talk(service, WHOLE)
    assert failure is None
    assert accumulator.parts() == (Thinking("Good morning.", 0, 0.0),)


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
async def test_a_lone_surrogate_is_sent_as_a_question_mark(protocol: str) -> None:
    """A model may split a character in the arguments of a call, which are then sent back."""
    calling = Message("a", "assistant", (ToolCall("c1", "find", '{"word": "\\ud83d"}', 0, "done", "half: \ud83d"),))
    request = ChatRequest("mimo-v2.5-pro", (user_message("Half: \ud83d"), calling))
    answer = recorded("anthropic.sse" if protocol == "anthropic" else "thinking.sse")
    async with serving(says(answer)) as service:
        _, failure = await talk(service, request, protocol=protocol)
        said = service.asked[0].json()
    assert failure is None and said["messages"][0]["content"] == "Half: ?"
    assert '"half: ?"' in json.dumps(said)


@pytest.mark.parametrize(
    "calls",
    [
        [
            {"id": "a", "function": {"name": "f", "arguments": "{}"}},
            {"id": "b", "function": {"name": "g", "arguments": {"x": 1}}},
        ],
        [
            {"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}},
            {"index": 0, "id": "b", "function": {"name": "g", "arguments": '{"x": 1}'}},
        ],
        [
            {"id": "a", "function": {"name": "f", "arguments": ""}},
            {"function": {"arguments": "{}"}},
            {"id": "b", "function": {"name": "g", "arguments": '{"x"'}},
            {"id": "b", "function": {"arguments": ": "}},
            {"function": {"arguments": "1}"}},
        ],
    ],
)
async def test_tool_calls_with_missing_or_wrong_indexes(calls: list[dict[str, Any]]) -> None:
    async with serving(says(sse(*(chunk(tool_calls=[call]) for call in calls), chunk("tool_calls")))) as service:
        accumulator, failure = await talk(service)
    assert failure is None
    assert accumulator.parts() == (ToolCall("a", "f", "{}"), ToolCall("b", "g", '{"x": 1}'))


@pytest.mark.parametrize("together", [True, False])
async def test_tool_calls_without_index_and_id_are_distinguished_by_name(together: bool) -> None:
    calls = [{"function": {"name": "f", "arguments": "{}"}}, {"function": {"name": "f", "arguments": '{"x": 1}'}}]
    said = [chunk(tool_calls=calls)] if together else [chunk(tool_calls=[call]) for call in calls]
    async with serving(says(sse(*said, chunk("tool_calls")))) as service:
        accumulator, failure = await talk(service)
    assert failure is None
    found = [part for part in accumulator.parts() if isinstance(part, ToolCall)]
    assert [(call.name, call.arguments) for call in found] == [("f", "{}"), ("f", '{"x": 1}')]


def test_the_prompt_that_v25_adds_is_estimated_unless_one_is_sent() -> None:
    messages = (user_message("hi"),)
    without, with_prompt = ChatRequest("mimo-v2.5-pro", messages), ChatRequest("mimo-v2.5-pro", messages, system="Hi")
    assert chat_tokens(without) == chat_tokens(ChatRequest("mimo-v2.6-pro", messages)) + 240
    assert chat_tokens(with_prompt) < 10
