"""What chance alone gives in a preference test: exact two-sided binomial figures, over one look or several."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb
from typing import NamedTuple

LEVEL = Fraction(1, 20)
"""A result is called when chance alone goes this far, or further, less often than this."""


class Look(NamedTuple):
    """A moment at which a count was shown: how many of `decided` pairs one of the two had won by then."""

    won: int
    decided: int


def two_sided(won: int, decided: int) -> Fraction:
    """How often one of two equally good takes wins at least as lopsidedly: 6 of 8 gives 37/128, which is 28.9 %.

    1 if nothing was decided. Raises ValueError for more won than decided.
    """
    if not 0 <= won <= decided:
        raise ValueError(f"{won} of {decided}")
    return Fraction(
        sum(comb(decided, wins) for wins in range(decided + 1) if _is_as_far(wins, won, decided)), 1 << decided
    )


def reached(looks: Sequence[Look], level: Fraction = LEVEL) -> Fraction:
    """How often chance alone gets as far as the last look, counting that it could have been called at an earlier one.

    Looking twice gives chance two tries. So the figure is the probability that one of two equally good takes is called
    at an earlier look, or is at the last one at least as far ahead as observed. A result that was called at an earlier
    look keeps the figure of that look: the test was over then.
    """
    for end in range(1, len(looks) + 1):
        past = [look.decided for look in looks[: end - 1]]
        figure = _reached(past, looks[end - 1], level)
        if figure < level or end == len(looks):
            return figure
    return Fraction(1)


def needed(decided: Sequence[int], level: Fraction = LEVEL) -> int | None:
    """How many of the pairs decided at the last look one take has to win to be called there; None if none suffice.

    `decided` are the numbers of decided pairs at all looks, in ascending order.
    """
    *past, last = decided
    boundaries = _boundaries(past, level)
    return _smallest_called(_walk(past, boundaries, last), last, level)


def _reached(past: Sequence[int], look: Look, level: Fraction) -> Fraction:
    if not past:
        return two_sided(look.won, look.decided)
    called, going = _walk(past, _boundaries(past, level), look.decided)
    as_far = sum(paths for wins, paths in going.items() if _is_as_far(wins, look.won, look.decided))
    return called + Fraction(as_far, 1 << look.decided)


def _boundaries(decided: Sequence[int], level: Fraction) -> list[int | None]:
    """What is needed at each look, given what was needed at those before."""
    boundaries: list[int | None] = []
    for index, size in enumerate(decided):
        boundaries.append(_smallest_called(_walk(decided[:index], boundaries, size), size, level))
    return boundaries


_Walk = tuple[Fraction, dict[int, int]]
"""The probability of having been called, and by number of wins the paths of fair coins that were not."""


def _walk(past: Sequence[int], boundaries: Sequence[int | None], size: int) -> _Walk:
    """Follow fair coins over the looks in `past`, each with what is needed there, up to `size` coins."""
    called = Fraction(0)
    going = {0: 1}
    done = 0
    for look, boundary in zip(past, boundaries, strict=True):
        going = _tossed(going, look - done)
        done = look
        if boundary is not None:
            over = sum(paths for wins, paths in going.items() if _is_as_far(wins, boundary, look))
            called += Fraction(over, 1 << look)
            going = {wins: paths for wins, paths in going.items() if not _is_as_far(wins, boundary, look)}
    return called, _tossed(going, size - done)


def _tossed(going: dict[int, int], coins: int) -> dict[int, int]:
    tossed: dict[int, int] = {}
    for wins, paths in going.items():
        for more in range(coins + 1):
            tossed[wins + more] = tossed.get(wins + more, 0) + paths * comb(coins, more)
    return tossed


def _smallest_called(walk: _Walk, size: int, level: Fraction) -> int | None:
    called, going = walk
    tail = 0
    smallest: int | None = None
    for won in range(size, size // 2, -1):
        tail += going.get(won, 0) + going.get(size - won, 0)
        if called + Fraction(tail, 1 << size) >= level:
            break
        smallest = won
    return smallest


def _is_as_far(wins: int, won: int, decided: int) -> bool:
    """Whether `wins` of `decided` are at least as lopsided as `won`, to either side."""
    return abs(2 * wins - decided) >= abs(2 * won - decided)
