"""What calls cost: by service, model and day, over several runs, with own prices, and against a typed-in quota."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.core.errors import Code, InputError, StorageError, WorkbenchError
from app.core.messages import Reply, Usage
from app.core.prices import Price, Tier
from app.core.profiles import DEMO, PRESETS, Profile
from app.core.settings import PRICES, QUOTA, QUOTA_DAY, Settings
from app.core.spend import DaySpend, Spend, period_start, total
from app.services.chat.usage_observer import UsageObserver
from app.services.run_statistics import RunStatistics
from app.services.spending import Filling, Spending, price, set_own_price
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home

PAYG = next(preset for preset in PRESETS if preset.id == "payg")
PLAN = next(preset for preset in PRESETS if preset.id == "token-plan-cn")
SERVER = next(preset for preset in PRESETS if preset.id == "self-hosted")
GATEWAY = Profile("mine", "gateway", "Mine", "https://gateway.example.org/v1")
MODEL = "mimo-v2.5-pro"
MILLION = Usage(prompt=1_000_000)
NOON = datetime(2026, 9, 10, 12, tzinfo=UTC)


class Kept:
    """A store in memory; with `fails` the disk is full."""

    def __init__(self, *rows: DaySpend) -> None:
        self.rows = {row.id: row for row in rows}
        self.fails = False

    async def keep(self, row: DaySpend, /) -> None:
        if self.fails:
            raise StorageError(Code.DISK_FULL, path="/home")
        self.rows[row.id] = row

    async def listed(self) -> tuple[DaySpend, ...]:
        return tuple(self.rows.values())


class Run:
    """One run of the program: its meter, its sums, and the service that answers."""

    def __init__(self, store: Kept, settings: Settings | None = None, moment: datetime = NOON) -> None:
        self.settings = settings or Settings()
        self.profile, self.moment, self.meter = PAYG, moment, RunStatistics()
        self.failures: list[BaseException] = []
        self.tasks = TaskSet(self.failures.append)
        self.spending = Spending(
            self.meter, self.settings, store, self.tasks, lambda call_id: self.profile, lambda: self.moment
        )
        self.told: list[tuple[Filling, int]] = []
        self.spending.on_threshold.subscribe(lambda filling, share: self.told.append((filling, share)))

    async def end(self) -> None:
        await self.tasks.drain()
        await self.spending.flush()
        assert self.failures == []


async def test_today_goes_on_where_the_last_run_stopped() -> None:
    store = Kept()
    first = Run(store)
    await first.spending.load()
    first.spending.used(MODEL, MILLION)
    await first.end()
    second = Run(store)
    # A call may end before the earlier days are read.
    second.spending.used(MODEL, MILLION)
    await second.spending.load()
    second.spending.used(MODEL, MILLION)
    await second.end()
    assert second.spending.run("payg")[MODEL].cost == pytest.approx({"USD": 0.87})
    assert second.spending.since(NOON.date(), "payg")[MODEL].cost == pytest.approx({"USD": 1.305})
    assert [row.used.calls for row in store.rows.values()] == [3]
    assert second.meter.cost == pytest.approx({"USD": 0.87})


async def test_the_days_are_kept_in_the_database(tmp_path: Path) -> None:
    database = await Database.open(open_home(tmp_path))
    run = Run(Kept())
    run.spending._store = database.spend
    await run.spending.load()
    run.spending.used(MODEL, MILLION)
    run.spending.used(MODEL, MILLION)
    await run.end()
    (row,) = await database.spend.listed()
    assert (row.profile, row.model, row.used.calls, row.used.tokens) == ("payg", MODEL, 2, 2_000_000)
    await database.close()


async def test_a_month_is_the_sum_of_its_days() -> None:
    def row(day: str, amount: float) -> DaySpend:
        return DaySpend(day, day, "payg", MODEL, Spend(1, 10, {"USD": amount}))

    run = Run(Kept(row("2026-08-31", 9.0), row("2026-09-01", 1.0), row("2026-09-09", 2.0)))
    await run.spending.load()
    month = date(2026, 9, 1)
    assert total(run.spending.since(month, "payg").values()).cost == {"USD": 3.0}
    assert list(run.spending.by_day(month, "payg")) == ["2026-09-01", "2026-09-09"]
    assert run.spending.since(month, "mine") == {}
    await run.end()


async def test_a_full_disk_is_told_and_the_next_call_keeps_all() -> None:
    store = Kept()
    run = Run(store)
    told: list[WorkbenchError] = []
    run.spending.on_failed.subscribe(told.append)
    await run.spending.load()
    store.fails = True
    run.spending.used(MODEL, MILLION)
    await run.end()
    assert {error.code for error in told} == {Code.DISK_FULL} and not store.rows
    store.fails = False
    run.spending.used("mimo-v2.5", MILLION)
    await run.end()
    assert {row.model: row.used.calls for row in store.rows.values()} == {MODEL: 1, "mimo-v2.5": 1}


async def test_a_call_that_did_not_come_to_say_what_it_used_is_counted_as_unknown() -> None:
    run = Run(Kept())
    await run.spending.load()
    run.spending.used(MODEL, None)
    assert run.spending.run("payg") == {MODEL: Spend(1, unpriced=1)}
    assert (run.meter.unpriced, run.meter.tokens) == (1, 0)
    run.profile = DEMO
    run.spending.used(MODEL, None)
    assert run.spending.run("demo") == {MODEL: Spend(1)}
    await run.end()


@pytest.mark.parametrize(
    ("reply", "calls"),
    [
        (Reply(MODEL, MODEL, "stop", MILLION, 0.2), 1),
        (Reply(MODEL, MODEL, "stopped", None, 0.2), 1),
        (Reply(MODEL, MODEL, "stopped", None, None, call_id="answered, but nothing came yet"), 1),
        (Reply(MODEL, MODEL, "error"), 0),
    ],
)
async def test_replies_that_began_are_counted(reply: Reply, calls: int) -> None:
    run = Run(Kept())
    UsageObserver(run.meter, run.spending).step_ended("message", reply)
    assert sum(spend.calls for spend in run.spending.run("payg").values()) == calls
    await run.end()


@pytest.mark.parametrize(
    ("profile", "known"),
    [(PAYG, True), (GATEWAY, True), (PLAN, False), (DEMO, False), (SERVER, False)],
)
def test_the_list_of_prices_holds_only_where_it_may(profile: Profile, known: bool) -> None:
    assert (price(Settings(), profile, MODEL, MILLION, NOON) is not None) == known


def test_own_prices_go_before_the_list_and_can_be_taken_back() -> None:
    settings = Settings()
    set_own_price(settings, "self-hosted", MODEL, Price("CNY", tiers=(Tier(0.1, 2.0, 8.0),)))
    assert price(settings, SERVER, MODEL, Usage(1_000_000, 500_000, cached=1_000_000), NOON) == pytest.approx(
        (4.1, "CNY")
    )
    assert price(settings, PAYG, MODEL, MILLION, NOON) == pytest.approx((0.435, "USD"))
    set_own_price(settings, "self-hosted", MODEL, None)
    assert settings.get(PRICES) == {}


@pytest.mark.parametrize(
    "row",
    [
        {"currency": "EUR", "hit": 1, "miss": 1, "output": 1},
        {"currency": "CNY", "hit": 1, "miss": 1},
        {"currency": "CNY", "hit": -1, "miss": 1, "output": 1},
        {"currency": "USD", "hit": float("nan"), "miss": 1, "output": 1},
        {"currency": "USD", "hit": True, "miss": 1, "output": 1},
        "free",
    ],
)
def test_a_price_that_cannot_be_used_is_told_like_any_bad_setting(row: object) -> None:
    with pytest.raises(InputError) as raised:
        PRICES.check({"mine": {MODEL: row}})
    assert raised.value.code is Code.SETTING_INVALID
    assert PRICES.check({"mine": {MODEL: {"currency": "CNY", "hit": 0, "miss": 1, "output": 2.5}}})


def test_a_service_can_be_shown_in_the_other_currency() -> None:
    chinese = Profile("x", "gateway", "X", "https://gateway.example.org/v1", currency="CNY")
    assert price(Settings(), chinese, MODEL, MILLION, NOON) == pytest.approx((3.0, "CNY"))


async def test_the_quota_is_told_of_once_for_each_share() -> None:
    settings = Settings()
    settings.set(QUOTA, 1_000_000_000.0)
    store = Kept()
    run = Run(store, settings)
    run.profile = PLAN
    await run.spending.load()
    run.spending.used(MODEL, Usage(prompt=1_600_000))  # 300 credits a token: 48 %
    assert run.told == []
    run.spending.used(MODEL, Usage(prompt=200_000))
    run.spending.used(MODEL, Usage(prompt=10))
    run.spending.used(MODEL, Usage(prompt=1_400_000))
    run.spending.used(MODEL, Usage(prompt=400_000))
    assert [share for _, share in run.told] == [50, 90, 100]
    assert run.meter.credits == pytest.approx(run.spending.filling().used)
    await run.end()
    again = Run(store, settings)
    again.profile = PLAN
    await again.spending.load()
    again.spending.used(MODEL, Usage(prompt=10))
    assert again.told == []
    next_month = datetime(2026, 10, 10, 12, tzinfo=UTC)
    again.moment = next_month
    again.spending.used(MODEL, Usage(prompt=2_000_000))
    assert [share for _, share in again.told] == [50]
    await again.end()


async def test_what_is_full_when_the_quota_is_typed_is_no_news() -> None:
    run = Run(Kept())
    run.profile = PLAN
    await run.spending.load()
    run.spending.used(MODEL, Usage(prompt=2_000_000))
    run.settings.set(QUOTA, 1_000_000_000.0)
    run.spending.used(MODEL, Usage(prompt=10))
    assert run.told == []
    assert run.spending.filling().per_cent == pytest.approx(60, abs=0.1)
    await run.end()


@pytest.mark.parametrize(
    ("today", "day", "start"),
    [
        (date(2026, 3, 10), 1, date(2026, 3, 1)),
        (date(2026, 3, 10), 10, date(2026, 3, 10)),
        (date(2026, 3, 10), 31, date(2026, 2, 28)),
        (date(2026, 1, 5), 20, date(2025, 12, 20)),
        (date(2026, 2, 28), 31, date(2026, 2, 28)),
    ],
)
def test_a_period_begins_on_its_day_or_the_last_of_a_short_month(today: date, day: int, start: date) -> None:
    settings = Settings()
    settings.set(QUOTA_DAY, day)
    assert period_start(today, settings.get(QUOTA_DAY)) == start


async def test_a_call_is_charged_again_without_being_counted() -> None:
    run = Run(Kept())
    await run.spending.load()
    assert run.spending.charge(MODEL, MILLION, NOON).cost == pytest.approx({"USD": 0.435})
    run.profile = PLAN
    assert run.spending.charge(MODEL, MILLION, NOON).credits == pytest.approx(300e6)
    run.profile = SERVER
    assert run.spending.charge(MODEL, MILLION, NOON).unpriced == 1
    run.profile = DEMO
    assert run.spending.charge(MODEL, MILLION, NOON) == Spend(1, 1_000_000)
    assert run.spending.run("payg") == {}
    await run.end()


@pytest.mark.parametrize(("currency", "amount"), [("USD", 0.01), ("CNY", 0.032)])
def test_web_searches_are_counted_and_billed(currency: str, amount: float) -> None:
    run = Run(Kept())
    run.profile = Profile("mine", "payg", "Mine", PAYG.base_url, currency=currency)  # type: ignore[arg-type]
    alone = run.spending.charge(MODEL, MILLION, NOON)
    searched = run.spending.charge(MODEL, Usage(prompt=1_000_000, searches=2), NOON)
    assert searched.searches == 2
    assert searched.cost[currency] - alone.cost[currency] == pytest.approx(amount)
    assert (searched + searched).searches == 4
