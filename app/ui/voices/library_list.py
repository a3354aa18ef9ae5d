"""Shows the voice library as cards with play button, name, kind and description."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from app.core.voices import Voice
from app.ui.texts.voices import origin_line, origin_note
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.widgets.playable import PlayableList, paint_play
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex
_CARD_HEIGHT = 84
_GAP = 12
_MIN_CARD_WIDTH = 280


class VoiceRole(IntEnum):
    """Item roles in addition to those of `RowRole`."""

    REMARK = RowRole.ICON + 1
    PLAYING = RowRole.ICON + 2


class VoiceModel(RowModel):
    """The voices of the library."""

    def __init__(self) -> None:
        super().__init__()
        self._remarks: dict[str, str] = {}
        self._playing: str | None = None

    def set_voices(self, voices: Sequence[Voice]) -> None:
        self._remarks = {voice.id: origin_note(voice) for voice in voices}
        self.set_rows([Row(voice.id, voice.name, origin_line(voice)) for voice in voices])

    def set_playing(self, key: str | None) -> None:
        """Mark the voice that is playing, None for none."""
        if key != self._playing:
            self._playing = key
            if self.rowCount():
                self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        key = self.rows()[index.row()].key
        match role:
            case VoiceRole.REMARK:
                return presentation_cover().mask(self._remarks.get(key, ""))
            case VoiceRole.PLAYING:
                return key == self._playing
            case Qt.ItemDataRole.AccessibleTextRole:
                spoken = super().data(index, role)
                return ", ".join(
                    part for part in (spoken, presentation_cover().mask(self._remarks.get(key, ""))) if part
                )
        return super().data(index, role)


class _CardDelegate(RowDelegate):
    MARGIN = _GAP // 2

    def __init__(self, cards: PlayableList) -> None:
        super().__init__(cards, height=_CARD_HEIGHT)
        self._cards = cards

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        # Always leave room for the scroll bar: cards that change width with it would make it appear and vanish in turn.
        room = self._cards.width() - self._cards.verticalScrollBar().sizeHint().width() - 2
        return QSize(room // max(1, room // theme().px(_MIN_CARD_WIDTH)), theme().px(_CARD_HEIGHT) + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the card with equal gaps to the cards below and beside it."""
        inner = QStyleOptionViewItem(option)
        inner.rect = QRect(option.rect).adjusted(0, _GAP // 2 - 1, 0, 1 - _GAP // 2)
        super().paint(painter, inner, index)

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        colours = theme()
        paint_box(painter, row, Radius.ROW, None, colours.colour("accent" if selected else "line"), 1)
        inner = paint_play(painter, row, playing=bool(index.data(VoiceRole.PLAYING)))
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        line = QRectF(inner.left(), inner.top() + Space.S2, inner.width(), QFontMetrics(title).height())
        self._paint_line(painter, line, title, "text", str(index.data()))
        below = QRectF(inner.left(), line.bottom() + Space.S2, inner.width(), QFontMetrics(small).height())
        ink = "soft_text" if selected else "text2"
        self._paint_line(painter, below, small, ink, str(index.data(RowRole.SUBTITLE)))
        under = QRectF(row.left() + Space.S12, 0, row.width() - 2 * Space.S12, below.height())
        under.moveBottom(row.bottom() - Space.S8)
        self._paint_line(painter, under, small, "soft_text" if selected else "text3", str(index.data(VoiceRole.REMARK)))


class LibraryList(PlayableList):
    """A grid of cards; the arrow keys move in all four directions."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_CardDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setSpacing(0)
        self.setContentsMargins(RING, RING, RING, RING)

    def row_area(self, index: QModelIndex) -> QRectF:
        half = _GAP // 2
        return QRectF(self.visualRect(index)).adjusted(half, half, -half, -half)
