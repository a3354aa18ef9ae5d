"""Draws tables in strips of few rows, because a QTextTable lays out all of its rows again for each new one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
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
from shiboken6 import isValid

from app.core.markdown.blocks import Block, Span, Spans, TableRow, plain
from app.ui.chat.markdown.text_formats import TextFormats, fixed, gap, percent
from app.ui.theme.theme import theme

STRIP_ROWS = 8
"""Rows drawn together; all strips of a table have the same column widths."""
MAX_MEASURED = 200
"""Characters of a cell that are measured for the width of its column."""
MAX_COLUMNS = 64
"""Further columns are not drawn."""
CELL_RIGHT_PADDING = 14
CELL_VERTICAL_PADDING = 5
MIN_COLUMN_WIDTH = 60
"""Logical pixels, before text scaling."""

_WORD = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+")

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
        self._natural: list[float] = []  # widest line of each column
        self._words: list[float] = []  # widest word or number of each column
        self._strips: list[QTextTable] = []  # the drawn strips of the last table

    def draw(self, cursor: QTextCursor, rows: Sequence[TableRow], before: Block | None, unit: int) -> None:
        """Draw a strip at the cursor, which is in an empty text block and ends up in the one after the strip."""
        cursor.setBlockFormat(_thin_block_format())
        cursor.setBlockCharFormat(self._thin_char_format())
        columns = min(MAX_COLUMNS, max(1, len(rows[0].cells)))
        if rows[0].number == 0:
            self._natural, self._words, self._strips = [0.0] * columns, [0.0] * columns, []
        self._measure(rows, len(self._natural))
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
        self._strips.append(table)
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
        """Widen the columns for these rows. Strips drawn before follow when a width has changed."""
        padding = theme().px(CELL_RIGHT_PADDING) + 2
        for row in rows:
            # The head is drawn bolder.
            metrics = QFontMetricsF(self._formats.table_head(Span("")).font() if row.number == 0 else self._font())
            for column, spans in enumerate(row.cells[:columns]):
                text = plain(spans)[:MAX_MEASURED]
                width = max(metrics.horizontalAdvance(line) for line in text.split("\n")) * 1.03 + padding
                self._natural[column] = max(self._natural[column], width)
                if width > self._words[column]:
                    word = max((metrics.horizontalAdvance(word) for word in _words(text)), default=0.0)
                    self._words[column] = max(self._words[column], word * 1.03 + padding)
        self.max_width = max(self.max_width, sum(self._natural))
        available = self._document.textWidth() - self._formats.indent(rows[0].containers)
        widths = shared(self._natural, self._words, available, float(theme().px(MIN_COLUMN_WIDTH)))
        constraints = [fixed(width) for width in widths]
        if constraints == self._columns and self._strips:
            return
        self._columns, self._width = constraints, fixed(sum(widths))
        self._strips = [strip for strip in self._strips if isValid(strip)]
        for strip in self._strips:
            format = strip.format().toTableFormat()
            format.setColumnWidthConstraints(self._columns)
            format.setWidth(self._width)
            strip.setFormat(format)

    def _font(self) -> QFont:
        return self._formats.base().font()

    def _thin_char_format(self) -> QTextCharFormat:
        format = QTextCharFormat()
        font = self._formats.base().font()
        font.setPixelSize(1)
        format.setFont(font)
        return format


def shared(natural: Sequence[float], words: Sequence[float], available: float, smallest: float) -> list[float]:
    """The widths of columns in `available` logical pixels.

    `natural` are the widths of the longest lines, `words` those of the longest words or numbers. While there is room,
    no column is narrower than its longest word; the rest is shared by what each column lacks. Without room for all
    words the columns that ask for most are narrowed, down to `smallest` if possible.
    """
    if sum(natural) <= available:
        return list(natural)
    floors = [min(word, width) for word, width in zip(words, natural, strict=True)]
    if sum(floors) > available:
        low, high = 0.0, max(floors)
        for _ in range(30):  # the greatest limit on a column's width with which all fit
            limit = (low + high) / 2
            low, high = (limit, high) if sum(min(floor, limit) for floor in floors) <= available else (low, limit)
        limit = max(low, min(smallest, available / len(floors)))
        return [min(floor, limit) for floor in floors]
    lacking = [width - floor for width, floor in zip(natural, floors, strict=True)]
    share = (available - sum(floors)) / (sum(lacking) or 1.0)
    return [floor + lack * share for floor, lack in zip(floors, lacking, strict=True)]


def _words(text: str) -> list[str]:
    """What must not be broken: words and numbers; Chinese may be broken between characters."""
    return _WORD.findall(text)


def _thin_block_format() -> QTextBlockFormat:
    """The format of the text block that Qt requires before and after a table: practically invisible."""
    format = QTextBlockFormat()
    format.setLineHeight(0.01, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return format
