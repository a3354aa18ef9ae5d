"""How much work it can be to search for a regular expression, as a bound known before the search.

Python can't interrupt a search, and lets no other thread run while it searches. Whoever searches for a pattern that
comes from outside therefore asks first.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

ENDLESS = 1 << 60
"""Stands for any number of steps from here on."""

MAX_PATTERN = 2_000
"""Characters of a pattern that is looked into; more steps than can be counted are assumed of a longer one."""


class _Cost(NamedTuple):
    """At one place of a text: in how many ways a part of a pattern can match, and the steps of trying all of them."""

    ways: int
    steps: int


@lru_cache(maxsize=1024)
def search_steps(pattern: str, length: int) -> int:
    """The steps at most of a search in a text of this length, whatever the text; `ENDLESS` for too many to count.

    Every way of matching is counted, as if each failed at its end. A million steps take a tenth of a second or less.
    Raises re.error, OverflowError or RecursionError for what is no pattern.
    """
    if len(pattern) > MAX_PATTERN:
        return ENDLESS
    parsed = _parsed(pattern)
    cost = _sequence(parsed, length)
    starts = 1 if _is_anchored(parsed) else length + 1
    return min(length + starts * (cost.steps + 1), ENDLESS)


@lru_cache(maxsize=64)
def _parsed(pattern: str) -> Any:
    """The syntax tree of a pattern: of the module that `re` itself compiles patterns with."""
    return importlib.import_module("re._parser").parse(pattern)


def _is_anchored(parsed: Any) -> bool:
    """Whether a match can only begin where the text begins."""
    if not len(parsed):
        return False
    kind, what = parsed[0]
    return str(kind) == "AT" and (
        str(what) == "AT_BEGINNING_STRING" or (str(what) == "AT_BEGINNING" and not parsed.state.flags & re.MULTILINE)
    )


def _sequence(parts: Iterable[Any], length: int) -> _Cost:
    ways, steps = 1, 0
    for kind, what in parts:
        part = _part(str(kind), what, length)
        ways, steps = _bounded(ways * part.ways), _bounded(steps + ways * part.steps)
    return _Cost(ways, steps)


def _part(kind: str, what: Any, length: int) -> _Cost:
    match kind:
        case "LITERAL" | "NOT_LITERAL" | "ANY" | "AT":
            return _Cost(1, 1)
        case "IN":
            return _Cost(1, len(what))
        case "GROUPREF":
            return _Cost(1, length + 1)
        case "SUBPATTERN":
            return _sequence(what[3], length)
        case "ATOMIC_GROUP":
            return _sequence(what, length)
        case "ASSERT" | "ASSERT_NOT":
            return _sequence(what[1], length)
        case "BRANCH":
            return _either([_sequence(each, length) for each in what[1]], excluding=_begin_differently(what[1]))
        case "GROUPREF_EXISTS":
            return _either([_sequence(each, length) for each in what[1:] if each is not None])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, repeated = what
            shortest = max(repeated.getwidth()[0], 1)
            return _repeat(int(least), min(int(most), int(least) + length // shortest), _sequence(repeated, length))
    return _Cost(ENDLESS, ENDLESS)


def _begin_differently(branches: list[Any]) -> bool:
    """Whether at most one of the branches can match at a place, as their first letters show."""
    first = [chr(each[0][1]) for each in branches if len(each) and str(each[0][0]) == "LITERAL"]
    # Capitals may not matter here; what the small form of other letters is differs between `re` and `str`.
    known = {letter.lower() for letter in first if letter.isascii() or letter.lower() == letter.upper()}
    return len(known) == len(branches)


def _either(costs: list[_Cost], *, excluding: bool = False) -> _Cost:
    ways = max(each.ways for each in costs) if excluding else sum(each.ways for each in costs)
    return _Cost(_bounded(ways), _bounded(1 + sum(each.steps for each in costs)))


def _repeat(least: int, most: int, once: _Cost) -> _Cost:
    """A part that is repeated, at most as often as the text has room for: an empty match ends the repetition."""
    if once.ways <= 1:
        return _Cost(most - least + 1, _bounded(1 + most * max(once.steps, 1)))
    if most >= 60:
        return _Cost(ENDLESS, ENDLESS)
    ways = sum(once.ways**number for number in range(least, most + 1))
    return _Cost(_bounded(ways), _bounded(1 + sum(once.ways**number for number in range(most + 1)) * once.steps))


def _bounded(number: int) -> int:
    return min(number, ENDLESS)
