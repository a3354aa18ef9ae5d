"""The list of tools: each row has a switch that chooses the tool for the open conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, Space
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.switch import paint_switch

_Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 46
"""Logical pixels before text scaling."""
_SWITCH_WIDTH, _SWITCH_HEIGHT = 34, 20


class ToolRowModel(RowModel):
    """Rows that can be checked: a checked tool is offered in the open conversation.

    Signals:
        toggled: the key of a row and whether the user wants it on.
    """

    toggled = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._checks: dict[str, bool] = {}

    def set_tools(self, rows: Sequence[Row], checks: Mapping[str, bool]) -> None:
        """Show these rows; one without an entry in `checks` can't be switched."""
        changed = {key for key in {*self._checks, *checks} if self._checks.get(key) != checks.get(key)}
        self._checks = dict(checks)
        self.set_rows(rows)
        for place, row in enumerate(rows):
            if row.key in changed:
                self.dataChanged.emit(self.index(place), self.index(place))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.data(RowRole.KEY) in self._checks else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            on = self._checks.get(self.rows()[index.row()].key, False)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a row to be switched. The presenter shows the result."""
        key = index.data(RowRole.KEY)
        if role != Qt.ItemDataRole.CheckStateRole or key not in self._checks:
            return False
        # Qt's accessibility passes a plain number, or whether it is to be on.
        self.toggled.emit(key, bool(value.value if isinstance(value, Qt.CheckState) else value))
        return True


class ToolRowDelegate(RowDelegate):
    """Paints a switch at the right of a row, and toggles it by a click or the space bar."""

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        switch = _switch_area(row)
        super().paint_content(painter, row.adjusted(0, 0, switch.left() - row.right(), 0), index, selected)
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            painter.setOpacity(DISABLED_OPACITY)
        paint_switch(painter, switch, on)
        painter.setOpacity(1.0)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable or not self._is_toggle(event, option, index):
            return False
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)

    def _is_toggle(self, event: QEvent, option: QStyleOptionViewItem, index: _Index) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            area = QRectF(option.rect)
            area.setTop(area.bottom() - theme().px(self._height))
            row = area.adjusted(self.MARGIN, 1, -self.MARGIN, -1)
            reach = Space.S6
            target = _switch_area(row).adjusted(-reach, -reach, reach, reach)
            return event.button() == Qt.MouseButton.LeftButton and target.contains(event.position())
        return False


class ToolList(RowList):
    """All tools in sections. Selecting shows a tool; its switch is toggled by a click on it or the space bar.

    Signals:
        toggled: the key of a row and whether the user wants it on.
    """

    toggled = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__("")
        self._rows = ToolRowModel()
        self._rows.toggled.connect(self.toggled)
        self.setItemDelegate(ToolRowDelegate(self, height=ROW_HEIGHT))
        self.setModel(self._rows)

    def show_tools(self, rows: Sequence[Row], checks: Mapping[str, bool]) -> None:
        """Show these rows; one without an entry in `checks` can't be switched."""
        self._rows.set_tools(rows, checks)

    def keys(self) -> list[str]:
        """The keys of the rows, from top to bottom."""
        return [row.key for row in self._rows.rows()]


def _switch_area(row: QRectF) -> QRectF:
    wide, tall = theme().px(_SWITCH_WIDTH), theme().px(_SWITCH_HEIGHT)
    return QRectF(row.right() - wide - Space.S12, row.center().y() - tall / 2, wide, tall)
