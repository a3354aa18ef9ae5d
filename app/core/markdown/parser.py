"""Parses Markdown source into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from markdown_it.token import Token

from app.core.late_patterns import late_pattern
from app.core.markdown.blocks import (
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
from app.core.markdown.dialect import dialect
from app.core.markdown.fences import language_of
from app.core.markdown.footnotes import notes_last, with_numbers
from app.core.markdown.open_tail import completed_table

References = Mapping[str, Any]
"""Link definitions by normalized label, in the form of markdown-it."""

# Chinese stands before an address without a blank; within one it begins behind a mark: `/wiki/中文`.
_ADDRESS = late_pattern(
    r"(?<![A-Za-z0-9_/@.])https?://(?:[!#-;=?-_a-z{|}~]|(?:(?<=[/=_&#?-])|(?<=[㐀-鿿]))[㐀-鿿])+", re.IGNORECASE
)
_TRAILING_PUNCTUATION = ".,;:!?*_~'\"|"
_TASK = re.compile(r"\[([ xX])\] ")
_STYLES = {"strong": InlineStyle.BOLD, "em": InlineStyle.ITALIC, "s": InlineStyle.STRUCK}


class Context(msgspec.Struct, frozen=True):
    """What must be known of the settled source above a piece of source to parse the piece.

    Attributes:
        line: the last source line above, for `Block.tight`.
        list_kind: the list whose next item begins the source: the bullet, or the character after the number.
        number: the number of that item.
        rows: rows already parsed of the table whose head is repeated at the beginning of the source; 0 for none.
    """

    line: str = ""
    list_kind: str = ""
    number: int = 0
    rows: int = 0


NO_CONTEXT = Context()


def parse(source: str, references: References | None = None, *, is_open: bool = False) -> list[Block]:
    """Parse a complete text at once, or with `is_open` one that is still arriving."""
    if is_open:
        blocks = open_blocks(source, references or {})
    else:
        tokens, _ = tokenise(source, references or {})
        blocks = blocks_of(tokens, source)
    return notes_last(with_numbers(blocks, {}))


def tokenise(source: str, references: References) -> tuple[list[Token], References]:
    """The tokens of the source, and all link definitions known now."""
    env: dict[str, Any] = {"references": dict(references)}
    tokens = dialect().parse(source, env)
    return tokens, env["references"]


def tokenise_open(source: str, references: References) -> tuple[list[Token], str, References]:
    """The tokens of a text that is still arriving, with its half-formed marks completed, and what `tokenise` returns.

    The source of the tokens is the second value.
    """
    env: dict[str, Any] = {"references": dict(references), "is_open": True}
    tokens = dialect().parse(source, env)
    known: References = env["references"]
    if len(tokens) < 3 or tokens[-3].type != "paragraph_open" or tokens[-3].level:
        return tokens, source, known
    begin, end = tokens[-3].map or (0, 0)
    lines = source.split("\n")
    if any(lines[end:]):
        return tokens, source, known
    table = completed_table(lines[begin:end])
    if table is None:
        return tokens, source, known
    source = "\n".join([*lines[:begin], *table])
    env = {"references": dict(references), "is_open": True}
    return dialect().parse(source, env), source, known


def open_blocks(source: str, references: References, context: Context = NO_CONTEXT) -> list[Block]:
    """The blocks of a text that is still arriving, without a last paragraph of marks that are not shown yet."""
    tokens, source, _ = tokenise_open(source, references)
    return shown_blocks(tokens, source, context)


def shown_blocks(tokens: Sequence[Token], source: str, context: Context) -> list[Block]:
    """The blocks of tokens from `tokenise_open`, without a last paragraph of marks that are not shown yet."""
    blocks = blocks_of(tokens, source, context)
    if blocks and isinstance(last := blocks[-1], Paragraph) and not (last.spans or last.marker or last.note):
        del blocks[-1]
    return blocks


def blocks_of(tokens: Sequence[Token], source: str, context: Context = NO_CONTEXT) -> list[Block]:
    """The blocks of top-level tokens, which were parsed from `source`; footnotes have their labels and places."""
    return list(_BlockBuilder(source.split("\n"), context).build(tokens))


class _BlockBuilder:
    """Walks over tokens once and tracks the open containers."""

    def __init__(self, lines: list[str], context: Context) -> None:
        self.lines = lines
        self.context = context
        self.containers: list[str] = []
        self.numbers: list[int | None] = []
        self.marker = ""

    def build(self, tokens: Sequence[Token]) -> Iterator[Block]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            kind = token.type
            if kind == "table_open":
                stop = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
                yield from self.table(tokens[index:stop], is_first=index == 0)
                index = stop
            elif kind == "inline":
                yield self.paragraph(token, tokens[index - 1])
            elif kind == "blockquote_open":
                yield from self.marker_line(token)
                self.containers.append(QUOTE)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                yield from self.marker_line(token)
                self.numbers.append(self.first_number(token, is_first=index == 0))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.numbers.pop()
            elif kind == "list_item_open":
                self.containers.append(ITEM)
                self.marker = self.next_marker()
            elif kind in ("blockquote_close", "list_item_close"):
                yield from self.marker_line(token)
                self.containers.pop()
            elif kind == "hr":
                yield Ruler(**self.common(token))
            elif kind in ("fence", "code_block"):
                yield from self.marker_line(token)
                yield from self.code(token)
            elif kind == "math_block":
                yield from self.marker_line(token)
                yield Formula(**self.common(token), tex=token.content, closed=token.meta["closed"])
            index += 1

    def common(self, token: Token) -> dict[str, Any]:
        """The common fields of the next block, which takes the marker of the open list item."""
        marker, self.marker = self.marker, ""
        return {"containers": tuple(self.containers), "marker": marker, "tight": self.is_tight(token)}

    def is_tight(self, token: Token) -> bool:
        if token.map is None:
            return False
        line = self.lines[token.map[0] - 1] if token.map[0] else self.context.line
        return bool(line.strip(" \t>"))

    def marker_line(self, token: Token) -> Iterator[Block]:
        """A line with only the marker of a list item whose content does not begin with a paragraph."""
        if self.marker:
            yield Paragraph(**self.common(token))

    def first_number(self, token: Token, is_first: bool) -> int | None:
        if token.type == "bullet_list_open":
            return None
        if is_first and self.context.list_kind == token.markup:
            return self.context.number
        start = token.attrGet("start")
        return 1 if start is None else int(start)

    def next_marker(self) -> str:
        number = self.numbers[-1]
        if number is None:
            return "•"
        self.numbers[-1] = number + 1
        return f"{number}."

    def paragraph(self, token: Token, opening: Token) -> Paragraph:
        spans = spans_of(token.children or [])
        level = int(opening.tag[1]) if opening.type == "heading_open" else 0
        if self.marker and spans and not spans[0].style and (task := _TASK.match(spans[0].text)):
            self.marker = "☐" if task[1] == " " else "☑"
            first = msgspec.structs.replace(spans[0], text=spans[0].text[task.end() :])
            spans = (first, *spans[1:]) if first.text else spans[1:]
        note = opening.meta["label"] if opening.type == "note_open" else ""
        return Paragraph(**self.common(opening), spans=spans, level=level, note=note)

    def code(self, token: Token) -> Iterator[Block]:
        yield CodeHead(**self.common(token), language=language_of(token.info))
        containers = tuple(self.containers)
        if token.content:
            for line in token.content.removesuffix("\n").split("\n"):
                yield CodeLine(containers=containers, text=line)

    def table(self, tokens: Sequence[Token], is_first: bool) -> Iterator[Block]:
        yield from self.marker_line(tokens[0])
        containers = tuple(self.containers)
        resumed = self.context.rows if is_first else 0
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
                    row = number + resumed - 1 if resumed else number
                    yield TableRow(containers=containers, cells=tuple(cells), aligns=tuple(aligns), number=row)
                cells = []
                number += 1


def spans_of(tokens: Sequence[Token]) -> Spans:
    """The spans of inline tokens; adjacent text in the same style is merged."""
    spans: list[Span] = []
    style = 0
    hrefs: list[str] = []

    def add(text: str, extra_style: int = 0, href: str = "") -> None:
        if not text:
            return
        span = Span(text, style | extra_style, href or (hrefs[-1] if hrefs else ""))
        if spans and _can_merge(spans[-1], span):
            span = Span(spans.pop().text + text, span.style, span.href)
        spans.append(span)

    for token in tokens:
        kind = token.type
        if kind == "text":
            if hrefs:
                add(token.content)
            else:
                for piece, address in _split_addresses(token.content):
                    add(piece, href=address)
        elif kind == "code_inline":
            add(token.content, InlineStyle.CODE)
        elif kind in ("softbreak", "hardbreak"):
            add("\u2028")
        elif kind == "math_inline":
            add(token.content, InlineStyle.MATH | (InlineStyle.DISPLAY if token.meta["display"] else 0))
        elif kind == "note_mark":
            add(token.content, InlineStyle.NOTE)
        elif kind == "image":
            add(token.content or str(token.attrGet("src") or ""), InlineStyle.IMAGE, str(token.attrGet("src") or ""))
        elif kind == "link_open":
            hrefs.append(str(token.attrGet("href") or ""))
        elif kind == "link_close":
            hrefs.pop()
        elif kind.endswith("_open"):
            style |= _STYLES.get(kind.removesuffix("_open"), 0)
        elif kind.endswith("_close"):
            style &= ~_STYLES.get(kind.removesuffix("_close"), 0)
        else:
            add(token.content)
    return tuple(spans)


_UNMERGED = InlineStyle.MATH | InlineStyle.IMAGE | InlineStyle.NOTE


def _can_merge(span: Span, following: Span) -> bool:
    return span.style == following.style and span.href == following.href and not span.style & _UNMERGED


def joined(spans: Spans, following: Spans) -> Spans:
    """Spans and those behind them; text in the same style is merged."""
    if spans and following and _can_merge(spans[-1], following[0]):
        first = following[0]
        return (*spans[:-1], Span(spans[-1].text + first.text, first.style, first.href), *following[1:])
    return spans + following


def _split_addresses(text: str) -> Iterator[tuple[str, str]]:
    """Split text at web addresses: pieces, each with its address or an empty string."""
    position = 0
    for match in _ADDRESS().finditer(text):
        address = match[0].rstrip(_TRAILING_PUNCTUATION)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_TRAILING_PUNCTUATION)
        if len(address) <= len("https://"):
            continue
        yield text[position : match.start()], ""
        yield address, address
        position = match.start() + len(address)
    yield text[position:], ""
