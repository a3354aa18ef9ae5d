"""The web search plugin over a handful of bundled pages (WIRE.md section 7)."""

from __future__ import annotations

import functools
import re

import msgspec

from app.demo.chat.question import Citation, Language, Question, Search
from app.demo.chat.script import table

_WANTS_SEARCH = re.compile(
    r"\b(search|look up|latest|news|today|recent|find out)\b|搜索|搜一下|查一下|最新|新闻|最近", re.IGNORECASE
)
FAILED = "web search failed: the search engine did not answer in time"


class Page(msgspec.Struct, frozen=True):
    """A page of the demo's own web."""

    words: tuple[str, ...]
    language: Language
    title: str
    url: str
    site_name: str
    summary: str
    publish_time: str | None = None

    def keywords_in(self, text: str) -> list[str]:
        return [word for word in self.words if word in text.lower()]


class Found(msgspec.Struct, frozen=True):
    """What a search came to: keywords that were looked up (each a billed call) and the pages."""

    keywords: tuple[str, ...]
    citations: tuple[Citation, ...]
    error: str | None = None


@functools.cache
def _pages() -> tuple[Page, ...]:
    return msgspec.convert(table("pages")["page"], tuple[Page, ...])


def look_up(question: Question, search: Search) -> Found | None:
    """None where the model sees no need: nothing forces it, and neither the words nor the pages ask for it."""
    if "search-error" in question.oddities:
        return Found((), (), FAILED)
    text = f"{question.asked.text} {search.place}"
    hits = [(page, page.keywords_in(text)) for page in _pages()]
    found = [(page, words) for page, words in hits if words]
    if not found and not search.force and not _WANTS_SEARCH.search(text):
        return None
    own = [pair for pair in found if pair[0].language == question.language] or found
    keywords = list(dict.fromkeys(word for _, words in own for word in words))[: search.keywords]
    pages = [page for page, words in own if set(words) & set(keywords)][: search.limit]
    citations = tuple(Citation(p.url, p.title, p.summary, p.site_name, p.publish_time) for p in pages)
    return Found(tuple(keywords) or (question.asked.text[:40].strip(),), citations)
