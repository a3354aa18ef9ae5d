"""Faults on request, limits, the log, and the service's own life and load."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile

from app.demo import __main__ as demo
from app.demo import models
from app.demo.pacing import NO_WAIT, USUAL, Pacing
from app.demo.speech.request_parser import read_speech
from app.demo.speech.response_writer import Performance
from app.demo.speech.synthesis_request import Sound, SynthesisRequest
from app.demo.speech.worker import SpeechWorker
from tests.demo.conftest import Post
from tests.plugins import demo_service as plugin
from tests.plugins.demo_service import DemoService

USER = [{"role": "user", "content": "hello"}]
MODEL = "mimo-v2.5"


def events(answer: httpx.Response) -> list[str]:
    return [event for event in answer.text.split("\n\n") if event]


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        ("status=402", 402, "Insufficient account funds"),
        ("status=403", 403, "Illegal access"),
        ("status=404", 404, "No endpoints found that support image input"),
        ("status=421", 421, "high risk"),
        ("status=429", 429, '{"error":{"code":"429","message":"Too many requests","type":"limitation"}}'),
        ("quota", 429, '{"error":{"code":"429","message":"quota exhausted","param":"","type":"limitation"}}'),
        ("risk", 400, '"code":"441"'),
        ("status=500", 500, "Internal server error"),
        ("status=503; framed", 503, 'data:{"error":'),
        ("status=503; bare", 503, '{"code":"503"'),
        ("status=502; html", 502, "<html>"),
        ("ok-error", 200, '{"error":{"code":"500"'),
        ("redirect=http://127.0.0.1:1/", 307, ""),
        ("param=some_text", 400, "some text"),
        ("nonsense", 400, "Unknown demo fault: nonsense"),
    ],
)
def test_ordered_refusals(post: Post, fault: str, status: int, said: str) -> None:
    answer = post(MODEL, USER, fault=fault)
    assert answer.status_code == status
    assert said in answer.text


def test_retry_after_is_sent(post: Post) -> None:
    assert post(MODEL, USER, fault="status=429; retry-after=7").headers["retry-after"] == "7"


def test_an_answer_comes_late_when_ordered(post: Post) -> None:
    begun = time.monotonic()
    assert post(MODEL, USER, fault="delay=0.4").status_code == 200
    assert time.monotonic() - begun >= 0.4
    begun = time.monotonic()
    assert "[DONE]" in post(MODEL, USER, stream=True, fault="delay=0.4").text
    assert time.monotonic() - begun >= 0.4


def test_who_hangs_up_while_it_waits_is_not_answered(demo_service: DemoService) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{demo_service.base_url}/chat/completions",
            json={"model": MODEL, "messages": USER},
            headers={"api-key": demo_service.key, "x-demo-fault": "delay=30"},
            timeout=httpx.Timeout(10, read=0.2),
            trust_env=False,
        )
    deadline = time.monotonic() + 10
    while demo_service.state()["running"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_stream_faults_spoil_the_events(post: Post) -> None:
    def stream(fault: str) -> httpx.Response:
        return post(MODEL, USER, stream=True, thinking={"type": "disabled"}, fault=fault)

    plain = events(stream(""))
    assert events(stream("no-done"))[-1] != "data: [DONE]"
    assert len(events(stream("no-usage"))) == len(plain) - 1
    assert len(events(stream("duplicate"))) == 2 * len(plain) - 1
    assert len(events(stream("comments"))) == 2 * len(plain)
    assert b"{not json" in stream("junk").content
    assert b"\r\n\r\n" in stream("crlf").content
    assert not stream("no-blank").text.endswith("\n")
    assert len(stream("huge=100000").content) > 100_000
    swapped = [json.loads(e[6:])["choices"] for e in events(stream("out-of-order")) if e.startswith("data: {")]
    assert swapped[1][0]["delta"]["role"] == "assistant"
    assert len(events(stream("split=3"))) == len(plain)


@pytest.mark.parametrize("fault", ["cut=300", "error=4"])
def test_a_broken_stream_breaks_the_connection(post: Post, fault: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        post(MODEL, USER, stream=True, fault=fault)


@pytest.mark.parametrize(
    ("fault", "finish"), [("refusal", "content_filter"), ("repetition", "repetition_truncation"), ("length", "length")]
)
def test_spoken_faults_have_their_finish_reason(post: Post, fault: str, finish: str) -> None:
    assert post(MODEL, USER, fault=fault).json()["choices"][0]["finish_reason"] == finish


def delivered(answer: httpx.Response, stream: bool) -> tuple[str, str, bool]:
    """Content, finish reason, and whether there was sound."""
    if not stream:
        choice = answer.json()["choices"][0]
        return choice["message"]["content"], choice["finish_reason"], choice["message"]["audio"] is not None
    frames = [json.loads(event[6:]) for event in events(answer) if event.startswith("data: {")]
    choices = [frame["choices"][0] for frame in frames if frame["choices"]]
    content = "".join(choice["delta"]["content"] or "" for choice in choices)
    return content, choices[-1]["finish_reason"], any(choice["delta"]["audio"] for choice in choices)


RECORDING = io.BytesIO()
soundfile.write(RECORDING, np.random.default_rng(1).standard_normal(24_000) * 0.1, 24_000, format="WAV")
HEAR = [
    {
        "role": "user",
        "content": [
            {
                "type": "input_audio",
                "input_audio": {"data": base64.b64encode(RECORDING.getvalue()).decode(), "format": "wav"},
            }
        ],
    }
]
SAY = [{"role": "user", "content": "A calm old man."}, {"role": "assistant", "content": "It is not far now."}]
REJECTED = "The request was rejected because it was considered high risk"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("model", ["mimo-v2.5-tts", "mimo-v2.5-tts-voicedesign"])
def test_speech_is_refused_in_words(post: Post, model: str, stream: bool) -> None:
    answer = post(model, SAY, stream=stream, fault="refusal")
    assert delivered(answer, stream) == (REJECTED, "content_filter", False)


@pytest.mark.parametrize("stream", [False, True])
def test_recognition_goes_wrong_as_ordered(post: Post, stream: bool) -> None:
    def heard(fault: str) -> tuple[str, str, bool]:
        return delivered(post("mimo-v2.5-asr", HEAR, stream=stream, fault=fault), stream)

    whole, finish, _ = heard("")
    assert finish == "stop"
    assert heard("refusal") == (REJECTED, "content_filter", False)
    assert heard("mute") == ("", "stop", False)
    cut, finish, _ = heard("length")
    assert finish == "length" and cut and whole.startswith(cut) and cut != whole
    long, finish, _ = heard("long=300")
    assert finish == "stop" and long.startswith(whole) and len(long) > 2 * len(whole)
    assert heard("long=5000")[1] == "length"


@pytest.mark.parametrize("fault", ["leak", "unspoken"])
def test_what_goes_wrong_in_thinking_needs_thinking(post: Post, fault: str) -> None:
    tool = {"type": "function", "function": {"name": "get_weather"}}
    asked = [{"role": "user", "content": "How is the weather in Wuhan?"}]

    def said(kind: str) -> dict[str, Any]:
        answer = post(MODEL, asked, tools=[tool], thinking={"type": kind}, fault=fault)
        message: dict[str, Any] = answer.json()["choices"][0]["message"]
        return message

    assert not said("enabled")["content"] and not said("enabled")["tool_calls"]
    assert said("disabled")["tool_calls"]


def test_armed_faults_are_used_up(post: Post, demo_service: DemoService) -> None:
    demo_service.arm("status=503", requests=2)
    assert [post(MODEL, USER).status_code for _ in range(3)] == [503, 503, 200]


def test_the_log_shows_requests_without_the_key(post: Post, demo_service: DemoService) -> None:
    post(MODEL, USER, fault="status=500")
    [logged] = demo_service.requests()
    assert logged["body"]["messages"] == USER
    assert logged["status"] == 500
    assert demo_service.key not in json.dumps(logged)


def test_limits_refuse_what_is_over_them(post: Post, demo_service: DemoService) -> None:
    demo_service.control("limits", {"requests": 3})
    assert [post(MODEL, USER).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert post("mimo-v2.5-pro", USER).status_code == 200, "the limit is each model's own"
    demo_service.control("limits", {"tokens": 10})
    assert post(MODEL, USER).json()["error"]["message"] == "Too many requests"


def test_a_client_that_hangs_up_leaves_nothing_running(demo_service: DemoService) -> None:
    body = {"model": MODEL, "messages": USER, "stream": True}
    headers = {"api-key": demo_service.key, "x-demo-fault": "stall=60"}
    with httpx.stream("POST", f"{demo_service.base_url}/chat/completions", json=body, headers=headers) as answer:
        received = answer.iter_bytes()  # kept: an abandoned iterator closes the response
        next(received)
        assert demo_service.state()["running"] == 1
    end = time.monotonic() + 3
    while demo_service.state()["running"]:
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def own_service() -> Iterator[DemoService]:
    """One for this test alone, with limits off and the pace as users have it."""
    service = plugin.start("--no-limits")
    yield service
    plugin.stop(service)


def test_it_ends_with_its_parents_stdin(own_service: DemoService) -> None:
    assert own_service.process.stdin is not None
    own_service.process.stdin.close()
    assert own_service.process.wait(3) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_on_signals(own_service: DemoService, number: int) -> None:
    os.kill(own_service.process.pid, number)
    assert own_service.process.wait(3) == 0


def test_a_taken_port_is_said(own_service: DemoService) -> None:
    port = own_service.root.rpartition(":")[2]
    command = [sys.executable, "-m", "app.demo", "--port", port]
    second = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    assert second.returncode == 1
    assert port in second.stderr


@pytest.mark.parametrize(
    "given", [["--port", "70000"], ["--port", "-1"], ["--pace", "nan"], ["--pace", "-1"]], ids=" ".join
)
def test_arguments_out_of_range_are_said(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        demo.arguments(given)
    assert ended.value.code == 2
    assert given[1] in capsys.readouterr().err


class QuietStage(SpeechWorker):
    """Ten seconds of silence, at once."""

    async def perform(self, line: SynthesisRequest) -> AsyncIterator[np.ndarray]:
        for _ in range(10):
            yield np.zeros(24_000, np.float32)

    async def pcm(self, piece: np.ndarray) -> bytes:
        return bytes(2 * len(piece))

    async def sound(self, line: SynthesisRequest, container: str) -> Sound:
        return Sound(b"RIFF", 10.0)


async def test_the_pace_is_that_of_speech_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a take asks to wait, in all, at the usual and at five times that pace."""

    async def waited(pace: Pacing, *, stream: bool) -> float:
        seconds = 0.0

        async def sleep(wanted: float) -> None:
            nonlocal seconds
            seconds += wanted

        body = {"model": "mimo-v2.5-tts", "messages": SAY, "stream": stream}
        order = read_speech(body, models.model("mimo-v2.5-tts"))
        # A clock that only waiting moves: nothing but the pace decides.
        monkeypatch.setattr("app.demo.pacing.asyncio", SimpleNamespace(sleep=sleep))
        monkeypatch.setattr("app.demo.pacing.time", SimpleNamespace(monotonic=lambda: seconds))
        monkeypatch.setattr("app.demo.speech.response_writer.asyncio", SimpleNamespace(sleep=sleep))
        performance = Performance(order, QuietStage(), {}, pace)
        if stream:
            await performance.begin()
            _ = [frame async for frame in performance.stream()]
        else:
            await performance.completion()
        return seconds

    for stream in (False, True):
        usual, fast = [await waited(USUAL.times(factor), stream=stream) for factor in (1, 5)]
        assert 3 < usual / fast < 8
        assert await waited(NO_WAIT, stream=stream) == 0


