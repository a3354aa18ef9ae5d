"""Lists takes, each with its waveform on a fixed scale, its measurements and its gain at equal loudness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from app.core.takes import Take
from app.ui.texts.speech import (
    gain,
    is_silent,
    take_accessible_text,
    take_content,
    take_cut_advice,
    take_failure,
    take_figures,
    take_length,
    take_name,
    take_state,
)
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.chips import Kind
from app.ui.widgets.playable import PlayableList, paint_play
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.waveform import bar_heights

_Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 72
_SILENT_ROW_HEIGHT = 58
_WAVE_HEIGHT = 16


class TakeRole(IntEnum):
    """Item roles in addition to those of `RowRole`."""

    TAKE = RowRole.ICON + 1
    GAIN = RowRole.ICON + 2
    PLAYING = RowRole.ICON + 3


class TakeModel(QAbstractListModel):
    """Takes, newest first. A take keeps its number when others are deleted."""

    def __init__(self, *, by_description: bool = False) -> None:
        """`by_description` keeps the takes of one description together: newest description and number first."""
        super().__init__()
        self._by_description = by_description
        self._takes: list[Take] = []
        self._gains: Mapping[str, float] = {}
        self._playing: str | None = None

    def takes(self) -> tuple[Take, ...]:
        return tuple(self._takes)

    def take(self, take_id: str | None) -> Take | None:
        return next((take for take in self._takes if take.id == take_id), None)

    def set_takes(self, takes: tuple[Take, ...]) -> None:
        self.beginResetModel()
        self._takes = self._ordered(takes)
        self.endResetModel()

    def show_take(self, take: Take) -> None:
        """Add a take, or update the one with the same id."""
        row = self._row_of(take.id)
        if row is not None:
            before, self._takes[row] = self._takes[row], take
            same_height = bool(take_failure(before)) == bool(take_failure(take))
            roles = [Qt.ItemDataRole.DisplayRole] if same_height else [Qt.ItemDataRole.SizeHintRole]
            self.dataChanged.emit(self.index(row), self.index(row), roles)
            return
        row = self._ordered((take, *self._takes)).index(take)
        self.beginInsertRows(QModelIndex(), row, row)
        self._takes.insert(row, take)
        self.endInsertRows()

    def _ordered(self, takes: Sequence[Take]) -> list[Take]:
        newest_first = sorted(takes, key=lambda take: take.created, reverse=True)
        if not self._by_description:
            return newest_first
        newest: dict[str, float] = {}
        for take in newest_first:
            newest.setdefault(take.voice.description, take.created)
        return sorted(newest_first, key=lambda take: newest[take.voice.description], reverse=True)

    def remove(self, take_id: str) -> None:
        row = self._row_of(take_id)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._takes[row]
            self.endRemoveRows()

    def _row_of(self, take_id: str) -> int | None:
        return next((row for row, take in enumerate(self._takes) if take.id == take_id), None)

    def set_gains(self, gains: Mapping[str, float]) -> None:
        """Set the gains in decibels by take id; empty to play takes as delivered."""
        before, self._gains = self._gains, gains
        rows = [row for row, take in enumerate(self._takes) if before.get(take.id) != gains.get(take.id)]
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]), [Qt.ItemDataRole.DisplayRole])

    def set_playing(self, take_id: str | None) -> None:
        """Mark the take that is playing, None for none."""
        if take_id != self._playing:
            self._playing = take_id
            if self._takes:
                self.dataChanged.emit(self.index(0), self.index(len(self._takes) - 1), [Qt.ItemDataRole.DisplayRole])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._takes)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        take = self._takes[index.row()]
        number = take.number or len(self._takes) - index.row()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return presentation_cover().mask(take_name(take, number))
            case Qt.ItemDataRole.AccessibleTextRole:
                return presentation_cover().mask(take_accessible_text(take, number))
            case Qt.ItemDataRole.ToolTipRole:
                text = presentation_cover().mask("\n".join(filter(None, (take_cut_advice(take), take_content(take)))))
                # Escaped, because Qt renders a tooltip that looks like HTML.
                return f"<p>{escape(text)}</p>" if text else ""
            case Qt.ItemDataRole.AccessibleDescriptionRole | RowRole.SUBTITLE:
                return presentation_cover().mask(take_content(take))
            case RowRole.KEY:
                return take.id
            case TakeRole.TAKE:
                return take
            case TakeRole.GAIN:
                return self._gains.get(take.id)
            case TakeRole.PLAYING:
                return take.id == self._playing
        return None


class TakeDelegate(RowDelegate):
    """Paints one take."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=ROW_HEIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a lower row for a take that has no sound and will not get any."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), theme().px(_SILENT_ROW_HEIGHT)) if take_failure(index.data(TakeRole.TAKE)) else size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row, unless nothing of it changed: Qt asks for all between the first and the last that did."""
        shown = option.widget
        if not isinstance(shown, TakeList) or shown.damaged is None or shown.damaged.intersects(option.rect):
            super().paint(painter, option, index)

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        take: Take = index.data(TakeRole.TAKE)
        colours = theme()
        inner = paint_play(painter, row, playing=bool(index.data(TakeRole.PLAYING)), enabled=bool(take.frames))
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        line = QRectF(inner.left(), inner.top(), inner.width(), QFontMetrics(title).height())
        length = take_length(take)
        painter.setFont(small)
        painter.setPen(colours.colour("text2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        if length:
            line.setRight(line.right() - QFontMetrics(small).horizontalAdvance(length) - Space.S8)
        if take.stars:
            side = colours.px(14)
            spot = QRectF(line.right() - side, line.center().y() - side / 2, side, side)
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(spot.topLeft(), pixmap(Icon.STAR_FILLED, "accent", 14, ratio))
            line.setRight(spot.left() - Space.S8)
        if take.state != "done" or is_silent(take):
            kind: Kind = "accent" if take.state == "speaking" else "bad" if take.state == "failed" else "warn"
            line.setRight(self._paint_badge(painter, line, take_state(take), kind))
        self._paint_line(painter, line, title, "text", str(index.data()))
        reason = take_failure(take)
        if reason:
            why = QRectF(inner.left(), line.bottom() + Space.S2, inner.width(), QFontMetrics(small).height())
            self._paint_line(painter, why, small, "soft_text" if selected else "text2", reason)
            return
        ink = "soft_text" if selected else "text2"
        content = QRectF(inner.left(), line.bottom() + 1, inner.width(), QFontMetrics(small).height())
        self._paint_line(painter, content, small, ink, str(index.data(RowRole.SUBTITLE)))
        figures, decibels = take_figures(take), index.data(TakeRole.GAIN)
        measured = figures if decibels is None else f"{figures} · {gain(decibels)}"
        room = max(0, inner.width() - QFontMetrics(small).horizontalAdvance(measured) - Space.S12)
        wave = QRectF(inner.left(), content.bottom() + 1, max(room, inner.width() / 10), colours.px(_WAVE_HEIGHT))
        self._paint_wave(painter, wave, take, selected)
        left = wave.right() + Space.S8
        below = QRectF(left, wave.top(), inner.right() - left, wave.height())
        self._paint_line(painter, below, small, ink, figures)
        if decibels is not None:
            below.setLeft(below.left() + QFontMetrics(small).horizontalAdvance(figures + " · "))
            self._paint_line(painter, below, small, "soft_text", gain(decibels))

    @staticmethod
    def _paint_wave(painter: QPainter, area: QRectF, take: Take, selected: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(area.left(), area.center().y())
        ink = theme().colour("accent" if selected else "wave")
        painter.fillPath(_bars(take.peaks, max(1, int(area.width() / 4)), area.height()), ink)
        painter.translate(-area.left(), -area.center().y())


class TakeList(PlayableList):
    """A list of takes, each with a play button. Space is left to the view.

    Attributes:
        damaged: what is being painted; None outside of that.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(TakeDelegate(self))
        self.damaged: QRegion | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        self.damaged = event.region()
        super().paintEvent(event)
        self.damaged = None

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        """Lay the rows out again if a take ended without sound: it gets a lower row.

        Qt does so, and paints all rows, after every change; takes that arrive change ten times a second.
        """
        if not roles or Qt.ItemDataRole.SizeHintRole in roles:
            super().dataChanged(first, last, roles)
            self.scheduleDelayedItemsLayout()
        else:
            QAbstractItemView.dataChanged(self, first, last, roles)

    def updateGeometries(self) -> None:
        """Show only whole rows: leave the remainder at the bottom empty."""
        super().updateGeometries()
        row_height, height = theme().px(ROW_HEIGHT), self.height()
        remainder = height % row_height if self.contentsSize().height() > height > row_height else 0
        if remainder != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, remainder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)


@lru_cache(maxsize=64)
def _bars(peaks: bytes, columns: int, height: float) -> QPainterPath:
    """The bars of a waveform from 0 to the right, above and below 0. Most rows are painted again unchanged."""
    path = QPainterPath()
    for column, share in enumerate(bar_heights(_unpacked(peaks), columns)):
        tall = max(1.6, share * height)
        path.addRoundedRect(QRectF(column * 4, -tall / 2, 2.4, tall), 1.2, 1.2)
    return path


def peak_pairs(take: Take) -> list[tuple[float, float]]:
    """The peaks of a take as (minimum, maximum) pairs within ±1."""
    return _unpacked(take.peaks)


def _unpacked(peaks: bytes) -> list[tuple[float, float]]:
    packed = memoryview(peaks).cast("b")
    return [(packed[at] / 128, packed[at + 1] / 128) for at in range(0, len(packed), 2)]
