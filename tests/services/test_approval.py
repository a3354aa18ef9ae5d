"""A call waits for a person; allowing a tool for good releases its other calls."""

import asyncio

from app.services.chat.approval import Approvals, Verdict


async def waiting(approvals: Approvals, *calls: tuple[str, str]) -> list[asyncio.Task[Verdict]]:
    tasks = [asyncio.create_task(approvals.verdict(call_id, name)) for call_id, name in calls]
    await asyncio.sleep(0)
    return tasks


async def test_allow_and_deny() -> None:
    approvals = Approvals()
    first, second = await waiting(approvals, ("1", "clock"), ("2", "clock"))
    approvals.decide("1", "allow")
    approvals.decide("2", "deny")
    assert await first == Verdict(True)
    assert await second == Verdict(False)
    assert approvals.needed("clock")


async def test_always_releases_the_same_tool_and_is_told() -> None:
    approvals = Approvals()
    told: list[str] = []
    approvals.on_always = told.append
    first, second, other = await waiting(approvals, ("1", "clock"), ("2", "clock"), ("3", "calculate"))
    approvals.decide("1", "always")
    assert (await first, await second) == (Verdict(True), Verdict(True))
    assert not other.done()
    assert told == ["clock"]
    assert not approvals.needed("clock")
    other.cancel()


async def test_a_person_answers_instead() -> None:
    approvals = Approvals()
    (call,) = await waiting(approvals, ("1", "clock"))
    approvals.answer("1", "noon")
    assert await call == Verdict(True, "noon")


async def test_a_second_click_and_a_gone_call_mean_nothing() -> None:
    approvals = Approvals()
    (call,) = await waiting(approvals, ("1", "clock"))
    approvals.decide("1", "deny")
    approvals.decide("1", "allow")
    assert await call == Verdict(False)
    approvals.decide("1", "allow")
    approvals.answer("1", "late")


async def test_cancelling_forgets_the_call() -> None:
    approvals = Approvals()
    (call,) = await waiting(approvals, ("1", "clock"))
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    approvals.decide("1", "always")
    assert approvals.needed("clock")


def test_nothing_waits_when_asking_is_off() -> None:
    assert not Approvals(ask=False).needed("clock")
    assert not Approvals(always=["clock"]).needed("clock")
