"""The request limit, in windows of a fraction of a second."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from app.core.events import Waiting
from app.mimo.pace import Lane, Pace, Schedule, Slot

WINDOW = 0.2


async def through(schedule: Schedule, lane: Lane, order: list[str], name: str) -> list[Waiting]:
    slot = schedule.slot(lane)
    async with aclosing(slot.wait()) as waits:
        seen = [waiting async for waiting in waits]
    slot.sent()
    order.append(name)
    return seen


def pace() -> Pace:
    return Pace(WINDOW, 0.0)


async def test_any_window_holds_at_most_the_limit_and_is_filled() -> None:
    schedule = Schedule(5, WINDOW, 0.0)
    loop = asyncio.get_running_loop()
    times: list[float] = []

    async def one() -> None:
        await through(schedule, "batch", [], "")
        times.append(loop.time())

    start = loop.time()
    await asyncio.gather(*(one() for _ in range(15)))
    times.sort()
    assert all(times[place + 5] - times[place] >= WINDOW * 0.95 for place in range(10))
    assert times[-1] - start < 2 * WINDOW + 0.15


async def test_lanes_take_turns() -> None:
    schedule = Schedule(1, 0.03, 0.0)
    order: list[str] = []
    await through(schedule, "batch", order, "first")
    batch = [asyncio.ensure_future(through(schedule, "batch", order, f"b{number}")) for number in range(3)]
    await asyncio.sleep(0)
    chat = asyncio.ensure_future(through(schedule, "chat", order, "chat"))
    await asyncio.gather(*batch, chat)
    assert order.index("chat") <= 2


async def test_the_wait_tells_place_and_time() -> None:
    schedule = Schedule(1, WINDOW, 0.0)
    order: list[str] = []
    assert await through(schedule, "chat", order, "a") == []
    second, third = await asyncio.gather(*(through(schedule, "chat", order, name) for name in "bc"))
    assert (second[0].reason, second[0].position, third[0].position) == ("rate", 1, 2)
    assert 0 < second[0].seconds <= WINDOW < third[0].seconds <= 2 * WINDOW
    assert order == ["a", "b", "c"]


async def test_a_place_that_was_not_used_is_free_again() -> None:
    schedule = Schedule(1, 60.0, 0.0)
    unused = schedule.slot("chat")
    assert schedule.take_now(unused)
    waiting = asyncio.ensure_future(through(schedule, "chat", [], "next"))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    unused.give_back()
    async with asyncio.timeout(1):
        await waiting


async def test_who_gives_up_waiting_leaves_the_queue() -> None:
    schedule = Schedule(1, WINDOW, 0.0)
    order: list[str] = []
    await through(schedule, "chat", order, "a")
    slot: Slot = schedule.slot("chat")
    async with aclosing(slot.wait()) as waits:
        async for _ in waits:
            break
    async with asyncio.timeout(2 * WINDOW):
        await through(schedule, "chat", order, "b")
    assert order == ["a", "b"]


async def test_too_many_holds_everybody() -> None:
    schedule = Schedule(10, WINDOW, 0.0)
    schedule.hold(0.1)
    start = asyncio.get_running_loop().time()
    await through(schedule, "chat", [], "a")
    assert asyncio.get_running_loop().time() - start >= 0.095


async def test_batch_leaves_room_while_chat_is_in_use() -> None:
    schedule = Schedule(20, 60.0, 0.0)
    await through(schedule, "chat", [], "chat")
    taken = [schedule.take_now(schedule.slot("batch")) for _ in range(20)]
    assert taken.count(True) == 18
    assert schedule.take_now(schedule.slot("chat"))


async def test_models_and_profiles_are_limited_apart_and_some_not_at_all() -> None:
    shared = pace()
    first = shared.schedule("p", "a", 1)
    assert first is not None and first is shared.schedule("p", "a", 1)
    assert shared.schedule("p", "b", 1) is not first and shared.schedule("q", "a", 1) is not first
    assert shared.schedule("p", "a", 0) is None
    await through(first, "chat", [], "x")
    assert (shared.used("p", "a"), shared.used("p", "b"), shared.used("z", "z")) == (1, 0, 0)
