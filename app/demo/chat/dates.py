"""Dates and times of day that a question names, in English and Chinese."""

from __future__ import annotations

import datetime as dt
import re

import msgspec


class NamedDate(msgspec.Struct, frozen=True):
    """A date and the words that named it."""

    words: str
    date: dt.date


_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE_WEEKDAYS = "一二三四五六日"
_DAYS_AWAY = {
    "today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "yesterday": -1,
    "今天": 0, "今晚": 0, "明天": 1, "后天": 2, "大后天": 3, "昨天": -1,
}  # fmt: skip
_MONTH = "|".join(f"{month}|{month[:3]}" for month in _MONTHS)
_DATE = re.compile(
    r"(?P<iso>(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d))"
    r"|(?:(?P<zh_year>\d{4})年)?(?P<zh_month>\d{1,2})月(?P<zh_day>\d{1,2})[日号]"
    rf"|\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{_MONTH})\b(?:,? (?P<year2>\d{{4}}))?"
    rf"|\b(?P<next>next |this |on )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
    r"|(?P<zh_next>下个?|这个?|本)?(?:周|星期|礼拜)(?P<zh_weekday>[一二三四五六日天])"
    r"|(?P<away>\bthe day after tomorrow\b|\b(?:today|tonight|tomorrow|yesterday)\b|大后天|今天|今晚|明天|后天|昨天)"
    r"|(?P<weekend>\b(?:this |the |next )?weekend\b|(?:这个?|下个?|本)?周末)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b)?"
    r"|\b(?P<hour2>1[0-2]|[1-9])\s?(?P<half2>[ap])\.?m\b"
    r"|(?P<zh_half>上午|早上|中午|下午|晚上)?(?P<zh_hour>\d{1,2})点(?:(?P<zh_minute>\d{1,2})分|(?P<zh_half_hour>半))?",
    re.IGNORECASE,
)


def find(text: str, today: dt.date | None = None) -> list[NamedDate]:
    """The dates in a text, in their order. A day without a year is the next one; a weekday is the coming one."""
    today = today or dt.date.today()
    found = []
    for match in _DATE.finditer(text):
        try:
            found.append(NamedDate(match.group().strip(), _date(match, today)))
        except ValueError:
            continue
    return found


def find_time(text: str) -> str | None:
    """The first time of day as HH:MM."""
    match = _TIME.search(text)
    if match is None:
        return None
    hour = int(match["hour"] or match["hour2"] or match["zh_hour"])
    minute = int(match["minute"] or match["zh_minute"] or (30 if match["zh_half_hour"] else 0))
    half = (match["half"] or match["half2"] or "").lower()
    is_afternoon = half == "p" or match["zh_half"] in ("下午", "晚上")
    if half or match["zh_half"]:
        hour = hour % 12 + 12 * is_afternoon if hour <= 12 and match["zh_half"] != "中午" else hour
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def without(text: str) -> str:
    """The text without its dates and times, so that their digits are not taken for numbers."""
    return _TIME.sub(" ", _DATE.sub(" ", text))


def _date(match: re.Match[str], today: dt.date) -> dt.date:
    if iso := match["iso"]:
        return dt.date(*map(int, iso.split("-")))
    if match["zh_month"]:
        return _day(today, match["zh_year"], int(match["zh_month"]), int(match["zh_day"]))
    if month := match["month"] or match["month2"]:
        number = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()))
        return _day(today, match["year"] or match["year2"], number, int(match["day"] or match["day2"]))
    if weekday := match["weekday"]:
        is_next = (match["next"] or "").lower().startswith("next")
        return _weekday(today, _WEEKDAYS.index(weekday.lower()), is_next)
    if weekday := match["zh_weekday"]:
        return _weekday(
            today, _CHINESE_WEEKDAYS.index(weekday.replace("天", "日")), (match["zh_next"] or "")[:1] == "下"
        )
    if weekend := match["weekend"]:
        return _weekday(today, 5, weekend.lower().startswith(("next", "下")))
    return today + dt.timedelta(_DAYS_AWAY[match["away"].lower()])


def _day(today: dt.date, year: str | None, month: int, day: int) -> dt.date:
    if year:
        return dt.date(int(year), month, day)
    date = dt.date(today.year, month, day)
    return date if date >= today else dt.date(today.year + 1, month, day)


def _weekday(today: dt.date, weekday: int, is_next_week: bool) -> dt.date:
    """The coming weekday, or that of the week after this one; weeks begin on Monday."""
    if is_next_week:
        return today + dt.timedelta(7 - today.weekday() + weekday)
    return today + dt.timedelta((weekday - today.weekday()) % 7)
