"""Our client against the demo service: two readings of one specification."""

from __future__ import annotations

import asyncio
import base64
import json
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest

from app.core.accumulator import Accumulator
from app.core.errors import Code, WorkbenchError
from app.core.events import AudioDelta, AudioFormat, Finished, PreviewText, Started, TextDelta, UsageReported, Waiting
from app.core.messages import Media, Message, Sources, Text, Thinking, ToolCall, new_id, user_message
from app.core.profiles import Profile
from app.core.requests import (
    BuiltinVoice,
    ChatRequest,
    ClonedVoice,
    DesignedVoice,
    FunctionTool,
    RecognitionRequest,
    Sampling,
    SpeechRequest,
    WebSearch,
)
from app.core.tokens import audio_tokens, image_tokens
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter
from tests.plugins.demo_service import DemoService


def data_url(content: bytes, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"


def picture(width: int, height: int) -> str:
    """A red PNG."""

    def piece(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = (b"\0" + b"\xff\0\0" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", zlib.compress(rows)) + piece(b"IEND", b"")
    return data_url(png, "image/png")


PICTURE = picture(64, 64)


@pytest.fixture(params=["openai", "anthropic"])
async def client(demo_service: DemoService, request: pytest.FixtureRequest) -> AsyncIterator[MimoClient]:
    url = demo_service.base_url if request.param == "openai" else demo_service.anthropic_url
    made = MimoClient(Profile("demo", "demo", "Demo", url, protocol=request.param, retries=0), demo_service.key)
    yield made
    await made.aclose()


async def chat(
    client: MimoClient, *messages: Message, model: str = "mimo-v2.5-pro", step: int = 0, **fields: Any
) -> Accumulator:
    accumulator = Accumulator(step)
    async with aclosing(client.chat(ChatRequest(model, messages or (user_message("Hello!"),), **fields))) as events:
        async for event in events:
            accumulator.fold(event, 0.0)
    return accumulator


async def test_a_chat_has_thinking_answer_and_usage(client: MimoClient) -> None:
    accumulator = await chat(client)
    assert accumulator.finish == "stop" and accumulator.usage is not None and accumulator.usage.completion > 0
    assert any(isinstance(part, Text) and part.text for part in accumulator.parts())


WEATHER = FunctionTool(
    "get_weather",
    "Tells the weather of a city.",
    {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
)


@pytest.mark.parametrize("send_thinking", [True, False])
async def test_several_turns_with_tools_and_thinking(client: MimoClient, send_thinking: bool) -> None:
    """The service refuses a history whose tool calls lack their thinking (WIRE.md section 6.5)."""
    sampling = Sampling(thinking=True, send_thinking=send_thinking)
    history = [user_message("How is the weather in Beijing and in Chengdu?")]
    first = await chat(client, *history, sampling=sampling, tools=(WEATHER,))
    assert first.finish == "tool_calls"
    calls = [part for part in first.parts() if isinstance(part, ToolCall)]
    assert calls and all(call.id and call.name == "get_weather" and call.arguments for call in calls)
    assert any(isinstance(part, Thinking) for part in first.parts())
    answered = tuple(
        ToolCall(part.id, part.name, part.arguments, 0, "done", '{"temperature": 21}')
        if isinstance(part, ToolCall)
        else part
        for part in first.parts()
    )
    turn = Message(new_id(), "assistant", answered)
    second = await chat(client, *history, turn, step=1, sampling=sampling, tools=(WEATHER,))
    assert second.finish == "stop" and any(isinstance(part, Text) for part in second.parts())
    turn = Message(turn.id, "assistant", answered + second.parts())
    third = await chat(client, *history, turn, user_message("Thanks!"), sampling=sampling, tools=(WEATHER,))
    assert third.finish == "stop"


@pytest.mark.parametrize("thinking", [True, None, False])
async def test_thinking_can_be_switched_between_turns_with_tools(client: MimoClient, thinking: bool | None) -> None:
    history = [user_message("Hello!")]
    history.append(Message(new_id(), "assistant", (await chat(client, *history)).parts()))
    history.append(user_message("How is the weather in Beijing?"))
    asked = await chat(client, *history, sampling=Sampling(thinking=False), tools=(WEATHER,))
    assert asked.finish == "tool_calls" and not any(isinstance(part, Thinking) for part in asked.parts())
    answered = tuple(
        ToolCall(part.id, part.name, part.arguments, 0, "done", '{"temperature": 21}')
        for part in asked.parts()
        if isinstance(part, ToolCall)
    )
    history += [Message(new_id(), "assistant", answered), user_message("Thanks!")]
    assert (await chat(client, *history, sampling=Sampling(thinking=thinking), tools=(WEATHER,))).finish == "stop"


async def test_an_answer_without_streaming(client: MimoClient) -> None:
    streamed = await chat(client)
    whole = await chat(client, sampling=Sampling(stream=False))
    assert [type(part) for part in whole.parts()] == [type(part) for part in streamed.parts()] == [Thinking, Text]
    assert [part.text for part in whole.parts()] == [part.text for part in streamed.parts()]  # type: ignore[union-attr]
    assert (whole.finish, whole.usage) == (streamed.finish, streamed.usage)


async def test_a_picture_for_a_text_only_model_is_refused(client: MimoClient) -> None:
    look = user_message("Look", media=(Media("image/png", PICTURE),))
    with pytest.raises(WorkbenchError) as caught:
        await chat(client, look)
    assert caught.value.code is Code.NO_IMAGE_INPUT
    seen = await chat(client, look, model="mimo-v2.5")
    assert any("64" in part.text for part in seen.parts() if isinstance(part, Text)), "its size is told"


def open_ai(service: DemoService, **fields: Any) -> MimoClient:
    values: dict[str, Any] = {"kind": "demo", "retries": 0, "requests_per_minute": 0} | fields
    return MimoClient(
        Profile("demo", name="Demo", base_url=service.base_url, **values), service.key, rate_limiter=RateLimiter()
    )


async def test_a_search_brings_sources_and_is_counted(demo_service: DemoService) -> None:
    client = open_ai(demo_service)
    search = WebSearch(force=True, keywords=2, results=3, location="China, Hubei, Wuhan, 114.31, 30.59")
    answer = await chat(client, user_message("What is new about MiMo?"), web_search=search)
    (sources,) = [part for part in answer.parts() if isinstance(part, Sources)]
    assert sources.items and all(source.url.startswith("http") and source.title for source in sources.items)
    assert answer.usage is not None and answer.usage.searches >= 1 and answer.usage.pages >= len(sources.items)
    demo_service.control("search", {"enabled": False})
    with pytest.raises(WorkbenchError) as caught:
        await chat(client, web_search=search)
    assert caught.value.code is Code.SEARCH_OFF and "webSearchEnabled is false" in str(caught.value)
    await client.aclose()


async def test_the_ways_in_which_a_search_brings_no_pages_can_be_played(demo_service: DemoService) -> None:
    client = open_ai(demo_service)
    search, asked = WebSearch(force=True), user_message("What is new about MiMo?")
    demo_service.arm("search-error")
    failed = await chat(client, asked, web_search=search)
    (sources,) = [part for part in failed.parts() if isinstance(part, Sources)]
    assert (sources.items, sources.error) == ((), "web search failed: the search engine did not answer in time")
    demo_service.arm("search-none")
    ignored = await chat(client, asked, web_search=search)
    assert not [part for part in ignored.parts() if isinstance(part, Sources)]
    assert ignored.usage is not None and ignored.usage.searches == 0
    demo_service.arm("search-off")
    with pytest.raises(WorkbenchError) as caught:
        await chat(client, asked, web_search=search)
    assert caught.value.code is Code.SEARCH_OFF
    assert [part for part in (await chat(client, asked, web_search=search)).parts() if isinstance(part, Sources)]
    await client.aclose()


async def test_json_mode(demo_service: DemoService) -> None:
    client = open_ai(demo_service)
    ask = user_message("Give me a list of three fruits as JSON only.")
    answer = await chat(client, ask, sampling=Sampling(json_mode=True, thinking=False))
    (text,) = answer.parts()
    assert isinstance(text, Text) and json.loads(text.text)
    await client.aclose()


@pytest.mark.parametrize("size", [(64, 64), (1024, 1024), (640, 480)])
async def test_our_estimate_of_a_picture_is_what_the_service_counts(
    demo_service: DemoService, size: tuple[int, int]
) -> None:
    client = open_ai(demo_service)
    answer = await chat(client, user_message("Look", media=(Media("image/png", picture(*size)),)), model="mimo-v2.5")
    assert answer.usage is not None and answer.usage.image == pytest.approx(image_tokens(*size), abs=1)
    await client.aclose()


async def test_generated_speech_is_recognised_and_counted_as_estimated(demo_service: DemoService) -> None:
    client = open_ai(demo_service)
    wav = b""
    said = "The committee discussed the new railway at length."
    async with aclosing(client.speak(SpeechRequest("mimo-v2.5-tts", said, BuiltinVoice("Dean"), stream=False))) as take:
        async for event in take:
            if isinstance(event, AudioDelta):
                wav += event.content
    for stream in (True, False):
        request = RecognitionRequest("mimo-v2.5-asr", wav, "audio/wav", "en", stream)
        async with aclosing(client.recognise(request)) as events:
            heard = [event async for event in events]
        assert "".join(event.text for event in heard if isinstance(event, TextDelta)).strip() == said
        (usage,) = [event.usage for event in heard if isinstance(event, UsageReported)]
        assert usage.audio_seconds == pytest.approx(len(wav) / 48_000, abs=1)
        assert usage.audio == pytest.approx(audio_tokens(len(wav) / 48_000), abs=7)
    sound = user_message("Listen", media=(Media("audio/wav", data_url(wav, "audio/wav")),))
    listened = await chat(client, sound, model="mimo-v2.5")
    assert listened.usage is not None
    assert listened.usage.audio == pytest.approx(audio_tokens(len(wav) / 48_000), abs=7)
    await client.aclose()


async def test_an_old_project_is_spoken_by_the_successor_model(demo_service: DemoService) -> None:
    client = open_ai(demo_service)
    old = SpeechRequest("mimo-v2-tts", "<style>Happy</style>Good evening.", BuiltinVoice("default_en"))
    async with aclosing(client.speak(old)) as events:
        found = [event async for event in events]
    assert [event.model for event in found if isinstance(event, Started)] == ["mimo-v2.5-tts"]
    assert Finished("stop") in found
    sent = demo_service.requests()[-1]["body"]
    sent = json.loads(sent) if isinstance(sent, str) else sent
    assert (sent["messages"][-1]["content"], sent["audio"]["voice"]) == ("(Happy)Good evening.", "Mia")
    await client.aclose()


async def test_a_polished_text_is_returned(demo_service: DemoService) -> None:
    client = open_ai(demo_service)
    voice = DesignedVoice("An old sailor, hoarse.", polish=True)
    async with aclosing(client.speak(SpeechRequest("mimo-v2.5-tts-voicedesign", "", voice))) as events:
        found = [event async for event in events]
    assert [event.text for event in found if isinstance(event, PreviewText)] and Finished("stop") in found
    await client.aclose()


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (SpeechRequest("mimo-v2.5-tts", "Hi.", BuiltinVoice("Nobody")), "Unknown voice: Nobody. Available voices: ["),
        (SpeechRequest("mimo-v2.5-tts-voicedesign", "Hi.", BuiltinVoice("Mia")), "is not supported for voice design"),
        (SpeechRequest("mimo-v2.5-tts-voiceclone", "Hi.", BuiltinVoice("Mia")), "must be a DataURL for voice clone"),
    ],
)
async def test_the_services_error_texts_are_passed_on(
    demo_service: DemoService, request_: SpeechRequest, words: str
) -> None:
    client = open_ai(demo_service)
    with pytest.raises(WorkbenchError) as caught:
        async with aclosing(client.speak(request_)) as events:
            _ = [event async for event in events]
    assert caught.value.code is Code.BAD_REQUEST and words in caught.value.params["param"]
    await client.aclose()


async def test_an_unknown_model_is_refused_by_its_name(demo_service: DemoService) -> None:
    client = open_ai(demo_service)
    with pytest.raises(WorkbenchError) as caught:
        async with aclosing(client.speak(SpeechRequest("mimo-v9-tts", "Hi.", BuiltinVoice("Mia")))) as events:
            _ = [event async for event in events]
    assert "Unsupported model mimo-v9-tts" in str(caught.value)
    await client.aclose()


async def test_the_client_fills_the_limit_and_is_never_told_that_it_was_too_much(demo_service: DemoService) -> None:
    demo_service.control("limits", {"requests": 10})
    paced, careless = open_ai(demo_service, requests_per_minute=10), open_ai(demo_service)
    waits: list[Waiting] = []
    answered: list[Accumulator] = []

    async def one() -> None:
        request = ChatRequest("mimo-v2.5", (user_message("Hi"),), sampling=Sampling(thinking=False))
        accumulator = Accumulator()
        async with aclosing(paced.chat(request)) as events:
            async for event in events:
                accumulator.fold(event, 0.0)
                if isinstance(event, Waiting):
                    waits.append(event)
        answered.append(accumulator)

    tasks = [asyncio.ensure_future(one()) for _ in range(13)]
    async with asyncio.timeout(30):
        while len(answered) < 10 or len({wait.position for wait in waits}) < 3:
            await asyncio.sleep(0.01)
    assert {row["status"] for row in demo_service.requests()} == {200} and len(demo_service.requests()) == 10
    assert {(wait.reason, wait.position) for wait in waits} == {("rate", 1), ("rate", 2), ("rate", 3)}
    assert all(0 < wait.seconds <= 61 for wait in waits)
    with pytest.raises(WorkbenchError) as caught:
        await chat(careless, model="mimo-v2.5")
    assert caught.value.code is Code.TOO_MANY_REQUESTS, "the service agrees that this was all"
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await paced.aclose()
    await careless.aclose()


async def test_the_model_list_is_found_from_either_address(client: MimoClient) -> None:
    assert {"mimo-v2.6-pro", "mimo-v2.5-tts", "mimo-v2.5-asr"} <= {model.id for model in await client.models()}


@pytest.mark.parametrize(
    ("model", "voice"),
    [("mimo-v2.5-tts", BuiltinVoice("Mia")), ("mimo-v2.5-tts-voicedesign", DesignedVoice("An old sailor, hoarse."))],
)
async def test_speech_and_cloning_from_it(demo_service: DemoService, model: str, voice: Any) -> None:
    demo = MimoClient(Profile("demo", "demo", "Demo", demo_service.base_url, retries=0), demo_service.key)

    async def take(request: SpeechRequest) -> tuple[list[AudioFormat], bytes]:
        async with aclosing(demo.speak(request)) as events:
            found = [event async for event in events]
        assert Finished("stop") in found
        sound = b"".join(event.content for event in found if isinstance(event, AudioDelta))
        return [event for event in found if isinstance(event, AudioFormat)], sound

    streamed, pcm = await take(SpeechRequest(model, "Good evening.", voice))
    assert streamed == [AudioFormat("pcm16", 24_000)] and len(pcm) > 24_000
    whole, wav = await take(SpeechRequest(model, "Good evening.", voice, stream=False))
    assert whole == [AudioFormat("wav", 24_000)] and wav.startswith(b"RIFF")
    cloned, sound = await take(SpeechRequest("mimo-v2.5-tts-voiceclone", "Hello.", ClonedVoice(wav, "audio/wav")))
    assert cloned == [AudioFormat("pcm16", 24_000)] and len(sound) > 10_000
    await demo.aclose()
