"""The header of the audition grid: its size, what filling it will take, and the button that fills and stops it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.audition_grids import AuditionGrid
from app.services.speech.grid_plan import FillPlan, GridProgress
from app.ui.retranslate import Retranslated
from app.ui.studio.grid.cell_layout import COLUMN_TITLE_HEIGHT
from app.ui.texts.grid import fill_name, fill_text, plan_text, progress_text, size_text, stop_name
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import IconButton, PrimaryButton, ordinary_look
from app.ui.widgets.labels import ElidedLabel, Hint, PanelTitle
from app.ui.widgets.painted_button import Look
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.thin_bar import ThinBar


class FillButton(PrimaryButton):
    """Fills the grid; while it does, it is an ordinary button that stops."""

    def __init__(self) -> None:
        self.stops = False
        super().__init__()

    def look(self) -> Look:
        return ordinary_look(self) if self.stops else super().look()

    def show_state(self, text: str, *, stops: bool) -> None:
        """Set the caption, and whether a press stops. The accessible name does not count."""
        self.stops = stops
        self.set_glyph(Icon.STOP if stops else None)
        self.setText(text)
        self.setAccessibleName(stop_name() if stops else fill_name())
        stop_width = QFontMetrics(self.font()).horizontalAdvance(stop_name())
        icon = theme().px(self.icon_size + self.gap)
        # As wide as it may get, so that what is beside it does not move when the grid is stopped.
        self.setMinimumWidth(stop_width + icon + theme().px(2 * self.padding))


class GridHeader(Retranslated):
    """Title, size, plan and Fill grid."""

    def __init__(self) -> None:
        super().__init__()
        self._plan = FillPlan("none", (), None)
        self._progress = GridProgress(0, 0, 0, 0, 0, False, None)
        self._grid = AuditionGrid("")
        self.back = IconButton(Icon.CHEVRON_LEFT, "")
        self._title = PanelTitle()
        self._size = Hint()
        self.axes = SegmentedChoice("")
        self.plan = ElidedLabel(size=Type.SMALL, ink="text2")
        self.plan.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.plan.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fill = FillButton()
        self._titles, self._acts = QWidget(), QWidget()
        titles, acts = QHBoxLayout(self._titles), QHBoxLayout(self._acts)
        for layout in (titles, acts):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(Space.S8)
        for widget in (self.back, self._title, self._size):
            titles.addWidget(widget)
        titles.addStretch(1)
        acts.addWidget(self.plan, 1)
        acts.addWidget(self.fill)
        self._rows = 0
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(Space.S12, Space.S4, Space.S16, Space.S8)
        self._cells.setHorizontalSpacing(Space.S12)
        self._cells.setVerticalSpacing(Space.S8)
        self.retranslate()

    def show_grid(self, grid: AuditionGrid) -> None:
        """Show the size of a grid."""
        self._grid = grid
        self._size.setText(size_text(grid))
        self.axes.set_key(grid.axes)
        self._fit()

    def show_plan(self, plan: FillPlan, progress: GridProgress) -> None:
        """Show what the next press will do."""
        self._plan, self._progress = plan, progress
        is_first = not progress.asked
        has_line = bool(self._grid.text.strip())
        self.plan.setText(plan_text(plan, progress, has_line=has_line))
        running = progress.is_running
        self.fill.show_state(fill_text(plan, is_running=running, is_first=is_first), stops=running)
        self.fill.setEnabled(running or (bool(plan.cells) and has_line))
        self.axes.setEnabled(not running)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Everything can stand below each other, so that it is no wider than the widest part."""
        margins = self._cells.contentsMargins()
        widest = max(part.minimumSizeHint().width() for part in (self._titles, self.axes, self._acts))
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Put everything in one row, or in two or three where it does not fit."""
        margins = self._cells.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        titles = self._titles.sizeHint().width() + Space.S12 + self.axes.sizeHint().width()
        acts = self._acts.sizeHint().width()
        rows = 1 if titles + 2 * Space.S12 + acts <= room else 2 if titles <= room else 3
        if rows == self._rows:
            return
        self._rows = rows
        for part in (self._titles, self.axes, self._acts):
            self._cells.removeWidget(part)
        left = Qt.AlignmentFlag.AlignLeft
        self._cells.addWidget(self._titles, 0, 0, 1, 1 if rows < 3 else 3)
        self._cells.addWidget(self.axes, 0 if rows < 3 else 1, 1 if rows < 3 else 0, left)
        self._cells.addWidget(self._acts, rows - 1, 2 if rows == 1 else 0, 1, 1 if rows == 1 else 3)
        self._cells.setColumnStretch(2, 1)
        self.updateGeometry()

    def retranslate(self) -> None:
        self.back.set_name(QCoreApplication.translate("Grid", "Back to the studio"))
        self._title.setText(QCoreApplication.translate("Grid", "Audition grid"))
        self.axes.set_name(QCoreApplication.translate("Grid", "Grid axes"))
        self.axes.set_choices(
            (
                ("directions", QCoreApplication.translate("Grid", "Voices × directions")),
                ("temperatures", QCoreApplication.translate("Grid", "Descriptions × temperature")),
            )
        )
        self.show_grid(self._grid)
        self.show_plan(self._plan, self._progress)


class GridCorner(Retranslated):
    """How far the grid is, in the corner between the titles."""

    def __init__(self) -> None:
        super().__init__()
        self._progress = GridProgress(0, 0, 0, 0, 0, False, None)
        self.text = Hint(wrap=True)
        self.bar = ThinBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S4, 0, Space.S12, Space.S6)
        column.setSpacing(Space.S2)
        column.addStretch(1)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        self.retranslate()
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the titles of the columns, so that no cell moves when the text takes two lines."""
        self.setFixedHeight(theme().px(COLUMN_TITLE_HEIGHT))

    def show_progress(self, progress: GridProgress) -> None:
        """Show how far the grid is; nothing before anything was asked for."""
        self._progress = progress
        self.text.setText(progress_text(progress))
        self.bar.setRange(0, max(1, progress.asked))
        self.bar.setValue(progress.ready)
        self.bar.setVisible(progress.asked > 0)

    def retranslate(self) -> None:
        self.bar.setAccessibleName(QCoreApplication.translate("Grid", "Cells ready"))
        self.show_progress(self._progress)
