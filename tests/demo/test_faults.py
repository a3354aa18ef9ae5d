"""Faults on request, limits, the log, and the service's own life and load."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

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
