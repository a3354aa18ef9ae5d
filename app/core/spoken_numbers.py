"""Numbers as they are written and as they are said, in English and Chinese, brought into one form for comparison.

A recogniser writes a number as it likes: `2026`, `twenty twenty-six` and `二零二六` are the same words to a listener.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * tens for tens, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_IRREGULAR = {
    "first": "one", "second": "two", "third": "three", "fifth": "five", "eighth": "eight", "ninth": "nine",
    "twelfth": "twelve",
}  # fmt: skip
_WRITTEN_DECADE = re.compile(r"(\d+)'?s")
_DECADES = {f"{word[:-1]}ies": word for word in _TENS}
_WRITTEN_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_CHINESE_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1_000}
_CHINESE_SCALES = {"万": 10_000, "亿": 100_000_000}
CHINESE_NUMERALS = "".join((*_CHINESE_DIGITS, *_CHINESE_UNITS, *_CHINESE_SCALES))
"""Every character that Chinese numbers are written with."""
_ORDINAL_MARK, _DECADE_MARK = "th", "s"
MAX_DIGITS = 40
"""Of one number; a longer run of numerals is read digit by digit."""


def cardinal_of(ordinal: str) -> str:
    """The cardinal of an English ordinal such as `twentieth` or `21st`; empty for another word."""
    written = _WRITTEN_ORDINAL.fullmatch(ordinal)
    if written is not None:
        return written[1]
    if ordinal in _IRREGULAR:
        return _IRREGULAR[ordinal]
    stem = ordinal.removesuffix("th")
    if stem == ordinal:
        return ""
    stem = stem[:-2] + "y" if stem.endswith("ie") else stem
    return stem if stem in _SMALL or stem in _SCALES else ""


def _decade_of(word: str) -> str:
    """The number whose plural a word is, as in `1990s`, `nineties` and `hundreds`; empty for another word."""
    written = _WRITTEN_DECADE.fullmatch(word)
    if written is not None:
        return written[1]
    return "hundred" if word == "hundreds" else _DECADES.get(word, "")


def is_number(word: str) -> bool:
    """Whether a word of a text in lower case is a number, or part of one."""
    return word.isdecimal() or word in _SMALL or word in _SCALES or bool(cardinal_of(word) or _decade_of(word))


def spoken_value(words: Sequence[str]) -> tuple[str, int]:
    """Read an English number at the beginning of words in lower case.

    Returns its digits, with `th` after those of an ordinal and `s` after those of a decade, and how many words it
    takes; 0 if none begins here.
    """
    total = group = used = 0
    last = -1
    """What the last word added, -1 where nothing can be added to."""
    for place, word in enumerate(words):
        if word == "and" and used and last >= 100 and place + 1 < len(words) and _small(words[place + 1]) is not None:
            continue
        ordinal = cardinal_of(word)
        decade = "" if ordinal else _decade_of(word)
        cardinal = ordinal or decade or word
        small = _small(cardinal)
        if small is not None and _fits(last, small, has_begun=bool(used)):
            group, last = group + small, small
        elif cardinal in _SCALES and (used or ordinal):
            scale = _SCALES[cardinal]
            if scale == 100:
                if last >= 100:
                    break
                group = max(group, 1) * 100
            else:
                if total and total % (scale * 1_000) and total < scale * 1_000:
                    break
                total, group = total + max(group, 1) * scale, 0
            last = scale
        else:
            break
        used = place + 1
        if ordinal or decade:
            return f"{total + group}{_ORDINAL_MARK if ordinal else _DECADE_MARK}", used
    return (str(total + group), used) if used else ("", 0)


def _small(word: str) -> int | None:
    if word.isdecimal() and len(word) <= MAX_DIGITS:
        return int(word)
    return _SMALL.get(word)


def _fits(last: int, value: int, *, has_begun: bool) -> bool:
    """Whether a value can follow within the same number: `twenty` before `six`, `hundred` before `five`."""
    if not has_begun:
        return True
    return (last >= 100 and value < last) if last >= 100 or last < 20 else last % 10 == 0 and 0 < value < 10


def chinese_value(numerals: str) -> str:
    """The digits of a Chinese number, such as `三千零五`; of a row of digits, such as `二零二六`, each for itself."""
    if not any(numeral in _CHINESE_UNITS or numeral in _CHINESE_SCALES for numeral in numerals):
        return "".join(str(_CHINESE_DIGITS[numeral]) for numeral in numerals)
    if len(numerals) > MAX_DIGITS:
        return numerals
    total = section = digit = 0
    for numeral in numerals:
        if numeral in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[numeral]
        elif numeral in _CHINESE_UNITS:
            section += (digit or 1) * _CHINESE_UNITS[numeral]
            digit = 0
        elif numeral == "万":
            total, section, digit = total + (section + digit or 1) * _CHINESE_SCALES[numeral], 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * _CHINESE_SCALES[numeral], 0, 0
    return str(total + section + digit)


def joined_digits(numbers: Sequence[str]) -> Iterator[str]:
    """Numbers that follow each other as one: a year is said in two halves, a telephone number digit by digit."""
    run = ""
    for number in numbers:
        mark = next((mark for mark in (_ORDINAL_MARK, _DECADE_MARK) if number.endswith(mark)), "")
        run += number.removesuffix(mark)
        if mark:
            yield run + mark
            run = ""
    if run:
        yield run
