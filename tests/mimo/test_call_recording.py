"""Recorded exchanges."""

from __future__ import annotations

import json
import tracemalloc
from contextlib import aclosing
from typing import Any

import pytest

from app.core.call_origin import request_is_edited
from app.core.errors import Code, WorkbenchError
from app.core.events import Sending
from app.core.messages import Media, user_message
from app.core.redaction import Redactor
from app.core.requests import ChatRequest
from app.mimo.call_recording import (
    MAX_HEAD_SIZE,
    MAX_TAIL_SIZE,
    MAX_TRY_SIZE,
    Attempt,
    CallRecorder,
    Exchange,
    ExchangeKind,
    elided,
)
from tests.mimo.wire import KEY, Line, client_of, recorded, says, serving


def exchange(body: Any = None, kind: ExchangeKind = "chat") -> Exchange:
    return Exchange(kind, "p", "m", "POST", "https://a.example", {}, body, 0, Redactor())


async def test_a_call_is_recorded_from_start_to_end() -> None:
    seen: list[float | None] = []
    recorder = CallRecorder()

    def record(one: Exchange) -> None:
        seen.append(one.ended)
        recorder.record(one)

    async with serving(says(recorded("thinking.sse"), piece=100)) as service:
        async with client_of(service, record=record) as client:
            request = ChatRequest("mimo-v2.5-pro", (user_message("Hi"),))
            async with aclosing(client.chat(request)) as events:
                assert await anext(events) == Sending()
                first = await anext(events)
                _ = [event async for event in events]
        sent = service.asked[0].body
    assert seen[0] is None and seen[1] is not None and len(seen) == 2
    one = recorder[first.call_id]  # type: ignore[union-attr]
    assert one.request.encode() == sent and one.request_bytes == len(sent)
    assert one.response_bytes == len(recorded("thinking.sse")) and one.left_out == 0
    timeline = list(one.timeline())
    assert timeline[-1].content == "[DONE]" and json.loads(timeline[1].content)["model"] == "mimo-v2.5-pro"
    assert [event.at for event in timeline] == sorted(event.at for event in timeline)
    (attempt,) = one.attempts
    assert (
        attempt.status == 200
        and attempt.sent is not None
        and attempt.answered is not None
        and attempt.ended is not None
    )
    assert 0 <= attempt.at <= attempt.sent <= attempt.answered <= attempt.ended <= seen[1]
    assert KEY not in str(one.request_headers) and "api-key" in one.request_headers


async def test_a_failed_attempt_stays_in_the_record() -> None:
    recorder = CallRecorder()

    async def refuses(line: Line) -> None:
        await line.head("503 No", "text/plain", "retry-after: 0")

    async with (
        serving(refuses, says(recorded("thinking.sse"))) as service,
        client_of(service, record=recorder.record, retries=1) as client,
        aclosing(client.chat(ChatRequest("m", (user_message("Hi"),)))) as events,
    ):
        _ = [event async for event in events]
    (one,) = recorder
    assert [(attempt.status, attempt.error) for attempt in one.attempts] == [(503, Code.OVERLOADED), (200, None)]
    assert one.error is None


async def test_the_body_of_an_error_response_is_recorded() -> None:
    recorder = CallRecorder()
    body = b'data:{"error":{"code":"400","message":"Param Incorrect","param":"n"}}'
    async with serving(says(body, "400 Bad Request")) as service, client_of(service, record=recorder.record) as client:
        with pytest.raises(WorkbenchError):
            async with aclosing(client.chat(ChatRequest("m", (user_message("Hi"),)))) as events:
                _ = [event async for event in events]
    (one,) = recorder
    assert one.response().encode() == body and one.response_bytes == len(body)
    assert [event.content for event in one.timeline()] == [body.decode().removeprefix("data:")]
    assert one.attempts[0].headers["content-type"] == "text/event-stream"


def test_long_media_are_replaced_by_length_and_digest() -> None:
    sound = "data:audio/wav;base64," + "A" * 50_000
    text, left_out = elided({"a": [{"data": sound}], "content": "B" * 50_000, "url": "https://short"})
    shown = json.loads(text)
    assert shown["a"][0]["data"].startswith("data:audio/wav;base64,<50022 characters, sha256 ")
    assert (shown["content"], shown["url"], left_out) == ("B" * 50_000, "https://short", len(sound))
    assert Media("audio/wav", sound).size == 0


