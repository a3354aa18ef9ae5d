"""Shows tags in the text as tokens, whatever the length of the text.

Only the paragraphs that are painted are looked at, and the tokens are painted over the laid-out text: formats in the
layout, as a syntax highlighter sets them, would lay the whole paragraph out again with each key. What the cursor or the
selection touches is coloured by Qt instead, which is slower but leaves both visible.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextCharFormat, QTextCursor, QTextLayout, QTextLine
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.core.tags import MAX_TAG_LENGTH, TagKind, tokens_in
from app.ui.theme.theme import theme
from app.ui.widgets.text_places import place_of, units_of

_INK: dict[TagKind, str] = {"style": "thinking", "audio": "tool"}
_ROUND = 5
_MARGIN = MAX_TAG_LENGTH + 2
"""Characters out of sight that may belong to a token whose other end is in sight."""
_LONG = 1_500
"""Characters of a paragraph of which only the part in sight is looked at, each time anew."""
_MAX_KEPT = 200


class Token(NamedTuple):
    """A token with its brackets; its positions are those of the document, or of its paragraph."""

    start: int
    stop: int
    kind: TagKind
    words: str


class _Piece(NamedTuple):
    """The part of a token that is on one line: its rectangle, where its words begin on the base line, and they."""

    token: Token
    area: QRectF
    origin: QPointF
    words: str


class TokenPainting(QObject):
    """Paints the tokens of a field."""

    def __init__(self, field: QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self._kept: dict[tuple[str, bool, int], list[_Piece]] = {}
        self._seen: list[tuple[_Piece, QPointF]] = []
        self._touched: list[Token] = []
        self._first_word = (-1, 0)
        """The revision of the document, and where its first word begins in that."""
        self._coloured: list[Token] = []
        self._cursors: list[QTextCursor] = []
        field.cursorPositionChanged.connect(self._follow_cursor)
        field.selectionChanged.connect(self._follow_cursor)
        theme().changed.connect(self._restyle)

    def in_sight(self) -> list[Token]:
        """The tokens of the paragraphs in sight, in order."""
        return [token for block in self._blocks(self._field.viewport().height()) for token in self._tokens_of(block)]

    def paint_ground(self, painter: QPainter, clip: QRectF) -> None:
        """Paint what lies below the text of the touched tokens, and find the others, before Qt paints the text.

        Where the words stand has to be found before: a painted layout may forget its glyphs.
        """
        self._seen = list(self._pieces_in(clip))
        if not self._touched:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for token in self._touched:
            block = self._field.document().findBlock(token.start)
            origin = self._area(block).topLeft()
            painter.setBrush(theme().colour(f"{_INK[token.kind]}_soft"))
            for piece in _pieces(block.layout(), _moved(token, -block.position())):
                painter.drawRoundedRect(piece.area.translated(origin), _ROUND, _ROUND)

    def paint(self, painter: QPainter) -> None:
        """Paint all other tokens, over the text."""
        if not self._seen:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._field.font())
        for kind, name in _INK.items():
            ground, ink = theme().colour(f"{name}_soft"), theme().colour(name)
            ours = [(piece, origin) for piece, origin in self._seen if piece.token.kind == kind]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            for piece, origin in ours:
                painter.drawRoundedRect(piece.area.translated(origin), _ROUND, _ROUND)
            painter.setPen(ink)
            for piece, origin in ours:
                painter.drawText(piece.origin + origin, piece.words)

    # -- the tokens of a paragraph -------------------------------------------------------------------------------------

    def _pieces_in(self, clip: QRectF) -> Iterator[tuple[_Piece, QPointF]]:
        """What is to be painted, each with the place of its paragraph."""
        touched = {token.start for token in self._touched}
        for block in self._blocks(clip.bottom()):
            area = self._area(block)
            if area.bottom() <= clip.top():
                continue
            start, origin = block.position(), area.topLeft()
            begin, end = clip.top() - area.top(), clip.bottom() - area.top()
            for piece in self._pieces_of(block):
                if piece.area.top() < end and piece.area.bottom() > begin and start + piece.token.start not in touched:
                    yield piece, origin

    def _blocks(self, bottom: float) -> Iterator[QTextBlock]:
        """The paragraphs in sight that begin above a height of the viewport."""
        block = self._field.firstVisibleBlock()
        while block.isValid() and self._area(block).top() < bottom:
            yield block
            block = block.next()

    def _area(self, block: QTextBlock) -> QRectF:
        """The rectangle of a paragraph in the viewport."""
        return self._field.blockBoundingGeometry(block).translated(self._field.contentOffset())

    def _pieces_of(self, block: QTextBlock) -> list[_Piece]:
        layout = block.layout()
        # Its glyphs are wanted again with the next key; Qt would shape them anew for every paint.
        layout.setCacheEnabled(True)
        if block.length() > _LONG or layout.preeditAreaText():
            start = -block.position()
            return [piece for token in self._tokens_of(block) for piece in _pieces(layout, _moved(token, start))]
        text, opening = block.text(), self._is_opening(block)
        key = (text, opening, self._field.viewport().width())
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            kept = [piece for token in _tokens(text, opening) for piece in _pieces(layout, token)]
            self._kept[key] = kept
        return kept

    def _tokens_of(self, block: QTextBlock) -> list[Token]:
        """The tokens of a paragraph by their positions in the document; of a long one those in sight."""
        text, begin, end = block.text(), 0, block.length()
        if len(text) > _LONG:
            first, last = self._sight_of(block)
            begin, end = max(0, first - _MARGIN), last + _MARGIN
            text = text[place_of(text, begin) : place_of(text, end)]
        opening = begin == 0 and self._is_opening(block)
        return [_moved(token, block.position() + begin) for token in _tokens(text, opening)]

    def _is_opening(self, block: QTextBlock) -> bool:
        """Whether nothing but blank lines stands before a paragraph."""
        before = block.previous()
        if not before.isValid():
            return True
        if before.length() > 1 and before.text().strip():
            return False
        document = self._field.document()
        if self._first_word[0] != document.revision():
            text = document.toRawText()
            self._first_word = document.revision(), len(text) - len(text.lstrip())
        return block.position() <= self._first_word[1]

    def _sight_of(self, block: QTextBlock) -> tuple[int, int]:
        """The first and the last place of a paragraph in sight."""
        layout, top = block.layout(), self._area(block).top()
        if not layout.lineCount():
            return 0, block.length()
        composed = len(layout.preeditAreaText())
        first = layout.lineAt(_line_at(layout, -top))
        last = layout.lineAt(_line_at(layout, self._field.viewport().height() - top))
        return first.textStart() - composed, last.textStart() + last.textLength()

    # -- what the cursor touches ---------------------------------------------------------------------------------------

    def _follow_cursor(self) -> None:
        """Colour what the cursor or the selection touches. What has moved with the text around it is left as it is."""
        cursor = self._field.textCursor()
        start, stop = cursor.selectionStart(), cursor.selectionEnd()
        near = self.in_sight() if cursor.hasSelection() else self._near(cursor)
        touched = [token for token in near if token.start <= stop and start <= token.stop]
        coloured = [
            (found.selectionStart(), found.selectionEnd(), token.kind)
            for found, token in zip(self._cursors, self._coloured, strict=True)
        ]
        same = coloured == [token[:3] for token in touched]
        self._touched = touched
        if not same:
            self._colour()

    def _near(self, cursor: QTextCursor) -> list[Token]:
        """The tokens at most a tag's length away, without a look at the rest of the paragraph."""
        block = cursor.block()
        text, at = block.text(), cursor.positionInBlock()
        place = place_of(text, at) if not text.isascii() else at
        begin = max(0, place - _MARGIN)
        piece = text[begin : place + _MARGIN]
        offset = block.position() + units_of(text, begin)
        return [_moved(token, offset) for token in _tokens(piece, begin == 0 and self._is_opening(block))]

    def _colour(self) -> None:
        selections = []
        self._cursors, self._coloured = [], self._touched
        for token in self._touched:
            selection = QTextEdit.ExtraSelection()
            text_format = QTextCharFormat()
            text_format.setForeground(theme().colour(_INK[token.kind]))
            cursor = QTextCursor(self._field.document())
            cursor.setPosition(token.start)
            cursor.setPosition(token.stop, QTextCursor.MoveMode.KeepAnchor)
            selection.format, selection.cursor = text_format, cursor
            selections.append(selection)
            self._cursors.append(cursor)
        self._field.setExtraSelections(selections)
        self._field.viewport().update()

    def _restyle(self) -> None:
        self._kept.clear()
        self._follow_cursor()
        self._colour()


