"""Shows the service profiles as wrapping cards; the active one has a check mark."""

from __future__ import annotations

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Space, Type
from app.ui.widgets.cards import paint_card
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel, RowRole

_MIN_CARD_WIDTH, _CARD_HEIGHT = 210, 66
"""Size of a card including the gaps around it."""
_MAX_COLUMNS = 3
_GAP = 8
_TICK_SIZE = 14


class _CardDelegate(QStyledItemDelegate):
    """Paints the name and location of a service on a card."""

    def __init__(self, cards: ProfileCards) -> None:
        super().__init__(cards)
        self._cards = cards

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._cards.cell_width(), theme().px(_CARD_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        colours = theme()
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        card = self._card(QRectF(option.rect))
        is_hovered = state & QStyle.StateFlag.State_MouseOver
        has_keyboard_focus = state & QStyle.StateFlag.State_HasFocus and getattr(option.widget, "keyboard", False)
        paint_card(painter, card, selected=selected, hovered=bool(is_hovered), focused=bool(has_keyboard_focus))
        inner = card.adjusted(Space.S12, 0, -Space.S12, 0)
        name, place = colours.font(Type.CONTROL), colours.font(Type.SMALL)
        name_height, place_height = QFontMetrics(name).height(), QFontMetrics(place).height()
        top = inner.center().y() - (name_height + 2 + place_height) / 2
        line = QRectF(inner.left(), top, inner.width(), name_height)
        if index.data(RowRole.BADGE):
            side = colours.px(_TICK_SIZE)
            ratio = painter.device().devicePixelRatioF()
            spot = QRectF(line.right() - side, line.center().y() - side / 2, side, side)
            painter.drawPixmap(spot.topLeft(), pixmap(Icon.CHECK, "good", _TICK_SIZE, ratio))
            line.setRight(spot.left() - Space.S4)
        under_ink = "soft_text" if selected else "text2"
        for area, font, ink, words in (
            (line, name, "text", index.data(Qt.ItemDataRole.DisplayRole)),
            (QRectF(inner.left(), top + name_height + 2, inner.width(), place_height), place, under_ink,
             index.data(RowRole.SUBTITLE)),
        ):  # fmt: skip
            painter.setFont(font)
            painter.setPen(colours.colour(ink))
            shown = QFontMetrics(font).elidedText(str(words or ""), Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    def _card(self, cell: QRectF) -> QRectF:
        """The card in a cell: equally wide in every column, flush with both edges of the list."""
        columns, column = self._cards.columns(), round(cell.left() / max(1.0, cell.width()))
        share = _GAP / columns
        return cell.adjusted(column * share, RING, -(columns - 1 - column) * share, -_GAP)


class ProfileCards(RowList):
    """A list as tall as its cards, which share its width equally. The page scrolls, not the list."""

    def __init__(self, model: RowModel) -> None:
        super().__init__("")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setModel(model)
        self.setItemDelegate(_CardDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self._fit)
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def columns(self) -> int:
        return min(max(1, (self.width() - 1) // theme().px(_MIN_CARD_WIDTH)), _MAX_COLUMNS)

    def cell_width(self) -> int:
        """Width of a card with its share of the gaps, in pixels."""
        # QListView would wrap a row that is exactly full before its last card.
        return (self.width() - 1) // self.columns()

    def _fit(self) -> None:
        model = self.model()
        count = model.rowCount() if model is not None else 0
        height = max(1, math.ceil(count / self.columns())) * theme().px(_CARD_HEIGHT) + RING
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
