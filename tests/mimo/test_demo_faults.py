"""Our client against every fault the demo service can play, in both protocols: two readings of one specification."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import NamedTuple

import pytest

from app.core.accumulator import Accumulator
from app.core.errors import Code, WorkbenchError
from app.core.events import AudioDelta, Finished
from app.core.messages import FinishReason, Text, Thinking, user_message
from app.core.profiles import Profile, Timeouts
from app.core.requests import BuiltinVoice, ChatRequest, SpeechRequest
from app.mimo.client import MimoClient
from tests.plugins.demo_service import DemoService
from tests.waiting import wait_until

HELLO = ChatRequest("mimo-v2.5-pro", (user_message("Hello!"),))
EVENING = SpeechRequest("mimo-v2.5-tts", "Good evening everybody.", BuiltinVoice("Mia"))


@pytest.fixture(params=["openai", "anthropic"])
async def client(demo_service: DemoService, request: pytest.FixtureRequest) -> AsyncIterator[MimoClient]:
    url = demo_service.base_url if request.param == "openai" else demo_service.anthropic_url
    times = Timeouts(connect=20.0, first_byte=20.0, idle=20.0, speech=20.0)
    profile = Profile("demo", "demo", "Demo", url, protocol=request.param, retries=0, timeouts=times)
    made = MimoClient(profile, demo_service.key)
    yield made
    await made.aclose()


class Answer(NamedTuple):
    """The result of a chat."""

    failure: WorkbenchError | None
    finish: FinishReason | None
    thinking: str
    text: str


async def chat(client: MimoClient, request: ChatRequest = HELLO) -> Answer:
    accumulator, failure = Accumulator(), None
    try:
        async with aclosing(client.chat(request)) as events:
            async for event in events:
                accumulator.fold(event, 0.0)
    except WorkbenchError as caught:
        failure = caught
    parts = accumulator.parts()
    thinking = "".join(part.text for part in parts if isinstance(part, Thinking))
    text = "".join(part.text for part in parts if isinstance(part, Text))
    return Answer(failure, accumulator.reply("m", 0.0).finish, thinking, text)


def connections(service: DemoService) -> int:
    """The attempts of the client for the first question; the next question has its own."""
    return int(service.state()["connections"]) - 1


KEPT, GONE = 1, 0
REFUSED: dict[str, tuple[Code, int]] = {
    "status=400": (Code.BAD_REQUEST, KEPT),
    "status=401": (Code.UNAUTHORIZED, KEPT),
    "status=402": (Code.NO_BALANCE, KEPT),
    "status=403": (Code.FORBIDDEN, KEPT),
    "status=404": (Code.NO_IMAGE_INPUT, KEPT),
    "status=421": (Code.CONTENT_REFUSED, KEPT),
    "status=429": (Code.TOO_MANY_REQUESTS, KEPT),
    "status=500": (Code.SERVER_ERROR, KEPT),
    "status=502": (Code.SERVER_ERROR, KEPT),
    "status=503": (Code.OVERLOADED, KEPT),
    "status=503; html": (Code.OVERLOADED, KEPT),
    "status=401; framed": (Code.UNAUTHORIZED, KEPT),
    "status=402; bare": (Code.NO_BALANCE, KEPT),
    "quota": (Code.QUOTA_EXHAUSTED, KEPT),
    "risk": (Code.RISK_CONTROL, KEPT),
    "param=n_is_not_supported": (Code.BAD_REQUEST, KEPT),
    "param=webSearchEnabled_is_false": (Code.SEARCH_OFF, KEPT),
    "ok-error": (Code.SERVER_ERROR, KEPT),
    "redirect=http://other.example/": (Code.REDIRECT_REFUSED, GONE),
    "cut=0": (Code.CONNECTION_LOST, GONE),
    "cut=1": (Code.CONNECTION_LOST, GONE),
    "junk": (Code.GARBAGE, GONE),
}
BROKEN: dict[str, tuple[Code, int]] = {
    "cut=2000": (Code.CONNECTION_LOST, GONE),
    "error": (Code.SERVER_ERROR, GONE),
}
ODD = ("split", "split=7", "comments", "crlf", "no-usage", "no-blank", "no-done", "type=text/plain", "drip=0.001",
       "stall=0.05", "out-of-order", "odd", "one-piece",
       "wav-header", "wav-header; rate=48000", "raw")  # fmt: skip
"""Oddities after which the answer is complete; swapped deltas stay swapped, but no text is lost."""
SAID: dict[str, FinishReason] = {
    "refusal": "content_filter",
    "repetition": "repetition_truncation",
    "length": "length",
    "mute": "stop",
    "unspoken": "stop",
    "long=400": "stop",
    "huge": "stop",
}


@pytest.mark.parametrize("fault", REFUSED)
async def test_a_fault_before_the_first_text(client: MimoClient, demo_service: DemoService, fault: str) -> None:
    code, left = REFUSED[fault]
    demo_service.arm(fault)
    answer = await chat(client)
    assert answer.failure is not None and answer.failure.code is code
    assert (answer.thinking, answer.text) == ("", "")
    await wait_until(lambda: demo_service.state()["running"] == 0)
    assert connections(demo_service) == left
    assert len(demo_service.requests()) == 1
    assert (await chat(client)).failure is None, "the next call is none the worse for it"


@pytest.mark.parametrize("fault", BROKEN)
async def test_a_fault_in_the_middle(client: MimoClient, demo_service: DemoService, fault: str) -> None:
    code, left = BROKEN[fault]
    whole = await chat(client)
    demo_service.arm(fault)
    answer = await chat(client)
    assert answer.failure is not None and answer.failure.code is code
    assert answer.thinking and whole.thinking.startswith(answer.thinking), "what came is kept"
    await wait_until(lambda: demo_service.state()["running"] == 0 and connections(demo_service) == left)


@pytest.mark.parametrize("fault", ODD)
async def test_an_odd_but_complete_response(client: MimoClient, demo_service: DemoService, fault: str) -> None:
    whole = await chat(client)
    demo_service.arm(fault)
    answer = await chat(client)
    assert answer.failure is None and answer.finish == "stop"
    assert sorted(answer.text) == sorted(whole.text) and sorted(answer.thinking) == sorted(whole.thinking)
    if fault != "out-of-order":
        assert answer == whole
    assert connections(demo_service) == KEPT


@pytest.mark.parametrize("fault", SAID)
async def test_the_finish_reason_is_the_services(client: MimoClient, demo_service: DemoService, fault: str) -> None:
    demo_service.arm(fault)
    answer = await chat(client)
    assert (answer.failure, answer.finish) == (None, SAID[fault])
    assert bool(answer.text) == (fault not in ("mute", "unspoken"))
    assert bool(answer.thinking)


SPEAKS = pytest.mark.parametrize("client", ["openai"], indirect=True)
"""Speech has only one protocol, whatever that of the profile."""


async def take(client: MimoClient) -> tuple[WorkbenchError | None, FinishReason | None, bytes]:
    failure, finish, sound = None, None, b""
    try:
        async with aclosing(client.speak(EVENING)) as events:
            async for event in events:
                match event:
                    case AudioDelta(content):
                        sound += content
                    case Finished(reason):
                        finish = reason
    except WorkbenchError as caught:
        failure = caught
    return failure, finish, sound


@SPEAKS
@pytest.mark.parametrize("fault", REFUSED)
async def test_a_speech_fault_before_the_first_audio(client: MimoClient, demo_service: DemoService, fault: str) -> None:
    code, left = REFUSED[fault]
    demo_service.arm(fault)
    failure, _, sound = await take(client)
    assert failure is not None and (failure.code, sound) == (code, b"")
    await wait_until(lambda: demo_service.state()["running"] == 0)
    assert connections(demo_service) == left


@SPEAKS
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("cut=30000", Code.CONNECTION_LOST),
        ("bad-base64", Code.GARBAGE),
        ("error", Code.SERVER_ERROR),
        ("error=5", Code.SERVER_ERROR),
    ],
)
async def test_a_speech_fault_in_the_middle(
    client: MimoClient, demo_service: DemoService, fault: str, code: Code
) -> None:
    demo_service.arm(fault)
    failure, _, sound = await take(client)
    assert failure is not None and failure.code is code
    assert len(sound) > 1_000 and len(sound) % 2 == 0, "what came is kept, in whole frames"
    await wait_until(lambda: demo_service.state()["running"] == 0 and connections(demo_service) == GONE)


@SPEAKS
@pytest.mark.parametrize("fault", [fault for fault in ODD if "drip" not in fault])
async def test_an_odd_but_complete_speech_response(client: MimoClient, demo_service: DemoService, fault: str) -> None:
    demo_service.arm(fault)
    failure, finish, sound = await take(client)
    assert (failure, finish) == (None, "stop") and len(sound) > 40_000 and len(sound) % 2 == 0
    assert connections(demo_service) == KEPT


@SPEAKS
@pytest.mark.parametrize(
    ("fault", "finish", "sounds"),
    [("length", "length", True), ("mute", "stop", False), ("no-audio", "stop", False), ("no-bytes", "stop", False)],
)
async def test_the_finish_reason_of_speech_is_the_services(
    client: MimoClient, demo_service: DemoService, fault: str, finish: str, sounds: bool
) -> None:
    demo_service.arm(fault)
    failure, reason, sound = await take(client)
    assert (failure, reason, bool(sound)) == (None, finish, sounds)
