"""The map of a conversation's branches: a list with a row for each leaf, beside the lines of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import ROW_HEIGHT, Space
from app.ui.widgets.labels import Hint
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel

SIZE = QSize(460, 420)
"""Logical pixels of the window, before text scaling."""
LANE_WIDTH = 18
DOT = 4
"""Logical pixels between two lines, and radius of a leaf."""
MAX_LANES = 6
"""Deeper branches share the last line, so that there is room for their words."""

_Index = QModelIndex | QPersistentModelIndex
_RAILS = Qt.ItemDataRole.UserRole + 20


class BranchLine(NamedTuple):
    """What is shown of a branch.

    Attributes:
        rails: as in `BranchRow`: for each depth up to its own, whether the line goes on below.
    """

    row: Row
    rails: tuple[bool, ...]


class _BranchModel(RowModel):
    def __init__(self) -> None:
        super().__init__()
        self._rails: list[tuple[bool, ...]] = []

    def set_lines(self, lines: Sequence[BranchLine]) -> None:
        self._rails = [line.rails for line in lines]
        self.set_rows([line.row for line in lines])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == _RAILS:
            return self._rails[index.row()]
        return super().data(index, role)


class _BranchDelegate(RowDelegate):
    """Paints the lines of the tree to the left of each row."""

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        rails = index.data(_RAILS) or (False,)
        lane = theme().px(LANE_WIDTH)
        left = row.left() + Space.S12
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Rows are painted with a gap of a pixel between them, and the lines cross it.
        top, middle, bottom = row.top() - 2, row.center().y(), row.bottom() + 2
        painter.setPen(QPen(theme().colour("text3"), 1.5))
        depth = len(rails) - 1

        def x(level: int) -> float:
            return left + min(level, MAX_LANES) * lane + lane / 2

        for level, goes_on in enumerate(rails[:-1]):
            if goes_on:
                painter.drawLine(QPointF(x(level), top), QPointF(x(level), bottom))
        if depth:
            bend = QPainterPath(QPointF(x(depth - 1), top))
            bend.quadTo(QPointF(x(depth - 1), middle), QPointF(x(depth), middle))
            painter.drawPath(bend)
        if rails[-1]:
            painter.drawLine(QPointF(x(depth), middle), QPointF(x(depth), bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("accent" if selected else "text3"))
        radius = theme().px(DOT)
        painter.drawEllipse(QPointF(x(depth), middle), radius, radius)
        words = row.adjusted(x(depth) + lane / 2 - row.left() - Space.S8, 0, 0, 0)
        super().paint_content(painter, words, index, selected)


class BranchesWindow(QDialog):
    """Lists the branches; selecting one shows it. The window stays open until Escape.

    Signals:
        branch_chosen: the id of the leaf of a branch.
    """

    branch_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = RowList("")
        self._model = _BranchModel()
        self.rows.setModel(self._model)
        self.rows.setItemDelegate(_BranchDelegate(self.rows, height=ROW_HEIGHT))
        self.rows.setUniformItemSizes(True)
        self.rows.row_selected.connect(self.branch_chosen)
        self._hint = Hint(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S8, Space.S12, Space.S8, Space.S12)
        column.setSpacing(Space.S8)
        column.addWidget(self.rows, 1)
        column.addWidget(self._hint)
        self._hint.setContentsMargins(Space.S8, 0, Space.S8, 0)
        self.resize(theme().px(SIZE.width()), theme().px(SIZE.height()))
        self.setFocusProxy(self.rows)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(QCoreApplication.translate("Branches", "Branches of this conversation"))
        self.rows.setAccessibleName(QCoreApplication.translate("Branches", "Branches"))
        self._hint.setText(
            QCoreApplication.translate("Branches", "Choose a branch to show it. Each dot is the end of one.")
        )

    def show_lines(self, lines: Sequence[BranchLine], visible: str | None) -> None:
        """Show these branches and select the visible one, given by its leaf."""
        self._model.set_lines(lines)
        self.rows.select_key(visible)
        self.rows.viewport().update()
