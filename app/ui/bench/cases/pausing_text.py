"""A field whose text is taken over whenever its typing pauses."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from app.ui.theme.tokens import Type
from app.ui.widgets.fields import TextArea

TYPING_PAUSE_MS = 400


class PausingText(TextArea):
    """Emits what was typed after a pause.

    Signals:
        typed: the whole text.
    """

    typed = Signal(str)

    def __init__(self, *, min_lines: int, max_lines: int, mono: bool = False) -> None:
        super().__init__("", min_lines=min_lines, max_lines=max_lines, mono=mono, size=Type.CONTROL)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self._shown = ""
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Show a text, unless it is the one that is shown already: what is typed meanwhile stays."""
        if text == self._shown:
            return
        self._shown = text
        self._pause.stop()
        if text != self.toPlainText():
            self.setPlainText(text)

    def _changed(self) -> None:
        if not self.isReadOnly() and self.toPlainText() != self._shown:
            self._pause.start()

    def commit(self) -> None:
        """Emit what was typed now."""
        self._pause.stop()
        if not self.isReadOnly() and self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.typed.emit(self._shown)
