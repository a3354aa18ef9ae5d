"""A list model of rows with a title, a subtitle, a badge, an icon and a section."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from app.ui.theme.icons import Icon
from app.ui.widgets.chips import Kind
from app.ui.widgets.presentation_cover import presentation_cover

_Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """The roles of a row besides the title (`DisplayRole`)."""

    KEY = Qt.ItemDataRole.UserRole + 1
    SUBTITLE = Qt.ItemDataRole.UserRole + 2
    BADGE = Qt.ItemDataRole.UserRole + 3
    BADGE_KIND = Qt.ItemDataRole.UserRole + 4
    SECTION = Qt.ItemDataRole.UserRole + 5
    ICON = Qt.ItemDataRole.UserRole + 6
    FOUND = Qt.ItemDataRole.UserRole + 7
    MARKS = Qt.ItemDataRole.UserRole + 8


class Row(NamedTuple):
    """One row, identified by `key`.

    `found` is a search query whose first match is highlighted; `marks` are indexes of characters of the title.
    """

    key: str
    title: str
    subtitle: str = ""
    badge: str = ""
    badge_kind: Kind = "neutral"
    section: str = ""
    icon: Icon | None = None
    found: str = ""
    marks: tuple[int, ...] = ()


class RowModel(QAbstractListModel):
    """A list of rows; `set_rows` updates rows in place if the keys are the same, so that the view does not jump."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        super().__init__()
        self._rows = list(rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        rows = list(rows)
        if [row.key for row in rows] == [row.key for row in self._rows]:
            changed = [index for index, row in enumerate(rows) if row != self._rows[index]]
            self._rows = rows
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rows(self) -> Sequence[Row]:
        return tuple(self._rows)

    def row_of(self, key: str) -> int:
        """The index of the row with this key, -1 if there is none."""
        return next((index for index, row in enumerate(self._rows) if row.key == key), -1)

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
                return presentation_cover().mask(
                    ", ".join(part for part in (row.title, row.badge, row.subtitle) if part)
                )
            case Qt.ItemDataRole.ToolTipRole:
                return presentation_cover().mask(row.title)
            case RowRole.KEY:
                return row.key
            case RowRole.SUBTITLE:
                return presentation_cover().mask(row.subtitle)
            case RowRole.BADGE:
                return presentation_cover().mask(row.badge)
            case RowRole.BADGE_KIND:
                return row.badge_kind
            case RowRole.SECTION:
                return presentation_cover().mask(row.section)
            case RowRole.ICON:
                return row.icon
            case RowRole.FOUND:
                return row.found
            case RowRole.MARKS:
                return row.marks if presentation_cover().mask(row.title) == row.title else ()
        return None
