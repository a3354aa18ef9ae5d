"""The tab that writes takes as files: options at the left, the names that come of them at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.settings import Settings
from app.ui.retranslate import Retranslated
from app.ui.studio.export.columns import Columns
from app.ui.studio.export.form import RunButton
from app.ui.studio.export.options_panel import ExportOptionsPanel
from app.ui.texts.export import progress_text
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.labels import Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.thin_bar import ThinBar


class FilesTab(Retranslated):
    """Options, and the files with the button that writes them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._progress: tuple[int, int] | None = None
        self._runs = False
        self.options = ExportOptionsPanel(settings)
        self.files, self.model = RowList(""), RowModel()
        self.files.setModel(self.model)
        self._panel = Panel()
        self._empty = EmptyState(Icon.DOWNLOAD, "")
        self.notice = InlineNotice(dismissable=True)
        self.progress, self.bar = Hint(), ThinBar()
        self.bar.hide()
        self.run = RunButton()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self._panel.body.addWidget(EmptyStateContainer(self.files, self._empty), 1)
        foot, told = QHBoxLayout(), QVBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S4)
        foot.setSpacing(Space.S12)
        told.setSpacing(Space.S4)
        told.addWidget(self.progress)
        told.addWidget(self.bar)
        foot.addLayout(told, 1)
        foot.addWidget(self.run, 0, Qt.AlignmentFlag.AlignVCenter)
        said = QHBoxLayout()
        said.setContentsMargins(Space.S12, 0, Space.S12, Space.S4)
        said.addWidget(self.notice)
        self._panel.body.addLayout(said)
        self._panel.body.addWidget(Divider())
        self._panel.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Columns(self.options, self._panel))

    def show_files(self, rows: Sequence[Row]) -> None:
        """List the files that will be, or were, written."""
        self.model.set_rows(rows)

    def show_progress(self, progress: tuple[int, int] | None, *, runs: bool) -> None:
        """Show how many of all files are written, None before any is; `runs`: whether they are being written."""
        self._progress, self._runs = progress, runs
        self.options.set_locked(runs)
        self.bar.setVisible(runs)
        if progress is not None:
            self.bar.setRange(0, progress[1])
            self.bar.setValue(progress[0])
        self._show_state()

    def _show_state(self) -> None:
        self.progress.setText(progress_text(*self._progress) if self._progress is not None else "")
        stop = QCoreApplication.translate("Export", "Stop export")
        self.run.show_state(
            stop if self._runs else QCoreApplication.translate("Export", "Export takes"), runs=self._runs
        )

    def retranslate(self) -> None:
        self.options.retranslate()
        self._panel.set_title(QCoreApplication.translate("Export", "Files"))
        self.files.setAccessibleName(QCoreApplication.translate("Export", "Files to export"))
        self.bar.setAccessibleName(QCoreApplication.translate("Export", "Export progress"))
        self._empty.set_words(
            QCoreApplication.translate("Export", "Select takes in the studio. Their files are listed here by name.")
        )
        self._show_state()
