"""A list view that acts on selection."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QWidget,
)

from app.ui.widgets.hidden_rows import HiddenRows
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import Themed


class RowList(HiddenRows, Themed, QListView):
    """A list that acts on selection, which clicks, arrow keys and assistive tools all change.

    Signals:
        row_selected: the key of the newly selected row; not emitted by `select_key`.
    """

    row_selected = Signal(str)
    ring_radius = None
    keyboard = False
    """Whether the list was last used with the keyboard; the focus ring is shown only then."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._updating = False
        self._selected: str | None = None
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.follow_theme()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is None:
            return
        model.modelReset.connect(self._restore)
        self.selectionModel().selectionChanged.connect(self._report)

    def selected_key(self) -> str | None:
        return self._selected

    def select_key(self, key: str | None) -> None:
        """Select a row without emitting `row_selected`; None clears the selection."""
        self._updating = True
        self._selected = key
        index = self._index_of(key)
        if index.isValid():
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._make_current(index)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()
        self._updating = False

    def _make_current(self, index: QModelIndex) -> None:
        """Set the current row. Assistive tools report it as focused, so a hidden list must not have one."""
        current = index if self.isVisible() else QModelIndex()
        self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)

    def restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.model() is not None:
            self._make_current(self._index_of(self._selected))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.model() is not None:
            self._make_current(QModelIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keyboard = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keyboard = False
        super().mousePressEvent(event)

    def _index_of(self, key: str | None) -> QModelIndex:
        model = self.model()
        if key is None or model is None:
            return QModelIndex()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.data(RowRole.KEY) == key:
                return index
        return QModelIndex()

    def _report(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        indexes = selected.indexes()
        if self._updating or not indexes:
            return
        index = indexes[0]
        # An assistive tool changes the selection only: also make the row current and scroll to it.
        if self.currentIndex() != index:
            self._make_current(index)
        self.scrollTo(index)
        self._selected = str(index.data(RowRole.KEY))
        self.row_selected.emit(self._selected)

    def _restore(self) -> None:
        self.select_key(self._selected)
