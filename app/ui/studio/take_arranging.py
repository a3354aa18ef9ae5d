"""Lists the takes that pass the filter, and keeps a listed one selected."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.core.take_order import Arrangement
from app.ui.studio.takes_panel import TakesPanel


class TakeArranging(QObject):
    """Connects the filter of the takes to their list."""

    def __init__(self, panel: TakesPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._hidden_lead: str | None = None
        """The take that was selected when the filter left none to select."""
        panel.filter.changed.connect(self._arrange)
        panel.model.modelReset.connect(self._keep_selected)

    def _arrange(self, arrangement: Arrangement) -> None:
        panel = self._panel
        panel.model.arrange(arrangement)
        self._keep_selected()
        listed = panel.model.listed()
        if panel.list.selected_key() is None and listed:
            hidden, self._hidden_lead = self._hidden_lead, None
            panel.list.go_to(hidden if hidden and panel.model.row_of(hidden) is not None else listed[0].id)

    def _keep_selected(self) -> None:
        """Select the first listed take if the selected one is filtered out, so that buttons have a target."""
        panel = self._panel
        selected = panel.list.selected_key()
        if panel.model.take(selected) is None or panel.model.row_of(selected) is not None:
            return
        listed = panel.model.listed()
        if listed:
            panel.list.go_to(listed[0].id)
        else:
            self._hidden_lead = selected
            panel.list.clear_selection()
