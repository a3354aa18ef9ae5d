"""Dates in system prompts, in the format of the documentation (WIRE.md section 13)."""

from datetime import date

from app.core.prompts import PRESETS, fill_placeholders

DAY = date(2025, 12, 16)


def test_english() -> None:
    assert "Today's date: December 16, 2025 Tuesday." in fill_placeholders(PRESETS["mimo-en"], DAY)


def test_chinese() -> None:
    assert "今天的日期：2025年12月16日 星期二，" in fill_placeholders(PRESETS["mimo-zh"], DAY)


def test_other_braces_are_not_changed() -> None:
    assert fill_placeholders('{"a": {x}} {date}', DAY) == '{"a": {x}} Tuesday, December 16, 2025'
