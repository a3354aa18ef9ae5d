"""The cells of an audition grid as a table model, and its columns and rows as list rows."""

from __future__ import annotations

from enum import IntEnum
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.core.audition_grids import Cell
from app.core.catalogue import catalogue
from app.core.takes import Take
from app.services.speech.open_grid import OpenGrid
from app.ui.texts.grid import (
    cell_accessible_text,
    cell_name,
    column_subtitle,
    column_titles,
    row_subtitle,
    row_titles,
)
from app.ui.texts.speech import take_content, take_cut_advice, take_failure
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import Row

_Index = QModelIndex | QPersistentModelIndex


class CellRole(IntEnum):
    """What the delegate paints."""

    STATE = Qt.ItemDataRole.UserRole + 1
    TAKE = Qt.ItemDataRole.UserRole + 2
    COUNT = Qt.ItemDataRole.UserRole + 3
    IS_PLAYING = Qt.ItemDataRole.UserRole + 4
    PLAYED = Qt.ItemDataRole.UserRole + 5
    ELAPSED = Qt.ItemDataRole.UserRole + 6
    EXPECTED = Qt.ItemDataRole.UserRole + 7
    IS_BLOCK = Qt.ItemDataRole.UserRole + 8


class GridModel(QAbstractTableModel):
    """Shows an open grid; the columns are its voices, the rows its directions."""

    def __init__(self) -> None:
        super().__init__()
        self._grid: OpenGrid | None = None
        self._rows = self._columns = 0
        self._playing = ""
        self._loaded = ""
        self._played = 0.0

    def attach(self, grid: OpenGrid) -> None:
        """Show a grid from now on."""
        self._grid = grid
        grid.on_layout.subscribe(self._on_layout)
        grid.on_cell.subscribe(self._on_cell)
        self._on_layout()

    def take(self, cell: Cell) -> Take | None:
        """The take that stands for a cell."""
        return self._grid.take(cell) if self._grid is not None else None

    def set_playing(self, take_id: str, *, is_playing: bool) -> None:
        """Mark the take that is loaded in the player, and whether it sounds; an empty id for none in the grid."""
        before = self._loaded
        playing = take_id if is_playing else ""
        if (take_id, playing) == (before, self._playing):
            return
        self._loaded, self._playing = take_id, playing
        for changed in {before, take_id} - {""}:
            self._emit(changed)

    def set_played(self, share: float) -> None:
        """Set how much of the loaded take was played, 0..1. Nobody is notified: it is painted with the next frame."""
        self._played = share

    def index_of(self, take_id: str) -> QModelIndex:
        """The index of the cell of a take; an invalid one if it is in none."""
        cell = self._grid.cell_of(take_id) if self._grid is not None else None
        return self.index(cell.row, cell.column) if cell is not None else QModelIndex()

    def name(self, cell: Cell) -> str:
        """Voice and direction of a cell."""
        return cell_name(self._column_title(cell.column), self._row_title(cell.row))

    def column_rows(self) -> list[Row]:
        """The columns as rows of a list."""
        grid = self._shown().grid
        columns = enumerate(zip(column_titles(grid), grid.columns, strict=True))
        return [Row(str(column), title, column_subtitle(voice)) for column, (title, voice) in columns]

    def direction_rows(self) -> list[Row]:
        """The rows as rows of a list."""
        grid = self._shown().grid
        return [Row(str(row), title, row_subtitle(grid, row)) for row, title in enumerate(row_titles(grid))]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self._grid is None:
            return None
        title = self._column_title if orientation == Qt.Orientation.Horizontal else self._row_title
        return presentation_cover().mask(title(section))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        grid = self._grid
        if not index.isValid() or grid is None:
            return None
        cell = Cell(index.row(), index.column())
        take, state = grid.take(cell), grid.state(cell)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                voice, direction = self._column_title(cell.column), self._row_title(cell.row)
                text = cell_accessible_text(voice, direction, state, take, len(grid.takes(cell)))
                return presentation_cover().mask(text)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(take)
            case CellRole.STATE:
                return state
            case CellRole.TAKE:
                return take
            case CellRole.COUNT:
                return len(grid.takes(cell))
            case CellRole.IS_PLAYING:
                return take is not None and take.id == self._playing
            case CellRole.PLAYED:
                return self._played if take is not None and take.id == self._loaded else 0.0
            case CellRole.ELAPSED:
                return grid.elapsed_seconds(cell)
            case CellRole.EXPECTED:
                return grid.expected_seconds(cell)
            case CellRole.IS_BLOCK:
                return take is not None and not (take.stream and catalogue().model(take.model).can("live"))
        return None

    @staticmethod
    def _tooltip(take: Take | None) -> str:
        if take is None:
            return ""
        lines = (take_failure(take), take_cut_advice(take), take_content(take))
        text = presentation_cover().mask("\n".join(dict.fromkeys(filter(None, lines))))
        # Escaped, because Qt renders a tooltip that looks like HTML.
        return f"<p>{escape(text)}</p>" if text else ""

    def _shown(self) -> OpenGrid:
        assert self._grid is not None
        return self._grid

    def _column_title(self, column: int) -> str:
        return column_titles(self._shown().grid)[column]

    def _row_title(self, row: int) -> str:
        return row_titles(self._shown().grid)[row]

    def _on_layout(self) -> None:
        """Columns and rows are other ones."""
        grid = self._shown().grid
        self.beginResetModel()
        self._columns = len(grid.columns)
        self._rows = grid.row_count if self._columns else 0
        self.endResetModel()

    def _on_cell(self, cell: Cell) -> None:
        index = self.index(cell.row, cell.column)
        self.dataChanged.emit(index, index)

    def _emit(self, take_id: str) -> None:
        index = self.index_of(take_id)
        if index.isValid():
            self.dataChanged.emit(index, index)
