"""Fault injection, rate limits, request log, lifetime and load of the service."""

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
from app.demo.pacing import NO_WAIT, NORMAL, Pacing
from app.demo.speech.request_parser import parse_speech
from app.demo.speech.response_writer import SpeechResponse
from app.demo.speech.synthesis_request import EncodedSpeech, SynthesisRequest
from app.demo.speech.worker import SpeechWorker
from tests.demo.conftest import Post
from tests.plugins import demo_service as plugin
from tests.plugins.demo_service import DemoService

USER = [{"role": "user", "content": "hello"}]
MODEL = "mimo-v2.5"


def events(answer: httpx.Response) -> list[str]:
    return [event for event in answer.text.split("\n\n") if event]


@pytest.mark.parametrize(
    ("fault", "status", "content"),
    [
        ("status=402", 402, '{"error":{"code":"402","message":"Insufficient account balance"}}'),
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
def test_requested_errors_are_returned(post: Post, fault: str, status: int, content: str) -> None:
    answer = post(MODEL, USER, fault=fault)
    assert answer.status_code == status
    assert content in answer.text


def test_retry_after_header_is_sent(post: Post) -> None:
    assert post(MODEL, USER, fault="status=429; retry-after=7").headers["retry-after"] == "7"


def test_response_is_delayed_on_request(post: Post) -> None:
    started = time.monotonic()
    assert post(MODEL, USER, fault="delay=0.4").status_code == 200
    assert time.monotonic() - started >= 0.4
    started = time.monotonic()
    assert "[DONE]" in post(MODEL, USER, stream=True, fault="delay=0.4").text
    assert time.monotonic() - started >= 0.4


def test_request_is_dropped_if_the_client_disconnects_during_the_delay(demo_service: DemoService) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{demo_service.base_url}/chat/completions",
            json={"model": MODEL, "messages": USER},
            headers={"api-key": demo_service.key, "x-demo-fault": "delay=30"},
            timeout=httpx.Timeout(10, read=0.2),
            trust_env=False,
        )
    deadline = time.monotonic() + 30
    while demo_service.state()["running"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_stream_faults_corrupt_the_events(post: Post) -> None:
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


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
def test_late_processing_comment_comes_before_any_event(post: Post, ask: Post, protocol: str) -> None:
    send = post if protocol == "openai" else ask
    started = time.monotonic()
    answer = send(MODEL, USER, stream=True, fault="processing=0.2")
    assert time.monotonic() - started >= 0.4, "silence before and after the comment"
    assert answer.text.startswith(": PROCESSING\n\n")
    assert answer.text.count("PROCESSING") == 1
    assert len(events(answer)) == len(events(send(MODEL, USER, stream=True))) + 1


JSON_PLEASE = [{"role": "user", "content": "Three fruits as JSON"}]


@pytest.mark.parametrize(("fault", "length"), [("padding", 2_000), ("padding=100", 100)])
def test_json_answer_is_padded_until_the_limit(post: Post, fault: str, length: int) -> None:
    wanted = {"response_format": {"type": "json_object"}}
    choice = post(MODEL, JSON_PLEASE, fault=fault, **wanted).json()["choices"][0]
    content = choice["message"]["content"]
    assert choice["finish_reason"] == "length"
    assert content.startswith("{") and len(content) - len(content.rstrip()) == length
    plain = post(MODEL, JSON_PLEASE, fault=fault).json()["choices"][0]
    assert plain["finish_reason"] == "stop", "an answer in prose is not padded"


def test_default_voice_is_unknown_on_request(post: Post) -> None:
    def spoken(voice: str) -> httpx.Response:
        return post("mimo-v2.5-tts", SAY, audio={"voice": voice}, fault="no-default-voice")

    refused = spoken("mimo_default").json()["error"]["param"]
    assert refused == "Unknown voice: mimo_default. Available voices: [冰糖, 茉莉, 苏打, 白桦, Mia, Chloe, Milo, Dean]"
    assert spoken("Mia").status_code == 200


@pytest.mark.parametrize("thinking", ["enabled", "disabled"])
def test_tool_call_leaks_into_the_answer_on_request(post: Post, thinking: str) -> None:
    tool = {"type": "function", "function": {"name": "get_weather", "parameters": {"properties": {"city": {}}}}}
    asked = [{"role": "user", "content": "How is the weather in Wuhan?"}]
    answer = post(MODEL, asked, tools=[tool], thinking={"type": thinking}, fault="leak-content").json()
    [choice] = answer["choices"]
    leaked = "<tool_call><function=get_weather><parameter=city>Wuhan</parameter></function></tool_call>"
    assert choice["message"]["content"] == leaked
    assert (choice["finish_reason"], choice["message"].get("tool_calls")) == ("tool_calls", None)


@pytest.mark.parametrize("fault", ["cut=300", "error=4"])
def test_cut_stream_closes_the_connection(post: Post, fault: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        post(MODEL, USER, stream=True, fault=fault)


@pytest.mark.parametrize(
    ("fault", "finish"), [("refusal", "content_filter"), ("repetition", "repetition_truncation"), ("length", "length")]
)
def test_content_faults_set_the_finish_reason(post: Post, fault: str, finish: str) -> None:
    assert post(MODEL, USER, fault=fault).json()["choices"][0]["finish_reason"] == finish


def parse_response(answer: httpx.Response, stream: bool) -> tuple[str, str, bool]:
    """Return content, finish reason, and whether there was audio."""
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
def test_refused_speech_has_the_refusal_as_text(post: Post, model: str, stream: bool) -> None:
    answer = post(model, SAY, stream=stream, fault="refusal")
    assert parse_response(answer, stream) == (REJECTED, "content_filter", False)


@pytest.mark.parametrize("stream", [False, True])
def test_content_faults_apply_to_recognition(post: Post, stream: bool) -> None:
    def transcribe(fault: str) -> tuple[str, str, bool]:
        return parse_response(post("mimo-v2.5-asr", HEAR, stream=stream, fault=fault), stream)

    whole, finish, _ = transcribe("")
    assert finish == "stop"
    assert transcribe("refusal") == (REJECTED, "content_filter", False)
    assert transcribe("mute") == ("", "stop", False)
    cut, finish, _ = transcribe("length")
    assert finish == "length" and cut and whole.startswith(cut) and cut != whole
    long, finish, _ = transcribe("long=300")
    assert finish == "stop" and long.startswith(whole) and len(long) > 2 * len(whole)
    assert transcribe("long=5000")[1] == "length"


@pytest.mark.parametrize(
    ("text", "fault", "heard"),
    [
        ("The (softly) tide comes in.", "drop-word=3", "The tide in."),
        ("The tide comes in.", "add-word=2", "The tide suddenly comes in."),
        ("The tide comes in.", "repeat-word", "The tide comes comes in."),
        ("潮水慢慢涨上来了。", "drop-word=1", "水慢慢涨上来了。"),
    ],
)
def test_words_are_misspoken_on_request_and_recognised_as_they_were_spoken(
    post: Post, text: str, fault: str, heard: str
) -> None:
    spoken = post("mimo-v2.5-tts", [{"role": "assistant", "content": text}], fault=fault).json()
    sound = {"data": f"data:audio/wav;base64,{spoken['choices'][0]['message']['audio']['data']}"}
    part = {"type": "input_audio", "input_audio": sound}
    assert parse_response(post("mimo-v2.5-asr", [{"role": "user", "content": [part]}]), False)[0] == heard


@pytest.mark.parametrize("fault", ["leak", "unspoken"])
def test_thinking_faults_need_thinking(post: Post, fault: str) -> None:
    tool = {"type": "function", "function": {"name": "get_weather"}}
    asked = [{"role": "user", "content": "How is the weather in Wuhan?"}]

    def content(kind: str) -> dict[str, Any]:
        answer = post(MODEL, asked, tools=[tool], thinking={"type": kind}, fault=fault)
        message: dict[str, Any] = answer.json()["choices"][0]["message"]
        return message

    assert not content("enabled")["content"] and not content("enabled")["tool_calls"]
    assert content("disabled")["tool_calls"]


def test_armed_faults_apply_to_the_next_requests_only(post: Post, demo_service: DemoService) -> None:
    demo_service.arm("status=503", requests=2)
    assert [post(MODEL, USER).status_code for _ in range(3)] == [503, 503, 200]


def test_request_log_does_not_contain_the_key(post: Post, demo_service: DemoService) -> None:
    post(MODEL, USER, fault="status=500")
    [logged] = demo_service.requests()
    assert logged["body"]["messages"] == USER
    assert logged["status"] == 500
    assert demo_service.key not in json.dumps(logged)


def test_requests_over_the_rate_limit_are_refused(post: Post, demo_service: DemoService) -> None:
    demo_service.control("limits", {"requests": 3})
    assert [post(MODEL, USER).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert post("mimo-v2.5-pro", USER).status_code == 200, "the limit is each model's own"
    demo_service.control("limits", {"tokens": 10})
    assert post(MODEL, USER).json()["error"]["message"] == "Too many requests"


def test_the_length_of_the_window_is_a_setting(post: Post, demo_service: DemoService) -> None:
    demo_service.control("limits", {"requests": 2, "window": 0.5})
    assert [post(MODEL, USER).status_code for _ in range(3)] == [200, 200, 429]
    end = time.monotonic() + 30
    while post(MODEL, USER).status_code == 429:
        assert time.monotonic() < end
    counted = demo_service.state()["counted"]
    assert counted["admitted"] == {MODEL: 3} and counted["refused"][MODEL] >= 1
    demo_service.reset()
    state = demo_service.state()
    assert state["limits"] == {"on": False, "requests": 100, "tokens": None, "window": 60.0, "parallel": 30}
    assert state["counted"]["admitted"] == {} and state["answer_seconds"] == 0.0


def test_a_request_counts_when_it_arrives_and_until_it_is_answered(demo_service: DemoService) -> None:
    demo_service.control("limits", {"parallel": 3})
    demo_service.control("answers", {"seconds": 0.4})
    body = {"model": MODEL, "messages": USER}
    headers = {"api-key": demo_service.key}

    async def ask(client: httpx.AsyncClient) -> tuple[int, float]:
        began = time.monotonic()
        answer = await client.post(f"{demo_service.base_url}/chat/completions", json=body, headers=headers)
        return answer.status_code, time.monotonic() - began

    async def work() -> list[tuple[int, float]]:
        async with httpx.AsyncClient() as client:
            found = await asyncio.gather(*(ask(client) for _ in range(5)))
            return [*found, await ask(client)]

    found = asyncio.run(work())
    assert sorted(status for status, _ in found[:5]) == [200, 200, 200, 429, 429] and found[5][0] == 200
    assert all(seconds >= 0.4 for status, seconds in found if status == 200)
    counted = demo_service.state()["counted"]
    assert counted == {
        "admitted": {MODEL: 4},
        "refused": {MODEL: 2},
        "most_running": {MODEL: 3},
        "most_in_window": {MODEL: 4},
    }


def test_a_client_that_goes_while_it_waits_for_its_answer_makes_room(post: Post, demo_service: DemoService) -> None:
    demo_service.control("limits", {"parallel": 1})
    demo_service.control("answers", {"seconds": 60})
    body = {"model": MODEL, "messages": USER}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{demo_service.base_url}/chat/completions", json=body, headers={"api-key": demo_service.key}, timeout=0.3
        )
    end = time.monotonic() + 30
    while demo_service.state()["running"]:
        assert time.monotonic() < end
        time.sleep(0.02)
    demo_service.control("answers", {"seconds": 0})
    assert post(MODEL, USER).status_code == 200


def test_disconnected_request_is_cancelled(demo_service: DemoService) -> None:
    body = {"model": MODEL, "messages": USER, "stream": True}
    headers = {"api-key": demo_service.key, "x-demo-fault": "stall=60"}
    with httpx.stream("POST", f"{demo_service.base_url}/chat/completions", json=body, headers=headers) as answer:
        received = answer.iter_bytes()  # the reference keeps the response open
        next(received)
        assert demo_service.state()["running"] == 1
    end = time.monotonic() + 30
    while demo_service.state()["running"]:
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def own_service() -> Iterator[DemoService]:
    """A separate service with rate limits off and normal pacing."""
    service = plugin.start("--no-limits")
    yield service
    plugin.stop(service)


def test_service_exits_when_stdin_closes(own_service: DemoService) -> None:
    assert own_service.process.stdin is not None
    own_service.process.stdin.close()
    assert own_service.process.wait(3) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_service_exits_cleanly_on_signals(own_service: DemoService, number: int) -> None:
    os.kill(own_service.process.pid, number)
    assert own_service.process.wait(3) == 0


def test_limits_and_the_answer_time_are_arguments() -> None:
    arguments = ["--requests", "7", "--window", "3", "--parallel", "5", "--answer-seconds", "0.5"]
    service = plugin.start(*arguments)
    state = service.state()
    plugin.stop(service)
    assert state["limits"] == {"on": True, "requests": 7, "tokens": None, "window": 3.0, "parallel": 5}
    assert state["answer_seconds"] == 0.5


def test_port_in_use_is_reported(own_service: DemoService) -> None:
    port = own_service.root.rpartition(":")[2]
    command = [sys.executable, "-m", "app.demo", "--port", port]
    second = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    assert second.returncode == 1
    assert port in second.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--port", port] for port in ("70000", "-1")),
        *(["--pace", pace] for pace in ("nan", "-1")),
        *(["--window", seconds] for seconds in ("0", "inf", "-1")),
        *(["--answer-seconds", seconds] for seconds in ("nan", "-1")),
        ["--requests", "0"],
        ["--parallel", "0"],
    ],
    ids=" ".join,
)
def test_arguments_out_of_range_are_reported(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        demo.parse_arguments(arguments)
    assert exit_info.value.code == 2
    assert arguments[1] in capsys.readouterr().err


class SilentWorker(SpeechWorker):
    """Returns ten seconds of silence without delay."""

    async def synthesise(self, request: SynthesisRequest) -> AsyncIterator[np.ndarray]:
        for _ in range(10):
            yield np.zeros(24_000, np.float32)

    async def pcm(self, piece: np.ndarray) -> bytes:
        return bytes(2 * len(piece))

    async def synthesise_file(self, request: SynthesisRequest, container: str) -> EncodedSpeech:
        return EncodedSpeech(b"RIFF", 10.0)


async def test_pacing_applies_to_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compares the total delay of a take at normal and at five times the speed."""

    async def waited(pacing: Pacing, *, stream: bool) -> float:
        seconds = 0.0

        async def sleep(wanted: float) -> None:
            nonlocal seconds
            seconds += wanted

        body = {"model": "mimo-v2.5-tts", "messages": SAY, "stream": stream}
        request = parse_speech(body, models.get_model("mimo-v2.5-tts"))
        # The fake clock only advances while waiting, so the result depends on the pacing alone.
        monkeypatch.setattr("app.demo.pacing.asyncio", SimpleNamespace(sleep=sleep))
        monkeypatch.setattr("app.demo.pacing.time", SimpleNamespace(monotonic=lambda: seconds))
        monkeypatch.setattr("app.demo.speech.response_writer.asyncio", SimpleNamespace(sleep=sleep))
        response = SpeechResponse(request, SilentWorker(), {}, pacing)
        if stream:
            await response.begin()
            _ = [frame async for frame in response.stream()]
        else:
            await response.completion()
        return seconds

    for stream in (False, True):
        usual, fast = [await waited(NORMAL.scaled(factor), stream=stream) for factor in (1, 5)]
        assert 3 < usual / fast < 8
        assert await waited(NO_WAIT, stream=stream) == 0


async def test_speech_requests_do_not_delay_chat_streams(own_service: DemoService) -> None:
    """A tenth of the promised load in a tenth of the time: 10 takes within 6 s while 20 chats stream."""
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

        started = time.monotonic()
        chats = [asyncio.create_task(chat()) for _ in range(20)]
        takes = await asyncio.gather(*(take(number) for number in range(10)))
        assert time.monotonic() - started < 20
        await asyncio.gather(*chats)
    assert all(len(answer["choices"][0]["message"]["audio"]["data"]) > 50_000 for answer in takes)
    assert max(gaps) < 1.0
