"""The answer of a model about a take: Markdown, drawn while it arrives."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.chat.markdown.view import MarkdownView
from app.ui.theme.tokens import Type
from app.ui.widgets.labels import Hint

_FRAME_MS = 33


class AnswerView(QWidget):
    """Shows one answer after the other; a hint stands in the place of one that has no text yet.

    Signals:
        open_link: address of an activated link.
    """

    open_link = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._hint = Hint(wrap=True)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._hint)
        self._text = self._new_text()
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._draw)

    def begin(self) -> None:
        """Empty the view for another answer."""
        self._timer.stop()
        former, self._text = self._text, self._new_text()
        former.hide()
        former.deleteLater()
        self._hint.show()

    def append(self, piece: str) -> None:
        """Draw more of the answer, with the next frame."""
        self._text.append(piece)
        self._hint.hide()
        self._text.show()
        if not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Draw the answer as it is; nothing more comes."""
        self._timer.stop()
        self._text.finish()

    def set_texts(self, name: str, hint: str) -> None:
        """Set the accessible name, and what stands here before there is an answer."""
        self._name = name
        self._text.setAccessibleName(name)
        self._hint.setText(hint)

    def toPlainText(self) -> str:
        """The text as it is read, without the marks of Markdown."""
        return self._text.toPlainText()

    def _new_text(self) -> MarkdownView:
        text = MarkdownView(ground="surface", size=Type.CONTROL)
        text.setAccessibleName(self._name)
        text.open_link.connect(self.open_link)
        text.hide()
        self._rows.addWidget(text)
        return text

    def _draw(self) -> None:
        self._text.flush()
        if not self._text.has_backlog:
            self._timer.stop()
