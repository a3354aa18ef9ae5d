"""Chooses which takes are listed, and in which order."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.take_order import ORDERS, SHOWN, Arrangement, Order, Shown
from app.ui.texts.takes import order_name, shown_name
from app.ui.theme.tokens import Space
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import SearchField
from app.ui.widgets.flow_layout import FlowLayout


class TakeFilter(QWidget):
    """A search field and the choices; hidden until it is opened. Closing it shows all takes again, in the same order.

    Signals:
        changed: what is chosen, an `Arrangement`.
        closed: it was closed with Escape.
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = SearchField("")
        self.shown, self.order = Choice("", compact=True), Choice("", compact=True)
        self.by_text = Chip("")
        choices = QWidget()
        flow = FlowLayout(choices)
        for choice in (self.shown, self.order, self.by_text):
            flow.addWidget(choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, 0, Space.S12, Space.S8)
        column.setSpacing(Space.S8)
        column.addWidget(self.query)
        column.addWidget(choices)
        self._show_choices()
        self.shown.set_key("all")
        self.order.set_key("newest")
        self.query.textChanged.connect(lambda _text: self._emit())
        for choice in (self.shown, self.order):
            choice.chosen.connect(lambda _key: self._emit())
        self.by_text.toggled.connect(lambda _on: self._emit())
        self.hide()

    def arrangement(self) -> Arrangement:
        shown: Shown = next((shown for shown in SHOWN if shown == self.shown.key()), "all")
        order: Order = next((order for order in ORDERS if order == self.order.key()), "newest")
        return Arrangement(shown, self.query.text(), order, self.by_text.isChecked())

    def show_all(self) -> None:
        """Filter nothing; the order stays."""
        self.shown.set_key("all")
        self.query.clear()
        self._emit()

    def set_open(self, is_open: bool) -> None:
        """Open it and begin with the search, or close it."""
        self.setVisible(is_open)
        if is_open:
            self.query.setFocus()
        elif self.arrangement().is_filtered:
            # A filter that can't be seen would hide takes without saying so.
            self.show_all()

    def _emit(self) -> None:
        self.changed.emit(self.arrangement())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show_choices(self) -> None:
        self.shown.set_choices((shown, shown_name(shown)) for shown in SHOWN)
        self.order.set_choices((order, order_name(order)) for order in ORDERS)

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self._show_choices()
        search = QCoreApplication.translate("Studio", "Search takes")
        self.query.setAccessibleName(search)
        self.query.setPlaceholderText(search)
        self.shown.set_name(QCoreApplication.translate("Studio", "Takes shown"))
        self.order.set_name(QCoreApplication.translate("Studio", "Order of takes"))
        self.by_text.setText(QCoreApplication.translate("Studio", "Group by text"))
