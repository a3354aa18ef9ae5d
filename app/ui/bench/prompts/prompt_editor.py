"""The field for the text of a prompt: variables are marked as tokens, and so is what differs from another version.

Only what is in sight is looked at, whatever the length of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QResizeEvent, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from app.core.variables import PATTERN
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets.fields import TextArea
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.text_places import units_of

_MIN_LINES = 5
_MAX_CHANGES = 400
"""Stretches that are marked as changed; a text that differs in more differs everywhere."""


class PromptEditor(TextArea):
    """A text area that fills the available height."""

    def __init__(self) -> None:
        self._changes: list[QTextCursor] = []
        self._least = self._lines_height = 0
        super().__init__("", size=Type.BODY, min_lines=_MIN_LINES, max_lines=_MIN_LINES)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.textChanged.connect(self._mark)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._mark())
        presentation_cover().changed.connect(self._mark)

    def exact_text(self) -> str:
        """The text as typed. Qt's own way to it turns no-break spaces into others."""
        if self.is_covered:
            return self.toPlainText()
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def show_text(self, text: str) -> None:
        """Show another prompt's text: it has no steps of undo, and no signal is emitted."""
        blocked = self.blockSignals(True)
        self._changes = []
        self.setPlainText(text)
        self.blockSignals(blocked)
        self._mark()

    def mark_changes(self, places: Sequence[tuple[int, int]]) -> None:
        """Mark these stretches of the text, from and to, as changed; the marks move with the text around them."""
        self._changes = []
        text = self.exact_text()
        if not self.is_covered:
            for start, stop in places[:_MAX_CHANGES]:
                cursor = QTextCursor(self.document())
                cursor.setPosition(units_of(text, start))
                cursor.setPosition(units_of(text, stop), QTextCursor.MoveMode.KeepAnchor)
                self._changes.append(cursor)
        self._mark()

    def _mark(self) -> None:
        self.setExtraSelections([*self._changed(), *self._variables()])

    def _changed(self) -> list[QTextEdit.ExtraSelection]:
        look = QTextCharFormat()
        look.setBackground(theme().colour("soft"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(theme().colour("accent"))
        first, last = self._sight()
        return [
            _selection(cursor, look)
            for cursor in self._changes
            if cursor.hasSelection() and cursor.selectionStart() < last and cursor.selectionEnd() > first
        ]

    def _sight(self) -> tuple[int, int]:
        """The positions in the document between which the paragraphs in sight are."""
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        first = last = block.position()
        while block.isValid() and self._top(block) <= bottom:
            last = block.position() + block.length()
            block = block.next()
        return first, last

    def _top(self, block: QTextBlock) -> float:
        return self.blockBoundingGeometry(block).translated(self.contentOffset()).top()

    def _variables(self) -> list[QTextEdit.ExtraSelection]:
        look = QTextCharFormat()
        look.setBackground(theme().colour("tool_soft"))
        look.setForeground(theme().colour("tool"))
        found = []
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        while block.isValid() and self._top(block) <= bottom:
            text = block.text()
            if "{{" in text:
                for match in PATTERN.finditer(text):
                    if not match[1]:
                        cursor = QTextCursor(block)
                        cursor.setPosition(block.position() + units_of(text, match.start()))
                        cursor.setPosition(
                            block.position() + units_of(text, match.end()), QTextCursor.MoveMode.KeepAnchor
                        )
                        found.append(_selection(cursor, look))
            block = block.next()
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark()

    def restyle(self) -> None:
        super().restyle()
        self._mark()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Leave files to the page, which imports them."""
        return not any(url.isLocalFile() for url in source.urls()) and super().canInsertFromMimeData(source)

    def setFixedHeight(self, tall: int) -> None:
        """Set the height of a few lines as the minimum height."""
        self._lines_height = tall
        self.setMinimumHeight(max(tall, self._least))

    def set_least(self, tall: int) -> None:
        """Be at least this high, in pixels, also where that is more than a few lines."""
        self._least = tall
        self.setMinimumHeight(max(tall, self._lines_height))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


def _selection(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.cursor, selection.format = cursor, look
    return selection
