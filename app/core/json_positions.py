"""Where in a JSON text each of its values stands, so that an error can be shown at its line."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from app.core.bounds import MAX_JSON_DEPTH
from app.core.strict_json import TOKEN, ConstantError, decode

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value, from the outside."""


class JsonError(ValueError):
    """Raised for a text that is not JSON.

    Attributes:
        kind: `comma`, `name`, `value`, `string`, `extra`, `control`, `escape`, `colon`, `twice`, `deep`, or `empty`.
        offset: where, in characters from the start.
        word: what is written there, for `value` and `twice`.
    """

    def __init__(self, kind: str, offset: int, word: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.offset = offset
        self.word = word


class Span(NamedTuple):
    """The characters of one value, and where its key begins (its own start for an item of an array)."""

    key: int
    start: int
    end: int


class Positions(NamedTuple):
    """A decoded JSON text and the place of every value in it."""

    value: Any
    spans: dict[Path, Span]


_KINDS = (
    ("Expecting ','", "comma"),
    ("Expecting property name", "name"),
    ("Illegal trailing comma", "name"),
    ("Expecting ':'", "colon"),
    ("Expecting value", "value"),
    ("Unterminated string", "string"),
    ("Extra data", "extra"),
    ("Invalid control character", "control"),
    ("Invalid \\", "escape"),
)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column of a character, both counted from 1."""
    offset = min(max(offset, 0), len(text))
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def read_with_positions(text: str) -> Positions:
    """Decode a JSON text. Raises JsonError, also for a key that an object has twice and for NaN and Infinity."""
    if not text.strip():
        raise JsonError("empty", 0)
    try:
        value = decode(text)
    except json.JSONDecodeError as error:
        kind = next((kind for begin, kind in _KINDS if error.msg.startswith(begin)), "value")
        raise JsonError(kind, error.pos, _word_at(text, error.pos)) from None
    except ConstantError as error:
        raise JsonError("value", error.offset, error.word) from None
    except RecursionError:
        raise JsonError("deep", 0) from None
    return Positions(value, _spans(text))


def _word_at(text: str, offset: int) -> str:
    match = TOKEN.match(text, offset)
    return match.group()[:40] if match else ""


def _spans(text: str) -> dict[Path, Span]:
    """The place of every value of a text that is known to be JSON."""
    spans: dict[Path, Span] = {}
    path: list[str | int] = []
    open_values: list[tuple[int, int, bool]] = []  # where the value and its key begin, and whether it is an object
    key_start = -1
    awaits_key = False
    for match in TOKEN.finditer(text):
        token, start = match.group(), match.start()
        if token == ":":
            awaits_key = False
        elif token == ",":
            awaits_key = open_values[-1][2]
            if awaits_key:
                path.pop()
            else:
                index = path.pop()
                assert isinstance(index, int)
                path.append(index + 1)
        elif token in "{[":
            if len(open_values) >= MAX_JSON_DEPTH:
                raise JsonError("deep", start)
            open_values.append((start, key_start if key_start >= 0 else start, token == "{"))
            key_start = -1
            awaits_key = token == "{"
            if token == "[":
                path.append(0)
        elif token in "}]":
            begin, key, is_object = open_values.pop()
            # An empty object has no key in the path, an empty array has its first index there.
            if not is_object or not awaits_key:
                path.pop()
            awaits_key = False
            spans[tuple(path)] = Span(key, begin, match.end())
        elif awaits_key:
            name = json.loads(token)
            if (*path, name) in spans:
                raise JsonError("twice", start, name)
            path.append(name)
            key_start = start
        else:
            spans[tuple(path)] = Span(key_start if key_start >= 0 else start, start, match.end())
            key_start = -1
    return spans
