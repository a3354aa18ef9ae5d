"""Earlier messages of the conversation, recalled with the arrow keys as in a shell.

Arrow up recalls where it can't move the cursor: in an empty field, at the very start of a typed text, and on the first
line of a recalled message. Arrow down on the last line goes forward, in the end to the text that was there before.
A recalled message that was edited is found as edited when it is recalled again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from app.ui.widgets.composition import is_composing
from app.ui.widgets.fields import TextArea

Entries = Callable[[], Sequence[tuple[str, str]]]
"""Ids and texts of the messages, oldest first."""


class MessageHistory(QObject):
    """Walks through earlier messages in a text field.

    Signals:
        recalled: the text to show in the field.

    Attributes:
        entries: returns the messages that can be recalled.
    """

    recalled = Signal(str)

    def __init__(self, field: TextArea) -> None:
        super().__init__(field)
        self._field = field
        self.entries: Entries = tuple
        self._recalled: tuple[str, str] | None = None
        self._draft = ""
        self._edits: dict[str, str] = {}
        field.installEventFilter(self)

    def draft(self) -> str:
        """What has to be saved as the conversation's draft: nothing of what was typed is missing in it."""
        text = self._field.toPlainText()
        if self._recalled is None:
            return text
        parts = (self._draft, "" if text == self._recalled[1] else text)
        return "\n".join(part for part in parts if part.strip())

    def sent(self) -> str:
        """Note that the text was sent; return the draft that was there before a message was recalled."""
        if self._recalled is not None:
            self._edits.pop(self._recalled[0], None)
        draft = self._draft if self._recalled is not None else ""
        self.reset()
        return draft

    def reset(self) -> None:
        """Note that the field shows the draft of a conversation from now on."""
        self._recalled, self._draft = None, ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or is_composing(self._field):
            return False
        if event.key() == Qt.Key.Key_Up and self._may_go_back():
            return self._step(-1)
        return event.key() == Qt.Key.Key_Down and self._may_go_forward() and self._step(1)

    def _may_go_back(self) -> bool:
        cursor = self._field.textCursor()
        if cursor.hasSelection():
            return False
        if self._recalled is None:
            return cursor.atStart()
        return self._is_on_edge(QTextCursor.MoveOperation.Up)

    def _may_go_forward(self) -> bool:
        is_plain = not self._field.textCursor().hasSelection()
        return is_plain and self._recalled is not None and self._is_on_edge(QTextCursor.MoveOperation.Down)

    def _is_on_edge(self, move: QTextCursor.MoveOperation) -> bool:
        """Whether the cursor is on the first or last line as shown, wrapped lines counting each."""
        return not QTextCursor(self._field.textCursor()).movePosition(move)

    def _step(self, by: int) -> bool:
        """Show the next older (-1) or newer (1) message, or the draft behind the newest. False if there is none."""
        entries = list(self.entries())
        ids = [entry_id for entry_id, _ in entries]
        here = len(entries)
        if self._recalled is not None and self._recalled[0] in ids:
            here = ids.index(self._recalled[0])
        there = here + by
        if not 0 <= there <= len(entries):
            return by < 0 and self._recalled is not None
        self._leave()
        if there == len(entries):
            self._recalled, text = None, self._draft
        else:
            self._recalled = entries[there]
            text = self._edits.get(*self._recalled)
        self.recalled.emit(text)
        cursor = self._field.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Start if by < 0 else QTextCursor.MoveOperation.End)
        if by < 0:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfLine)
        self._field.setTextCursor(cursor)
        return True

    def _leave(self) -> None:
        """Remember what the field shows."""
        text = self._field.toPlainText()
        if self._recalled is None:
            self._draft = text
        elif text != self._recalled[1]:
            self._edits[self._recalled[0]] = text
        else:
            self._edits.pop(self._recalled[0], None)
