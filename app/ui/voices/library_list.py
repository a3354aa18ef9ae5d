"""Shows the voice library as cards, or as a list: play button, name, kind, waveform, tags and a star."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget

from app.services.speech.library_entries import LibraryEntry
from app.ui.texts.voice_library import card_badge, kind_line
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.widgets.chips import kind_tokens
from app.ui.widgets.multi_selection import MultiSelectionList
from app.ui.widgets.playable import paint_play
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import paint_box
from app.ui.widgets.wave_bars import paint_wave

_Index = QModelIndex | QPersistentModelIndex
_CARD_HEIGHT = 132
_ROW_HEIGHT = 60
_GAP = 12
_MIN_CARD_WIDTH = 252
_STAR, _MARK, _WAVE_HEIGHT = 16, 14, 22
_MAX_PICTURES = 40
"""More than fit on a screen, so that scrolling back and forth paints nothing anew; 7 MB at 100 %."""
_UNUSUAL = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus

SOURCE_ICONS = {"builtin": Icon.VOICES, "designed": Icon.WAND, "cloned": Icon.MIC, "take": Icon.STUDIO}


class VoiceRole(IntEnum):
    """Item roles in addition to those of `RowRole`."""

    PLAYING = RowRole.MARKS + 1
    PEAKS = RowRole.MARKS + 2
    TAGS = RowRole.MARKS + 3
    STARRED = RowRole.MARKS + 4


class VoiceModel(RowModel):
    """The entries of the library."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[LibraryEntry] = []
        self._places: dict[str, int] = {}
        self._playing: str | None = None

    def set_entries(self, entries: Sequence[LibraryEntry]) -> None:
        changed = [
            place for place, (old, new) in enumerate(zip(self._entries, entries, strict=False)) if old is not new
        ]
        self._entries = list(entries)
        self._places = {entry.id: place for place, entry in enumerate(entries)}
        self.set_rows([
            Row(
                entry.id, entry.name, kind_line(entry), card_badge(entry), "warn", icon=SOURCE_ICONS[entry.source],
            )
            for entry in entries
        ])  # fmt: skip
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def entry(self, key: str | None) -> LibraryEntry | None:
        place = self._places.get(key or "")
        return None if place is None else self._entries[place]

    def row_of(self, key: str) -> int:
        return self._places.get(key, -1)

    def entries(self) -> Sequence[LibraryEntry]:
        return self._entries

    def is_playing(self, entry: LibraryEntry) -> bool:
        return entry.id == self._playing

    def set_playing(self, key: str | None) -> None:
        """Mark the voice that is playing, None for none."""
        if key != self._playing:
            self._playing = key
            if self.rowCount():
                self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, mask = self._entries[index.row()], presentation_cover().mask
        match role:
            case VoiceRole.PLAYING:
                return self.is_playing(entry)
            case VoiceRole.PEAKS:
                return entry.peaks
            case VoiceRole.TAGS:
                return tuple(map(mask, entry.tags))
            case VoiceRole.STARRED:
                return entry.favourite
            case Qt.ItemDataRole.AccessibleTextRole:
                spoken = (super().data(index, role), *map(mask, entry.tags), mask(_remark(entry)))
                return ", ".join(part for part in spoken if part)
        return super().data(index, role)


def _remark(entry: LibraryEntry) -> str:
    """What is known of a voice beside its name, on one line: its note, or its description."""
    voice = entry.voice
    return " ".join(((voice.note or voice.description) if voice is not None else "").split())


