"""Sums of tokens, estimated cost and credits of calls (WIRE.md section 2), without clock or storage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from app.core.bounds import MAX_COUNT, bound


class Spend(msgspec.Struct, frozen=True):
    """The sum of some calls.

    Attributes:
        tokens: prompt and completion.
        cost: estimated amounts by currency.
        credits: of a Token Plan.
        unpriced: number of calls with unknown cost, which is not in `cost`.
        searches: number of web searches, whose price is in `cost`.
    """

    calls: int = 0
    tokens: int = 0
    cost: dict[str, float] = {}
    credits: float = 0.0
    unpriced: int = 0
    searches: int = 0

    def __post_init__(self) -> None:
        bound(self, counts=("calls", "tokens", "unpriced", "searches"))
        if not 0 <= self.credits <= MAX_COUNT:
            msgspec.structs.force_setattr(self, "credits", float(min(max(self.credits, 0.0), MAX_COUNT)))
        if any(not 0 <= amount <= MAX_COUNT for amount in self.cost.values()):
            bounded = {currency: float(min(max(amount, 0.0), MAX_COUNT)) for currency, amount in self.cost.items()}
            msgspec.structs.force_setattr(self, "cost", bounded)

    def __add__(self, other: Spend) -> Spend:
        currencies = self.cost.keys() | other.cost.keys()
        return Spend(
            self.calls + other.calls,
            self.tokens + other.tokens,
            {currency: self.cost.get(currency, 0.0) + other.cost.get(currency, 0.0) for currency in sorted(currencies)},
            self.credits + other.credits,
            self.unpriced + other.unpriced,
            self.searches + other.searches,
        )


class DaySpend(msgspec.Struct, frozen=True):
    """Usage of one model of one service on one day.

    Attributes:
        id: see `day_id`.
        day: ISO date in local time.
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
    """The last date up to `today` on `day` of a month, or on the last day of a shorter month."""
    this_month = _in_month(today.year, today.month, day)
    if this_month <= today:
        return this_month
    previous = today.replace(day=1) - timedelta(days=1)
    return _in_month(previous.year, previous.month, day)


def _in_month(year: int, month: int, day: int) -> date:
    next_month = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day, (next_month - timedelta(days=1)).day))
