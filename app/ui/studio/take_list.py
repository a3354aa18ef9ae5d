"""Lists takes. They are played from their rows, selected in any number, and dragged out as files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from app.core.takes import Take
from app.ui.studio.take_delegate import TakeDelegate
from app.ui.studio.take_model import TakeModel
from app.ui.widgets.multi_selection import MultiSelectionList
from app.ui.widgets.wave_bars import peak_pairs as unpacked

_Index = QModelIndex | QPersistentModelIndex


class TakeList(MultiSelectionList):
    """A list of takes, each with a play button. Space is left to the view; Ctrl+Space selects.

    Several takes can be selected, and dragged out, where `selects_many` is on.

    Signals:
        drag_begun: the user drags the selected takes out of the list.
    """

    drag_begun = Signal()

    def __init__(
        self, name: str, parent: QWidget | None = None, *, selects_many: bool = False, compact: bool = False
    ) -> None:
        super().__init__(name, parent)
        if not selects_many:
            self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(selects_many)
        self.setDragDropMode(
            QAbstractItemView.DragDropMode.DragOnly if selects_many else QAbstractItemView.DragDropMode.NoDragDrop
        )
        self._delegate = TakeDelegate(self, compact=compact)
        self.setItemDelegate(self._delegate)

    def _index_of(self, key: str | None) -> QModelIndex:
        model = self.model()
        if not isinstance(model, TakeModel):
            return super()._index_of(key)
        row = model.row_of(key)
        return QModelIndex() if row is None else model.index(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are damaged.

        Qt would make an option and ask for the place of each row, and paint all between the first and the last that
        changed. Scrolling through many takes took three times as long.
        """
        model = self.model()
        assert isinstance(model, TakeModel)
        painter, damaged, pointed = QPainter(self.viewport()), event.region(), self._pointed_row()
        first = self.indexAt(QPoint(1, event.rect().top()))
        area, row = self.visualRect(first), first.row()
        while first.isValid() and row < model.rowCount() and area.top() <= event.rect().bottom():
            item = model.item(row)
            area.setHeight(self._delegate.height_of(item))
            if damaged.intersects(area):
                self._paint_row(painter, area, model, row, pointed)
            area.translate(0, area.height())
            row += 1

    def _paint_row(self, painter: QPainter, area: QRect, model: TakeModel, row: int, pointed: int) -> None:
        item, index = model.item(row), model.index(row)
        state = QStyle.StateFlag.State_None
        if self.is_selected(item.id):
            state |= QStyle.StateFlag.State_Selected
        if row == pointed:
            state |= QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Enabled
        if self.hasFocus() and self.currentIndex() == index:
            state |= QStyle.StateFlag.State_HasFocus
        if state:
            option = QStyleOptionViewItem()
            option.state, option.widget = state, self
            self._delegate.draw_background(painter, area, option)
        self._delegate.draw(painter, area, item, index)

    def _pointed_row(self) -> int:
        """The row below the pointer, -1 for none."""
        viewport = self.viewport()
        return self.indexAt(viewport.mapFromGlobal(QCursor.pos())).row() if viewport.underMouse() else -1

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        """Lay the rows out again if a take ended without sound: it gets a lower row.

        Qt does so, and paints all rows, after every change; takes that arrive change ten times a second.
        """
        model = self.model()
        if isinstance(model, TakeModel):
            self._delegate.forget(model.item(row).id for row in range(first.row(), last.row() + 1))
        if not roles or Qt.ItemDataRole.SizeHintRole in roles:
            super().dataChanged(first, last, roles)
            self.scheduleDelayedItemsLayout()
        else:
            QAbstractItemView.dataChanged(self, first, last, roles)

    def updateGeometries(self) -> None:
        """Show only whole rows: leave the remainder at the bottom empty."""
        super().updateGeometries()
        delegate = self.itemDelegate()
        if not isinstance(delegate, TakeDelegate):
            return  # Qt asks for it while the list is made.
        row_height, height = delegate.row_height, self.height()
        remainder = height % row_height if self.contentsSize().height() > height > row_height else 0
        if remainder != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, remainder)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Pass over a heading, also where Home leads to one."""
        index = super().moveCursor(action, modifiers)
        while index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            index = index.sibling(index.row() + 1, 0)
        return index

    def reset(self) -> None:
        """Other rows are listed."""
        if isinstance(delegate := self.itemDelegate(), TakeDelegate):
            delegate.forget()
        super().reset()

    def restyle(self) -> None:
        """Paint everything anew: theme, language or what is masked has changed."""
        if isinstance(delegate := self.itemDelegate(), TakeDelegate):
            delegate.forget()
        super().restyle()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Leave it to the view: the files have to be written first."""
        self.drag_begun.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


def peak_pairs(take: Take) -> list[tuple[float, float]]:
    """The peaks of a take as (minimum, maximum) pairs within ±1."""
    return unpacked(take.peaks)
