"""Our client against the demo service: two readings of one specification."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest

from app.core.accumulator import Accumulator
from app.core.errors import Code, WorkbenchError
from app.core.events import AudioDelta, AudioFormat, Finished
from app.core.messages import Text, user_message
from app.core.profiles import Profile
from app.core.requests import BuiltinVoice, ChatRequest, ClonedVoice, DesignedVoice, SpeechRequest
from app.mimo.client import MimoClient
from tests.plugins.demo_service import DemoService


@pytest.fixture(params=["openai", "anthropic"])
async def client(demo_service: DemoService, request: pytest.FixtureRequest) -> AsyncIterator[MimoClient]:
    url = demo_service.base_url if request.param == "openai" else demo_service.anthropic_url
    made = MimoClient(Profile("demo", "demo", "Demo", url, protocol=request.param, retries=0), demo_service.key)
    yield made
    await made.aclose()


async def chat(client: MimoClient, **fields: Any) -> Accumulator:
    accumulator = Accumulator()
    async with aclosing(client.chat(ChatRequest("mimo-v2.5-pro", (user_message("Hello!"),), **fields))) as events:
        async for event in events:
            accumulator.fold(event, 0.0)
    return accumulator


async def test_a_chat_thinks_answers_and_counts(client: MimoClient) -> None:
    accumulator = await chat(client)
    assert accumulator.finish == "stop" and accumulator.usage is not None and accumulator.usage.completion > 0
    assert any(isinstance(part, Text) and part.text for part in accumulator.parts())


async def test_the_models_are_found_beside_either_address(client: MimoClient) -> None:
    assert {"mimo-v2.6-pro", "mimo-v2.5-tts", "mimo-v2.5-asr"} <= {model.id for model in await client.models()}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("status=503", Code.OVERLOADED),
        ("quota", Code.QUOTA_EXHAUSTED),
        ("risk", Code.RISK_CONTROL),
        ("ok-error", None),
        ("status=401; framed", Code.UNAUTHORIZED),
        ("status=402; bare", Code.NO_BALANCE),
        ("cut=300", Code.CONNECTION_LOST),
    ],
)
async def test_faults(client: MimoClient, demo_service: DemoService, fault: str, code: Code | None) -> None:
    demo_service.arm(fault)
    with pytest.raises(WorkbenchError) as caught:
        await chat(client)
    assert code is None or caught.value.code is code


@pytest.mark.parametrize("fault", ["split", "comments", "crlf", "no-usage", "no-blank", "type=text/plain"])
async def test_oddities(client: MimoClient, demo_service: DemoService, fault: str) -> None:
    demo_service.arm(fault)
    assert (await chat(client)).finish == "stop"


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
