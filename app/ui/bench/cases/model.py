"""The cases of a set as a table: columns of values, then a column for each version of a prompt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from html import escape
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.core.case_scores import NOT_RUN, CellScore
from app.core.cases import Case, CaseSet, CaseVersion, Cell
from app.services.bench.case_book import CaseBook, CellState
from app.services.bench.case_counts import CaseFilter
from app.ui.texts.cases import (
    cell_text,
    problem_text,
    shown_names,
    state_text,
    value_text,
    version_title,
)
from app.ui.widgets.presentation_cover import presentation_cover

_Index = QModelIndex | QPersistentModelIndex
SHOWN_CHARACTERS = 240
"""Of an answer or a value in a cell, which shows one line."""


class PaintedCell(NamedTuple):
    """What is painted in a cell: `state` is None for a value, whose row may be broken."""

    state: CellState | None
    line: str
    score: CellScore
    is_broken: bool


class CaseModel(QAbstractTableModel):
    """Shows an open set.

    Signals:
        value_edited: a case, a variable, and the value that was typed.
    """

    value_edited = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._book: CaseBook | None = None
        self._cases = CaseSet("")
        self._filter: CaseFilter = "all"
        self._rows: list[int] = []
        self._places: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._unsubscribe: Callable[[], None] = lambda: None

    # -- showing --------------------------------------------------------------------------------------------------

    def attach(self, book: CaseBook | None) -> None:
        """Show a set from now on."""
        self._unsubscribe()
        self._book = book
        self._unsubscribe = book.on_cells.subscribe(self._cells_changed) if book is not None else lambda: None
        self._filter = "all"
        self._reset()

    def sync(self) -> None:
        """The set was edited: show it as it is now, keeping the place where only values are others."""
        cases = self._book.cases if self._book is not None else CaseSet("")
        same_shape = (
            cases.id == self._cases.id
            and cases.variables == self._cases.variables
            and cases.versions == self._cases.versions
            and [case.id for case in cases.cases] == [case.id for case in self._cases.cases]
        )
        if not same_shape:
            self._reset()
            return
        self._cases = cases
        self._names = shown_names(cases.checks)
        self._all_changed()

    def set_filter(self, name: CaseFilter) -> None:
        if name != self._filter:
            self._filter = name
            self._reset()

    @property
    def filter(self) -> CaseFilter:
        return self._filter

    @property
    def cases(self) -> CaseSet:
        """The set as it is shown."""
        return self._cases

    def retranslate(self) -> None:
        self._names = shown_names(self._cases.checks)
        self._all_changed()

    def _reset(self) -> None:
        self.beginResetModel()
        self._cases = self._book.cases if self._book is not None else CaseSet("")
        self._names = shown_names(self._cases.checks)
        self._rows = [index for index, case in enumerate(self._cases.cases) if self._is_shown(case)]
        self._places = {self._cases.cases[index].id: row for row, index in enumerate(self._rows)}
        self.endResetModel()

    def _is_shown(self, case: Case) -> bool:
        return self._book.counts.row(case).matches(self._filter) if self._book is not None else True

    def _all_changed(self) -> None:
        if self._rows and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    def _cells_changed(self, cells: Collection[Cell]) -> None:
        if not cells:
            self._all_changed()
            return
        columns = {
            version.id: column for column, version in enumerate(self._cases.versions, len(self._cases.variables))
        }
        for cell in cells:
            row, column = self._places.get(cell.case_id), columns.get(cell.version_id)
            if row is not None and column is not None:
                index = self.index(row, column)
                self.dataChanged.emit(index, index)

    # -- places ---------------------------------------------------------------------------------------------------

    def case_at(self, row: int) -> Case | None:
        return self._cases.cases[self._rows[row]] if 0 <= row < len(self._rows) else None

    def number_at(self, row: int) -> int:
        """The number of a case in the set, from 1."""
        return self._rows[row] + 1

    def variable_at(self, column: int) -> str:
        """The variable of a column; empty for one of a version."""
        return self._cases.variables[column] if 0 <= column < len(self._cases.variables) else ""

    def version_at(self, column: int) -> CaseVersion | None:
        place = column - len(self._cases.variables)
        return self._cases.versions[place] if 0 <= place < len(self._cases.versions) else None

    def cell_at(self, index: _Index) -> Cell | None:
        case, version = self.case_at(index.row()), self.version_at(index.column())
        return Cell(case.id, version.id) if case is not None and version is not None else None

    def index_of(self, cell: Cell) -> QModelIndex:
        """The index of a cell; an invalid one if it is not shown."""
        row = self._places.get(cell.case_id)
        place = next((at for at, each in enumerate(self._cases.versions) if each.id == cell.version_id), None)
        return (
            self.index(row, len(self._cases.variables) + place)
            if row is not None and place is not None
            else (QModelIndex())
        )

    # -- model ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cases.variables) + len(self._cases.versions)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        # What is masked can't be typed into: what is typed would be mixed with it.
        if index.isValid() and self.variable_at(index.column()) and not presentation_cover().active:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self.number_at(section)) if section < len(self._rows) else None
        version = self.version_at(section)
        return presentation_cover().mask(version_title(version) if version is not None else self.variable_at(section))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        case = self.case_at(index.row()) if index.isValid() else None
        if case is None or self._book is None:
            return None
        name = self.variable_at(index.column())
        return self._value(case, name, index, role) if name else self._answer(case, index, role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        case, name = self.case_at(index.row()), self.variable_at(index.column())
        if case is None or not name or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != case.values.get(name, ""):
            self.value_edited.emit(case.id, name, str(value))
        return True

    def _value(self, case: Case, name: str, index: _Index, role: int) -> Any:
        value = case.values.get(name, "")
        match role:
            case Qt.ItemDataRole.EditRole:
                return value
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return presentation_cover().mask(value_text(name, case, self.number_at(index.row())))
            case Qt.ItemDataRole.ToolTipRole:
                text = problem_text(case.problem) if case.problem is not None else value[:2_000]
                return f"<p>{escape(presentation_cover().mask(text))}</p>" if text else ""
        return None

    def _answer(self, case: Case, index: _Index, role: int) -> Any:
        version = self.version_at(index.column())
        assert version is not None
        assert self._book is not None
        cell = Cell(case.id, version.id)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                state: CellState = self._book.state(cell)
                score: CellScore = self._book.score(cell) if state == "done" else NOT_RUN
                number = self.number_at(index.row())
                text = cell_text(version_title(version), number, state, self._line(cell), score.shown, self._names)
                return presentation_cover().mask(text)
            case Qt.ItemDataRole.ToolTipRole:
                return state_text(self._book.state(cell))
        return None

    # -- for the delegate, which asks for many cells in a frame ----------------------------------------------------

    @property
    def names(self) -> dict[str, str]:
        """The words for the checks by id."""
        return self._names

    def state_at(self, index: _Index) -> CellState | None:
        """The state of a cell with an answer; None for one with a value."""
        cell = self.cell_at(index)
        return self._book.state(cell) if cell is not None and self._book is not None else None

    def painted(self, row: int, column: int) -> PaintedCell:
        """What a cell shows now, found in one go."""
        case, place = self._cases.cases[self._rows[row]], column - len(self._cases.variables)
        mask = presentation_cover().mask
        if place < 0:
            text = case.values.get(self._cases.variables[column], "")
            return PaintedCell(None, mask(text)[:SHOWN_CHARACTERS], NOT_RUN, case.problem is not None)
        assert self._book is not None
        cell = Cell(case.id, self._cases.versions[place].id)
        state = self._book.state(cell)
        score = self._book.score(cell) if state == "done" else NOT_RUN
        return PaintedCell(state, mask(self._line(cell))[:SHOWN_CHARACTERS], score, False)

    def whole_text(self, index: _Index) -> str:
        """The whole value or answer of a cell."""
        case, name = self.case_at(index.row()), self.variable_at(index.column())
        if case is None or self._book is None:
            return ""
        if name:
            return case.values.get(name, "")
        cell = self.cell_at(index)
        result = self._book.shown(cell) if cell is not None else None
        return result.answer if result is not None else ""

    def _line(self, cell: Cell) -> str:
        """The beginning of an answer, as far as a cell can show it."""
        assert self._book is not None
        if cell in self._book.writing:
            return self._book.writing[cell][-SHOWN_CHARACTERS:]
        result = self._book.shown(cell)
        return result.answer[: 2 * SHOWN_CHARACTERS] if result is not None else ""
