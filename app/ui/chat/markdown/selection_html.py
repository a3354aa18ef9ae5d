"""The selected part of a drawn Markdown document as HTML, which keeps the rows and columns of tables."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextTable

from app.ui.chat.markdown.text_formats import CODE, FORMULA, TABLE_BEGINS

_ALIGN = {Qt.AlignmentFlag.AlignHCenter: "center", Qt.AlignmentFlag.AlignRight: "right"}


def has_table(cursor: QTextCursor) -> bool:
    """Whether the selection contains more than one cell of a table, or a table among other text."""
    if cursor.hasComplexSelection():
        return True
    first, last = _cell_at(cursor, cursor.selectionStart()), _cell_at(cursor, cursor.selectionEnd())
    return "\ufdd0" in cursor.selectedText() and not (first is not None and first == last)


def html_of(cursor: QTextCursor) -> str:
    """The selection as an HTML fragment without colours and fonts; formulas are their TeX source."""
    if cursor.hasComplexSelection():
        return "\n".join(_closed([_row_html(row) for row in selected_cells(cursor)]))
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    document = cursor.document()
    inside = QTextCursor(document)
    parts: list[str] = []
    rows: list[str] = []
    table: QTextTable | None = None
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        inside.setPosition(block.position())
        here = _table_of(inside)
        if here is None:
            text = _spans(block, start, end)
            if text or block.text():
                tag = "pre" if block.charFormat().property(CODE) else "p"
                parts += [*_closed(rows), f"<{tag}>{text}</{tag}>"]
            block = block.next()
            continue
        if here != table and here.format().property(TABLE_BEGINS):
            parts += _closed(rows)
        table = here
        row = here.cellAt(inside).row()
        cells: list[QTextCursor] = []
        while block.isValid() and block.position() <= end:
            inside.setPosition(block.position())
            if _table_of(inside) != here or here.cellAt(inside).row() != row:
                break
            cells.append(_between(document, max(start, block.position()), min(end, _end_of(block))))
            block = block.next()
        rows.append(_row_html(cells))
    parts += _closed(rows)
    return "\n".join(parts)


def selected_cells(cursor: QTextCursor) -> list[list[QTextCursor]]:
    """The cells, row by row, of a selection that is a rectangle of cells within one strip of a table."""
    table = _table_of(cursor)
    if table is None:
        return []
    # PySide's stub of `selectedTableCells` has no result; it is first row, rows, first column, columns.
    row, rows, column, columns = cast("tuple[int, int, int, int]", cursor.selectedTableCells())
    cells: list[list[QTextCursor]] = []
    for number in range(row, row + rows):
        line = [table.cellAt(number, place) for place in range(column, column + columns)]
        cells.append([_between(cursor.document(), cell.firstPosition(), cell.lastPosition()) for cell in line])
    return cells


def _table_of(cursor: QTextCursor) -> QTextTable | None:
    """The table that a cursor is in. PySide's stub lacks the None."""
    return cursor.currentTable()


def _between(document: QTextDocument, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _end_of(block: QTextBlock) -> int:
    return block.position() + block.length() - 1


def _row_html(cells: Sequence[QTextCursor]) -> str:
    """A row of a table with the selected text of these cells."""
    table = _table_of(cells[0])
    is_head = table is not None and bool(table.format().property(TABLE_BEGINS)) and table.cellAt(cells[0]).row() == 0
    tag = "th" if is_head else "td"
    texts: list[str] = []
    for cell in cells:
        align = _ALIGN.get(cell.blockFormat().alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        attribute = f' align="{align}"' if align else ""
        texts.append(f"<{tag}{attribute}>{_spans(cell.block(), cell.selectionStart(), cell.selectionEnd())}</{tag}>")
    return f"<tr>{''.join(texts)}</tr>"


def _closed(rows: list[str]) -> list[str]:
    """The table of these rows, which are removed; nothing when there are none."""
    if not rows:
        return []
    table = "\n".join(("<table>", *rows, "</table>"))
    rows.clear()
    return [table]


def _cell_at(cursor: QTextCursor, position: int) -> tuple[int, int] | None:
    """The extent of the table cell at a position, None outside of tables."""
    inside = QTextCursor(cursor.document())
    inside.setPosition(position)
    table = _table_of(inside)
    if table is None:
        return None
    cell = table.cellAt(inside)
    return cell.firstPosition(), cell.lastPosition()


def _spans(block: QTextBlock, start: int, end: int) -> str:
    """The part of a block's text between two document positions, with its bold, italic, code and links."""
    pieces: list[str] = []
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        fragments += 1
        begin, stop = max(start, fragment.position()), min(end, fragment.position() + fragment.length())
        if begin >= stop:
            continue
        # Document positions count UTF-16 units.
        units = fragment.text().encode("utf-16-le", "surrogatepass")
        text = units[2 * (begin - fragment.position()) : 2 * (stop - fragment.position())]
        pieces.append(_marked(text.decode("utf-16-le", "replace"), fragment.charFormat()))
    return "".join(pieces)


def _marked(text: str, format: QTextCharFormat) -> str:
    tex = format.property(FORMULA)
    html = escape(text.replace("\ufffc", str(tex or "")).replace("\xa0", " "))
    html = html.replace("\u2028", "<br>")
    if format.property(CODE):
        html = f"<code>{html}</code>"
    if format.fontWeight() >= QFont.Weight.DemiBold:
        html = f"<b>{html}</b>"
    if format.fontItalic():
        html = f"<i>{html}</i>"
    if format.fontStrikeOut():
        html = f"<s>{html}</s>"
    href = format.anchorHref()
    return f'<a href="{escape(href)}">{html}</a>' if href else html
