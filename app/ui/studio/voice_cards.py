"""Shows the voices to choose from as cards."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Space, Type
from app.ui.widgets.cards import paint_card
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole

_Index = QModelIndex | QPersistentModelIndex
_CARD_HEIGHT = 50
_MIN_CARD_WIDTH = 126
_WRAP_MARGIN = 2
"""QListView wraps this many pixels before its edge."""


def card_row_height() -> int:
    """Height of a row of cards including the gap below it, in pixels."""
    return theme().px(_CARD_HEIGHT) + Space.S8


class _CardDelegate(RowDelegate):
    def __init__(self, cards: RowList) -> None:
        super().__init__(cards)
        self._cards = cards

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        # Always leave room for the scroll bar: cards that change width with it would make it appear and vanish in turn.
        room = self._cards.width() - self._cards.verticalScrollBar().sizeHint().width() - _WRAP_MARGIN
        columns = max(1, min(3, room // theme().px(_MIN_CARD_WIDTH)))
        return QSize(room // columns, card_row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        state: QStyle.StateFlag = option.state
        card = QRectF(option.rect).adjusted(RING, RING, -Space.S8, -Space.S8 + RING)
        colours = theme()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        has_keyboard_focus = state & QStyle.StateFlag.State_HasFocus and getattr(option.widget, "keyboard", False)
        paint_card(painter, card, selected=selected, hovered=is_hovered, focused=bool(has_keyboard_focus))
        inner = card.adjusted(Space.S12, 0, -Space.S8, 0)
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        above, below = QFontMetrics(title).height(), QFontMetrics(small).height()
        top = inner.center().y() - (above + below + 2) / 2
        self._paint_line(painter, QRectF(inner.left(), top, inner.width(), above), title, "text", str(index.data()))
        traits = self._fit_traits(str(index.data(RowRole.SUBTITLE) or ""), QFontMetrics(small), inner.width())
        under = QRectF(inner.left(), top + above + 2, inner.width(), below)
        self._paint_line(painter, under, small, "soft_text" if selected else "text3", traits)
        painter.restore()

    @staticmethod
    def _fit_traits(traits: str, metrics: QFontMetrics, room: float) -> str:
        """The traits that fit, keeping the language longest. The full list is in the row's accessible text."""
        parts = traits.split(" · ")
        fitting = (traits, f"{parts[0]} · {parts[-1]}", parts[0])
        return next((words for words in fitting if metrics.horizontalAdvance(words) <= room), parts[0])


class VoiceCards(RowList):
    """A grid of cards; the arrow keys move in all four directions."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_CardDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
