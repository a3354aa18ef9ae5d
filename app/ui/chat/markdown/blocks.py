"""What Markdown says, as a flat row of leaves: no Qt, equal when they look alike.

Quotes and list items are no boxes of their own; a leaf carries the containers it stands in. That is what lets an
answer grow at its end: a leaf that is settled never changes when more text arrives.
"""

from __future__ import annotations

from enum import IntFlag

import msgspec

QUOTE = "q"
ITEM = "i"


class InlineStyle(IntFlag):
    """How a span is set."""

    BOLD = 1
    ITALIC = 2
    STRUCK = 4
    CODE = 8
    MATH = 16
    DISPLAY = 32
    IMAGE = 64


class Span(msgspec.Struct, frozen=True):
    """Words in one manner. A line break is U+2028.

    Attributes:
        text: with `MATH` the TeX source, with `IMAGE` the alternative text.
        href: where a link or an image points, unchecked and never loaded.
    """

    text: str
    mark: int = 0
    href: str = ""


Spans = tuple[Span, ...]


class Block(msgspec.Struct, frozen=True):
    """One thing below another.

    Attributes:
        within: containers from the outside, each `QUOTE` or `ITEM`.
        marker: `•`, `3.`, `☐` or `☑` on the first leaf of a list item, else empty.
        near: the source line above is not blank: items of a tight list.
    """

    within: tuple[str, ...] = ()
    marker: str = ""
    near: bool = False


class Paragraph(Block, frozen=True):
    """A paragraph (`level` 0) or a heading (1 to 6)."""

    spans: Spans = ()
    level: int = 0


class Ruler(Block, frozen=True):
    """A horizontal line."""


class CodeHead(Block, frozen=True):
    """The upper edge of a code block; `language` is the first word after the fence."""

    language: str = ""


class CodeLine(Block, frozen=True):
    """One line of code below its head, whole."""

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
    """Mathematics on lines of its own; not `closed` while its end has not come (or never does)."""

    tex: str = ""
    closed: bool = True


def plain(spans: Spans) -> str:
    """The characters of some spans, as they are copied."""
    return "".join(span.text for span in spans).replace("\u2028", "\n")
