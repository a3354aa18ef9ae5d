"""Text lengths as Qt counts them."""

from __future__ import annotations


def utf16_length(text: str) -> int:
    """The number of UTF-16 code units in a text, which text documents use for positions."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
