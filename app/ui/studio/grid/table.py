"""The table of an audition grid: the cell with the focus is the one that plays."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from app.core.audition_grids import Cell
from app.ui.studio.grid.cell_delegate import CellDelegate, retry_width
from app.ui.studio.grid.cell_layout import cell_areas, cell_size
from app.ui.studio.grid.model import CellRole, GridModel
from app.ui.theme.tokens import Space
from app.ui.widgets.hidden_rows import HiddenRows
from app.ui.widgets.themed import Themed

_FRAME_MS = 50
_ARROWS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip


class GridTable(HiddenRows, Themed, QTableView):
    """Cells of one size, of which only those in sight are painted.

    Signals:
        cell_chosen: the row and column of a cell, and whether the arrow keys led to it; not emitted by `choose`.
        play_pressed, star_pressed, make_pressed, delete_pressed: what to do with the chosen cell.
    """

    cell_chosen = Signal(int, int, bool)
    play_pressed = Signal()
    star_pressed = Signal()
    make_pressed = Signal()
    delete_pressed = Signal()
    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_updating = self._is_moving = False
        self._chosen: Cell | None = None
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._paint_going)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)
            header.hide()
        self.follow_theme()

    def setModel(self, model: GridModel) -> None:  # type: ignore[override]
        super().setModel(model)
        model.modelReset.connect(self._restore)
        self.selectionModel().selectionChanged.connect(self._report)

    def minimumSizeHint(self) -> QSize:
        """There is room for a cell and a scroll bar; a lower page scrolls as a whole."""
        size = cell_size()
        return QSize(size.width(), size.height() + Space.S16)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def restyle(self) -> None:
        size = cell_size()
        for header, length in ((self.horizontalHeader(), size.width()), (self.verticalHeader(), size.height())):
            header.setDefaultSectionSize(length)
        self.viewport().update()

    def chosen(self) -> Cell | None:
        """The cell with the focus."""
        return self._chosen

    def choose(self, cell: Cell | None) -> None:
        """Give a cell the focus without emitting `cell_chosen`; None or one that is not there takes it from all."""
        index = self.model().index(cell.row, cell.column) if cell is not None else QModelIndex()
        self._chosen = cell if index.isValid() else None
        self._is_updating = True
        if index.isValid():
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._make_current(index)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()
        self._is_updating = False

    def watch_going(self, *, going: bool) -> None:
        """Paint the cells that wait or speak again and again, because their times pass, while there are any."""
        if not going:
            self._frames.stop()
        elif self.isVisible() and not self._frames.isActive():
            self._frames.start()

    def update_cell(self, index: QModelIndex) -> None:
        """Paint one cell again, if it is in sight."""
        if index.isValid():
            self.viewport().update(self.visualRect(index))

    def _paint_going(self) -> None:
        for index in self._indexes_in_sight():
            if index.data(CellRole.STATE) in ("waiting", "speaking"):
                self.update_cell(index)

    def _indexes_in_sight(self) -> list[QModelIndex]:
        model, area = self.model(), self.viewport().rect()
        rows, columns = model.rowCount(), model.columnCount()
        if not rows or not columns:
            return []
        top, left = max(0, self.rowAt(area.top())), max(0, self.columnAt(area.left()))
        bottom, right = self.rowAt(area.bottom()), self.columnAt(area.right())
        return [
            model.index(row, column)
            for row in range(top, (bottom if bottom >= 0 else rows - 1) + 1)
            for column in range(left, (right if right >= 0 else columns - 1) + 1)
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        signals = {
            Qt.Key.Key_Space: self.play_pressed, Qt.Key.Key_Return: self.play_pressed,
            Qt.Key.Key_Enter: self.play_pressed, Qt.Key.Key_S: self.star_pressed, Qt.Key.Key_R: self.make_pressed,
            Qt.Key.Key_Delete: self.delete_pressed,
        }  # fmt: skip
        if plain and (signal := signals.get(Qt.Key(key))) is not None:
            if not event.isAutoRepeat():
                signal.emit()
            return
        self._is_moving = key in _ARROWS
        if self._is_moving and self._chosen is None and self.model().rowCount() and self.model().columnCount():
            self.setCurrentIndex(self.model().index(0, 0))
        else:
            super().keyPressEvent(event)
        self._is_moving = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        state = index.data(CellRole.STATE)
        areas = cell_areas(QRectF(self.visualRect(index)), retry_width())
        if state in ("ready", "speaking") and areas.play.contains(event.position()):
            self.play_pressed.emit()
        elif state == "ready" and areas.star.contains(event.position()):
            self.star_pressed.emit()
        elif state == "failed" and areas.retry.contains(event.position()):
            self.make_pressed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play a cell; a double click on a button of it is two clicks."""
        index = self.indexAt(event.position().toPoint())
        areas = cell_areas(QRectF(self.visualRect(index)), retry_width())
        if any(area.contains(event.position()) for area in (areas.play, areas.star, areas.retry)):
            self.mousePressEvent(event)
        elif index.isValid():
            self.play_pressed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and self._chosen is None and self.model().rowCount() and self.model().columnCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.choose(self._chosen)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frames.stop()
        self._make_current(QModelIndex())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.verticalScrollBar().setSingleStep(max(1, cell_size().height() // 3))
        return super().viewportEvent(event)

    def _make_current(self, index: QModelIndex) -> None:
        """Set the current cell. Assistive tools report it as focused, so a hidden table must not have one."""
        current = index if self.isVisible() else QModelIndex()
        self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _report(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        indexes = selected.indexes()
        if self._is_updating or not indexes:
            return
        index = indexes[0]
        # An assistive tool changes the selection only: also make the cell current and scroll to it.
        if self.currentIndex() != index:
            self._make_current(index)
        self.scrollTo(index)
        self._chosen = Cell(index.row(), index.column())
        self.cell_chosen.emit(index.row(), index.column(), self._is_moving)

    def _restore(self) -> None:
        self.choose(self._chosen)
