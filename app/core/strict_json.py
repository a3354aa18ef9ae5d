"""Decodes JSON without what Python reads although it can't be written again: NaN, Infinity, and numbers like 1e999."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
"""A string, a mark, or a word of JSON; a string is one token, whatever stands in it."""

MAX_WORD = 40
"""Characters of a refused number that are told."""
_LONG_NUMBER = re.compile(r"-?\d{4301,}")
"""A whole number that Python refuses to read."""


class ConstantError(ValueError):
    """Raised for NaN, Infinity and numbers that are too large to be one here.

    Attributes:
        offset: where the constant stands, in characters from the start.
        word: what is written there.
    """

    def __init__(self, offset: int, word: str) -> None:
        super().__init__(word)
        self.offset = offset
        self.word = word


class _RefusedError(ValueError):
    pass


def decode(text: str, *, object_pairs_hook: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """The value of a JSON text.

    Raises json.JSONDecodeError, ConstantError, RecursionError for one nested too deeply, and whatever the hook raises.
    """
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=object_pairs_hook)
    except _RefusedError as error:
        word = str(error)
        raise ConstantError(_offset_of(text, word), word[:MAX_WORD]) from None
    except ValueError as error:
        long = next((match for match in TOKEN.finditer(text) if _LONG_NUMBER.fullmatch(match.group())), None)
        if type(error) is not ValueError or long is None:
            raise
        raise ConstantError(long.start(), long.group()[:MAX_WORD]) from None


def _refuse(name: str) -> float:
    raise _RefusedError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _RefusedError(digits)
    return number


def _offset_of(text: str, word: str) -> int:
    """Where a word stands outside of strings."""
    return next((match.start() for match in TOKEN.finditer(text) if match.group() == word), 0)
