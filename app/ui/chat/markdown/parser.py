"""From Markdown source to leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from markdown_it.token import Token

from app.ui.chat.markdown.blocks import (
    ITEM,
    QUOTE,
    Block,
    CodeHead,
    CodeLine,
    Formula,
    InlineStyle,
    Paragraph,
    Ruler,
    Span,
    Spans,
    TableRow,
)
from app.ui.chat.markdown.dialect import dialect

References = Mapping[str, Any]
"""Link definitions by their normalised label, as the parser keeps them."""

_ADDRESS = re.compile(r"(?<![\w/@.])https?://[!#-;=?-_a-z{|}~]+", re.IGNORECASE)
_TRAILING = ".,;:!?*_~'\"|"
_TASK = re.compile(r"\[([ xX])\] ")
_MARKS = {"strong": InlineStyle.BOLD, "em": InlineStyle.ITALIC, "s": InlineStyle.STRUCK}


class Above(msgspec.Struct, frozen=True):
    """What the cut-off part above a piece of source leaves to know.

    Attributes:
        line: the last source line above, for `Block.near`.
        list_kind: the list whose next item begins the source: `•` or the character behind the number.
        number: that item's number.
        rows: rows already read of the table whose head is repeated at the beginning of the source; 0 for none.
    """

    line: str = ""
    list_kind: str = ""
    number: int = 0
    rows: int = 0


NOTHING_ABOVE = Above()


def read(source: str, references: References | None = None) -> list[Block]:
    """The leaves of a whole text, in one go."""
    tokens, _ = tokenise(source, references or {})
    return leaves_of(tokens, source)


def tokenise(source: str, references: References) -> tuple[list[Token], References]:
    """The parser's tokens, and the link definitions known now."""
    env: dict[str, Any] = {"references": dict(references)}
    tokens = dialect().parse(source, env)
    return tokens, env["references"]


def leaves_of(tokens: Sequence[Token], source: str, above: Above = NOTHING_ABOVE) -> list[Block]:
    """The leaves of top-level tokens; `source` is what they were parsed from."""
    return list(_Reader(source.split("\n"), above).leaves(tokens))


class _Reader:
    """One walk over the tokens; the lists and items that are open."""

    def __init__(self, lines: list[str], above: Above) -> None:
        self.lines = lines
        self.above = above
        self.within: list[str] = []
        self.numbers: list[int | None] = []
        self.marker = ""

    def leaves(self, tokens: Sequence[Token]) -> Iterator[Block]:
        place = 0
        while place < len(tokens):
            token = tokens[place]
            kind = token.type
            if kind == "table_open":
                stop = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
                yield from self.table(tokens[place:stop], first=place == 0)
                place = stop
            elif kind == "inline":
                yield self.words(token, tokens[place - 1])
            elif kind == "blockquote_open":
                yield from self.loose_marker(token)
                self.within.append(QUOTE)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                yield from self.loose_marker(token)
                self.numbers.append(self.first_number(token, first=place == 0))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.numbers.pop()
            elif kind == "list_item_open":
                self.within.append(ITEM)
                self.marker = self.next_marker()
            elif kind in ("blockquote_close", "list_item_close"):
                yield from self.loose_marker(token)
                self.within.pop()
            elif kind == "hr":
                yield Ruler(**self.common(token))
            elif kind in ("fence", "code_block"):
                yield from self.loose_marker(token)
                yield from self.code(token)
            elif kind == "math_block":
                yield from self.loose_marker(token)
                yield Formula(**self.common(token), tex=token.content, closed=token.meta["closed"])
            place += 1

    def common(self, token: Token) -> dict[str, Any]:
        """The fields every leaf has; takes the marker of the open item."""
        marker, self.marker = self.marker, ""
        return {"within": tuple(self.within), "marker": marker, "near": self.is_near(token)}

    def is_near(self, token: Token) -> bool:
        if token.map is None:
            return False
        line = self.lines[token.map[0] - 1] if token.map[0] else self.above.line
        return bool(line.strip(" \t>"))

    def loose_marker(self, token: Token) -> Iterator[Block]:
        """An item's marker stands on a line of its own before anything but words."""
        if self.marker:
            yield Paragraph(**self.common(token))

    def first_number(self, token: Token, first: bool) -> int | None:
        if token.type == "bullet_list_open":
            return None
        if first and self.above.list_kind == token.markup:
            return self.above.number
        start = token.attrGet("start")
        return 1 if start is None else int(start)

    def next_marker(self) -> str:
        number = self.numbers[-1]
        if number is None:
            return "•"
        self.numbers[-1] = number + 1
        return f"{number}."

    def words(self, token: Token, opening: Token) -> Paragraph:
        spans = spans_of(token.children or [])
        level = int(opening.tag[1]) if opening.type == "heading_open" else 0
        if self.marker and spans and not spans[0].mark and (task := _TASK.match(spans[0].text)):
            self.marker = "☐" if task[1] == " " else "☑"
            first = msgspec.structs.replace(spans[0], text=spans[0].text[task.end() :])
            spans = (first, *spans[1:]) if first.text else spans[1:]
        return Paragraph(**self.common(opening), spans=spans, level=level)

    def code(self, token: Token) -> Iterator[Block]:
        yield CodeHead(**self.common(token), language=language_of(token.info))
        within = tuple(self.within)
        if token.content:
            for line in token.content.removesuffix("\n").split("\n"):
                yield CodeLine(within=within, text=line)

    def table(self, tokens: Sequence[Token], first: bool) -> Iterator[Block]:
        yield from self.loose_marker(tokens[0])
        within = tuple(self.within)
        resumed = self.above.rows if first else 0
        aligns: list[str] = []
        cells: list[Spans] = []
        number = 0
        for token in tokens:
            if token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    aligns.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
            elif token.type == "inline":
                cells.append(spans_of(token.children or []))
            elif token.type == "tr_close":
                if number or not resumed:
                    place = number + resumed - 1 if resumed else number
                    yield TableRow(within=within, cells=tuple(cells), aligns=tuple(aligns), number=place)
                cells = []
                number += 1


