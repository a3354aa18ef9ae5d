"""What a call cost: money and Token Plan credits (mimo-api section 2). Every figure is an estimate.

An unknown price is None, never 0; 0 means that it is known to be free.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Literal

import msgspec

from app.core.catalogue import bare_id
from app.core.hosts import host_of
from app.core.messages import Usage
from app.core.profiles import Profile
from app.core.resources import resource_path

Currency = Literal["CNY", "USD"]

BEIJING = timezone(timedelta(hours=8))
_MILLION = 1_000_000


class Tier(msgspec.Struct, frozen=True):
    """Prices per million tokens for prompts of at most `up_to` tokens; None for any length."""

    hit: float
    miss: float
    output: float
    up_to: int | None = None


class Price(msgspec.Struct, frozen=True):
    """What a model costs in one currency from a moment on; also how a user's own prices are given.

    Attributes:
        tiers: by length of prompt, shortest first; a prompt longer than the last pays the last.
        audio_hour: price of an hour of sound, for models billed by time.
    """

    currency: Currency
    models: tuple[str, ...] = ()
    since: datetime | None = None
    tiers: tuple[Tier, ...] = ()
    audio_hour: float | None = None


class SearchPrice(msgspec.Struct, frozen=True):
    currency: Currency
    thousand: float


class CreditRate(msgspec.Struct, frozen=True):
    """Credits per token, or per hour of sound."""

    models: tuple[str, ...]
    hit: float = 0.0
    miss: float = 0.0
    output: float = 0.0
    audio_hour: float | None = None


class OffPeak(msgspec.Struct, frozen=True):
    """Hours of the day in Beijing within which credits count less; `end` is outside."""

    start: int
    end: int
    factor: float


class Plan(msgspec.Struct, frozen=True):
    """A Token Plan: credits of a month and its price."""

    id: str
    credits: int
    cny: float
    usd: float


class PriceList(msgspec.Struct, frozen=True):
    prices: tuple[Price, ...] = msgspec.field(name="price")
    searches: tuple[SearchPrice, ...] = msgspec.field(name="search")
    credits: tuple[CreditRate, ...] = msgspec.field(name="credit")
    off_peak: OffPeak
    plans: tuple[Plan, ...] = msgspec.field(name="plan")

    def price(self, model_id: str, currency: Currency, when: datetime) -> Price | None:
        """The row that holds at a moment; the last one that has begun."""
        found = None
        for row in self.prices:
            begun = row.since is None or when >= row.since
            if begun and row.currency == currency and bare_id(model_id) in row.models:
                found = row
        return found

    def search_price(self, currency: Currency) -> float | None:
        """Price of one search, which is one keyword."""
        return next((row.thousand / 1000 for row in self.searches if row.currency == currency), None)

    def rate(self, model_id: str) -> CreditRate | None:
        return next((row for row in self.credits if bare_id(model_id) in row.models), None)


@cache
def price_list() -> PriceList:
    """The shipped prices, read once."""
    return msgspec.toml.decode(resource_path("catalogue.toml").read_bytes(), type=PriceList)


def cost(usage: Usage, price: Price | None, search: float | None = None) -> float | None:
    """What a call cost in the currency of `price`; None when any part of it has no known price.

    `search` is the price of one web search. Cached tokens are inside the prompt, reasoning inside the completion.
    """
    if price is None or (usage.searches and search is None):
        return None
    searches = usage.searches * (search or 0.0)
    if price.audio_hour is not None:
        return usage.audio_seconds / 3600 * price.audio_hour + searches
    if not price.tiers:
        return None
    tier = next((row for row in price.tiers if row.up_to is None or usage.prompt <= row.up_to), price.tiers[-1])
    tokens = (
        usage.cached * tier.hit + (usage.prompt - usage.cached) * tier.miss + usage.completion * tier.output
    ) / _MILLION
    return tokens + searches


def call_credits(model_id: str, usage: Usage, when: datetime) -> float | None:
    """Credits a call took from a Token Plan; None for a model whose rate is not known."""
    prices = price_list()
    rate = prices.rate(model_id)
    if rate is None:
        return None
    if rate.audio_hour is not None:
        spent = usage.audio_seconds / 3600 * rate.audio_hour
    else:
        spent = usage.cached * rate.hit + (usage.prompt - usage.cached) * rate.miss + usage.completion * rate.output
    return spent * (prices.off_peak.factor if is_off_peak(when) else 1.0)


def is_off_peak(when: datetime) -> bool:
    """Whether an aware moment lies in the hours in which credits count less (midnight to 8:00 in Beijing)."""
    window = price_list().off_peak
    return window.start <= when.astimezone(BEIJING).hour < window.end


def usual_currency(profile: Profile) -> Currency:
    """What the user chose for the service; else ¥ where the host says China, $ elsewhere."""
    if profile.currency:
        return profile.currency
    host = host_of(profile.base_url)
    return "CNY" if "-cn." in host or host.endswith(".cn") else "USD"
