"""What calls cost, by service, model and day: this run and, from what is kept, the days before. All of it estimates.

The platform tells nobody about quota or balance (WIRE.md section 1): the credits counted here are those of this
workbench alone, against a quota its user typed in.
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
from app.core.prices import Currency, Price, Tier, call_credits, cost, price_list, usual_currency
from app.core.profiles import Profile
from app.core.settings import PRICES, QUOTA, QUOTA_DAY, QUOTA_TOLD, Settings
from app.core.spend import DaySpend, Spend, day_id, period_start, total
from app.services.run_statistics import RunStatistics
from app.services.tasks import TaskSet

THRESHOLDS = (50, 90, 100)
"""Per cent of the quota at which a person is told."""


class SpendStore(Protocol):
    """Where the days are kept. Every method raises StorageError."""

    async def keep(self, row: DaySpend, /) -> None: ...

    async def listed(self) -> tuple[DaySpend, ...]: ...


class Filling(NamedTuple):
    """How much of the quota this workbench used.

    Attributes:
        since: first day of the period.
        used, quota: credits; a quota of 0 was not given.
    """

    since: date
    used: float
    quota: float

    @property
    def per_cent(self) -> float:
        return 100 * self.used / self.quota if self.quota else 0.0


class Spending:
    """Adds up every call.

    Attributes:
        on_change: called after every change, and once when the earlier days were read.
        on_threshold: told of the filling when it passes one of `THRESHOLDS`, once in a period.
        on_failed: told when a day could not be kept or the earlier ones could not be read.
    """

    def __init__(
        self, meter: RunStatistics, settings: Settings, store: SpendStore, tasks: TaskSet,
        served_by: Callable[[str], Profile], now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    ) -> None:  # fmt: skip
        """`served_by` gives the profile that answered a call, by its id; `now` an aware moment."""
        self._meter = meter
        self._settings = settings
        self._store = store
        self._tasks = tasks
        self._served_by = served_by
        self._now = now
        self._run: dict[tuple[str, str], Spend] = {}
        self._days: dict[str, DaySpend] = {}
        self._unkept: set[str] = set()
        self._loaded = False
        self._keeping = asyncio.Lock()
        self.on_change: list[Callable[[], None]] = []
        self.on_threshold: list[Callable[[Filling, int], None]] = []
        self.on_failed: list[Callable[[WorkbenchError], None]] = []
        settings.watch(QUOTA, lambda quota: self._quota_changed())
        settings.watch(QUOTA_DAY, lambda day: self._quota_changed())

    async def load(self) -> None:
        """Read the earlier days; what this run used meanwhile is added to them."""
        try:
            rows = await self._store.listed()
        except WorkbenchError as error:
            self._failed(error)
            return
        for row in rows:
            here = self._days.get(row.id)
            self._days[row.id] = row if here is None else msgspec.structs.replace(here, used=row.used + here.used)
        self._loaded = True
        await self.flush()
        self._changed()

    def used(self, model: str, usage: Usage | None, call_id: str = "") -> None:
        """A call is over; None where the service did not come to say what it used.

        What a model costs is that of the moment, with the service that answered it.
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
        self._unkept.add(row.id)
        # A row that does not hold its earlier part yet must not replace the one that is kept.
        if self._loaded:
            self._tasks.spawn(self.flush(), "keep what was spent")
        if spend.credits:
            self._tell_of_quota()
        self._changed()

    def charge(self, model: str, usage: Usage, when: datetime, call_id: str = "") -> Spend:
        """What one call cost, without counting it: for showing it again."""
        return self._charge(self._served_by(call_id), model, usage, when)

    def _charge(self, profile: Profile, model: str, usage: Usage, when: datetime) -> Spend:
        amount = price(self._settings, profile, model, usage, when)
        taken = call_credits(model, usage, when) if is_token_plan(profile) else None
        known = amount is not None or taken is not None or profile.kind == "demo"
        return Spend(1, usage.total, {amount[1]: amount[0]} if amount else {}, taken or 0.0, 0 if known else 1)

    async def flush(self) -> None:
        """Keep what changed; for the end of the program too."""
        async with self._keeping:
            while self._unkept and self._loaded:
                row = self._days[self._unkept.pop()]
                try:
                    await self._store.keep(row)
                except WorkbenchError as error:
                    # The next call, whatever its model, tries again, and so does the end of the program.
                    self._unkept.add(row.id)
                    self._failed(error)
                    return

    def run(self, profile_id: str) -> dict[str, Spend]:
        """What this run used of a service, by model."""
        return {model: spend for (profile, model), spend in self._run.items() if profile == profile_id}

    def since(self, first: date, profile_id: str) -> dict[str, Spend]:
        """What was used of a service from a day on, by model."""
        found: dict[str, Spend] = {}
        for row in self._days.values():
            if row.profile == profile_id and row.day >= first.isoformat():
                found[row.model] = found.get(row.model, Spend()) + row.used
        return found

    def by_day(self, first: date, profile_id: str) -> dict[str, Spend]:
        """What was used of a service from a day on, by ISO date; days without any are left out."""
        found: dict[str, Spend] = {}
        for row in self._days.values():
            if row.profile == profile_id and row.day >= first.isoformat():
                found[row.day] = found.get(row.day, Spend()) + row.used
        return dict(sorted(found.items()))

    def today(self) -> date:
        return self._now().date()

    def filling(self) -> Filling:
        """Credits used in the present period, of all services together: a plan belongs to an account."""
        since = period_start(self.today(), self._settings.get(QUOTA_DAY))
        used = total(row.used for row in self._days.values() if row.day >= since.isoformat())
        return Filling(since, used.credits, self._settings.get(QUOTA))

    def _tell_of_quota(self) -> None:
        filling = self.filling()
        reached = _reached(filling)
        if reached > self._told(filling):
            self._note_told(filling, reached)
            for tell in self.on_threshold:
                tell(filling, reached)

    def _quota_changed(self) -> None:
        """Whoever types a quota sees beside it how full it is: only what comes after is news."""
        filling = self.filling()
        self._note_told(filling, _reached(filling))
        self._changed()

    def _told(self, filling: Filling) -> int:
        told = self._settings.get(QUOTA_TOLD)
        return int(told.get("share", 0)) if told.get("since") == filling.since.isoformat() else 0

    def _note_told(self, filling: Filling, share: int) -> None:
        self._settings.set(QUOTA_TOLD, {"since": filling.since.isoformat(), "share": share})

    def _failed(self, error: WorkbenchError) -> None:
        for tell in self.on_failed:
            tell(error)

    def _changed(self) -> None:
        for tell in self.on_change:
            tell()


