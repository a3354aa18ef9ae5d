"""Asks inside a message whether MiMo is to go on: after many rounds of tool calls, or the same call again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.theme.tokens import Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import kind_tokens
from app.ui.widgets.notices import InlineNotice


class GoOnQuestion(InlineNotice):
    """A question with two answers.

    Signals:
        acted: go on.
        refused: stop here.

    Attributes:
        stop: the button of `refused`.
    """

    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stop = GhostButton(ink=kind_tokens("warn")[0])
        self.stop.weight = Type.SEMIBOLD
        self.stop.clicked.connect(self.refused)
        self.row.insertWidget(self.row.count() - 1, self.stop, 0, Qt.AlignmentFlag.AlignVCenter)

    def ask(self, text: str) -> None:
        """Show and announce the question."""
        self.stop.setText(QCoreApplication.translate("Transcript", "Stop here"))
        self.say("warn", text, QCoreApplication.translate("Transcript", "Go on"))
