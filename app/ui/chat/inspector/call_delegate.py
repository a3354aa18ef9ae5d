"""Paints the rows of the list of calls."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import IconSide, Space, Type
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import RowRole


class CallDelegate(RowDelegate):
    """An icon and a title; below the time and, at the right, the outcome."""

    def paint_content(
        self, painter: QPainter, row: QRectF, index: QModelIndex | QPersistentModelIndex, selected: bool
    ) -> None:
        colours = theme()
        inner = row.adjusted(Space.S12 - 2, 0, -Space.S12 + 2, 0)
        title_font, small_font = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        title_tall, small_tall = QFontMetrics(title_font).height(), QFontMetrics(small_font).height() + 4
        top = inner.center().y() - (title_tall + small_tall) / 2
        line = QRectF(inner.left(), top, inner.width(), title_tall)
        mark = index.data(RowRole.ICON)
        if mark:
            side = colours.px(IconSide.USUAL)
            spot = QPointF(inner.left(), line.center().y() - side / 2)
            painter.drawPixmap(spot, pixmap(Icon(mark), "text2", IconSide.USUAL, painter.device().devicePixelRatioF()))
            line.setLeft(inner.left() + side + Space.S8)
        found = str(index.data(RowRole.FOUND) or "")
        tint = "surface" if selected else "warn_soft"
        title = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        self._paint_line(painter, line, title_font, "text", title, found, tint)
        below = QRectF(line.left(), line.bottom(), line.width(), small_tall)
        badge = str(index.data(RowRole.BADGE) or "")
        if badge:
            below.setRight(self._paint_badge(painter, below, badge, index.data(RowRole.BADGE_KIND) or "neutral"))
        ink = "soft_text" if selected else "text3"
        self._paint_line(painter, below, small_font, ink, str(index.data(RowRole.SUBTITLE) or ""))
