"""The time limits of a response, tested on a virtual clock."""

from __future__ import annotations

import asyncio

import pytest

from app.core.errors import Code, TransportError
from app.core.events import Finished
from app.mimo.deadlines import MIN_UPLOAD_RATE, Deadlines, Limits
from tests.mimo.recorded import DONE, HELLO, HI, STOP, hear
from tests.mimo.virtual_time import in_no_time
from tests.mimo.wire import says, serving


async def wait_forever(deadlines: Deadlines) -> tuple[Code, float]:
    """Wait for a service that never answers; return the code and the time at which the wait ends."""
    with pytest.raises(TransportError) as failure:
        await deadlines.wait(asyncio.Event().wait())
    return failure.value.code, asyncio.get_running_loop().time()


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(90.0, 30.0), Code.FIRST_BYTE_TIMEOUT), (Limits(None, None, 90.0), Code.TOTAL_TIMEOUT)],
)
def test_a_long_upload_does_not_count_against_the_limits_for_the_response(limits: Limits, code: Code) -> None:
    async def upload() -> tuple[Code, float]:
        deadlines = Deadlines(limits, "host", upload=50_000_000)
        await deadlines.wait(asyncio.sleep(600.0))
        deadlines.sent()
        return await wait_forever(deadlines)

    assert in_no_time(upload()) == (code, 690.0)


def test_a_stuck_upload_times_out() -> None:
    async def stuck() -> tuple[Code, float]:
        return await wait_forever(Deadlines(Limits(90.0, 30.0), "host", upload=MIN_UPLOAD_RATE * 10))

    assert in_no_time(stuck()) == (Code.FIRST_BYTE_TIMEOUT, 100.0)


def test_every_event_restarts_the_idle_limit() -> None:
    async def pauses() -> tuple[Code, float]:
        deadlines = Deadlines(Limits(90.0, 30.0), "host")
        for _ in range(3):
            await deadlines.wait(asyncio.sleep(29.0))
            deadlines.reset_idle()
        return await wait_forever(deadlines)

    assert in_no_time(pauses()) == (Code.IDLE_TIMEOUT, 117.0)


async def test_the_limits_of_a_call_start_when_its_request_has_been_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    uploads: list[int] = []
    sent: list[Deadlines] = []
    prepare = Deadlines.__init__

    def prepared(self: Deadlines, limits: Limits, host: str, upload: int = 0) -> None:
        uploads.append(upload)
        prepare(self, limits, host, upload)

    monkeypatch.setattr(Deadlines, "__init__", prepared)
    monkeypatch.setattr(Deadlines, "sent", lambda deadlines: sent.append(deadlines))
    async with serving(says(HELLO + STOP + DONE)) as service:
        heard = await hear(service, lambda client: client.chat(HI))
        assert uploads == [len(service.asked[0].body)]
    assert heard.events[-1] == Finished("stop") and len(sent) == 1
