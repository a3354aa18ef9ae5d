"""Says below an answer in JSON mode whether it is JSON."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.core.json_answer import JsonAnswer
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import count
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import Badge
from app.ui.widgets.labels import Label


class JsonLine(Retranslated):
    """A badge, where the answer stops being JSON, and a button that copies only the JSON.

    Signals:
        copy: the JSON, without a code fence around it.
    """

    copy = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._answer = JsonAnswer(False)
        self.badge = Badge("")
        self.detail = Label(size=Type.SMALL, ink="text2", wrap=True)
        self.button = GhostButton("", Icon.COPY)
        self.button.clicked.connect(lambda: self.copy.emit(self._answer.part))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self.badge)
        row.addWidget(self.detail, 1)
        row.addWidget(self.button)
        self.retranslate()

    def show_answer(self, answer: JsonAnswer) -> None:
        """Show the outcome of a check."""
        self._answer = answer
        self.retranslate()

    def retranslate(self) -> None:
        answer = self._answer
        if answer.is_json:
            self.badge.set_kind("good", QCoreApplication.translate("Transcript", "Valid JSON"))
            detail = QCoreApplication.translate("Transcript", "inside a code fence") if answer.is_fenced else ""
        else:
            self.badge.set_kind("warn", QCoreApplication.translate("Transcript", "Not JSON"))
            detail = QCoreApplication.translate("Transcript", "line {line}, character {column}").format(
                line=count(answer.line), column=count(answer.column)
            )
        self.detail.setText(detail)
        self.button.setText(QCoreApplication.translate("Transcript", "Copy JSON"))
        self.button.setVisible(bool(answer.part))
