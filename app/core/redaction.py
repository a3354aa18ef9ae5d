"""Taking keys out of what is shown, logged, copied or exported: by their value, in this one place."""

from __future__ import annotations

import json
import logging
import re
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

MASK = "●●●●"
SHORTEST = 6
"""Shorter values never have the shape of a key."""
LONG = 16
"""From this length on no value is taken for an ordinary word."""
_PREFIXES = ("sk-", "tp-", "ttp-")
_WORD = re.compile(r"[^-_.:/\s]+")
_RUN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^A-Za-z\d]")
_CHANGES = 3
_ORDINARY = re.compile(
    # Words, also joined ones, and whole numbers,
    r"[^\W\d_]+(?:[-_.:/\s][^\W\d_]+)*|\d+"
    # and models by family and version, with who makes them before and their size behind.
    r"|(?:\w+/)?(?:llama|qwen|mistral|mimo|gemma|deepseek|gpt|phi|glm)-?\d+(?:\.\d+)*(?:all|[-:]\d+b)?",
    re.IGNORECASE,
)
_CALLED_A_KEY = (
    r"(?P<before>(?:(?i:api[-_ ]?key|access[-_ ]?token|authorization|bearer)(?i:\s+provided)?"
    # A quoted name has a quoted value: JSON's own words and numbers have no quotes. Pairs are as Python writes them.
    r"""(?:(?:\\*["'])?\s*[:=]\s*b?\\*["']|\\*["']\s*,\s*b?\\*["']|(?:\s*[:=]\s*|\s+)(?i:bearer\s+)?(?:b?\\*["'])?)"""
    # `key` alone is a word of every sentence but before a sign.
    r"""|(?<![A-Za-z])(?i:key)(?:\s*[:=]\s*(?:b?\\*["'])?|\s+b?\\*["'])))"""
)
_BEGINS_HERE = r"(?:(?<![A-Za-z\d_])|(?<=\\[bfnrt])|(?<=\\u[\da-fA-F]{4})|(?<=%[\da-fA-F]{2}))"
"""No letter of a longer word before: one that belongs to an escape of JSON or of an address is none."""


def tail(key: str) -> str:
    """The end of a key by which its owner knows it, such as `…3f2a`; nothing of a short one."""
    return f"…{key[-4:]}" if len(key) >= LONG else "…"


def looks_like_a_key(value: str) -> bool:
    """Whether a value can't be taken for a word: it begins like a key of a service, is at least 16 characters long, or
    changes between small letters, capitals, digits and signs three times or more inside its words, as `x7Kq9Z` does.

    Servers of one's own take any key, so people give them words: `ollama`, `lm-studio`, `EMPTY`, `llama3`.
    """
    if len(value) < SHORTEST:
        return False
    if len(value) >= LONG or value.startswith(_PREFIXES):
        return True
    return sum(len(_RUN.findall(word)) - 1 for word in _WORD.findall(value)) >= _CHANGES


def is_ordinary(value: str) -> bool:
    """Whether a value may stand in any sentence: a short one, words alone, a number, or a model such as `llama3`."""
    return len(value) < SHORTEST or (not looks_like_a_key(value) and _ORDINARY.fullmatch(value) is not None)


class Redactor(logging.Filter):
    """Knows the secret values and replaces each by MASK.

    A value that looks like a key goes wherever it stands, plain or encoded. Another that is no ordinary word, such as
    `secret123`, goes where it is a word of its own. An ordinary word goes only where it stands as a key: behind
    `Bearer`, `api-key:`, `"api_key": "` and the like; what people write is kept redacted, and must not lose it. In no
    way does JSON become something else: no number and no field name of ours is replaced.

    As a logging filter it belongs on a *handler*: filters of a logger don't see records of its children.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: set[str] = set()
        self._words: set[str] = set()
        self._forms: tuple[str, ...] = ()
        self._pattern: re.Pattern[str] | None = None

    def add(self, value: str) -> None:
        """From now on `value` appears nowhere; a word, nowhere as a key."""
        value = value.strip()
        if not value or value in self._keys | self._words:
            return
        (self._words if is_ordinary(value) else self._keys).add(value)
        # The longest first, so that no form is replaced inside another one.
        apart = {key for key in self._keys if not looks_like_a_key(key)}
        forms = sorted({form for key in self._keys for form in encodings(key)}, key=len, reverse=True)
        words = sorted({form for word in self._words for form in (word, _in_json(word))}, key=len, reverse=True)
        patterns = [_apart(form) if form in apart else _anywhere(form) for form in forms]
        if words:
            patterns.append(rf"{_CALLED_A_KEY}(?:{'|'.join(map(re.escape, words))})(?![\w-])")
        self._pattern = re.compile("|".join(patterns))
        self._forms = (*forms, *words)

    def redact(self, text: str) -> str:
        # Looking for each form is far cheaper than the pattern, and mostly nothing is found.
        if self._pattern is None or not any(form in text for form in self._forms):
            return text
        return self._pattern.sub(_masked, text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record, its traceback and its stack; lets everything through."""
        if self._pattern is None:
            return True
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            # A log call whose arguments don't fit must not raise where it stands.
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
    """What stands before a word says that it is a key, and stays."""
    return (found.groupdict().get("before") or "") + MASK


def _anywhere(form: str) -> str:
    """A pattern for a form of a key, wherever it stands but where JSON or a longer word would be torn."""
    pattern = re.escape(form)
    if re.fullmatch(r"[a-z_]+", form):
        return rf"{pattern}(?!\w*\\*\"\s*:)"
    if form.isdigit():
        return rf"(?<![\d.]){pattern}(?![\d.])"
    if len(form) < LONG and form.startswith(_PREFIXES):
        return rf"(?<![A-Za-z\d]){pattern}"
    return pattern


def _apart(form: str) -> str:
    """A pattern for a form of a key as a word of its own, and no field name of JSON."""
    return rf"{_BEGINS_HERE}{re.escape(form)}(?![A-Za-z\d_-]|\\*\"\s*:)"


def _in_json(value: str) -> str:
    return json.dumps(value)[1:-1]


def encodings(value: str) -> frozenset[str]:
    """The forms in which `value` may stand inside a text: as it is, in JSON, in an address, in base64, in hexadecimal.

    Base64 depends on what stands before: of each of the three alignments the characters that don't.
    """
    # A variable of the environment may hold octets that are no text.
    octets = value.encode(errors="surrogateescape")
    forms = {value, _in_json(value), quote(octets, safe=""), quote(octets), quote_plus(octets)}
    forms |= {octets.hex(), octets.hex().upper()}
    for encode in (b64encode, urlsafe_b64encode):
        for before in range(3):
            encoded = encode(b"\0" * before + octets).decode().rstrip("=")
            first = (before * 8 + 5) // 6
            last = (before + len(octets)) * 8 // 6
            forms.add(encoded[first:last])
    return frozenset(form for form in forms if len(form) >= SHORTEST)
