"""The web search plugin, over a few bundled pages (WIRE.md section 7)."""

from __future__ import annotations

import functools
import re

import msgspec

from app.demo.chat.question import Citation, Language, Question, Search
from app.demo.chat.script import load_table

_WANTS_SEARCH = re.compile(
    r"\b(search|look up|latest|news|today|recent|find out)\b|搜索|搜一下|查一下|最新|新闻|最近", re.IGNORECASE
)
SEARCH_FAILED = "web search failed: the search engine did not answer in time"


class Page(msgspec.Struct, frozen=True):
    """A bundled page."""

    words: tuple[str, ...]
    language: Language
    title: str
    url: str
    site_name: str
    summary: str
    publish_time: str | None = None

    def keywords_in(self, text: str) -> list[str]:
        return [word for word in self.words if word in text.lower()]


class SearchResult(msgspec.Struct, frozen=True):
    """Result of a web search: the keywords searched for (each a billed call) and the pages found."""

    keywords: tuple[str, ...]
    citations: tuple[Citation, ...]
    error: str | None = None


msgspec.json.Decoder(Page)  # On one thread, see `load_script`.


@functools.cache
def _pages() -> tuple[Page, ...]:
    return msgspec.convert(load_table("pages")["page"], tuple[Page, ...])


def look_up(question: Question, search: Search) -> SearchResult | None:
    """Search the bundled pages; None if no search is needed.

    A search is needed if it is forced, the question asks for one, or a page matches.
    """
    if "search-none" in question.faults:
        return None
    if "search-error" in question.faults:
        return SearchResult((), (), SEARCH_FAILED)
    text = f"{question.user_message.text} {search.location}"
    candidates = [(page, page.keywords_in(text)) for page in _pages()]
    matching = [(page, words) for page, words in candidates if words]
    if not matching and not search.force and not _WANTS_SEARCH.search(text):
        return None
    matches = [pair for pair in matching if pair[0].language == question.language] or matching
    keywords = list(dict.fromkeys(word for _, words in matches for word in words))[: search.keywords]
    pages = [page for page, words in matches if set(words) & set(keywords)][: search.limit]
    citations = tuple(Citation(p.url, p.title, p.summary, p.site_name, p.publish_time) for p in pages)
    return SearchResult(tuple(keywords) or (question.user_message.text[:40].strip(),), citations)