async def test_takes_do_not_make_chats_late(own_service: DemoService) -> None:
    """A tenth of the promise in a tenth of the time: 10 takes within 6 s while 20 chats stream."""
    gaps: list[float] = []
    async with httpx.AsyncClient(
        base_url=own_service.base_url, headers={"api-key": own_service.key}, timeout=30
    ) as client:

        async def chat() -> None:
            body = {"model": MODEL, "messages": [{"role": "user", "content": "a poem"}], "stream": True}
            async with client.stream("POST", "/chat/completions", json=body) as answer:
                last: float | None = None
                async for _ in answer.aiter_bytes():
                    now = time.monotonic()
                    gaps.extend([now - last] if last else [])
                    last = now

        async def take(number: int) -> dict[str, Any]:
            text = f"This is take number {number}, and nobody waits for it."
            body = {"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": text}]}
            answer: dict[str, Any] = (await client.post("/chat/completions", json=body)).json()
            return answer

        begun = time.monotonic()
        chats = [asyncio.create_task(chat()) for _ in range(20)]
        takes = await asyncio.gather(*(take(number) for number in range(10)))
        assert time.monotonic() - begun < 6
        await asyncio.gather(*chats)
    assert all(len(answer["choices"][0]["message"]["audio"]["data"]) > 50_000 for answer in takes)
    assert max(gaps) < 1.0
