"""Finds where an answer cites its sources. Marks are recognised, never invented: the text keeps its characters.

The service does not say to which words a source belongs (WIRE.md section 7), so only what the model wrote counts: a
number in brackets, or a link to the page of a source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from app.core.markdown.blocks import Block, InlineStyle, Paragraph, Span, Spans, TableRow

MAX_NUMBER = 50
_MARK = re.compile(r"(\[)(\d{1,2})(\])|(【)(\d{1,2})(?:[†‡][^】]{0,40})?(】)|(\^)(\d{1,2})(\^)")
_BARE_NUMBER = re.compile(r"[\[【(]?(\d{1,2})[\]】)]?")
_NEVER = InlineStyle.CODE | InlineStyle.MATH | InlineStyle.IMAGE | InlineStyle.NOTE

B = TypeVar("B", bound=Block)


class SourceMarks:
    """The addresses of the sources of an answer, by number from 1."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = tuple(urls[:MAX_NUMBER])
        self._numbers: dict[str, int] = {}
        for number, url in enumerate(self._urls, start=1):
            self._numbers.setdefault(_bare(url), number)

    def __bool__(self) -> bool:
        return bool(self._urls)

    def mark(self, block: B) -> B:
        """The block with the marks of its text as spans of their own."""
        match block:
            case Paragraph():
                return msgspec.structs.replace(block, spans=self._marked(block.spans))
            case TableRow():
                return msgspec.structs.replace(block, cells=tuple(self._marked(cell) for cell in block.cells))
        return block

    def _marked(self, spans: Spans) -> Spans:
        marked: list[Span] = []
        for index, span in enumerate(spans):
            if span.style & _NEVER or not span.text:
                marked.append(span)
            elif span.href:
                following = spans[index + 1] if index + 1 < len(spans) else None
                is_last = following is None or following.href != span.href
                marked += self._marked_link(span, is_last=is_last)
            else:
                marked += self._marked_text(span)
        return tuple(marked)

    def _marked_link(self, span: Span, *, is_last: bool) -> list[Span]:
        """A link to a source: its text is the mark if it is the number, else the mark follows the text."""
        number = self._numbers.get(_bare(span.href), 0)
        bare = _BARE_NUMBER.fullmatch(span.text)
        if bare is not None and number and int(bare[1]) == number:
            before, after = span.text[: bare.start(1)], span.text[bare.end(1) :]
            return _mark_of(before, bare[1], after, span.href)
        if not number or not is_last:
            return [span]
        return [span, Span("\u2009"), *_mark_of("\u2004", str(number), "\u2004", span.href)]

    def _marked_text(self, span: Span) -> list[Span]:
        parts: list[Span] = []
        end = 0
        for found in _MARK.finditer(span.text):
            before, number, after = (part for part in found.groups() if part is not None)
            if not 1 <= int(number) <= len(self._urls):
                continue
            if found.start() > end:
                parts.append(msgspec.structs.replace(span, text=span.text[end : found.start()]))
            rest = span.text[found.start() + len(before) + len(number) : found.end()]
            parts += _mark_of(before, number, rest or after, self._urls[int(number) - 1])
            end = found.end()
        if not parts:
            return [span]
        if end < len(span.text):
            parts.append(msgspec.structs.replace(span, text=span.text[end:]))
        return parts


def _mark_of(before: str, number: str, after: str, url: str) -> list[Span]:
    mark = Span(number, InlineStyle.SOURCE, url)
    edges = [Span(text, InlineStyle.SOURCE | InlineStyle.SOURCE_EDGE, url) for text in (before, after)]
    return [span for span in (edges[0], mark, edges[1]) if span.text]


def _bare(url: str) -> str:
    """An address without what does not tell pages apart."""
    return url.partition("#")[0].rstrip("/").removeprefix("https://").removeprefix("http://").removeprefix("www.")
