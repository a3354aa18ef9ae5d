"""Tables that are wider than their message scroll sideways on their own.

The whole message stays one text document, so that selecting, copying and searching go through its tables. Only what is
seen is moved: `QTextEdit` paints and takes mouse events relative to its horizontal scroll bar, which is never shown,
and which is set to the offset of a table while that table is painted or under the mouse.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.markdown.tables import DrawnTable
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space

KEY_STEP = 40
"""Logical pixels, before text scaling, by which an arrow key or one line of the wheel scrolls."""
WHEEL_NOTCH = 120
"""Angle of one notch of the wheel, in eighths of a degree."""
WHEEL_LINES = 3


class TableScrollBar(QScrollBar):
    """The scroll bar below a table. The mouse wheel scrolls the page also over the bar."""

    ring_radius = 4

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setInvertedControls(False)  # else the Left key scrolls to the right (Qt 6.11)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()  # they scroll the page
        else:
            super().keyPressEvent(event)


class _WideTable(NamedTuple):
    """A table with its scroll bar. `area` is what is seen of it, in coordinates of the viewport."""

    area: QRect
    bar: TableScrollBar


class ScrollingTables(ReadingText):
    """Read-only text whose wide tables scroll sideways. Call `place_tables` whenever tables or the width changed."""

    def __init__(self, parent: QWidget | None = None, *, ground: str = "bg") -> None:
        self._wide_tables: list[_WideTable] = []
        self._bars: dict[int, TableScrollBar] = {}  # by the number of the table within the document
        super().__init__(parent, ground=ground)
        self.horizontalScrollBar().valueChanged.connect(self._stay_at_left)
        self.cursorPositionChanged.connect(self._show_selection)

    def place_tables(self, tables: list[DrawnTable]) -> None:
        """Give each of these tables that does not fit a scroll bar, which keeps its value."""
        width = self.viewport().width()
        wide = {number: table for number, table in enumerate(tables) if table.left + table.width > width + 1}
        if not wide and not self._wide_tables:
            return
        for number in [number for number in self._bars if number not in wide]:
            self._bars.pop(number).deleteLater()
        before, self._wide_tables = self._wide_tables, []
        for number, table in wide.items():
            bar = self._bars.get(number)
            if bar is None:
                bar = self._bars[number] = TableScrollBar(self.viewport())
                bar.valueChanged.connect(self._table_scrolled)
                bar.show()
            self._wide_tables.append(_WideTable(self._place(table, bar), bar))
        self._name_bars()
        if before != self._wide_tables:
            self.viewport().update()

    def _place(self, table: DrawnTable, bar: TableScrollBar) -> QRect:
        """Put the bar below its table, and return the area of the table."""
        layout = self.document().documentLayout()
        bounds = QRectF()
        for strip in table.strips:
            bounds = bounds.united(layout.frameBoundingRect(strip))
        width = self.viewport().width() - table.left
        area = QRectF(table.left, bounds.top(), width, bounds.height()).toAlignedRect()
        bar.setRange(0, round(table.width - width))
        bar.setPageStep(width)
        bar.setSingleStep(theme().px(KEY_STEP))
        bar.setGeometry(table.left, area.bottom() + 1, width, bar.sizeHint().height())
        return area

    def _name_bars(self) -> None:
        name = QCoreApplication.translate("Markdown", "Scroll table")
        numbered = QCoreApplication.translate("Markdown", "Scroll table {n}")
        for number, table in enumerate(self._wide_tables, start=1):
            table.bar.setAccessibleName(name if number == 1 else numbered.format(n=number))

    def scroll_bar_height(self) -> int:
        """Logical pixels that the scroll bar of a table at the end of the text needs below it, else 0."""
        if not self._wide_tables:
            return 0
        return max(0, self._wide_tables[-1].bar.geometry().bottom() + 1 - int(self.document().size().height()))

    # -- positions

    def _table_at(self, y: float) -> _WideTable | None:
        return next((table for table in self._wide_tables if table.area.top() <= y <= table.area.bottom()), None)

    @contextmanager
    def _scrolled(self, table: _WideTable | None) -> Iterator[None]:
        """Let QTextEdit's coordinates be those of a scrolled table."""
        bar = self.horizontalScrollBar()
        with QSignalBlocker(bar):
            if table is not None:
                bar.setMaximum(max(bar.maximum(), table.bar.value()))
                bar.setValue(table.bar.value())
            try:
                yield
            finally:
                bar.setValue(0)

    def _stay_at_left(self, value: int) -> None:
        """Undo Qt's scrolling to a text cursor in a wide table, which would move the whole message."""
        if value:
            self.horizontalScrollBar().setValue(0)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(0, dy)

    def _table_scrolled(self) -> None:
        self.viewport().update()

    def _show_selection(self) -> None:
        """Scroll the table in which something is selected so that the selection is in view.

        Drawing more text moves the cursor too, but selects nothing.
        """
        cursor = self.textCursor()
        if not self._wide_tables or not cursor.hasSelection():
            return
        offset = self.horizontalScrollBar().value()
        here = self.cursorRect(cursor).translated(offset, 0)
        table = self._table_at(here.center().y())
        if table is None:
            return
        start = QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        there = self.cursorRect(start).translated(offset, 0)
        # A match of Find is shown from its beginning, if it fits.
        first = there if there.top() == here.top() and abs(here.x() - there.x()) < table.area.width() // 2 else here
        margin = theme().px(Space.S16)
        left, right = min(first.x(), here.x()) - margin, max(first.x(), here.x()) + margin
        begin = table.area.left() + table.bar.value()
        if left < begin:
            table.bar.setValue(left - table.area.left())
        elif right > begin + table.area.width():
            table.bar.setValue(right - table.area.left() - table.area.width())

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._wide_tables or not any(
            table.bar.value() and table.area.intersects(event.rect()) for table in self._wide_tables
        ):
            super().paintEvent(event)
            return
        rect = event.rect()
        top = rect.top()
        for table in self._wide_tables:
            area = table.area.intersected(rect)
            if area.isEmpty():
                continue
            self._paint_part(rect, top, area.top())
            with self._scrolled(table):
                super().paintEvent(QPaintEvent(area))
            # The bars of quotes beside it.
            indent = QRect(rect.left(), area.top(), area.left() - rect.left(), area.height())
            if not indent.isEmpty():
                super().paintEvent(QPaintEvent(indent))
            top = area.bottom() + 1
        self._paint_part(rect, top, rect.bottom() + 1)

    def _paint_part(self, rect: QRect, top: int, bottom: int) -> None:
        if bottom > top:
            super().paintEvent(QPaintEvent(QRect(rect.left(), top, rect.width(), bottom - top)))

    # -- input

    def wheelEvent(self, event: QWheelEvent) -> None:
        table = self._table_at(event.position().y())
        delta = self._sideways(event)
        if table is None or not delta:
            super().wheelEvent(event)
            return
        table.bar.setValue(table.bar.value() - delta)
        event.accept()

    @staticmethod
    def _sideways(event: QWheelEvent) -> int:
        """The logical pixels by which the wheel or touchpad scrolls sideways: with Shift, or by a mostly level move."""
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

        def chosen(delta: QPoint) -> int:
            if abs(delta.x()) > abs(delta.y()):
                return delta.x()
            return delta.y() if is_shifted else 0

        if pixels := chosen(event.pixelDelta()):
            return pixels
        return round(chosen(event.angleDelta()) / WHEEL_NOTCH * WHEEL_LINES * theme().px(KEY_STEP))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        with self._scrolled(self._table_at(event.position().y())):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        with self._scrolled(self._table_at(event.position().y())):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        with self._scrolled(self._table_at(event.position().y())):
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        with self._scrolled(self._table_at(event.position().y())):
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        with self._scrolled(self._table_at(event.pos().y())):
            super().contextMenuEvent(event)
