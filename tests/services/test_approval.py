"""A call waits for a person; allowing a tool for good releases its other calls."""

import asyncio

import pytest

from app.core.errors import Code, StorageError
from app.core.messages import ToolCallRef
from app.services.chat.approval import Approvals, Verdict


def place(call_id: str) -> ToolCallRef:
    return ToolCallRef("message", 0, call_id)


async def waiting(approvals: Approvals, *calls: tuple[str, str]) -> list[asyncio.Task[Verdict]]:
    tasks = [asyncio.create_task(approvals.verdict(place(call_id), name)) for call_id, name in calls]
    await asyncio.sleep(0)
    return tasks


async def test_allow_and_deny() -> None:
    approvals = Approvals()
    first, second = await waiting(approvals, ("1", "clock"), ("2", "clock"))
    approvals.decide(place("1"), "allow")
    approvals.decide(place("2"), "deny")
    assert await first == Verdict(True)
    assert await second == Verdict(False)
    assert approvals.needed("clock")


async def test_always_releases_the_same_tool_and_is_told() -> None:
    approvals = Approvals()
    told: list[str] = []
    approvals.on_always = told.append
    first, second, other = await waiting(approvals, ("1", "clock"), ("2", "clock"), ("3", "calculate"))
    approvals.decide(place("1"), "always")
    assert (await first, await second) == (Verdict(True), Verdict(True))
    assert not other.done()
    assert told == ["clock"]
    assert not approvals.needed("clock")
    other.cancel()


async def test_a_person_answers_instead() -> None:
    approvals = Approvals()
    (call,) = await waiting(approvals, ("1", "clock"))
    approvals.answer(place("1"), "noon")
    assert await call == Verdict(True, "noon")


async def test_a_second_click_and_a_gone_call_mean_nothing() -> None:
    approvals = Approvals()
    (call,) = await waiting(approvals, ("1", "clock"))
    approvals.decide(place("1"), "deny")
    approvals.decide(place("1"), "allow")
    assert await call == Verdict(False)
    approvals.decide(place("1"), "allow")
    approvals.answer(place("1"), "late")


async def test_cancelling_forgets_the_call() -> None:
    approvals = Approvals()
    (call,) = await waiting(approvals, ("1", "clock"))
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    approvals.decide(place("1"), "always")
    assert approvals.needed("clock")


def test_nothing_waits_when_asking_is_off() -> None:
    assert not Approvals(ask=False).needed("clock")
    assert not Approvals(always=["clock"]).needed("clock")


async def test_the_decision_holds_although_remembering_it_fails() -> None:
    approvals = Approvals()

    def refuse(name: str) -> None:
        raise StorageError(Code.DISK_FULL)

    approvals.on_always = refuse
    first, second = await waiting(approvals, ("1", "clock"), ("2", "clock"))
    with pytest.raises(StorageError):
        approvals.decide(place("1"), "always")
    assert (await first, await second) == (Verdict(True), Verdict(True))
