"""Stop sequences as text: one per line, so that blanks and `|` are ordinary characters and line breaks are escaped."""

from __future__ import annotations

import re

_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}
_ESCAPED = {value: key for key, value in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\[ntr\\]")
_SPECIAL = re.compile(r"[\n\t\r\\]")


def stops_from_text(text: str) -> tuple[str, ...]:
    """The sequences of a text, exactly: only `\\n`, `\\t`, `\\r` and `\\\\` stand for another character.

    Empty lines are left out, repeated lines count once.
    """
    lines = (_ESCAPE.sub(lambda match: _ESCAPES[match[0]], line) for line in text.split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line))


def text_from_stops(stops: tuple[str, ...]) -> str:
    """The text that `stops_from_text` reads as these sequences."""
    return "\n".join(_SPECIAL.sub(lambda match: _ESCAPED[match[0]], stop) for stop in stops)
