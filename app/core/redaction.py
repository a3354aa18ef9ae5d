"""Removes keys by value from everything that is shown, logged, copied or exported."""

from __future__ import annotations

import json
import logging
import re
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

MASK = "●●●●"
MIN_KEY_LENGTH = 6
"""A shorter value never looks like a key."""
MIN_LONG_KEY_LENGTH = 16
"""A value of at least this length is never an ordinary word."""
_PREFIXES = ("sk-", "tp-", "ttp-")
_WORD = re.compile(r"[^-_.:/\s]+")
_RUN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^A-Za-z\d]")
_MIN_CHANGES = 3
_ORDINARY = re.compile(
    # Words, also compound ones, and whole numbers,
    r"[^\W\d_]+(?:[-_.:/\s][^\W\d_]+)*|\d+"
    # and models by family and version, with an optional vendor before and size after.
    r"|(?:\w+/)?(?:llama|qwen|mistral|mimo|gemma|deepseek|gpt|phi|glm)-?\d+(?:\.\d+)*(?:all|[-:]\d+b)?",
    re.IGNORECASE,
)
_KEY_CONTEXT = (
    r"(?P<before>(?:(?i:api[-_ ]?key|access[-_ ]?token|authorization|bearer)(?i:\s+provided)?"
    # A quoted name has a quoted value: literals and numbers in JSON have no quotes. Pairs are in Python's notation.
    r"""(?:(?:\\*["'])?\s*[:=]\s*b?\\*["']|\\*["']\s*,\s*b?\\*["']|(?:\s*[:=]\s*|\s+)(?i:bearer\s+)?(?:b?\\*["'])?)"""
    # `key` alone is an ordinary word unless a sign follows.
    r"""|(?<![A-Za-z])(?i:key)(?:\s*[:=]\s*(?:b?\\*["'])?|\s+b?\\*["'])))"""
)
_QUOTED_LENGTHS = range(3, 9)
"""Characters of the end of a key that services quote, as in `Incorrect API key: sk-ab***wxyz`."""
_LEFT_OUT = r"(?<![\w*●•…-])[\w-]{0,12}(?:[*●•]{2,}|…|\.{3,})"
"""What such a quotation has in place of the rest, with the beginning before it."""
_LEFT_OUT_MARKS = ("*", "●", "•", "…", "...")
"""Without any of these nothing is quoted. Looking for them in a megabyte of sound takes a hundredth of the pattern's
time, in which no other thread runs."""
_WORD_START = r"(?:(?<![A-Za-z\d_])|(?<=\\[bfnrt])|(?<=\\u[\da-fA-F]{4})|(?<=%[\da-fA-F]{2}))"
"""Not preceded by a letter of the same word; letters of a JSON or URL escape do not count."""


def tail(key: str) -> str:
    """The end of a key by which the user recognises it, such as `…3f2a`; nothing of a short key."""
    return f"…{key[-4:]}" if len(key) >= MIN_LONG_KEY_LENGTH else "…"


def looks_like_a_key(value: str) -> bool:
    """Whether a value can't be mistaken for a word: it has the prefix of a service's keys, is at least 16 characters
    long, or changes at least three times between lower case, capitals, digits and signs, like `x7Kq9Z`.

    Self-hosted servers accept any key, so users enter words: `ollama`, `lm-studio`, `EMPTY`, `llama3`.
    """
    if len(value) < MIN_KEY_LENGTH:
        return False
    if len(value) >= MIN_LONG_KEY_LENGTH or value.startswith(_PREFIXES):
        return True
    return sum(len(_RUN.findall(word)) - 1 for word in _WORD.findall(value)) >= _MIN_CHANGES


def is_ordinary(value: str) -> bool:
    """Whether a value may occur in any sentence: a short one, words only, a number, or a model such as `llama3`."""
    return len(value) < MIN_KEY_LENGTH or (not looks_like_a_key(value) and _ORDINARY.fullmatch(value) is not None)


