"""Amounts of money as they are said, in English and Chinese, brought into the form in which they are written.

`$5.50` is read as `five dollars and fifty cents` or `five dollars fifty`, and `5.5元` as `五块五毛` or `五块五`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.core.late_patterns import late_pattern

MAX_WORDS = 8
"""Of one amount, with its numbers as one word each."""
_MAJOR = frozenset({"dollars", "euros", "pounds", "yuan"})
_MINOR = {"cents": "dollars", "cent": "dollars", "pence": "pounds", "p": "pounds"}
_MAJOR_ZH = frozenset("元块圆镑")
_FOREIGN_ZH = frozenset("美欧英澳加日港")
_MEASURES_ZH = frozenset("个只张件本斤份条杯瓶块元人次天年月号点")
_TENTHS_ZH, _HUNDREDTHS_ZH = frozenset("角毛"), frozenset("分")
_TRAILING_ZEROS = late_pattern(
    r"(?<![\d.])(\d+)(?:\.0+|(\.\d*?[1-9])0+)(?=\s*(?:dollars?|euros?|pounds?|yuan|[元块圆]|[美欧英澳加日港][元镑]))"
)


class Amount(NamedTuple):
    """An amount at the beginning of words: its digits without a point, its unit, and how many words it takes."""

    digits: str
    unit: tuple[str, ...]
    used: int


def without_trailing_zeros(text: str) -> str:
    """Write amounts such as `5.50 dollars` with as few digits as they need: trailing zeros are not spoken."""
    return _TRAILING_ZEROS().sub(lambda found: found[1] + (found[2] or ""), text)


def amount_at(words: Sequence[str]) -> Amount | None:
    """Read an amount at the beginning of words whose numbers are digits; None if none begins here."""
    if len(words) < 2 or not words[0].isdecimal():
        return None
    if words[1] in _MINOR:
        return Amount("0" + _cents(words[0]), (_MINOR[words[1]],), 2) if len(words[0]) <= 2 else None
    if words[1] in _MAJOR:
        return _english(words)
    return _chinese(words)


def _english(words: Sequence[str]) -> Amount:
    rest = words[2:5]
    if len(rest) >= 3 and rest[0] == "and" and _is_small(rest[1]) and rest[2] in _MINOR:
        return Amount(words[0] + _cents(rest[1]), (words[1],), 5)
    if rest and _is_small(rest[0]):
        has_unit = len(rest) > 1 and rest[1] in _MINOR
        return Amount(words[0] + _cents(rest[0]), (words[1],), 4 if has_unit else 3)
    return Amount(words[0], (words[1],), 2)


def _chinese(words: Sequence[str]) -> Amount | None:
    place = 1
    unit: tuple[str, ...] = ()
    if words[place] in _FOREIGN_ZH and len(words) > place + 1:
        unit, place = (words[place],), place + 1
    if words[place] not in _MAJOR_ZH:
        return None
    is_colloquial = words[place] == "块"
    unit, place = (*unit, "镑" if words[place] == "镑" else "元"), place + 1
    if place < len(words) and words[place] == "钱":
        return Amount(words[0], unit, place + 1)
    if place >= len(words) or not _is_small(words[place]):
        return Amount(words[0], unit, place)
    number, place = words[place], place + 1
    is_foreign = place < len(words) and words[place] in _FOREIGN_ZH
    mark = words[place + is_foreign] if place + is_foreign < len(words) else ""
    if mark in _HUNDREDTHS_ZH:
        return Amount(words[0] + _cents(number), unit, place + is_foreign + 1)
    if len(number) > 1:
        return Amount(words[0], unit, place - 1)
    if mark in _TENTHS_ZH and not is_foreign:
        return Amount(words[0] + number, unit, place + 1)
    # `五块五` has the tenths without their unit; `五块一个` is the price of one.
    has_tenths = is_colloquial and not is_foreign and mark not in _MEASURES_ZH
    return Amount(words[0] + number, unit, place) if has_tenths else Amount(words[0], unit, place - 1)


def _is_small(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2


def _cents(number: str) -> str:
    return f"{int(number):02}".rstrip("0")