class _VoiceDelegate(RowDelegate):
    MARGIN = _GAP // 2

    def __init__(self, cards: LibraryList) -> None:
        super().__init__(cards, height=_CARD_HEIGHT)
        self._cards = cards
        self._pictures: dict[str, tuple[tuple[object, ...], QPixmap]] = {}
        """What was painted of the rows, by key, the one painted last at the end, with what its look depends on."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        # Always leave room for the scroll bar: cards that change width with it would make it appear and vanish in turn.
        room = self._cards.width() - self._cards.verticalScrollBar().sizeHint().width() - 2
        if not self._cards.shows_cards:
            return QSize(room, theme().px(_ROW_HEIGHT))
        return QSize(room // max(1, room // theme().px(_MIN_CARD_WIDTH)), theme().px(_CARD_HEIGHT) + _GAP)

    def forget(self) -> None:
        """Paint everything anew: the colours, the text size or what is masked have changed."""
        self._pictures.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the card with equal gaps to the cards below and beside it.

        Scrolling paints every visible row again, so what was painted of a row in its usual state is kept as a picture.
        """
        painter.save()
        state: QStyle.StateFlag = option.state
        if state & _UNUSUAL:
            self._paint_card(painter, QRect(option.rect), state, index)
        else:
            painter.drawPixmap(
                option.rect.topLeft(), self._picture(option, index, painter.device().devicePixelRatioF())
            )
        painter.restore()

    def _picture(self, option: QStyleOptionViewItem, index: _Index, ratio: float) -> QPixmap:
        model, size = index.model(), option.rect.size()
        assert isinstance(model, VoiceModel)
        entry = model.entries()[index.row()]
        look = (entry, model.is_playing(entry), size.width(), size.height(), ratio)
        known = self._pictures.pop(entry.id, None)
        if known is None or known[0] != look:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(theme().colour("surface"))
            on_picture = QPainter(picture)
            self._paint_card(on_picture, QRect(QPoint(), size), option.state, index)
            on_picture.end()
            known = look, picture
        self._pictures[entry.id] = known
        while len(self._pictures) > _MAX_PICTURES:
            del self._pictures[next(iter(self._pictures))]
        return known[1]

    def _paint_card(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag, index: _Index) -> None:
        row = self._cards.painted_area(cell)
        colours, selected = theme(), bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        line = colours.colour("accent" if selected else "wave" if hovered else "line")
        fill = colours.colour("raised") if hovered and not selected else colours.colour("surface")
        paint_box(painter, row, Radius.ROW, fill, line, RING if selected else 1)
        if state & QStyle.StateFlag.State_HasFocus and self._cards.keyboard:
            ring = row.adjusted(-RING - 1, -RING - 1, RING + 1, RING + 1)
            paint_box(painter, ring, Radius.ROW + RING, None, colours.colour("accent"), RING)
        self._paint_voice(painter, row, index)

    def _paint_voice(self, painter: QPainter, row: QRectF, index: _Index) -> None:
        colours, badge = theme(), str(index.data(RowRole.BADGE) or "")
        inner = paint_play(painter, row, playing=bool(index.data(VoiceRole.PLAYING)))
        star = star_area(row)
        is_starred = bool(index.data(VoiceRole.STARRED))
        self._paint_icon(
            painter, star.topLeft().x(), star, Icon.STAR_FILLED if is_starred else Icon.STAR,
            "accent" if is_starred else "text3", _STAR,
        )  # fmt: skip
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        name = QRectF(inner.left(), inner.top() + Space.S2, star.left() - inner.left(), QFontMetrics(title).height())
        kind = QRectF(inner.left(), name.bottom() + Space.S2, name.width(), QFontMetrics(small).height())
        tags = QRectF(row.left() + Space.S12, 0, row.width() - 2 * Space.S12, kind.height() + Space.S4)
        tags.moveBottom(row.bottom() - Space.S8)
        wave = QRectF(row.left() + Space.S12, 0, row.width() - 2 * Space.S12, colours.px(_WAVE_HEIGHT))
        if self._cards.shows_cards:
            wave.moveCenter(QRectF(wave.left(), kind.bottom(), wave.width(), tags.top() - kind.bottom()).center())
        else:
            # Name, waveform and tags side by side.
            name.setRight(row.left() + row.width() * 0.36)
            kind.setRight(name.right())
            middle = row.center().y()
            wave = QRectF(name.right() + Space.S12, middle - wave.height() / 2, row.width() * 0.26, wave.height())
            room = star.left() - wave.right() - Space.S24
            tags = QRectF(wave.right() + Space.S16, middle - tags.height() / 2, room, tags.height())
        self._paint_line(painter, name, title, "text", str(index.data()))
        self._paint_icon(painter, kind.left(), kind, Icon(index.data(RowRole.ICON)), "text2", _MARK)
        kind.setLeft(kind.left() + colours.px(_MARK) + Space.S6)
        self._paint_line(painter, kind, small, "text2", str(index.data(RowRole.SUBTITLE)))
        if badge:
            tags.setRight(self._paint_badge(painter, tags, badge, "warn"))
        painter.setOpacity(0.45 if badge else 1.0)
        paint_wave(painter, wave, index.data(VoiceRole.PEAKS) or bytes(2))
        painter.setOpacity(1.0)
        self._paint_tags(painter, tags, index.data(VoiceRole.TAGS))

    @staticmethod
    def _paint_icon(painter: QPainter, left: float, line: QRectF, icon: Icon, ink: str, size: int) -> None:
        side = theme().px(size)
        drawn = pixmap(icon, ink, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(QRectF(left, line.center().y() - side / 2, side, side).topLeft(), drawn)

    @staticmethod
    def _paint_tags(painter: QPainter, area: QRectF, tags: Sequence[str]) -> None:
        """Draw the tags that fit, from the left."""
        font = theme().font(Type.TINY, Type.MEDIUM)
        metrics, (ink, fill) = QFontMetrics(font), kind_tokens("neutral")
        left, tall = area.left(), metrics.height() + 4
        painter.setFont(font)
        for tag in tags:
            width = metrics.horizontalAdvance(tag) + 2 * theme().px(7)
            if left + width > area.right():
                break
            box = QRectF(left, area.center().y() - tall / 2, width, tall)
            paint_box(painter, box, Radius.BADGE, theme().colour(fill), theme().colour("line"))
            painter.setPen(theme().colour(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)
            left += width + Space.S8


def star_area(row: QRectF) -> QRectF:
    """The rectangle of the star within a card."""
    side = theme().px(_STAR)
    return QRectF(row.right() - side - Space.S12, row.top() + Space.S12, side, side)


class LibraryList(MultiSelectionList):
    """A grid of cards, in which the arrow keys move in all four directions, or a list. Space and Enter play.

    Signals:
        star_pressed: the key of the voice whose star was clicked.
        delete_pressed: the Delete key was pressed.
        seen: other rows may be in sight.
    """

    star_pressed = Signal(str)
    delete_pressed = Signal()
    seen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.shows_cards = True
        self._voice_delegate: _VoiceDelegate | None = None
        super().__init__(name, parent)
        self._voice_delegate = _VoiceDelegate(self)
        self.setItemDelegate(self._voice_delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setSpacing(0)
        # All rows are alike, so that a large library opens as fast as a small one.
        self.setUniformItemSizes(True)
        self.setContentsMargins(RING, RING, RING, RING)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.seen.emit())

    def restyle(self) -> None:
        if self._voice_delegate is not None:
            self._voice_delegate.forget()
        super().restyle()

    def _index_of(self, key: str | None) -> QModelIndex:
        model = self.model()
        return model.index(model.row_of(key), 0) if key and isinstance(model, VoiceModel) else QModelIndex()

    def show_cards(self, as_cards: bool) -> None:
        """Show cards, or one row below the other."""
        self.shows_cards = as_cards
        self.setFlow(QListView.Flow.LeftToRight if as_cards else QListView.Flow.TopToBottom)
        self.setWrapping(as_cards)
        self.restyle()

    def keys_in_sight(self) -> list[str]:
        """The keys of the rows that are in sight, at least in part."""
        model, area, keys = self.model(), self.viewport().rect(), list[str]()
        if not self.isVisible() or model is None or not model.rowCount():
            return keys
        first = self.indexAt(area.topLeft() + QPoint(_GAP, _GAP))
        for row in range(max(0, first.row()), model.rowCount()):
            index = model.index(row, 0)
            if self.visualRect(index).top() > area.bottom():
                break
            keys.append(str(index.data(RowRole.KEY)))
        return keys

    def painted_area(self, cell: QRect) -> QRectF:
        """The rectangle that is painted of the cell of a row."""
        half = _GAP / 2
        above = half if self.shows_cards else Space.S2
        return QRectF(cell).adjusted(half, above, -half, -above)

    def row_area(self, index: QModelIndex) -> QRectF:
        return self.painted_area(self.visualRect(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected_key():
            self.keyboard = True
            self.play_pressed.emit(self.selected_key())
        elif plain and key == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        reach = Space.S8
        area = star_area(self.row_area(index)).adjusted(-reach, -reach, reach, reach) if index.isValid() else QRectF()
        if event.button() == Qt.MouseButton.LeftButton and area.contains(event.position()):
            self.star_pressed.emit(index.data(RowRole.KEY))
