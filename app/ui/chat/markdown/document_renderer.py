"""Draws parsed Markdown into a text document and redraws only what changes while the text grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from app.core.markdown.blocks import (
    Block,
    CodeHead,
    CodeLine,
    Formula,
    InlineStyle,
    Paragraph,
    Ruler,
    Span,
    TableRow,
)
from app.core.markdown.source_marks import SourceMarks
from app.ui.chat.markdown.code_colouring import CodeColouring
from app.ui.chat.markdown.decorations import CARD_FOOT, Decoration, Decorations
from app.ui.chat.markdown.span_writer import SpanWriter, drawn_text, extends
from app.ui.chat.markdown.syntax_highlighting import MAX_LINE
from app.ui.chat.markdown.tables import CELL_VERTICAL_PADDING, STRIP_ROWS, GrownCell, Tables
from app.ui.chat.markdown.text_formats import TextFormats
from app.ui.chat.markdown.units import Units
from app.ui.chat.markdown.utf16 import utf16_length
from app.ui.theme.theme import theme

if TYPE_CHECKING:
    from app.core.markdown.incremental_parser import IncrementalParser

_WITHOUT_BACKGROUND = InlineStyle.BOLD | InlineStyle.ITALIC | InlineStyle.STRUCK
LETTER_MARGIN = 4
"""Logical pixels by which letters can reach out of their line; those of ASCII don't."""


