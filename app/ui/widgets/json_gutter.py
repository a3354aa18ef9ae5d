"""The left margin of JSON: line numbers, the line of a fault, and marks for folding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import IconSide, Space, Type
from app.ui.widgets.json_lines import is_foldable

if TYPE_CHECKING:
    from app.ui.widgets.json_view import JsonView

MARK_ROOM = IconSide.SMALL
"""Logical pixels beside the numbers that are kept for a mark for folding."""


def visible_blocks(edit: QPlainTextEdit) -> Iterator[tuple[QTextBlock, QRectF]]:
    """The lines of a text in view, with their areas in the viewport."""
    block, offset = edit.firstVisibleBlock(), edit.contentOffset()
    while block.isValid():
        area = edit.blockBoundingGeometry(block).translated(offset)
        if area.top() > edit.viewport().height():
            return
        if block.isVisible():
            yield block, area
        block = block.next()


class Numbered(Protocol):
    """A text with numbered lines; `fault_line` is the one that is marked as wrong, from 1, or 0 for none."""

    fault_line: int

    def fontMetrics(self) -> QFontMetrics: ...


class LineNumbers(QWidget):
    """Painted beside the lines of a text, which is told to leave room for it."""

    room = 0
    """Logical pixels at the right of the numbers."""

    def __init__(self, edit: QPlainTextEdit, faults: Numbered) -> None:
        """`faults` is the same text: it says which line is wrong."""
        super().__init__(edit)
        self._edit, self._faults = edit, faults
        edit.blockCountChanged.connect(self.fit)
        edit.updateRequest.connect(self._move)

    def sizeHint(self) -> QSize:
        digits = max(2, len(str(self._edit.blockCount())))
        numbers = self._edit.fontMetrics().horizontalAdvance("9") * digits
        return QSize(numbers + theme().px(self.room) + Space.S8, 0)

    def fit(self) -> None:
        """Take as much room as the numbers need; called after a change of the size or font of the text."""
        wide = self.sizeHint().width()
        self._edit.setViewportMargins(wide, 0, 0, 0)
        inside = self._edit.contentsRect()
        self.setGeometry(QRect(inside.left(), inside.top(), wide, inside.height()))

    def _move(self, _area: QRect, down: int) -> None:
        if down:
            self.scroll(0, down)
        else:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        painter.setFont(colours.font(Type.SMALL, mono=True))
        numbers = self.width() - colours.px(self.room) - Space.S6
        for block, area in visible_blocks(self._edit):
            is_fault = block.blockNumber() + 1 == self._faults.fault_line
            painter.setPen(colours.colour("bad" if is_fault else "text3"))
            line = QRectF(0, area.top(), numbers, self._edit.fontMetrics().height())
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, flags, str(block.blockNumber() + 1))
            self.paint_mark(painter, block, line)

    def paint_mark(self, painter: QPainter, block: QTextBlock, line: QRectF) -> None:
        """Paint what belongs beside the number, whose area is `line`."""


class JsonGutter(LineNumbers):
    """Has marks; a click on one folds the lines below, or shows them. The keys do so as well."""

    room = MARK_ROOM

    def __init__(self, view: JsonView) -> None:
        super().__init__(view, view)
        self._view = view
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paint_mark(self, painter: QPainter, block: QTextBlock, line: QRectF) -> None:
        if is_foldable(block):
            icon = Icon.CHEVRON_RIGHT if self._view.is_folded(block) else Icon.CHEVRON_DOWN
            corner = QPointF(line.right() + Space.S2, line.center().y() - theme().px(IconSide.MARK) / 2)
            painter.drawPixmap(corner, pixmap(icon, "text3", IconSide.MARK, self.devicePixelRatioF()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        block = self._block_at(event.position().y())
        if block is not None and is_foldable(block):
            self._view.set_folded(block, not self._view.is_folded(block))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # It is no click into the text.

    def _block_at(self, height: float) -> QTextBlock | None:
        return next((block for block, area in visible_blocks(self._view) if area.top() <= height < area.bottom()), None)
