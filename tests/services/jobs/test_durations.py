"""How long calls will take, from how long others took while so many were made at once."""

from __future__ import annotations

import pytest

from app.services.jobs.durations import CallDurations
from app.services.jobs.ports import Limits

UNLIMITED = Limits(0, 0, 29)


def measured(*groups: tuple[int, float]) -> CallDurations:
    """Durations of groups of calls: how many at once, and the seconds of each."""
    durations, now = CallDurations(), 1_000.0
    for count, seconds in groups:
        now += 100.0 + seconds
        for _ in range(count):
            durations.add("takes", "tts", seconds, now)
    return durations


def expected(durations: CallDurations, count: int, limits: Limits = UNLIMITED) -> float:
    seconds = durations.expected("takes", "tts", count, limits)
    assert seconds is not None
    return seconds


def test_a_service_that_is_slower_for_many_takes_longer_for_many() -> None:
    """Each call took a second more for every one beside it: fifteen at once take longer than four."""
    durations = measured((1, 1.0), (4, 4.0))
    assert expected(durations, 1) == pytest.approx(1.0, abs=0.3)
    assert expected(durations, 4) == pytest.approx(4.0, abs=0.3)
    assert expected(durations, 15) > 2.5 * expected(durations, 4)


def test_a_service_that_is_as_quick_for_many_is_not_said_to_be_slower() -> None:
    durations = measured((1, 2.0), (8, 2.0))
    assert expected(durations, 15) == pytest.approx(2.0)


def test_more_calls_than_may_run_at_once_come_in_rounds() -> None:
    durations = measured((1, 2.0), (3, 2.0))
    assert expected(durations, 7, Limits(0, 0, 3)) == pytest.approx(6.0)


def test_one_slow_group_is_no_reason_to_expect_more_than_one_call_after_the_other() -> None:
    durations = measured((1, 0.1), (2, 9.0))
    assert expected(durations, 29) <= 29 * 9.0


def test_nothing_measured_is_not_known() -> None:
    assert CallDurations().expected("takes", "tts", 3, UNLIMITED) is None


def test_only_the_latest_calls_count() -> None:
    later = [(at % 7 + 1, 0.5 + at % 5) for at in range(20)]
    alone, after_others = measured(*later), measured(*[(3, 30.0)] * 40, *later)
    for count in (1, 5, 29, 70):
        assert expected(after_others, count) == pytest.approx(expected(alone, count))
