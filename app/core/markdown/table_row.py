"""A further row of a table that is parsed alone, without the head that the whole parser needs above it.

The result equals that of the whole parser. A line that could be anything else is left to it.
"""

from __future__ import annotations

from typing import NamedTuple

from markdown_it.common.utils import mdTrim

from app.core.markdown.blocks import Block, Spans, TableRow
from app.core.markdown.dialect import completed_inline, known_tokens, row_contents
from app.core.markdown.parser import References, spans_of

MAX_COLUMNS = 1_000
"""The whole parser limits the cells that it adds to short rows; no row that is parsed alone reaches that."""


class OpenRow(NamedTuple):
    """A row that is still arriving.

    Attributes:
        content: the source of the last cell with text; empty if nothing of it is shown.
    """

    row: TableRow
    content: str


def row_below(above: Block, line: str, references: References) -> TableRow | None:
    """The row on a complete line below another row; None if the whole parser is needed."""
    contents = _contents(above, line)
    return None if contents is None else _row(above, contents, references)


def open_row_below(above: Block, line: str, references: References) -> OpenRow | None:
    """The row on a line that is still arriving; None if the whole parser is needed."""
    contents = _contents(above, line)
    if contents is None:
        return None
    last = next((column for column in reversed(range(len(contents))) if contents[column]), 0)
    source = contents[last]
    contents[last] = completed_inline(source)
    row = _row(above, contents, references)
    return None if row is None else OpenRow(row, source if row.cells[last] else "")


def _contents(above: Block, line: str) -> list[str] | None:
    """The source of the cells of a row at the margin, as many as the row above has."""
    if not isinstance(above, TableRow) or above.containers or not 0 < len(above.cells) <= MAX_COLUMNS:
        return None
    # The whole parser joins escaped characters with the text around them.
    if not line.startswith("|") or "\\" in line or "&" in line:
        return None
    contents = row_contents(mdTrim(line))
    missing = len(above.cells) - len(contents)
    return [*map(mdTrim, contents[: len(above.cells)]), *[""] * missing]


def _row(above: Block, contents: list[str], references: References) -> TableRow | None:
    assert isinstance(above, TableRow)
    cells: list[Spans] = []
    for content in contents:
        tokens = known_tokens(content, references)
        if tokens is None:
            return None
        cells.append(spans_of(tokens))
    return TableRow(cells=tuple(cells), aligns=above.aligns, number=above.number + 1)
