"""Colours the code blocks of a text document, in short steps that keep the window responsive."""

from __future__ import annotations

import time

from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout

from app.core.markdown.blocks import CodeLine
from app.ui.chat.markdown.syntax_highlighting import MAX_PIECE_LINES, Colours, colours, lexer_for, piece_starts
from app.ui.chat.markdown.text_formats import TextFormats
from app.ui.chat.markdown.units import Units

STEP_SECONDS = 0.002
"""The longest time one call of `colour` may take."""


class _CodeBlock:
    """The progress of one code block.

    Attributes:
        first: unit of its first line.
        piece: number of the first line of its last piece, which more lines may change.
        lexed: lines that have been lexed.
        colours: the colours applied to each line.
    """

    def __init__(self, first: int, language: str) -> None:
        self.first = first
        self.language = language
        self.piece = 0
        self.lexed = 0
        self.colours: list[Colours] = []


class CodeColouring:
    """Applies syntax colours to the code lines among the drawn units."""

    def __init__(self, document: QTextDocument, units: Units, formats: TextFormats) -> None:
        self._document = document
        self._units = units
        self._formats = formats
        self._code_blocks: list[_CodeBlock] = []
        self._done = 0  # leading code blocks that are complete and coloured

    def add_block(self, first: int, language: str) -> None:
        """Colour a code block whose first line will be drawn in unit `first`."""
        self._code_blocks.append(_CodeBlock(first, language))

    def last_line_changed(self) -> None:
        """Lex the last drawn line again."""
        code = self._code_blocks[-1]
        code.lexed = min(code.lexed, len(self._units) - 1 - code.first)

    def truncate(self, unit: int) -> None:
        """Forget this unit and those after it."""
        while self._code_blocks and self._code_blocks[-1].first > unit:
            self._code_blocks.pop()
        self._done = min(self._done, max(0, len(self._code_blocks) - 1))
        if self._code_blocks:
            code = self._code_blocks[-1]
            remaining = max(0, unit - code.first)
            if remaining < len(code.colours):
                del code.colours[remaining:]
                code.lexed = min(code.lexed, remaining)
                code.piece = min(code.piece, remaining)

    def colour(self, is_streaming: bool) -> bool:
        """Colour uncoloured code for a few milliseconds; true when some is left.

        While streaming, the last line is still being written and is not coloured yet.
        """
        end = time.perf_counter() + STEP_SECONDS
        for index in range(self._done, len(self._code_blocks)):
            code = self._code_blocks[index]
            count = self._count_complete(index, is_streaming)
            while code.lexed < count:
                if time.perf_counter() > end:
                    return True
                self._colour_piece(code, count)
            if index + 1 < len(self._code_blocks):
                self._done = index + 1
        return False

    def is_waiting(self, is_streaming: bool) -> bool:
        """Whether there are lines that `colour` would colour."""
        return any(
            self._code_blocks[index].lexed < self._count_complete(index, is_streaming)
            for index in range(self._done, len(self._code_blocks))
        )

    def _count_complete(self, index: int, is_streaming: bool) -> int:
        """The lines of a code block without the one that is still being written."""
        code = self._code_blocks[index]
        count = self._count_lines(code)
        is_last = index + 1 == len(self._code_blocks)
        return count - 1 if is_streaming and is_last and code.first + count == len(self._units) else count

    def _count_lines(self, code: _CodeBlock) -> int:
        count = len(code.colours)
        while code.first + count < len(self._units):
            if not isinstance(self._units.first_block(code.first + count), CodeLine):
                break
            code.colours.append(())
            count += 1
        return count

    def _colour_piece(self, code: _CodeBlock, count: int) -> None:
        lexer = lexer_for(code.language)
        if lexer is None:
            code.lexed = count
            return
        first = self._units.first_blocks[code.first] + code.piece
        lines = self._units.blocks[first : first + min(count - code.piece, MAX_PIECE_LINES + 1)]
        texts = [line.text for line in lines if isinstance(line, CodeLine)]
        length = next(piece_starts(texts, 0), len(texts))
        next_piece = code.piece + length
        text_block = self._units.text_block(code.first + code.piece)
        begin = end = 0
        for number, line_colours in enumerate(colours(lexer, texts[:length]), start=code.piece):
            if line_colours != code.colours[number]:
                code.colours[number] = line_colours
                self._apply(text_block, line_colours)
                begin, end = begin if end else text_block.position(), text_block.position() + text_block.length()
            text_block = text_block.next()
        if end:
            self._document.markContentsDirty(begin, end - begin)  # one layout for all lines
        code.lexed = next_piece
        if next_piece < count:
            code.piece = next_piece

    def _apply(self, text_block: QTextBlock, line_colours: Colours) -> None:
        ranges = []
        for colour in line_colours:
            format_range = QTextLayout.FormatRange()
            format_range.start, format_range.length = colour.start, colour.length
            format_range.format = self._formats.highlight(colour)
            ranges.append(format_range)
        text_block.layout().setFormats(ranges)