class Redactor(logging.Filter):
    """Replaces secret values by MASK.

    A value that looks like a key is replaced everywhere, plain or encoded. Another value that is not an ordinary word,
    such as `secret123`, is replaced where it is a whole word. An ordinary word is replaced only where it is used as a
    key: after `Bearer`, `api-key:`, `"api_key": "` and the like, because the user's text is stored redacted and must
    not lose words. JSON keeps its structure: numbers and field names are not replaced.

    As a logging filter it must be added to a *handler*: filters of a logger do not see records of its children.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: set[str] = set()
        self._words: set[str] = set()
        self._forms: tuple[str, ...] = ()
        self._pattern: re.Pattern[str] | None = None
        self._quoted: re.Pattern[str] | None = None

    def add(self, value: str) -> None:
        """Redact `value` from now on."""
        value = value.strip()
        if not value or value in self._keys | self._words:
            return
        (self._words if is_ordinary(value) else self._keys).add(value)
        # Longest first, so that no form is replaced inside another.
        whole_word_keys = {key for key in self._keys if not looks_like_a_key(key)}
        forms = sorted({form for key in self._keys for form in encodings(key)}, key=len, reverse=True)
        words = sorted({form for word in self._words for form in (word, _in_json(word))}, key=len, reverse=True)
        patterns = [_whole_word(form) if form in whole_word_keys else _anywhere(form) for form in forms]
        if words:
            patterns.append(rf"{_KEY_CONTEXT}(?:{'|'.join(map(re.escape, words))})(?![\w-])")
        self._pattern = re.compile("|".join(patterns))
        self._forms = (*forms, *words)
        ends = {key[-length:] for key in self._keys if len(key) >= MIN_LONG_KEY_LENGTH for length in _QUOTED_LENGTHS}
        longest_first = sorted(ends, key=len, reverse=True)
        if ends:
            self._quoted = re.compile(rf"{_LEFT_OUT}(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")

    def redact(self, text: str) -> str:
        """Return `text` with all secret values replaced."""
        if self._quoted is not None and any(mark in text for mark in _LEFT_OUT_MARKS):
            text = self._quoted.sub(MASK, text)
        # Searching for each form is much cheaper than the pattern, and usually finds nothing.
        if self._pattern is None or not any(form in text for form in self._forms):
            return text
        return self._pattern.sub(_masked, text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record, its traceback and its stack; every record passes."""
        if self._pattern is None:
            return True
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            # A log call with wrong arguments must not raise.
            message = f"{record.msg} {record.args!r}"
        record.msg, record.args = self.redact(message), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redact(record.stack_info)
        return True


def _masked(found: re.Match[str]) -> str:
    """Replace a match, except the context that marks a word as a key."""
    return (found.groupdict().get("before") or "") + MASK


def _anywhere(form: str) -> str:
    """A pattern for a form of a key anywhere, except where replacing it would break JSON or a longer word."""
    pattern = re.escape(form)
    if re.fullmatch(r"[a-z_]+", form):
        return rf"{pattern}(?!\w*\\*\"\s*:)"
    if form.isdigit():
        return rf"(?<![\d.]){pattern}(?![\d.])"
    if len(form) < MIN_LONG_KEY_LENGTH and form.startswith(_PREFIXES):
        return rf"(?<![A-Za-z\d]){pattern}"
    return pattern


def _whole_word(form: str) -> str:
    """A pattern for a form of a key as a whole word that is not a JSON field name."""
    return rf"{_WORD_START}{re.escape(form)}(?![A-Za-z\d_-]|\\*\"\s*:)"


def _in_json(value: str) -> str:
    return json.dumps(value)[1:-1]


def encodings(value: str) -> frozenset[str]:
    """The forms in which `value` may occur in text: plain, in JSON, in a URL, in base64, in hexadecimal.

    Base64 depends on the preceding bytes: for each of the three alignments, the characters that do not depend on them.
    """
    # An environment variable may contain bytes that are not valid text.
    data = value.encode(errors="surrogateescape")
    forms = {value, _in_json(value), quote(data, safe=""), quote(data), quote_plus(data)}
    forms |= {data.hex(), data.hex().upper()}
    for encode in (b64encode, urlsafe_b64encode):
        for before in range(3):
            encoded = encode(b"\0" * before + data).decode().rstrip("=")
            first = (before * 8 + 5) // 6
            last = (before + len(data)) * 8 // 6
            forms.add(encoded[first:last])
    return frozenset(form for form in forms if len(form) >= MIN_KEY_LENGTH)
