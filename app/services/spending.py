"""Estimated cost of calls by service, model and day, for this run and for earlier days.

The platform has no API for quota or balance (WIRE.md section 1): only credits used by this workbench are counted,
against a quota typed in by the user.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol

import msgspec

from app.core.catalogue import bare_id
from app.core.errors import WorkbenchError
from app.core.hosts import host_of
from app.core.keys import expected_kind
from app.core.messages import Usage
from app.core.observers import Event
from app.core.prices import Currency, Price, Tier, call_credits, cost, price_list, usual_currency
from app.core.profiles import Profile
from app.core.settings import PRICES, QUOTA, QUOTA_DAY, QUOTA_TOLD, Settings
from app.core.spend import DaySpend, Spend, day_id, period_start, total
from app.services.run_statistics import RunStatistics
from app.services.tasks import TaskSet

THRESHOLDS = (50, 90, 100)
"""Percentages of the quota at which the user is notified."""


class SpendStore(Protocol):
    """Stores spending by day. Every method raises StorageError."""

    async def keep(self, row: DaySpend, /) -> None: ...

    async def listed(self) -> tuple[DaySpend, ...]: ...


class Filling(NamedTuple):
    """The share of the quota used by this workbench.

    Attributes:
        since: first day of the period.
        used, quota: credits; a quota of 0 means none was entered.
    """

    since: date
    used: float
    quota: float

    @property
    def per_cent(self) -> float:
        return 100 * self.used / self.quota if self.quota else 0.0


class Spending:
    """Adds up the cost of all calls.

    Attributes:
        on_change: an amount changed, or the earlier days were read.
        on_threshold: emits the filling and the threshold it passed, once per period.
        on_failed: emits every error while reading or saving days.
    """

    def __init__(
        self, meter: RunStatistics, settings: Settings, store: SpendStore, tasks: TaskSet,
        served_by: Callable[[str], Profile], now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    ) -> None:  # fmt: skip
        """`served_by` returns the profile that answered a call, by call id; `now` an aware time."""
        self._meter = meter
        self._settings = settings
        self._store = store
        self._tasks = tasks
        self._served_by = served_by
        self._now = now
        self._run: dict[tuple[str, str], Spend] = {}
        self._days: dict[str, DaySpend] = {}
        self._unsaved: set[str] = set()
        self._loaded = False
        self._save_lock = asyncio.Lock()
        self.on_change: Event[()] = Event()
        self.on_threshold: Event[Filling, int] = Event()
        self.on_failed: Event[WorkbenchError] = Event()
        settings.watch(QUOTA, lambda quota: self._quota_changed())
        settings.watch(QUOTA_DAY, lambda day: self._quota_changed())

    async def load(self) -> None:
        """Read the earlier days and add the usage of this run so far."""
        try:
            rows = await self._store.listed()
        except WorkbenchError as error:
            self.on_failed.emit(error)
            return
        for row in rows:
            here = self._days.get(row.id)
            self._days[row.id] = row if here is None else msgspec.structs.replace(here, used=row.used + here.used)
        self._loaded = True
        await self.flush()
        self.on_change.emit()

    def used(self, model: str, usage: Usage | None, call_id: str = "") -> None:
        """Count a finished call; `usage` is None if the service did not report it.

        The current price of the model with the service that answered applies.
        """
        profile, now = self._served_by(call_id), self._now()
        spend = Spend(1, unpriced=1) if usage is None else self._charge(profile, model, usage, now)
        if profile.kind == "demo":
            spend = msgspec.structs.replace(spend, unpriced=0)
        amount = next(((amount, currency) for currency, amount in spend.cost.items()), None)
        self._meter.used(usage or Usage(), amount, spend.credits)
        self._run[profile.id, model] = self._run.get((profile.id, model), Spend()) + spend
        day = now.date().isoformat()
        row = self._days.get(day_id(day, profile.id, model), DaySpend(day_id(day, profile.id, model), day, profile.id,
                                                                      model))  # fmt: skip
        self._days[row.id] = msgspec.structs.replace(row, used=row.used + spend)
        self._unsaved.add(row.id)
        # Until the earlier days are read, a row is incomplete and must not replace the saved one.
        if self._loaded:
            self._tasks.spawn(self.flush(), "keep what was spent")
        if spend.credits:
            self._notify_threshold()
        self.on_change.emit()

    def charge(self, model: str, usage: Usage, when: datetime, call_id: str = "") -> Spend:
        """Return the cost of one call without counting it, for display."""
        return self._charge(self._served_by(call_id), model, usage, when)

    def _charge(self, profile: Profile, model: str, usage: Usage, when: datetime) -> Spend:
        amount = price(self._settings, profile, model, usage, when)
        taken = call_credits(model, usage, when) if is_token_plan(profile) else None
        known = amount is not None or taken is not None or profile.kind == "demo"
        costs: dict[str, float] = {amount[1]: amount[0]} if amount else {}
        return Spend(1, usage.total, costs, taken or 0.0, 0 if known else 1, usage.searches)

    def cost_of(self, profile: Profile, model: str, usage: Usage | None) -> tuple[float | None, str]:
        """Return the cost of a call and its currency: 0 with the demo service, None if it is unknown."""
        currency = usual_currency(profile)
        if profile.kind == "demo":
            return 0.0, currency
        amount = None if usage is None else price(self._settings, profile, model, usage, self._now())
        return amount or (None, currency)

    async def flush(self) -> None:
        """Save changed days; also called at the end of the program."""
        async with self._save_lock:
            while self._unsaved and self._loaded:
                row = self._days[self._unsaved.pop()]
                try:
                    await self._store.keep(row)
                except WorkbenchError as error:
                    # Retried after the next call of any model, and at the end of the program.
                    self._unsaved.add(row.id)
                    self.on_failed.emit(error)
                    return

    def run(self, profile_id: str) -> dict[str, Spend]:
        """Return the usage of a service in this run, by model."""
        return {model: spend for (profile, model), spend in self._run.items() if profile == profile_id}

    def since(self, first: date, profile_id: str) -> dict[str, Spend]:
        """Return the usage of a service since a day, by model."""
        found: dict[str, Spend] = {}
        for row in self._days.values():
            if row.profile == profile_id and row.day >= first.isoformat():
                found[row.model] = found.get(row.model, Spend()) + row.used
        return found

    def by_day(self, first: date, profile_id: str) -> dict[str, Spend]:
        """Return the usage of a service since a day, by ISO date; days without usage are left out."""
        found: dict[str, Spend] = {}
        for row in self._days.values():
            if row.profile == profile_id and row.day >= first.isoformat():
                found[row.day] = found.get(row.day, Spend()) + row.used
        return dict(sorted(found.items()))

    def today(self) -> date:
        return self._now().date()

    def filling(self) -> Filling:
        """Return the credits used in the current period by all services, because a plan belongs to an account."""
        since = period_start(self.today(), self._settings.get(QUOTA_DAY))
        used = total(row.used for row in self._days.values() if row.day >= since.isoformat())
        return Filling(since, used.credits, self._settings.get(QUOTA))

    def _notify_threshold(self) -> None:
        filling = self.filling()
        reached = _reached(filling)
        if reached > self._last_threshold(filling):
            self._set_last_threshold(filling, reached)
            self.on_threshold.emit(filling, reached)

    def _quota_changed(self) -> None:
        """Reset the notified threshold: the filling is shown next to the quota field, so it is not news."""
        filling = self.filling()
        self._set_last_threshold(filling, _reached(filling))
        self.on_change.emit()

    def _last_threshold(self, filling: Filling) -> int:
        notified = self._settings.get(QUOTA_TOLD)
        return int(notified.get("share", 0)) if notified.get("since") == filling.since.isoformat() else 0

    def _set_last_threshold(self, filling: Filling, share: int) -> None:
        self._settings.set(QUOTA_TOLD, {"since": filling.since.isoformat(), "share": share})


def is_token_plan(profile: Profile) -> bool:
    """Whether the host of a profile takes Token Plan keys, regardless of the profile's kind."""
    return expected_kind(host_of(profile.base_url)) == "token-plan"


