"""How words are written into the search index, and how a query is read.

SQLite's `unicode61` makes one word of a whole run of Chinese. With a space around every CJK character each becomes a
word, and a phrase of them finds any two neighbours.
"""

from __future__ import annotations

import re

CJK = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
_CHARACTER = re.compile(f"([{CJK}])")
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_WORDY = re.compile(r"\w")
QUERY_LIMIT = 500
"""Characters of a query that count."""


def index_text(text: str) -> str:
    """`text` as it is indexed."""
    return _CHARACTER.sub(r" \1 ", text)


def terms(query: str) -> tuple[str, ...]:
    """What a person looks for: each word, and what stands between quotes as one; all must be found."""
    return tuple(quoted or word for quoted, word in _TERM.findall(query[:QUERY_LIMIT]))


def fts_query(query: str) -> str:
    """The FTS5 expression for a query, empty when it holds nothing that could be found.

    Each term is a phrase; the last may be the beginning of a word, because it is still being typed.
    """
    phrases = [index_text(term).replace('"', " ").replace("\0", " ").strip() for term in terms(query)]
    phrases = [phrase for phrase in phrases if _WORDY.search(phrase)]
    if not phrases:
        return ""
    unfinished = not _CHARACTER.match(phrases[-1][-1]) and not query.endswith((" ", '"')) and phrases[-1][-1].isalnum()
    return " AND ".join(f'"{phrase}"' for phrase in phrases) + ("*" if unfinished else "")


def excerpt(text: str, query: str, width: int = 120) -> str:
    """About `width` characters of `text` around the first term that stands in it."""
    flat = " ".join(text.split())
    lower = flat.lower()
    places = [place for term in terms(query) if (place := lower.find(term.lower())) >= 0]
    start = max(0, min(places, default=0) - width // 3)
    piece = flat[start : start + width]
    return ("…" if start else "") + piece + ("…" if start + width < len(flat) else "")
