"""Draws tables in strips of few rows, because a QTextTable lays out all of its rows again for each new one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableCellFormat,
    QTextTableFormat,
)
from shiboken6 import isValid

from app.core.markdown.blocks import Block, Spans, TableRow
from app.ui.chat.markdown.span_writer import drawn_text, extends
from app.ui.chat.markdown.text_formats import TABLE_BEGINS, TextFormats, fixed, gap, percent
from app.ui.theme.theme import theme

STRIP_ROWS = 8
"""Rows drawn together, after they have arrived one by one; all strips of a table have the same column widths."""
MAX_MEASURED = 2_000
"""Characters of a cell that are measured for the width of its column."""
MAX_COLUMNS = 64
"""Further columns are not drawn."""
WIDTH_STEP = 8
"""Logical pixels; natural widths of columns are multiples of it."""
CELL_RIGHT_PADDING = 14
CELL_VERTICAL_PADDING = 5
MIN_COLUMN_WIDTH = 80
"""Logical pixels, before text scaling. A column whose longest line is shorter is narrower."""
READING_COLUMN_WIDTH = 200
"""Logical pixels, before text scaling, that each column of a table may take that scrolls anyway."""

_TOKEN = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+|.", re.DOTALL)
"""What must not be broken, which is a word or a number, or one other character; Chinese is broken anywhere."""

_ALIGN = {
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class Write(Protocol):
    """Writes spans of a unit at a cursor."""

    def __call__(self, cursor: QTextCursor, spans: Spans, level: int, unit: int, head: bool = False) -> None: ...


class GrownCell(NamedTuple):
    """What has changed in a row: only `block`, from `left` to `right` logical pixels, or more if `block` is None."""

    block: QTextBlock | None
    left: float = 0.0
    right: float = 0.0


class DrawnTable:
    """A table in the document.

    Attributes:
        strips: its parts from top to bottom.
        left: indentation in logical pixels.
        width: logical pixels; more than the document has beside `left` if the table must be scrolled.
    """

    def __init__(self, left: int) -> None:
        self.strips: list[QTextTable] = []
        self.left = left
        self.width = 0.0


class Tables:
    """Draws table rows into a document.

    Attributes:
        max_width: natural width of the widest table, in logical pixels; in a narrower document its columns share the
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
        self._drawn: list[DrawnTable] = []
        self._measured: dict[tuple[Spans, bool], tuple[float, float]] = {}
        self._has_moved = False
        self._measured_for = 0.0  # the width of the document that the columns were measured for

    def drawn(self) -> list[DrawnTable]:
        """The tables in the document, from top to bottom."""
        # Strips only ever go from the end.
        while self._drawn:
            strips = self._drawn[-1].strips
            while strips and not isValid(strips[-1]):
                strips.pop()
            if strips:
                break
            self._drawn.pop()
        return self._drawn

    def draw(self, cursor: QTextCursor, rows: Sequence[TableRow], before: Block | None, unit: int) -> None:
        """Draw a strip at the cursor, which is in an empty text block and ends up in the one after the strip."""
        cursor.setBlockFormat(_thin_block_format())
        cursor.setBlockCharFormat(self._thin_char_format())
        columns = min(MAX_COLUMNS, max(1, len(rows[0].cells)))
        if rows[0].number == 0:
            self._natural, self._words = [0.0] * columns, [0.0] * columns
            self._columns = []
            self._measured.clear()
            self.drawn().append(DrawnTable(self._formats.indent(rows[0].containers)))
        else:
            self.drawn()  # forgets the strips that are drawn again
        self._measure(rows, range(columns))
        format = QTextTableFormat()
        format.setBorder(0)
        format.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        format.setCellSpacing(0)
        format.setCellPadding(0)
        format.setMargin(0)
        format.setLeftMargin(self._drawn[-1].left)
        if rows[0].number == 0:
            format.setProperty(TABLE_BEGINS, True)
        if rows[0].number == 0 and before is not None:
            format.setTopMargin(theme().px(gap(before, rows[0])))
        format.setColumnWidthConstraints(self._columns)
        format.setWidth(self._width)
        table = cursor.insertTable(len(rows), columns, format)
        strips = self._drawn[-1].strips
        while strips and not isValid(strips[-1]):  # What was drawn in this place before.
            strips.pop()
        strips.append(table)
        self._fill(table, rows, unit)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setBlockFormat(_thin_block_format())
        cursor.setBlockCharFormat(self._thin_char_format())

    def grow(self, old: TableRow, new: TableRow, unit: int) -> GrownCell | None:
        """Change the cells of the last row that differ; None if it has other cells and must be drawn again."""
        drawn = self._drawn[-1]
        if len(old.cells) != len(new.cells) or old.aligns != new.aligns or not isValid(drawn.strips[-1]):
            return None
        changed = [column for column in range(len(self._natural)) if old.cells[column] != new.cells[column]]
        has_same_columns = not self._measure([new], changed)
        table = drawn.strips[-1]
        row = table.rows() - 1
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for column in changed:
            cell = table.cellAt(row, column)
            self._grow_cell(cell, old.cells[column], new.cells[column], unit, is_head=new.number == 0)
        cursor.endEditBlock()
        if len(changed) != 1 or not has_same_columns:
            return GrownCell(None)
        widths = [length.rawValue() for length in self._columns[: changed[0] + 1]]
        left = drawn.left + sum(widths[:-1])
        return GrownCell(table.cellAt(row, changed[0]).lastCursorPosition().block(), left, left + widths[-1])

    def _grow_cell(self, cell: QTextTableCell, old: Spans, new: Spans, unit: int, *, is_head: bool) -> None:
        cursor = cell.lastCursorPosition()
        is_longer = len(old) == len(new) and old[:-1] == new[:-1] and extends(old[-1], new[-1])
        if is_longer:
            format = self._formats.table_head(new[-1]) if is_head else self._formats.span(new[-1])
            cursor.insertText(new[-1].text[len(old[-1].text) :], format)
        else:
            cursor.setPosition(cell.firstPosition(), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            self._write(cursor, new, 0, unit, head=is_head)

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
        """Write rows into the cells of a new table, or again into those of another."""
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
                if (last := cell.lastPosition()) != cursor.position():
                    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
                    cursor.removeSelectedText()
                cursor.setBlockFormat(_aligned(row.aligns[column]))
                spans = row.cells[column] if column < len(row.cells) else ()
                self._write(cursor, spans, 0, unit, head=row.number == 0)

    def _measure(self, rows: Sequence[TableRow], columns: Sequence[int]) -> bool:
        """Widen these columns for these rows; true when widths have changed, which strips drawn before follow."""
        has_grown = not self._columns or self._measured_for != self._document.textWidth()
        for row in rows:
            for column in columns:
                if column >= len(row.cells):
                    break
                natural, word = self._cell_widths(row.cells[column], is_head=row.number == 0)
                if natural > self._natural[column] or word > self._words[column]:
                    has_grown = True
                    self._natural[column] = max(self._natural[column], natural)
                    self._words[column] = max(self._words[column], word)
        if not has_grown:
            return False
        self._measured_for = self._document.textWidth()
        self.max_width = max(self.max_width, sum(self._natural))
        px = theme().px
        drawn = self._drawn[-1]
        widths = column_widths(
            self._natural,
            self._words,
            self._document.textWidth() - drawn.left,
            smallest=px(MIN_COLUMN_WIDTH),
            comfortable=px(READING_COLUMN_WIDTH),
        )
        constraints = [fixed(width) for width in widths]
        if constraints == self._columns:
            return False
        drawn.width = sum(widths)
        self._columns, self._width = constraints, fixed(drawn.width)
        for strip in drawn.strips:
            format = strip.format().toTableFormat()
            format.setColumnWidthConstraints(self._columns)
            format.setWidth(self._width)
            strip.setFormat(format)
            self._has_moved = True
        return True

    def moved_top(self) -> float | None:
        """Where the last table begins, in logical pixels, if its columns have moved since the last call."""
        has_moved, self._has_moved = self._has_moved, False
        if not has_moved or not self.drawn():
            return None
        top = self._document.documentLayout().frameBoundingRect(self._drawn[-1].strips[0]).top()
        return top - theme().px(CELL_VERTICAL_PADDING)  # Qt adds it once more.

    def _cell_widths(self, spans: Spans, *, is_head: bool) -> tuple[float, float]:
        """The width of a cell's longest line and that of its longest word, in logical pixels, with the padding."""
        known = self._measured.get((spans, is_head))
        if known is not None:
            return known
        line = word = longest_line = longest_word = 0.0
        left = MAX_MEASURED
        for span in spans:
            metrics = QFontMetricsF((self._formats.table_head(span) if is_head else self._formats.span(span)).font())
            text = drawn_text(span)[:left]
            left -= len(text)
            for token in _TOKEN.findall(text):
                if token in "\n\u2028":
                    line = word = 0.0
                    continue
                width = metrics.horizontalAdvance(token)
                line += width
                # A word can continue in the next span.
                word = 0.0 if token.isspace() else word + width if len(token) > 1 or token.isascii() else width
                longest_line, longest_word = max(longest_line, line), max(longest_word, word)
        padding = theme().px(CELL_RIGHT_PADDING) + 2
        # In steps, so that few letters of a row that is arriving change all rows above.
        widths = _stepped(longest_line * 1.03 + padding), _stepped(longest_word * 1.03 + padding)
        self._measured[spans, is_head] = widths
        return widths

    def _thin_char_format(self) -> QTextCharFormat:
        format = QTextCharFormat()
        font = self._formats.base().font()
        font.setPixelSize(1)
        format.setFont(font)
        return format


@cache
def _aligned(align: str) -> QTextBlockFormat:
    format = QTextBlockFormat()
    format.setAlignment(_ALIGN.get(align, Qt.AlignmentFlag.AlignLeft))
    return format


def _stepped(width: float) -> float:
    return math.ceil(width / WIDTH_STEP) * WIDTH_STEP


def column_widths(
    natural: Sequence[float], words: Sequence[float], available: float, *, smallest: float, comfortable: float
) -> list[float]:
    """The widths of columns, of which at most `available` logical pixels are in view.

    `natural` are the widths of the longest lines, `words` those of the longest words or numbers. No column is narrower
    than its longest word, nor than `smallest` if it has longer lines; the rest of the room is shared by what each
    column lacks. Without room for that the table is wider than `available` and must be scrolled: its columns then take
    up to `comfortable`, and a word longer than the view is broken.
    """
    if sum(natural) <= available:
        return list(natural)
    floors = [min(max(word, smallest), width) for word, width in zip(words, natural, strict=True)]
    if sum(floors) > available:
        view = max(available, comfortable)
        return [min(max(floor, min(comfortable, width)), view) for floor, width in zip(floors, natural, strict=True)]
    lacking = [width - floor for width, floor in zip(natural, floors, strict=True)]
    share = (available - sum(floors)) / (sum(lacking) or 1.0)
    return [floor + lack * share for floor, lack in zip(floors, lacking, strict=True)]


def _thin_block_format() -> QTextBlockFormat:
    """The format of the text block that Qt requires before and after a table: practically invisible."""
    format = QTextBlockFormat()
    format.setLineHeight(0.01, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return format