def test_only_the_beginning_and_end_of_a_long_response_are_stored() -> None:
    one = exchange(kind="speech")
    for number in range(5000):
        one.received(b"data: %d %s\n\n" % (number, b"x" * 1000))
    assert one.left_out > 0 and one.memory_size <= MAX_HEAD_SIZE + MAX_TAIL_SIZE + 4096
    contents = [event.content for event in one.timeline()]
    assert contents[0].startswith("0 ") and contents[-1].startswith("4999 ")


def test_a_body_that_is_not_a_stream_is_one_event() -> None:
    one = exchange()
    one.received(b'{"a":')
    one.received(b"1}")
    assert [(event.name, event.content) for event in one.timeline()] == [("body", '{"a":1}')]
    assert list(exchange().timeline()) == []


@pytest.mark.parametrize("size", [1, 20, 300, 60_000])
def test_the_reported_memory_size_is_close_to_the_real_one(size: int) -> None:
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        one = exchange(kind="speech")
        for number in range(6_000_000 // (size + 150)):
            one.received(b"%d" % number + b"x" * size)
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert taken < 1.3 * (MAX_HEAD_SIZE + MAX_TAIL_SIZE)
    assert one.memory_size == pytest.approx(taken, rel=0.3)


def test_the_recorder_drops_the_oldest_exchanges_beyond_its_budget() -> None:
    recorder = CallRecorder(memory_budget=4000, max_count=3)
    kept = []
    for _ in range(5):
        one = exchange()
        one.received(b"x" * 900)
        recorder.record(one)
        kept.append(one.id)
    assert [one.id for one in recorder] == kept[-3:]
    big = exchange()
    big.received(b"x" * 10_000)
    recorder.record(big)
    assert [one.id for one in recorder] == [big.id]
    recorder.clear()
    assert len(recorder) == 0


def test_concurrent_exchanges_stay_within_the_budget() -> None:
    budget = 8 * 1024 * 1024
    recorder = CallRecorder(memory_budget=budget)
    running = [exchange() for _ in range(50)]
    for one in running:
        recorder.record(one)
    for _ in range(1_500):
        for one in running:
            one.received(b"y" * 1_000)
        assert sum(one.memory_size for one in running) < budget + len(running) * 256 * 1024
    for one in running:
        one.end()
        recorder.record(one)
    listed = list(recorder)
    assert 1 <= len(listed) < 50 and listed[-1] is running[-1]
    assert sum(one.memory_size for one in recorder) <= budget
    assert all(one.response_bytes == 1_500_000 for one in running), "sizes are known of all of them"
    assert running[0].released and running[0].left_out == 1_500_000 and list(running[0].timeline()) == []


def test_ten_megabytes_of_text_are_kept_whole() -> None:
    one = exchange()
    for _ in range(100):
        one.received(b"x" * 100_000)
    assert one.left_out == 0
    assert len(one.response()) == 10_000_000


def test_the_beginning_of_an_answer_that_was_refused_stays_with_its_try() -> None:
    one = exchange()
    one.attempts.append(Attempt(0.0, status=429))
    one.received(b'{"error": "busy"}' + b" " * 100_000)
    one.restart()
    assert one.attempts[0].response.startswith('{"error": "busy"}')
    assert len(one.attempts[0].response) <= MAX_TRY_SIZE
    assert one.response() == ""


async def test_a_call_that_is_left_is_stopped_and_one_that_ends_is_not() -> None:
    recorder = CallRecorder()
    request = ChatRequest("mimo-v2.5-pro", (user_message("Hi"),))
    async with (
        serving(says(recorded("thinking.sse"), piece=100)) as service,
        client_of(service, record=recorder.record) as client,
    ):
        token = request_is_edited.set(True)
        async with aclosing(client.chat(request)) as events:
            await anext(events)
            await anext(events)
        request_is_edited.reset(token)
        async with aclosing(client.chat(request)) as events:
            _ = [event async for event in events]
    left, whole = recorder
    assert (left.stopped, left.edited) == (True, True)
    assert (whole.stopped, whole.edited) == (False, False)