def price(
    settings: Settings, profile: Profile, model: str, usage: Usage, when: datetime
) -> tuple[float, Currency] | None:
    """Return amount and currency of a call; None if unknown, and for the demo service and Token Plans."""
    row = price_row(settings, profile, model, when)
    if row is None:
        return None
    amount = cost(usage, row, price_list().search_price(row.currency))
    return None if amount is None else (amount, row.currency)


def price_row(settings: Settings, profile: Profile, model: str, when: datetime) -> Price | None:
    """Return the prices of a model: the user's own, else the shipped ones unless the service is self-hosted."""
    if profile.kind == "demo" or is_token_plan(profile):
        return None
    own = own_price(settings, profile.id, model)
    if own is not None or profile.kind == "self-hosted":
        return own
    return price_list().price(model, usual_currency(profile), when)


def own_price(settings: Settings, profile_id: str, model: str) -> Price | None:
    """Return the user's own price for a model of a service, or None."""
    row = settings.get(PRICES).get(profile_id, {}).get(bare_id(model))
    if row is None:
        return None
    return Price(row["currency"], (bare_id(model),), tiers=(Tier(row["hit"], row["miss"], row["output"]),))


def set_own_price(settings: Settings, profile_id: str, model: str, price: Price | None) -> None:
    """Save the user's own prices per million tokens; None restores the shipped ones."""
    table = settings.get(PRICES)
    rows = dict(table.get(profile_id, {}))
    rows.pop(bare_id(model), None)
    if price is not None:
        tier = price.tiers[0]
        rows[bare_id(model)] = {
            "currency": price.currency, "hit": tier.hit, "miss": tier.miss, "output": tier.output,
        }  # fmt: skip
    settings.set(PRICES, {**table, profile_id: rows} if rows else {k: v for k, v in table.items() if k != profile_id})


def _reached(filling: Filling) -> int:
    """Return the highest threshold passed, or 0."""
    return max((share for share in THRESHOLDS if filling.quota and filling.per_cent >= share), default=0)
