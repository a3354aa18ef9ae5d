"""Draws tables in strips of few rows, because a QTextTable lays out all of its rows again for each new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from app.core.markdown.blocks import Block, Spans, TableRow, plain
from app.ui.chat.markdown.text_formats import TextFormats, fixed, gap, percent
from app.ui.theme.theme import theme

STRIP_ROWS = 8
"""Rows drawn together; all strips of a table have the column widths of its first."""
MAX_MEASURED = 200
"""Characters of a cell that are measured for the width of its column."""
MAX_COLUMNS = 64
"""Further columns are not drawn."""
CELL_RIGHT_PADDING = 14
CELL_VERTICAL_PADDING = 5
MIN_COLUMN_WIDTH = 60
"""Logical pixels, before text scaling."""

_ALIGN = {
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class Write(Protocol):
    """Writes spans of a unit at a cursor."""

    def __call__(self, cursor: QTextCursor, spans: Spans, level: int, unit: int, head: bool = False) -> None: ...


class Tables:
    """Draws table rows into a document.

    Attributes:
        max_width: natural width of the max_width table, in logical pixels; in a narrower document its columns share the
            document's width.
    """

    def __init__(self, document: QTextDocument, formats: TextFormats, write: Write) -> None:
        self.max_width = 0.0
        self._document = document
        self._formats = formats
        self._write = write
        self._columns: list[QTextLength] = []
        self._width: QTextLength = percent(100)

    def draw(self, cursor: QTextCursor, rows: Sequence[TableRow], before: Block | None, unit: int) -> None:
        """Draw a strip at the cursor, which is in an empty text block and ends up in the one after the strip."""
        cursor.setBlockFormat(_thin_block_format())
        cursor.setBlockCharFormat(self._thin_char_format())
        columns = min(MAX_COLUMNS, max(1, len(rows[0].cells)))
        if rows[0].number == 0:
            self._measure(rows, columns)
        format = QTextTableFormat()
        format.setBorder(0)
        format.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        format.setCellSpacing(0)
        format.setCellPadding(0)
        format.setMargin(0)
        format.setLeftMargin(self._formats.indent(rows[0].containers))
        if rows[0].number == 0 and before is not None:
            format.setTopMargin(theme().px(gap(before, rows[0])))
        format.setColumnWidthConstraints(self._columns)
        format.setWidth(self._width)
        table = cursor.insertTable(len(rows), columns, format)
        self._fill(table, rows, unit)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setBlockFormat(_thin_block_format())
        cursor.setBlockCharFormat(self._thin_char_format())

    def rewrite(self, start: int, rows: Sequence[TableRow], unit: int) -> None:
        """Fill the cells of a strip again; `start` is the position of the block before it."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(start + 1)
        table = cursor.currentTable()
        if table is not None:
            cursor.beginEditBlock()
            self._fill(table, rows, unit)
            cursor.endEditBlock()

    def _fill(self, table: QTextTable, rows: Sequence[TableRow], unit: int) -> None:
        px = theme().px
        format = QTextTableCellFormat()
        format.setTopPadding(px(CELL_VERTICAL_PADDING))
        format.setBottomPadding(px(CELL_VERTICAL_PADDING))
        format.setRightPadding(px(CELL_RIGHT_PADDING))
        format.setBottomBorder(1)
        format.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        format.setBottomBorderBrush(self._formats.brush("line"))
        for index, row in enumerate(rows):
            for column in range(table.columns()):
                cell = table.cellAt(index, column)
                cell.setFormat(format)
                cursor = cell.firstCursorPosition()
                cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
                block = QTextBlockFormat()
                block.setAlignment(_ALIGN.get(row.aligns[column], Qt.AlignmentFlag.AlignLeft))
                cursor.setBlockFormat(block)
                spans = row.cells[column] if column < len(row.cells) else ()
                self._write(cursor, spans, 0, unit, head=row.number == 0)

    def _measure(self, rows: Sequence[TableRow], columns: int) -> None:
        """Compute column widths from the first strip: their natural widths, or shares of the document's width."""
        metrics = QFontMetricsF(self._formats.base().font())
        padding = theme().px(CELL_RIGHT_PADDING) + 2
        natural = [0.0] * columns
        for row in rows:
            for column, spans in enumerate(row.cells[:columns]):
                lines = plain(spans)[:MAX_MEASURED].split("\n")
                width = max(metrics.horizontalAdvance(line) for line in lines) * 1.03 + padding
                natural[column] = max(natural[column], width)
        total = sum(natural)
        self.max_width = max(self.max_width, total)
        available = self._document.textWidth() - self._formats.indent(rows[0].containers)
        if total <= available:
            self._columns = [fixed(width) for width in natural]
            self._width = fixed(total)
        else:
            min_width = min(float(theme().px(MIN_COLUMN_WIDTH)), available / columns)
            shares = [max(min_width, min(width, available / 2)) for width in natural]
            self._columns = [percent(100 * share / sum(shares)) for share in shares]
            self._width = percent(100)

    def _thin_char_format(self) -> QTextCharFormat:
        format = QTextCharFormat()
        font = self._formats.base().font()
        font.setPixelSize(1)
        format.setFont(font)
        return format


def _thin_block_format() -> QTextBlockFormat:
    """The format of the text block that Qt requires before and after a table: practically invisible."""
    format = QTextBlockFormat()
    format.setLineHeight(0.01, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return format
