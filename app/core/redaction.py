"""Taking keys out of what is shown, logged, copied or exported: by their value, in this one place."""

from __future__ import annotations

import json
import logging
import re
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

MASK = "●●●●"
SHORTEST = 6
"""Shorter values are not taken out: they would tear holes into ordinary words."""


def tail(key: str) -> str:
    """The end of a key by which its owner knows it, such as `…3f2a`; nothing of a short one."""
    return f"…{key[-4:]}" if len(key) >= 16 else "…"


class Redactor(logging.Filter):
    """Knows the secret values and replaces each, plain or encoded, by MASK.

    As a logging filter it belongs on a *handler*: filters of a logger don't see records of its children.
    """

    def __init__(self) -> None:
        super().__init__()
        self._values: set[str] = set()
        self._forms: tuple[str, ...] = ()
        self._pattern: re.Pattern[str] | None = None

    def add(self, value: str) -> None:
        """From now on `value` appears nowhere."""
        value = value.strip()
        if len(value) < SHORTEST or value in self._values:
            return
        self._values.add(value)
        forms = {form for one in self._values for form in encodings(one)}
        # The longest first, so that no form is replaced inside another one.
        self._forms = tuple(sorted(forms, key=len, reverse=True))
        self._pattern = re.compile("|".join(map(re.escape, self._forms)))

    def redact(self, text: str) -> str:
        # Looking for each form is far cheaper than the pattern, and mostly nothing is found.
        if self._pattern is None or not any(form in text for form in self._forms):
            return text
        return self._pattern.sub(MASK, text)

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


def encodings(value: str) -> frozenset[str]:
    """The forms in which `value` may stand inside a text: as it is, in JSON, in an address, in base64, in hexadecimal.

    Base64 depends on what stands before: of each of the three alignments the characters that don't.
    """
    octets = value.encode()
    forms = {value, json.dumps(value)[1:-1], quote(value, safe=""), quote(value), quote_plus(value)}
    forms |= {octets.hex(), octets.hex().upper()}
    for encode in (b64encode, urlsafe_b64encode):
        for before in range(3):
            encoded = encode(b"\0" * before + octets).decode().rstrip("=")
            first = (before * 8 + 5) // 6
            last = (before + len(octets)) * 8 // 6
            forms.add(encoded[first:last])
    return frozenset(form for form in forms if len(form) >= SHORTEST)