class DocumentRenderer:
    """Keeps a text document in step with an incremental parser.

    Attributes:
        document: must not be changed by anything else.
        decorations: cards, bars and lines to paint behind the text.
        tables: draws table rows.
        source_marks: the sources whose marks the text may have; `clear` before another `show` after a change.
        changed_from: the first unit that the last `show` has changed; those above are where they were.
        changed_top: logical pixels from the top of the document; above it the last `show` has changed nothing.
        grown_cell: what the last `show` has changed if that was one cell of the last row of a table.
        grown_block: the text block that the last `show` has added text to; None if it has drawn others.
        has_changed_tables: whether a table has been drawn, changed or removed; the view resets it.
    """

    def __init__(self, document: QTextDocument, formats: TextFormats, ratio: float = 1.0) -> None:
        """`ratio` is the number of device pixels per logical pixel."""
        self.document = document
        self.decorations = Decorations()
        self._units = Units(document)
        self._settled_count = 0  # settled blocks that are drawn
        self._has_empty_block = True  # the last text block is empty and takes the next unit
        self._reparse_count = 0
        self._loose_row: int | None = None  # first block of the rows at the end that are drawn one by one
        self._is_finished = False
        self.changed_from = 0
        self.source_marks = SourceMarks(())
        self.changed_top = 0.0
        self.grown_cell: GrownCell | None = None
        self.grown_block: QTextBlock | None = None
        self.has_changed_tables = False
        self._use(formats, ratio)

    def _use(self, formats: TextFormats, ratio: float) -> None:
        self._formats = formats
        self._writer = SpanWriter(self.document, formats, ratio)
        self._colouring = CodeColouring(self.document, self._units, formats)
        self.tables = Tables(self.document, formats, self._writer.write)

    def clear(self, formats: TextFormats, ratio: float) -> None:
        """Remove everything, to draw it again with other formats."""
        self._truncate(0)
        self._units.blocks.clear()
        self._settled_count = 0
        self._use(formats, ratio)

    def show(self, parser: IncrementalParser) -> bool:
        """Draw what the parser has now; true when anything changed."""
        if parser.reparse_count != self._reparse_count:
            self._reparse_count = parser.reparse_count
            self._settled_count = 0
        known = self._settled_count
        settled, tail = parser.settled, parser.tail
        self._settled_count = len(settled)
        new = self._marked([*settled[known:], *tail])
        old = self._units.blocks[known:]
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        self._is_finished = parser.is_finished
        changed = known + same  # index of the first block that differs
        strip = self._complete_strip(known, new)
        if strip is not None:
            changed = min(changed, strip)
        elif same == len(old) == len(new):
            return False
        # One unit more: its last lines can be laid out again.
        self.changed_from = max(0, self._units.unit_of(changed) - 1)
        self.grown_cell = self.grown_block = None
        if strip is None and same == len(old) - 1 < len(new) and self._grow(old[-1], new[same]):
            self._units.blocks[changed:] = [new[same]]
            if len(new) > same + 1:
                self.grown_cell = self.grown_block = None
                self._draw(new[same + 1 :])
        else:
            unit = self._units.unit_of(changed)
            first = self._units.first_blocks[unit] if unit < len(self._units) else changed
            self.changed_top = self._units.bottom_of(unit - 1)
            if strip is None and same < len(new) and self._is_next_row(unit, new[same]):
                self.changed_top += theme().px(CELL_VERTICAL_PADDING)
            else:
                self.changed_top -= theme().px(CARD_FOOT) + LETTER_MARGIN
            self.has_changed_tables |= any(isinstance(block, TableRow) for block in (*old[same:], *new[same:]))
            edit = QTextCursor(self.document)
            edit.beginEditBlock()  # one layout for what goes and what comes
            self._truncate(unit)
            del self._units.blocks[first:]
            self._draw([*self._marked(settled[first:known]), *new] if first < known else new[first - known :])
            edit.endEditBlock()
        if (top := self.tables.moved_top()) is not None:
            self.changed_top, self.grown_cell = min(self.changed_top, top), None
        self.decorations.forget_areas(self.changed_from)
        return True

    def _is_next_row(self, unit: int, block: Block) -> bool:
        """Whether a new unit is the next row of the table above it."""
        is_row = isinstance(block, TableRow) and block.number > 0
        return is_row and unit == len(self._units) > 0 and isinstance(self._units.blocks[-1], TableRow)

    def _marked(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks with the marks of sources as spans of their own."""
        return [self.source_marks.mark(block) for block in blocks] if self.source_marks else list(blocks)

    def _complete_strip(self, known: int, new: Sequence[Block]) -> int | None:
        """The first of the rows drawn one by one if no more will join them; they can be drawn together then."""
        loose = self._loose_row
        if loose is None or self._is_finished:
            return loose
        first = self._units.blocks[loose] if loose < known else new[loose - known]
        if not isinstance(first, TableRow):
            return loose
        for index in range(loose + 1, known + len(new)):
            if not _is_same_strip(first, self._units.blocks[index] if index < known else new[index - known]):
                return loose
        return None

    def redraw_formulas(self) -> int | None:
        """Insert formula images that have become available; the first unit that has changed."""
        units = self._writer.take_ready_units()
        for unit in units:
            self._redraw_unit(unit)
        return min(units, default=None)

    def colour(self, is_streaming: bool) -> bool:
        """Colour uncoloured code for a few milliseconds; true when some is left."""
        return self._colouring.colour(is_streaming)

    def has_uncoloured_code(self, is_streaming: bool) -> bool:
        """Whether `colour` has something to do."""
        return self._colouring.is_waiting(is_streaming)

    # -- units

    def _truncate(self, unit: int) -> None:
        """Remove a unit and everything after it, leaving one empty text block in its place."""
        if unit >= len(self._units):
            return
        blocks = self._units.blocks
        first = self._units.first_blocks[unit]
        is_after_table = first > 0 and isinstance(blocks[first - 1], TableRow)
        cursor = QTextCursor(self.document)
        cursor.setPosition(self._units.starts[unit])
        if is_after_table and not isinstance(blocks[first], TableRow):
            cursor.movePosition(QTextCursor.MoveOperation.Left)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        if self._loose_row is not None and first <= self._loose_row:
            self._loose_row = None
        # Before the text: the view asks for the areas of decorations as soon as the document shrinks.
        self._units.truncate(unit)
        self.decorations.truncate(unit)
        cursor.removeSelectedText()
        self._has_empty_block = True
        self._writer.truncate(unit)
        self._colouring.truncate(unit)

    def _draw(self, blocks: Sequence[Block]) -> None:
        """Draw blocks at the end."""
        if not blocks:
            return
        cursor = self._edit_at_end()
        index = 0
        while index < len(blocks):
            block = blocks[index]
            stop = index + 1
            if isinstance(block, TableRow):
                while stop < len(blocks) and _is_same_strip(block, blocks[stop]):
                    stop += 1
                if self._loose_row is None and stop == len(blocks) and not self._is_finished:
                    self._loose_row = len(self._units.blocks)
                if self._loose_row is not None:
                    stop = index + 1
            before = self._units.blocks[-1] if self._units.blocks else None
            # After a table a further text block is needed: Qt gives the first one there no margin.
            if not self._has_empty_block or (isinstance(before, TableRow) and not isinstance(block, TableRow)):
                cursor.insertBlock()
            unit = self._units.add(cursor.position())
            if isinstance(block, TableRow):
                rows = [row for row in blocks[index:stop] if isinstance(row, TableRow)]
                self.tables.draw(cursor, rows, before, unit)
            else:
                self._draw_block(cursor, unit, block, before)
            self._has_empty_block = isinstance(block, TableRow)  # Qt adds a text block after a table
            self.decorations.add(unit, block, before)
            self._units.blocks += blocks[index:stop]
            index = stop
        cursor.endEditBlock()

    def _draw_block(self, cursor: QTextCursor, unit: int, block: Block, before: Block | None) -> None:
        cursor.setBlockFormat(self._formats.block(block, before))
        match block:
            case Paragraph():
                cursor.setBlockCharFormat(self._formats.base(block.level))
                if block.marker:
                    cursor.insertText(f"{self._formats.marker_text(block)}\t", self._formats.marker)
                self._writer.write(cursor, block.spans, block.level, unit)
            case CodeHead():
                cursor.setBlockCharFormat(self._formats.code_head)
                cursor.insertText(block.language, self._formats.code_head)
                self._colouring.add_block(unit + 1, block.language)
            case CodeLine():
                cursor.setBlockCharFormat(self._formats.code)
                cursor.insertText(_drawn_code(block.text), self._formats.code)
            case Formula():
                self._draw_formula(cursor, unit, block)
            case Ruler():
                cursor.setBlockCharFormat(self._formats.base())

    def _draw_formula(self, cursor: QTextCursor, unit: int, formula: Formula) -> None:
        source = formula.tex.replace("\n", "\u2028")
        if formula.closed:
            span = Span(source, InlineStyle.MATH | InlineStyle.DISPLAY)
            cursor.setBlockCharFormat(self._formats.base())
            self._writer.write(cursor, (span,), 0, unit)
        else:
            cursor.setBlockCharFormat(self._formats.code)
            cursor.insertText(source, self._formats.code)

    def _grow(self, old: Block, new: Block) -> bool:
        """Extend the last unit in place if its beginning stays; false when it must be drawn again."""
        if isinstance(old, CodeLine) and isinstance(new, CodeLine):
            return self._grow_code_line(old, new)
        if isinstance(old, Paragraph) and isinstance(new, Paragraph):
            return self._grow_paragraph(old, new)
        if isinstance(old, TableRow) and isinstance(new, TableRow):
            return self._grow_row(old, new)
        return False

    def _grow_row(self, old: TableRow, new: TableRow) -> bool:
        unit = len(self._units) - 1
        if self._writer.is_waiting(unit) or (old.containers, old.number) != (new.containers, new.number):
            return False
        # What is written begins below the padding of the cell.
        self.changed_top = self._line_top(self._units.starts[unit]) + theme().px(CELL_VERTICAL_PADDING)
        self.grown_block = None
        self.has_changed_tables = True
        grown = self.tables.grow(old, new, unit)
        if grown is None:
            return False
        if grown.block is not None:
            self.grown_cell, self.grown_block = grown, grown.block
        return True

    def _grow_code_line(self, old: CodeLine, new: CodeLine) -> bool:
        if old.containers != new.containers or not new.text.startswith(old.text) or len(new.text) > MAX_LINE:
            return False
        cursor = self._edit_at_end()
        self.changed_top = self._line_top(cursor.position())
        above = self._units.blocks[-2] if len(self._units.blocks) > 1 else None
        if not (new.text.isascii() and isinstance(above, CodeLine) and above.text.isascii()):
            self.changed_top -= LETTER_MARGIN
        cursor.insertText(new.text[len(old.text) :], self._formats.code)
        cursor.endEditBlock()
        self._colouring.last_line_changed()
        return True

    def _grow_paragraph(self, old: Paragraph, new: Paragraph) -> bool:
        unit = len(self._units) - 1
        if self._writer.is_waiting(unit):
            return False
        if (old.containers, old.marker, old.tight, old.level) != (new.containers, new.marker, new.tight, new.level):
            return False
        same = 0
        while same < min(len(old.spans), len(new.spans)) and old.spans[same] == new.spans[same]:
            same += 1
        if any(span.style & InlineStyle.MATH for span in old.spans[same:]):
            return False
        cursor = self._edit_at_end()  # The paragraph is laid out once, not with every span.
        added = new.spans[same:]
        margin = 0 if all(map(_stays_in_its_line, new.spans)) else LETTER_MARGIN
        if same == len(old.spans) - 1 and added and extends(old.spans[same], added[0]):
            text = added[0].text[len(old.spans[same].text) :]
            self.changed_top = self._line_top(cursor.position()) - margin
            cursor.insertText(text, self._formats.span(added[0], new.level))
            added = added[1:]
        elif same < len(old.spans):
            removed = sum(utf16_length(drawn_text(span)) for span in old.spans[same:])
            self.changed_top = self._line_top(cursor.position() - removed, lines_above=1) - margin
            cursor.setPosition(cursor.position() - removed, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        else:
            self.changed_top = self._line_top(cursor.position()) - margin
        self._writer.write(cursor, added, new.level, unit)
        cursor.endEditBlock()
        return True

    def _line_top(self, position: int, *, lines_above: int = 0) -> float:
        """The top of the line at a document position, or of one above it within its text block."""
        text_block = self.grown_block = self.document.findBlock(position)
        layout = text_block.layout()
        line = layout.lineForTextPosition(position - text_block.position())
        if lines_above and line.isValid():
            line = layout.lineAt(max(0, line.lineNumber() - lines_above))
        return layout.position().y() + (line.y() if line.isValid() else 0.0)

    def _edit_at_end(self) -> QTextCursor:
        """A cursor at the end, in an edit block to be ended. Outside of one Qt shapes its line, to know where it is."""
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        cursor.setPosition(self.document.characterCount() - 1)
        return cursor

    def _redraw_unit(self, unit: int) -> None:
        """Draw one unit again in place, and move those after it."""
        first = self._units.first_blocks[unit]
        block = self._units.blocks[first]
        before = self._units.blocks[first - 1] if first else None
        start = self._units.starts[unit]
        length = self.document.characterCount()
        if isinstance(block, TableRow):
            rows = [row for row in self._units.blocks_of(unit) if isinstance(row, TableRow)]
            self.tables.rewrite(start, rows, unit)
        else:
            cursor = QTextCursor(self.document.findBlock(start))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            self._draw_block(cursor, unit, block, before)
            cursor.endEditBlock()
        if change := self.document.characterCount() - length:
            self._units.shift_after(unit, change)

    # -- positions

    def text_block_of(self, unit: int) -> QTextBlock:
        """The first text block of a unit."""
        return self._units.text_block(unit)

    def last_text_block_of(self, unit: int) -> QTextBlock:
        """The last text block of a unit."""
        return self._units.last_text_block(unit)

    def code_of(self, card: Decoration) -> str:
        """The complete source of the code block that a card belongs to."""
        first = self._units.first_blocks[card.first]
        blocks = self._units.blocks[first : first + card.last - card.first + 1]
        return "\n".join(block.text for block in blocks if isinstance(block, CodeLine))

    @property
    def ends_in_card(self) -> bool:
        """Whether a code block is the last block."""
        blocks = self._units.blocks
        return bool(blocks) and isinstance(blocks[-1], CodeLine | CodeHead)


def _stays_in_its_line(span: Span) -> bool:
    """Whether neither a letter nor a background can reach out of a line."""
    return not span.style & ~_WITHOUT_BACKGROUND and span.text.isascii()


def _is_same_strip(first: TableRow, block: Block) -> bool:
    """Whether a block is a later row of the strip that begins with `first`."""
    return (
        isinstance(block, TableRow)
        and block.number > first.number
        and block.number // STRIP_ROWS == first.number // STRIP_ROWS
    )


def _drawn_code(text: str) -> str:
    return text if len(text) <= MAX_LINE else text[:MAX_LINE] + " …"