def _moved(token: Token, by: int) -> Token:
    return Token(token.start + by, token.stop + by, token.kind, token.words)


def _tokens(text: str, opening: bool) -> list[Token]:
    """The tokens of a text in Qt's positions."""
    found = tokens_in(text, opening=opening)
    if not found or text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return [Token(tag.start, tag.stop, tag.kind, text[tag.start : tag.stop]) for tag in found]
    return [
        Token(units_of(text, tag.start), units_of(text, tag.stop), tag.kind, text[tag.start : tag.stop])
        for tag in found
    ]


def _pieces(layout: QTextLayout, token: Token) -> list[_Piece]:
    """The pieces of a token of a paragraph, in the coordinates of that. None of a token that is being composed in."""
    composed, composed_at = len(layout.preeditAreaText()), layout.preeditAreaPosition()
    if composed and token.start < composed_at < token.stop:
        return []
    shift = composed if composed and token.start >= composed_at else 0
    first = at = token.start + shift
    stop = token.stop + shift
    pieces: list[_Piece] = []
    while at < stop:
        line: QTextLine = layout.lineForTextPosition(at)
        end = min(stop, line.textStart() + line.textLength()) if line.isValid() else at
        if end <= at:
            break
        left, right, top = _x_of(line, at), _x_of(line, end), line.y()
        words = token.words[place_of(token.words, at - first) : place_of(token.words, end - first)]
        area = QRectF(left - 1, top + 1, right - left + 2, line.height() - 2)
        pieces.append(_Piece(token, area, QPointF(left, top + line.ascent()), words))
        at = end
    return pieces


def _line_at(layout: QTextLayout, y: float) -> int:
    """The number of the line at a height, or of the first or last one."""
    low, high = 0, layout.lineCount() - 1
    while low < high:
        middle = (low + high + 1) // 2
        if layout.lineAt(middle).y() <= y:
            low = middle
        else:
            high = middle - 1
    return low


def _x_of(line: QTextLine, position: int) -> float:
    x: Any = line.cursorToX(position)
    return float(x[0] if isinstance(x, tuple) else x)
