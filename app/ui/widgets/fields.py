"""Text fields: single line, search, and multiple lines."""

from __future__ import annotations

import math
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor, QTextLayout
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.composition import ComposingLineEdit, ComposingTextEdit
from app.ui.widgets.long_lines import LongLines
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import Themed, set_font

# Border and padding above and below a text area, as in the style sheet.
_FRAME = 2 * (1 + 4)
# Without a little extra height, QPlainTextEdit thinks its last line does not fit and scrolls.
_SPARE = 2


# An assistive tool may set a text in two steps, clearing it first.
_SETTLING_MS = 300
_ECHO = {False: QLineEdit.EchoMode.Normal, True: QLineEdit.EchoMode.Password}
MAX_LINE_LENGTH = 1 << 20
"""Characters of a single-line field; far more than any of them needs, so that nothing pasted is cut."""


class LineField(Themed, ComposingLineEdit):
    """A line edit. A text set by an assistive tool counts as finished shortly afterwards, as if the field were left."""

    ring_on_click = True

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None, *, mono: bool = False) -> None:
        super().__init__(parent)
        self._mono = mono
        self._full_text = ""
        self._setting = self._typing = self._is_covered = False
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self.editingFinished)
        self.textChanged.connect(self._settle)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._settling.stop)
        # Qt's own limit of 32,767 cuts off what is pasted without a word.
        self.setMaxLength(MAX_LINE_LENGTH)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.follow_theme()

    def setText(self, text: str | None, /) -> None:
        """Set the text; a read-only field shows it masked while the presentation cover is active."""
        self._full_text = text or ""
        self._setting = True
        super().setText(presentation_cover().mask(self._full_text) if self.isReadOnly() else text)
        self._setting = False
        self._cover()

    def clear(self) -> None:
        self.setText("")

    def _typed(self) -> None:
        """Note that the user is typing: `textChanged` follows, and the user decides when editing is finished."""
        self._settling.stop()
        self._typing = True

    def _cover(self) -> None:
        """Show dots for a text that was set while presenting, or is there when it begins, if the mask covers any of it.

        What is typed then stays visible; typing into a covered text reveals nothing of it.
        """
        covered = not self.isReadOnly() and presentation_cover().mask(self.text()) != self.text()
        if covered != self._is_covered and self.echoMode() == _ECHO[self._is_covered]:
            self._is_covered = covered
            self.setEchoMode(_ECHO[covered])

    def _settle(self) -> None:
        if not self._setting and not self._typing:
            self._settling.start()
        self._typing = False

    def restyle(self) -> None:
        if self.isReadOnly() and self._full_text and presentation_cover().mask(self._full_text) != self.text():
            self.setText(self._full_text)
        self._cover()
        set_font(self, theme().font(Type.CONTROL, mono=self._mono))
        self.setFixedHeight(theme().px(CONTROL_HEIGHT))


