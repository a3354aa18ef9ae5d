"""The table of cases: typed into, pasted into, and walked through by keys, like a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from app.core.case_reading import clipboard_text
from app.core.cases import Cell
from app.ui.bench.cases.cell_delegate import CaseDelegate, row_height
from app.ui.bench.cases.header import CaseHeader, NumberHeader
from app.ui.bench.cases.model import CaseModel
from app.ui.theme.theme import theme
from app.ui.widgets.hidden_rows import HiddenRows
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import Themed

VALUE_WIDTHS, ANSWER_WIDTH = (110, 190), 240
"""Least and most of a column of values, and least of one of answers, in logical pixels."""
_VALUES_SHARE = 0.34
"""Of the table, which the values take at most, as far as their columns get no narrower than the least."""
_FRAME_MS = 60


class CaseTable(HiddenRows, Themed, QTableView):
    """Virtual rows: only cells in sight are painted.

    Signals:
        chosen: the current cell is another one.
        opened: Enter was pressed on it, or it was double-clicked, where there is an answer.
        pasted: a row and a column, and the text to put there.
        cleared: values of cells are to be emptied; a list of pairs of case and variable.
        rows_removed: Ctrl+Delete: the selected rows are to be removed.
        column_opened: the title of a column was pressed, or its menu key.
        undo_pressed, redo_pressed: undo an edit, or undo that.
    """

    chosen = Signal()
    opened = Signal()
    pasted = Signal(int, int, str)
    cleared = Signal(list)
    rows_removed = Signal()
    column_opened = Signal(int)
    undo_pressed = Signal()
    redo_pressed = Signal()
    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: tuple[int, int] | None = None
        self._shape: tuple[int, int, int] = (0, 0, 0)
        self._is_sizing = self._is_user_sized = False
        self._delegate = CaseDelegate(self)
        self.titles = CaseHeader(self)
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._paint_writing)
        self.setHorizontalHeader(self.titles)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        # All of it is painted here, so that what is scrolled need not be painted again.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setVerticalHeader(NumberHeader(self))
        # Their part of the keyboard is the table's: its menu key opens what a press on a title opens.
        for header in (self.titles, self.verticalHeader()):
            header.setFocusProxy(self)
        self.titles.sectionClicked.connect(self.column_opened)
        self.titles.sectionResized.connect(self._section_resized)
        self.doubleClicked.connect(self._open)
        self.follow_theme()

    def setModel(self, model: CaseModel) -> None:  # type: ignore[override]
        super().setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self._restore()

    def cases_model(self) -> CaseModel:
        model = self.model()
        assert isinstance(model, CaseModel)
        return model

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(ANSWER_WIDTH), self.titles.sizeHint().height() + 2 * row_height())

    def restyle(self) -> None:
        self._delegate.restyle()
        self.verticalHeader().setDefaultSectionSize(row_height())
        self._shape = (0, 0, 0)
        self._size_columns()
        self.viewport().update()

    def _size_columns(self) -> None:
        """Let the columns share the width, until the user has dragged one wider or narrower."""
        if self.model() is None or self._is_user_sized:
            return
        model = self.cases_model()
        values, versions = len(model.cases.variables), len(model.cases.versions)
        shape = (values, versions, self.viewport().width())
        if shape == self._shape:
            return
        self._shape, self._is_sizing = shape, True
        least, most = (theme().px(width) for width in VALUE_WIDTHS)
        wide = self.viewport().width()
        value = max(least, min(most, round(wide * _VALUES_SHARE / max(1, values)))) if versions else most
        answer = max(theme().px(ANSWER_WIDTH), (wide - values * value) // max(1, versions))
        for column in range(values + versions):
            self.setColumnWidth(column, value if column < values else answer)
        self._is_sizing = False

    def _section_resized(self) -> None:
        # Qt also tells of sections that a new model brings, so only a hand on the mouse counts.
        if not self._is_sizing and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._is_user_sized = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_columns()

    # -- the chosen cell ------------------------------------------------------------------------------------------

    def chosen_cell(self) -> Cell | None:
        """The current cell if it is one of an answer."""
        index = self.currentIndex()
        return self.cases_model().cell_at(index) if index.isValid() else None

    def choose(self, cell: Cell) -> None:
        index = self.cases_model().index_of(cell)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def step(self, by: int) -> None:
        """Choose the cell above or below the current one."""
        index = self.currentIndex()
        below = self.model().index(index.row() + by, index.column())
        if below.isValid():
            self.setCurrentIndex(below)

    def selected_rows(self) -> list[int]:
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit()

    def _selection_changed(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        # An assistive tool changes the selection only.
        indexes = selected.indexes()
        if len(indexes) == 1 and self.currentIndex() not in self.selectionModel().selectedIndexes():
            self.selectionModel().setCurrentIndex(indexes[0], QItemSelectionModel.SelectionFlag.NoUpdate)

    def _remember(self) -> None:
        index = self.currentIndex()
        self._place = (index.row(), index.column()) if index.isValid() else None

    def _restore(self) -> None:
        for header in (self.titles, self.verticalHeader()):
            header.setVisible(self.model().columnCount() > 0)
        self._size_columns()
        kept = self._place
        if kept is not None and self.model().rowCount() and self.model().columnCount():
            row, column = min(kept[0], self.model().rowCount() - 1), min(kept[1], self.model().columnCount() - 1)
            self.setCurrentIndex(self.model().index(row, column))
        self.chosen.emit()

    def _open(self, index: QModelIndex) -> None:
        if self.cases_model().cell_at(index) is not None:
            self.opened.emit()

    # -- painting -------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that are damaged.

        Qt would make an option and ask the model for several roles of each cell, also for those it only scrolls.
        """
        painter, damaged = QPainter(self.viewport()), event.region()
        painter.setClipRegion(damaged)
        painter.fillRect(event.rect(), theme().colour("surface"))
        model, selection = self.cases_model(), self.selectionModel()
        rows, columns = model.rowCount(), model.columnCount()
        area = event.rect()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0 or not columns:
            return
        chosen = selection.currentIndex()
        many = selection.hasSelection()
        self._delegate.set_damaged(area)
        bottom_row = last if last >= 0 else rows - 1
        places = [(self.columnViewportPosition(column), self.columnWidth(column)) for column in range(columns)]
        for row in range(first, bottom_row + 1):
            top, tall = self.rowViewportPosition(row), self.rowHeight(row)
            for column, (left, wide) in enumerate(places):
                box = QRect(left, top, wide, tall)
                if not damaged.intersects(box):
                    continue
                index = model.index(row, column)
                is_selected = many and selection.isSelected(index)
                self._delegate.draw(painter, box, index, selected=is_selected, current=index == chosen)
        self._paint_lines(painter, places, first, bottom_row)

    def _paint_lines(self, painter: QPainter, places: list[tuple[int, int]], first: int, last: int) -> None:
        """Paint a line below each row and right of each column."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme().colour("line"))
        right = places[-1][0] + places[-1][1] - 1
        bottom = self.rowViewportPosition(last) + self.rowHeight(last) - 1
        for row in range(first, last + 1):
            under = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.drawLine(places[0][0], under, right, under)
        for left, wide in places:
            painter.drawLine(left + wide - 1, self.rowViewportPosition(first), left + wide - 1, bottom)

    # -- keys -----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Take undo and redo before the shortcuts of the window, which stand for what notices offer."""
        keys = QKeySequence.StandardKey
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and (event.matches(keys.Undo) or event.matches(keys.Redo)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_pressed.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.rows_removed.emit()
            else:
                self._clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            if self.chosen_cell() is not None:
                self.opened.emit()
            elif self.state() == QAbstractItemView.State.NoState and self._can_edit():
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key opens what can be done with the column."""
        index = self.currentIndex()
        if index.isValid():
            self.column_opened.emit(index.column())

    def _can_edit(self) -> bool:
        return bool(self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)

    def copy(self) -> None:
        """Copy the selected values and answers, as a spreadsheet takes them."""
        indexes = self.selectionModel().selectedIndexes()
        if not indexes:
            return
        rows, columns = sorted({each.row() for each in indexes}), sorted({each.column() for each in indexes})
        chosen = {(each.row(), each.column()) for each in indexes}
        lines = [
            [self._whole_text(row, column) if (row, column) in chosen else "" for column in columns] for row in rows
        ]
        QGuiApplication.clipboard().setText(clipboard_text(lines))

    def _whole_text(self, row: int, column: int) -> str:
        model = self.cases_model()
        return presentation_cover().mask(model.whole_text(model.index(row, column)))

    def paste(self) -> None:
        """Put what was copied from a spreadsheet at the current cell and to the right and below it."""
        text = QGuiApplication.clipboard().text()
        if not text or presentation_cover().active:
            return
        index = self.currentIndex()
        at = (index.row(), index.column()) if index.isValid() else (self.model().rowCount(), 0)
        self.pasted.emit(*at, text)

    def _clear(self) -> None:
        model = self.cases_model()
        indexes = self.selectionModel().selectedIndexes()
        cells = [
            (case.id, name)
            for index in indexes
            if (name := model.variable_at(index.column())) and (case := model.case_at(index.row())) is not None
        ]
        if cells:
            self.cleared.emit(cells)

    # -- motion ---------------------------------------------------------------------------------------------------

    def watch_writing(self, *, going: bool) -> None:
        """Turn the wheels of cells that are being written, while there are any."""
        if not going:
            self._frames.stop()
        elif self.isVisible() and not self._frames.isActive():
            self._frames.start()

    def _paint_writing(self) -> None:
        area, model = self.viewport().rect(), self.model()
        if not model.rowCount() or theme().reduced_motion:
            return
        top, bottom = max(0, self.rowAt(area.top())), self.rowAt(area.bottom())
        for row in range(top, (bottom if bottom >= 0 else model.rowCount() - 1) + 1):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                if self.cases_model().state_at(index) == "writing":
                    self.viewport().update(self.visualRect(index))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frames.stop()
