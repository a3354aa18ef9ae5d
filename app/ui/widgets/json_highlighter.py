"""Colours JSON by its tokens, a line at a time."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.ui.theme.theme import theme

MAX_LINE_LENGTH = 20_000
"""Characters; a longer line has no colours."""
MAX_LINES = 6_000
"""Lines; a longer text has no colours."""

_PARTS = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+"?)(?P<colon>\s*:)?|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)'
    r"|(?P<word>\b(?:true|false|null)\b)"
)
_FOLDED = re.compile("‹[^‹›\n]{1,100}›")
_INKS = {"name": "text", "string": "good", "number": "tool", "word": "tool"}


class JsonHighlighter(QSyntaxHighlighter):
    """Colours names, strings, numbers, words, and what stands for folded parts."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme."""
        self._formats = {part: _format(theme().colour(ink)) for part, ink in _INKS.items()}
        folded = _format(theme().colour("text2"))
        folded.setBackground(theme().colour("sunken"))
        self._formats["folded"] = folded
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if len(text) > MAX_LINE_LENGTH or self.document().blockCount() > MAX_LINES:
            return
        for found in _PARTS.finditer(text):
            part = "name" if found["colon"] else "string" if found["string"] else found.lastgroup or "word"
            self._colour(text, found, part)
        if "‹" in text:
            for found in _FOLDED.finditer(text):
                self._colour(text, found, "folded")

    def _colour(self, text: str, found: re.Match[str], part: str) -> None:
        start, end = found.span()
        if not text.isascii():
            start, end = _units(text, start), _units(text, end)
        self.setFormat(start, end - start, self._formats[part])


def _units(text: str, place: int) -> int:
    """A place in Qt's units: characters outside of the basic plane count two."""
    return place + sum(character > "\uffff" for character in text[:place])


def _format(ink: QColor) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(ink)
    return style
