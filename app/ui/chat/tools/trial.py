"""Trying a tool with sample arguments: what the model would get, and how long it took."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Label

MAX_SHOWN_RESULT = 20_000
"""Characters of a result that are shown; the model would get all of it."""


class TrialRow(Retranslated):
    """Sample arguments with the button to try them, and below it what came of that.

    Signals:
        tried: run the tool with the sample arguments.
    """

    tried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sample = TextArea("", min_lines=1, max_lines=6, mono=True, size=Type.SMALL)
        self.button = Button()
        self.button.clicked.connect(self.tried)
        self._caption, self._outcome = Caption(), Label(size=Type.SMALL, ink="text2", wrap=True)
        self.result = TextArea("", min_lines=1, max_lines=8, mono=True, size=Type.SMALL)
        self.result.setReadOnly(True)
        row = QHBoxLayout()
        row.setSpacing(Space.S12)
        row.addWidget(self.sample, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addWidget(self._caption)
        column.addLayout(row)
        column.addWidget(self._outcome)
        column.addWidget(self.result)
        self.retranslate()

    @property
    def outcome(self) -> str:
        """The sentence about the last trial."""
        return self._outcome.text()

    def set_ready(self, ready: bool) -> None:
        """Allow trying; the reason why not stands at the schema."""
        self.button.setEnabled(ready)

    def clear(self) -> None:
        """Forget the last trial."""
        self._outcome.hide()
        self.result.hide()

    def show_outcome(self, sentence: str, result: str | None, *, failed: bool) -> None:
        """Show what came of a trial; `result` is the text that the model would get, None for none."""
        self._outcome.set_ink("bad" if failed else "text2")
        self._outcome.setText(sentence)
        self._outcome.show()
        self.result.setPlainText((result or "")[:MAX_SHOWN_RESULT])
        self.result.setVisible(result is not None)

    def retranslate(self) -> None:
        self.clear()  # What was said is in the other language.
        self._caption.setText(QCoreApplication.translate("Tools", "Sample arguments"))
        self.sample.setAccessibleName(QCoreApplication.translate("Tools", "Sample arguments"))
        self.sample.setPlaceholderText('{ "city": "Beijing" }')
        self.button.setText(QCoreApplication.translate("Tools", "Try tool"))
        self.result.setAccessibleName(QCoreApplication.translate("Tools", "Trial result"))
