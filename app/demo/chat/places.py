"""Cities that a question may name, with their time zones."""

from __future__ import annotations

import re

import msgspec

from app.demo.chat.question import Language


class Place(msgspec.Struct, frozen=True):
    english: str
    chinese: str
    zone: str

    def name(self, language: Language) -> str:
        return self.chinese if language == "zh" else self.english


_PLACES = (
    Place("Beijing", "北京", "Asia/Shanghai"),
    Place("Shanghai", "上海", "Asia/Shanghai"),
    Place("Chengdu", "成都", "Asia/Shanghai"),
    Place("Wuhan", "武汉", "Asia/Shanghai"),
    Place("Guangzhou", "广州", "Asia/Shanghai"),
    Place("Shenzhen", "深圳", "Asia/Shanghai"),
    Place("Hangzhou", "杭州", "Asia/Shanghai"),
    Place("Hong Kong", "香港", "Asia/Hong_Kong"),
    Place("Taipei", "台北", "Asia/Taipei"),
    Place("Tokyo", "东京", "Asia/Tokyo"),
    Place("Seoul", "首尔", "Asia/Seoul"),
    Place("Singapore", "新加坡", "Asia/Singapore"),
    Place("Delhi", "德里", "Asia/Kolkata"),
    Place("Dubai", "迪拜", "Asia/Dubai"),
    Place("Moscow", "莫斯科", "Europe/Moscow"),
    Place("Berlin", "柏林", "Europe/Berlin"),
    Place("Paris", "巴黎", "Europe/Paris"),
    Place("Amsterdam", "阿姆斯特丹", "Europe/Amsterdam"),
    Place("London", "伦敦", "Europe/London"),
    Place("New York", "纽约", "America/New_York"),
    Place("Boston", "波士顿", "America/New_York"),
    Place("Chicago", "芝加哥", "America/Chicago"),
    Place("San Francisco", "旧金山", "America/Los_Angeles"),
    Place("Sydney", "悉尼", "Australia/Sydney"),
)


def named(text: str) -> list[Place]:
    """Find the cities in a text, in the order of their first mention."""
    found = []
    for place in _PLACES:
        spot = re.search(rf"\b{place.english}\b|{place.chinese}", text, re.IGNORECASE)
        if spot:
            found.append((spot.start(), place))
    return [place for _, place in sorted(found, key=lambda pair: pair[0])]
