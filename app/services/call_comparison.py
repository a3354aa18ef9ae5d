"""What differs between two calls: the fields of their requests, the words and the tool calls of their answers, and
their figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from app.core.call_timeline import CallTimeline
from app.core.differences import FieldDifference, Run, field_differences, word_differences
from app.core.messages import Usage
from app.services.call_reading import answer_text, progress, status_of, usage_of
from app.services.ports import Call
from app.services.recorded_tool_calls import RecordedToolCall, recorded_tool_calls

MAX_FIELDS = 500
"""Fields listed; of more the number is said."""
MIN_WORDS = 60
"""Characters of a text in a field from which its words are compared; a shorter one is seen at a glance."""


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
    """What differs.

    Attributes:
        fields: None if a request is not kept whole; `more_fields` says that there are more than listed.
        words: of the answers.
        field_words: the words of the longer texts among the fields, by path.
        tools: what differs between the tool calls, with paths such as `[0].arguments.city`.
        tool_names: of the tool calls of both answers, in order.
    """

    fields: tuple[FieldDifference, ...] | None
    more_fields: bool
    words: tuple[Run, ...]
    before: Figures
    after: Figures
    field_words: Mapping[str, tuple[Run, ...]] = MappingProxyType({})
    tools: tuple[FieldDifference, ...] = ()
    tool_names: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def compare(before: tuple[Call, int], after: tuple[Call, int]) -> Comparison:
    """Compare two calls, each with the number of its request from 0. May take a second: call it in a thread."""
    first, second = _body(before[0]), _body(after[0])
    fields: tuple[FieldDifference, ...] | None = None
    more = False
    if first is not None and second is not None:
        found = list(islice(field_differences(first[0], second[0]), MAX_FIELDS + 1))
        fields, more = tuple(found[:MAX_FIELDS]), len(found) > MAX_FIELDS
    words = word_differences(_answer(*before), _answer(*after))
    tools = _tools(*before), _tools(*after)
    return Comparison(
        fields, more, tuple(words), _figures(*before), _figures(*after),
        {field.path: _field_words(field) for field in fields or () if _has_words(field)},
        tuple(islice(field_differences(*([call._asdict() for call in calls] for calls in tools)), MAX_FIELDS)),
        (tuple(call.name for call in tools[0]), tuple(call.name for call in tools[1])),
    )  # fmt: skip


def _has_words(field: FieldDifference) -> bool:
    texts = (field.before, field.after)
    return all(isinstance(text, str) for text in texts) and max(map(len, texts)) >= MIN_WORDS


def _field_words(field: FieldDifference) -> tuple[Run, ...]:
    return tuple(word_differences(field.before, field.after))


def _tools(call: Call, number: int) -> list[RecordedToolCall]:
    """The tool calls of an answer; of a request that was refused there are none."""
    return recorded_tool_calls(call.timeline()) if number >= len(call.attempts) - 1 else []


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
        call.response_bytes if is_last else len(call.attempts[number].response), call.model, call.started, call.id,
    )  # fmt: skip
