"""The menu of the takes: what the buttons below the list do, and what is wanted too seldom to have one there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.ui.studio.takes_panel import TakesPanel


class TakeMenu(QObject):
    """Opens the menu for the selected takes: by the right button, the menu key or the button More actions."""

    def __init__(self, panel: TakesPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        panel.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panel.list.customContextMenuRequested.connect(self._open)
        panel.more.clicked.connect(self._open_above)

    def _open(self, place: QPoint) -> None:
        rows = self._panel.list
        index = rows.indexAt(place)
        if not index.isValid():
            index = rows.currentIndex()
            place = rows.visualRect(index).center()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            return
        self._select(index)
        self._menu().popup(rows.viewport().mapToGlobal(place))

    def _open_above(self) -> None:
        menu, button = self._menu(), self._panel.more
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _menu(self) -> QMenu:
        panel = self._panel
        menu = QMenu(panel.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (*panel.take_buttons(), *([] if panel.stop.isHidden() else [panel.stop])):
            action = menu.addAction(button.accessibleName())
            action.setEnabled(button.isEnabled())
            action.setCheckable(button.isCheckable())
            action.setChecked(button.isChecked())
            action.triggered.connect(lambda _on=False, button=button: button.click())
        page = menu.addAction(QCoreApplication.translate("Commands", "Make an audition page"))
        page.setEnabled(panel.export.isEnabled())
        page.triggered.connect(lambda _on=False: panel.audition_wanted.emit())
        compare = menu.addAction(panel.compare.text())
        compare.setEnabled(panel.compare.isEnabled())
        compare.triggered.connect(lambda _on=False: panel.compare.click())
        return menu

    def _select(self, index: QModelIndex) -> None:
        """Select the row alone, unless it is among the selected ones."""
        take = self._panel.model.item(index.row())
        if not self._panel.list.is_selected(take.id):
            self._panel.list.go_to(take.id)
