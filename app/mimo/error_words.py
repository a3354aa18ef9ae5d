"""Finds the service's own words in an error body: every server framework has its own place for them."""

from __future__ import annotations

import ast
import json
import re
from typing import Any, NamedTuple

import msgspec

MAX_WORDS = 2000
"""Characters kept of the service's texts."""

_MESSAGE_FIELDS = ("message", "msg", "detail", "errors", "error_description", "error_msg", "error_message", "title")
_PLACE_FIELDS = ("loc", "field", "param", "path")
_ROOTS = ("body", "query", "path", "header", "__root__")
_VALIDATOR = re.compile(r"input should be |validation errors? for |field required", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)


class ErrorWords(NamedTuple):
    """What an error body says.

    Attributes:
        param: the platform's detail (WIRE.md section 9).
        kind, code: the error's type and code as they came, "" and None without.
        is_validation: a validator refused a field of the request, whatever the status is.
        marked: the body says that it is an error, not only that it has words.
    """

    message: str = ""
    param: str = ""
    kind: str = ""
    code: Any = None
    is_validation: bool = False
    marked: bool = False


def error_words(value: Any) -> ErrorWords:
    """The words of a parsed body: an object, a list around one, a list of validation errors, or a sentence."""
    if isinstance(value, list):
        if entries := _validation(value):
            return ErrorWords(entries, is_validation=True)
        return error_words(value[0]) if value and isinstance(value[0], dict) else ErrorWords()
    if isinstance(value, str):
        return _with_validation(value)._replace(marked=True)
    if not isinstance(value, dict):
        return ErrorWords()
    error = value.get("error")
    if isinstance(error, list):
        return error_words(error)._replace(marked=True)
    if isinstance(error, str):
        outer = _message(value)
        text = f"{outer.message}" if outer.message else error
        return _with_validation(text)._replace(code=value.get("code"), marked=True)
    holder = error if isinstance(error, dict) and error else value
    found = _message(holder)
    if not found.message and holder is not value:
        found = _message({name: field for name, field in value.items() if name != "error"})
    return found._replace(
        param=_text(holder.get("param")), kind=_text(holder.get("type")), code=holder.get("code"),
        marked="error" in value,
    )  # fmt: skip


def page_words(text: str) -> str:
    """What a body that is no JSON says, in one line: the title of a page, or the beginning of its text."""
    page = text.strip()
    if page.startswith("<"):
        title = _TITLE.search(page)
        page = title[1] if title and title[1].strip() else _MARKUP.sub(" ", page)
    return " ".join(page.split())[:200]


def _message(holder: dict[str, Any]) -> ErrorWords:
    for name in _MESSAGE_FIELDS:
        value = holder.get(name)
        if isinstance(value, str) and value.strip():
            return _with_validation(value)
        if isinstance(value, list | dict) and value:
            nested = isinstance(value, dict) and any(isinstance(value.get(field), str) for field in _MESSAGE_FIELDS)
            entries = "" if nested else _validation(value)
            if entries:
                return ErrorWords(entries, is_validation=True)
            inner = error_words(value) if isinstance(value, dict) else ErrorWords()
            return ErrorWords(inner.message or _text(value))
    return ErrorWords()


def _with_validation(text: str) -> ErrorWords:
    """A sentence; validation errors that came as the text of a Python or JSON list are read."""
    if text.startswith("[{") and len(text) < 20_000:
        try:
            entries = _validation(ast.literal_eval(text) if "'" in text[:20] else json.loads(text))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            entries = ""
        if entries:
            return ErrorWords(entries, is_validation=True)
    return ErrorWords(text[:MAX_WORDS], is_validation=_VALIDATOR.search(text) is not None)


def _validation(value: Any) -> str:
    """Validation errors as `field: what is wrong`, joined by semicolons; "" for anything else."""
    lines: list[str] = []
    if isinstance(value, dict):
        for field, texts in value.items():
            if isinstance(texts, str):
                texts = [texts]
            if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
                return ""
            lines.append(f"{field}: {', '.join(texts)}")
    elif isinstance(value, list):
        for entry in value:
            text = entry.get("msg") or entry.get("message") if isinstance(entry, dict) else entry
            if not isinstance(text, str):
                return ""
            place = next((entry[name] for name in _PLACE_FIELDS if entry.get(name)), "") if entry is not text else ""
            field = _field(place)
            lines.append(f"{field}: {text}" if field else text)
    return "; ".join(lines)[:MAX_WORDS]


def _field(place: Any) -> str:
    steps = place if isinstance(place, list | tuple) else [place]
    names = [str(step) for step in steps]
    return ".".join(names[1:] if len(names) > 1 and names[0] in _ROOTS else names)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return (value if isinstance(value, str) else msgspec.json.encode(value).decode())[:MAX_WORDS]
