"""The limits of a minute, on a clock that jumps: the minutes are real ones, the tests are not slow."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from app.core.events import Waiting
from app.mimo.rate_limiter import MARGIN, WINDOW, Lane, ModelLimit, Permit, RateLimiter
from tests.mimo.virtual_time import in_no_time

SPAN = WINDOW + MARGIN


def clock() -> float:
    return asyncio.get_running_loop().time()


async def through(schedule: ModelLimit, lane: Lane, order: list[str], name: str, tokens: int = 0) -> list[Waiting]:
    """Waits for leave and sends at once; what was told meanwhile."""
    slot = schedule.slot(lane, tokens)
    async with aclosing(slot.wait()) as waits:
        seen = [waiting async for waiting in waits]
    slot.sent()
    order.append(name)
    return seen


async def sent_at(schedule: ModelLimit, count: int, *, tokens: int = 0, lane: Lane = "batch") -> list[float]:
    """The moments at which so many requests leave that are all ready at second 0."""

    async def one() -> float:
        await through(schedule, lane, [], "", tokens)
        return clock()

    return sorted(await asyncio.gather(*(one() for _ in range(count))))


def test_every_minute_is_filled_and_none_holds_more() -> None:
    times = in_no_time(sent_at(ModelLimit(100), 250))
    assert times[:100] == [0.0] * 100
    assert times[100:200] == pytest.approx([SPAN] * 100)
    assert times[200:] == pytest.approx([2 * SPAN] * 50)


def test_requests_that_come_one_by_one_keep_to_a_sliding_minute() -> None:
    async def work() -> list[float]:
        schedule, times = ModelLimit(10), []
        for _ in range(35):
            await through(schedule, "chat", [], "")
            times.append(clock())
            await asyncio.sleep(2.0)
        return times

    times = in_no_time(work())
    assert all(later - earlier >= WINDOW for earlier, later in zip(times, times[10:], strict=False))
    assert times[-1] < 4 * SPAN


def test_tokens_are_a_limit_too() -> None:
    times = in_no_time(sent_at(ModelLimit(100, tokens=10_000), 9, tokens=2_500))
    assert times == pytest.approx([0.0] * 4 + [SPAN] * 4 + [2 * SPAN])


def test_a_request_larger_than_the_whole_limit_goes_alone() -> None:
    async def work() -> list[tuple[str, float]]:
        schedule, left = ModelLimit(100, tokens=1_000), []

        async def one(name: str, tokens: int) -> None:
            await through(schedule, "chat", [], name, tokens)
            left.append((name, clock()))

        await asyncio.gather(one("small", 10), one("huge", 5_000), one("next", 10))
        return left

    assert in_no_time(work()) == [("small", 0.0), ("huge", SPAN), ("next", pytest.approx(2 * SPAN))]


def test_smaller_requests_do_not_slip_past_a_large_one() -> None:
    async def work() -> list[str]:
        schedule, order = ModelLimit(100, tokens=1_000), list[str]()
        await through(schedule, "batch", order, "first", 900)
        late = [asyncio.ensure_future(through(schedule, "chat", order, "large", 500))]
        await asyncio.sleep(1)
        late += [asyncio.ensure_future(through(schedule, "batch", order, f"small {n}", 50)) for n in range(3)]
        await asyncio.gather(*late)
        return order

    assert in_no_time(work()) == ["first", "large", "small 0", "small 1", "small 2"]


def test_what_the_service_counted_takes_the_place_of_the_estimate() -> None:
    async def work() -> tuple[float, float]:
        schedule = ModelLimit(100, tokens=1_000)
        slot = schedule.slot("chat", 1_000)
        assert schedule.take_now(slot)
        slot.sent()
        waiting = asyncio.ensure_future(through(schedule, "chat", [], "", 600))
        await asyncio.sleep(5)
        slot.used(300)
        await waiting
        cheaper = clock()
        await through(schedule, "chat", [], "", 600)
        return cheaper, clock()

    assert in_no_time(work()) == pytest.approx((5.0, 5.0 + SPAN))


def test_lanes_take_turns() -> None:
    async def work() -> list[str]:
        schedule, order = ModelLimit(1), list[str]()
        await through(schedule, "batch", order, "first")
        batch = [asyncio.ensure_future(through(schedule, "batch", order, f"b{number}")) for number in range(3)]
        await asyncio.sleep(0)
        chat = asyncio.ensure_future(through(schedule, "chat", order, "chat"))
        await asyncio.gather(*batch, chat)
        return order

    assert in_no_time(work()).index("chat") <= 2


def test_the_wait_tells_place_and_time_in_both_lanes() -> None:
    async def work() -> list[Waiting]:
        schedule = ModelLimit(2)
        assert await through(schedule, "chat", [], "") == [] == await through(schedule, "batch", [], "")
        await asyncio.sleep(20)
        lanes: list[Lane] = ["batch", "batch", "batch", "chat", "chat"]
        told = await asyncio.gather(*(through(schedule, lane, [], "") for lane in lanes))
        return [seen[1] for seen in told]  # a second later, when all of them stand in the queue

    told = in_no_time(work())
    assert {waiting.reason for waiting in told} == {"rate"}
    places = [waiting.position for waiting in told]
    assert sorted(places) == [1, 2, 3, 4, 5] and places[3] <= 2 and places[4] <= 4
    by_place = sorted((waiting.position, waiting.seconds) for waiting in told)
    assert [seconds for _, seconds in by_place] == pytest.approx(
        [SPAN - 21, SPAN - 21, 2 * SPAN - 21, 2 * SPAN - 21, 3 * SPAN - 21]
    )


def test_the_time_that_is_told_comes_true_also_for_tokens() -> None:
    async def work() -> None:
        schedule = ModelLimit(100, tokens=1_000)
        await through(schedule, "chat", [], "", 800)
        await asyncio.sleep(10)
        await through(schedule, "chat", [], "", 100)

        async def one(tokens: int) -> None:
            start = clock()
            seen = await through(schedule, "chat", [], "", tokens)
            assert clock() - start == pytest.approx(seen[0].seconds, abs=0.01)

        await asyncio.gather(one(700), one(900))

    in_no_time(work())


def test_a_place_that_was_not_used_is_free_again() -> None:
    async def work() -> float:
        schedule = ModelLimit(1)
        unused = schedule.slot("chat")
        assert schedule.take_now(unused)
        waiting = asyncio.ensure_future(through(schedule, "chat", [], "next"))
        await asyncio.sleep(3)
        assert not waiting.done()
        unused.give_back()
        await waiting
        return clock()

    assert in_no_time(work()) == 3.0


def test_who_gives_up_waiting_leaves_the_queue() -> None:
    async def work() -> tuple[list[Waiting], float]:
        schedule = ModelLimit(1)
        await through(schedule, "chat", [], "a")
        slot: Permit = schedule.slot("chat")
        async with aclosing(slot.wait()) as waits:
            async for _ in waits:
                break
        seen = await through(schedule, "chat", [], "b")
        return seen, clock()

    seen, left = in_no_time(work())
    assert seen[0].position == 1 and left == SPAN


def test_too_many_holds_everybody_and_says_how_long() -> None:
    async def work() -> tuple[Waiting, float]:
        schedule = ModelLimit(10)
        schedule.hold(30)
        seen = await through(schedule, "chat", [], "a")
        return seen[0], clock()

    waiting, left = in_no_time(work())
    assert waiting == Waiting(30.0, "rate", position=1) and left == 30.0


def test_batch_leaves_room_while_chat_is_in_use_and_only_then() -> None:
    async def work() -> tuple[int, bool, int]:
        schedule = ModelLimit(20)
        await through(schedule, "chat", [], "chat")
        taken = [schedule.take_now(schedule.slot("batch")) for _ in range(20)]
        chat = schedule.take_now(schedule.slot("chat"))
        await asyncio.sleep(200)
        quiet = ModelLimit(20)
        return taken.count(True), chat, [quiet.take_now(quiet.slot("batch")) for _ in range(30)].count(True)

    assert in_no_time(work()) == (18, True, 20)


async def test_models_and_profiles_are_limited_apart_and_some_not_at_all() -> None:
    shared = RateLimiter()
    first = shared.schedule("p", "a", 1, 500)
    assert first is not None and first is shared.schedule("p", "a", 1, 500) and first.tokens == 500
    assert shared.schedule("p", "b", 1) is not first and shared.schedule("q", "a", 1) is not first
    assert shared.schedule("p", "a", 0) is None
    await through(first, "chat", [], "x")
    assert (shared.used("p", "a"), shared.used("p", "b"), shared.used("z", "z")) == (1, 0, 0)


def test_many_who_wait_are_reckoned_together(monkeypatch: pytest.MonkeyPatch) -> None:
    reckoned: list[float] = []
    reckon = ModelLimit._reckon

    def counted(schedule: ModelLimit, now: float) -> Iterator[tuple[Permit, float]]:
        reckoned.append(now)
        return reckon(schedule, now)

    monkeypatch.setattr(ModelLimit, "_reckon", counted)
    in_no_time(sent_at(ModelLimit(10), 120))
    per_second = Counter(int(moment) for moment in reckoned)
    assert max(per_second.values()) <= 10 + 3, "once for all, and again as ten of them leave"


def test_a_higher_limit_lets_those_go_who_wait() -> None:
    async def work() -> float:
        shared = RateLimiter()
        schedule = shared.schedule("p", "m", 1)
        assert schedule is not None
        waiting = asyncio.ensure_future(sent_at(schedule, 3))
        await asyncio.sleep(5)
        assert shared.schedule("p", "m", 100) is schedule
        return (await waiting)[-1]

    assert in_no_time(work()) == pytest.approx(5.0)


def test_batch_is_told_the_time_at_which_chat_leaves_it_room() -> None:
    async def work() -> tuple[float, float]:
        schedule = ModelLimit(20)
        await through(schedule, "chat", [], "")
        await asyncio.sleep(SPAN)
        assert [schedule.take_now(schedule.slot("batch")) for _ in range(19)] == [True] * 19
        start = clock()
        seen = await through(schedule, "batch", [], "")
        return seen[0].seconds, clock() - start

    told, waited = in_no_time(work())
    assert told == pytest.approx(waited, abs=0.01)
    assert waited == pytest.approx(120.0 - SPAN, abs=0.01)