def language_of(info: str) -> str:
    """The language named behind a fence: its first word."""
    words = info.split()
    return words[0].strip("{}.") if words else ""


def spans_of(tokens: Sequence[Token]) -> Spans:
    """The spans of inline tokens; neighbours that look alike are one."""
    spans: list[Span] = []
    mark = 0
    hrefs: list[str] = []

    def add(text: str, more: int = 0, href: str = "") -> None:
        if not text:
            return
        href = href or (hrefs[-1] if hrefs else "")
        looks = mark | more
        joins = (
            spans
            and spans[-1].mark == looks
            and spans[-1].href == href
            and not looks & (InlineStyle.MATH | InlineStyle.IMAGE)
        )
        if joins:
            text = spans.pop().text + text
        spans.append(Span(text, looks, href))

    for token in tokens:
        kind = token.type
        if kind == "text":
            if hrefs:
                add(token.content)
            else:
                for words, address in _addresses(token.content):
                    add(words, href=address)
        elif kind == "code_inline":
            add(token.content, InlineStyle.CODE)
        elif kind in ("softbreak", "hardbreak"):
            add("\u2028")
        elif kind == "math_inline":
            add(token.content, InlineStyle.MATH | (InlineStyle.DISPLAY if token.meta["display"] else 0))
        elif kind == "image":
            add(token.content or str(token.attrGet("src") or ""), InlineStyle.IMAGE, str(token.attrGet("src") or ""))
        elif kind == "link_open":
            hrefs.append(str(token.attrGet("href") or ""))
        elif kind == "link_close":
            hrefs.pop()
        elif kind.endswith("_open"):
            mark |= _MARKS.get(kind.removesuffix("_open"), 0)
        elif kind.endswith("_close"):
            mark &= ~_MARKS.get(kind.removesuffix("_close"), 0)
        else:
            add(token.content)
    return tuple(spans)


def _addresses(text: str) -> Iterator[tuple[str, str]]:
    """Text in pieces, each with the web address it is, or nothing."""
    done = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_TRAILING)
        if len(address) <= len("https://"):
            continue
        yield text[done : found.start()], ""
        yield address, address
        done = found.start() + len(address)
    yield text[done:], ""
