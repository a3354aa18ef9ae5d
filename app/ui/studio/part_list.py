"""Lists the parts of the selected take, and speaks one of them again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.core.takes import Take, TakePart
from app.ui.texts.parts import part_name, part_reason, part_state
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import Kind
from app.ui.widgets.labels import Caption
from app.ui.widgets.panel import Divider
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import Themed

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT, _REASON_ROW_HEIGHT = 32, 48
_MAX_ROWS = 4


class _PartDelegate(RowDelegate):
    """Paints number and first words, at the right the length, and below the reason why a part is incomplete."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = _REASON_ROW_HEIGHT if index.data(RowRole.SUBTITLE) else _ROW_HEIGHT
        return QSize(theme().px(120), theme().px(height))

    def _paint_badge(self, painter: QPainter, line: QRectF, badge: str, kind: Kind) -> float:
        """A length is plain text, as in the list of takes."""
        if kind != "neutral":
            return super()._paint_badge(painter, line, badge, kind)
        font = theme().font(Type.SMALL)
        painter.setFont(font)
        painter.setPen(theme().colour("text2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, badge)
        return line.right() - QFontMetrics(font).horizontalAdvance(badge) - Space.S8


class _Rows(RowList):
    """The rows. Space and a click play a part, Enter speaks it again."""

    play_pressed = Signal(str)
    again_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.setItemDelegate(_PartDelegate(self))
        self.clicked.connect(lambda index: self.play_pressed.emit(index.data(RowRole.KEY)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the selected part in sight."""
        super().resizeEvent(event)
        index = self._index_of(self.selected_key())
        if index.isValid():
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.selected_key() is not None:
            self.play_pressed.emit(self.selected_key())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.again_pressed.emit()
        else:
            super().keyPressEvent(event)


class PartList(Themed, QWidget):
    """The parts of a take; hidden for a take without parts.

    Signals:
        play_pressed: the take and the place of a part of it that has sound.
        again_pressed: the take and the place of the part to be spoken again.
    """

    play_pressed = Signal(object, int)
    again_pressed = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take: Take | None = None
        self._max_rows = _MAX_ROWS
        self._written: list[tuple[TakePart, bool, int, Row]] = []
        self._caption = Caption()
        self.again = GhostButton("", Icon.REDO)
        self.list = _Rows()
        self._model = RowModel()
        self.list.setModel(self._model)
        header = QHBoxLayout()
        header.setContentsMargins(Space.S16, Space.S4, Space.S8, 0)
        header.addWidget(self._caption, 1)
        header.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.S4)
        column.setSpacing(Space.S2)
        column.addWidget(Divider())
        column.addLayout(header)
        column.addWidget(self.list)
        self.list.row_selected.connect(lambda _key: self._show_again())
        self.list.play_pressed.connect(self._play)
        self.list.again_pressed.connect(self.again.click)
        self.again.clicked.connect(self._speak_again)
        self.follow_theme()
        self.show_take(None)

    def show_take(self, take: Take | None) -> None:
        """Show the parts of a take. One that is incomplete is selected first, because it is what can be mended."""
        is_other = (take.id if take is not None else "") != (self._take.id if self._take is not None else "")
        self._take = take
        parts = take.parts if take is not None else ()
        self._model.set_rows(self._rows(take) if take is not None else [])
        if is_other and parts:
            self.list.select_key(str(next((place for place, part in enumerate(parts) if part.error), 0)))
        self.setVisible(bool(parts))
        self._show_again()
        self.restyle()

    def _rows(self, take: Take) -> list[Row]:
        """The rows of a take; those of parts that did not change are not written again, because a take grows often."""
        before, self._written = self._written, []
        for place, part in enumerate(take.parts):
            known = before[place] if place < len(before) else None
            if known is None or known[:3] != (part, take.has_ended, take.rate):
                known = part, take.has_ended, take.rate, _row(take, part, place)
            self._written.append(known)
        return [known[3] for known in self._written]

    def set_max_rows(self, rows: int) -> None:
        """Set how many parts are shown without scrolling."""
        if rows != self._max_rows:
            self._max_rows = rows
            self.restyle()

    def restyle(self) -> None:
        heights = [_REASON_ROW_HEIGHT if row.subtitle else _ROW_HEIGHT for row in self._model.rows()]
        shown = sorted(heights, reverse=True)[: self._max_rows]
        self.list.setFixedHeight(sum(theme().px(height) for height in shown))

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self._caption.setText(QCoreApplication.translate("Studio", "Parts"))
        self.list.setAccessibleName(QCoreApplication.translate("Studio", "Parts"))
        self.again.setText(QCoreApplication.translate("Studio", "Speak part again"))
        self.again.setToolTip(
            QCoreApplication.translate("Studio", "Makes a new take that shares the sound of the other parts")
        )
        self._written = []
        self.show_take(self._take)

    def _place(self) -> int | None:
        """The place of the selected part."""
        key = self.list.selected_key()
        return int(key) if key is not None and self._model.row_of(key) >= 0 else None

    def _show_again(self) -> None:
        self.again.setEnabled(self._take is not None and self._take.has_ended and self._place() is not None)

    def _play(self, key: str) -> None:
        if self._take is not None and self._take.parts[int(key)].frames:
            self.play_pressed.emit(self._take, int(key))

    def _speak_again(self) -> None:
        place = self._place()
        if self._take is not None and place is not None:
            self.again_pressed.emit(self._take, place)


def _row(take: Take, part: TakePart, place: int) -> Row:
    kind: Kind = "warn" if part.error else "accent" if part.take and part.frames else "neutral"
    return Row(str(place), part_name(part, place + 1), part_reason(part), part_state(take, part), kind)
