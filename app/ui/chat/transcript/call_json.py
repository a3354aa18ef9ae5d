"""Arguments and results of tool calls as text: broken into lines, on one line, and why they can't be used."""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication

from app.core.strict_json import decode

MAX_JSON_LINE = 44
"""Characters; a value that fits stays on one line."""
MAX_FORMATTED_JSON = 200_000
"""Characters of JSON that are formatted; longer JSON is shown as received."""


def format_json(text: str) -> str:
    """Break complete JSON into lines; return anything else unchanged."""
    if not 0 < len(text) <= MAX_FORMATTED_JSON or text.lstrip()[:1] not in ("{", "["):
        return text
    try:
        return _format_value(json.loads(text))
    except (ValueError, RecursionError):
        return text


def one_line(text: str) -> str:
    """The same text without line breaks, for a line that says what a call was."""
    if len(text) > MAX_FORMATTED_JSON:
        return text
    return " ".join(text.split())


def _format_value(value: object, indent: str = "") -> str:
    """JSON broken into lines only where a line would be too long."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + len(indent) <= MAX_JSON_LINE or not isinstance(value, dict | list) or not value:
        return flat
    deeper = indent + "  "
    if isinstance(value, dict):
        rows = [f"{json.dumps(key, ensure_ascii=False)}: {_format_value(item, deeper)}" for key, item in value.items()]
        return "{\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _format_value(item, deeper) for item in value) + f"\n{indent}]"


def json_fault(arguments: str) -> str:
    """Why these are no arguments of a call, with what to do; empty for a JSON object."""
    try:
        if isinstance(decode(arguments), dict):
            return ""
    except json.JSONDecodeError as error:
        return QCoreApplication.translate(
            "Transcript",
            "The arguments are not valid JSON: see line {line}, column {column}. Correct them, then try again.",
        ).format(line=error.lineno, column=error.colno)
    except (ValueError, RecursionError):
        pass
    return QCoreApplication.translate(
        "Transcript", 'The arguments must be a JSON object such as {"city": "Beijing"}. Correct them, then try again.'
    )
