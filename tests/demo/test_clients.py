"""The unmodified `openai` and `anthropic` packages as clients of the service (WIRE.md sections 3, 4, 6 and 8)."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.plugins.demo_service import DemoService

# They take seconds to import, so only the worker that runs these tests does it.
if TYPE_CHECKING:
    import anthropic
    import openai

TOOL = {"name": "calculator", "description": "Computes", "properties": {"expression": {"type": "string"}}}
SCHEMA = {"type": "object", "properties": TOOL["properties"], "required": ["expression"]}


@pytest.fixture
def openai_client(demo_service: DemoService) -> Iterator[openai.OpenAI]:
    import openai

    with openai.OpenAI(base_url=demo_service.base_url, api_key=demo_service.key, max_retries=0) as client:
        yield client


@pytest.fixture
def anthropic_client(demo_service: DemoService) -> Iterator[anthropic.Anthropic]:
    import anthropic

    url = demo_service.anthropic_url
    with anthropic.Anthropic(base_url=url, api_key=demo_service.key, max_retries=0) as client:
        yield client


def test_openai_client_lists_models(openai_client: openai.OpenAI) -> None:
    assert "mimo-v2.6-pro" in [model.id for model in openai_client.models.list()]


def test_openai_client_streams_thinking_then_text_then_usage(openai_client: openai.OpenAI) -> None:
    asked = [{"role": "user", "content": "Compare tea and coffee"}]
    chunks = list(openai_client.chat.completions.create(model="mimo-v2.5-pro", messages=asked, stream=True))
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    kinds = ["thinking" if getattr(d, "reasoning_content", None) else "text" if d.content else "" for d in deltas]
    spoken = [kind for kind in kinds if kind]
    assert spoken == sorted(spoken, key=["thinking", "text"].index)
    assert "| Tea | Coffee |" in "".join(d.content or "" for d in deltas)
    assert chunks[-1].choices == []
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens_details is not None
    assert chunks[-1].usage.completion_tokens_details.reasoning_tokens == kinds.count("thinking")


def test_openai_client_completes_a_tool_round_trip(openai_client: openai.OpenAI) -> None:
    tools = [{"type": "function", "function": {"name": "calculator", "parameters": SCHEMA}}]
    history = [{"role": "user", "content": "What is 17 × 23?"}]
    first = openai_client.chat.completions.create(model="mimo-v2.5-pro", messages=history, tools=tools).choices[0]
    assert first.finish_reason == "tool_calls"
    assert first.message.tool_calls is not None
    call = first.message.tool_calls[0]
    assert call.function.arguments == '{"expression": "17 * 23"}'
    history += [
        {
            "role": "assistant",
            "content": "",
            "reasoning_content": first.message.reasoning_content,
            "tool_calls": [call.model_dump()],
        },
        {"role": "tool", "tool_call_id": call.id, "content": "391"},
    ]
    second = openai_client.chat.completions.create(model="mimo-v2.5-pro", messages=history, tools=tools).choices[0]
    assert second.finish_reason == "stop"
    assert "**391**" in (second.message.content or "")


def test_openai_client_synthesises_and_transcribes_speech(openai_client: openai.OpenAI) -> None:
    line = "Good morning. Could you tell me what the weather will be like today?"
    spoken = openai_client.chat.completions.create(
        model="mimo-v2.5-tts",
        messages=[{"role": "assistant", "content": line}],
        audio={"format": "wav", "voice": "Mia"},
    )
    audio = spoken.choices[0].message.audio
    assert audio is not None
    assert base64.b64decode(audio.data)[:4] == b"RIFF"
    part = {"type": "input_audio", "input_audio": {"data": audio.data, "format": "wav"}}
    read = openai_client.chat.completions.create(
        model="mimo-v2.5-asr",
        messages=[{"role": "user", "content": [part]}],
        extra_body={"asr_options": {"language": "en"}},
    )
    assert read.choices[0].message.content == line


def test_openai_client_raises_its_own_errors(openai_client: openai.OpenAI) -> None:
    import openai

    with pytest.raises(openai.BadRequestError):
        openai_client.chat.completions.create(model="mimo-v2.5", messages=[{"role": "user", "content": "x"}], n=2)


def test_anthropic_client_streams_thinking_and_text(anthropic_client: anthropic.Anthropic) -> None:
    asked = [{"role": "user", "content": "写一首诗"}]
    with anthropic_client.messages.stream(model="mimo-v2.5-pro", max_tokens=4000, messages=asked) as stream:
        message = stream.get_final_message()
    assert [block.type for block in message.content] == ["thinking", "text"]
    assert "退潮" in message.content[1].text
    assert message.stop_reason == "end_turn"
    assert message.usage.output_tokens > 50


def test_anthropic_client_completes_a_tool_round_trip(anthropic_client: anthropic.Anthropic) -> None:
    tools = [{"name": "calculator", "description": "Computes", "input_schema": SCHEMA}]
    history: list[anthropic.types.MessageParam] = [{"role": "user", "content": "What is 17 × 23?"}]
    asking = {"model": "mimo-v2.5-pro", "max_tokens": 2000, "tools": tools}
    first = anthropic_client.messages.create(messages=history, **asking)
    assert first.stop_reason == "tool_use"
    use = first.content[-1]
    assert use.input == {"expression": "17 * 23"}
    blocks = [
        block.model_dump(exclude_none=True, include={"type", "thinking", "signature", "id", "name", "input"})
        for block in first.content
    ]
    result = {"type": "tool_result", "tool_use_id": use.id, "content": "391"}
    history += [{"role": "assistant", "content": blocks}, {"role": "user", "content": [result]}]
    second = anthropic_client.messages.create(messages=history, **asking)
    assert "**391**" in second.content[-1].text


def test_anthropic_client_raises_its_own_errors(
    anthropic_client: anthropic.Anthropic, demo_service: DemoService
) -> None:
    import anthropic

    asked = [{"role": "user", "content": "x"}]
    with pytest.raises(anthropic.BadRequestError):
        anthropic_client.messages.create(model="mimo-v2.5-tts", max_tokens=10, messages=asked)
    demo_service.arm("status=429")
    with pytest.raises(anthropic.RateLimitError):
        anthropic_client.messages.create(model="mimo-v2.5", max_tokens=10, messages=asked)
