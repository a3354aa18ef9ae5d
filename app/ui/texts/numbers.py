"""Numbers, sizes, durations, dates and money, formatted for the current language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

UNKNOWN = "–"
"""Shown instead of an unknown value, which must never appear as 0."""


def count(number: int) -> str:
    """A whole number with the locale's grouping: `1,914`."""
    return QLocale().toString(number)


def short_count(number: int) -> str:
    """A whole number, shortened to three digits and a unit: `914`, `1.9K`, `12.4K`, `1.05M`."""
    for limit, divisor, unit in ((1_000, 1, ""), (1_000_000, 1_000, "K"), (1_000_000_000, 1_000_000, "M")):
        if number < limit:
            scaled = number / divisor
            return f"{number}" if divisor == 1 else f"{_decimals(scaled, 1 if scaled < 100 else 0)}{unit}"
    return f"{_decimals(number / 1e9, 1)}B"


def context_size(tokens: int) -> str:
    """The context of a model as it is usually named: `1M` for 1,048,576 tokens, `256K` for 262,144."""
    for unit, divisor in (("M", 1 << 20), ("K", 1 << 10)):
        if tokens >= divisor and tokens % divisor == 0:
            return f"{tokens // divisor}{unit}"
    return short_count(tokens)


def decimal(number: float, places: int) -> str:
    """A number with at most `places` decimals and at least one: `0.95`, `1.0`."""
    text = _decimals(number, places)
    point = QLocale().decimalPoint()
    return text if point in text else f"{text}{point}0"


def seconds(duration: float) -> str:
    """A duration: `412 ms`, `3.2 s`, `2 min 5 s`."""
    if 0 < duration < 0.0005:
        return QCoreApplication.translate("Numbers", "< 1 ms")
    if duration < 0.9995:
        return QCoreApplication.translate("Numbers", "{n} ms").format(n=round(duration * 1000))
    if duration < 59.95:
        return QCoreApplication.translate("Numbers", "{n} s").format(n=_decimals(duration, 1))
    minutes, rest = divmod(round(duration), 60)
    return QCoreApplication.translate("Numbers", "{m} min {s} s").format(m=minutes, s=rest)


def clock(duration: float) -> str:
    """A playback position: `0:05.4`."""
    minutes, rest = divmod(max(0.0, duration), 60)
    return f"{int(minutes)}:{rest:04.1f}"


def size(bytes_: int) -> str:
    """A size in bytes, in decimal units: `1.4 MB`."""
    return QLocale().formattedDataSize(bytes_, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def money(amount: float | None, currency: str) -> str:
    """An amount with its currency sign: two decimals from 1 up, four below (`$0.0006`); a dash if unknown."""
    if amount is None:
        return UNKNOWN
    places = 2 if amount >= 1 or amount == 0 else 4
    return f"{money_sign(currency)}{_decimals(amount, places, trim=False)}"


def money_sign(currency: str) -> str:
    """The sign or code written before an amount of this currency."""
    return {"USD": "$", "CNY": "¥"}.get(currency, f"{currency} ")


def day(moment: float, now: float) -> str:
    """The section of a list that a past time belongs to: today, yesterday, this week, or its month."""
    then, today = datetime.fromtimestamp(moment).date(), datetime.fromtimestamp(now).date()
    days = (today - then).days
    if days <= 0:
        return QCoreApplication.translate("Numbers", "Today")
    if days == 1:
        return QCoreApplication.translate("Numbers", "Yesterday")
    if days < 7:
        return QCoreApplication.translate("Numbers", "This week")
    month = QDate(then.year, then.month, then.day)
    return QLocale().toString(month, QCoreApplication.translate("Numbers", "MMMM yyyy"))


def short_date(moment: float) -> str:
    """The date of a timestamp as the language writes it, with the month in letters: 3/4 is read differently."""
    then = datetime.fromtimestamp(moment).date()
    return QLocale().toString(QDate(then.year, then.month, then.day), _date_pattern())


def short_time(moment: float) -> str:
    """The local date and time of a timestamp as the language writes them, to the minute."""
    then = QDateTime.fromSecsSinceEpoch(int(moment))
    return QLocale().toString(then, f"{_date_pattern()} HH:mm")


def _date_pattern() -> str:
    return QCoreApplication.translate("Numbers", "d MMM yyyy")


def _decimals(number: float, places: int, trim: bool = True) -> str:
    text = QLocale().toString(number, "f", places)
    point = QLocale().decimalPoint()
    return text.rstrip("0").removesuffix(point) if trim and point in text else text
