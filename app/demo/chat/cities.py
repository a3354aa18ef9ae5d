"""Cities that a question may name, with their time zones."""

from __future__ import annotations

import re

import msgspec

from app.demo.chat.question import Language


class City(msgspec.Struct, frozen=True):
    english: str
    chinese: str
    zone: str

    def name(self, language: Language) -> str:
        return self.chinese if language == "zh" else self.english


_CITIES = (
    City("Beijing", "北京", "Asia/Shanghai"),
    City("Shanghai", "上海", "Asia/Shanghai"),
    City("Chengdu", "成都", "Asia/Shanghai"),
    City("Wuhan", "武汉", "Asia/Shanghai"),
    City("Guangzhou", "广州", "Asia/Shanghai"),
    City("Shenzhen", "深圳", "Asia/Shanghai"),
    City("Hangzhou", "杭州", "Asia/Shanghai"),
    City("Hong Kong", "香港", "Asia/Hong_Kong"),
    City("Taipei", "台北", "Asia/Taipei"),
    City("Tokyo", "东京", "Asia/Tokyo"),
    City("Seoul", "首尔", "Asia/Seoul"),
    City("Singapore", "新加坡", "Asia/Singapore"),
    City("Delhi", "德里", "Asia/Kolkata"),
    City("Dubai", "迪拜", "Asia/Dubai"),
    City("Moscow", "莫斯科", "Europe/Moscow"),
    City("Berlin", "柏林", "Europe/Berlin"),
    City("Paris", "巴黎", "Europe/Paris"),
    City("Amsterdam", "阿姆斯特丹", "Europe/Amsterdam"),
    City("London", "伦敦", "Europe/London"),
    City("New York", "纽约", "America/New_York"),
    City("Boston", "波士顿", "America/New_York"),
    City("Chicago", "芝加哥", "America/Chicago"),
    City("San Francisco", "旧金山", "America/Los_Angeles"),
    City("Sydney", "悉尼", "Australia/Sydney"),
)


def find(text: str) -> list[City]:
    """Find the cities in a text, in the order of their first mention."""
    matches = []
    for city in _CITIES:
        match = re.search(rf"\b{city.english}\b|{city.chinese}", text, re.IGNORECASE)
        if match:
            matches.append((match.start(), city))
    return [city for _, city in sorted(matches, key=lambda item: item[0])]
