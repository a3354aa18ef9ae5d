"""Strings of more than 100,000 characters in JSON, which are left where they are instead of being copied."""

from __future__ import annotations

import json
from typing import Any

import msgspec

STEP = 1 << 16
"""Characters; a stretch of this length without a quotation mark is inside of a long string."""
_MARK = "\ue000"


class LongString:
    """A string by its place in a JSON text: what stands between the quotation marks, with its escapes."""

    __slots__ = ("end", "raw", "start")

    def __init__(self, raw: str, start: int, end: int) -> None:
        self.raw, self.start, self.end = raw, start, end

    def value(self) -> str:
        """The string itself, a copy."""
        return unescaped(self.raw[self.start : self.end])


def unescaped(text: str) -> str:
    """What a part of a JSON string means."""
    return str(json.loads(f'"{text}"')) if "\\" in text else text


def whole_escapes(raw: str, at: int) -> int:
    """The last place up to `at` that is not inside of an escape."""
    begin = raw.rfind("\\", max(0, at - 6), at)
    if begin < 0:
        return at
    before = begin
    while before > 0 and raw[before - 1] == "\\":
        before -= 1
    if (begin - before) % 2:
        return at  # The second half of an escaped backslash.
    length = 6 if raw[begin + 1 : begin + 2] == "u" else 2
    return begin if begin + length > at else at


def without_long_strings(raw: str) -> tuple[str, list[LongString]]:
    """A JSON text with marks in place of its long strings, for `with_long_strings`, and these strings.

    Long strings that contain quotation marks are not looked for. Nothing is copied of those that are found.
    """
    found: list[LongString] = []
    at = STEP
    while at + STEP <= len(raw):
        if raw.find('"', at, at + STEP) >= 0 or raw[at : at + STEP].isspace():
            at += STEP
            continue
        start, end = raw.rfind('"', 0, at) + 1, raw.find('"', at)
        if start <= 0 or end < 0:
            return raw, []
        # What stands before the string, and after it, shows whether these marks are its own.
        before = raw[max(0, start - 20) : start - 1].rstrip()
        after = raw[end + 1 : end + 20].lstrip()
        if before[-1:] not in ":,[" or after[:1] not in ",]}" or raw[end - 1] == "\\":
            at = end + 1
            continue
        found.append(LongString(raw, start, end))
        at = end + 1
    if not found or _MARK in raw:
        return raw, []
    parts, place = [], 0
    for number, each in enumerate(found):
        parts += [raw[place : each.start], f"{_MARK}{number}"]
        place = each.end
    return "".join([*parts, raw[place:]]), found


def with_long_strings(value: Any, found: list[LongString]) -> Any:
    """A decoded value with the long strings in place of their marks. Raises ValueError if one is used as a name."""
    if not found:
        return value
    if isinstance(value, dict):
        if any(name.startswith(_MARK) for name in value):
            raise ValueError("a long string is a name")
        return {name: with_long_strings(item, found) for name, item in value.items()}
    if isinstance(value, list):
        return [with_long_strings(item, found) for item in value]
    if isinstance(value, str) and value.startswith(_MARK):
        return found[int(value[1:])]
    return value


def copied(value: Any) -> Any:
    """A value with the long strings in it as strings."""
    if isinstance(value, LongString):
        return value.value()
    if isinstance(value, dict):
        return {name: copied(item) for name, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


def decoded(raw: str) -> tuple[Any, bool, bool]:
    """The value, whether there is one, and whether there are long strings in it."""
    short, long_strings = without_long_strings(raw)
    if long_strings:
        try:
            return with_long_strings(msgspec.json.decode(short), long_strings), True, True
        except (ValueError, RecursionError):
            pass
    try:
        return msgspec.json.decode(raw), True, False
    except (ValueError, RecursionError):
        pass
    # Only this one knows NaN and halves of surrogate pairs.
    try:
        return json.loads(raw), True, False
    except (ValueError, RecursionError):
        return None, False, False
