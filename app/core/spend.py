"""What calls used, added up: tokens, estimated cost, credits (mimo-api section 2). Plain sums, no clock, no store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec


class Spend(msgspec.Struct, frozen=True):
    """The sum of some calls.

    Attributes:
        tokens: prompt and completion.
        cost: estimated amounts by currency.
        credits: of a Token Plan.
        unpriced: calls whose cost nobody knows; they are in no amount.
    """

    calls: int = 0
    tokens: int = 0
    cost: dict[str, float] = {}
    credits: float = 0.0
    unpriced: int = 0

    def __add__(self, other: Spend) -> Spend:
        both = self.cost.keys() | other.cost.keys()
        return Spend(
            self.calls + other.calls,
            self.tokens + other.tokens,
            {currency: self.cost.get(currency, 0.0) + other.cost.get(currency, 0.0) for currency in sorted(both)},
            self.credits + other.credits,
            self.unpriced + other.unpriced,
        )


class DaySpend(msgspec.Struct, frozen=True):
    """What one model of one service used on one day.

    Attributes:
        id: made of the other three, see `day_id`.
        day: ISO date where the computer is.
        profile: id of the service profile.
    """

    id: str
    day: str
    profile: str
    model: str
    used: Spend = Spend()


def day_id(day: str, profile: str, model: str) -> str:
    return f"{day} {profile} {model}"


def total(parts: Iterable[Spend]) -> Spend:
    return sum(parts, Spend())


def period_start(today: date, day: int) -> date:
    """The last date up to `today` that is the `day` of its month, or the last of a month too short for it."""
    this = _in_month(today.year, today.month, day)
    if this <= today:
        return this
    before = today.replace(day=1) - timedelta(days=1)
    return _in_month(before.year, before.month, day)


def _in_month(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day, (following - timedelta(days=1)).day))
