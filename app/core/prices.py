"""Cost of calls in money and Token Plan credits (WIRE.md section 2). Every figure is an estimate.

An unknown price is None; 0 means that the model is free.
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
    """Prices per million tokens for prompts of at most `up_to` tokens, None for any length."""

    hit: float
    miss: float
    output: float
    up_to: int | None = None


class Price(msgspec.Struct, frozen=True):
    """The price of models in one currency from a time on; the user's own prices have this form as well.

    Attributes:
        tiers: by length of the prompt, shortest first; the last applies to longer prompts as well.
        audio_hour: price per hour of audio, for models billed by time.
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
    """Credits per token, or per hour of audio."""

    models: tuple[str, ...]
    hit: float = 0.0
    miss: float = 0.0
    output: float = 0.0
    audio_hour: float | None = None


class OffPeak(msgspec.Struct, frozen=True):
    """Hours of the day in Beijing time in which fewer credits are charged; `end` is exclusive."""

    start: int
    end: int
    factor: float


class Plan(msgspec.Struct, frozen=True):
    """A Token Plan: credits and price per month."""

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
        """The price at a time: the last row that has begun."""
        price = None
        for row in self.prices:
            has_begun = row.since is None or when >= row.since
            if has_begun and row.currency == currency and bare_id(model_id) in row.models:
                price = row
        return price

    def search_price(self, currency: Currency) -> float | None:
        """Price of one search, that is, of one keyword."""
        return next((row.thousand / 1000 for row in self.searches if row.currency == currency), None)

    def rate(self, model_id: str) -> CreditRate | None:
        return next((row for row in self.credits if bare_id(model_id) in row.models), None)


@cache
def price_list() -> PriceList:
    """The shipped prices; they are read once."""
    return msgspec.toml.decode(resource_path("catalogue.toml").read_bytes(), type=PriceList)


def cost(usage: Usage, price: Price | None, search: float | None = None) -> float | None:
    """Cost of a call in the currency of `price`; None if the price of any part is unknown.

    `search` is the price of one web search. Cached tokens are part of the prompt, reasoning of the completion.
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
    """Token Plan credits of a call; None for a model whose rate is unknown."""
    prices = price_list()
    rate = prices.rate(model_id)
    if rate is None:
        return None
    if rate.audio_hour is not None:
        amount = usage.audio_seconds / 3600 * rate.audio_hour
    else:
        amount = usage.cached * rate.hit + (usage.prompt - usage.cached) * rate.miss + usage.completion * rate.output
    return amount * (prices.off_peak.factor if is_off_peak(when) else 1.0)


def is_off_peak(when: datetime) -> bool:
    """Whether a timezone-aware time is off-peak (midnight to 8:00 in Beijing)."""
    window = price_list().off_peak
    return window.start <= when.astimezone(BEIJING).hour < window.end


def usual_currency(profile: Profile) -> Currency:
    """The currency chosen for the service; by default ¥ for hosts in China, $ for others."""
    if profile.currency:
        return profile.currency
    host = host_of(profile.base_url)
    return "CNY" if "-cn." in host or host.endswith(".cn") else "USD"
