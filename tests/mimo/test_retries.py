"""Retries over the wire: for which errors, how often, how long, and that they can be stopped."""

from __future__ import annotations

from contextlib import aclosing
from typing import Any

import pytest

from app.core.errors import Code, WorkbenchError
from app.core.events import AudioDelta, Finished, Sending, Waiting
from app.mimo.call_recording import CallRecorder, Exchange
from tests.mimo.recorded import DONE, ERROR, HELLO, HI, LINE, STOP, chunk, closes, error, frame, talk
from tests.mimo.wire import Answer, client_of, says, serving, then_drops

GOOD = says(HELLO + STOP + DONE)
BAD_KEY = says(error(401), "401 Unauthorized")
BUSY = says(error(503), "503 Service Unavailable")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mimo.retry._FIRST_DELAY_SECONDS", 0.01)
    monkeypatch.setattr("app.mimo.retry._FIRST_DELAY_TOO_MANY_REQUESTS_SECONDS", 0.01)


async def events_of(client: Any) -> list[Any]:
    async with aclosing(client.chat(HI)) as events:
        return [event async for event in events]


@pytest.mark.parametrize(
    "first",
    [
        closes,
        says(error(500), "500 Internal Server Error"),
        BUSY,
        says(frame(ERROR)),
        says(error(429, "Too many requests"), "429 Too Many Requests"),
        says(error(429, "Too many requests"), "429 Too Many Requests", "application/json", "retry-after: 0"),
    ],
)
async def test_retryable_errors_are_retried(first: Answer) -> None:
    async with serving(first, GOOD) as service, client_of(service, retries=2) as client:
        seen = await events_of(client)
        assert len(service.asked) == 2
        await service.gone()
    waits = [event for event in seen if isinstance(event, Waiting)]
    assert [(wait.reason, wait.attempt) for wait in waits] == [("retry", 1)]
    assert seen[-1] == Finished("stop")


async def test_retries_end_after_the_number_in_the_profile() -> None:
    async with serving(BUSY) as service:
        _, failure = await talk(service, retries=3)
        assert failure is not None and failure.code is Code.OVERLOADED and len(service.asked) == 4


async def test_speech_is_retried_but_never_after_the_first_audio() -> None:
    sound = frame(chunk(audio={"data": "AAECAw=="}))
    async with serving(BUSY, says(sound + STOP)) as service, client_of(service, retries=2) as client:
        async with aclosing(client.speak(LINE)) as events:
            assert [event async for event in events if isinstance(event, AudioDelta)] == [AudioDelta(b"\0\1\2\3")]
        assert len(service.asked) == 2
    async with serving(then_drops(sound)) as service, client_of(service, retries=2) as client:
        with pytest.raises(WorkbenchError):
            async with aclosing(client.speak(LINE)) as events:
                _ = [event async for event in events]
        assert len(service.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        *(
            says(error(status, words), f"{status} No")
            for status, words in (
                (400, ""),
                (402, ""),
                (403, ""),
                (404, ""),
                (413, ""),
                (421, ""),
                (429, "quota exhausted"),
            )
        ),
        then_drops(HELLO),
        says(HELLO + frame(ERROR)),
    ],
)
async def test_other_errors_are_not_retried(answer: Answer) -> None:
    async with serving(answer) as service:
        _, failure = await talk(service, retries=3)
        assert failure is not None and len(service.asked) == 1


async def test_a_401_is_retried_once_if_the_key_has_worked() -> None:
    async with serving(GOOD, BAD_KEY, GOOD, BAD_KEY) as service, client_of(service, retries=3) as client:
        for _ in range(2):
            assert (await events_of(client))[-1] == Finished("stop")
        with pytest.raises(WorkbenchError) as caught:
            await events_of(client)
        assert caught.value.code is Code.UNAUTHORIZED and len(service.asked) == 5


async def test_a_401_between_other_errors_is_retried_only_once() -> None:
    async with serving(GOOD, BUSY, BAD_KEY, BUSY, BAD_KEY) as service, client_of(service, retries=9) as client:
        await events_of(client)
        with pytest.raises(WorkbenchError) as caught:
            await events_of(client)
        assert caught.value.code is Code.UNAUTHORIZED and len(service.asked) == 5


async def test_every_attempt_is_recorded() -> None:
    recorder = CallRecorder()
    async with (
        serving(closes, BUSY, GOOD) as service,
        client_of(service, retries=3, record=recorder.record) as client,
    ):
        await events_of(client)
    (exchange,) = recorder
    tries = [(attempt.status, attempt.error) for attempt in exchange.attempts]
    assert tries == [(None, Code.CONNECTION_LOST), (503, Code.OVERLOADED), (200, None)]
    assert all(attempt.waited >= 0.007 for attempt in exchange.attempts[1:]), "as long as the wait was told"


async def test_a_failed_attempt_is_recorded_while_the_next_one_waits() -> None:
    seen: list[tuple[bool, list[Code | None]]] = []

    def record(exchange: Exchange) -> None:
        seen.append((exchange.ended is None, [attempt.error for attempt in exchange.attempts]))

    async with serving(BUSY, GOOD) as service, client_of(service, retries=2, record=record) as client:
        await events_of(client)
    assert seen == [(True, []), (True, [Code.OVERLOADED]), (False, [Code.OVERLOADED, None])]


async def test_a_wait_for_a_retry_can_be_stopped() -> None:
    refusing = says(b"", "503 No", "text/plain", "retry-after: 30")
    async with serving(refusing) as service, client_of(service, retries=2) as client:
        async with aclosing(client.chat(HI)) as events:
            assert await anext(events) == Sending()
            assert await anext(events) == Waiting(30.0, "retry", 1)
        await service.gone()
        assert len(service.asked) == 1
