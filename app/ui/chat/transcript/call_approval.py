"""The row of a tool call that waits: allow it, deny it with a reason, or answer it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.services.chat.approval import Decision
from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CARD_INSET, Space
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.fields import LineField

ONE_ROW_WIDTH = 560
"""Logical pixels, before text scaling, from which the fields stand beside the buttons."""


class CardDecision(NamedTuple):
    """What the user decided about a waiting call.

    Attributes:
        reason: why it is denied; empty for none.
        arguments: those to run it with, where they were edited.
    """

    kind: Decision
    reason: str = ""
    arguments: str | None = None


class CallApproval(Retranslated):
    """Buttons and fields of a waiting call.

    Signals:
        decided: `allow`, `always` or `deny`.
        answered: the user's own answer in place of the tool's result.

    Attributes:
        reason: why the call is denied.
        answer: the field `Answer the call`.
    """

    decided = Signal(str)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.allow, self.always, self.deny, self.send = PrimaryButton(), Button(), Button(), PrimaryButton()
        self.reason, self.answer = LineField(""), LineField("")
        self.allow.clicked.connect(lambda: self.decided.emit("allow"))
        self.always.clicked.connect(lambda: self.decided.emit("always"))
        self.deny.clicked.connect(self._deny)
        self.reason.returnPressed.connect(self._deny)
        self.answer.returnPressed.connect(self._answer)
        self.send.clicked.connect(self._answer)
        buttons, fields = QHBoxLayout(), QHBoxLayout()
        for row in (buttons, fields):
            row.setSpacing(Space.S8)
        for button in (self.allow, self.always, self.deny):
            buttons.addWidget(button)
        buttons.addWidget(self.reason, 2)
        fields.addWidget(self.answer, 1)
        fields.addWidget(self.send)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(CARD_INSET, Space.S8, CARD_INSET, Space.S12)
        self._rows.setSpacing(Space.S8)
        self._rows.addLayout(buttons, 3)
        self._rows.addLayout(fields, 2)
        self.set_asks_user(False)
        self.retranslate()

    def set_asks_user(self, asks_user: bool) -> None:
        """Whether no tool answers the call, so that there is nothing to allow."""
        self.allow.setVisible(not asks_user)
        self.always.setVisible(not asks_user)
        self.send.setVisible(asks_user)

    def _deny(self) -> None:
        commit_composition()
        self.decided.emit("deny")

    def _answer(self) -> None:
        commit_composition()
        text = self.answer.text()
        if text.strip():
            self.answered.emit(text)
        else:
            self.answer.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme().px(ONE_ROW_WIDTH)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._rows.direction() != direction:
            self._rows.setDirection(direction)

    def retranslate(self) -> None:
        self.allow.setText(QCoreApplication.translate("Transcript", "Allow"))
        self.always.setText(QCoreApplication.translate("Transcript", "Always allow"))
        self.deny.setText(QCoreApplication.translate("Transcript", "Deny"))
        self.send.setText(QCoreApplication.translate("Transcript", "Send answer"))
        self.reason.setAccessibleName(QCoreApplication.translate("Transcript", "Reason"))
        self.reason.setPlaceholderText(QCoreApplication.translate("Transcript", "Reason…"))
        self.answer.setAccessibleName(QCoreApplication.translate("Transcript", "Answer the call"))
        self.answer.setPlaceholderText(QCoreApplication.translate("Transcript", "Or answer the call yourself…"))
