"""Connects the prices and spend sections to the services that count and price requests."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.catalogue import catalogue
from app.core.errors import WorkbenchError
from app.core.presentation_mask import COVER
from app.core.prices import Price, Tier, price_list, usual_currency
from app.core.profiles import PRIVATE_KINDS, Profile
from app.core.settings import QUOTA, QUOTA_DAY
from app.core.spend import Spend, total
from app.services.spending import is_token_plan, own_price, price_row, set_own_price
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import SettingsDependencies
from app.ui.settings.services_page import ServicesPage
from app.ui.settings.spend_chart import DayBar
from app.ui.texts import spend as texts
from app.ui.texts.models import model_name
from app.ui.texts.numbers import money
from app.ui.widgets.row_model import Row

_MILLION = 1_000_000
_OWN_PLAN, _NO_PLAN = "own", ""


class SpendPresenter(PagePresenter):
    """Shows prices, spend and quota of the shown service, and saves changes to them."""

    def __init__(self, page: ServicesPage, dependencies: SettingsDependencies) -> None:
        super().__init__(page, dependencies)
        self._prices, self._spend = page.prices, page.spend
        self._profile = dependencies.profiles.active
        self._model = ""
        page.prices.currency_chosen.connect(self._choose_currency)
        page.prices.model_chosen.connect(self._choose_model)
        page.prices.own_entered.connect(self._save_own)
        page.prices.own_removed.connect(lambda: self._set_own(None))
        page.spend.plan_chosen.connect(self._choose_plan)
        page.spend.quota_entered.connect(lambda millions: self._set_quota(millions * _MILLION))
        page.spend.day_entered.connect(lambda day: dependencies.settings.set(QUOTA_DAY, day))
        dependencies.models.on_change.subscribe(lambda: self.show(self._profile))
        dependencies.spending.on_change.subscribe(self._show_spend)

    def show(self, profile: Profile) -> None:
        """Show a service."""
        if profile.id != self._profile.id or not self._model:
            self._model = self.dependencies.models.chosen("chat")
            self._prices.reset()
        self._profile = profile
        self._show_prices()
        self._show_spend()

    # -- prices -----------------------------------------------------------------------------------------------------

    def _show_prices(self) -> None:
        profile, model = self._profile, self._model
        models = [(entry.id, model_name(entry)) for entry in self.dependencies.models.all()]
        if model and model not in dict(models):
            models.append((model, model))
        self._prices.show_models(models, model)
        name = dict(models).get(model, model)
        if profile.kind == "demo":
            text = QCoreApplication.translate("Prices", "The demo service costs nothing.")
            self._prices.show_price(text, "", None, own=False, editable=False)
            return
        if is_token_plan(profile):
            self._prices.show_price(
                texts.credit_rate_sentence(name, price_list().rate(model)), "", None, own=False, editable=False
            )
            return
        own = own_price(self.dependencies.settings, profile.id, model)
        row = price_row(self.dependencies.settings, profile, model, datetime.now(UTC))
        text = (
            texts.unknown_price_sentence(name) if row is None else texts.price_sentence(name, row, own=own is not None)
        )
        tier = row.tiers[0] if row is not None and row.tiers else Tier(0.0, 0.0, 0.0)
        currency = row.currency if own is not None and row is not None else usual_currency(profile)
        self._prices.show_price(text, currency, tier, own=own is not None, editable=True)

    def _choose_model(self, model: str) -> None:
        self._model = model
        self._prices.reset()
        self._show_prices()

    def _choose_currency(self, currency: str) -> None:
        self.dependencies.profiles.save(msgspec.structs.replace(self._profile, currency=currency))
        self._profile = self.dependencies.profiles.get(self._profile.id)
        own = own_price(self.dependencies.settings, self._profile.id, self._model)
        if own is not None:
            # The numbers stay and only the currency changes: there is no exchange rate here.
            self._set_own(msgspec.structs.replace(own, currency=currency))
        if self._profile.id == self.dependencies.connection.profile.id:
            self.spawn(self.dependencies.connection.use(self.dependencies.profiles.active))
        self._show_prices()

    def _save_own(self, tier: Tier) -> None:
        self._set_own(Price(usual_currency(self._profile), (self._model,), tiers=(tier,)))

    def _set_own(self, price: Price | None) -> None:
        before = own_price(self.dependencies.settings, self._profile.id, self._model)
        profile, model = self._profile.id, self._model
        try:
            set_own_price(self.dependencies.settings, profile, model, price)
        except WorkbenchError as error:
            self.show_error(error)
            return
        self._prices.reset()

        def undo() -> None:
            set_own_price(self.dependencies.settings, profile, model, before)
            self._prices.reset()
            self._show_prices()

        def text() -> str:
            return QCoreApplication.translate("Prices", "The prices of {model} were changed.").format(model=model)

        self.dependencies.notifier.info(text, undo=undo, topic="prices")
        self._show_prices()

    # -- spend ----------------------------------------------------------------------------------------------------

    def _show_spend(self) -> None:
        spending, profile = self.dependencies.spending, self._profile.id
        today = spending.today()
        first = today.replace(day=1)
        run, day, month = spending.run(profile), spending.since(today, profile), spending.since(first, profile)
        month_total = total(month.values())
        self._spend.show_sums(
            texts.cost_text(total(run.values())),
            texts.cost_text(total(day.values())),
            texts.cost_text(month_total),
            texts.unpriced_message(month_total.unpriced) if month_total.unpriced else "",
        )
        self._show_days(spending.by_day(first, profile), first, today)
        none, names = Spend(), self._model_names(month)
        self._spend.show_models(
            [
                Row(
                    model,
                    names[model],
                    texts.model_line(run.get(model, none), day.get(model, none), spend),
                    texts.calls_text(spend.calls),
                )
                for model, spend in sorted(month.items(), key=lambda part: -part[1].tokens)
            ]
        )
        self._show_quota()

    def _model_names(self, models: Iterable[str]) -> dict[str, str]:
        """Names by id. While presenting, those of a private service are numbered to keep them distinguishable."""
        hides = self.presenting and self._profile.kind in PRIVATE_KINDS
        hidden = itertools.count(1)
        return {
            model: QCoreApplication.translate("Spend", "Model {veil} {n}").format(veil=COVER, n=next(hidden))
            if hides and not catalogue().model(model).listed
            else model
            for model in models
        }

    def _show_days(self, days: dict[str, Spend], first: date, today: date) -> None:
        """Show money in the currency with the highest sum, or tokens if nothing was priced."""
        sums = total(days.values()).cost
        currency = max(sums, key=lambda entry: sums[entry], default="")
        bars, highest = [], (0.0, "", today)
        for offset in range((today - first).days + 1):
            day = first + timedelta(offset)
            spend = days.get(day.isoformat(), Spend())
            value = spend.cost.get(currency, 0.0) if currency else float(spend.tokens)
            amount = f"≈ {money(value, currency)}" if currency else texts.tokens_text(spend)
            bars.append(DayBar(texts.short_day(day), value, texts.day_summary(day, amount)))
            highest = max(highest, (value, amount, day), key=lambda entry: entry[0])
        nothing = QCoreApplication.translate("Spend", "Nothing was used this month.")
        value, amount, day = highest
        self._spend.show_days(bars, texts.highest_day_summary(day, amount) if value else nothing)

    # -- the quota ------------------------------------------------------------------------------------------------

    def _show_quota(self) -> None:
        if not is_token_plan(self._profile):
            self._spend.hide_quota()
            return
        filling = self.dependencies.spending.filling()
        plans = {plan.id: plan.credits for plan in price_list().plans}
        chosen = next((plan for plan, credits_ in plans.items() if credits_ == filling.quota), _OWN_PLAN)
        self._spend.show_plans(
            [
                (_NO_PLAN, QCoreApplication.translate("Spend", "No quota")),
                *((plan, texts.plan_name(plan, credits_)) for plan, credits_ in plans.items()),
                (_OWN_PLAN, QCoreApplication.translate("Spend", "Own quota")),
            ],
            chosen if filling.quota else _NO_PLAN,
        )
        self._spend.show_quota(
            filling.quota / _MILLION,
            self.dependencies.settings.get(QUOTA_DAY),
            filling.per_cent,
            texts.quota_sentence(filling),
        )

    def _choose_plan(self, plan: str) -> None:
        credits_ = next((entry.credits for entry in price_list().plans if entry.id == plan), None)
        if credits_ is not None:
            self._set_quota(credits_)
        elif plan == _NO_PLAN:
            self._set_quota(0.0)
        else:
            self._spend.quota.number.setFocus()

    def _set_quota(self, credits_: float) -> None:
        self.dependencies.settings.set(QUOTA, float(credits_))
