"""Shows the tags of a group as a wrapping list of pills."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import CHIP_HEIGHT, Space, Type
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex


def tag_row_height() -> int:
    """Height of a row of tags including the gap below it, in pixels."""
    return theme().px(CHIP_HEIGHT) + Space.S6


class _TagDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        text_width = QFontMetrics(theme().font(Type.SMALL)).horizontalAdvance(str(index.data()))
        return QSize(text_width + theme().px(20) + Space.S6, tag_row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        area = QRectF(option.rect).adjusted(0, 0, -Space.S6, -Space.S6)
        state: QStyle.StateFlag = option.state
        has_keyboard_focus = state & QStyle.StateFlag.State_HasFocus and getattr(option.widget, "keyboard", False)
        is_marked = isinstance(option.widget, TagList) and option.widget.marked() == index.data(RowRole.KEY)
        is_hovered = state & QStyle.StateFlag.State_MouseOver
        line = theme().colour("accent" if has_keyboard_focus or is_marked else "wave" if is_hovered else "line")
        paint_box(painter, area, area.height() / 2, theme().colour("raised" if is_hovered else "surface"), line)
        painter.setFont(theme().font(Type.SMALL))
        painter.setPen(theme().colour("text2"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


class TagList(RowList):
    """A list of tags. The arrow keys only move in it.

    Signals:
        tag_chosen: the key of a tag that was clicked, confirmed with Enter, or selected by an assistive tool.
    """

    tag_chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_TagDelegate(self))
        self.setFlow(RowList.Flow.LeftToRight)
        self.setWrapping(True)
        self._is_moving = False
        self._is_marking = False
        self.row_selected.connect(self._on_selected)
        self.clicked.connect(lambda index: self.tag_chosen.emit(str(index.data(RowRole.KEY))))

    def marked(self) -> str | None:
        """The key of the tag that is marked for Enter in the search field; None for no such tag."""
        index = self.currentIndex()
        return str(index.data(RowRole.KEY)) if self._is_marking and index.isValid() else None

    def mark(self, by: int) -> None:
        """Mark the tag that is `by` places further on; the first or last one at first."""
        rows = self.model().rowCount()
        if not rows:
            return
        at = self.currentIndex().row() + by if self.marked() is not None else min(by, 0)
        index = self.model().index(at % rows, 0)
        self._is_marking = True
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)
        self.viewport().update()

    def unmark(self) -> None:
        """Mark no tag any more."""
        if self._is_marking:
            self._is_marking = False
            self.selectionModel().clearCurrentIndex()
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the current tag with Enter; all other keys at most move to another tag."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.tag_chosen.emit(str(self.currentIndex().data(RowRole.KEY)))
            return
        self._is_moving = True
        super().keyPressEvent(event)
        self._is_moving = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # The release chooses, so that dragging across tags does not choose each of them.
        self._is_moving = True
        super().mousePressEvent(event)
        self._is_moving = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._is_moving = True
        super().mouseMoveEvent(event)
        self._is_moving = False

    def _on_selected(self, key: str) -> None:
        if not self._is_moving:
            self.tag_chosen.emit(key)
