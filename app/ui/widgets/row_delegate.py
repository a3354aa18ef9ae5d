"""Paints the rows of a list, with section headings and highlighted search terms."""

from __future__ import annotations

import re

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, ROW_HEIGHT, Radius, Space, Type
from app.ui.widgets.chips import Kind, kind_tokens
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex


_CONTEXT_LENGTH = 14
"""Characters shown before a match when the start of a line is cut off."""
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def find_term(query: str, line: str) -> tuple[int, int]:
    """Return start and end of the first query term found in a line, (0, 0) for none. Quotes group words into a term."""
    lower = line.lower()
    for quoted, word in _TERM.findall(query.lower()):
        term = quoted or word
        if (begin := lower.find(term)) >= 0:
            return begin, begin + len(term)
    return 0, 0


def context_start(line: str, position: int) -> int:
    """Return where to start showing a line so that `position` has some context.

    That is a word start shortly before it; failing that, `position` itself for ASCII text, and a fixed number of
    characters before it for others, such as Chinese.
    """
    earliest = max(0, position - _CONTEXT_LENGTH)
    gap = line.find(" ", earliest, position)
    return gap + 1 if gap >= 0 else earliest if not line.isascii() else position


class RowDelegate(QStyledItemDelegate):
    """Paints a row: the selected one on a soft background, the focused one with the focus ring."""

    MARGIN = Space.S8
    _SECTION_HEIGHT = 30

    def __init__(self, parent: QWidget | None = None, *, height: int = ROW_HEIGHT) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        tall = theme().px(self._height)
        if self._opens_section(index):
            tall += theme().px(self._SECTION_HEIGHT)
        return QSize(theme().px(120), tall)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        area = QRect(option.rect)
        state: QStyle.StateFlag = option.state
        if self._opens_section(index):
            tall = theme().px(self._SECTION_HEIGHT)
            self._paint_section(
                painter, QRect(area.left(), area.top(), area.width(), tall), str(index.data(RowRole.SECTION))
            )
            area.setTop(area.top() + tall)
        row = QRectF(area).adjusted(self.MARGIN, 1, -self.MARGIN, -1)
        self.paint_background(painter, row, option)
        self.paint_content(painter, row, index, bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def paint_background(self, painter: QPainter, row: QRectF, option: QStyleOptionViewItem) -> None:
        """Paint what says that a row is selected, below the pointer, or has the keyboard focus."""
        state: QStyle.StateFlag = option.state
        colours = theme()
        if state & QStyle.StateFlag.State_Selected:
            paint_box(painter, row, Radius.ROW, colours.colour("soft"))
        elif state & QStyle.StateFlag.State_MouseOver and state & QStyle.StateFlag.State_Enabled:
            paint_box(painter, row, Radius.ROW, colours.colour("raised"), colours.colour("line"))
        if state & QStyle.StateFlag.State_HasFocus and getattr(option.widget, "keyboard", False):
            reach = RING + 1
            paint_box(
                painter,
                row.adjusted(-reach, 0, reach, 0),
                Radius.ROW + reach,
                None,
                colours.colour("accent"),
                RING,
            )

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        colours = theme()
        inner = row.adjusted(Space.S12, 0, -Space.S12, 0)
        mark = index.data(RowRole.ICON)
        if isinstance(mark, Icon):
            ratio = painter.device().devicePixelRatioF()
            side = colours.px(16)
            painter.drawPixmap(
                QRectF(inner.left(), inner.center().y() - side / 2, side, side).topLeft(),
                pixmap(mark, "soft_text" if selected else "text2", 16, ratio),
            )
            inner.setLeft(inner.left() + side + Space.S8)
        title_font = colours.font(Type.CONTROL)
        small_font = colours.font(Type.SMALL)
        title_tall, small_tall = QFontMetrics(title_font).height(), QFontMetrics(small_font).height()
        subtitle = str(index.data(RowRole.SUBTITLE) or "")
        total = title_tall + (small_tall + 2 if subtitle else 0)
        top = inner.center().y() - total / 2
        line = QRectF(inner.left(), top, inner.width(), title_tall)
        badge = str(index.data(RowRole.BADGE) or "")
        if badge:
            line.setRight(self._paint_badge(painter, line, badge, index.data(RowRole.BADGE_KIND) or "neutral"))
        found = str(index.data(RowRole.FOUND) or "")
        mark = "surface" if selected else "warn_soft"
        self._paint_line(
            painter, line, title_font, "text", str(index.data(Qt.ItemDataRole.DisplayRole) or ""), found, mark
        )
        if subtitle:
            below = QRectF(inner.left(), top + title_tall + 2, inner.width(), small_tall)
            self._paint_line(painter, below, small_font, "soft_text" if selected else "text3", subtitle, found, mark)

    def _paint_badge(self, painter: QPainter, line: QRectF, badge: str, kind: Kind) -> float:
        """Draw the badge at the right of the line and return the right edge of the space left for text."""
        font = theme().font(Type.TINY, Type.MEDIUM)
        metrics = QFontMetrics(font)
        wide = metrics.horizontalAdvance(badge) + 2 * theme().px(7)
        tall = metrics.height() + 4
        box = QRectF(line.right() - wide, line.center().y() - tall / 2, wide, tall)
        ink, fill = kind_tokens(kind)
        paint_box(painter, box, Radius.BADGE, theme().colour(fill))
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge)
        return box.left() - Space.S8

    def _paint_line(
        self, painter: QPainter, area: QRectF, font: QFont, ink: str, words: str, found: str = "", mark: str = ""
    ) -> None:
        """Draw one elided line; if it contains the search match, scroll to it and highlight it."""
        metrics, room = QFontMetrics(font), max(0, int(area.width()))
        line = " ".join(words.split())
        begin, end = find_term(found, line)
        if end and metrics.horizontalAdvance(line[:end] + "…") > room:
            cut = context_start(line, begin)
            line, begin, end = "…" + line[cut:], begin - cut + 1, end - cut + 1
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
        if end and end <= len(shown):
            left, right = (metrics.horizontalAdvance(line[:at]) for at in (begin, end))
            tall = metrics.height()
            box = QRectF(area.left() + left - 1, area.center().y() - tall / 2, right - left + 2, tall)
            paint_box(painter, box, 3, theme().colour(mark))
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_section(self, painter: QPainter, area: QRect, words: str) -> None:
        font = theme().font(Type.TINY)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
        inner = QRectF(area).adjusted(self.MARGIN + Space.S12, 0, -Space.S12, -Space.S4)
        painter.setFont(font)
        painter.setPen(theme().colour("text3"))
        line = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, line)

    def _opens_section(self, index: _Index) -> bool:
        section = index.data(RowRole.SECTION)
        if not section:
            return False
        return index.row() == 0 or index.sibling(index.row() - 1, 0).data(RowRole.SECTION) != section
