"""Lists the checks of a sample, one row each: its name, the finding with advice, and the grade."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.services.speech.sample_editor import OPTIONAL_CHECKS, Check
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 30
_NAME_WIDTH = 130


class _CheckDelegate(RowDelegate):
    MARGIN = 0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, height=_ROW_HEIGHT)

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        line = row.adjusted(Space.S12, 0, -Space.S12, 0)
        line.setRight(self._paint_badge(painter, line, str(index.data(RowRole.BADGE)), index.data(RowRole.BADGE_KIND)))
        name = QRectF(line)
        name.setWidth(min(theme().px(_NAME_WIDTH), line.width() / 2))
        self._paint_line(painter, name, theme().font(Type.CONTROL), "text", str(index.data()))
        line.setLeft(name.right() + Space.S8)
        ink = "soft_text" if selected else "text2"
        self._paint_line(painter, line, theme().font(Type.SMALL), ink, str(index.data(RowRole.SUBTITLE)))


class CheckList(RowList):
    """A list always tall enough for every check, so that none is cut off and the layout does not jump."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_CheckDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def restyle(self) -> None:
        super().restyle()
        self.fit()

    def fit(self) -> None:
        """Be as tall as the usual checks, or as all rows if there are more."""
        rows = self.model().rowCount() if self.model() is not None else 0
        self.setFixedHeight(max(rows, len(Check) - len(OPTIONAL_CHECKS)) * theme().px(_ROW_HEIGHT) + 2)
