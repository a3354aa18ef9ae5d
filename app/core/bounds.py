"""Bounds for everything that comes from outside: the wire, an imported file, a damaged database.

One absurd number must not make a program unstartable: JSON is checked before it is decoded, and numbers and dates are
checked before they are added, drawn or stored.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec

MAX_COUNT = 10**12
"""Tokens, bytes, credits of one thing; sums of a million of them still fit in SQLite's 64 bits."""
MAX_TIMESTAMP_SECONDS = 4_102_444_800.0
"""2100-01-01 UTC. Every calendar and every C library can show what lies between 1970 and this."""
MAX_SECONDS = 1e9
"""Durations: three decades."""
MAX_STEP = 10_000
"""Exchanges of one turn."""
MAX_JSON_DEPTH = 64
"""Levels of arrays and objects: decoders recurse, and nothing that we read is as deep."""

_OPENING, _CLOSING, _BACKSLASH = frozenset(b"[{"), frozenset(b"]}"), ord("\\")


class OutOfBounds(ValueError):
    """Raised for content that is larger, deeper or more absurd than anything the program writes."""


class TooLarge(OutOfBounds):
    """Raised for content beyond the sizes, numbers and depths that the program writes."""


def count(value: object) -> int:
    """A whole number from outside, in 0…`MAX_COUNT`: cut to the range, fractions cut off, 0 for what is no number."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and math.isnan(value))
    ):
        return 0
    return int(min(max(value, 0), MAX_COUNT))


def timestamp(value: object) -> float:
    """Seconds since 1970 from outside, in 0…`MAX_TIMESTAMP_SECONDS`; 0.0 for what is no such moment."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if 0 <= value <= MAX_TIMESTAMP_SECONDS else 0.0


def seconds(value: float) -> float:
    """A duration from outside, in 0…`MAX_SECONDS`: cut to the range, 0.0 for NaN."""
    return min(float(max(value, 0.0)), MAX_SECONDS) if value == value else 0.0


def bound(
    record: msgspec.Struct,
    *,
    counts: tuple[str, ...] = (),
    timestamps: tuple[str, ...] = (),
    durations: tuple[str, ...] = (),
) -> None:
    """Bring fields of a record within bounds; None stays. For `__post_init__`, which decoding calls as well.

    Whatever reads a record (the wire, the database, an import) or adds to one then gets values that can be stored.
    """
    # Decoding a long conversation calls this thousands of times: what is within bounds costs one comparison.
    for name in counts:
        value = getattr(record, name)
        if value is not None and not (type(value) is int and 0 <= value <= MAX_COUNT):
            _replace(record, name, value, count(value))
    for name in timestamps:
        value = getattr(record, name)
        if value is not None and not (type(value) is float and 0 <= value <= MAX_TIMESTAMP_SECONDS):
            _replace(record, name, value, timestamp(value))
    for name in durations:
        value = getattr(record, name)
        if value is not None and not (type(value) is float and 0 <= value <= MAX_SECONDS):
            _replace(record, name, value, seconds(value))


def _replace(record: msgspec.Struct, name: str, value: object, within: float) -> None:
    if within != value:
        msgspec.structs.force_setattr(record, name, within)


def depth(content: bytes) -> int:
    """How deeply arrays and objects are nested in JSON, looked at without decoding it. O(n), no recursion."""
    deepest = level = 0
    start = 0
    while True:
        quote = content.find(b'"', start)
        for byte in content[start : quote if quote >= 0 else None].translate(None, _NEITHER):
            level += 1 if byte in _OPENING else -1
            deepest = max(deepest, level)
        if quote < 0:
            return deepest
        start = _string_end(content, quote + 1)


_NEITHER = bytes(set(range(256)) - _OPENING - _CLOSING)


def _string_end(content: bytes, at: int) -> int:
    """Behind the quote that closes the string that begins at `at`; the length where none does."""
    while True:
        quote = content.find(b'"', at)
        if quote < 0:
            return len(content)
        backslashes = 0
        while content[quote - 1 - backslashes] == _BACKSLASH and quote - 1 - backslashes >= at:
            backslashes += 1
        at = quote + 1
        if backslashes % 2 == 0:
            return at


def check_json(content: bytes, max_bytes: int, max_depth: int = MAX_JSON_DEPTH) -> None:
    """Check size and depth of JSON before it is decoded. Raises TooLarge."""
    if len(content) > max_bytes:
        raise TooLarge(f"{len(content)} bytes are more than {max_bytes}")
    found = depth(content)
    if found > max_depth:
        raise TooLarge(f"{found} levels are more than {max_depth}")


def read_json(content: bytes, max_bytes: int, max_depth: int = MAX_JSON_DEPTH) -> Any:
    """Decode JSON of a bounded size and depth. Raises TooLarge, or msgspec.DecodeError for what is no JSON."""
    check_json(content, max_bytes, max_depth)
    return msgspec.json.decode(content)
