"""Marks in an answer the sentence that sounds, and in it the word that is heard."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.core.heard_words import HeardSentence, find_sentence
from app.ui.chat.markdown.utf16 import utf16_length
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.transcript import Transcript
from app.ui.theme.theme import theme


class HeardMarks(QObject):
    """The marks in one answer at a time. A sentence that is not drawn yet is marked as soon as it is."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__(transcript)
        self._transcript = transcript
        self._message_id = ""
        self._number = 0
        self._view: MarkdownView | None = None
        self._found: HeardSentence | None = None
        self._shown = ""  # the text that it was found in
        self._after: dict[int, int] = {}  # where the sentence before ended, by the place of the view
        self._word = (0, 0)
        self._looked_at: tuple[int, ...] = ()

    def show(self, message_id: str, number: int, sentence: str, share: float) -> None:
        """Mark a sentence of an answer, of which so much was heard, from 0 to 1."""
        if message_id != self._message_id:
            self.clear()
            self._message_id, self._after = message_id, {}
            self._transcript.heard.begin()
        if number != self._number:
            self._unmark()
            self._number = number
        if self._view is not None and self._view not in self._transcript.answer_views(message_id):
            self._unmark()  # Its message was built again, such as after scrolling back to it.
            self._after, self._looked_at = {}, ()
        if self._found is None:
            self._find(sentence)
        if self._found is not None:
            word = self._found.word_at(share)
            if word != self._word:
                self._word = word
                self._mark(self._found)
            self._show_word()

    def clear(self) -> None:
        """Remove the marks."""
        self._unmark()
        if self._transcript.heard.end():
            self._transcript.jump_to_latest()
        self._message_id, self._number, self._looked_at = "", 0, ()

    def _show_word(self) -> None:
        """Keep the line of the word that is heard in view."""
        if self._view is not None:
            cursor = QTextCursor(self._view.document())
            cursor.setPosition(utf16_length(self._shown[: self._word[0]]))
            self._transcript.heard.show(self._view, self._view.cursorRect(cursor))

    def _find(self, sentence: str) -> None:
        views = self._transcript.answer_views(self._message_id)
        drawn = (self._number, *(view.document().characterCount() for view in views))
        if drawn == self._looked_at:
            return  # It was not there, and nothing was drawn since.
        self._looked_at = drawn
        for index, view in enumerate(views):
            text = view.document().toPlainText()
            found = find_sentence(text, sentence, self._after.get(index, 0))
            if found is not None:
                self._view, self._found, self._shown = view, found, text
                self._after[index] = found.end
                view.redrawn.connect(self._mark_again)
                return

    def _mark_again(self) -> None:
        """Mark what was drawn again, such as in another theme."""
        if self._found is not None and self._view is not None:
            self._mark(self._found)

    def _mark(self, found: HeardSentence) -> None:
        view = self._view
        if view is None:
            return
        whole, word = QTextCharFormat(), QTextCharFormat()
        for look in (whole, word):
            look.setBackground(theme().colour("soft"))
            look.setForeground(theme().colour("soft_text"))
        word.setFontUnderline(True)
        word.setUnderlineColor(theme().colour("accent"))
        word.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        view.setExtraSelections(
            [self._selection(view, found.start, found.end, whole), self._selection(view, *self._word, word)]
        )

    def _selection(self, view: MarkdownView, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(view.document())
        cursor.setPosition(utf16_length(self._shown[:start]))
        cursor.setPosition(utf16_length(self._shown[:end]), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, look
        return selection

    def _unmark(self) -> None:
        view, self._view, self._found = self._view, None, None
        self._word = (0, 0)
        if view is not None and view in self._transcript.answer_views(self._message_id):
            view.redrawn.disconnect(self._mark_again)
            view.setExtraSelections([])
