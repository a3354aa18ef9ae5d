"""The Cases page of the bench."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.bench.cases.cell_panel import CellPanel
from app.ui.bench.cases.check_form import CheckForm
from app.ui.bench.cases.model import CaseModel
from app.ui.bench.cases.run_bar import RunBar
from app.ui.bench.cases.run_form import RunForm
from app.ui.bench.cases.table import CaseTable
from app.ui.bench.cases.tool_row import RowTools, ToolRow
from app.ui.bench.cases.value_form import ValueForm
from app.ui.bench.cases.version_form import VersionForm
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.scroll_area import ScrollArea

PanelName = Literal["cell", "check", "value", "version", "run"]
PANEL_WIDTH = 372
"""Logical pixels of the side panel."""
_NARROW = 700
"""Below this width of the page, the side panel takes the place of the table."""


class CasesPage(Retranslated):
    """A table of cases, run against versions of a prompt.

    Attributes:
        head: what stands beside the tabs while the page is shown.

    Signals:
        edit_requested: prompt, index of the version that the edit begins with, and a note that names the case.
        set_wanted: the id of a set that is to be shown.
        retranslated: the language changed; the presenter sets its texts again.
    """

    edit_requested = Signal(str, int, str)
    set_wanted = Signal(str)
    retranslated = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = QWidget()
        self.import_cases, self.export = Button("", Icon.UPLOAD), Button("", Icon.DOWNLOAD)
        self.add_version = Button("", Icon.PLUS)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addStretch(1)
        for button in (self.import_cases, self.export, self.add_version):
            row.addWidget(button)
        self.bar, self.tools, self.rows = RunBar(), ToolRow(), RowTools()
        self.notice = InlineNotice(dismissable=True)
        self.model, self.table = CaseModel(), CaseTable()
        self.table.setModel(self.model)
        self.empty = EmptyState(Icon.GRID, "")
        self.cell, self.check, self.value = CellPanel(), CheckForm(), ValueForm()
        self.version, self.run = VersionForm(), RunForm()
        self._forms: dict[PanelName, QWidget] = {
            "cell": self.cell, "check": self.check, "value": self.value, "version": self.version, "run": self.run,
        }  # fmt: skip
        self._stack = QStackedWidget()
        for form in self._forms.values():
            self._stack.addWidget(form)
        for panel in (self.cell, self.check, self.value, self.version, self.run):
            panel.close_button.clicked.connect(self.close_panel)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self._main, self._side = Panel(), Panel()
        for panel in (self._main, self._side):
            # What scrolls must not paint over the round corners.
            panel.body.setContentsMargins(0, Space.S6, 0, Space.S6)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(Space.S12, 0, Space.S12, 0)
        above.addWidget(self.notice)
        column.addWidget(self.bar)
        column.addWidget(Divider())
        column.addLayout(above)
        column.addWidget(self.tools)
        column.addWidget(Divider())
        column.addWidget(EmptyStateContainer(self.table, self.empty), 1)
        column.addWidget(Divider())
        column.addWidget(self.rows)
        # A low page scrolls as a whole, so that the table keeps room for its titles and some rows.
        self._main.body.addWidget(ScrollArea(content, fill="surface"), 1)
        self._side.body.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S12)
        row.addWidget(self._main, 1)
        row.addWidget(self._side)
        self._side.hide()
        theme().changed.connect(self._fit)

    # -- the side panel -------------------------------------------------------------------------------------------

    def open_panel(self, name: PanelName) -> None:
        """Show a page of the side panel."""
        self._stack.setCurrentWidget(self._forms[name])
        self._side.show()
        self._fit()

    def close_panel(self) -> None:
        focused = self.window().focusWidget()
        had_focus = focused is not None and self._side.isAncestorOf(focused)
        self._side.hide()
        self._fit()
        if had_focus:
            self.table.setFocus()

    def panel(self) -> PanelName | None:
        """The page of the side panel that is shown; None while it is closed."""
        if self._side.isHidden():
            return None
        return next(name for name, form in self._forms.items() if form is self._stack.currentWidget())

    @property
    def is_narrow(self) -> bool:
        """Whether the side panel takes the place of the table."""
        return self.width() < theme().px(_NARROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the side panel."""
        if event.key() == Qt.Key.Key_Escape and self.panel() is not None:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show table and panel beside each other, or where that is too narrow the panel alone."""
        narrow = self.is_narrow
        self._main.setVisible(not narrow or self._side.isHidden())
        self._side.setMinimumWidth(0 if narrow else theme().px(PANEL_WIDTH))
        self._side.setMaximumWidth((1 << 24) - 1 if narrow else theme().px(PANEL_WIDTH))
        self._name_head()

    def _name_head(self) -> None:
        """Show the buttons beside the tabs as icons alone where there is little room."""
        narrow = self.is_narrow
        for button, text in (
            (self.import_cases, QCoreApplication.translate("Cases", "Import cases")),
            (self.export, QCoreApplication.translate("Cases", "Export results")),
            (self.add_version, QCoreApplication.translate("Cases", "Add prompt version")),
        ):
            button.setText("" if narrow else text)
            button.setAccessibleName(text)
            button.setToolTip(text if narrow else "")

    # -- texts ----------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self._name_head()
        self.table.setAccessibleName(QCoreApplication.translate("Cases", "Case table"))
        self.empty.set_words(
            QCoreApplication.translate(
                "Cases",
                "Try prompts on many inputs: each row is a case, each column a version of a prompt, "
                "and every answer is checked.",
            ),
            QCoreApplication.translate("Cases", "Add first case"),
        )
        self.model.retranslate()
        self.retranslated.emit()
