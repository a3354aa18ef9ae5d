"""How Markdown looks in the theme in force: formats of characters and blocks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextLength,
    QTextOption,
)

from app.ui.chat.markdown.blocks import (
    ITEM,
    QUOTE,
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
from app.ui.chat.markdown.syntax_highlighting import Colour
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type

ITEM_INDENT = 24
QUOTE_INDENT = 16
CARD_PADDING = 14
"""Logical pixels before text scaling."""
MAX_DEPTH = 8
"""Containers that indent; deeper ones stand under each other."""
_BULLETS = "•◦▪"
_HEADINGS = {1: Type.TITLE, 2: 17, 3: Type.HEADING}


class TextFormats:
    """The formats for one size and base colour; make a new one when the theme changes."""

    def __init__(self, size: int = Type.BODY, colour: str = "text") -> None:
        self.size = size
        self.colour = colour
        self.pixels = theme().px(size)
        self._chars: dict[tuple[int, bool, int], QTextCharFormat] = {}
        self._inks: dict[tuple[str, bool], QTextCharFormat] = {}

    def base(self, level: int = 0) -> QTextCharFormat:
        return self.span(Span(""), level)

    def span(self, span: Span, level: int = 0) -> QTextCharFormat:
        """How the words of a span are set, in a heading of that level."""
        key = (int(span.mark), bool(span.href), level)
        known = self._chars.get(key)
        if known is None:
            known = self._chars[key] = self._made(*key)
        if not span.href:
            return known
        link = QTextCharFormat(known)
        link.setAnchor(True)
        link.setAnchorHref(span.href)
        return link

    def _made(self, mark: int, linked: bool, level: int) -> QTextCharFormat:
        format = QTextCharFormat()
        code = bool(mark & (InlineStyle.CODE | InlineStyle.MATH))
        size = _HEADINGS.get(level, self.size) if level else self.size
        weight = Type.SEMIBOLD if level or mark & InlineStyle.BOLD else Type.REGULAR
        font = theme().font(round(size * 0.9) if code else size, weight, mono=code)
        font.setItalic(bool(mark & InlineStyle.ITALIC))
        font.setStrikeOut(bool(mark & InlineStyle.STRUCK))
        font.setUnderline(linked)
        format.setFont(font)
        format.setForeground(self.brush("tool" if linked else self.colour))
        if mark & InlineStyle.IMAGE:
            format.setBackground(self.brush("tool_soft"))
        elif mark & InlineStyle.CODE:
            format.setBackground(self.brush("sunken"))
        return format

    def code(self) -> QTextCharFormat:
        format = QTextCharFormat()
        format.setFont(theme().font(Type.CONTROL, mono=True))
        format.setForeground(self.brush("text"))
        return format

    def code_head(self) -> QTextCharFormat:
        format = QTextCharFormat()
        format.setFont(theme().font(Type.SMALL))
        format.setForeground(self.brush("text2"))
        return format

    def marker(self) -> QTextCharFormat:
        format = QTextCharFormat()
        format.setFont(theme().font(self.size))
        format.setForeground(self.brush("text2"))
        return format

    def colouring(self, colour: Colour) -> QTextCharFormat:
        key = (colour.ink, colour.italic)
        known = self._inks.get(key)
        if known is None:
            known = QTextCharFormat()
            known.setForeground(self.brush(colour.ink))
            if colour.italic:
                known.setFontItalic(True)
            self._inks[key] = known
        return known

    def table_head(self, span: Span) -> QTextCharFormat:
        format = QTextCharFormat(self.span(span))
        format.setFontWeight(QFont.Weight.Medium)
        if not span.href:
            format.setForeground(self.brush("text2"))
        return format

    @staticmethod
    def brush(token: str) -> QBrush:
        return QBrush(QColor(theme().colour(token)))

    def indent(self, within: tuple[str, ...]) -> int:
        """Logical pixels to the left of a leaf."""
        px = theme().px
        return sum(px(QUOTE_INDENT if box == QUOTE else ITEM_INDENT) for box in within[:MAX_DEPTH])

    def block(self, leaf: Block, before: Block | None) -> QTextBlockFormat:
        """Margins and line height of a leaf below another."""
        px = theme().px
        format = QTextBlockFormat()
        left = self.indent(leaf.within)
        format.setTopMargin(px(gap(before, leaf)) if before is not None else 0)
        card = isinstance(leaf, CodeHead | CodeLine) or (isinstance(leaf, Formula) and not leaf.closed)
        if card:
            format.setLeftMargin(left + px(CARD_PADDING))
            format.setRightMargin(px(CARD_PADDING))
            format.setLineHeight(px(20), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
            if isinstance(leaf, CodeHead):
                format.setLineHeight(px(24), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        elif isinstance(leaf, Ruler):
            format.setLeftMargin(left)
            format.setLineHeight(px(1), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        else:
            format.setLeftMargin(left)
            tall = (
                px(_HEADINGS.get(leaf.level, self.size) * 1.5) if isinstance(leaf, Paragraph) else px(self.size * 1.5)
            )
            format.setLineHeight(tall, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        if leaf.marker:
            format.setTextIndent(-px(ITEM_INDENT))
            # Counted from the mark; wide numbers reach the next one.
            format.setTabPositions(
                [QTextOption.Tab(px(at), QTextOption.TabType.LeftTab) for at in (ITEM_INDENT, 36, 48, 72)]
            )
        return format

    def marker_text(self, leaf: Block) -> str:
        """A list item's mark, with the bullet of its depth."""
        if leaf.marker != "•":
            return leaf.marker
        return _BULLETS[min(leaf.within.count(ITEM), len(_BULLETS)) - 1]


def gap(before: Block, leaf: Block) -> int:
    """Space between two leaves, in logical pixels before text scaling."""
    if isinstance(leaf, CodeLine):
        return Space.S8 if isinstance(before, CodeHead) else 0
    if isinstance(leaf, TableRow) and leaf.number:
        return 0
    after_card = (
        Space.S12 if isinstance(before, CodeLine | CodeHead) else Space.S6 if isinstance(before, TableRow) else 0
    )
    if isinstance(leaf, Paragraph) and leaf.level:
        return after_card + Space.S16
    if isinstance(leaf, CodeHead):
        return after_card + Space.S16
    if isinstance(leaf, Ruler):
        return after_card + Space.S16
    if isinstance(before, Ruler):
        return Space.S8
    if leaf.marker and leaf.near:
        return after_card + Space.S4
    return after_card + Space.S8 + (2 if isinstance(before, Paragraph) and not before.level else 0)


def image_words(alternative: str) -> str:
    """What stands for a picture that is not loaded."""
    return QCoreApplication.translate("Markdown", "Image: {words}").format(words=alternative)


def percent(width: float) -> QTextLength:
    return QTextLength(QTextLength.Type.PercentageLength, width)


def fixed(width: float) -> QTextLength:
    return QTextLength(QTextLength.Type.FixedLength, width)


FORMULA = QTextFormat.Property.UserProperty.value + 1
"""Character property: the TeX source a picture stands for."""
