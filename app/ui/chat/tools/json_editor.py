"""A field for JSON with line numbers, colours and one line marked as wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets.fields import TextArea
from app.ui.widgets.json_gutter import LineNumbers
from app.ui.widgets.json_highlighter import JsonHighlighter

INDENT = "  "


class JsonEditor(TextArea):
    """Shows JSON. Enter keeps the indentation; `mark_line` tints a line and frames the field.

    Attributes:
        fault_line: the line that is marked as wrong, from 1; 0 for none.
    """

    def __init__(self, *, min_lines: int = 6, max_lines: int = 16) -> None:
        self.fault_line = 0
        self._numbers: LineNumbers | None = None
        self._highlighter: JsonHighlighter | None = None
        super().__init__("", min_lines=min_lines, max_lines=max_lines, size=Type.SMALL, mono=True)
        self._numbers = LineNumbers(self, self)
        self._highlighter = JsonHighlighter(self.document())
        self._numbers.fit()

    def mark_line(self, line: int) -> None:
        """Tint a line, counted from 1; 0 for none."""
        self.fault_line = line
        self._tint()
        if self.property("wrong") != bool(line):
            self.setProperty("wrong", bool(line))
            self.style().unpolish(self)
            self.style().polish(self)
            self.restyle()

    def _tint(self) -> None:
        line = self.fault_line
        selections = []
        block = self.document().findBlockByNumber(line - 1) if line else None
        if block is not None and block.isValid():
            selection = QTextEdit.ExtraSelection()
            selection.cursor = QTextCursor(block)
            selection.format.setBackground(theme().colour("bad_soft"))
            selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            selections.append(selection)
        self.setExtraSelections(selections)
        if self._numbers is not None:
            self._numbers.update()

    def replace_text(self, text: str) -> None:
        """Replace the whole text as one step that Ctrl+Z undoes."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and not self.isReadOnly():
            before = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
            indent = before[: len(before) - len(before.lstrip())]
            opens = before.rstrip().endswith(("{", "["))
            self.textCursor().insertText("\n" + indent + (INDENT if opens else ""))
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        super().restyle()
        if self._highlighter is not None and self._numbers is not None:
            blocked = self.blockSignals(True)
            self._highlighter.restyle()
            self.blockSignals(blocked)
            self._numbers.fit()
            self._tint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._numbers is not None:
            self._numbers.fit()

    def _fit_lines(self) -> None:
        """The margin for the numbers takes the place of the one for whole lines."""
