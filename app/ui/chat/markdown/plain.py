"""A text widget for plain text: thinking, tool arguments and results, user messages."""

from __future__ import annotations

import math

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.core.markdown.sanitiser import StreamSanitiser, clean
from app.ui.chat.markdown.backlog import AT_ONCE, Backlog
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets.long_lines import LongLines, has_long_word
from app.ui.widgets.presentation_cover import presentation_cover

LINE_HEIGHT = 1.5
"""Multiple of the font size."""
MAX_MONOSPACE_TEXT = 60_000
"""Characters of monospaced text that are shown."""


class PlainView(ReadingText):
    """Shows text verbatim, optionally editable.

    Text higher than `max_height` logical pixels (before text scaling) scrolls; 0 means no limit.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        ground: str,
        size: int = Type.BODY,
        colour: str = "text",
        mono: bool = False,
        max_height: int = 0,
    ) -> None:
        self._max_height = max_height
        self._folded_lines = 0
        super().__init__(parent, ground=ground)
        self._size, self._text_colour, self._is_monospace = size, colour, mono
        self._read_only_ground = ground
        self._sanitiser = StreamSanitiser()
        self._received: list[str] = []  # by `append`, since the text was last set
        self._backlog = Backlog()
        self._has_changed = False
        self._long_lines = LongLines(self)
        self._is_unshaped = False
        theme().changed.connect(self.restyle)
        self.verticalScrollBar().valueChanged.connect(self._hold_first_line)
        self.restyle()

    @property
    def text(self) -> str:
        return self.toPlainText()

    @property
    def has_backlog(self) -> bool:
        return bool(self._backlog)

    def append(self, text: str) -> None:
        """Buffer the next piece; `flush` draws it."""
        self._received.append(text)
        self._backlog.append(text)

    def draw_waiting(self) -> None:
        if self._backlog:
            self._backlog.draw_frame(self._draw)
            self._has_changed = True

    def show_drawn(self) -> bool:
        has_changed, self._has_changed = self._has_changed, False
        return has_changed

    def draw_all(self) -> None:
        if self._backlog:
            self._draw(self._backlog.take(len(self._backlog)))

    def _draw(self, text: str) -> None:
        text = presentation_cover().mask(text)
        if self._is_monospace:
            room = MAX_MONOSPACE_TEXT - self.document().characterCount()
            if room < 0:
                return
            text = text if len(text) <= room else text[:room] + " …"
        self._is_unshaped = self._is_unshaped and text.isascii()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(self._sanitiser.feed(text), self._format())

    def finish_with(self, text: str) -> None:
        """Show this complete text. What is not drawn yet of a streamed or very long one is left to `flush`."""
        # While presenting, a piece may hold only half of what is covered.
        if self._received and not presentation_cover().active and "".join(self._received) == text:
            self.flush()
        elif len(text) > AT_ONCE and not presentation_cover().active:
            self.set_text("")
            self.append(text)
            self.flush()
        else:
            self.set_text(text)

    def set_text(self, text: str) -> None:
        """Replace the text."""
        text = presentation_cover().mask(text)
        self._backlog.clear()
        self._received.clear()
        self._sanitiser = StreamSanitiser()
        shown = clean(text) if self._is_monospace else self._sanitiser.feed(text)
        if self._is_monospace and len(shown) > MAX_MONOSPACE_TEXT:
            shown = shown[:MAX_MONOSPACE_TEXT] + " …"
        if shown != self.toPlainText():
            self.document().clear()
            self._long_lines.prepare(shown)
            # Shaping takes most of the time of a very long word, and changes nothing about the signs of ASCII.
            self._is_unshaped = shown.isascii() and has_long_word(shown)
            self._apply_formats()
            QTextCursor(self.document()).insertText(shown, self._format())

    def restyle(self) -> None:
        self.setFont(theme().font(self._size, mono=self._is_monospace))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, theme().colour(self._text_colour))
        self.setPalette(palette)
        self._apply_formats()
        self._fit()
        self.viewport().update()

    def set_editable(self, editable: bool) -> None:
        """Switch editing on or off; `set_text` restores the original text."""
        self.setReadOnly(not editable)
        flags = Qt.TextInteractionFlag.TextEditorInteraction if editable else self.read_only_flags
        self.setTextInteractionFlags(flags)
        self.ground = "surface" if editable else self._read_only_ground
        self.viewport().update()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not self.isReadOnly() and source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._is_unshaped = False
        self.textCursor().insertText(clean(source.text()), self._format())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # it belongs to the editor around
        else:
            super(ReadingText, self).keyPressEvent(event)

    def unwrapped_width(self) -> int:
        """The width of the text without wrapping; of more than a few thousand characters a very large number."""
        if self.document().characterCount() > 4_000:
            return 1_000_000
        document = self.document().clone()
        document.setTextWidth(-1)
        return math.ceil(document.idealWidth()) + 1

    @property
    def line_height(self) -> int:
        """Logical pixels from one line to the next."""
        return math.ceil(theme().px(self._size) * LINE_HEIGHT)

    @property
    def whole_height(self) -> int:
        """Height of the text, also where less of it is shown."""
        return super().text_height

    def set_folded(self, lines: int) -> None:
        """Show only the first lines, without scrolling; 0 shows all."""
        if lines != self._folded_lines:
            self._folded_lines = lines
            self._fit()
            self._hold_first_line()

    def _hold_first_line(self) -> None:
        """Undo scrolling in a folded text: Qt scrolls to the cursor, which stands at the end of a new text."""
        if self._folded_lines:
            self.verticalScrollBar().setValue(0)

    @property
    def text_height(self) -> int:
        height = super().text_height
        if self._folded_lines:
            height = min(height, self._folded_lines * self.line_height)
        return min(height, theme().px(self._max_height)) if self._max_height else height

    def _fit(self) -> None:
        super()._fit()
        if self._max_height:
            is_too_high = super().text_height > theme().px(self._max_height)
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_too_high else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(policy)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scroll inside only with the focus; otherwise the wheel keeps scrolling the page.
        if self._max_height and self.hasFocus() and self.verticalScrollBar().maximum():
            super(ReadingText, self).wheelEvent(event)
        else:
            event.ignore()

    def _format(self) -> QTextCharFormat:
        format = QTextCharFormat()
        font = theme().font(self._size, mono=self._is_monospace)
        if self._is_unshaped:
            font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
        format.setFont(font)
        format.setForeground(theme().colour(self._text_colour))
        return format

    def _apply_formats(self) -> None:
        """Apply the theme's font, colour and line height to the whole text."""
        format = self._format()
        block = QTextBlockFormat()
        block.setLineHeight(self.line_height, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        # In one edit block: `setBlockCharFormat` alone leaves a single line without a layout, so undrawn (Qt 6.11).
        cursor.beginEditBlock()
        cursor.setCharFormat(format)
        cursor.setBlockFormat(block)
        cursor.setBlockCharFormat(format)
        cursor.endEditBlock()
