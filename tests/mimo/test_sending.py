"""The moment before a request leaves, and what is known of one whose answer was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest

from app.core.errors import Code, WorkbenchError
from app.core.events import Finished, Sending, Waiting
from app.core.profiles import Timeouts
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter
from tests.mimo.recorded import DONE, ERROR, HELLO, HI, LINE, STOP, chunk, closes, error, frame
from tests.mimo.wire import KEY, Answer, client_of, profile, says, serving, then_drops, then_stalls

SOUND = frame(chunk(audio={"data": "AAECAw=="}))
GOOD = says(SOUND + STOP + DONE)
BUSY = says(error(503), "503 Service Unavailable")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mimo.retry._FIRST_DELAY_SECONDS", 0.01)
    monkeypatch.setattr("app.mimo.retry._FIRST_DELAY_TOO_MANY_REQUESTS_SECONDS", 0.01)


async def spoken(client: MimoClient, **options: Any) -> tuple[list[Any], WorkbenchError | None]:
    """The events of a take and the error that ended it."""
    found: list[Any] = []
    try:
        async with aclosing(client.speak(LINE, **options)) as events:
            async for event in events:
                found.append(event)
    except WorkbenchError as failure:
        return found, failure
    return found, None


async def test_sending_comes_before_every_attempt() -> None:
    async with serving(BUSY, closes, GOOD) as service, client_of(service, retries=3) as client:
        found, failure = await spoken(client)
    assert failure is None and found[-1] == Finished("stop")
    first = [type(event) for event in found[:5]]
    assert first == [Sending, Waiting, Sending, Waiting, Sending] and found.count(Sending()) == 3


@pytest.mark.parametrize("call", [lambda client: client.chat(HI), lambda client: client.speak(LINE)])
async def test_nothing_leaves_before_the_consumer_asks_for_more(call: Callable[[MimoClient], Any]) -> None:
    async with serving(GOOD) as service, client_of(service) as client, aclosing(call(client)) as events:
        assert await anext(events) == Sending()
        await asyncio.sleep(0.05)  # a database writes that the request is sent
        assert service.accepted == 0 and not service.asked
        await anext(events)
        assert len(service.asked) == 1


async def test_a_call_that_is_closed_before_it_leaves_gives_its_permit_back() -> None:
    limiter = RateLimiter()
    async with serving(GOOD) as service:
        client = MimoClient(profile(service.url, requests_per_minute=1), KEY, rate_limiter=limiter)
        for _ in range(2):
            async with aclosing(client.speak(LINE)) as events:
                assert await anext(events) == Sending(), "the only request of the minute is still free"
        assert not service.asked
        limit = limiter.limit_for("test", LINE.model, 1)
        assert limit is not None and not limit._running and not limit._held
        _, failure = await spoken(client)
        assert failure is None and len(service.asked) == 1
        await client.aclose()


STALLS = Timeouts(connect=20.0, first_byte=0.1, idle=0.1, speech=0.1)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (closes, Code.CONNECTION_LOST),
        (then_drops(b""), Code.CONNECTION_LOST),
        (then_drops(SOUND), Code.CONNECTION_LOST),
        (says(SOUND + frame(ERROR)), Code.SERVER_ERROR),
        (says(SOUND), Code.CUT_SHORT),
        (then_stalls(b""), Code.FIRST_BYTE_TIMEOUT),
        (then_stalls(SOUND), Code.IDLE_TIMEOUT),
    ],
)
async def test_a_lost_answer_is_marked_and_not_ordered_again(answer: Answer, code: Code) -> None:
    async with serving(answer, GOOD) as service, client_of(service, retries=3, timeouts=STALLS) as client:
        _, failure = await spoken(client, resend_lost=False)
        assert failure is not None and failure.code is code and failure.params["sent"] is True
        assert len(service.asked) == 1


@pytest.mark.parametrize(
    "first",
    [BUSY, says(error(429, "Too many requests"), "429 No"), says(error(500), "500 No"), says(frame(ERROR))],
)
async def test_a_refusal_is_an_answer_and_repeated_as_ever(first: Answer) -> None:
    async with serving(first, GOOD) as service, client_of(service, retries=3) as client:
        found, failure = await spoken(client, resend_lost=False)
        assert failure is None and found[-1] == Finished("stop") and len(service.asked) == 2
    async with serving(first) as service, client_of(service, retries=1) as client:
        _, failure = await spoken(client, resend_lost=False)
        assert failure is not None and "sent" not in failure.params and len(service.asked) == 2


async def test_a_request_that_never_left_is_repeated_and_not_marked() -> None:
    async with serving(GOOD) as service:
        url = service.url
    client = MimoClient(profile(url, retries=1), KEY)
    found, failure = await spoken(client, resend_lost=False)
    assert [type(event) for event in found] == [Sending, Waiting, Sending]
    assert failure is not None and failure.code is Code.UNREACHABLE and "sent" not in failure.params
    await client.aclose()


async def test_a_lost_answer_is_remembered_when_the_repetition_fails_otherwise() -> None:
    async with serving(closes, says(error(400), "400 No")) as service, client_of(service, retries=3) as client:
        _, failure = await spoken(client)
        assert failure is not None and failure.code is Code.BAD_REQUEST and failure.params["sent"] is True


async def test_chat_repeats_a_lost_answer_as_ever() -> None:
    async with serving(closes, says(HELLO + STOP + DONE)) as service, client_of(service, retries=1) as client:
        async with aclosing(client.chat(HI)) as events:
            assert [event async for event in events][-1] == Finished("stop")
        assert len(service.asked) == 2
