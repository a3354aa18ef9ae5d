"""The page of the audition grid: header, line, titles, table and the bar that plays."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.audition_grids import AuditionGrid
from app.core.settings import Settings
from app.ui.retranslate import Retranslated
from app.ui.studio.grid.add_panel import AddPanel
from app.ui.studio.grid.bar import GridBar
from app.ui.studio.grid.header import GridCorner, GridHeader
from app.ui.studio.grid.line_panel import LinePanel
from app.ui.studio.grid.model import GridModel
from app.ui.studio.grid.table import GridTable
from app.ui.studio.grid.titles import TitleList
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.notice_area import NoticeArea, ScrollPastEnd
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.scroll_area import ScrollArea

_MOST = 1_000
"""Stretch of the titles, which take what room there is, as far as they need it."""


class GridPage(Retranslated):
    """Everything that is seen of an audition grid."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.header, self.line, self.corner = GridHeader(), LinePanel(), GridCorner()
        self.adding = AddPanel()
        self.notice = InlineNotice(dismissable=True)
        self.model, self.table = GridModel(), GridTable()
        self.table.setModel(self.model)
        self.voices, self.directions = TitleList(across=True), TitleList(across=False)
        self.voices.scroll_with(self.table.horizontalScrollBar())
        self.directions.scroll_with(self.table.verticalScrollBar())
        self._past_end = ScrollPastEnd(self.table.verticalScrollBar())
        self.add_voice, self.remove_voice = IconButton(Icon.PLUS, ""), IconButton(Icon.TRASH, "")
        self.add_direction, self.remove_direction = Button("", Icon.PLUS), IconButton(Icon.TRASH, "")
        for button in (self.add_voice, self.add_direction):
            button.setCheckable(True)
        self._empty = EmptyState(Icon.GRID, "")
        self.first_step = self._empty.step
        self.bar = GridBar(settings)
        self._grid = AuditionGrid("")
        self.setFocusProxy(self.table)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        panel = Panel()
        # What scrolls must not paint over the round corners.
        panel.body.setContentsMargins(0, Space.S8, 0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        outer.addWidget(panel)
        above = QVBoxLayout()
        above.setContentsMargins(Space.S16, 0, Space.S16, Space.S4)
        above.setSpacing(Space.S8)
        for widget in (self.line, self.adding, self.notice):
            above.addWidget(widget)
        columns = QHBoxLayout()
        columns.setSpacing(Space.S4)
        columns.addWidget(self.voices, _MOST)
        columns.addWidget(self.add_voice, 0, Qt.AlignmentFlag.AlignVCenter)
        columns.addWidget(self.remove_voice, 0, Qt.AlignmentFlag.AlignVCenter)
        columns.addStretch(1)
        rows = QVBoxLayout()
        rows.setSpacing(Space.S4)
        rows.addWidget(self.directions, _MOST)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S4)
        buttons.addWidget(self.add_direction)
        buttons.addWidget(self.remove_direction)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        rows.addStretch(1)
        self._shown = EmptyStateContainer(self.table, self._empty)
        self._cells = QGridLayout()
        self._cells.setContentsMargins(Space.S16, 0, Space.S8, Space.S4)
        self._cells.setHorizontalSpacing(Space.S8)
        self._cells.setVerticalSpacing(Space.S4)
        self._cells.addWidget(self.corner, 0, 0)
        self._cells.addLayout(columns, 0, 1)
        self._cells.addLayout(rows, 1, 0)
        self._cells.addWidget(self._shown, 1, 1)
        self._cells.setColumnStretch(1, 1)
        self._cells.setRowStretch(1, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(above)
        column.addLayout(self._cells, 1)
        panel.body.addWidget(ScrollArea(content, fill="surface"), 1)
        panel.body.addWidget(Divider())
        panel.body.addWidget(self.bar)

    def notice_area(self) -> NoticeArea:
        """The cells, which can be scrolled past what notifications cover."""
        return NoticeArea(self._shown, reserve=self._past_end.set_height)

    def show_grid(self, grid: AuditionGrid) -> None:
        """Show the line, the titles and the size of a grid. Its cells are shown by the model."""
        self._grid = grid
        self.header.show_grid(grid)
        self.line.show_line(grid.text)
        self.voices.rows.set_rows(self.model.column_rows())
        self.directions.rows.set_rows(self.model.direction_rows())
        self._name_sides()
        self.show_selected()

    def show_selected(self) -> None:
        """Mark the voice and the direction of the chosen cell."""
        cell = self.table.chosen()
        for titles, place, button in (
            (self.voices, cell.column if cell is not None else None, self.remove_voice),
            (self.directions, cell.row if cell is not None else None, self.remove_direction),
        ):
            if place is not None and str(place) != titles.selected_key():
                titles.select_key(str(place))
            selected = titles.selected_key()
            button.setEnabled(selected is not None and int(selected) < titles.rows.rowCount())

    def _name_sides(self) -> None:
        described, has_columns = self._grid.axes == "temperatures", bool(self._grid.columns)
        names = _described_names() if described else _voice_names()
        self.add_voice.set_name(names.add_column)
        self.remove_voice.set_name(names.remove_column)
        self.add_direction.setText(names.add_row)
        self.remove_direction.set_name(names.remove_row)
        self._empty.set_words(names.sentence, names.add_row if has_columns else names.add_column)

    def retranslate(self) -> None:
        # The notice is in the old language: clear it. It comes back if it still applies.
        self.notice.clear()
        self.table.setAccessibleName(QCoreApplication.translate("Grid", "Audition grid table"))
        self.voices.setAccessibleName(QCoreApplication.translate("Grid", "Grid voices"))
        self.directions.setAccessibleName(QCoreApplication.translate("Grid", "Grid directions"))
        self._name_sides()


class _SideNames(NamedTuple):
    add_column: str
    remove_column: str
    add_row: str
    remove_row: str
    sentence: str


def _voice_names() -> _SideNames:
    return _SideNames(
        QCoreApplication.translate("Grid", "Add voice"),
        QCoreApplication.translate("Grid", "Remove voice"),
        QCoreApplication.translate("Grid", "Add direction"),
        QCoreApplication.translate("Grid", "Remove direction"),
        QCoreApplication.translate(
            "Grid", "Choose voices and directions: each pair becomes a cell that speaks the line."
        ),
    )


def _described_names() -> _SideNames:
    return _SideNames(
        QCoreApplication.translate("Grid", "Add description"),
        QCoreApplication.translate("Grid", "Remove description"),
        QCoreApplication.translate("Grid", "Add temperature"),
        QCoreApplication.translate("Grid", "Remove temperature"),
        QCoreApplication.translate(
            "Grid", "Describe voices and choose temperatures: each pair becomes a cell that speaks the line."
        ),
    )
