"""Plain words in the same kind of widget: thoughts, arguments, results, what a person wrote."""

from __future__ import annotations

import math

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeyEvent, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.ui.chat.markdown.sanitiser import StreamSanitiser, clean
from app.ui.chat.markdown.view import ReadingText
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets.presentation_cover import presentation_cover

LINE = 1.5
MAX_MONO = 60_000
"""Characters of code-like text that are shown."""


class PlainView(ReadingText):
    """Words as they are. From `most` logical pixels of height (before text scaling) on it scrolls; 0 is never."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        ground: str,
        size: int = Type.BODY,
        ink: str = "text",
        mono: bool = False,
        most: int = 0,
    ) -> None:
        self._most = most
        super().__init__(parent, ground=ground)
        self._size, self._base_ink, self._mono = size, ink, mono
        self._ground = ground
        self._bounds = StreamSanitiser()
        self._waiting: list[str] = []
        theme().changed.connect(self.restyle)
        self.restyle()

    @property
    def text(self) -> str:
        return self.toPlainText()

    def append(self, text: str) -> None:
        """Keep the next piece; `flush` draws it."""
        self._waiting.append(text)

    def flush(self) -> bool:
        """Draw what has come; true when there was something."""
        if not self._waiting:
            return False
        text = presentation_cover().mask("".join(self._waiting))
        self._waiting.clear()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(self._bounds.pass_on(text), self._format())
        return True

    def set_text(self, text: str) -> None:
        """Show this instead of what is there."""
        text = presentation_cover().mask(text)
        self._waiting.clear()
        self._bounds = StreamSanitiser()
        shown = clean(text) if self._mono else self._bounds.pass_on(text)
        if self._mono and len(shown) > MAX_MONO:
            shown = shown[:MAX_MONO] + " …"
        if shown != self.toPlainText():
            self.document().clear()
            self._dress()
            QTextCursor(self.document()).insertText(shown, self._format())

    def restyle(self) -> None:
        self.setFont(theme().font(self._size, mono=self._mono))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, theme().colour(self._base_ink))
        self.setPalette(palette)
        self._dress()
        self._fit()
        self.viewport().update()

    def set_editable(self, editable: bool) -> None:
        """Let the words be changed in place, or not; `set_text` brings the old ones back."""
        self.setReadOnly(not editable)
        flags = Qt.TextInteractionFlag.TextEditorInteraction if editable else self.reading
        self.setTextInteractionFlags(flags)
        self.ground = "surface" if editable else self._ground
        self.viewport().update()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not self.isReadOnly() and source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(clean(source.text()), self._format())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
        else:
            super(ReadingText, self).keyPressEvent(event)

    def wanted_width(self) -> int:
        """How wide the words are when no line is broken, up to a few thousand of them."""
        if self.document().characterCount() > 4_000:
            return 1_000_000
        document = self.document().clone()
        document.setTextWidth(-1)
        return math.ceil(document.idealWidth()) + 1

    @property
    def words_height(self) -> int:
        height = super().words_height
        return min(height, theme().px(self._most)) if self._most else height

    def _fit(self) -> None:
        super()._fit()
        if self._most:
            over = super().words_height > theme().px(self._most)
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(policy)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Only what one has entered scrolls inside; otherwise the page goes on under the pointer.
        if self._most and self.hasFocus() and self.verticalScrollBar().maximum():
            super(ReadingText, self).wheelEvent(event)
        else:
            event.ignore()

    def _format(self) -> QTextCharFormat:
        format = QTextCharFormat()
        format.setFont(theme().font(self._size, mono=self._mono))
        format.setForeground(theme().colour(self._base_ink))
        return format

    def _dress(self) -> None:
        """Give all that is there the fonts, colours and line height of the theme."""
        format = self._format()
        block = QTextBlockFormat()
        tall = math.ceil(theme().px(self._size) * LINE)
        block.setLineHeight(tall, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        # As one edit: on its own `setBlockCharFormat` leaves a single line without a layout (Qt 6.11), that is unseen.
        cursor.beginEditBlock()
        cursor.setCharFormat(format)
        cursor.setBlockFormat(block)
        cursor.setBlockCharFormat(format)
        cursor.endEditBlock()