def is_token_plan(profile: Profile) -> bool:
    """Whether its host takes Token Plan keys, whatever kind it was added as."""
    return expected_kind(host_of(profile.base_url)) == "token-plan"


def price(
    settings: Settings, profile: Profile, model: str, usage: Usage, when: datetime
) -> tuple[float, Currency] | None:
    """Amount and currency of a call; None where nobody knows, and where none is asked (demo, Token Plan)."""
    row = price_row(settings, profile, model, when)
    if row is None:
        return None
    amount = cost(usage, row, price_list().search_price(row.currency))
    return None if amount is None else (amount, row.currency)


def price_row(settings: Settings, profile: Profile, model: str, when: datetime) -> Price | None:
    """The prices that hold for a model: the user's own, else the shipped ones where the platform's may hold."""
    if profile.kind == "demo" or is_token_plan(profile):
        return None
    own = own_price(settings, profile.id, model)
    if own is not None or profile.kind == "self-hosted":
        return own
    return price_list().price(model, usual_currency(profile), when)


def own_price(settings: Settings, profile_id: str, model: str) -> Price | None:
    """What a person typed in for a model of a service; None for nothing."""
    row = settings.get(PRICES).get(profile_id, {}).get(bare_id(model))
    if row is None:
        return None
    return Price(row["currency"], (bare_id(model),), tiers=(Tier(row["hit"], row["miss"], row["output"]),))


def set_own_price(settings: Settings, profile_id: str, model: str, price: Price | None) -> None:
    """Keep a person's own prices per million tokens; None goes back to the shipped ones."""
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
    """The highest threshold passed, 0 for none."""
    return max((share for share in THRESHOLDS if filling.quota and filling.per_cent >= share), default=0)
