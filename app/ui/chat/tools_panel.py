"""The panel that selects which tools the model may call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import Space
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Panel
from app.ui.widgets.switch import Switch


class ToolsPanel(Retranslated):
    """Has a switch for each tool.

    Signals:
        offered_changed: names of the tools offered to the model from now on.
    """

    offered_changed = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = Panel()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(Space.S16, 0, Space.S16, Space.S16)
        self._column.setSpacing(Space.S4)
        self._panel.body.addLayout(self._column)
        self._switches: dict[str, Switch] = {}
        self._descriptions: dict[str, Hint] = {}
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._panel)
        self.retranslate()

    def show_tools(self, names: Sequence[str], offered: Sequence[str]) -> None:
        """Show these tools, with those in `offered` switched on. Emits no signal."""
        for name in names:
            if name not in self._switches:
                self._add(name)
            switch = self._switches[name]
            blocked = switch.blockSignals(True)
            switch.setChecked(name in offered)
            switch.blockSignals(blocked)
        self.retranslate()

    def _add(self, name: str) -> None:
        switch = self._switches[name] = Switch(name)
        switch.toggled.connect(self._emit_offered)
        description = self._descriptions[name] = Hint(wrap=True)
        self._column.addWidget(switch)
        self._column.addWidget(description)
        self._column.addSpacing(Space.S8)

    def _emit_offered(self) -> None:
        self.offered_changed.emit([name for name, switch in self._switches.items() if switch.isChecked()])

    def retranslate(self) -> None:
        self._panel.set_title(QCoreApplication.translate("Tools", "Tools"))
        descriptions = {
            "get_current_time": QCoreApplication.translate("Tools", "Date, time and weekday, here or anywhere."),
            "calculate": QCoreApplication.translate("Tools", "Exact arithmetic and a few functions."),
            "convert_units": QCoreApplication.translate("Tools", "Lengths, weights, temperatures and more."),
        }
        for name, hint in self._descriptions.items():
            hint.setText(descriptions.get(name, ""))
