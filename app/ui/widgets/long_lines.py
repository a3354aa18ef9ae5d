"""Keeps text fields quick with very long words: a megabyte without a blank, such as base64 or minified code.

Looking for a place between words makes Qt read such a word again for every line that it fills, which takes minutes.
While a text holds one, its lines break anywhere instead; the text itself is never changed.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

LONG_WORD = 4_000
"""Characters; a longer run without a blank is broken anywhere. Some 50 lines."""


def has_long_word(text: str) -> bool:
    """Whether a text has a word of at least `LONG_WORD` characters."""
    # A regular expression for so many characters in a row starts anew at every character of a shorter word.
    return len(text) >= LONG_WORD and any(len(word) >= LONG_WORD for word in text.split())


class LongLines(QObject):
    """Chooses how the lines of a text field break, whenever its text changes."""

    def __init__(self, field: QPlainTextEdit | QTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self._usual = field.wordWrapMode()
        # Emitted before the text is laid out.
        field.document().contentsChange.connect(self._on_change)

    def prepare(self, text: str) -> None:
        """Choose before `text` is inserted, which saves laying it out twice."""
        if has_long_word(text):
            self._break_anywhere()

    def _break_anywhere(self) -> None:
        if self._field.wordWrapMode() == self._usual:
            self._field.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def _on_change(self, position: int, removed: int, added: int) -> None:
        long = self._field.wordWrapMode() != self._usual
        if not long and added >= LONG_WORD and self._has_long_word(position, added):
            self._break_anywhere()
        elif long and self._field.document().characterCount() <= LONG_WORD:
            self._field.setWordWrapMode(self._usual)

    def _has_long_word(self, position: int, added: int) -> bool:
        document = self._field.document()
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(min(position + added, document.characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        return has_long_word(cursor.selectedText())
