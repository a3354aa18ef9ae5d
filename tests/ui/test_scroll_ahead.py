"""Following the end of what grows: exactly while it grows slowly, in steps while it grows fast."""

from __future__ import annotations

import pytest

from app.ui.widgets import scroll_ahead
from app.ui.widgets.scroll_ahead import ScrollAhead

PAGE = 800


class Clock:
    """The time in seconds, which `follow` lets pass."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(scroll_ahead, "time", clock)
    return clock


def follow(clock: Clock, ahead: ScrollAhead, *, line: int, every: float, lines: int) -> list[int]:
    """The values while an end moves by a line every so many seconds."""
    values: list[int] = []
    for number in range(lines):
        clock.now += every
        values.append(ahead.of(number * line, PAGE, grows=True))
    return values


def test_a_slow_end_is_followed_exactly(clock: Clock) -> None:
    values = follow(clock, ScrollAhead(), line=22, every=0.3, lines=20)
    assert values == [number * 22 for number in range(20)]


def test_a_fast_end_is_always_in_view_and_moves_the_page_a_few_times_a_second(clock: Clock) -> None:
    values = follow(clock, ScrollAhead(), line=22, every=0.04, lines=100)
    assert all(value >= number * 22 for number, value in enumerate(values))
    assert max(value - number * 22 for number, value in enumerate(values)) <= PAGE / 4
    assert values == sorted(values)
    assert len(set(values)) <= 4 / scroll_ahead.FOLLOW_SECONDS + 4, "in four seconds"


def test_the_room_stays_when_nothing_more_comes_and_none_is_made(clock: Clock) -> None:
    ahead = ScrollAhead()
    value = follow(clock, ahead, line=22, every=0.02, lines=30)[-1]
    assert ahead.of(29 * 22 + 5, PAGE, grows=False) == value
    clock.now += 0.02
    assert ahead.of(value + 100, PAGE, grows=False) == value + 100


def test_an_end_that_moves_back_and_one_that_is_new_are_followed_exactly(clock: Clock) -> None:
    ahead = ScrollAhead()
    follow(clock, ahead, line=22, every=0.02, lines=30)
    clock.now += 0.02
    assert ahead.of(3, PAGE, grows=True) == 3
    follow(clock, ahead, line=22, every=0.02, lines=30)
    ahead.forget()
    clock.now += 0.02
    assert ahead.of(5_000, PAGE, grows=True) == 5_000
