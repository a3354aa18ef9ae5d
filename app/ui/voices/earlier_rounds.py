"""The earlier rounds: their descriptions with the words that changed, and their candidates by number."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter

from app.core.differences import Run
from app.core.voice_rounds import VoiceRound
from app.ui.texts.voice_design import round_name
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Space, Type
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 46
_NAME_WIDTH = 64
_CIRCLE = 26
MAX_NUMBERS = 4
"""Candidates that have a number to press; of more the rest is counted."""


class EarlierRound(NamedTuple):
    """A round as its row shows it.

    Attributes:
        runs: the description; what is `added` in it is marked.
        time, remark, spoken: texts.
    """

    round: VoiceRound
    runs: Sequence[Run]
    time: str
    remark: str
    spoken: str


class EarlierRole(IntEnum):
    """Item roles in addition to those of `RowRole`."""

    ROUND = RowRole.MARKS + 1
    PLAYING = RowRole.MARKS + 2


class EarlierModel(QAbstractListModel):
    """The rounds that are not shown above, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[EarlierRound] = ()
        self._playing = ""

    def set_rows(self, rows: Sequence[EarlierRound]) -> None:
        is_same = [row.round.key for row in rows] == [row.round.key for row in self._rows]
        if is_same:
            self._rows = rows
            self._changed()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def set_playing(self, take_id: str) -> None:
        """Mark the candidate that plays."""
        if take_id != self._playing:
            self._playing = take_id
            self._changed()

    def _changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return presentation_cover().mask(row.round.description)
            case Qt.ItemDataRole.AccessibleTextRole:
                return presentation_cover().mask(row.spoken)
            case RowRole.KEY:
                return row.round.key
            case EarlierRole.ROUND:
                return row
            case EarlierRole.PLAYING:
                return self._playing
        return None


