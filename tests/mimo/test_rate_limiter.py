"""The limits per minute, tested on a virtual clock: full minutes without slow tests."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import aclosing
from itertools import pairwise

import pytest

from app.core.events import Waiting
from app.core.requests import Priority
from app.mimo.admission import Admission, Pace, Use
from app.mimo.rate_limiter import MARGIN_SECONDS, WINDOW_SECONDS, ModelLimit, Permit, RateLimiter
from tests.mimo.virtual_time import in_no_time

WINDOW = WINDOW_SECONDS + MARGIN_SECONDS
PRIORITIES: tuple[Priority, ...] = ("batch", "interactive")


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
        permit = limit.permit(priority, tokens)
        if not limit.try_acquire(permit):
            permit.granted = asyncio.get_running_loop().create_future()
            limit.enqueue(permit)
            await permit.granted
        permit.sent()
        return clock()

    return sorted(await asyncio.gather(*(send() for _ in range(count))))


def most_in_a_window(times: list[float], window: float = WINDOW_SECONDS) -> int:
    return max(sum(start <= time < start + window for time in times) for start in times)


def sent_within(times: list[float], seconds: float) -> int:
    return sum(time < seconds for time in times)


@pytest.mark.parametrize("window", [60.0, 3.0])
def test_every_window_is_filled_but_not_exceeded(window: float) -> None:
    times = in_no_time(send_times(ModelLimit(100, window), 1000))
    assert most_in_a_window(times, window) <= 100
    assert sent_within(times, 10 * window) >= 0.955 * 1000
    assert times[:40] == [0.0] * 40, "a small job is not slowed down"


def test_a_long_job_is_sent_at_an_even_pace() -> None:
    times = in_no_time(send_times(ModelLimit(100), 300))
    late = [time for time in times if time > 2 * WINDOW]
    assert max(later - earlier for earlier, later in pairwise(late)) < WINDOW / 3
    assert max(sum(start <= time < start + 1 for time in late) for start in late) <= 5


def test_interactive_requests_are_neither_paced_nor_reserved_from() -> None:
    times = in_no_time(send_times(ModelLimit(100), 250, priority="interactive"))
    assert times[:100] == [0.0] * 100
    assert times[100:200] == pytest.approx([WINDOW] * 100)
    assert times[200:] == pytest.approx([2 * WINDOW] * 50)


def test_single_requests_respect_a_sliding_window() -> None:
    async def work() -> list[float]:
        limit, times = ModelLimit(10), []
        for _ in range(35):
            await send_when_granted(limit, "interactive", [], "")
            times.append(clock())
            await asyncio.sleep(2.0)
        return times

    times = in_no_time(work())
    assert all(later - earlier >= WINDOW_SECONDS for earlier, later in zip(times, times[10:], strict=False))
    assert times[-1] < 4 * WINDOW


def test_tokens_are_limited_as_well() -> None:
    times = in_no_time(send_times(ModelLimit(100, tokens=10_000), 9, tokens=2_500, priority="interactive"))
    assert times == pytest.approx([0.0] * 4 + [WINDOW] * 4 + [2 * WINDOW])


def test_a_request_larger_than_the_whole_limit_is_sent_alone() -> None:
    async def work() -> list[tuple[str, float]]:
        limit, left = ModelLimit(100, tokens=1_000), []

        async def send(name: str, tokens: int) -> None:
            await send_when_granted(limit, "interactive", [], name, tokens)
            left.append((name, clock()))

        await asyncio.gather(send("small", 10), send("huge", 5_000), send("next", 10))
        return left

    assert in_no_time(work()) == [("small", 0.0), ("huge", WINDOW), ("next", pytest.approx(2 * WINDOW))]


def test_smaller_requests_do_not_overtake_a_large_one() -> None:
    async def work() -> list[str]:
        limit, order = ModelLimit(100, tokens=1_000), list[str]()
        await send_when_granted(limit, "batch", order, "first", 900)
        late = [asyncio.ensure_future(send_when_granted(limit, "interactive", order, "large", 500))]
        await asyncio.sleep(1)
        late += [asyncio.ensure_future(send_when_granted(limit, "batch", order, f"small {n}", 50)) for n in range(3)]
        await asyncio.gather(*late)
        return order

    assert in_no_time(work()) == ["first", "large", "small 0", "small 1", "small 2"]


def test_the_reported_tokens_replace_the_estimate() -> None:
    async def work() -> tuple[float, float]:
        limit = ModelLimit(100, tokens=1_000)
        permit = limit.permit("interactive", 1_000)
        assert limit.try_acquire(permit)
        permit.sent()
        waiting = asyncio.ensure_future(send_when_granted(limit, "interactive", [], "", 600))
        await asyncio.sleep(5)
        permit.used(300)
        await waiting
        cheaper = clock()
        await send_when_granted(limit, "interactive", [], "", 600)
        return cheaper, clock()

    assert in_no_time(work()) == pytest.approx((5.0, 5.0 + WINDOW))


def test_batch_leaves_tokens_of_the_window_free() -> None:
    async def work() -> list[bool]:
        limit = ModelLimit(100, tokens=10_000)
        batch = [limit.try_acquire(limit.permit("batch", 1_900)) for _ in range(6)]
        return [*batch, limit.try_acquire(limit.permit("interactive", 400))]

    assert in_no_time(work()) == [True] * 5 + [False, True]


def test_interactive_requests_pass_before_all_waiting_batch_requests() -> None:
    async def work() -> list[str]:
        limit, order = ModelLimit(1), list[str]()
        await send_when_granted(limit, "batch", order, "first")
        batch = [asyncio.ensure_future(send_when_granted(limit, "batch", order, f"b{number}")) for number in range(3)]
        await asyncio.sleep(0)
        chats = [asyncio.ensure_future(send_when_granted(limit, "interactive", order, f"i{n}")) for n in range(3)]
        await asyncio.gather(*batch, *chats)
        return order

    assert in_no_time(work()) == ["first", "i0", "i1", "i2", "b0", "b1", "b2"]


def test_a_waiting_request_reports_position_and_time_for_both_priorities() -> None:
    async def work() -> list[Waiting]:
        limit = ModelLimit(2)
        for priority in PRIORITIES:
            assert await send_when_granted(limit, priority, [], "") == []
        await asyncio.sleep(20)
        priorities: list[Priority] = ["batch", "batch", "batch", "interactive", "interactive"]
        reports = await asyncio.gather(*(send_when_granted(limit, priority, [], "") for priority in priorities))
        return [seen[1] for seen in reports]  # a second later, when all of them are queued

    reports = in_no_time(work())
    assert {waiting.reason for waiting in reports} == {"rate"}
    assert [waiting.position for waiting in reports] == [3, 4, 5, 1, 2]
    # Of two, batch leaves one free until 120 s after the last interactive request.
    assert [waiting.seconds + 21 for waiting in reports] == pytest.approx(
        [2 * WINDOW, 140.0, 3 * WINDOW, WINDOW, WINDOW]
    )


@pytest.mark.parametrize("count", [40, 150])
def test_the_reported_waits_of_a_long_job_come_true(count: int) -> None:
    async def work() -> None:
        limit = ModelLimit(100, max_parallel=29)

        async def call(number: int) -> None:
            permit = limit.permit("batch")
            first: Waiting | None = None
            start = clock()
            async with aclosing(permit.wait()) as waits:
                async for waiting in waits:
                    if first is None and clock() >= 5:  # when the length of a call is known
                        first, start = waiting, clock()
            if first is not None:
                assert clock() - start == pytest.approx(first.seconds, abs=0.6)
            permit.sent()
            await asyncio.sleep(4)
            permit.end(succeeded=True)

        await asyncio.gather(*(call(number) for number in range(count)))

    in_no_time(work())


def test_a_users_request_never_waits_for_a_flood() -> None:
    """Of a job that fills the limit and the calls in progress, for a user after a quiet time and for a busy one."""

    async def work(period: float) -> tuple[list[list[Waiting]], list[float]]:
        limit, sent = ModelLimit(100, max_parallel=29), list[float]()

        async def call(priority: Priority) -> list[Waiting]:
            permit = limit.permit(priority)
            async with aclosing(permit.wait()) as waits:
                reports = [waiting async for waiting in waits]
            permit.sent()
            sent.append(clock())
            await asyncio.sleep(10)
            permit.end(succeeded=True)
            return reports

        async def job() -> None:
            while clock() < 300:
                await call("batch")

        flood = [asyncio.ensure_future(job()) for _ in range(35)]
        calls = []
        while clock() < 290:
            await asyncio.sleep(period)
            calls.append(asyncio.ensure_future(call("interactive")))
        reports = await asyncio.gather(*calls)
        await asyncio.gather(*flood)
        return reports, sent

    for period, share in ((140.0, 0.93), (12.5, 0.93)):
        reports, sent = in_no_time(work(period))
        assert reports == [[]] * len(reports), "none of them waited"
        assert most_in_a_window(sent) <= 100 and sent_within(sent, 300) >= share * 500


def test_batch_leaves_two_of_the_calls_in_progress_free() -> None:
    async def work() -> None:
        limit = ModelLimit(1000, max_parallel=29)
        batch = [limit.permit("batch") for _ in range(30)]
        assert [limit.try_acquire(permit) for permit in batch].count(True) == 27
        assert [limit.try_acquire(limit.permit("interactive")) for _ in range(3)] == [True, True, False]

    in_no_time(work())


def test_calls_refused_together_halve_the_calls_in_progress_once() -> None:
    async def work() -> None:
        limit = ModelLimit(1000, max_parallel=29)
        permits = [limit.permit("interactive") for _ in range(29)]
        assert all(limit.try_acquire(permit) for permit in permits)
        for permit in permits[:10]:
            await asyncio.sleep(0.01)
            permit.sent()
            permit.refused()
            permit.end(succeeded=False)
        assert limit.parallel == 14
        await asyncio.sleep(1)
        for permit in permits[10:]:
            permit.end(succeeded=True)
        late = limit.permit("interactive")
        assert limit.try_acquire(late)
        late.refused()
        assert limit.parallel == 7

    in_no_time(work())


def test_the_reported_wait_is_correct_for_tokens_as_well() -> None:
    async def work() -> None:
        limit = ModelLimit(100, tokens=1_000)
        await send_when_granted(limit, "interactive", [], "", 800)
        await asyncio.sleep(10)
        await send_when_granted(limit, "interactive", [], "", 100)

        async def send(tokens: int) -> None:
            start = clock()
            seen = await send_when_granted(limit, "interactive", [], "", tokens)
            assert clock() - start == pytest.approx(seen[0].seconds, abs=0.01)

        await asyncio.gather(send(700), send(900))

    in_no_time(work())


def test_a_released_permit_is_granted_to_the_next() -> None:
    async def work() -> float:
        limit = ModelLimit(1)
        unused = limit.permit("interactive")
        assert limit.try_acquire(unused)
        waiting = asyncio.ensure_future(send_when_granted(limit, "interactive", [], "next"))
        await asyncio.sleep(3)
        assert not waiting.done()
        unused.release()
        await waiting
        return clock()

    assert in_no_time(work()) == 3.0


def test_a_cancelled_wait_leaves_the_queue() -> None:
    async def work() -> tuple[list[Waiting], float]:
        limit = ModelLimit(1)
        await send_when_granted(limit, "interactive", [], "a")
        permit: Permit = limit.permit("interactive")
        async with aclosing(permit.wait()) as waits:
            async for _ in waits:
                break
        seen = await send_when_granted(limit, "interactive", [], "b")
        return seen, clock()

    seen, left = in_no_time(work())
    assert seen[0].position == 1 and left == WINDOW


def test_a_pause_applies_to_all_and_reports_its_length() -> None:
    async def work() -> tuple[Waiting, float]:
        limit = ModelLimit(10)
        limit.pause_for(30)
        seen = await send_when_granted(limit, "interactive", [], "a")
        return seen[0], clock()

    waiting, left = in_no_time(work())
    assert waiting == Waiting(30.0, "rate", position=1) and left == 30.0


@pytest.mark.parametrize(
    ("requests", "idle", "in_use"), [(100, 97, 94), (20, 20, 18), (10, 10, 8), (2, 2, 0), (1, 1, 1)]
)
def test_batch_leaves_more_room_while_interactive_requests_are_made(requests: int, idle: int, in_use: int) -> None:
    rules, pace = Admission(requests, 0, WINDOW, 0), Pace(1000.0)

    def batch(time: float, use: Use) -> int:
        while rules.admits("batch", 0, time, use, pace):
            use.add("batch", 0)
        return use.batch

    assert batch(0.0, Use()) == idle
    rules.in_use_until = 120.0
    used = Use(interactive=1 if requests > 1 else 0)
    assert batch(0.0, used) == in_use
    assert requests == 1 or rules.admits("interactive", 0, 0.0, used, pace), "there is room for the next"
    assert batch(121.0, Use()) == idle


async def test_models_and_profiles_have_separate_limits_or_none() -> None:
    shared = RateLimiter()
    first = shared.limit_for("p", "a", 1, 500)
    assert first is not None and first is shared.limit_for("p", "a", 1, 500) and first.tokens == 500
    assert shared.limit_for("p", "b", 1) is not first and shared.limit_for("q", "a", 1) is not first
    assert shared.limit_for("p", "a", 0) is None
    await send_when_granted(first, "interactive", [], "x")
    other = shared.limit_for("p", "b", 1)
    assert other is not None and other.try_acquire(other.permit("interactive"))
    assert not first.try_acquire(first.permit("interactive"))


def test_the_waits_of_many_requests_are_estimated_together(monkeypatch: pytest.MonkeyPatch) -> None:
    simulated: list[float] = []
    forecast = ModelLimit._forecast

    def count(limit: ModelLimit, now: float) -> list[tuple[Priority, float]]:
        simulated.append(now)
        return forecast(limit, now)

    monkeypatch.setattr(ModelLimit, "_forecast", count)

    async def work() -> None:
        limit = ModelLimit(10)
        await asyncio.gather(*(send_when_granted(limit, "interactive", [], "") for _ in range(120)))

    in_no_time(work())
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
        await send_when_granted(limit, "interactive", [], "")
        await asyncio.sleep(WINDOW)
        assert [limit.try_acquire(limit.permit("batch")) for _ in range(19)] == [True] * 19
        start = clock()
        seen = await send_when_granted(limit, "batch", [], "")
        return seen[0].seconds, clock() - start

    reports, waited = in_no_time(work())
    assert reports == pytest.approx(waited, abs=0.01)
    assert waited == pytest.approx(120.0 - WINDOW, abs=0.01)


def test_a_request_counts_later_if_its_answer_comes_later_than_usual() -> None:
    async def work() -> list[float]:
        limit, left = ModelLimit(1, 3.0), list[float]()
        for seconds in (0.5, 9.0, 0.5):
            await send_when_granted(limit, "interactive", [], "")
            left.append(clock())
            limit._held[0].late = limit.lateness(seconds)
        limit._rules.requests = 100
        return [*left, limit.lateness(0.5), limit.lateness(0.54), limit.lateness(0.66)]

    *_, usual, little, late = in_no_time(work())
    assert usual == little == 0.0, "the requests that batch leaves free make up for a little"
    assert late == pytest.approx(0.1, abs=0.005)
