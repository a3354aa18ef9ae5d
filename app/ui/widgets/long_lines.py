"""Keeps text fields quick with very long words, such as base64, and with very long runs of blanks.

Looking for a place between words makes Qt read a megabyte without a blank again for every line that it fills, which
takes minutes. While a text holds one, its lines break anywhere instead. Blanks at the end of a line take no place in
it, however many they are, and Qt hangs over more than 65,535 of them: while a text holds so long a run, its lines do
not break at all. The text itself is never changed.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.core.late_patterns import late_pattern

LONG_WORD = 4_000
"""Characters; a longer run without a blank is broken anywhere. Some 50 lines."""


LONG_GAP = 30_000
"""Blanks in a row; with more, lines do not break."""
_LOOKED_AT = 1_000
"""Characters that are inserted at once, from which on the whole paragraph is looked at for a gap."""
_GAPS = late_pattern(r"[^\S\n\u2029]+")


def has_long_gap(text: str) -> bool:
    """Whether a text has at least `LONG_GAP` blanks in a row."""
    return len(text) >= LONG_GAP and any(len(gap[0]) >= LONG_GAP for gap in _GAPS().finditer(text))


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
        if has_long_gap(text):
            self._never_break()
        elif has_long_word(text):
            self._break_anywhere()

    def _never_break(self) -> None:
        self._field.setWordWrapMode(QTextOption.WrapMode.NoWrap)

    def _break_anywhere(self) -> None:
        if self._field.wordWrapMode() == self._usual:
            self._field.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def _on_change(self, position: int, removed: int, added: int) -> None:
        long = self._field.wordWrapMode() != self._usual
        if added >= _LOOKED_AT and has_long_gap(self._paragraphs(position, added)):
            self._never_break()
        elif not long and added >= LONG_WORD and self._has_long_word(position, added):
            self._break_anywhere()
        elif long and self._field.document().characterCount() <= LONG_WORD:
            self._field.setWordWrapMode(self._usual)

    def _paragraphs(self, position: int, added: int) -> str:
        """The paragraphs that have something of what was added; empty if none is long enough for a gap."""
        document = self._field.document()
        block, found = document.findBlock(position), list[str]()
        while block.isValid() and block.position() <= position + added:
            if block.length() >= LONG_GAP:
                found.append(block.text())
            block = block.next()
        return "\n".join(found)

    def _has_long_word(self, position: int, added: int) -> bool:
        document = self._field.document()
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(min(position + added, document.characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        return has_long_word(cursor.selectedText())
