"""A list of rows with play buttons in which several can be selected, by mouse, keyboard and assistive tools."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.ui.widgets.playable import PlayableList
from app.ui.widgets.row_model import RowRole

_Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag


class MultiSelectionList(PlayableList):
    """A list with one leading selected row, which `selected_key` names, and any number of others.

    The row that was selected last leads. Ctrl and Shift extend the selection as in any list of the desktop, Ctrl+A
    selects all, Ctrl+Space and an assistive tool's Toggle add or remove one row. The only selected row stays
    selected: whoever presses a row through an assistive tool wants it, whether or not it was selected already.

    Signals:
        row_selected: as in `RowList`, where the user selected a single row.
        selection_changed: other rows are selected, or another one leads; comes after `row_selected`, and is not emitted
            by `select_key` and `select_keys`.
    """

    selection_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._keys: list[str] = []
        self._selected_set: frozenset[str] = frozenset()
        self._is_displaced = False
        """Whether the selected rows are being removed."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.rowsRemoved.connect(self._report_displaced)

    def selected_keys(self) -> list[str]:
        """The keys of the selected rows, in the order of the list."""
        return list(self._keys)

    def is_selected(self, key: str) -> bool:
        """Whether the row with this key is selected."""
        return key in self._selected_set

    def select_key(self, key: str | None) -> None:
        """Select this row alone without emitting a signal; None clears the selection."""
        super().select_key(key)
        self._updating = True
        index = self._index_of(key)
        if index.isValid() and self.isVisible():
            # The view's own method: a range that is selected with Shift begins here from now on.
            self.setCurrentIndex(index)
        self._updating = False
        self._read_keys()

    def select_keys(self, keys: Collection[str], lead: str | None = None) -> None:
        """Select these rows without emitting a signal; `lead` leads, or the first of them."""
        wanted = [key for key in keys if self._index_of(key).isValid()]
        if lead not in wanted:
            lead = wanted[0] if wanted else None
        self.select_key(lead)
        self._updating = True
        self.selectionModel().select(self._selection_of(self._index_of(key).row() for key in wanted), _Flag.Select)
        self._updating = False
        self._read_keys()

    def _selection_of(self, rows: Iterable[int]) -> QItemSelection:
        """A selection with a range for all rows that stand together: Qt goes through all ranges for each new one."""
        selection, model = QItemSelection(), self.model()
        start = end = -2
        for row in (*sorted(rows), -2):
            if row == end + 1:
                end = row
                continue
            if start >= 0:
                selection.select(model.index(start, 0), model.index(end, 0))
            start = end = row
        return selection

    def go_to(self, key: str) -> None:
        """Select this row alone as the user would, with the signals."""
        index = self._index_of(key)
        if index.isValid():
            self.selectionModel().select(index, _Flag.ClearAndSelect)

    def clear_selection(self) -> None:
        """Select nothing, with the signal."""
        self.select_key(None)
        self.selection_changed.emit()

    def selectionCommand(self, index: _Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """What Qt asks for how to select. Keys that are held down say nothing about what the program selects."""
        return _Flag.ClearAndSelect if self._updating else super().selectionCommand(index, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the selection when the empty space below the rows is clicked: buttons keep their target."""
        if self.indexAt(event.position().toPoint()).isValid():
            super().mousePressEvent(event)
        else:
            self.keyboard = False

    def rowsAboutToBeRemoved(self, parent: _Index, start: int, end: int) -> None:
        """Select a neighbour of the last selected row that is removed, as a list with one selected row does."""
        rows = {index.row() for index in self.selectionModel().selectedIndexes()}
        if rows and rows <= set(range(start, end + 1)):
            near = next((index for at in self._neighbours(start, end) if self._can_select(index := at)), QModelIndex())
            if near.isValid():
                # Silent but for `selection_changed`: it is not the user who chose it.
                self.select_key(str(near.data(RowRole.KEY)))
            else:
                self._selected = None
                self._keys, self._selected_set = [], frozenset()
            self._is_displaced = True
        super().rowsAboutToBeRemoved(parent, start, end)

    def _report_displaced(self) -> None:
        if self._is_displaced:
            self._is_displaced = False
            self.selection_changed.emit()

    def _neighbours(self, start: int, end: int) -> list[QModelIndex]:
        """The rows that may take the place of removed ones, nearest first: those below, then those above."""
        model = self.model()
        return [model.index(row, 0) for row in (*range(end + 1, model.rowCount()), *range(start - 1, -1, -1))]

    @staticmethod
    def _can_select(index: QModelIndex) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)

    def _report(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        if self._updating:
            return
        added, removed = selected.indexes(), deselected.indexes()
        if len(removed) == 1 and removed[0].isValid() and not self.selectionModel().hasSelection():
            self.select_key(str(removed[0].data(RowRole.KEY)))
            return
        self._read_keys()
        self._selected = self._lead(added)
        if len(added) == 1:
            # An assistive tool changes the selection only: also make the row current and scroll to it.
            if self.currentIndex() != added[0]:
                self._make_current(added[0])
            self.scrollTo(added[0])
        if self._selected is not None and self._keys == [self._selected]:
            self.row_selected.emit(self._selected)
        self.selection_changed.emit()

    def _lead(self, added: list[QModelIndex]) -> str | None:
        """The row that leads after rows were added to the selection, or removed from it."""
        current = self.currentIndex()
        if self.selectionModel().isSelected(current) and (current in added or len(added) != 1):
            return str(current.data(RowRole.KEY))
        if added:
            return str(added[-1].data(RowRole.KEY))
        if self._selected in self._keys:
            return self._selected
        return self._keys[0] if self._keys else None

    def _read_keys(self) -> None:
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        self._keys = [str(self.model().index(row, 0).data(RowRole.KEY)) for row in rows]
        self._selected_set = frozenset(self._keys)

    def _restore(self) -> None:
        self.select_keys(tuple(self._keys), self._selected) if len(self._keys) > 1 else self.select_key(self._selected)
