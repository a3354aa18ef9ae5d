"""Shows only the starred takes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject

from app.ui.studio.takes_panel import TakesPanel


class StarFilter(QObject):
    """Hides takes without a star while the filter is on. Without a starred take, or for a new take, it goes off."""

    def __init__(self, panel: TakesPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._hides = False
        panel.starred.toggled.connect(lambda _on: self._apply(move=True))
        model = panel.model
        model.modelReset.connect(self._apply)
        model.dataChanged.connect(self._on_changed)
        model.rowsRemoved.connect(lambda *_: self._apply())
        model.rowsInserted.connect(lambda *_: self._show_new())
        self._apply()

    def _show_new(self) -> None:
        """A take that was just begun or restored is shown."""
        self._panel.starred.setChecked(False)
        self._apply()

    def _on_changed(self, first: QModelIndex, last: QModelIndex, _roles: object = None) -> None:
        """A take that is being made changes many times; without a star and a filter, that changes nothing here."""
        takes = self._panel.model.takes()[first.row() : last.row() + 1]
        if self._hides or self._panel.starred.isEnabled() or any(take.stars for take in takes):
            self._apply(move=True)

    def _apply(self, *, move: bool = False) -> None:
        """Hide the rows; `move` selects a shown take if the selected one is hidden, so that buttons have a target."""
        panel, takes = self._panel, self._panel.model.takes()
        has_stars = any(take.stars for take in takes)
        panel.starred.setEnabled(has_stars)
        if not has_stars:
            panel.starred.setChecked(False)
        hidden = panel.starred.isChecked()
        shown = [take.id for take in takes if take.stars or not hidden]
        if hidden or self._hides:
            for row, take in enumerate(takes):
                panel.list.setRowHidden(row, hidden and not take.stars)
        self._hides = hidden
        if move and shown and panel.list.selected_key() not in (None, *shown):
            panel.list.select_key(shown[0])
            panel.list.row_selected.emit(shown[0])
