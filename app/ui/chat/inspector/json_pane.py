"""One body of a call: its headers, what is left out of it, its text, and what is wrong with an edited one."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.json_window import JsonFault, JsonWindow
from app.ui.chat.inspector.headers_block import HeadersBlock
from app.ui.theme.tokens import Space
from app.ui.widgets.json_view import JsonView
from app.ui.widgets.labels import Hint

_FOLDED_FIELDS = ("tools",)
"""Fields that are long and seldom read, folded at first."""


class JsonPane(QWidget):
    """A body as JSON that folds. One that is edited is checked while typing.

    Signals:
        changed: the text was edited by the user.
    """

    changed = Signal()

    def __init__(self, *, editable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = HeadersBlock(editable=editable)
        self._note, self._fault = Hint(wrap=True), Hint(wrap=True)
        self._fault.set_ink("bad")
        self.view = JsonView("", editable=editable)
        self.view.edited.connect(self._check)
        self._error: JsonFault | None = None
        self._is_low = False
        self.headers.toggled.connect(lambda _: self._show_note())
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S8, Space.S16, 0)
        column.setSpacing(Space.S6)
        for part in (self.headers, self._note):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addWidget(self._fault)
        self.set_note("")
        self._describe_fault()

    def show_body(self, window: JsonWindow | None, text: str | None = None) -> None:
        """Show a body from its beginning; `text` is what the user made of it."""
        self._error = None
        self.view.show_window(window, text)
        if window is not None and window.is_json and text is None:
            for name in _FOLDED_FIELDS:
                self.view.fold_field(name)
        self._check_text()

    def set_note(self, text: str) -> None:
        """Say what of the body is not kept; empty for nothing."""
        self._note.setText(text)
        self._show_note()

    def set_low(self, low: bool, narrow: bool) -> None:
        """Show headers and the note only on demand."""
        self._is_low = low
        self.headers.set_low(low, narrow)
        self._show_note()

    def _show_note(self) -> None:
        self._note.setVisible(bool(self._note.text()) and (not self._is_low or self.headers.is_open))

    @property
    def fault(self) -> JsonFault | None:
        """Why the edited text is no JSON."""
        self.view.flush()
        return self._error

    def _check(self) -> None:
        self._check_text()
        self.changed.emit()

    def _check_text(self) -> None:
        window, text = self.view.window_shown, self.view.text()
        self._error = None
        if window is not None and window.is_json and text != window.text:
            try:
                window.restore(text)
            except JsonFault as fault:
                self._error = fault
        self._describe_fault()

    def _describe_fault(self) -> None:
        self._fault.setVisible(self._error is not None)
        self.view.set_fault(self._error.line if self._error is not None else 0)
        if self._error is not None:
            self._fault.setText(
                QCoreApplication.translate("Inspector", "Line {line}: {reason}").format(
                    line=self._error.line, reason=_reason(self._error.reason)
                )
            )

    def retranslate(self) -> None:
        self._describe_fault()


def _reason(reason: str) -> str:
    """What is wrong, from the words of the json module."""
    texts = (
        ("delimiter", QCoreApplication.translate("Inspector", "a comma or a colon is missing here.")),
        ("property name", QCoreApplication.translate("Inspector", "a name in double quotes is missing here.")),
        ("Expecting value", QCoreApplication.translate("Inspector", "a value is missing here.")),
        ("Unterminated", QCoreApplication.translate("Inspector", "a text has no closing quote.")),
        ("control character", QCoreApplication.translate("Inspector", "a line break in a text is written \\n.")),
        ("escape", QCoreApplication.translate("Inspector", "a backslash in a text is written twice.")),
        ("Extra data", QCoreApplication.translate("Inspector", "something follows after the end.")),
        ("trailing comma", QCoreApplication.translate("Inspector", "there is one comma too many here.")),
        ("Too deep", QCoreApplication.translate("Inspector", "too many brackets lie inside one another.")),
    )
    for part, text in texts:
        if re.search(part, reason):
            return text
    return QCoreApplication.translate("Inspector", "this is not valid JSON.")
