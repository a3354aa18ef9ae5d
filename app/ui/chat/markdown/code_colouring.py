"""Colours the code blocks of a text document, in short steps that keep the window responsive."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

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
        lexing: the piece that is being lexed; None between pieces.
    """

    def __init__(self, first: int, language: str) -> None:
        self.first = first
        self.language = language
        self.piece = 0
        self.lexed = 0
        self.colours: list[Colours] = []
        self.lexing: _Lexing | None = None


class _Lexing(NamedTuple):
    """A piece that is being lexed, as long as it was when that began.

    Attributes:
        lines: the numbers of its lines that are still to come.
        colours: their colours; each costs the time to lex its line.
        end: the line behind the piece.
        is_whole: whether another piece follows, so that more lines do not change this one.
    """

    lines: Iterator[int]
    colours: Iterator[Colours]
    end: int
    is_whole: bool


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
        self._lex_again(code, len(self._units) - 1 - code.first)

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
                self._lex_again(code, remaining)
                code.piece = min(code.piece, remaining)

    @staticmethod
    def _lex_again(code: _CodeBlock, line: int) -> None:
        """Lex a line and those after it again."""
        code.lexed = min(code.lexed, line)
        if code.lexing is not None and code.lexing.end > line:
            code.lexing = None

    def colour(self, is_streaming: bool) -> bool:
        """Colour uncoloured code for a few milliseconds; true when some is left.

        While streaming, the last line is still being written and is not coloured yet.
        """
        end = time.perf_counter() + STEP_SECONDS
        for index in range(self._done, len(self._code_blocks)):
            code = self._code_blocks[index]
            count = self._count_complete(index, is_streaming)
            while code.lexed < count:
                if not self._colour_piece(code, count, end):
                    return True
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

    def _colour_piece(self, code: _CodeBlock, count: int, end: float) -> bool:
        """Colour the next piece until `end`; false if some of it is left."""
        lexing = code.lexing or self._begin_piece(code, count)
        if lexing is None:
            code.lexed = count
            return True
        code.lexing = lexing
        dirty_from = dirty_to = 0
        is_left = False
        for number in lexing.lines:
            line_colours = next(lexing.colours)
            if line_colours != code.colours[number]:
                code.colours[number] = line_colours
                text_block = self._units.text_block(code.first + number)
                self._apply(text_block, line_colours)
                dirty_from = dirty_from if dirty_to else text_block.position()
                dirty_to = text_block.position() + text_block.length()
            if time.perf_counter() > end:
                is_left = number + 1 < lexing.end
                break
        if dirty_to:
            self._document.markContentsDirty(dirty_from, dirty_to - dirty_from)  # one layout for all lines
        if is_left:
            return False
        code.lexing = None
        code.lexed = lexing.end
        if lexing.is_whole:
            code.piece = lexing.end
        return True

    def _begin_piece(self, code: _CodeBlock, count: int) -> _Lexing | None:
        """The next piece of a code block; None if nobody knows its language."""
        lexer = lexer_for(code.language)
        if lexer is None:
            return None
        first = self._units.first_blocks[code.first] + code.piece
        lines = self._units.blocks[first : first + min(count - code.piece, MAX_PIECE_LINES + 1)]
        texts = [line.text for line in lines if isinstance(line, CodeLine)]
        length = next(piece_starts(texts, 0), len(texts))
        end = code.piece + length
        return _Lexing(iter(range(code.piece, end)), colours(lexer, texts[:length]), end, end < count)

    def _apply(self, text_block: QTextBlock, line_colours: Colours) -> None:
        ranges = []
        for colour in line_colours:
            format_range = QTextLayout.FormatRange()
            format_range.start, format_range.length = colour.start, colour.length
            format_range.format = self._formats.highlight(colour)
            ranges.append(format_range)
        text_block.layout().setFormats(ranges)
