"""The inspector page: the list of calls, and the one that is selected."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from app.ui.chat.inspector.call_list import WIDTH, CallList
from app.ui.chat.inspector.call_page import CallPage
from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.panel import Divider

MIN_WIDTH, MIN_HEIGHT = 280, 260
NARROW_BELOW, LOW_BELOW, VERY_LOW_BELOW, TINY_BELOW, SCANT_BELOW = 580, 620, 520, 370, 270
"""Logical pixels, before text scaling. In a narrow panel the list is above the call."""


class InspectorPanel(Retranslated):
    """The list beside the call, or above it where the panel is narrow.

    Attributes:
        calls, page: the list and the call.
        header: the field that searches the calls, which the side panel shows beside its tabs.
        notifier: shows messages.

    Signals:
        shown_changed: the panel was shown or hidden.
        retranslated: the language changed; texts that were made of parts must be set again.
    """

    shown_changed = Signal(bool)
    retranslated = Signal()

    def __init__(self, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notifier = notifier
        self.calls, self.page = CallList(), CallPage()
        self.header = self.calls.search
        self._is_narrow: bool | None = None
        self._beside = Divider()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        # The parts need less room when they are placed for less of it.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.setSpacing(0)
        self._row.addWidget(self.calls)
        self._row.addWidget(self._beside)
        self._row.addWidget(self.page, 1)
        self._is_folded = False
        self.page.list_button.toggled.connect(lambda _: self._show_folded())
        self.calls.picked.connect(lambda _: self.show_list(False))
        theme().changed.connect(self.fit)
        self.fit()
        self.retranslate()

    def fit(self) -> None:
        """Place list and call for the size of the panel and the number of calls."""
        narrow = self.width() < theme().px(NARROW_BELOW)
        low, very_low = self.height() < theme().px(LOW_BELOW), self.height() < theme().px(VERY_LOW_BELOW)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._row.setDirection(down if narrow else across)
            self._beside.set_across(narrow)
        self.calls.setMinimumWidth(0 if narrow else theme().px(WIDTH))
        self.calls.setMaximumWidth(16_777_215 if narrow else theme().px(WIDTH))
        self._is_folded = narrow and very_low
        self.calls.set_low((2 if low else 3) if narrow and not very_low else None)
        tiny, scant = self.height() < theme().px(TINY_BELOW), self.height() < theme().px(SCANT_BELOW)
        self.page.set_low(low, narrow, tiny=tiny, scant=scant, has_legend=not (narrow and very_low))
        self.page.list_button.setVisible(self._is_folded)
        self._show_folded()

    def _show_folded(self) -> None:
        """Show the list or the call, where there is no room for both."""
        is_list = self._is_folded and self.page.list_button.isChecked()
        self.calls.setVisible(not self._is_folded or is_list)
        self._beside.setVisible(not self._is_folded)
        self._row.setStretchFactor(self.calls, int(is_list))
        self._row.setStretchFactor(self.page, int(not is_list))
        self.page.set_list_shown(is_list)

    def show_list(self, shown: bool) -> None:
        """Show the list of calls, or the call; does nothing where there is room for both."""
        self.page.list_button.setChecked(shown)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(MIN_WIDTH), theme().px(MIN_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def retranslate(self) -> None:
        self.retranslated.emit()

    def notify_not_found(self) -> None:
        """Notify the user that the requested call is no longer saved."""
        self.notifier.info(
            QCoreApplication.translate("Inspector", "This call is no longer saved. Only the most recent calls are."),
            topic="inspector",
        )
