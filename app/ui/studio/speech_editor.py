"""The field for the text to speak: tokens, steps of undo, and brackets that wrap a selection."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy

from app.core.tag_editing import wrapped
from app.core.tags import MAX_TAG_LENGTH, PAIRS
from app.core.text_edits import Edit, edited
from app.ui.studio.token_painting import TokenPainting
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets.composition import commit_composition, is_composing
from app.ui.widgets.fields import TextArea
from app.ui.widgets.text_places import common_edges, place_of, units_of

MAX_PARAGRAPH_LENGTH = 100_000
"""Characters that a paste may make one paragraph; a text may have any number of paragraphs."""
_PAUSE_SECONDS = 1.0
"""After a pause, what is typed is a step of undo of its own."""
_LONGEST_WRAPPED = 4 * MAX_TAG_LENGTH
"""UTF-16 code units of a selection that may become a tag, with blanks at its ends."""
_ENDS_STEP = "\n\u2029.!?。！？…;；"
"""What is typed behind one of these begins another step, unless it is one too."""


class SpeechEditor(TextArea):
    """A text area at least as tall as its text, within its limits, that also fills the available height.

    Signals:
        selected: another part of the text is selected, or the cursor is somewhere else.
        paste_refused: what was to be inserted would have made a paragraph too long; nothing was changed.
    """

    selected = Signal()
    paste_refused = Signal()

    def __init__(self) -> None:
        super().__init__("", size=Type.SPEAK, min_lines=3, max_lines=9, bare=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._typed_at = 0.0
        # It fills its ground itself, so that a key does not make the panel below paint itself too.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.tokens = TokenPainting(self)
        self.cursorPositionChanged.connect(self.selected)
        self.selectionChanged.connect(self.selected)

    # -- what it holds ----------------------------------------------------------------------------------------------

    def selection(self) -> tuple[int, int]:
        """The selection as indexes into the text; both are the cursor's without one, and the end of a masked text."""
        shown, text = self.document().toPlainText(), self.toPlainText()
        cursor = self.textCursor()
        start, stop = place_of(shown, cursor.selectionStart()), place_of(shown, cursor.selectionEnd())
        return (start, stop) if shown[:stop] == text[:stop] else (len(text), len(text))

    def select(self, start: int, stop: int) -> None:
        """Select a part of the text and show it; nothing while the text is masked."""
        text = self.toPlainText()
        if self.is_covered or stop > len(text):
            return
        cursor = self.textCursor()
        cursor.setPosition(units_of(text, start))
        cursor.setPosition(units_of(text, stop), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def change_to(self, text: str) -> None:
        """Make the text another one by one step of undo; cursor and selection stay on what does not change."""
        commit_composition()
        before = self.toPlainText()
        if text == before:
            return
        start, end = common_edges(before, text)
        self._edit(before, (Edit(start, len(before) - end, text[start : len(text) - end]),))

    def make(self, edits: Sequence[Edit], expected: str) -> bool:
        """Make edits by one step of undo; False if the text is no longer the one they are for."""
        commit_composition()
        before = self.toPlainText()
        if before != expected:
            return False
        self._edit(before, edits)
        return True

    def can_wrap(self, opener: str) -> bool:
        """Whether the selection can be made a tag. A long one is refused without the text being read."""
        cursor = self.textCursor()
        if not 0 < cursor.selectionEnd() - cursor.selectionStart() <= _LONGEST_WRAPPED or self.isReadOnly():
            return False
        return wrapped(self.toPlainText(), *self.selection(), opener) is not None

    def wrap(self, opener: str) -> bool:
        """Make the selection a tag, which stays selected; False if it can't be one."""
        commit_composition()
        start, stop = self.selection()
        text = self.toPlainText()
        after = wrapped(text, start, stop, opener)
        if after is None or self.isReadOnly():
            return False
        self.change_to(after)
        inside = after.index(opener, start)
        self.select(inside, inside + len(text[start:stop].strip()) + 2)
        return True

    def _edit(self, before: str, edits: Sequence[Edit]) -> None:
        if self.is_covered:
            self.setPlainText(edited(before, edits))
            return
        self.end_step()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for edit in reversed(edits):
            cursor.setPosition(units_of(before, edit.start))
            cursor.setPosition(units_of(before, edit.stop), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(edit.words)
        cursor.endEditBlock()
        self.end_step()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert what is pasted or dropped, unless every further key would take noticeably long in its paragraph."""
        lines = source.text().splitlines() or [""]
        cursor, document = self.textCursor(), self.document()
        first, last = (document.findBlock(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        before = cursor.selectionStart() - first.position()
        after = last.position() + last.length() - 1 - cursor.selectionEnd()
        if len(lines) == 1:
            longest = before + len(lines[0]) + after
        else:
            longest = max(before + len(lines[0]), len(lines[-1]) + after, *map(len, lines))
        if longest > MAX_PARAGRAPH_LENGTH:
            self.paste_refused.emit()
            return
        super().insertFromMimeData(source)

    # -- undo ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text in PAIRS and self.textCursor().hasSelection() and self.wrap(text):
            return
        if text:
            self._begin_typing(text)
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        words = event.commitString()
        if words in PAIRS and self.textCursor().hasSelection() and not is_composing(self) and self.wrap(words):
            return
        if words:
            self._begin_typing(words)
        super().inputMethodEvent(event)

    def _begin_typing(self, typed: str) -> None:
        """Begin another step of undo after a pause or the end of a sentence."""
        now = time.monotonic()
        is_next = self._is_behind_an_end() and typed[0] not in _ENDS_STEP
        if is_next or now - self._typed_at > _PAUSE_SECONDS:
            self.end_step()
        self._typed_at = now

    def _is_behind_an_end(self) -> bool:
        position = self.textCursor().position()
        return position > 0 and self.document().characterAt(position - 1) in _ENDS_STEP

    # -- looks -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        clip = QRectF(event.rect())
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour("surface"))
        self.tokens.paint_ground(painter, clip)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        painter.setClipRect(event.rect())
        self.tokens.paint(painter)

    def setFixedHeight(self, tall: int) -> None:
        """Set the height the text needs as the minimum height."""
        self.setMinimumHeight(tall)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _shows_whole_lines(self) -> bool:
        return True
