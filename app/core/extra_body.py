"""Checks the additional fields of a request body as they are typed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from app.core.json_positions import line_and_column
from app.core.redaction import looks_like_a_key
from app.core.requests import RESERVED_FIELDS
from app.core.strict_json import ConstantError, decode

_SET_ABOVE = frozenset(
    {
        "frequency_penalty", "max_completion_tokens", "max_tokens", "presence_penalty", "response_format", "stop",
        "stop_sequences", "temperature", "thinking", "tool_choice", "tools", "top_p",
    }
)  # fmt: skip
"""Fields that have a control of their own, which they overrule."""
_KEY_NAMES = re.compile(r"(?i)^(?:x-)?(?:api[-_]?key|access[-_]?token|authorization|bearer|secret|password|token)$")
_KEY_VALUE = re.compile(r"^(?:bearer\s+)?(?:sk|tp|ttp)-[A-Za-z0-9_-]{8,}$", re.IGNORECASE)
_KEY_IN_TEXT = re.compile(r"(?<![A-Za-z0-9])(?:sk|tp|ttp)-[A-Za-z0-9_-]{8,}", re.IGNORECASE)
_NAMED_IN_TEXT = re.compile(r'"([\w-]{1,40})"\s*:\s*"([^"\n]*)')
_DOCUMENTED = frozenset(
    {
        "audio", "frequency_penalty", "max_completion_tokens", "max_tokens", "messages", "model", "presence_penalty",
        "response_format", "stop", "stop_sequences", "stream", "system", "temperature", "thinking", "tool_choice",
        "tools", "top_p",
        # Not of the platform, but taken by gateways and self-hosted servers (WIRE.md section 12).
        "chat_template_kwargs", "min_p", "parallel_tool_calls", "reasoning_effort", "repetition_penalty", "seed",
        "stream_options", "top_k", "user",
    }
)  # fmt: skip
"""The fields that services document (WIRE.md sections 2, 3, 6.1, 8 and 12)."""
_SIMILARITY = 0.8
_MAX_COMPARED = 200
"""Fields whose names are compared with documented ones, which takes a moment for each: this runs while one types."""


class BodyProblem(StrEnum):
    """Why fields are not sent; or with OVERRULES and SIMILAR, what to know about one that is."""

    NOT_JSON = "not-json"
    NOT_AN_OBJECT = "not-an-object"
    REPEATED = "repeated"
    RESERVED = "reserved"
    KEY = "key"
    OVERRULES = "overrules"
    SIMILAR = "similar"


class ExtraBody(NamedTuple):
    """The outcome of a check.

    Attributes:
        fields: the fields to send; empty if any problem but OVERRULES or SIMILAR was found.
        problem: the first problem, None if there is none.
        line, column: where text that is not JSON goes wrong, from 1; 0 elsewhere.
        field: the field the problem is about.
        similar: the documented field with a name like it.
    """

    fields: dict[str, Any]
    problem: BodyProblem | None = None
    line: int = 0
    column: int = 0
    field: str = ""
    similar: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether the fields go into the request."""
        return self.problem in (None, BodyProblem.OVERRULES, BodyProblem.SIMILAR)


class _RepeatedFieldError(ValueError):
    """A name stands twice in an object, so that JSON readers silently use one of them."""


def check_extra_body(text: str) -> ExtraBody:
    """Read additional body fields: a JSON object, or nothing at all."""
    if not text.strip():
        return ExtraBody({})
    try:
        fields = decode(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        return ExtraBody({}, BodyProblem.NOT_JSON, error.lineno, error.colno)
    except _RepeatedFieldError as error:
        return ExtraBody({}, BodyProblem.REPEATED, field=str(error))
    except ConstantError as error:
        return ExtraBody({}, BodyProblem.NOT_JSON, *line_and_column(text, error.offset))
    except (ValueError, RecursionError):
        return ExtraBody({}, BodyProblem.NOT_JSON, 1, 1)
    if not isinstance(fields, dict):
        return ExtraBody({}, BodyProblem.NOT_AN_OBJECT)
    for name in fields:
        if name in RESERVED_FIELDS:
            return ExtraBody({}, BodyProblem.RESERVED, field=name)
    for name, value in _all_fields(fields):
        if _is_key(name, value):
            return ExtraBody({}, BodyProblem.KEY, field=name)
    from difflib import get_close_matches  # Half a megabyte, once there is such a body.

    for name in islice(fields, _MAX_COMPARED):
        if name not in _DOCUMENTED and (close := get_close_matches(name.lower(), _DOCUMENTED, 1, _SIMILARITY)):
            return ExtraBody(fields, BodyProblem.SIMILAR, field=name, similar=close[0])
    overruling = next((name for name in fields if name in _SET_ABOVE), None)
    return ExtraBody(fields, BodyProblem.OVERRULES, field=overruling) if overruling is not None else ExtraBody(fields)


def holds_a_key(text: str) -> bool:
    """Whether additional fields have a key in them, also while they are no JSON yet. Such text is not stored."""
    checked = check_extra_body(text)
    if checked.is_sent or checked.problem is BodyProblem.KEY:
        return not checked.is_sent
    return bool(_KEY_IN_TEXT.search(text)) or any(_is_key(*found) for found in _NAMED_IN_TEXT.findall(text))


def fields_of_others(text: str, extra: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The text and the additional fields of a file that may come from anyone: what is sent is what is shown.

    `text` is as it was typed, `extra` what was sent. Text with a key in it is left out.
    """
    if not text.strip() and extra:
        text = json.dumps(extra, ensure_ascii=False, indent=2)
    return ("", {}) if holds_a_key(text) else (text, check_extra_body(text).fields)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _RepeatedFieldError(name)
        found[name] = value
    return found


def _all_fields(value: Any) -> Iterator[tuple[str, Any]]:
    """Every name with its value, at any depth."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            yield from current.items()
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current


def _is_key(name: str, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return bool(_KEY_VALUE.match(value)) or (bool(_KEY_NAMES.match(name)) and looks_like_a_key(value))
