"""The titles of the columns and rows of an audition grid: lists beside its table that scroll with it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QWheelEvent
from PySide6.QtWidgets import QListView, QScrollBar, QSizePolicy, QStyle, QStyleOptionViewItem, QWidget

from app.ui.studio.grid.cell_layout import COLUMN_TITLE_HEIGHT, GAP, ROW_TITLE_WIDTH, cell_size
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel, RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex
_SUBTITLE_LINES = 3


class _TitleDelegate(RowDelegate):
    """A name and, smaller, what it is; as large as the cells beside it."""

    def __init__(self, titles: TitleList) -> None:
        super().__init__(titles)
        self._titles = titles

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._titles.title_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        colours, state = theme(), option.state
        box = QRectF(option.rect).adjusted(2, 2, 2 - GAP, -2 if self._titles.is_across else 2 - GAP)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if state & QStyle.StateFlag.State_MouseOver:
            paint_box(painter, box, Radius.CONTROL, colours.colour("raised"))
        if state & QStyle.StateFlag.State_HasFocus and self._titles.keyboard:
            paint_box(painter, box, Radius.CONTROL, None, colours.colour("accent"), 2)
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        tall, small_tall = QFontMetrics(title).height(), QFontMetrics(small).height()
        inner = box.adjusted(Space.S4, Space.S4, -Space.S4, 0)
        mask = presentation_cover().mask
        line = QRectF(inner.left(), inner.top(), inner.width(), tall)
        self._paint_line(painter, line, title, "soft_text" if selected else "text", mask(str(index.data())))
        below = QRectF(inner.left(), inner.top() + tall + 1, inner.width(), small_tall)
        subtitle, ink = mask(str(index.data(RowRole.SUBTITLE) or "")), "text2"
        if self._titles.is_across:
            self._paint_line(painter, below, small, ink, subtitle)
        else:
            below.setHeight(min(inner.bottom() - below.top(), small_tall * _SUBTITLE_LINES))
            painter.setFont(small)
            painter.setPen(colours.colour(ink))
            flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(below, flags, subtitle)
        painter.restore()


class TitleList(RowList):
    """The titles of one side of the grid. It is as long as they are, as far as there is room, and has no scroll bar."""

    def __init__(self, *, across: bool, parent: QWidget | None = None) -> None:
        self.is_across = across
        super().__init__("", parent)
        self.rows = RowModel()
        self.setModel(self.rows)
        self.setItemDelegate(_TitleDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight if across else QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        expanding, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(expanding if across else fixed, fixed if across else expanding)
        for change in (self.rows.modelReset, self.rows.rowsInserted, self.rows.rowsRemoved):
            change.connect(lambda *_arguments: self.fit())
        self.fit()

    def title_size(self) -> QSize:
        """The size of a title in pixels."""
        cell, px = cell_size(), theme().px
        if self.is_across:
            return QSize(cell.width(), px(COLUMN_TITLE_HEIGHT))
        return QSize(px(ROW_TITLE_WIDTH), cell.height())

    def scroll_with(self, bar: QScrollBar) -> None:
        """Follow the scroll bar of the table, and move it when a title is scrolled to."""
        own = self.horizontalScrollBar() if self.is_across else self.verticalScrollBar()
        bar.valueChanged.connect(own.setValue)
        own.valueChanged.connect(lambda value: bar.setValue(value))
        bar.rangeChanged.connect(lambda *_range: own.setValue(bar.value()))

    def sizeHint(self) -> QSize:
        """One title: the list grows to all of them where there is room."""
        return self.title_size() if self.rows.rowCount() else self.minimumSizeHint()

    def _whole(self) -> QSize:
        size, count = self.title_size(), self.rows.rowCount()
        if self.is_across:
            return QSize(size.width() * count, size.height())
        return QSize(size.width(), size.height() * count)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.title_size().height()) if self.is_across else QSize(self.title_size().width(), 0)

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "rows"):
            self.fit()

    def fit(self) -> None:
        """Be no longer than the titles."""
        size, whole = self.title_size(), self._whole()
        if self.is_across:
            self.setFixedHeight(size.height())
            self.setMaximumWidth(whole.width())
        else:
            self.setFixedWidth(size.width())
            self.setMaximumHeight(whole.height())
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The table scrolls; here nothing would be under the pointer.
        event.ignore()
