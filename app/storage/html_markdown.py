"""Markdown as HTML, made of the parsed blocks: no HTML of the source gets through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

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
    end_of_group,
)
from app.core.markdown.parser import parse
from app.core.markdown.sanitiser import clean
from app.storage.html_text import formula_html, link_html, text_html

if TYPE_CHECKING:
    from pygments.token import _TokenType

MAX_COLOURED = 200_000
"""Characters of a code block that is coloured; a longer one is written plain."""

_TAGS = (
    (InlineStyle.BOLD, "strong"),
    (InlineStyle.ITALIC, "em"),
    (InlineStyle.STRUCK, "s"),
    (InlineStyle.CODE, "code"),
)


def markdown_html(source: str) -> str:
    """Markdown as HTML; headings are two levels lower, below those of the document."""
    return "\n".join(_written(parse(clean(source))))


def _written(blocks: Sequence[Block]) -> Iterator[str]:
    opened: list[str] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        end = end_of_group(blocks, at)
        kept = _shared(opened, block)
        yield "".join(_closing(kind) for kind in reversed(opened[kept:]))
        last_item = len(block.containers) - 1 - block.containers[::-1].index(ITEM) if ITEM in block.containers else -1
        for depth, kind in enumerate(block.containers[kept:], start=kept):
            yield _opening(kind, block.marker if depth == last_item else "")
        opened = list(block.containers)
        yield _group_html(blocks[at:end])
        at = end
    yield "".join(_closing(kind) for kind in reversed(opened))


def _shared(opened: Sequence[str], block: Block) -> int:
    """How many of the open containers the block is in; its marker begins a new item in the innermost list."""
    shared = 0
    while shared < min(len(opened), len(block.containers)) and opened[shared] == block.containers[shared]:
        shared += 1
    if block.marker and ITEM in block.containers:
        shared = min(shared, len(block.containers) - 1 - block.containers[::-1].index(ITEM))
    return shared


def _opening(kind: str, marker: str) -> str:
    if kind == QUOTE:
        return "<blockquote>"
    return f'<div class="item"><span class="marker">{text_html(marker)}</span><div>'


def _closing(kind: str) -> str:
    return "</blockquote>" if kind == QUOTE else "</div></div>"


def _group_html(group: Sequence[Block]) -> str:
    first = group[0]
    match first:
        case CodeHead() | CodeLine():
            language = first.language if isinstance(first, CodeHead) else ""
            return _code_html(language, [line.text for line in group if isinstance(line, CodeLine)])
        case TableRow():
            return _table_html([row for row in group if isinstance(row, TableRow)])
        case Formula():
            return f'<div class="formula">{formula_html(first.tex, display=True)}</div>'
        case Ruler():
            return "<hr>"
        case Paragraph() if first.level:
            level = min(first.level + 2, 6)
            return f'<h{level} dir="auto">{_spans_html(first.spans)}</h{level}>'
        case Paragraph():
            # A footnote has its number as the marker of its item.
            return f'<p dir="auto">{_spans_html(first.spans)}</p>' if first.spans else ""
    return ""


def _table_html(rows: Sequence[TableRow]) -> str:
    def cells(row: TableRow) -> str:
        tag = "th" if row.number == 0 else "td"
        aligns = (*row.aligns, *("",) * len(row.cells))
        opening = (f'<{tag} class="{align}">' if align in ("center", "right") else f"<{tag}>" for align in aligns)
        return "".join(f"{begin}{_spans_html(cell)}</{tag}>" for begin, cell in zip(opening, row.cells, strict=False))

    lines = "\n".join(f"<tr>{cells(row)}</tr>" for row in rows)
    return f'<div class="wide"><table>\n{lines}\n</table></div>'


def _spans_html(spans: Spans) -> str:
    return "".join(_span_html(span) for span in spans)


def _span_html(span: Span) -> str:
    if span.style & InlineStyle.NOTE:
        return f"<sup>{text_html(span.text)}</sup>"
    if span.style & InlineStyle.MATH:
        return formula_html(span.text, display=bool(span.style & InlineStyle.DISPLAY))
    html = "<br>".join(text_html(line) for line in span.text.split("\u2028"))
    if span.style & InlineStyle.IMAGE:
        # A picture of the web is not loaded; its words lead to it.
        html = f'<span class="image">{html}</span>'
    for style, tag in _TAGS:
        if span.style & style:
            html = f"<{tag}>{html}</{tag}>"
    return link_html(span.href, html) if span.href else html


def _code_html(language: str, lines: Sequence[str]) -> str:
    label = f"<figcaption>{text_html(language)}</figcaption>" if language else ""
    return f"<figure>{label}<pre><code>{_coloured(language, chr(10).join(lines))}</code></pre></figure>"


def _coloured(language: str, code: str) -> str:
    """The code with an element of a class of the style sheet around each coloured piece."""
    if not language or len(code) > MAX_COLOURED:
        return text_html(code)
    # Imported here: most answers have no code.
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return text_html(code)
    pieces: list[str] = []
    for name, tokens in groupby(lexer.get_tokens(code), key=lambda token: _class_of(token[0])):
        text = text_html("".join(value for _, value in tokens))
        pieces.append(f'<span class="{name}">{text}</span>' if name else text)
    return "".join(pieces)


@lru_cache(maxsize=256)
def _class_of(kind: _TokenType) -> str:
    """The class of a kind of token, empty for plain text."""
    from pygments.token import Token

    classes = (
        (Token.Comment, "c"),
        (Token.Keyword, "k"),
        (Token.Operator.Word, "k"),
        (Token.Literal.String, "s"),
        (Token.Literal, "n"),
        (Token.Name.Function, "f"),
        (Token.Name.Class, "f"),
        (Token.Name.Tag, "f"),
        (Token.Name.Builtin, "f"),
        (Token.Name.Decorator, "d"),
        (Token.Name.Attribute, "d"),
    )
    return next((name for token, name in classes if kind[: len(token)] == token), "")
