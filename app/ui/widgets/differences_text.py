"""Shows a text in which what was removed and added is marked."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets.composition import ComposingTextEdit
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import Themed, set_font

_GROUNDS = {"removed-line": "bad_soft", "added-line": "good_soft", "fold": "raised"}
"""The tokens of the grounds of whole lines."""


class DifferencesText(Themed, ComposingTextEdit):
    """A text that can't be edited, with what was removed and added marked by colour, line and word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[str, str]] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        presentation_cover().changed.connect(self._fill)
        self.follow_theme()

    def show_parts(self, parts: list[tuple[str, str]]) -> None:
        """Show texts, each with its kind.

        A part is a "heading", "same", "removed", "added" or a "note". What is told by lines has "removed-line" and
        "added-line" for the words of such a line that are the same, "same-line", and "fold" for lines left out; each
        of its lines ends with one of these kinds.
        """
        self._parts = parts
        self._fill()

    def restyle(self) -> None:
        set_font(self, theme().font(Type.CONTROL))
        self._fill()

    def _fill(self) -> None:
        text = "".join(text for _, text in self._parts)
        self.clear()
        if presentation_cover().mask(text) != text:
            # What is masked may be in several parts.
            self.setPlainText(presentation_cover().mask(text))
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for kind, part in self._parts:
            ground = _GROUNDS.get(kind)
            for number, line in enumerate(part.split("\n")):
                if number:
                    cursor.insertBlock(QTextBlockFormat())
                if line:
                    cursor.insertText(line, _format(kind))
                    if ground:
                        block = QTextBlockFormat()
                        block.setBackground(theme().colour(ground))
                        cursor.setBlockFormat(block)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _format(kind: str) -> QTextCharFormat:
    style, colours = QTextCharFormat(), theme()
    style.setForeground(colours.colour("text"))
    match kind:
        case "heading":
            style.setFontWeight(QFont.Weight.DemiBold)
        case "note" | "fold":
            style.setForeground(colours.colour("text3"))
        case "removed-line":
            style.setForeground(colours.colour("bad"))
        case "added-line":
            style.setForeground(colours.colour("good"))
        case "removed":
            style.setBackground(colours.colour("bad_soft"))
            style.setForeground(colours.colour("bad"))
            style.setFontStrikeOut(True)
        case "added":
            style.setBackground(colours.colour("good_soft"))
            style.setForeground(colours.colour("good"))
            style.setFontUnderline(True)
    return style
