"""The jobs as the rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.ui.jobs.rows import JobRow
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import RowRole

_Index = QModelIndex | QPersistentModelIndex
JOB_ROLE = RowRole.FOUND + 1
"""The `JobRow` as it may be shown now."""


class JobModel(QAbstractListModel):
    """Rows that change in place as long as their order stays, so that the list does not jump."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[JobRow] = []

    def set_rows(self, rows: Sequence[JobRow]) -> None:
        before, now = self._rows, list(rows)
        if [row.key for row in before] != [row.key for row in now]:
            self.beginResetModel()
            self._rows = now
            self.endResetModel()
            return
        self._rows = now
        changed = [number for number, row in enumerate(now) if row != before[number]]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def rows(self) -> tuple[JobRow, ...]:
        """All rows, not masked."""
        return tuple(self._rows)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return presentation_cover().mask(row.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return presentation_cover().mask(row.spoken())
            case RowRole.KEY:
                return row.key
            case RowRole.SECTION:
                return row.section
            case _ if role == JOB_ROLE:
                return _masked(row)
        return None


def _masked(row: JobRow) -> JobRow:
    mask = presentation_cover().mask
    return row._replace(title=mask(row.title), line=mask(row.line), reason=mask(row.reason))
