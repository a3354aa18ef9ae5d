"""Shows only the starred takes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui.studio.takes_panel import TakesPanel


class StarFilter(QObject):
    """Hides takes without a star while the filter is on. Without a starred take, or for a new take, it goes off."""

    def __init__(self, panel: TakesPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        panel.starred.toggled.connect(lambda _on: self._apply(move=True))
        model = panel.model
        model.modelReset.connect(self._apply)
        model.dataChanged.connect(lambda *_: self._apply(move=True))
        model.rowsRemoved.connect(lambda *_: self._apply())
        model.rowsInserted.connect(lambda *_: self._show_new())
        self._apply()

    def _show_new(self) -> None:
        """A take that was just begun or restored is shown."""
        self._panel.starred.setChecked(False)
        self._apply()

    def _apply(self, *, move: bool = False) -> None:
        """Hide the rows; `move` selects a shown take if the selected one is hidden, so that buttons have a target."""
        panel, takes = self._panel, self._panel.model.takes()
        has_stars = any(take.stars for take in takes)
        panel.starred.setEnabled(has_stars)
        if not has_stars:
            panel.starred.setChecked(False)
        hidden = panel.starred.isChecked()
        shown = [take.id for take in takes if take.stars or not hidden]
        for row, take in enumerate(takes):
            panel.list.setRowHidden(row, hidden and not take.stars)
        if move and shown and panel.list.selected_key() not in (None, *shown):
            panel.list.select_key(shown[0])
            panel.list.row_selected.emit(shown[0])
