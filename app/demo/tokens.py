"""Splits text into token-sized pieces, the unit of pacing, limits and usage. This is not the platform's tokenizer."""

from __future__ import annotations

import re

_PIECE = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]{1,2}|[^\S\n]?[A-Za-z]{1,8}|\d{1,3}|[^\S\n]+|\n+|.", re.S)


def pieces(text: str) -> list[str]:
    """Split `text` into consecutive pieces; joined, they equal `text`."""
    return _PIECE.findall(text)


def count(text: str) -> int:
    return len(_PIECE.findall(text))
