"""Character and block formats of Markdown in the current theme."""

from __future__ import annotations

from functools import cached_property

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

from app.core.markdown.blocks import (
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
from app.ui.widgets.presentation_cover import presentation_cover

ITEM_INDENT = 24
QUOTE_INDENT = 16
CARD_PADDING = 14
"""Logical pixels before text scaling."""
MAX_DEPTH = 8
"""Levels of containers that are indented; deeper ones are not indented further."""
_BULLETS = "•◦▪"
_HEADINGS = {1: Type.TITLE, 2: 17, 3: Type.HEADING}


class TextFormats:
    """The formats for one text size and colour. Create new ones after a theme change."""

    def __init__(self, size: int = Type.BODY, colour: str = "text") -> None:
        self.size = size
        self.colour = colour
        self.pixels = theme().px(size)
        self._chars: dict[tuple[int, bool, int], QTextCharFormat] = {}
        self._highlights: dict[tuple[str, bool], QTextCharFormat] = {}

    def base(self, level: int = 0) -> QTextCharFormat:
        """The format of plain text, in a heading of this level (0: none)."""
        return self.span(Span(""), level)

    def span(self, span: Span, level: int = 0) -> QTextCharFormat:
        """The format of a span, in a heading of this level (0: none)."""
        key = (span.style, bool(span.href), level)
        format = self._chars.get(key)
        if format is None:
            format = self._chars[key] = self._build(*key)
        if not span.href:
            return format
        link = QTextCharFormat(format)
        link.setAnchor(True)
        link.setAnchorHref(span.href)
        if span.style & InlineStyle.SOURCE:
            link.setToolTip(presentation_cover().mask(span.href))
        return link

    def _build(self, style: int, linked: bool, level: int) -> QTextCharFormat:
        if style & InlineStyle.SOURCE:
            return self._build_source(is_edge=bool(style & InlineStyle.SOURCE_EDGE))
        format = QTextCharFormat()
        is_code = bool(style & (InlineStyle.CODE | InlineStyle.MATH))
        size = _HEADINGS.get(level, self.size) if level else self.size
        weight = Type.SEMIBOLD if level or style & InlineStyle.BOLD else Type.REGULAR
        font = theme().font(round(size * 0.9) if is_code else size, weight, mono=is_code)
        if is_code:
            format.setProperty(CODE, True)
        font.setItalic(bool(style & InlineStyle.ITALIC))
        font.setStrikeOut(bool(style & InlineStyle.STRUCK))
        font.setUnderline(linked)
        format.setFont(font)
        format.setForeground(self.brush("tool" if linked else self.colour))
        if style & InlineStyle.NOTE:
            format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if style & InlineStyle.IMAGE:
            format.setBackground(self.brush("tool_soft"))
        elif style & InlineStyle.CODE:
            format.setBackground(self.brush("sunken"))
        return format

    def _build_source(self, *, is_edge: bool) -> QTextCharFormat:
        """A badge with the number of a source. The brackets around it are there, narrow and in its colour."""
        format = QTextCharFormat()
        font = theme().font(Type.TINY, Type.SEMIBOLD)
        if is_edge:
            font.setPixelSize(theme().px(Type.EDGE))
        format.setFont(font)
        format.setForeground(self.brush("tool_soft" if is_edge else "tool"))
        format.setBackground(self.brush("tool_soft"))
        format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignNormal)
        return format

    @cached_property
    def code(self) -> QTextCharFormat:
        """The format of a code line."""
        format = QTextCharFormat()
        format.setFont(theme().font(Type.CONTROL, mono=True))
        format.setProperty(CODE, True)
        format.setForeground(self.brush("text"))
        return format

    @cached_property
    def code_head(self) -> QTextCharFormat:
        """The format of the language above a code block."""
        format = QTextCharFormat()
        format.setFont(theme().font(Type.SMALL))
        format.setForeground(self.brush("text2"))
        return format

    @cached_property
    def marker(self) -> QTextCharFormat:
        """The format of a list marker."""
        format = QTextCharFormat()
        format.setFont(theme().font(self.size))
        format.setForeground(self.brush("text2"))
        return format

    def highlight(self, colour: Colour) -> QTextCharFormat:
        """The format that applies a syntax colour."""
        key = (colour.token, colour.italic)
        format = self._highlights.get(key)
        if format is None:
            format = QTextCharFormat()
            format.setForeground(self.brush(colour.token))
            if colour.italic:
                format.setFontItalic(True)
            self._highlights[key] = format
        return format

    def table_head(self, span: Span) -> QTextCharFormat:
        """The format of a span in the head of a table."""
        format = QTextCharFormat(self.span(span))
        format.setFontWeight(QFont.Weight.Medium)
        if not span.href:
            format.setForeground(self.brush("text2"))
        return format

    @staticmethod
    def brush(token: str) -> QBrush:
        """A brush in a colour of the theme."""
        return QBrush(QColor(theme().colour(token)))

    def indent(self, containers: tuple[str, ...]) -> int:
        """The indentation inside these containers, in logical pixels."""
        px = theme().px
        return sum(px(QUOTE_INDENT if container == QUOTE else ITEM_INDENT) for container in containers[:MAX_DEPTH])

    def block(self, block: Block, before: Block | None) -> QTextBlockFormat:
        """The margins and line height of a block; `before` is the block above it."""
        px = theme().px
        format = QTextBlockFormat()
        left = self.indent(block.containers)
        format.setTopMargin(px(gap(before, block)) if before is not None else 0)
        is_in_card = isinstance(block, CodeHead | CodeLine) or (isinstance(block, Formula) and not block.closed)
        if is_in_card:
            format.setLeftMargin(left + px(CARD_PADDING))
            format.setRightMargin(px(CARD_PADDING))
            format.setLineHeight(px(20), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
            if isinstance(block, CodeHead):
                format.setLineHeight(px(24), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        elif isinstance(block, Ruler):
            format.setLeftMargin(left)
            format.setLineHeight(px(1), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        else:
            format.setLeftMargin(left)
            line_height = (
                px(_HEADINGS.get(block.level, self.size) * 1.5) if isinstance(block, Paragraph) else px(self.size * 1.5)
            )
            format.setLineHeight(line_height, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        if block.marker:
            format.setTextIndent(-px(ITEM_INDENT))
            # Relative to the marker; wide numbers reach the next tab stop.
            format.setTabPositions(
                [QTextOption.Tab(px(position), QTextOption.TabType.LeftTab) for position in (ITEM_INDENT, 36, 48, 72)]
            )
        return format

    def marker_text(self, block: Block) -> str:
        """The drawn marker of a list item, whose bullet depends on its depth."""
        if block.marker != "•":
            return block.marker
        return _BULLETS[min(block.containers.count(ITEM), len(_BULLETS)) - 1]


def gap(before: Block, block: Block) -> int:
    """The space between two blocks, in logical pixels before text scaling."""
    if isinstance(block, CodeLine):
        return Space.S8 if isinstance(before, CodeHead) else 0
    if isinstance(block, TableRow) and block.number:
        return 0
    after_card = (
        Space.S12 if isinstance(before, CodeLine | CodeHead) else Space.S6 if isinstance(before, TableRow) else 0
    )
    if isinstance(block, Paragraph) and block.level:
        return after_card + Space.S16
    if isinstance(block, CodeHead):
        return after_card + Space.S16
    if isinstance(block, Ruler):
        return after_card + Space.S16
    if isinstance(before, Ruler):
        return Space.S8
    if block.marker and block.tight:
        return after_card + Space.S4
    return after_card + Space.S8 + (2 if isinstance(before, Paragraph) and not before.level else 0)


def image_caption(alternative: str) -> str:
    """The text shown instead of an image, which is never loaded."""
    return QCoreApplication.translate("Markdown", "Image: {words}").format(words=alternative)


def percent(width: float) -> QTextLength:
    return QTextLength(QTextLength.Type.PercentageLength, width)


def fixed(width: float) -> QTextLength:
    return QTextLength(QTextLength.Type.FixedLength, width)


FORMULA = QTextFormat.Property.UserProperty.value + 1
"""Character property: the TeX source of a formula image."""

TABLE_BEGINS = QTextFormat.Property.UserProperty.value + 2
"""Table property: this is the first strip of a table, whose first row is the head."""

CODE = QTextFormat.Property.UserProperty.value + 3
"""Character property: this is code."""
