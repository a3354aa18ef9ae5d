"""Reads numbers as people type them. What can't be read is refused with a reason, never turned into another number."""

from __future__ import annotations

import math
import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple


class NumberProblem(StrEnum):
    """Why a typed text is not taken as the number of a field."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


class TypedNumber(NamedTuple):
    """What was read: `value`, or the `problem` that keeps it from being used."""

    value: float | None = None
    problem: NumberProblem | None = None


_SIGNS = {0x2212: "-", 0x2013: "-", 0x3002: "."}
_BLANKS = " \u00a0\u2007\u2009\u202f_'’"
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?P<group>[{_BLANKS}])\d{{3}}(?:(?P=group)\d{{3}})*(?:[.,]\d+)?")
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}")


def read_number(text: str, minimum: float, maximum: float, *, whole: bool = False) -> TypedNumber:
    """Read a number between `minimum` and `maximum`.

    A decimal comma, full-width digits, the full stop of a Chinese keyboard, a typographic minus, an exponent and groups
    of three digits are understood. In a field of whole numbers `4,096` is 4096, for a comma there can only separate
    thousands; `4.096` is refused, for it may be either. Units such as `4k` are refused.
    """
    tidy = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()
    if not tidy:
        return TypedNumber(problem=NumberProblem.EMPTY)
    plain = _ungrouped(tidy, whole=whole)
    if plain is None:
        return TypedNumber(problem=NumberProblem.NOT_A_NUMBER)
    value = float(plain)
    if math.isinf(value):
        return TypedNumber(problem=NumberProblem.TOO_LARGE if value > 0 else NumberProblem.TOO_SMALL)
    if whole and (value != int(value) or ("." in plain and plain.rpartition(".")[2].strip("0"))):
        return TypedNumber(problem=NumberProblem.NOT_WHOLE)
    if whole and re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", plain):
        return TypedNumber(problem=NumberProblem.NOT_WHOLE)
    if value < minimum:
        return TypedNumber(problem=NumberProblem.TOO_SMALL)
    if value > maximum:
        return TypedNumber(problem=NumberProblem.TOO_LARGE)
    return TypedNumber(int(value) if whole else value)


def _ungrouped(text: str, *, whole: bool) -> str | None:
    """`text` as Python writes the number; None where it is none."""
    if _GROUPED.fullmatch(text):
        return text.translate(dict.fromkeys(map(ord, _BLANKS))).replace(",", ".")
    if _POINT_GROUPS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    groups = _COMMA_GROUPS.fullmatch(text)
    if groups and (whole or "." in text or text.count(",") > 1):
        return text.replace(",", "")
    return text.replace(",", ".") if _DECIMAL.fullmatch(text) else None
