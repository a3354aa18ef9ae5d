"""Shows the voice library as cards, or as a list: play button, name, kind, waveform, tags and a star."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget

from app.services.speech.library_entries import LibraryEntry
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.voices.library_model import SOURCE_ICONS, VoiceModel, VoiceRole
from app.ui.widgets.chips import kind_tokens
from app.ui.widgets.multi_selection import MultiSelectionList
from app.ui.widgets.playable import paint_play, play_room
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import paint_box
from app.ui.widgets.wave_bars import paint_wave

_Index = QModelIndex | QPersistentModelIndex
_CARD_HEIGHT = 132
_ROW_HEIGHT = 60
_GAP = 12
_MIN_CARD_WIDTH = 252
_STAR, _MARK, _WAVE_HEIGHT = 16, 14, 22
_MAX_TAG_PICTURES = 200
_MAX_PICTURES = 40
"""More than fit on a screen, so that scrolling back and forth paints nothing anew; 7 MB at 100 %."""
_UNUSUAL = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus


class _Places(NamedTuple):
    """The rectangles of the parts of a card. `mark` is the icon of its kind, `kind` the words behind it."""

    star: QRectF
    name: QRectF
    mark: QRectF
    kind: QRectF
    wave: QRectF
    tags: QRectF

    def moved(self, to: QPointF) -> _Places:
        return _Places(*(part.translated(to) for part in self))


class _VoiceDelegate(RowDelegate):
    MARGIN = _GAP // 2

    def __init__(self, cards: LibraryList) -> None:
        super().__init__(cards, height=_CARD_HEIGHT)
        self._cards = cards
        self._pictures: dict[str, tuple[tuple[object, ...], QPixmap | None]] = {}
        """What was painted of the rows, by key, the one painted last at the end, with what its look depends on.

        None where it was painted once, on the list itself.
        """
        self._spare: QPixmap | None = None
        self._empty: dict[tuple[int, int, float], QPixmap] = {}
        self._tag_pictures: dict[tuple[str, float], QPixmap] = {}
        """Tags, which many voices share, by text and pixel ratio."""
        self._places: dict[tuple[float, float], _Places] = {}
        """Where the parts of a card are, by its size."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        # Always leave room for the scroll bar: cards that change width with it would make it appear and vanish in turn.
        room = self._cards.width() - self._cards.verticalScrollBar().sizeHint().width() - 2
        if not self._cards.shows_cards:
            return QSize(room, theme().px(_ROW_HEIGHT))
        return QSize(room // max(1, room // theme().px(_MIN_CARD_WIDTH)), theme().px(_CARD_HEIGHT) + _GAP)

    def forget(self) -> None:
        """Paint everything anew: the colours, the text size or what is masked have changed."""
        self._pictures.clear()
        self._tag_pictures.clear()
        self._places.clear()
        self._empty.clear()
        self._spare = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the card with equal gaps to the cards below and beside it.

        Scrolling paints every visible row again, so what is painted of a row in its usual state for the second time is
        kept as a picture. The first time there is none: opening the library shows most cards once.
        """
        painter.save()
        state: QStyle.StateFlag = option.state
        picture = None if state & _UNUSUAL else self._picture(option, index, painter.device().devicePixelRatioF())
        if picture is None:
            self._paint_card(painter, QRect(option.rect), state, index)
        else:
            painter.drawPixmap(option.rect.topLeft(), picture)
        painter.restore()

    def _picture(self, option: QStyleOptionViewItem, index: _Index, ratio: float) -> QPixmap | None:
        model, size = index.model(), option.rect.size()
        assert isinstance(model, VoiceModel)
        entry = model.entries()[index.row()]
        look = (entry, model.is_playing(entry), size.width(), size.height(), ratio)
        known = self._pictures.pop(entry.id, None)
        picture = known[1] if known is not None else None
        if known is None or known[0] != look:
            known = look, None
        elif picture is None:
            picture = self._new_picture(size, ratio)
            on_picture = QPainter(picture)
            self._paint_card(on_picture, QRect(QPoint(), size), option.state, index)
            on_picture.end()
            known = look, picture
        self._pictures[entry.id] = known
        while len(self._pictures) > _MAX_PICTURES:
            _look, self._spare = self._pictures.pop(next(iter(self._pictures)))
        return known[1]

    def _new_picture(self, size: QSize, ratio: float) -> QPixmap:
        """A picture to paint on, in the memory of one that is used no more: new memory costs more than the painting."""
        spare, self._spare = self._spare, None
        if spare is not None and spare.size() == size * ratio and spare.devicePixelRatioF() == ratio:
            picture = spare
        else:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
        picture.fill(theme().colour("surface"))
        return picture

    def _empty_card(self, size: QSize, ratio: float) -> QPixmap:
        """What all cards have in common: the box and the play button."""
        key = (size.width(), size.height(), ratio)
        picture = self._empty.get(key)
        if picture is None:
            self._empty.clear()
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(theme().colour("surface"))
            painter, row = QPainter(picture), self._cards.painted_area(QRect(QPoint(), size))
            paint_box(painter, row, Radius.ROW, theme().colour("surface"), theme().colour("line"))
            paint_play(painter, row, playing=False)
            painter.end()
            self._empty[key] = picture
        return picture

    def _paint_card(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag, index: _Index) -> None:
        row, model = self._cards.painted_area(cell), index.model()
        assert isinstance(model, VoiceModel)
        entry = model.entries()[index.row()]
        is_playing = model.is_playing(entry)
        if state & _UNUSUAL or is_playing:
            self._paint_box(painter, row, state)
            paint_play(painter, row, playing=is_playing)
        else:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(cell.topLeft(), self._empty_card(cell.size(), ratio))
        self._paint_voice(painter, row, index, entry)

    def _paint_box(self, painter: QPainter, row: QRectF, state: QStyle.StateFlag) -> None:
        colours, selected = theme(), bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        line = colours.colour("accent" if selected else "wave" if hovered else "line")
        fill = colours.colour("raised") if hovered and not selected else colours.colour("surface")
        paint_box(painter, row, Radius.ROW, fill, line, RING if selected else 1)
        if state & QStyle.StateFlag.State_HasFocus and self._cards.keyboard:
            ring = row.adjusted(-RING - 1, -RING - 1, RING + 1, RING + 1)
            paint_box(painter, ring, Radius.ROW + RING, None, colours.colour("accent"), RING)

    def _paint_voice(self, painter: QPainter, row: QRectF, index: _Index, entry: LibraryEntry) -> None:
        colours, badge = theme(), str(index.data(RowRole.BADGE) or "")
        places, is_starred = self._places_of(row), entry.favourite
        self._paint_icon(
            painter, places.star.left(), places.star, Icon.STAR_FILLED if is_starred else Icon.STAR,
            "accent" if is_starred else "text3", _STAR,
        )  # fmt: skip
        tags = QRectF(places.tags)
        self._paint_line(painter, places.name, colours.font(Type.CONTROL, Type.MEDIUM), "text", str(index.data()))
        self._paint_icon(painter, places.mark.left(), places.mark, SOURCE_ICONS[entry.source], "text2", _MARK)
        self._paint_line(painter, places.kind, colours.font(Type.SMALL), "text2", str(index.data(RowRole.SUBTITLE)))
        if badge:
            tags.setRight(self._paint_badge(painter, tags, badge, "warn"))
        painter.setOpacity(0.45 if badge else 1.0)
        paint_wave(painter, places.wave, entry.peaks or bytes(2))
        painter.setOpacity(1.0)
        self._paint_tags(painter, tags, index.data(VoiceRole.TAGS))

    def _places_of(self, row: QRectF) -> _Places:
        """Where the parts of a card at `row` are: the same within all cards of a size."""
        size = row.width(), row.height()
        if size not in self._places:
            self._places[size] = self._arranged(QRectF(0, 0, *size))
        return self._places[size].moved(row.topLeft())

    def _arranged(self, row: QRectF) -> _Places:
        colours, inner, star = theme(), play_room(row), star_area(row)
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        name = QRectF(inner.left(), inner.top() + Space.S2, star.left() - inner.left(), QFontMetrics(title).height())
        mark = QRectF(inner.left(), name.bottom() + Space.S2, name.width(), QFontMetrics(small).height())
        tags = QRectF(row.left() + Space.S12, 0, row.width() - 2 * Space.S12, mark.height() + Space.S4)
        tags.moveBottom(row.bottom() - Space.S8)
        wave = QRectF(row.left() + Space.S12, 0, row.width() - 2 * Space.S12, colours.px(_WAVE_HEIGHT))
        if self._cards.shows_cards:
            wave.moveCenter(QRectF(wave.left(), mark.bottom(), wave.width(), tags.top() - mark.bottom()).center())
        else:
            # Name, waveform and tags side by side.
            name.setRight(row.left() + row.width() * 0.36)
            mark.setRight(name.right())
            middle = row.center().y()
            wave = QRectF(name.right() + Space.S12, middle - wave.height() / 2, row.width() * 0.26, wave.height())
            room = star.left() - wave.right() - Space.S24
            tags = QRectF(wave.right() + Space.S16, middle - tags.height() / 2, room, tags.height())
        kind = mark.adjusted(colours.px(_MARK) + Space.S6, 0, 0, 0)
        return _Places(star, name, mark, kind, wave, tags)

    @staticmethod
    def _paint_icon(painter: QPainter, left: float, line: QRectF, icon: Icon, ink: str, size: int) -> None:
        side = theme().px(size)
        drawn = pixmap(icon, ink, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(QRectF(left, line.center().y() - side / 2, side, side).topLeft(), drawn)

    def _paint_tags(self, painter: QPainter, area: QRectF, tags: Sequence[str]) -> None:
        """Draw the tags that fit, from the left."""
        ratio, left = painter.device().devicePixelRatioF(), area.left()
        for tag in tags:
            picture = self._tag_pictures.get((tag, ratio))
            if picture is None:
                if len(self._tag_pictures) >= _MAX_TAG_PICTURES:
                    self._tag_pictures.clear()
                picture = self._tag_pictures[tag, ratio] = _tag_picture(tag, ratio)
            size = picture.deviceIndependentSize()
            if left + size.width() > area.right():
                break
            painter.drawPixmap(QPointF(left, round(area.center().y() - size.height() / 2)), picture)
            left += size.width() + Space.S8


def _tag_picture(tag: str, ratio: float) -> QPixmap:
    font = theme().font(Type.TINY, Type.MEDIUM)
    metrics, (ink, fill) = QFontMetrics(font), kind_tokens("neutral")
    size = QSize(metrics.horizontalAdvance(tag) + 2 * theme().px(7), metrics.height() + 4)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter, box = QPainter(picture), QRectF(QPointF(), size.toSizeF())
    paint_box(painter, box, Radius.BADGE, theme().colour(fill), theme().colour("line"))
    painter.setFont(font)
    painter.setPen(theme().colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)
    painter.end()
    return picture


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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.seen.emit()

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
