"""JSON as a text that folds: line numbers, colours, and parts that are opened on demand."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QWidget

from app.core.json_search import indent_of
from app.core.json_window import Folded, JsonWindow
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.composition import ComposingTextEdit
from app.ui.widgets.json_gutter import JsonGutter, visible_blocks
from app.ui.widgets.json_highlighter import JsonHighlighter
from app.ui.widgets.json_lines import end_of, is_foldable, opening_of, summary_of
from app.ui.widgets.long_lines import LongLines
from app.ui.widgets.masked_places import masked_place, unmasked_place
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.text_places import common_edges, place_of, units_of
from app.ui.widgets.themed import Themed, paint_box, set_font

_SETTLING_MS = 150
_FIND = QKeySequence.StandardKey.Find


class JsonView(Themed, ComposingTextEdit):
    """Shows the text of a `JsonWindow`, a bounded part of the whole. What assistive tools read is this text.

    Lines that end with a bracket fold what they contain: by the mark beside them, by Alt+Left and Alt+Right, and where
    nothing can be typed by Left and Right. A click on a token, or Enter in it where nothing can be typed, opens it.
    While the presentation cover is active the text is masked, and locked if that changes it.

    Attributes:
        fault_line: the line that is marked as wrong, from 1; 0 for none.
        has_edits: the user may have changed the text since it was shown.

    Signals:
        edited: the user changed the text; emitted once typing pauses.
        find_asked: Ctrl+F was pressed.
    """

    edited = Signal()
    find_asked = Signal()
    ring_on_click = True

    def __init__(self, name: str, parent: QWidget | None = None, *, editable: bool = False) -> None:
        super().__init__(parent)
        self.fault_line = 0
        self.has_edits = False
        self._window: JsonWindow | None = None
        self._editable = editable
        self._covered: str | None = None
        self._known = ""
        self._is_changing = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setTabChangesFocus(True)
        self.setReadOnly(not editable)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextEditorInteraction
            if editable
            else Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._long_lines = LongLines(self)
        self._gutter = JsonGutter(self)
        self._highlighter = JsonHighlighter(self.document())
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._report)
        self.textChanged.connect(self._on_change)
        self.cursorPositionChanged.connect(self._show_cursor)
        presentation_cover().changed.connect(self._cover)
        self.follow_theme()

    # -- the text ---------------------------------------------------------------------------------------------------

    def show_window(self, window: JsonWindow | None, text: str | None = None) -> None:
        """Show a window from its beginning; `text` is its edited text, by default that which it was made with."""
        self._window = window
        self.fault_line = 0
        self.has_edits = text is not None
        shown = text if text is not None else window.text if window is not None else ""
        self._set(shown)

    @property
    def window_shown(self) -> JsonWindow | None:
        return self._window

    def text(self) -> str:
        """The text of the window as it stands, never masked."""
        return self._covered if self._covered is not None else self.toPlainText()

    def set_fault(self, line: int) -> None:
        """Mark a line as wrong; 0 for none."""
        if line != self.fault_line:
            self.fault_line = line
            self._gutter.update()

    def replace_text(self, text: str, *, is_edit: bool = False) -> None:
        """Replace what differs, so that the rest keeps its place. `is_edit` is for a change that can be undone."""
        before = self.text()
        if self._covered is not None or presentation_cover().mask(text) != text:
            self._set(text)
            if is_edit and before != text:
                self._known = before
                self.has_edits = True
                self._settling.start()
            return
        if before == text:
            return
        head, tail = common_edges(before, text)
        cursor = QTextCursor(self.document())
        cursor.setPosition(units_of(before, head))
        cursor.setPosition(units_of(before, len(before) - tail), QTextCursor.MoveMode.KeepAnchor)
        self._is_changing = not is_edit
        cursor.insertText(text[head : len(text) - tail])
        self._is_changing = False
        if not is_edit:
            self._known = text

    def select(self, start: int, end: int) -> None:
        """Select a range of the text and scroll to it; lines that are folded away there are shown."""
        cursor = self.textCursor()
        cursor.setPosition(self._position(start))
        cursor.setPosition(self._position(end, is_end=True), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def place(self) -> tuple[int, int]:
        """The range that is selected, as places in the text."""
        cursor = self.textCursor()
        return self._place(cursor.selectionStart()), self._place(cursor.selectionEnd())

    def _position(self, place: int, *, is_end: bool = False) -> int:
        """The position in the document, which may be masked, of a place in the text."""
        shown = self.toPlainText()
        if self._covered is not None:
            place = masked_place(self._covered, shown, place, is_end=is_end)
        return units_of(shown, place)

    def _place(self, position: int) -> int:
        """The place in the text of a position in the document."""
        shown = self.toPlainText()
        place = place_of(shown, position)
        return place if self._covered is None else unmasked_place(self._covered, shown, place)

    def open_next(self) -> bool:
        """Open the folded part at the cursor, or the first after it; false if there is none."""
        if self._window is None:
            return False
        text = self.text()
        at = self.place()[0]
        tokens = list(self._window.tokens(text))
        chosen = next((token for token in tokens if token[1] >= at), tokens[0] if tokens else None)
        if chosen is None:
            return False
        self._open(text, *chosen)
        return True

    def _open(self, text: str, start: int, end: int, folded: Folded) -> None:
        assert self._window is not None
        first, last = self._window.place(text, start, end, folded)
        self.replace_text(text[:first] + self._window.open(folded, indent_of(text, start)) + text[last:])
        cursor = self.textCursor()
        cursor.setPosition(min(self._position(first), self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _set(self, text: str) -> None:
        masked = presentation_cover().mask(text)
        self._covered = text if masked != text else None
        self._long_lines.prepare(masked)
        self._is_changing = True
        self.setPlainText(masked)
        self._is_changing = False
        self._known = text
        self.setReadOnly(not self._editable or self._covered is not None)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._long_lines.prepare(source.text())
        super().insertFromMimeData(source)

    def _cover(self) -> None:
        text = self.text()
        masked = presentation_cover().mask(text)
        if masked != self.toPlainText():
            known = self._known
            self._set(text)
            self._known = known  # A change that is not reported yet still will be.

    def _on_change(self) -> None:
        if not self._is_changing and self._editable and self._covered is None:
            self.has_edits = True
            self._settling.start()

    def flush(self) -> None:
        """Report a change now that typing has not paused after yet."""
        if self._settling.isActive():
            self._settling.stop()
            self._report()

    def _report(self) -> None:
        # Colours and folding count as changes of the document too.
        text = self.text()
        if text != self._known:
            self._known = text
            self.edited.emit()

    # -- folding ----------------------------------------------------------------------------------------------------

    def is_folded(self, block: QTextBlock) -> bool:
        following = block.next()
        return following.isValid() and not following.isVisible()

    def set_folded(self, block: QTextBlock, folded: bool) -> None:
        """Fold away the lines up to the closing bracket, or show them."""
        end = end_of(block)
        if end is None:
            return
        inner = block.next()
        begin = inner.position()
        while inner.isValid() and inner.blockNumber() <= end.blockNumber():
            inner.setVisible(not folded)
            inner.setLineCount(0 if folded else max(1, inner.layout().lineCount()))
            inner = inner.next()
        if folded and block.blockNumber() < self.textCursor().blockNumber() <= end.blockNumber():
            cursor = self.textCursor()
            cursor.setPosition(block.position() + block.length() - 1)
            self.setTextCursor(cursor)
        self._is_changing = True
        self.document().markContentsDirty(begin, end.position() + end.length() - begin)
        self._is_changing = False
        # Qt measures how far the text scrolls only when lines are added or removed.
        layout = self.document().documentLayout()
        layout.documentSizeChanged.emit(layout.documentSize())
        self.viewport().update()
        self._gutter.update()

    def toggle_fold(self) -> None:
        """Fold what the line of the cursor contains or belongs to, or show it."""
        block = opening_of(self.textCursor().block())
        if block is not None:
            self.set_folded(block, not self.is_folded(block))

    def fold_field(self, name: str) -> None:
        """Fold a field of the whole, such as `tools`."""
        block = self.document().begin()
        while block.isValid():
            if block.text().startswith(f'  "{name}": ') and is_foldable(block):
                self.set_folded(block, True)
                return
            block = block.next()

    def _show_cursor(self) -> None:
        """Show the lines that the cursor is in."""
        block = self.textCursor().block()
        while not block.isVisible():
            opening = block.previous()
            while opening.isValid() and not opening.isVisible():
                opening = opening.previous()
            if not opening.isValid():
                return
            self.set_folded(opening, False)

    # -- events -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and self.isReadOnly()
        if event.matches(_FIND):
            self.find_asked.emit()
            return
        if (alt or plain) and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._fold_by_key(event.key()):
            return
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.open_next():
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Otherwise Ctrl+F goes to the search of the conversation.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(_FIND):
            event.accept()
            return True
        return super().event(event)

    def _fold_by_key(self, key: int) -> bool:
        block, folds = self.textCursor().block(), key == Qt.Key.Key_Left
        if not is_foldable(block) or self.is_folded(block) == folds:
            return False
        self.set_folded(block, folds)
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection() or self._window is None:
            return
        summary = next((block for block, box in self._summaries() if box.contains(event.position())), None)
        if summary is not None:
            self.set_folded(summary, False)
            return
        text = self.text()
        at = self._place(self.cursorForPosition(event.position().toPoint()).position())
        for token in self._window.tokens(text):
            if token[0] < at < token[1]:
                self._open(text, *token)
                return

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        position = self.cursorForPosition(event.position().toPoint())
        column, line = position.positionInBlock(), position.block().text()
        is_token = "‹" in line and line.rfind("‹", 0, column) > line.rfind("›", 0, column)
        over = is_token or any(box.contains(event.position()) for _, box in self._summaries())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    # -- painting ---------------------------------------------------------------------------------------------------

    def _summaries(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        """The badges behind folded lines."""
        metrics = QFontMetrics(theme().font(Type.TINY, Type.MEDIUM))
        for block, area in visible_blocks(self):
            if is_foldable(block) and self.is_folded(block):
                layout = block.layout()
                line = layout.lineAt(layout.lineCount() - 1)
                left = area.left() + line.naturalTextWidth() + Space.S6
                wide = metrics.horizontalAdvance(summary_of(block)) + 2 * theme().px(6)
                tall = metrics.height() + 2
                top = area.top() + line.y() + (line.height() - tall) / 2
                yield block, QRectF(left, top, wide, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(theme().font(Type.TINY, Type.MEDIUM))
        for block, box in self._summaries():
            paint_box(painter, box, Radius.BADGE, theme().colour("sunken"), theme().colour("line"))
            painter.setPen(theme().colour("text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, summary_of(block))

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._gutter.fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), 3 * self.fontMetrics().height())

    def restyle(self) -> None:
        set_font(self, theme().font(Type.SMALL, mono=True))
        self._is_changing = True
        self._highlighter.restyle()
        self._is_changing = False
        self._gutter.fit()
