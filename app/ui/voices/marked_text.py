"""A text that can't be edited, in which the words that differ from another text are marked."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.core.differences import word_differences
from app.ui.theme.theme import theme
from app.ui.widgets.fields import TextArea
from app.ui.widgets.text_places import units_of

MAX_COMPARED = 4_000
"""Characters of texts whose differences are marked: comparing longer ones would hold up the window."""


class MarkedText(TextArea):
    """Shows a text with what was added or changed in it."""

    def __init__(self) -> None:
        self._before = ""
        super().__init__("", min_lines=1, max_lines=5, bare=True)
        self.setReadOnly(True)

    def show_change(self, before: str, after: str) -> None:
        """Show `after`, and mark the words that `before` does not have there."""
        self._before = before
        self.setPlainText(after)
        self._mark()

    def restyle(self) -> None:
        super().restyle()
        self._mark()

    def _mark(self) -> None:
        text = self.document().toPlainText()
        look = QTextCharFormat()
        look.setBackground(theme().colour("soft"))
        look.setForeground(theme().colour("soft_text"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        marks: list[QTextEdit.ExtraSelection] = []
        at = 0
        is_short = max(len(self._before), len(text)) <= MAX_COMPARED
        for run in word_differences(self._before, text) if self._before and is_short else ():
            if run.change == "removed":
                continue
            if run.change == "added" and run.text.strip():
                selection = QTextEdit.ExtraSelection()
                cursor = QTextCursor(self.document())
                cursor.setPosition(units_of(text, at))
                cursor.setPosition(units_of(text, at + len(run.text)), QTextCursor.MoveMode.KeepAnchor)
                selection.cursor, selection.format = cursor, look
                marks.append(selection)
            at += len(run.text)
        self.setExtraSelections(marks)
