"""What differs between two calls: the fields of their requests, the words of their answers, and their figures."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any, NamedTuple

from app.core.call_timeline import CallTimeline
from app.core.differences import FieldDifference, Run, field_differences, word_differences
from app.core.messages import Usage
from app.services.call_reading import answer_text, progress, status_of, tool_calls, usage_of
from app.services.ports import Call

MAX_FIELDS = 500
"""Fields listed; of more the number is said."""


class Figures(NamedTuple):
    """The figures of one call; None for what is not known.

    Attributes:
        model, started, call_id: of the call, which its cost depends on.
    """

    status: int | None
    timeline: CallTimeline
    usage: Usage | None
    request_bytes: int
    response_bytes: int
    model: str = ""
    started: float = 0.0
    call_id: str = ""


class Comparison(NamedTuple):
    """`fields` is None if a request is not kept whole, and `more_fields` says that there are more than listed.

    `tool_calls` compares the calls that the answers ask for, one a line.
    """

    fields: tuple[FieldDifference, ...] | None
    more_fields: bool
    words: tuple[Run, ...]
    before: Figures
    after: Figures
    tool_calls: tuple[Run, ...] = ()


def compare(before: tuple[Call, int], after: tuple[Call, int]) -> Comparison:
    """Compare two calls, each with the number of its request from 0. May take a second: call it in a thread."""
    first, second = _body(before[0]), _body(after[0])
    fields: tuple[FieldDifference, ...] | None = None
    more = False
    if first is not None and second is not None:
        found = list(islice(field_differences(first[0], second[0]), MAX_FIELDS + 1))
        fields, more = tuple(found[:MAX_FIELDS]), len(found) > MAX_FIELDS
    words = word_differences(_answer(*before), _answer(*after))
    calls = word_differences(_tool_calls(*before), _tool_calls(*after))
    return Comparison(fields, more, tuple(words), _figures(*before), _figures(*after), tuple(calls))


def _body(call: Call) -> tuple[Any] | None:
    try:
        return (json.loads(call.request),) if call.request else (None,)
    except (ValueError, RecursionError):
        return None


def _answer(call: Call, number: int) -> str:
    """The words of an answer; of a request that was refused there are none."""
    return answer_text(call) if number >= len(call.attempts) - 1 else ""


def _tool_calls(call: Call, number: int) -> str:
    return "".join(f"{each}\n" for each in tool_calls(call)) if number >= len(call.attempts) - 1 else ""


def _figures(call: Call, number: int) -> Figures:
    line = progress(call, number, 0.0).timeline
    is_last = number >= len(call.attempts) - 1
    return Figures(
        status_of(call, number), line, usage_of(call) if is_last else None, call.request_bytes,
        call.response_bytes if is_last else len(call.attempts[number].response), call.model, call.started, call.id,
    )  # fmt: skip
