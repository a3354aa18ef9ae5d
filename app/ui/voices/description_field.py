"""The description of a voice, in which recognised words are tinted and what can't be used is underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.core.description_linter import DescriptionHint
from app.core.voice_traits import FoundTrait
from app.ui.theme.theme import theme
from app.ui.widgets.fields import TextArea
from app.ui.widgets.text_places import common_edges, units_of

_DELAY_MS = 80


class DescriptionField(TextArea):
    """A text area with marks.

    Signals:
        read_again: the text has changed, and is not being changed any more.
    """

    read_again = Signal()

    def __init__(self) -> None:
        self._traits: Sequence[FoundTrait] = ()
        self._hints: Sequence[DescriptionHint] = ()
        super().__init__("", min_lines=3, max_lines=6)
        self._pause = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._pause.timeout.connect(self.read_again)
        self.textChanged.connect(self._pause.start)

    def change(self, text: str) -> None:
        """Replace what differs by one step of undo; the rest, and the cursor in it, stay where they are."""
        before = self.toPlainText()
        if text == before:
            return
        if self.is_covered:
            self.retype(text)
            return
        head, tail = common_edges(before, text)
        cursor = QTextCursor(self.document())
        cursor.setPosition(units_of(before, head))
        cursor.setPosition(units_of(before, len(before) - tail), QTextCursor.MoveMode.KeepAnchor)
        self.end_step()
        cursor.insertText(text[head : len(text) - tail])
        self.end_step()

    def read_soon(self) -> None:
        """Have the text read again shortly: what it is judged by has changed."""
        self._pause.start()

    def show_marks(self, traits: Sequence[FoundTrait], hints: Sequence[DescriptionHint]) -> None:
        """Tint the words of traits, and underline those of hints."""
        self._traits, self._hints = traits, hints
        self._mark()

    def restyle(self) -> None:
        super().restyle()
        self._mark()

    def _mark(self) -> None:
        if self.is_covered:
            self.setExtraSelections([])
            return
        text = self.toPlainText()
        tint, line = QTextCharFormat(), QTextCharFormat()
        tint.setBackground(theme().colour("soft"))
        tint.setForeground(theme().colour("soft_text"))
        line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        line.setUnderlineColor(theme().colour("text2"))
        marks = [(one.start, one.stop, tint) for one in self._traits]
        marks += [(hint.start, hint.stop, line) for hint in self._hints if hint.stop]
        self.setExtraSelections([self._selection(text, *mark) for mark in marks if mark[1] <= len(text)])

    def _selection(self, text: str, start: int, stop: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(units_of(text, start))
        cursor.setPosition(units_of(text, stop), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, look
        return selection
