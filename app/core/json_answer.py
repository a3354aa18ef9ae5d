"""Checks whether an answer is the JSON that was asked for."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from app.core.json_positions import line_and_column
from app.core.strict_json import ConstantError, decode

_OPENING = re.compile(r"(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>json)?[ \t\r]*", re.IGNORECASE)
LARGE = 1 << 16
"""Characters from which an answer is checked in a thread."""


class JsonAnswer(NamedTuple):
    """The outcome of a check.

    Attributes:
        is_json: whether the answer, or the code fence around it, holds one JSON value and nothing else.
        part: the JSON to copy; empty if there is none.
        is_fenced: whether it stands inside a code fence, so that the answer as a whole is no JSON.
        line, column: of the answer, from 1, where it stops being JSON; 0 if it is JSON.
    """

    is_json: bool
    part: str = ""
    is_fenced: bool = False
    line: int = 0
    column: int = 0


def check_json_answer(text: str) -> JsonAnswer:
    """Check the text of a whole answer."""
    fenced = _whole_fence(text) or _fence_in_prose(text)
    start, part = fenced or (len(text) - len(text.lstrip()), text.strip())
    error = _first_error(part)
    if error is None:
        return JsonAnswer(True, part, fenced is not None)
    return JsonAnswer(False, "", fenced is not None, *line_and_column(text, start + error))


def _whole_fence(text: str) -> tuple[int, str] | None:
    """Where the inside of the code fence begins that is the whole text, and the inside; None without such a fence."""
    stripped = text.strip()
    opening = _opening(stripped.partition("\n")[0])
    begin = stripped.find("\n") + 1
    if opening is None or not begin:
        return None
    inside = _before_mark(stripped[begin:], opening["mark"])
    return None if inside is None else (len(text) - len(text.lstrip()) + begin, inside)


def _fence_in_prose(text: str) -> tuple[int, str] | None:
    """The same of the first code fence that is marked as JSON; None if it is never closed."""
    mark, begin, place = "", 0, 0
    for line in text.split("\n"):
        end = place + len(line)
        if not mark:
            opening = _opening(line)
            if opening is not None and opening["language"]:
                mark, begin = opening["mark"], end + 1
        elif line.rstrip(" \t\r").endswith(mark):
            inside = _before_mark(text[begin:end], mark)
            return None if inside is None else (begin, inside)
        place = end + 1
    return None


def _opening(line: str) -> re.Match[str] | None:
    return _OPENING.fullmatch(line)


def _before_mark(text: str, mark: str) -> str | None:
    """What stands before the closing mark at the end of a text; None if it does not end with one."""
    text = text.rstrip(" \t\r")
    if not text.endswith(mark):
        return None
    return text.rstrip(mark[0]).rstrip(" \t").removesuffix("\n").removesuffix("\r")


def _first_error(part: str) -> int | None:
    """The index at which a text stops being JSON; None if it is JSON."""
    try:
        decode(part)
    except json.JSONDecodeError as error:
        return error.pos
    except ConstantError as error:
        return error.offset
    except (ValueError, RecursionError):
        return 0
    return None
