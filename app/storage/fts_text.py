"""Prepares text for the FTS index and turns a query into an FTS5 expression.

SQLite's `unicode61` treats a run of Chinese as one word. With spaces around every CJK character each becomes a word,
and a phrase matches adjacent characters.
"""

from __future__ import annotations

import json
import re
import string
import unicodedata

CJK = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
_CHARACTER = re.compile(f"([{CJK}])")
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_WORDY = re.compile(r"\w")
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
QUERY_LIMIT = 500
"""Characters of a query that are used."""


def index_text(text: str) -> str:
    """Return `text` with a space around every CJK character."""
    return _CHARACTER.sub(r" \1 ", text)


def terms(query: str) -> tuple[str, ...]:
    """Split a query into words and quoted phrases; all of them must match."""
    return tuple(quoted or word for quoted, word in _TERM.findall(query[:QUERY_LIMIT]))


def fts_query(query: str) -> str:
    """Return the FTS5 expression for a query, or an empty string if it has no searchable term.

    Each term is a phrase; the last one matches as a prefix, because it may still be being typed.
    """
    phrases = [index_text(term).replace('"', " ").replace("\0", " ").strip() for term in terms(query)]
    phrases = [phrase for phrase in phrases if _WORDY.search(phrase)]
    if not phrases:
        return ""
    unfinished = not _CHARACTER.match(phrases[-1][-1]) and not query.endswith((" ", '"')) and phrases[-1][-1].isalnum()
    return " AND ".join(f'"{phrase}"' for phrase in phrases) + ("*" if unfinished else "")


def literals(query: str) -> tuple[str, ...]:
    """Return the terms with a sign that the index drops, such as `C++`, `C#` or an emoji, as they occur in JSON.

    Their ASCII letters are lower case. Punctuation alone doesn't count: `hello,` is the word.
    """
    return tuple(
        json.dumps(term, ensure_ascii=False)[1:-1].translate(_ASCII_LOWER)
        for term in terms(query)
        if any(sign == "#" or unicodedata.category(sign).startswith("S") for sign in term)
    )


def excerpt(text: str, query: str, width: int = 120) -> str:
    """Return about `width` characters of `text` around the first matching term."""
    flat = " ".join(text.split())
    lower = flat.lower()
    positions = [position for term in terms(query) if (position := lower.find(term.lower())) >= 0]
    start = max(0, min(positions, default=0) - width // 3)
    piece = flat[start : start + width]
    return ("…" if start else "") + piece + ("…" if start + width < len(flat) else "")
