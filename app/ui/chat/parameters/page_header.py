"""The top of the page: how many parameters were changed, and the button that resets them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import Badge


class PageHeader(Retranslated):
    """Counts what differs from the defaults and resets it.

    Signals:
        reset: everything is to have its default again.
    """

    reset = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._has_own = False
        self.badge = Badge("")
        self.button = GhostButton("", Icon.UNDO)
        self.button.clicked.connect(self.reset)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self.badge)
        row.addStretch(1)
        row.addWidget(self.button)
        self.retranslate()

    def show_changes(self, number: int, *, has_own: bool) -> None:
        """Show how many parameters differ; `has_own`: from the user's own defaults instead of the model's."""
        self._number, self._has_own = number, has_own
        self.retranslate()

    def retranslate(self) -> None:
        if self._number:
            text = QCoreApplication.translate("Parameters", "{n} changed").format(n=self._number)
            self.badge.set_kind("accent", text)
        else:
            self.badge.set_kind("neutral", QCoreApplication.translate("Parameters", "Nothing changed"))
        self.button.setText(QCoreApplication.translate("Parameters", "Reset"))
        self.button.setEnabled(self._number > 0)
        self.button.setToolTip(
            QCoreApplication.translate("Parameters", "Reset everything to your own defaults")
            if self._has_own
            else QCoreApplication.translate("Parameters", "Reset everything to the model's defaults")
        )
