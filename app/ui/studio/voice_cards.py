"""The voices to choose from, as cards side by side."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex
_CARD = 50
_NARROWEST = 138
_WRAP = 2
"""A list wraps this many pixels before its edge."""


def card_tall() -> int:
    """Pixels of a row of cards, with the gap below it."""
    return theme().px(_CARD) + Space.S8


class _CardDelegate(RowDelegate):
    def __init__(self, cards: RowList) -> None:
        super().__init__(cards)
        self._cards = cards

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        # Without the bar, whether it is there or not: cards that change their width would bring it and take it away.
        room = self._cards.width() - self._cards.verticalScrollBar().sizeHint().width() - _WRAP
        columns = max(1, min(3, room // theme().px(_NARROWEST)))
        return QSize(room // columns, card_tall())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        state: QStyle.StateFlag = option.state
        card = QRectF(option.rect).adjusted(RING, RING, -Space.S8, -Space.S8 + RING)
        colours = theme()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hot = bool(state & QStyle.StateFlag.State_MouseOver)
        keyboard = state & QStyle.StateFlag.State_HasFocus and getattr(option.widget, "keyboard", False)
        line = colours.colour("accent" if selected else "wave" if hot or keyboard else "line")
        fill = colours.colour("soft" if selected and keyboard else "raised" if hot else "surface")
        paint_box(painter, card, Radius.ROW, fill, line, RING if selected else 1)
        inner = card.adjusted(Space.S12, 0, -Space.S8, 0)
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        above, below = QFontMetrics(title).height(), QFontMetrics(small).height()
        top = inner.center().y() - (above + below + 2) / 2
        self._paint_line(painter, QRectF(inner.left(), top, inner.width(), above), title, "text", str(index.data()))
        traits = self._shortened(str(index.data(RowRole.SUBTITLE) or ""), QFontMetrics(small), inner.width())
        under = QRectF(inner.left(), top + above + 2, inner.width(), below)
        self._paint_line(painter, under, small, "text3", traits)
        painter.restore()

    @staticmethod
    def _shortened(traits: str, metrics: QFontMetrics, room: float) -> str:
        """As many of the traits as fit, the character last of all: the whole is in the row's spoken text."""
        parts = traits.split(" · ")
        fitting = (traits, f"{parts[0]} · {parts[-1]}", parts[-1])
        return next((words for words in fitting if metrics.horizontalAdvance(words) <= room), parts[-1])


class VoiceCards(RowList):
    """Arrows move between the cards in all four directions."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_CardDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
