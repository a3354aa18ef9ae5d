"""Shows a text in which what was removed and added is marked."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets.composition import ComposingTextEdit
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import Themed, set_font


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
        """Show texts, each with its kind: "heading", "same", "removed", "added" or "note"."""
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
            cursor.insertText(part, _format(kind))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _format(kind: str) -> QTextCharFormat:
    style, colours = QTextCharFormat(), theme()
    style.setForeground(colours.colour("text"))
    match kind:
        case "heading":
            style.setFontWeight(QFont.Weight.DemiBold)
        case "note":
            style.setForeground(colours.colour("text3"))
        case "removed":
            style.setBackground(colours.colour("bad_soft"))
            style.setForeground(colours.colour("bad"))
            style.setFontStrikeOut(True)
        case "added":
            style.setBackground(colours.colour("good_soft"))
            style.setForeground(colours.colour("good"))
            style.setFontUnderline(True)
    return style
