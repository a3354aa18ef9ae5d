"""Where a text occurs in strings, lists and objects of megabytes, each of which is searched once."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from app.core.json_long_strings import LongString

_UNESCAPED_QUOTE = re.compile(r'(?<!\\)(?:\\\\)*"')
_CHUNK = 200
"""Items searched at once."""
_CHUNK_LENGTH = 1 << 18
"""Characters of a string searched at once."""


class Range(Protocol):
    """The part `start` to `end` of a string, list or object."""

    @property
    def value(self) -> Any: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def is_raw(self) -> bool: ...


class Occurrences:
    """The occurrences of one text, whether in capitals or not.

    Attributes:
        needle: the text as it was typed, in lower case.
    """

    def __init__(self, needle: str, plain: str, escaped: str) -> None:
        """`plain` is what the text is inside of a string, and `escaped` what JSON has for it, both in lower case."""
        self.needle = needle
        self._plain, self._escaped = plain, escaped
        self._compact = _compact(needle)
        self._places: dict[int, array[int]] = {}
        self._counts: dict[int, list[int]] = {}

    def places(self, part: Range) -> Sequence[int]:
        """Where the text occurs in a part of a string, in ascending order; also across the edges of the part."""
        value, length = part.value, self.length(part)
        places = self._places.get(id(value))
        if places is None:
            places = self._places[id(value)] = _places(value, self._escaped if part.is_raw else self._plain)
        first, last = bisect_left(places, part.start - length + 1), bisect_left(places, part.end)
        if part.is_raw:
            # Beyond the edges the whole JSON may go on with another string.
            while first < last and _UNESCAPED_QUOTE.search(value[places[first] : part.start]):
                first += 1
            while first < last and _UNESCAPED_QUOTE.search(value[part.end : places[last - 1] + length]):
                last -= 1
        return places[first:last]

    def length(self, part: Range) -> int:
        """Characters of an occurrence in a part of a string."""
        return len(self._escaped if part.is_raw else self._plain)

    def count(self, part: Range) -> int:
        """How often the text occurs in the JSON of a part of a list or object."""
        return sum(number for _, number in self._chunks(part))

    def item(self, part: Range, *, last: bool) -> int | None:
        """The first or last item of a part of a list or object that contains the text, None for none."""
        values = _values(part.value)
        begins = [begin for begin, number in self._chunks(part) if number]
        for begin in reversed(begins) if last else begins:
            places = range(max(begin, part.start), min(begin + _CHUNK, part.end))
            for at in reversed(places) if last else places:
                if self._compact in _encoded(part.value, values[at : at + 1]):
                    return at
        return None

    def _chunks(self, part: Range) -> list[tuple[int, int]]:
        """The beginnings of the chunks of a part, and how often the text occurs in what of each is in the part."""
        values = _values(part.value)
        counts = self._counts.get(id(part.value))
        if counts is None:
            counts = self._counts[id(part.value)] = [
                self._count(part.value, values[begin : begin + _CHUNK]) for begin in range(0, len(values), _CHUNK)
            ]
        chunks = []
        for begin in range(part.start - part.start % _CHUNK, part.end, _CHUNK):
            first, end = max(begin, part.start), min(begin + _CHUNK, part.end)
            is_whole = first == begin and end == min(begin + _CHUNK, len(values))
            number = counts[begin // _CHUNK]
            chunks.append((begin, number if is_whole or not number else self._count(part.value, values[first:end])))
        return chunks

    def _count(self, value: Any, some: Sequence[Any]) -> int:
        return _encoded(value, some).count(self._compact)


def _compact(needle: str) -> str:
    """A text to find, as JSON has it that is written without blanks between names and values."""
    return needle.replace('": ', '":').replace('", "', '","').replace("{ ", "{").replace(" }", "}")


def _values(value: Any) -> Sequence[Any]:
    return list(value.items()) if isinstance(value, dict) else value


def _encoded(value: Any, some: Sequence[Any]) -> str:
    """The JSON of some items or fields in lower case."""
    part = dict(some) if isinstance(value, dict) else some
    try:
        text = msgspec.json.encode(part, enc_hook=_long_value).decode()
    except UnicodeEncodeError:
        text = json.dumps(part, ensure_ascii=False, separators=(",", ":"), default=_long_value)
    return text.lower()


def _long_value(value: object) -> object:
    if isinstance(value, LongString):
        return value.value()
    raise NotImplementedError(type(value).__name__)


def _places(value: str, plain: str) -> array[int]:
    """Where a text in lower case occurs in a string. Some of it at a time is made lower case."""
    places = array("q")
    for begin in range(0, len(value), _CHUNK_LENGTH):
        chunk = value[begin : begin + _CHUNK_LENGTH + len(plain) - 1]
        lower = chunk.lower()
        if plain not in lower:
            continue
        # A few letters are longer in lower case, so that no place would be right.
        is_same = len(lower) == len(chunk)
        found = re.finditer(re.escape(plain), lower if is_same else chunk, 0 if is_same else re.IGNORECASE)
        places.extend(begin + each.start() for each in found)
    return places
