"""The foot of the page: makes the present parameters the defaults of new conversations."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.labels import Hint


class DefaultsBar(Retranslated):
    """Sets and clears the user's own defaults.

    Signals:
        set_clicked: the parameters shown become the defaults.
        clear_clicked: new conversations go without own defaults again.
    """

    set_clicked = Signal()
    clear_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_own = False
        self.use = GhostButton("", Icon.CHECK)
        self.clear = GhostButton("", Icon.CLOSE)
        self.use.clicked.connect(self.set_clicked)
        self.clear.clicked.connect(self.clear_clicked)
        self._hint = Hint(wrap=True)
        row = QHBoxLayout()
        row.setSpacing(Space.S4)
        row.addWidget(self.use)
        row.addWidget(self.clear)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addLayout(row)
        column.addWidget(self._hint)
        self.show_state(has_own=False)

    def show_state(self, *, has_own: bool) -> None:
        """Show whether the user has own defaults."""
        self._has_own = has_own
        self.clear.setVisible(has_own)
        self.retranslate()

    def retranslate(self) -> None:
        self.use.setText(QCoreApplication.translate("Parameters", "Use as default"))
        self.use.setToolTip(
            QCoreApplication.translate("Parameters", "New conversations begin with these parameters, tools and prompt")
        )
        self.clear.setText(QCoreApplication.translate("Parameters", "Clear defaults"))
        self.clear.setAccessibleName(QCoreApplication.translate("Parameters", "Clear own defaults"))
        self._hint.setText(
            QCoreApplication.translate("Parameters", "New conversations begin with your own defaults.")
            if self._has_own
            else QCoreApplication.translate(
                "Parameters",
                "New conversations take over the prompt, thinking, temperature, Top P and streaming of the one before.",
            )
        )
