"""The list of a draft's attachments, as cards side by side."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.core.attachments import kind_of
from app.core.messages import Media
from app.ui.chat.attachments.card_painting import (
    CARD_HEIGHT,
    card_details,
    card_title,
    natural_width,
    paint_card_content,
    play_area,
)
from app.ui.chat.attachments.previews import Previews
from app.ui.texts.attachments import facts
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import IconSide, Space
from app.ui.widgets.cards import paint_card
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole

_Index = QModelIndex | QPersistentModelIndex
CROSS = 24
"""Side in logical pixels of the cross that removes a card."""
MAX_LINES = 2
"""Lines of cards shown; more are scrolled to."""


class CardRole(IntEnum):
    """The role with the `Media` of a card, besides those of `RowRole`."""

    MEDIA = Qt.ItemDataRole.UserRole + 20


class AttachmentModel(QAbstractListModel):
    """The attachments of a draft; the key of a row is its index."""

    def __init__(self) -> None:
        super().__init__()
        self._media: tuple[Media, ...] = ()

    def set_media(self, media: Sequence[Media]) -> None:
        if len(media) == len(self._media):
            self._media = tuple(media)
            if media:
                self.dataChanged.emit(self.index(0), self.index(len(media) - 1))
            return
        self.beginResetModel()
        self._media = tuple(media)
        self.endResetModel()

    def media(self) -> tuple[Media, ...]:
        return self._media

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._media)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        media = self._media[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return card_title(media)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{card_title(media)}, {card_details(media)}"
            case Qt.ItemDataRole.ToolTipRole:
                return f"{card_title(media)}\n{' · '.join(facts(media))}"
            case RowRole.KEY:
                return str(index.row())
            case CardRole.MEDIA:
                return media
        return None


class CardDelegate(QStyledItemDelegate):
    """Paints the cards."""

    def __init__(self, rows: AttachmentList) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        media: Media = index.data(CardRole.MEDIA)
        wide = natural_width(media, card_details(media), reserve=theme().px(CROSS)) + Space.S4 + Space.S8
        room = self._rows.viewport().width()
        return QSize(min(wide, room) if room > 0 else wide, theme().px(CARD_HEIGHT) + Space.S8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        card = card_area(QRectF(option.rect))
        state: QStyle.StateFlag = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and self._rows.keyboard
        paint_card(
            painter,
            card,
            selected=bool(state & QStyle.StateFlag.State_Selected),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=focused,
        )
        media: Media = index.data(CardRole.MEDIA)
        reserve = theme().px(CROSS)
        previews = self._rows.previews
        paint_card_content(
            painter,
            card.adjusted(Space.S4, 0, 0, 0),
            media,
            previews.of(media) if previews is not None else None,
            card_details(media),
            reserve=reserve,
            playing=index.row() == self._rows.playing_row,
        )
        side = theme().px(IconSide.SMALL)
        cross = cross_area(card)
        drawn = pixmap(Icon.CLOSE, "text2", IconSide.SMALL, painter.device().devicePixelRatioF())
        painter.drawPixmap(
            QRectF(cross.center().x() - side / 2, cross.center().y() - side / 2, side, side).topLeft(), drawn
        )
        painter.restore()


def card_area(row: QRectF) -> QRectF:
    """The rectangle of a card within its row; the gap to the next one is at its right and below it."""
    return row.adjusted(1, 1, -Space.S8 + 1, -Space.S8 + 1)


def cross_area(card: QRectF) -> QRectF:
    """The rectangle of the cross that removes a card."""
    side = theme().px(CROSS)
    return QRectF(card.right() - side - Space.S2, card.top() + Space.S2, side, side)


class AttachmentList(RowList):
    """Cards of attachments in a wrapping row.

    Signals:
        removed, played, opened: the index of an attachment.

    Attributes:
        previews: pictures of the cards; None until they can be loaded.
        playing_row: index of the sound that plays, -1 for none.
    """

    removed = Signal(int)
    played = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.previews: Previews | None = None
        self.playing_row = -1
        self._wanted_height = 0
        self._cards = AttachmentModel()
        super().__init__("", parent)
        self.setModel(self._cards)
        self.setItemDelegate(CardDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setMovement(QListView.Movement.Static)
        self.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._fit()

    def set_media(self, media: Sequence[Media]) -> None:
        """Show these cards. The selection stays at its place, or goes to the last card."""
        selected = self.selected_key()
        self._cards.set_media(media)
        if selected is not None:
            last = len(media) - 1
            self.select_key(str(min(int(selected), last)) if last >= 0 else None)
        self._fit()

    def set_playing(self, row: int) -> None:
        if row != self.playing_row:
            self.playing_row = row
            self.viewport().update()

    def selected_row(self) -> int:
        """The index of the selected card, -1 for none."""
        key = self.selected_key()
        return int(key) if key is not None else -1

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Want to be as tall as the cards, up to `MAX_LINES` lines; where there is less room, one line is enough."""
        if not hasattr(self, "_cards"):
            return
        with self.measured():
            self.doItemsLayout()
            last = self._cards.index(self._cards.rowCount() - 1)
            bottom = self.visualRect(last).bottom() + 1 + self.verticalScrollBar().value() if last.isValid() else 0
        line = theme().px(CARD_HEIGHT) + Space.S8
        self._wanted_height = min(bottom, MAX_LINES * line)
        self.setMinimumHeight(min(self._wanted_height, line))
        self.setMaximumHeight(self._wanted_height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted_height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.selected_row()
        key = event.key()
        if row >= 0 and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(row)
        elif row >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif row >= 0 and key == Qt.Key.Key_Space:
            (self.played if kind_of(self._cards.media()[row]) == "audio" else self.opened).emit(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        card = card_area(QRectF(self.visualRect(index)))
        media = self._cards.media()[index.row()]
        if cross_area(card).contains(event.position()):
            self.removed.emit(index.row())
        elif kind_of(media) == "audio" and play_area(card.adjusted(Space.S4, 0, 0, 0)).contains(event.position()):
            self.played.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Treat a double click on the cross as two separate clicks."""
        index = self.indexAt(event.position().toPoint())
        if not (index.isValid() and cross_area(card_area(QRectF(self.visualRect(index)))).contains(event.position())):
            super().mouseDoubleClickEvent(event)
