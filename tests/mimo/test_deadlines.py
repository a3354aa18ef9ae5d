"""How long a wait for the service lasts, on a clock of its own."""

from __future__ import annotations

import asyncio

import pytest

from app.core.errors import Code, TransportError
from app.core.events import Finished
from app.mimo.transport import SLOWEST_UPLOAD, Deadlines, Limits
from tests.mimo.recorded import DONE, HELLO, HI, STOP, hear
from tests.mimo.virtual_time import in_no_time
from tests.mimo.wire import says, serving


async def ended(deadlines: Deadlines) -> tuple[Code, float]:
    """How a wait that the service never ends is ended, and when."""
    with pytest.raises(TransportError) as failure:
        await deadlines.wait(asyncio.Event().wait())
    return failure.value.code, asyncio.get_running_loop().time()


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(90.0, 30.0), Code.FIRST_BYTE_TIMEOUT), (Limits(None, None, 90.0), Code.TOTAL_TIMEOUT)],
)
def test_a_film_may_take_minutes_to_leave_and_the_answer_is_waited_for_after_that(limits: Limits, code: Code) -> None:
    async def upload() -> tuple[Code, float]:
        deadlines = Deadlines(limits, "host", upload=50_000_000)
        await deadlines.wait(asyncio.sleep(600.0))
        deadlines.sent()
        return await ended(deadlines)

    assert in_no_time(upload()) == (code, 690.0)


def test_a_request_that_never_leaves_is_given_up() -> None:
    async def stuck() -> tuple[Code, float]:
        return await ended(Deadlines(Limits(90.0, 30.0), "host", upload=SLOWEST_UPLOAD * 10))

    assert in_no_time(stuck()) == (Code.FIRST_BYTE_TIMEOUT, 100.0)


def test_after_the_first_event_the_wait_is_for_the_next() -> None:
    async def pauses() -> tuple[Code, float]:
        deadlines = Deadlines(Limits(90.0, 30.0), "host")
        for _ in range(3):
            await deadlines.wait(asyncio.sleep(29.0))
            deadlines.heard()
        return await ended(deadlines)

    assert in_no_time(pauses()) == (Code.IDLE_TIMEOUT, 117.0)


async def test_the_limits_of_a_call_count_from_when_its_request_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    uploads: list[int] = []
    left: list[Deadlines] = []
    prepare = Deadlines.__init__

    def prepared(self: Deadlines, limits: Limits, host: str, upload: int = 0) -> None:
        uploads.append(upload)
        prepare(self, limits, host, upload)

    monkeypatch.setattr(Deadlines, "__init__", prepared)
    monkeypatch.setattr(Deadlines, "sent", lambda deadlines: left.append(deadlines))
    async with serving(says(HELLO + STOP + DONE)) as service:
        heard = await hear(service, lambda client: client.chat(HI))
        assert uploads == [len(service.asked[0].body)]
    assert heard.events[-1] == Finished("stop") and len(left) == 1