class SearchField(LineField):
    """A search field; Escape or its clear button empties it."""

    _LENS = 16

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        self._cross = IconButton(Icon.CLOSE, "", self, side=24)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        self._name_cross()

    def restyle(self) -> None:
        super().restyle()
        side = theme().px(self._LENS)
        self.setTextMargins(side + Space.S6, 0, side + Space.S6, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._cross.sizeHint()
        left = self.width() - size.width() - Space.S4
        self._cross.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_cross()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        # Otherwise Escape goes to a shortcut of the view even while there is a text to clear.
        is_key = event.type() == QEvent.Type.ShortcutOverride and bool(self.text())
        if is_key and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme().px(self._LENS)
        lens = pixmap(Icon.SEARCH, "text2" if self.isEnabled() else "text3", self._LENS, self.devicePixelRatioF())
        painter.drawPixmap(11, (self.height() - side) // 2, lens)

    def _name_cross(self) -> None:
        self._cross.set_name(QCoreApplication.translate("Widgets", "Clear search"))


class TextArea(Themed, ComposingTextEdit):
    """A multi-line field that grows with its text from `min_lines` to `max_lines`. Tab moves the focus out of it.

    `bare` leaves out the frame, for a container that draws one; `size` is the font size.
    """

    ring_on_click = True

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        parent: QWidget | None = None,
        *,
        min_lines: int = 2,
        max_lines: int = 8,
        size: int = Type.CONTROL,
        mono: bool = False,
        bare: bool = False,
    ) -> None:
        super().__init__(parent)
        self._full_text = ""
        self._covered_text: str | None = None
        self._reserved = 0
        self._min_lines, self._max_lines = min_lines, max_lines
        self._size, self._mono, self._bare = size, mono, bare
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setProperty("bare", bare)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._long_lines = LongLines(self)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.follow_theme()

    def setPlainText(self, text: str) -> None:
        """Set the text; while the presentation cover is active, it is shown masked.

        A field for typing is locked while it shows a masked text, so that what is typed can't be mixed with it;
        `toPlainText` returns the whole text.
        """
        self._unlock()
        self._full_text = text
        self._long_lines.prepare(text)
        masked = presentation_cover().mask(text)
        if masked != text and not self.isReadOnly():
            self._covered_text = text
            self.setReadOnly(True)
        super().setPlainText(masked if self.isReadOnly() else text)

    def clear(self) -> None:
        # Qt's own leaves a covered text where it is.
        self.setPlainText("")

    def retype(self, text: str) -> None:
        """Replace the whole text by one step of undo, as if it were typed; a covered text has no steps."""
        if self.is_covered:
            self.setPlainText(text)
            return
        self.end_step()
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.end_step()
        self.restyle()

    def end_step(self) -> None:
        """Keep what comes next a step of undo of its own. Qt joins only what follows a change since the last mark."""
        self.document().setModified(False)

    def append_text(self, text: str) -> None:
        """Add to the end of a text that can't be edited, set with `setPlainText`; only the new part is laid out."""
        whole = self._full_text + text
        if presentation_cover().active or not self.isReadOnly():
            self.setPlainText(whole)
            return
        self._full_text = whole
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)

    def toPlainText(self) -> str:
        return super().toPlainText() if self._covered_text is None else self._covered_text

    @property
    def is_covered(self) -> bool:
        """Whether the field is locked because it shows its text masked."""
        return self._covered_text is not None

    def _unlock(self) -> None:
        if self._covered_text is not None:
            self._covered_text = None
            self.setReadOnly(False)

    def _cover_draft(self) -> None:
        """Mask a text for typing when the cover is activated, and show it again afterwards. Emits no signal."""
        if self.isReadOnly() and self._covered_text is None:
            return
        text = self.toPlainText()
        if self._covered_text is not None or presentation_cover().mask(text) != text:
            blocked = self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(blocked)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._long_lines.prepare(source.text())
        self.end_step()
        super().insertFromMimeData(source)
        self.end_step()

    def set_lines(self, min_lines: int, max_lines: int) -> None:
        if (min_lines, max_lines) != (self._min_lines, self._max_lines):
            self._min_lines, self._max_lines = min_lines, max_lines
            self._fit()

    def restyle(self) -> None:
        masked = presentation_cover().mask(self._full_text)
        if self.isReadOnly() and self._covered_text is None and self._full_text and masked != self.toPlainText():
            self.setPlainText(self._full_text)
        self._cover_draft()
        font = theme().font(self._size, mono=self._mono)
        set_font(self, font)
        # The placeholder is drawn with the viewport's font, which is not inherited.
        set_font(self.viewport(), font)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
        self._fit_lines()

    def lines_in(self, height: int) -> int:
        """How many whole lines of text in any script a field of this height in pixels shows."""
        margins = round(2 * self.document().documentMargin()) + _SPARE + (0 if self._bare else _FRAME)
        return max(0, int((height - margins) // _line_height(self.font())))

    def reserve(self, height: int) -> None:
        """Keep `height` pixels at the bottom free of text; what remains shows whole lines."""
        self._reserved = height
        self._fit_lines()

    def _shows_whole_lines(self) -> bool:
        """Whether the height that is too low for another line stays empty."""
        return self._reserved > 0

    def _fit_lines(self) -> None:
        lines = self._line_heights(1)
        frame = 0 if self._bare else _FRAME // 2
        room = self.height() - self._reserved - round(2 * self.document().documentMargin()) - frame
        has_remainder = self._shows_whole_lines() and lines and room > lines[0]
        bottom = self._reserved + (math.floor(room % lines[0]) if has_remainder else 0)
        if bottom != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, bottom)
            self.ensureCursorVisible()

    def _fit(self) -> None:
        document = self.document()
        # A plain text document measures its height in lines. Lines with Chinese text may be taller than others.
        lines = round(document.size().height())
        heights = self._line_heights(self._max_lines)
        # Room for lines in any script from the start, so that what is below does not move with the first Chinese word.
        inside = max(sum(heights), self._min_lines * _line_height(self.font()))
        # No scroll bar for a line that is cut off by a single pixel.
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > self._max_lines else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        tall = math.ceil(inside) + round(2 * document.documentMargin()) + _SPARE + (0 if self._bare else _FRAME)
        if tall != self.height():
            self.setFixedHeight(tall)

    def _line_heights(self, max_lines: int) -> list[float]:
        """The heights in pixels of the first lines as laid out."""
        heights: list[float] = []
        layout, block = self.document().documentLayout(), self.document().begin()
        while block.isValid() and len(heights) < max_lines:
            layout.blockBoundingRect(block)
            lines = block.layout()
            heights += [lines.lineAt(place).height() for place in range(lines.lineCount())]
            block = block.next()
        return heights[:max_lines]


def _line_height(font: QFont) -> float:
    """The height in pixels of a line of Latin and Chinese text."""
    layout = QTextLayout("Ag国", font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.height()
