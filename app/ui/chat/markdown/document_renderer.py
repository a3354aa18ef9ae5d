"""Leaves in a text document, kept in step as a text grows: only what changed is drawn again."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextLayout,
)

from app.ui.chat.markdown.blocks import (
    Block,
    CodeHead,
    CodeLine,
    Formula,
    InlineStyle,
    Paragraph,
    Ruler,
    Span,
    Spans,
    TableRow,
)
from app.ui.chat.markdown.decorations import Decoration, Decorations
from app.ui.chat.markdown.formulas import Key, formulas
from app.ui.chat.markdown.incremental_parser import IncrementalParser
from app.ui.chat.markdown.syntax_highlighting import MAX_LINE, Colours, colours, cuts, lexer_for
from app.ui.chat.markdown.tables import STRIP, Tables
from app.ui.chat.markdown.text_formats import FORMULA, TextFormats, image_words

COLOURING_SECONDS = 0.008
"""How long one call of `colour` may take; what is left waits for the next."""


class _Code:
    """What is known of the colours of one code block: lexed up to `open`, the first line of its open piece."""

    def __init__(self, first: int, language: str) -> None:
        self.first = first
        self.language = language
        self.open = 0
        self.lexed = 0
        self.given: list[Colours] = []


class DocumentRenderer:
    """A document that shows a stream.

    Attributes:
        document: written by this alone.
        ornaments: cards, bars and lines to paint behind it.
        tex: formula sources by the name of their picture.
    """

    def __init__(self, document: QTextDocument, ink: TextFormats, ratio: float = 1.0) -> None:
        self.document = document
        self.ornaments = Decorations()
        self.ink = ink
        self.ratio = ratio
        self.tables = Tables(document, ink, self._write)
        self._leaves: list[Block] = []
        self._starts: list[int] = []  # document position of each unit: a leaf, or a strip of rows
        self._firsts: list[int] = []  # index of each unit's first leaf
        self._kept = 0
        self._blank = True  # the last block is empty and waits for the next unit
        self._restarts = 0
        self._codes: list[_Code] = []
        self._waiting: dict[int, list[Key]] = {}  # units with formulas that are not drawn yet

    def clear(self, ink: TextFormats, ratio: float) -> None:
        """Forget what is drawn, for another look."""
        self.ink, self.ratio = ink, ratio
        self.tables = Tables(self.document, ink, self._write)
        self._truncate(0)
        self._leaves.clear()
        self._kept = 0

    def show(self, stream: IncrementalParser) -> bool:
        """Bring the document up to the stream; true when anything changed."""
        if stream.restarts != self._restarts:
            self._restarts = stream.restarts
            self._kept = 0
        kept = self._kept
        settled, tail = stream.settled, stream.tail
        self._kept = len(settled)
        fresh = [*settled[kept:], *tail]
        old = self._leaves[kept:]
        same = next((i for i, (a, b) in enumerate(zip(old, fresh, strict=False)) if a != b), min(len(old), len(fresh)))
        if same == len(old) == len(fresh):
            return False
        first = kept + same
        if same == len(old) - 1 < len(fresh) and self._grow(old[-1], fresh[same]):
            self._leaves[first:] = [fresh[same]]
            self._draw(fresh[same + 1 :])
        else:
            unit = self._unit_of(first)
            begin = self._firsts[unit] if unit < len(self._firsts) else first
            self._truncate(unit)
            del self._leaves[begin:]
            self._draw([*settled[begin:kept], *fresh] if begin < kept else fresh[begin - kept :])
        return True

    def redraw_formulas(self) -> bool:
        """Put in the pictures that have come; true when anything changed."""
        store = formulas()
        ready = [unit for unit, keys in self._waiting.items() if not all(map(store.is_open, keys))]
        for unit in ready:
            self._redraw_unit(unit)
        return bool(ready)

    # -- units

    def _unit_of(self, leaf: int) -> int:
        """The unit a leaf is drawn in, also one it will join: the strip of the row above."""
        low, high = 0, len(self._firsts)
        while low < high:
            middle = (low + high) // 2
            if self._firsts[middle] <= leaf:
                low = middle + 1
            else:
                high = middle
        unit = low - 1
        if unit < 0:
            return 0
        if leaf < len(self._leaves):
            return unit
        open_strip = isinstance(self._leaves[-1], TableRow) and (self._leaves[-1].number + 1) % STRIP
        return unit if open_strip else unit + 1

    def _truncate(self, unit: int) -> None:
        """Take away a unit and all below it, leaving the empty block they began in."""
        if unit >= len(self._starts):
            return
        first = self._firsts[unit]
        behind_table = first > 0 and isinstance(self._leaves[first - 1], TableRow)
        cursor = QTextCursor(self.document)
        cursor.setPosition(self._starts[unit])
        if behind_table and not isinstance(self._leaves[first], TableRow):
            cursor.movePosition(QTextCursor.MoveOperation.Left)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        # First of all: the view looks where its cards are as soon as the document shrinks.
        del self._starts[unit:], self._firsts[unit:]
        self.ornaments.truncate(unit)
        cursor.removeSelectedText()
        self._blank = True
        self._waiting = {at: keys for at, keys in self._waiting.items() if at < unit}
        while self._codes and self._codes[-1].first > unit:
            self._codes.pop()
        if self._codes:
            code = self._codes[-1]
            keep = max(0, unit - code.first)
            if keep < len(code.given):
                del code.given[keep:]
                code.lexed = min(code.lexed, keep)
                code.open = min(code.open, keep)

    def _draw(self, leaves: Sequence[Block]) -> None:
        cursor = QTextCursor(self.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        place = 0
        while place < len(leaves):
            leaf = leaves[place]
            stop = place + 1
            if isinstance(leaf, TableRow):
                while stop < len(leaves) and self._joins(leaf, leaves[stop]):
                    stop += 1
            before = self._leaves[-1] if self._leaves else None
            # Behind a table a further block is needed: Qt gives the first one there no margin.
            if not self._blank or (isinstance(before, TableRow) and not isinstance(leaf, TableRow)):
                cursor.insertBlock()
            unit = len(self._starts)
            self._starts.append(cursor.position())
            self._firsts.append(len(self._leaves))
            if isinstance(leaf, TableRow):
                rows = [row for row in leaves[place:stop] if isinstance(row, TableRow)]
                self.tables.draw(cursor, rows, before)
            else:
                self._draw_leaf(cursor, unit, leaf, before)
            self._blank = isinstance(leaf, TableRow)  # a block follows a table by itself
            self.ornaments.add(unit, leaf, before)
            self._leaves += leaves[place:stop]
            place = stop
        cursor.endEditBlock()

    @staticmethod
    def _joins(first: TableRow, leaf: Block) -> bool:
        return (
            isinstance(leaf, TableRow) and leaf.number > first.number and leaf.number // STRIP == first.number // STRIP
        )

    def _draw_leaf(self, cursor: QTextCursor, unit: int, leaf: Block, before: Block | None) -> None:
        cursor.setBlockFormat(self.ink.block(leaf, before))
        match leaf:
            case Paragraph():
                base = self.ink.base(leaf.level)
                cursor.setBlockCharFormat(base)
                if leaf.marker:
                    cursor.insertText(f"{self.ink.marker_text(leaf)}\t", self.ink.marker())
                self._write(cursor, leaf.spans, leaf.level, unit)
            case CodeHead():
                cursor.setBlockCharFormat(self.ink.code_head())
                cursor.insertText(leaf.language, self.ink.code_head())
                self._codes.append(_Code(unit + 1, leaf.language))
            case CodeLine():
                cursor.setBlockCharFormat(self.ink.code())
                cursor.insertText(shown_code(leaf.text), self.ink.code())
            case Formula():
                self._draw_formula(cursor, unit, leaf)
            case Ruler():
                cursor.setBlockCharFormat(self.ink.base())

    def _draw_formula(self, cursor: QTextCursor, unit: int, leaf: Formula) -> None:
        if leaf.closed:
            span = Span(leaf.tex.replace("\n", "\u2028"), InlineStyle.MATH | InlineStyle.DISPLAY)
            cursor.setBlockCharFormat(self.ink.base())
            self._write(cursor, (span,), 0, unit)
        else:
            cursor.setBlockCharFormat(self.ink.code())
            cursor.insertText(leaf.tex.replace("\n", "\u2028"), self.ink.code())

    # -- words

    def _write(self, cursor: QTextCursor, spans: Spans, level: int, unit: int | None, head: bool = False) -> None:
        if unit is None:
            unit = len(self._starts) - 1
        for span in spans:
            format = self.ink.table_head(span) if head else self.ink.span(span, level)
            if span.mark & InlineStyle.MATH:
                self._write_formula(cursor, span, format, unit)
            else:
                cursor.insertText(shown(span), format)

    def _write_formula(self, cursor: QTextCursor, span: Span, format: QTextCharFormat, unit: int) -> None:
        tex = span.text.replace("\u2028", "\n")
        colour = format.foreground().color().name()
        key = Key(tex, bool(span.mark & InlineStyle.DISPLAY), self.ink.pixels, colour, self.ratio)
        store = formulas()
        picture = store.picture(key)
        if picture is None:
            if store.is_open(key):
                self._waiting.setdefault(unit, []).append(key)
            cursor.insertText(span.text, format)
            return
        metrics = QFontMetricsF(self.ink.base().font())
        descent = metrics.descent()
        # Qt lets a picture stand below the line by the font's descent, or by half its height: pad to one of them.
        if picture.depth <= descent:
            below, above = descent - picture.depth, 0.0
            alignment = QTextCharFormat.VerticalAlignment.AlignBaseline
        else:
            rise = picture.height - picture.depth
            below, above = max(0.0, rise - picture.depth), max(0.0, picture.depth - rise)
            alignment = QTextCharFormat.VerticalAlignment.AlignMiddle
        height = picture.height + above + below
        name = f"formula:{hash(key)}:{above:.1f}"
        image = _padded(picture.image, above, height, self.ratio)
        self.document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
        shown_as = QTextImageFormat()
        shown_as.setName(name)
        shown_as.setWidth(picture.width)
        shown_as.setHeight(height)
        shown_as.setVerticalAlignment(alignment)
        shown_as.setFont(self.ink.base().font())
        shown_as.setProperty(FORMULA, tex)
        shown_as.setToolTip(tex)
        cursor.insertImage(shown_as)

    def _grow(self, old: Block, new: Block) -> bool:
        """Change the last unit in place where its beginning stays; false when it must be drawn anew."""
        if isinstance(old, CodeLine) and isinstance(new, CodeLine):
            if old.within != new.within or not new.text.startswith(old.text) or len(new.text) > MAX_LINE:
                return False
            self._at_end().insertText(new.text[len(old.text) :], self.ink.code())
            code = self._codes[-1]
            code.lexed = min(code.lexed, len(self._starts) - 1 - code.first)
            return True
        if not (isinstance(old, Paragraph) and isinstance(new, Paragraph)) or (len(self._starts) - 1) in self._waiting:
            return False
        if (old.within, old.marker, old.near, old.level) != (new.within, new.marker, new.near, new.level):
            return False
        if any(span.mark & InlineStyle.MATH for span in old.spans):
            return False
        same = 0
        while same < min(len(old.spans), len(new.spans)) and old.spans[same] == new.spans[same]:
            same += 1
        cursor = self._at_end()
        rest = new.spans[same:]
        if same == len(old.spans) - 1 and rest and _extends(old.spans[same], rest[0]):
            added = rest[0].text[len(old.spans[same].text) :]
            cursor.insertText(added, self.ink.span(rest[0], new.level))
            rest = rest[1:]
        elif same < len(old.spans):
            gone = sum(_units(shown(span)) for span in old.spans[same:])
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, 0)
            cursor.setPosition(cursor.position() - gone, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        self._write(cursor, rest, new.level, len(self._starts) - 1)
        return True

    def _at_end(self) -> QTextCursor:
        cursor = QTextCursor(self.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor

    def _redraw_unit(self, unit: int) -> None:
        """Draw one unit again where it stands; those below move with it."""
        self._waiting.pop(unit)
        first = self._firsts[unit]
        last = unit + 1 == len(self._starts)
        leaf = self._leaves[first]
        before = self._leaves[first - 1] if first else None
        start = self._starts[unit]
        length = self.document.characterCount()
        if isinstance(leaf, TableRow):
            rows = self._leaves[first : self._firsts[unit + 1]] if not last else self._leaves[first:]
            self.tables.rewrite(start, [row for row in rows if isinstance(row, TableRow)], unit)
        else:
            cursor = QTextCursor(self.document.findBlock(start))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            self._draw_leaf(cursor, unit, leaf, before)
            cursor.endEditBlock()
        moved = self.document.characterCount() - length
        if moved:
            self._starts[unit + 1 :] = [position + moved for position in self._starts[unit + 1 :]]

    # -- code

    def colour(self, live: bool) -> bool:
        """Colour code that is not coloured yet, for a few milliseconds; true when some is left.

        `live`: the last line is still being written and waits.
        """
        end = time.perf_counter() + COLOURING_SECONDS
        for at, code in enumerate(self._codes):
            last = at + 1 == len(self._codes)
            count = self._lines_of(code)
            if live and last and code.first + count == len(self._starts):
                count -= 1
            while code.lexed < count:
                if time.perf_counter() > end:
                    return True
                self._colour_piece(code, count)
        return False

    def _lines_of(self, code: _Code) -> int:
        count = len(code.given)
        while code.first + count < len(self._starts):
            if not isinstance(self._leaves[self._firsts[code.first + count]], CodeLine):
                break
            code.given.append(())
            count += 1
        return count

    def _colour_piece(self, code: _Code, count: int) -> None:
        lexer = lexer_for(code.language)
        if lexer is None:
            code.lexed = count
            return
        first = self._firsts[code.first]
        texts = [leaf.text for leaf in self._leaves[first : first + count] if isinstance(leaf, CodeLine)]
        cut = next(cuts(texts, code.open), count)
        block = self.document.findBlock(self._starts[code.first + code.open])
        for number, given in enumerate(colours(lexer, texts[code.open : cut]), start=code.open):
            if given != code.given[number]:
                code.given[number] = given
                self._set_colours(block, given)
            block = block.next()
        code.lexed = cut
        if cut < count:
            code.open = cut

    def _set_colours(self, block: QTextBlock, given: Colours) -> None:
        ranges = []
        for colour in given:
            stretch = QTextLayout.FormatRange()
            stretch.start, stretch.length = colour.start, colour.length
            stretch.format = self.ink.colouring(colour)
            ranges.append(stretch)
        block.layout().setFormats(ranges)
        self.document.markContentsDirty(block.position(), block.length())

    # -- places

    def block_of(self, unit: int) -> QTextBlock:
        return self.document.findBlock(self._starts[unit])

    def last_block_of(self, unit: int) -> QTextBlock:
        if unit + 1 < len(self._starts):
            return self.document.findBlock(self._starts[unit + 1] - 1)
        return self.document.lastBlock()

    def code_of(self, ornament: Decoration) -> str:
        """The whole source of the code block that a card stands behind."""
        first = self._firsts[ornament.first]
        leaves = self._leaves[first : first + ornament.last - ornament.first + 1]
        return "\n".join(leaf.text for leaf in leaves if isinstance(leaf, CodeLine))

    @property
    def ends_in_card(self) -> bool:
        return bool(self._leaves) and isinstance(self._leaves[-1], CodeLine | CodeHead)


def shown(span: Span) -> str:
    """The characters drawn for a span."""
    return image_words(span.text) if span.mark & InlineStyle.IMAGE else span.text


def shown_code(text: str) -> str:
    return text if len(text) <= MAX_LINE else text[:MAX_LINE] + " …"


def _extends(old: Span, new: Span) -> bool:
    return (
        (old.mark, old.href) == (new.mark, new.href)
        and new.text.startswith(old.text)
        and not old.mark & (InlineStyle.IMAGE | InlineStyle.MATH)
    )


def _units(text: str) -> int:
    """Length as a text document counts it: UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _padded(image: QImage, above: float, height: float, ratio: float) -> QImage:
    size = (image.width(), max(image.height(), round(height * ratio)))
    padded = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    padded.fill(0)
    source = QImage(image)
    source.setDevicePixelRatio(1)
    painter = QPainter(padded)
    painter.drawImage(0, round(above * ratio), source)
    painter.end()
    padded.setDevicePixelRatio(ratio)
    return padded
