"""Paints a job: icon, title, mark, progress, figures and reason, and the buttons of rows that are not selected."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.jobs.actions import action_text
from app.ui.jobs.model import JOB_ROLE
from app.ui.jobs.painting import paint_bar, paint_button, paint_glyph, paint_mark
from app.ui.jobs.row_layout import (
    SECTION_HEIGHT,
    RowLayout,
    line_font,
    row_height,
    row_layout,
    title_font,
    wrapped_text,
)
from app.ui.jobs.rows import JobRow
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex
_MAX_HEIGHTS = 1_000


class JobDelegate(RowDelegate):
    """Paints the rows of a `JobList`.

    Attributes:
        hovered: key of the row and its action that are under the pointer.
    """

    def __init__(self, jobs: QListView) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self.hovered: tuple[str, str] | None = None
        self._heights: dict[tuple[object, ...], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._jobs.viewport().width()
        row, opens_section = index.data(JOB_ROLE), self._opens_section(index)
        key = (row.shape, width, opens_section)
        height = self._heights.get(key)
        if height is None:
            if len(self._heights) >= _MAX_HEIGHTS:
                self._heights.clear()
            height = self._heights[key] = row_height(row, width, opens_section=opens_section)
        return QSize(width, height)

    def forget_heights(self) -> None:
        """Measure all rows again: fonts or words changed."""
        self._heights.clear()

    def layout_of(self, index: _Index, area: QRect) -> RowLayout:
        """Where the parts of a row are that fills `area` with its heading."""
        top = theme().px(SECTION_HEIGHT) if self._opens_section(index) else 0
        return row_layout(index.data(JOB_ROLE), QRectF(area.adjusted(0, top, 0, 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        area, row = QRect(option.rect), index.data(JOB_ROLE)
        assert isinstance(row, JobRow)
        if self._opens_section(index):
            heading = QRect(area.left(), area.top(), area.width(), theme().px(SECTION_HEIGHT))
            self._paint_section(painter, heading, str(index.data(RowRole.SECTION)))
        places = self.layout_of(index, area)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ringed = bool(state & QStyle.StateFlag.State_HasFocus) and getattr(option.widget, "keyboard", False)
        self._paint_box(painter, places, row, selected=selected, ringed=ringed)
        if ringed:
            frame = places.box.adjusted(-RING - 1, -1, RING + 1, 1)
            paint_box(painter, frame, Radius.ROW + RING, None, theme().colour("accent"), RING)
        self._paint_parts(painter, places, row)
        if not selected:
            for action, spot in places.buttons.items():
                enabled = action not in row.off
                hot = enabled and self.hovered == (row.key, action)
                paint_button(painter, spot, action, action_text(action, row.failed), hot=hot, enabled=enabled)
        painter.restore()

    @staticmethod
    def _paint_box(painter: QPainter, places: RowLayout, row: JobRow, *, selected: bool, ringed: bool) -> None:
        colours = theme()
        if row.group == "decide":
            line = colours.colour("warn") if selected and not ringed else None
            paint_box(painter, places.box, Radius.ROW, colours.colour("warn_soft"), line)
        elif selected:
            paint_box(painter, places.box, Radius.ROW, colours.colour("raised"), colours.colour("line"))

    def _paint_parts(self, painter: QPainter, places: RowLayout, row: JobRow) -> None:
        colours = theme()
        paint_glyph(painter, row.icon, "warn" if row.group == "decide" else "text2", places.icon)
        self._paint_line(painter, places.title, title_font(), "text", row.title)
        if row.mark is not None:
            paint_mark(painter, places.mark, row.mark)
        if row.parts:
            paint_bar(painter, places.bar, row)
        self._paint_line(painter, places.line, line_font(), "text2", row.line)
        painter.setFont(line_font())
        painter.setPen(colours.colour("text2"))
        painter.drawText(places.cost, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.cost)
        if row.reason:
            wrapped_text(row.reason, places.reason.width()).draw(painter, places.reason.topLeft())
