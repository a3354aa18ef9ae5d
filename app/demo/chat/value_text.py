"""Values of a tool's result as a person would write them: numbers with units, fields as a phrase, rows as points."""

from __future__ import annotations

import re
from typing import Any

from app.demo.chat.fields import role_of
from app.demo.chat.question import Language

MAX_TEXT = 600
MAX_ROWS = 6
_MAX_FIELDS = 8
_TITLE_KEYS = ("title", "name", "headline", "label", "subject", "date", "day", "time")
_KEYS_IN_ENGLISH = re.compile(r"[_\-\s]+|(?<=[a-z])(?=[A-Z])")
_CHINESE_KEYS = {
    "humidity": "湿度", "wind": "风", "wind speed": "风速", "wind direction": "风向", "feels like": "体感温度",
    "high": "最高", "low": "最低", "max": "最高", "min": "最低", "precipitation": "降水", "date": "日期",
    "price": "价格", "currency": "货币", "name": "名称", "title": "标题", "status": "状态", "time": "时间",
    "city": "城市", "location": "地点", "total": "总计", "count": "数量", "id": "编号", "message": "消息",
    "aqi": "空气质量指数", "uv": "紫外线", "symbol": "代码", "rate": "汇率", "result": "结果", "value": "数值",
    "unit": "单位", "size": "大小", "language": "语言", "text": "文本", "url": "网址", "departure": "出发",
    "arrival": "到达", "flight": "航班", "duration": "时长", "distance": "距离", "summary": "摘要",
}  # fmt: skip
_UNIT_SUFFIX = re.compile(r"_(km|mi|kg|lb|mm|cm|kmh|kph|mph|ms|usd|eur|cny|percent|pct|hours|minutes|seconds|days)$")
_UNIT_NAMES = {
    "kmh": "km/h",
    "kph": "km/h",
    "ms": "ms",
    "usd": "USD",
    "eur": "EUR",
    "cny": "CNY",
    "percent": "%",
    "pct": "%",
}
_SEPARATOR = {"en": ", ", "zh": "，"}
_YES_NO = {"en": ("no", "yes"), "zh": ("否", "是")}
_OPERATORS = (
    (r"\*\*", "^"),
    (r"\s*\*\s*", " × "),
    (r"\s*/\s*", " ÷ "),
    (r"\s*\+\s*", " + "),
    (r"sqrt\(([\d.]+)\)", r"√\1"),
)


def text(value: Any, language: Language) -> str:
    """A value in one line, at most `MAX_TEXT` characters of each text."""
    match value:
        case bool():
            return _YES_NO[language][value]
        case None:
            return "–"
        case float():
            return f"{value:.10g}"
        case str():
            return " ".join(value.split())[:MAX_TEXT]
        case list():
            return joined([text(item, language) for item in value[:MAX_ROWS]], language)
        case dict():
            return fields(value, language, marked=False)
    return str(value)[:MAX_TEXT]


def joined(parts: list[str], language: Language) -> str:
    """Parts that are not empty, separated by commas."""
    return _SEPARATOR[language].join(filter(None, parts))


def key_words(key: str, language: Language) -> str:
    """A key as words, without the unit that it may end with."""
    words = _KEYS_IN_ENGLISH.sub(" ", _UNIT_SUFFIX.sub("", key)).strip().lower()
    return _CHINESE_KEYS.get(words, words) if language == "zh" else words


def measured(key: str, value: Any, language: Language) -> str:
    """A value with the unit that its key ends with, and large counts with separators of thousands."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10_000 and role_of(key) != "id":
        written = f"{value:,}"[:MAX_TEXT]
    else:
        written = text(value, language)
    unit = _UNIT_SUFFIX.search(key)
    return f"{written} {_UNIT_NAMES.get(unit[1], unit[1])}" if unit and isinstance(value, int | float) else written


def fields(result: dict[str, Any], language: Language, *, marked: bool = True) -> str:
    """ "price **182.3**, currency USD": if `marked`, the first value stands out."""
    shown: list[str] = []
    for key, value in list(result.items())[:_MAX_FIELDS]:
        written = measured(key, value, language)
        written = f"**{written}**" if marked and not shown else written
        shown.append(f"{key_words(key, language)} {written}".strip())
    return joined(shown, language)


def row(entry: Any, language: Language) -> str:
    """One entry of a list, its title first."""
    if not isinstance(entry, dict):
        return text(entry, language)
    title = next((text(entry[key], language) for key in _TITLE_KEYS if entry.get(key)), "")
    if not title:
        return fields(entry, language)
    rest = {key: value for key, value in entry.items() if text(value, language) != title}
    colon = "：" if language == "zh" else ": "
    return f"**{title}**{colon}{fields(rest, language, marked=False)}" if rest else f"**{title}**"


def with_unit(value: Any, unit: str, language: Language) -> str:
    shown = {"C": "°C", "F": "°F", "celsius": "°C", "fahrenheit": "°F"}.get(unit, unit)
    return f"{text(value, language)} {shown}".strip()


def temperature(value: Any, unit: str, language: Language) -> str:
    """A temperature with its sign; text that says more than a number is left as it is."""
    if isinstance(value, str) and not re.fullmatch(r"-?\d+(?:\.\d+)?", value.strip()):
        return text(value, language)
    letter = {"f": "F", "k": "K"}.get(unit.strip().lstrip("°")[:1].lower(), "C")
    return f"{text(value, language)} {'K' if letter == 'K' else '°' + letter}"


def pretty(expression: str) -> str:
    """An expression with the signs of arithmetic: `17.5 * 3` as "17.5 × 3"."""
    for pattern, sign in _OPERATORS:
        expression = re.sub(pattern, sign, expression)
    return expression.strip()


def shortened(words: str) -> str:
    """A text in one line, cut at a word."""
    plain = " ".join(words.split())
    return plain if len(plain) <= MAX_TEXT else plain[: MAX_TEXT - 1].rpartition(" ")[0] + "…"
