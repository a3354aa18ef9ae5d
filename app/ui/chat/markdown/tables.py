"""Tables in strips: a QTextTable lays all its rows out again for each new one, so a strip has only a few."""

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

from app.ui.chat.markdown.blocks import Block, Spans, TableRow, plain
from app.ui.chat.markdown.text_formats import TextFormats, fixed, gap, percent
from app.ui.theme.theme import theme

STRIP = 8
"""Rows drawn together; all strips of a table have the columns of its first."""
MAX_MEASURED = 200
"""Characters of a cell that decide how wide its column wants to be."""
MAX_COLUMNS = 64
"""Columns drawn; further ones are left out of the picture."""
CELL_RIGHT = 14
CELL_UP = 5
LEAST_SHARE = 60
"""Logical pixels below which a column is not squeezed."""

_ALIGN = {
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class Write(Protocol):
    """Writes spans at a cursor."""

    def __call__(self, cursor: QTextCursor, spans: Spans, level: int, unit: int | None, head: bool = False) -> None: ...


class Tables:
    """Draws rows into a document.

    Attributes:
        widest: logical pixels the widest table wants; a document narrower than that shares its width out.
    """

    def __init__(self, document: QTextDocument, ink: TextFormats, write: Write) -> None:
        self.widest = 0.0
        self._document = document
        self._ink = ink
        self._write = write
        self._columns: list[QTextLength] = []
        self._width: QTextLength = percent(100)

    def draw(self, cursor: QTextCursor, rows: Sequence[TableRow], before: Block | None) -> None:
        """A strip at the cursor, which stands in an empty block and then in the one behind the strip."""
        cursor.setBlockFormat(_thin())
        cursor.setBlockCharFormat(self._thin_char())
        columns = min(MAX_COLUMNS, max(1, len(rows[0].cells)))
        if rows[0].number == 0:
            self._measure(rows, columns)
        format = QTextTableFormat()
        format.setBorder(0)
        format.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        format.setCellSpacing(0)
        format.setCellPadding(0)
        format.setMargin(0)
        format.setLeftMargin(self._ink.indent(rows[0].within))
        if rows[0].number == 0 and before is not None:
            format.setTopMargin(theme().px(gap(before, rows[0])))
        format.setColumnWidthConstraints(self._columns)
        format.setWidth(self._width)
        table = cursor.insertTable(len(rows), columns, format)
        self._fill(table, rows, None)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setBlockFormat(_thin())
        cursor.setBlockCharFormat(self._thin_char())

    def rewrite(self, start: int, rows: Sequence[TableRow], unit: int) -> None:
        """Fill the cells of a strip again; `start` is the position of the block before it."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(start + 1)
        table = cursor.currentTable()
        if table is not None:
            cursor.beginEditBlock()
            self._fill(table, rows, unit)
            cursor.endEditBlock()

    def _fill(self, table: QTextTable, rows: Sequence[TableRow], unit: int | None) -> None:
        px = theme().px
        format = QTextTableCellFormat()
        format.setTopPadding(px(CELL_UP))
        format.setBottomPadding(px(CELL_UP))
        format.setRightPadding(px(CELL_RIGHT))
        format.setBottomBorder(1)
        format.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        format.setBottomBorderBrush(self._ink.brush("line"))
        for at, row in enumerate(rows):
            for column in range(table.columns()):
                cell = table.cellAt(at, column)
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
        """Column widths from the first strip: as wide as they want, or shares of the whole where that is too much."""
        metrics = QFontMetricsF(self._ink.base().font())
        padding = theme().px(CELL_RIGHT) + 2
        wanted = [0.0] * columns
        for row in rows:
            for column, spans in enumerate(row.cells[:columns]):
                lines = plain(spans)[:MAX_MEASURED].split("\n")
                wide = max(metrics.horizontalAdvance(line) for line in lines) * 1.03 + padding
                wanted[column] = max(wanted[column], wide)
        whole = sum(wanted)
        self.widest = max(self.widest, whole)
        room = self._document.textWidth() - self._ink.indent(rows[0].within)
        if whole <= room:
            self._columns = [fixed(wide) for wide in wanted]
            self._width = fixed(whole)
        else:
            least = min(float(theme().px(LEAST_SHARE)), room / columns)
            shares = [max(least, min(wide, room / 2)) for wide in wanted]
            self._columns = [percent(100 * share / sum(shares)) for share in shares]
            self._width = percent(100)

    def _thin_char(self) -> QTextCharFormat:
        format = QTextCharFormat()
        font = self._ink.base().font()
        font.setPixelSize(1)
        format.setFont(font)
        return format


def _thin() -> QTextBlockFormat:
    """The block a text document must have before and behind a table, as good as invisible."""
    format = QTextBlockFormat()
    format.setLineHeight(0.01, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return format
