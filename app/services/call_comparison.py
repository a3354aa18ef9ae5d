"""What differs between two calls: the fields of their requests, the words of their answers, and their figures."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any, NamedTuple

from app.core.call_timeline import CallTimeline
from app.core.differences import FieldDifference, Run, field_differences, word_differences
from app.core.messages import Usage
from app.services.call_reading import answer_text, progress, status_of, usage_of
from app.services.ports import Call

MAX_FIELDS = 500
"""Fields listed; of more the number is said."""


class Figures(NamedTuple):
    """The figures of one call; None for what is not known."""

    status: int | None
    timeline: CallTimeline
    usage: Usage | None
    request_bytes: int
    response_bytes: int


class Comparison(NamedTuple):
    """`fields` is None if a request is not kept whole, and `more_fields` says that there are more than listed."""

    fields: tuple[FieldDifference, ...] | None
    more_fields: bool
    words: tuple[Run, ...]
    before: Figures
    after: Figures


def compare(before: tuple[Call, int], after: tuple[Call, int]) -> Comparison:
    """Compare two calls, each with the number of its request from 0. May take a second: call it in a thread."""
    first, second = _body(before[0]), _body(after[0])
    fields: tuple[FieldDifference, ...] | None = None
    more = False
    if first is not None and second is not None:
        found = list(islice(field_differences(first[0], second[0]), MAX_FIELDS + 1))
        fields, more = tuple(found[:MAX_FIELDS]), len(found) > MAX_FIELDS
    words = word_differences(_answer(*before), _answer(*after))
    return Comparison(fields, more, tuple(words), _figures(*before), _figures(*after))


def _body(call: Call) -> tuple[Any] | None:
    try:
        return (json.loads(call.request),) if call.request else (None,)
    except (ValueError, RecursionError):
        return None


def _answer(call: Call, number: int) -> str:
    """The words of an answer; of a request that was refused there are none."""
    return answer_text(call) if number >= len(call.attempts) - 1 else ""


def _figures(call: Call, number: int) -> Figures:
    line = progress(call, number, 0.0).timeline
    is_last = number >= len(call.attempts) - 1
    return Figures(
        status_of(call, number), line, usage_of(call) if is_last else None, call.request_bytes,
        call.response_bytes if is_last else len(call.attempts[number].response),
    )  # fmt: skip
