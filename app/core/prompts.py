"""The platform's recommended system prompts and task presets (WIRE.md sections 1, 2 and 13)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from app.core.variables import PATTERN, filled

PRESETS: dict[str, str] = {
    "mimo-en": (
        "You are MiMo, an AI assistant developed by Xiaomi.\n"
        "Today's date: {date} {week}. Your knowledge cutoff date is December 2024."
    ),
    "mimo-zh": (
        "你是MiMo（中文名称也是MiMo），是小米公司研发的AI智能助手。\n"
        "今天的日期：{date} {week}，你的知识截止日期是2024年12月。"
    ),
    "none": "",
}

DEFAULTS = (PRESETS["mimo-en"], PRESETS["mimo-zh"])
"""The platform's own prompt in each language; new conversations begin with that of the interface's language."""


class Task(NamedTuple):
    """The values set by a task preset. While thinking, the platform ignores both numbers."""

    thinking: bool
    temperature: float
    top_p: float


TASKS: dict[str, Task] = {
    "conversation": Task(True, 1.0, 0.95),
    "coding": Task(False, 0.3, 0.95),
    "tools": Task(False, 0.3, 0.95),
    "writing": Task(False, 0.8, 0.95),
    "web": Task(False, 0.8, 0.95),
    "mathematics": Task(False, 1.0, 0.95),
}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_ZH = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_MONTHS = ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December")  # fmt: skip


_PLACEHOLDER = re.compile(PATTERN.pattern + r"|\{(date|week)\}")


def fill_placeholders(prompt: str, today: date, variables: Mapping[str, str] = MappingProxyType({})) -> str:
    """Fill in `{date}`, `{week}` and the `{{name}}` variables of a system prompt.

    The date has the format of the documentation and the prompt's language: "Tuesday, December 16, 2025" or
    "2025年12月16日". If an English prompt also has `{week}`, the weekday is left out of the date. `{{date}}` is a
    variable like any other. All are filled in at once: what a value contains is left alone, and so are other braces.
    """
    weekday = today.weekday()
    if any("\u4e00" <= letter <= "\u9fff" for letter in prompt):
        day, week = f"{today.year}年{today.month}月{today.day}日", _DAYS_ZH[weekday]
    else:
        day, week = f"{_MONTHS[today.month - 1]} {today.day}, {today.year}", _DAYS[weekday]
        if "{week}" not in prompt:
            day = f"{week}, {day}"
    values = {"date": day, "week": week}
    return _PLACEHOLDER.sub(lambda match: values[match[3]] if match[3] else filled(match, variables), prompt)
