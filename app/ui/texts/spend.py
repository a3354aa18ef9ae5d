"""Spend, prices and quota use in words and numbers. Every amount is presented as an estimate."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.core.prices import CreditRate, Price
from app.core.spend import Spend
from app.services.spending import Filling
from app.ui.texts.numbers import UNKNOWN, count, money, money_sign, short_count


def cost_text(spend: Spend) -> str:
    """The cost in every currency it arose in, and in credits; a dash if no price is known."""
    parts = [f"≈ {money(value, currency)}" for currency, value in spend.cost.items()]
    if spend.credits:
        parts.append(credits_text(spend.credits))
    return " + ".join(parts) or (UNKNOWN if spend.unpriced or not spend.calls else tokens_text(spend))


def charge_text(spend: Spend) -> str:
    """The cost of a reply; empty if it was free or any part of its price is unknown."""
    return cost_text(spend) if (spend.cost or spend.credits) and not spend.unpriced else ""


def tokens_text(spend: Spend) -> str:
    return QCoreApplication.translate("Spend", "{n} tokens").format(n=short_count(spend.tokens))


def credits_text(credits_: float) -> str:
    return QCoreApplication.translate("Spend", "{n} credits").format(n=short_count(round(credits_)))


def model_line(run: Spend, today: Spend, month: Spend) -> str:
    """The cost of one model in each period, its tokens, and its web searches if there were any."""
    amounts = tokens_text(month)
    if month.searches:
        amounts += " · " + searches_text(month.searches)
    return QCoreApplication.translate("Spend", "this run {run}, today {today}, this month {month} ({tokens})").format(
        run=cost_text(run), today=cost_text(today), month=cost_text(month), tokens=amounts
    )


def searches_text(searches: int) -> str:
    """The number of billed web searches."""
    if searches == 1:
        return QCoreApplication.translate("Spend", "1 search")
    return QCoreApplication.translate("Spend", "{n} searches").format(n=count(searches))


def calls_text(calls: int) -> str:
    return QCoreApplication.translate("Spend", "{n} calls").format(n=count(calls))


def unpriced_message(calls: int) -> str:
    return QCoreApplication.translate(
        "Spend", "{n} calls this month are not included because their price is unknown."
    ).format(n=count(calls))


def short_day(day: date) -> str:
    """A day of the current month as its number only."""
    return QLocale().toString(day.day)


def long_day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QCoreApplication.translate("Spend", "d MMMM"))


def day_summary(day: date, cost: str) -> str:
    return QCoreApplication.translate("Spend", "{day}: {amount}").format(day=long_day(day), amount=cost)


def highest_day_summary(day: date, cost: str) -> str:
    return QCoreApplication.translate("Spend", "Daily spend this month. Highest on {day}: {amount}.").format(
        day=long_day(day), amount=cost
    )


def price_sentence(model: str, price: Price, *, own: bool) -> str:
    """The price of a model, and whether it comes from the user or from the list."""
    if price.audio_hour is not None:
        if not price.audio_hour:
            return QCoreApplication.translate("Prices", "{model} is free for now.").format(model=model)
        return QCoreApplication.translate("Prices", "{model}: {hour} per hour of audio (estimate).").format(
            model=model, hour=_unit_price(price.audio_hour, price.currency)
        )
    tier = price.tiers[0]
    if not (tier.hit or tier.miss or tier.output) and not own:
        return QCoreApplication.translate("Prices", "{model} is free for now.").format(model=model)
    template = (
        QCoreApplication.translate(
            "Prices", "{model}, per million tokens: {miss} input, {hit} cached input, {output} output (your prices)."
        )
        if own
        else QCoreApplication.translate(
            "Prices",
            "{model}, per million tokens: {miss} input, {hit} cached input, {output} output (estimate from list "
            "prices).",
        )
    )
    return template.format(
        model=model,
        miss=_unit_price(tier.miss, price.currency),
        hit=_unit_price(tier.hit, price.currency),
        output=_unit_price(tier.output, price.currency),
    )


def _unit_price(amount_: float, currency: str) -> str:
    """A unit price with all its digits and no trailing zeros, as in a price list."""
    number = QLocale().toString(amount_, "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest)
    return f"{money_sign(currency)}{number}"


def unknown_price_sentence(model: str) -> str:
    return QCoreApplication.translate(
        "Prices", "The price of {model} on this service is unknown. Enter your own prices to include it."
    ).format(model=model)


def credit_rate_sentence(model: str, rate: CreditRate | None) -> str:
    """The credits a model uses from a Token Plan."""
    if rate is None:
        return QCoreApplication.translate("Prices", "The credit rate of {model} is unknown.").format(model=model)
    if rate.audio_hour is not None:
        return QCoreApplication.translate("Prices", "{model}: {hour} credits per hour of audio.").format(
            model=model, hour=short_count(round(rate.audio_hour))
        )
    if not (rate.hit or rate.miss or rate.output):
        return QCoreApplication.translate("Prices", "{model} uses no credits for now.").format(model=model)
    return QCoreApplication.translate(
        "Prices",
        "{model}, credits per token: {miss} input, {hit} cached input, {output} output; 20 % less from 0:00 to "
        "8:00 Beijing time.",
    ).format(model=model, miss=f"{rate.miss:g}", hit=f"{rate.hit:g}", output=f"{rate.output:g}")


def plan_name(plan_id: str, credits_: int) -> str:
    """A Token Plan and its credits per month."""
    names = {"lite": "Lite", "standard": "Standard", "pro": "Pro", "max": "Max"}
    return f"{names.get(plan_id, plan_id)} · {short_count(credits_)}"


def quota_sentence(filling: Filling) -> str:
    """How much of the quota is used, by this workbench's own count."""
    if not filling.quota:
        return QCoreApplication.translate(
            "Spend", "{used} credits used since {day}, counting this workbench only. Enter your plan's quota."
        ).format(used=short_count(round(filling.used)), day=long_day(filling.since))
    return QCoreApplication.translate(
        "Spend", "{share} % used: {used} of {quota} credits since {day}, counting this workbench only."
    ).format(
        share=count(round(filling.per_cent)),
        used=short_count(round(filling.used)),
        quota=short_count(round(filling.quota)),
        day=long_day(filling.since),
    )


def quota_notice(filling: Filling, share: int) -> str:
    """Notification that `share` per cent of the quota is used."""
    if share >= 100:
        return QCoreApplication.translate(
            "Spend", "The plan's {quota} credits are used up, by this workbench's count."
        ).format(quota=short_count(round(filling.quota)))
    return QCoreApplication.translate(
        "Spend", "{share} % of the plan's {quota} credits are used, by this workbench's count."
    ).format(share=share, quota=short_count(round(filling.quota)))
