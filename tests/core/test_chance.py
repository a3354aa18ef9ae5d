"""What chance alone gives: the exact figures, and that looking twice is paid for."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.chance import LEVEL, Look, needed, reached, two_sided


@pytest.mark.parametrize(("won", "per_cent"), [(6, 28.9), (7, 7.0), (8, 0.8), (4, 100.0), (2, 28.9), (0, 0.8)])
def test_of_eight_pairs(won: int, per_cent: float) -> None:
    assert round(100 * float(two_sided(won, 8)), 1) == per_cent


@given(st.integers(0, 120), st.data())
def test_both_sides_count_and_further_is_rarer(decided: int, data: st.DataObject) -> None:
    won = data.draw(st.integers(0, decided))
    figure = two_sided(won, decided)
    assert 0 < figure <= 1 and figure == two_sided(decided - won, decided)
    if 2 * won > decided + 1:
        assert figure < two_sided(won - 1, decided)


@given(st.integers(1, 60), st.data())
def test_a_single_look_is_the_plain_binomial(decided: int, data: st.DataObject) -> None:
    won = data.draw(st.integers(0, decided))
    assert reached([Look(won, decided)]) == two_sided(won, decided)


def test_the_second_look_is_counted() -> None:
    """13 of 16 would be 2.1 % in a single test; with the chance to have been called after 8 it is 2.6 %."""
    assert needed([8]) == 8 and needed([8, 16]) == 13
    figure = reached([Look(6, 8), Look(13, 16)])
    assert round(100 * float(figure), 2) == 2.62 and figure > two_sided(13, 16)
    assert reached([Look(6, 8), Look(12, 16)]) > LEVEL


def test_what_was_called_stays_called() -> None:
    assert reached([Look(8, 8), Look(8, 16)]) == two_sided(8, 8)


def test_few_pairs_can_never_be_called() -> None:
    assert [needed([pairs]) for pairs in (1, 5)] == [None, None]
    assert needed([6]) == 6


@pytest.mark.parametrize("sizes", [(8,), (6, 12), (3, 7, 13), (8, 16)])
def test_chance_is_called_less_often_than_the_level(sizes: tuple[int, ...]) -> None:
    """Enumerates every run of coins: in so many a result is called at some look."""
    runs = Counter(
        tuple(Look(sum(coins[:size]), size) for size in sizes) for coins in product((0, 1), repeat=sizes[-1])
    )
    called = sum(count for looks, count in runs.items() if reached(looks) < LEVEL)
    assert 0 < Fraction(called, 1 << sizes[-1]) < LEVEL


def test_the_figure_is_how_often_chance_gets_there() -> None:
    """The figure of a second look, against 40,000 simulated tests that were looked at twice."""
    rng = random.Random(1)
    runs, as_far = 40_000, 0
    for _ in range(runs):
        coins = [rng.random() < 0.5 for _ in range(16)]
        first, last = sum(coins[:8]), sum(coins)
        as_far += first in (0, 8) or abs(2 * last - 16) >= 10
    assert as_far / runs == pytest.approx(float(reached([Look(6, 8), Look(13, 16)])), abs=0.003)


def test_more_won_than_decided_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        two_sided(3, 2)


@pytest.mark.parametrize("decided", range(1, 13))
def test_the_figure_is_what_counting_every_test_gives(decided: int) -> None:
    """Of all 2^n ways in which n pairs can be answered, those in which one take is at least as far ahead."""
    ahead = Counter(abs(2 * sum(coins) - decided) for coins in product((0, 1), repeat=decided))
    for won in range(decided + 1):
        as_far = sum(number for lead, number in ahead.items() if lead >= abs(2 * won - decided))
        assert two_sided(won, decided) == Fraction(as_far, 2**decided)
