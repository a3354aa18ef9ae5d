"""The answer of a column: the widget of a chat's answer without its own footer, marked with what is not in the base."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from app.core.differences import Run
from app.core.messages import Message
from app.ui.chat.markdown.utf16 import utf16_length
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.theme.theme import theme


class ColumnAnswer(AssistantMessageView):
    """One answer."""

    def __init__(self, message: Message, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(message, ordinal, parent)
        self._runs: Sequence[Run] = ()

    def _answer_for(self, step: int) -> MarkdownView:
        view = super()._answer_for(step)
        view.ground = "surface"
        view.redrawn.connect(lambda: self.mark(self._runs))
        return view

    def set_message(self, message: Message) -> None:
        super().set_message(message)
        self.footer.hide()

    @property
    def answer_view(self) -> MarkdownView | None:
        """The view of the last text; None while there is none."""
        # Not `findChildren`: shiboken would wrap all that Qt made below, such as tables, and give the wrappers up.
        return next(reversed(self._answers.values()), None)

    def plain_text(self) -> str:
        """The words that are shown of the answer."""
        view = self.answer_view
        return view.document().toPlainText() if view is not None else ""

    def mark(self, runs: Sequence[Run]) -> None:
        """Underline the words that were added; `runs` compare the base with `plain_text`."""
        self._runs = runs
        view = self.answer_view
        if view is None:
            return
        style = QTextCharFormat()
        style.setBackground(theme().colour("soft"))
        style.setUnderlineColor(theme().colour("accent"))
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        selections: list[QTextEdit.ExtraSelection] = []
        at, last = 0, view.document().characterCount() - 1
        for run in runs:
            if run.change == "removed":
                continue
            end = at + utf16_length(run.text)
            if run.change == "added" and run.text.strip() and end <= last:
                cursor = QTextCursor(view.document())
                cursor.setPosition(at + utf16_length(run.text) - utf16_length(run.text.lstrip()))
                cursor.setPosition(at + utf16_length(run.text.rstrip()), QTextCursor.MoveMode.KeepAnchor)
                selection = QTextEdit.ExtraSelection()
                selection.cursor, selection.format = cursor, style
                selections.append(selection)
            at = end
        view.setExtraSelections(selections)
