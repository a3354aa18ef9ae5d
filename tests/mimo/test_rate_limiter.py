"""The limits per minute, tested on a virtual clock: full minutes without slow tests."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from app.core.events import Waiting
from app.mimo.rate_limiter import MARGIN_SECONDS, WINDOW_SECONDS, ModelLimit, Permit, Priority, RateLimiter
from tests.mimo.virtual_time import in_no_time

WINDOW = WINDOW_SECONDS + MARGIN_SECONDS


def clock() -> float:
    return asyncio.get_running_loop().time()


async def send_when_granted(
    limit: ModelLimit, priority: Priority, order: list[str], name: str, tokens: int = 0
) -> list[Waiting]:
    """Wait for a permit and send at once; return the reports while waiting."""
    permit = limit.permit(priority, tokens)
    async with aclosing(permit.wait()) as waits:
        reports = [waiting async for waiting in waits]
    permit.sent()
    order.append(name)
    return reports


async def send_times(limit: ModelLimit, count: int, *, tokens: int = 0, priority: Priority = "batch") -> list[float]:
    """The times at which `count` requests are sent that are all ready at second 0."""

    async def send() -> float:
        await send_when_granted(limit, priority, [], "", tokens)
        return clock()

    return sorted(await asyncio.gather(*(send() for _ in range(count))))


def test_every_minute_is_filled_but_not_exceeded() -> None:
    times = in_no_time(send_times(ModelLimit(100), 250))
    assert times[:100] == [0.0] * 100
    assert times[100:200] == pytest.approx([WINDOW] * 100)
    assert times[200:] == pytest.approx([2 * WINDOW] * 50)


def test_single_requests_respect_a_sliding_window() -> None:
    async def work() -> list[float]:
        limit, times = ModelLimit(10), []
        for _ in range(35):
            await send_when_granted(limit, "chat", [], "")
            times.append(clock())
            await asyncio.sleep(2.0)
        return times

    times = in_no_time(work())
    assert all(later - earlier >= WINDOW_SECONDS for earlier, later in zip(times, times[10:], strict=False))
    assert times[-1] < 4 * WINDOW


def test_tokens_are_limited_as_well() -> None:
    times = in_no_time(send_times(ModelLimit(100, tokens=10_000), 9, tokens=2_500))
    assert times == pytest.approx([0.0] * 4 + [WINDOW] * 4 + [2 * WINDOW])


def test_a_request_larger_than_the_whole_limit_is_sent_alone() -> None:
    async def work() -> list[tuple[str, float]]:
        limit, left = ModelLimit(100, tokens=1_000), []

        async def send(name: str, tokens: int) -> None:
            await send_when_granted(limit, "chat", [], name, tokens)
            left.append((name, clock()))

        await asyncio.gather(send("small", 10), send("huge", 5_000), send("next", 10))
        return left

    assert in_no_time(work()) == [("small", 0.0), ("huge", WINDOW), ("next", pytest.approx(2 * WINDOW))]


def test_smaller_requests_do_not_overtake_a_large_one() -> None:
    async def work() -> list[str]:
        limit, order = ModelLimit(100, tokens=1_000), list[str]()
        await send_when_granted(limit, "batch", order, "first", 900)
        late = [asyncio.ensure_future(send_when_granted(limit, "chat", order, "large", 500))]
        await asyncio.sleep(1)
        late += [asyncio.ensure_future(send_when_granted(limit, "batch", order, f"small {n}", 50)) for n in range(3)]
        await asyncio.gather(*late)
        return order

    assert in_no_time(work()) == ["first", "large", "small 0", "small 1", "small 2"]


def test_the_reported_tokens_replace_the_estimate() -> None:
    async def work() -> tuple[float, float]:
        limit = ModelLimit(100, tokens=1_000)
        permit = limit.permit("chat", 1_000)
        assert limit.try_acquire(permit)
        permit.sent()
        waiting = asyncio.ensure_future(send_when_granted(limit, "chat", [], "", 600))
        await asyncio.sleep(5)
        permit.used(300)
        await waiting
        cheaper = clock()
        await send_when_granted(limit, "chat", [], "", 600)
        return cheaper, clock()

    assert in_no_time(work()) == pytest.approx((5.0, 5.0 + WINDOW))


def test_priorities_take_turns() -> None:
    async def work() -> list[str]:
        limit, order = ModelLimit(1), list[str]()
        await send_when_granted(limit, "batch", order, "first")
        batch = [asyncio.ensure_future(send_when_granted(limit, "batch", order, f"b{number}")) for number in range(3)]
        await asyncio.sleep(0)
        chat = asyncio.ensure_future(send_when_granted(limit, "chat", order, "chat"))
        await asyncio.gather(*batch, chat)
        return order

    assert in_no_time(work()).index("chat") <= 2


def test_a_waiting_request_reports_position_and_time_for_both_priorities() -> None:
    async def work() -> list[Waiting]:
        limit = ModelLimit(2)
        assert await send_when_granted(limit, "chat", [], "") == [] == await send_when_granted(limit, "batch", [], "")
        await asyncio.sleep(20)
        priorities: list[Priority] = ["batch", "batch", "batch", "chat", "chat"]
        reports = await asyncio.gather(*(send_when_granted(limit, priority, [], "") for priority in priorities))
        return [seen[1] for seen in reports]  # a second later, when all of them are queued

    reports = in_no_time(work())
    assert {waiting.reason for waiting in reports} == {"rate"}
    positions = [waiting.position for waiting in reports]
    assert sorted(positions) == [1, 2, 3, 4, 5] and positions[3] <= 2 and positions[4] <= 4
    by_position = sorted((waiting.position, waiting.seconds) for waiting in reports)
    assert [seconds for _, seconds in by_position] == pytest.approx(
        [WINDOW - 21, WINDOW - 21, 2 * WINDOW - 21, 2 * WINDOW - 21, 3 * WINDOW - 21]
    )


def test_the_reported_wait_is_correct_for_tokens_as_well() -> None:
    async def work() -> None:
        limit = ModelLimit(100, tokens=1_000)
        await send_when_granted(limit, "chat", [], "", 800)
        await asyncio.sleep(10)
        await send_when_granted(limit, "chat", [], "", 100)

        async def send(tokens: int) -> None:
            start = clock()
            seen = await send_when_granted(limit, "chat", [], "", tokens)
            assert clock() - start == pytest.approx(seen[0].seconds, abs=0.01)

        await asyncio.gather(send(700), send(900))

    in_no_time(work())


def test_a_released_permit_is_granted_to_the_next() -> None:
    async def work() -> float:
        limit = ModelLimit(1)
        unused = limit.permit("chat")
        assert limit.try_acquire(unused)
        waiting = asyncio.ensure_future(send_when_granted(limit, "chat", [], "next"))
        await asyncio.sleep(3)
        assert not waiting.done()
        unused.release()
        await waiting
        return clock()

    assert in_no_time(work()) == 3.0


def test_a_cancelled_wait_leaves_the_queue() -> None:
    async def work() -> tuple[list[Waiting], float]:
        limit = ModelLimit(1)
        await send_when_granted(limit, "chat", [], "a")
        permit: Permit = limit.permit("chat")
        async with aclosing(permit.wait()) as waits:
            async for _ in waits:
                break
        seen = await send_when_granted(limit, "chat", [], "b")
        return seen, clock()

    seen, left = in_no_time(work())
    assert seen[0].position == 1 and left == WINDOW


def test_a_pause_applies_to_all_and_reports_its_length() -> None:
    async def work() -> tuple[Waiting, float]:
        limit = ModelLimit(10)
        limit.pause_for(30)
        seen = await send_when_granted(limit, "chat", [], "a")
        return seen[0], clock()

    waiting, left = in_no_time(work())
    assert waiting == Waiting(30.0, "rate", position=1) and left == 30.0


def test_batch_leaves_room_only_while_chat_is_in_use() -> None:
    async def work() -> tuple[int, bool, int]:
        limit = ModelLimit(20)
        await send_when_granted(limit, "chat", [], "chat")
        taken = [limit.try_acquire(limit.permit("batch")) for _ in range(20)]
        chat = limit.try_acquire(limit.permit("chat"))
        await asyncio.sleep(200)
        quiet = ModelLimit(20)
        return taken.count(True), chat, [quiet.try_acquire(quiet.permit("batch")) for _ in range(30)].count(True)

    assert in_no_time(work()) == (18, True, 20)


async def test_models_and_profiles_have_separate_limits_or_none() -> None:
    shared = RateLimiter()
    first = shared.limit_for("p", "a", 1, 500)
    assert first is not None and first is shared.limit_for("p", "a", 1, 500) and first.tokens == 500
    assert shared.limit_for("p", "b", 1) is not first and shared.limit_for("q", "a", 1) is not first
    assert shared.limit_for("p", "a", 0) is None
    await send_when_granted(first, "chat", [], "x")
    assert (shared.used_requests("p", "a"), shared.used_requests("p", "b"), shared.used_requests("z", "z")) == (1, 0, 0)


def test_the_waits_of_many_requests_are_estimated_together(monkeypatch: pytest.MonkeyPatch) -> None:
    simulated: list[float] = []
    simulate = ModelLimit._simulate

    def count(limit: ModelLimit, now: float) -> Iterator[tuple[Permit, float]]:
        simulated.append(now)
        return simulate(limit, now)

    monkeypatch.setattr(ModelLimit, "_simulate", count)
    in_no_time(send_times(ModelLimit(10), 120))
    per_second = Counter(int(moment) for moment in simulated)
    assert max(per_second.values()) <= 10 + 3, "once for all, and again whenever one of ten is sent"


def test_a_higher_limit_grants_waiting_permits() -> None:
    async def work() -> float:
        shared = RateLimiter()
        limit = shared.limit_for("p", "m", 1)
        assert limit is not None
        waiting = asyncio.ensure_future(send_times(limit, 3))
        await asyncio.sleep(5)
        assert shared.limit_for("p", "m", 100) is limit
        return (await waiting)[-1]

    assert in_no_time(work()) == pytest.approx(5.0)


def test_batch_reports_when_chat_is_no_longer_in_use() -> None:
    async def work() -> tuple[float, float]:
        limit = ModelLimit(20)
        await send_when_granted(limit, "chat", [], "")
        await asyncio.sleep(WINDOW)
        assert [limit.try_acquire(limit.permit("batch")) for _ in range(19)] == [True] * 19
        start = clock()
        seen = await send_when_granted(limit, "batch", [], "")
        return seen[0].seconds, clock() - start

    reports, waited = in_no_time(work())
    assert reports == pytest.approx(waited, abs=0.01)
    assert waited == pytest.approx(120.0 - WINDOW, abs=0.01)
