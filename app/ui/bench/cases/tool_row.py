"""The row between bar and table: filters, checks, and with which models the cases are run."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.services.bench.case_counts import CASE_FILTERS, CaseFilter
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.flow_layout import FlowLayout


class ToolRow(Retranslated):
    """Filters as chips, then the checks of the set, then what to add.

    Signals:
        filtered: the name of a filter.
        check_opened: the id of a check.
    """

    filtered = Signal(str)
    check_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._counts: Mapping[CaseFilter, int] = {}
        self._pair: tuple[str, str] | None = None
        self._filter: CaseFilter = "all"
        self.chips: dict[CaseFilter, Chip] = {name: Chip("") for name in CASE_FILTERS}
        self._checks: list[Chip] = []
        self.add_check = GhostButton("", Icon.PLUS)
        self.settings = GhostButton("", Icon.SLIDERS)
        self._flow = FlowLayout(self, gap=Space.S8)
        self._flow.setContentsMargins(Space.S12, Space.S4, Space.S12, Space.S8)
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _checked, name=name: self._press(name))
            self._flow.addWidget(chip)
        self._tail = (self.add_check, self.settings)
        for widget in self._tail:
            self._flow.addWidget(widget)
        self.retranslate()

    def _press(self, name: CaseFilter) -> None:
        self.show_filter(name)
        self.filtered.emit(name)

    def show_filter(self, name: CaseFilter) -> None:
        self._filter = name
        for each, chip in self.chips.items():
            chip.setChecked(each == name)

    def show_counts(self, counts: Mapping[CaseFilter, int], pair: tuple[str, str] | None) -> None:
        """Show how many cases each filter leaves; `pair` are the versions that may disagree, None without two."""
        if (dict(self._counts), self._pair) == (dict(counts), pair):
            return
        self._counts, self._pair = dict(counts), pair
        self._name_chips()

    def show_checks(self, checks: list[tuple[str, str]]) -> None:
        """Show the checks of the set: id and name of each."""
        if [(chip.property("check"), chip.text()) for chip in self._checks] == checks:
            return
        for chip in self._checks:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for widget in self._tail:
            self._flow.removeWidget(widget)
        self._checks = []
        for check_id, name in checks:
            chip = Chip(name, Icon.CHECK, self, checkable=False)
            chip.setProperty("check", check_id)
            chip.setAccessibleName(QCoreApplication.translate("Cases", "Check: {name}").format(name=name))
            chip.clicked.connect(lambda _checked=False, check_id=check_id: self.check_opened.emit(check_id))
            self._checks.append(chip)
        every: tuple[QWidget, ...] = (*self._checks, *self._tail)
        for each in every:
            self._flow.addWidget(each)
            each.show()
        self.updateGeometry()

    def show_models(self, text: str) -> None:
        """Name the models that answer and judge."""
        self.settings.setText(text)
        name = QCoreApplication.translate("Cases", "Run settings: {models}")
        self.settings.setAccessibleName(name.format(models=text))

    def _name_chips(self) -> None:
        labels: dict[CaseFilter, str] = {
            "all": QCoreApplication.translate("Cases", "All {n}"),
            "failed": QCoreApplication.translate("Cases", "Failed {n}"),
            "disagree": QCoreApplication.translate("Cases", "{a} and {b} disagree {n}"),
            "not-run": QCoreApplication.translate("Cases", "Not run {n}"),
        }
        first, second = self._pair or ("", "")
        for name, chip in self.chips.items():
            chip.setText(labels[name].format(n=self._counts.get(name, 0), a=first, b=second))
            chip.setAccessibleName(chip.text())
        self.chips["disagree"].setVisible(self._pair is not None)
        self.updateGeometry()

    def retranslate(self) -> None:
        self._name_chips()
        self.add_check.setText(QCoreApplication.translate("Cases", "Add check"))
        self.add_check.setAccessibleName(self.add_check.text())
        if not self.settings.text():
            self.show_models(QCoreApplication.translate("Cases", "Run settings"))
        self.show_filter(self._filter)


class RowTools(Retranslated):
    """Below the table: what adds and removes rows and columns of values."""

    def __init__(self) -> None:
        super().__init__()
        self.add_case, self.remove_case = GhostButton("", Icon.PLUS), GhostButton("", Icon.TRASH)
        self.add_variable = GhostButton("", Icon.PLUS)
        flow = FlowLayout(self, gap=Space.S8)
        flow.setContentsMargins(Space.S12, Space.S4, Space.S12, Space.S4)
        for button in (self.add_case, self.remove_case, self.add_variable):
            flow.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        for button, text in (
            (self.add_case, QCoreApplication.translate("Cases", "Add case")),
            (self.remove_case, QCoreApplication.translate("Cases", "Remove case")),
            (self.add_variable, QCoreApplication.translate("Cases", "Add variable")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
