"""The row below a tool call that is edited: send the edit or leave it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.chat.transcript.message_footer import running_reason
from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import CARD_INSET, Space
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.labels import Hint


class CallEditing(Retranslated):
    """Two buttons and a sentence about what the edit does.

    Attributes:
        replay: sends the edit: allows a call that waits with it, or replays any other.
        cancel: leaves the edit.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_waiting = self._is_locked = False
        self.replay, self.cancel = PrimaryButton(), Button()
        self._hint = Hint(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(CARD_INSET, Space.S8, CARD_INSET, Space.S12)
        row.setSpacing(Space.S8)
        row.addWidget(self.replay)
        row.addWidget(self.cancel)
        row.addWidget(self._hint, 1)
        self.retranslate()

    def explain(self, *, is_waiting: bool, is_running: bool) -> None:
        """Say what sending the edit does; a call that waits is part of the reply that runs."""
        self._is_waiting, self._is_locked = is_waiting, is_running and not is_waiting
        self.replay.setEnabled(not self._is_locked)
        self.retranslate()

    def show_fault(self, sentence: str) -> None:
        """Say why the edit can't be sent."""
        self._hint.setText(sentence)

    def retranslate(self) -> None:
        self.cancel.setText(QCoreApplication.translate("Transcript", "Cancel"))
        self.cancel.setToolTip(QCoreApplication.translate("Transcript", "Cancel (Esc)"))
        if self._is_waiting:
            self.replay.setText(QCoreApplication.translate("Transcript", "Allow with these"))
            self.replay.setToolTip(QCoreApplication.translate("Transcript", "Allow with these (Ctrl+Enter)"))
            hint = QCoreApplication.translate("Transcript", "The tool runs with these arguments, this once.")
        else:
            self.replay.setText(QCoreApplication.translate("Transcript", "Replay"))
            self.replay.setToolTip(QCoreApplication.translate("Transcript", "Replay (Ctrl+Enter)"))
            hint = QCoreApplication.translate(
                "Transcript", "The tool runs again. Type a result of your own to answer in its place."
            )
        self._hint.setText(running_reason() if self._is_locked else hint)
