"""Parsed Markdown as a flat list of blocks, without Qt. Blocks that look alike compare equal.

Quotes and list items are not blocks; each block names the containers around it. An answer can therefore grow at its
end: a settled block never changes when more text arrives.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

QUOTE = "q"
ITEM = "i"


class InlineStyle:
    """The style of a span; flags can be combined. Plain numbers: each span is asked for them with every frame."""

    BOLD = 1
    ITALIC = 2
    STRUCK = 4
    CODE = 8
    MATH = 16
    DISPLAY = 32
    IMAGE = 64
    NOTE = 128
    SOURCE = 256
    SOURCE_EDGE = 512


class Span(msgspec.Struct, frozen=True, gc=False):
    """Text in one style. A line break is U+2028.

    Attributes:
        text: with `MATH` the TeX source, with `IMAGE` the alternative text, with `NOTE` the number of a footnote, with
            `SOURCE` the number of a source that the answer cites, with `SOURCE_EDGE` the bracket around it.
        style: a combination of `InlineStyle` flags.
        href: target of a link or image; neither checked nor loaded.
    """

    text: str
    style: int = 0
    href: str = ""


Spans = tuple[Span, ...]


class Block(msgspec.Struct, frozen=True, gc=False):
    """The fields that every kind of block has. There are no cycles for a garbage collector to look for.

    Attributes:
        containers: the containers around it, outermost first, each `QUOTE` or `ITEM`.
        marker: `•`, `3.`, `☐` or `☑` on the first block of a list item, else empty.
        tight: the source line above is not blank, as between the items of a tight list.
    """

    containers: tuple[str, ...] = ()
    marker: str = ""
    tight: bool = False


class Paragraph(Block, frozen=True):
    """A paragraph (`level` 0), a heading (1 to 6), or a footnote, whose `note` is its label in the source."""

    spans: Spans = ()
    level: int = 0
    note: str = ""


class Ruler(Block, frozen=True):
    """A horizontal line."""


class CodeHead(Block, frozen=True):
    """The header of a code block; `language` is the first word after the fence."""

    language: str = ""


class CodeLine(Block, frozen=True):
    """One complete line of a code block, below its head."""

    text: str = ""


class TableRow(Block, frozen=True):
    """One row of a table.

    Attributes:
        number: 0 for the head.
        aligns: `left`, `center`, `right` or empty for each column.
    """

    cells: tuple[Spans, ...] = ()
    aligns: tuple[str, ...] = ()
    number: int = 0


class Formula(Block, frozen=True):
    """A formula on lines of its own; not `closed` while its closing delimiter is missing."""

    tex: str = ""
    closed: bool = True


def plain(spans: Spans) -> str:
    """The text of spans, as it is copied."""
    return "".join(span.text for span in spans).replace("\u2028", "\n")


def end_of_group(blocks: Sequence[Block], start: int) -> int:
    """The index after the lines of code or the rows of a table that begin at `start`, else after that block alone."""
    first, end = blocks[start], start + 1
    while end < len(blocks):
        block = blocks[end]
        is_line = isinstance(first, CodeHead | CodeLine) and isinstance(block, CodeLine)
        is_row = isinstance(first, TableRow) and isinstance(block, TableRow) and block.number > 0
        if not ((is_line or is_row) and block.containers == first.containers and not block.marker):
            break
        end += 1
    return end
