"""Words about what was spent, what things cost, and how full a quota is. Every amount is called an estimate."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.core.prices import CreditRate, Price
from app.core.spend import Spend
from app.services.spending import Filling
from app.ui.texts.numbers import UNKNOWN, count, money, money_sign, short_count


def amount(spend: Spend) -> str:
    """What it cost, in as many currencies as there were; credits; a dash where nobody knows."""
    parts = [f"≈ {money(value, currency)}" for currency, value in spend.cost.items()]
    if spend.credits:
        parts.append(credits_words(spend.credits))
    return " + ".join(parts) or (UNKNOWN if spend.unpriced or not spend.calls else token_words(spend))


def charge_words(spend: Spend) -> str:
    """What a reply cost; nothing where any part of it is unknown, or where it is free."""
    return amount(spend) if (spend.cost or spend.credits) and not spend.unpriced else ""


def token_words(spend: Spend) -> str:
    return QCoreApplication.translate("Spend", "{n} tokens").format(n=short_count(spend.tokens))


def credits_words(credits_: float) -> str:
    return QCoreApplication.translate("Spend", "{n} credits").format(n=short_count(round(credits_)))


def model_line(run: Spend, today: Spend, month: Spend) -> str:
    """One model: what it cost in each time, and its tokens."""
    return QCoreApplication.translate("Spend", "this run {run}, today {today}, this month {month} ({tokens})").format(
        run=amount(run), today=amount(today), month=amount(month), tokens=token_words(month)
    )


def calls_words(calls: int) -> str:
    return QCoreApplication.translate("Spend", "{n} calls").format(n=count(calls))


def unpriced_words(calls: int) -> str:
    return QCoreApplication.translate(
        "Spend", "{n} calls of this month are in none of these sums: nobody here knows what they cost."
    ).format(n=count(calls))


def short_day(day: date) -> str:
    """A day of this month, as short as it can be: its number."""
    return QLocale().toString(day.day)


def long_day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QCoreApplication.translate("Spend", "d MMMM"))


def day_words(day: date, words: str) -> str:
    return QCoreApplication.translate("Spend", "{day}: {amount}").format(day=long_day(day), amount=words)


def highest_words(day: date, words: str) -> str:
    return QCoreApplication.translate("Spend", "By day of this month; most on {day}: {amount}.").format(
        day=long_day(day), amount=words
    )


def price_words(model: str, price: Price, *, own: bool) -> str:
    """What a model costs, and by whose list."""
    if price.audio_hour is not None:
        if not price.audio_hour:
            return QCoreApplication.translate("Prices", "{model} is free for now.").format(model=model)
        return QCoreApplication.translate("Prices", "{model}: {hour} per hour of sound, an estimate.").format(
            model=model, hour=_unit_price(price.audio_hour, price.currency)
        )
    tier = price.tiers[0]
    if not (tier.hit or tier.miss or tier.output) and not own:
        return QCoreApplication.translate("Prices", "{model} is free for now.").format(model=model)
    template = (
        QCoreApplication.translate(
            "Prices", "{model}: {miss} in, {hit} cached, {output} out per million tokens, by your own prices."
        )
        if own
        else QCoreApplication.translate(
            "Prices", "{model}: {miss} in, {hit} cached, {output} out per million tokens, an estimate by the list."
        )
    )
    return template.format(
        model=model,
        miss=_unit_price(tier.miss, price.currency),
        hit=_unit_price(tier.hit, price.currency),
        output=_unit_price(tier.output, price.currency),
    )


def _unit_price(amount_: float, currency: str) -> str:
    """As a list of prices has it: all its digits, and no more."""
    number = QLocale().toString(amount_, "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest)
    return f"{money_sign(currency)}{number}"


def unknown_price(model: str) -> str:
    return QCoreApplication.translate(
        "Prices", "Nobody here knows what {model} costs with this service. Type your own prices, or none is counted."
    ).format(model=model)


def rate_words(model: str, rate: CreditRate | None) -> str:
    """What a model takes from a Token Plan."""
    if rate is None:
        return QCoreApplication.translate("Prices", "How many credits {model} takes is not known.").format(model=model)
    if rate.audio_hour is not None:
        return QCoreApplication.translate("Prices", "{model}: {hour} credits per hour of sound.").format(
            model=model, hour=short_count(round(rate.audio_hour))
        )
    if not (rate.hit or rate.miss or rate.output):
        return QCoreApplication.translate("Prices", "{model} takes no credits for now.").format(model=model)
    return QCoreApplication.translate(
        "Prices",
        "{model}: {miss} credits in, {hit} cached, {output} out per token; a fifth less from midnight to 8:00 in "
        "Beijing.",
    ).format(model=model, miss=f"{rate.miss:g}", hit=f"{rate.hit:g}", output=f"{rate.output:g}")


def plan_name(plan_id: str, credits_: int) -> str:
    """A Token Plan and its credits of a month."""
    names = {"lite": "Lite", "standard": "Standard", "pro": "Pro", "max": "Max"}
    return f"{names.get(plan_id, plan_id)} · {short_count(credits_)}"


def filling_words(filling: Filling) -> str:
    """How full the quota is, and who counted."""
    if not filling.quota:
        return QCoreApplication.translate(
            "Spend", "{used} credits used since {day}, counted by this workbench only. Type the quota of your plan."
        ).format(used=short_count(round(filling.used)), day=long_day(filling.since))
    return QCoreApplication.translate(
        "Spend", "{share} % used: {used} of {quota} credits since {day}, counted by this workbench only."
    ).format(
        share=count(round(filling.per_cent)),
        used=short_count(round(filling.used)),
        quota=short_count(round(filling.quota)),
        day=long_day(filling.since),
    )


def threshold_words(filling: Filling, share: int) -> str:
    """News: a share of the quota is used."""
    if share >= 100:
        return QCoreApplication.translate(
            "Spend", "The plan's {quota} credits are used up, as far as this workbench counted."
        ).format(quota=short_count(round(filling.quota)))
    return QCoreApplication.translate(
        "Spend", "{share} % of the plan's {quota} credits are used, as far as this workbench counted."
    ).format(share=share, quota=short_count(round(filling.quota)))