class _EarlierDelegate(RowDelegate):
    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        shown = self.parent()
        assert isinstance(shown, EarlierList)
        earlier, colours = index.data(EarlierRole.ROUND), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = row.adjusted(Space.S8, 0, -Space.S8, 0)
        title, small = colours.font(Type.CONTROL), colours.font(Type.SMALL)
        tall, below = QFontMetrics(title).height(), QFontMetrics(small).height()
        top = inner.center().y() - (tall + below) / 2
        name = QRectF(inner.left(), top, colours.px(_NAME_WIDTH), tall)
        self._paint_line(painter, name, colours.font(Type.CONTROL, Type.MEDIUM), "text", round_name(earlier.round))
        self._paint_line(painter, name.translated(0, tall), small, "text2", earlier.time)
        right = shown.numbers_left(row, earlier.round) - Space.S12
        left = name.right() + Space.S8
        remark = presentation_cover().mask(earlier.remark)
        line = QRectF(left, top if remark else inner.center().y() - tall / 2, max(0.0, right - left), tall)
        self._paint_description(painter, line, earlier.runs)
        self._paint_line(painter, QRectF(left, top + tall, line.width(), below), small, "text2", remark)
        self._paint_numbers(painter, row, earlier.round, index.data(EarlierRole.PLAYING), shown)
        if index.row() + 1 < index.model().rowCount() and not selected:
            painter.fillRect(QRectF(inner.left(), row.bottom(), inner.width(), 1), colours.colour("line"))

    def _paint_description(self, painter: QPainter, line: QRectF, runs: Sequence[Run]) -> None:
        """Draw the description as far as there is room, and mark what changed in it."""
        colours = theme()
        font = colours.font(Type.CONTROL)
        metrics = QFontMetrics(font)
        text = " ".join("".join(run.text for run in runs).split())
        if presentation_cover().mask(text) != text:
            self._paint_line(painter, line, font, "text", presentation_cover().mask(text))
            return
        painter.setFont(font)
        x = line.left()
        for run in runs:
            words = " ".join(run.text.split("\n"))
            wide = metrics.horizontalAdvance(words)
            room = line.right() - x
            if run.change == "added" and words.strip() and room > 0:
                box = QRectF(x - 1, line.top(), min(wide, room) + 2, line.height())
                paint_box(painter, box, 3, colours.colour("soft"))
                painter.fillRect(QRectF(x, line.bottom() - 1, min(wide, room), 1.2), colours.colour("accent"))
            painter.setPen(colours.colour("soft_text" if run.change == "added" else "text"))
            shown = words if wide <= room else metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(max(0, room)))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
            painter.drawText(QRectF(x, line.top(), wide + 2, line.height()), flags, shown)
            x += wide
            if wide > room:
                break

    def _paint_numbers(self, painter: QPainter, row: QRectF, one: VoiceRound, playing: str, shown: EarlierList) -> None:
        colours = theme()
        for place, take in enumerate(one.takes[:MAX_NUMBERS], 1):
            area = shown.number_area(row, one, place)
            is_playing = take.id == playing
            paint_box(
                painter, area, area.width() / 2, colours.colour("accent" if is_playing else "surface"),
                None if is_playing else colours.colour("line"),
            )  # fmt: skip
            if is_playing:
                side = colours.px(14)
                mark = pixmap(Icon.PAUSE, "on_accent", 14, painter.device().devicePixelRatioF())
                painter.drawPixmap(area.center() - QRectF(0, 0, side, side).center(), mark)
                continue
            painter.setFont(colours.font(Type.SMALL))
            painter.setPen(colours.colour("text" if take.audio else "text3"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(place))
        rest = len(one.takes) - MAX_NUMBERS
        use = shown.use_area(row)
        painter.setFont(colours.font(Type.SMALL))
        painter.setPen(colours.colour("text2"))
        if rest > 0:
            last = shown.number_area(row, one, MAX_NUMBERS)
            area = QRectF(last.right() + Space.S4, row.top(), use.left() - last.right() - Space.S4, row.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, f"+ {rest}")
        painter.setFont(colours.font(Type.CONTROL))
        painter.setPen(colours.colour("text2"))
        painter.drawText(use, Qt.AlignmentFlag.AlignCenter, shown.use_text)


class EarlierList(RowList):
    """The rows; selecting one only marks it.

    Signals:
        number_pressed: key of the round, and place of the candidate to play or pause.
        use_pressed: key of the round whose description and text are wanted.
        show_pressed: key of the round to be shown above.
        delete_pressed: key of the round to be deleted.
    """

    number_pressed = Signal(str, int)
    use_pressed = Signal(str)
    show_pressed = Signal(str)
    delete_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__("")
        self.use_text = ""
        self.setItemDelegate(_EarlierDelegate(self, height=_ROW_HEIGHT))
        self.earlier = EarlierModel()
        self.setModel(self.earlier)
        self.setUniformItemSizes(True)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(_ROW_HEIGHT) + 2 * RING)

    def sizeHintForRow(self, row: int) -> int:
        return theme().px(_ROW_HEIGHT)

    def use_area(self, row: QRectF) -> QRectF:
        """Where Use is written."""
        wide = QFontMetrics(theme().font(Type.CONTROL)).horizontalAdvance(self.use_text) + 2 * Space.S8
        return QRectF(row.right() - wide - Space.S4, row.top(), wide, row.height())

    def numbers_left(self, row: QRectF, one: VoiceRound) -> float:
        """The left edge of the numbers of a round."""
        shown = min(MAX_NUMBERS, len(one.takes))
        rest = theme().px(28)
        return self.use_area(row).left() - Space.S4 - rest - shown * (theme().px(_CIRCLE) + Space.S4)

    def number_area(self, row: QRectF, one: VoiceRound, place: int) -> QRectF:
        """The circle of a candidate, by its place from 1."""
        side = theme().px(_CIRCLE)
        left = self.numbers_left(row, one) + (place - 1) * (side + Space.S4)
        return QRectF(left, row.center().y() - side / 2, side, side)

    def row_area(self, index: _Index) -> QRectF:
        """The rectangle a row is painted in, in viewport coordinates."""
        return QRectF(self.visualRect(index)).adjusted(RowDelegate.MARGIN, 1, -RowDelegate.MARGIN, -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row, one = self.row_area(index), index.data(EarlierRole.ROUND).round
        for place in range(1, min(MAX_NUMBERS, len(one.takes)) + 1):
            if self.number_area(row, one, place).contains(event.position()):
                self.number_pressed.emit(one.key, place)
        if self.use_area(row).contains(event.position()):
            self.use_pressed.emit(one.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < self.numbers_left(
            self.row_area(index), index.data(EarlierRole.ROUND).round
        ):
            self.show_pressed.emit(index.data(RowRole.KEY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.selected_key()
        is_plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if not key or not is_plain or not self._index_of(key).isValid():
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.number_pressed.emit(key, event.key() - Qt.Key.Key_1 + 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.show_pressed.emit(key)
        elif event.key() == Qt.Key.Key_U:
            self.use_pressed.emit(key)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit(key)
        else:
            super().keyPressEvent(event)
