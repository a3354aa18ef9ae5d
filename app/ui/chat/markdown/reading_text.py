"""A read-only text widget as tall as its content, whose text can be selected and copied and its links opened."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.ui.chat.markdown.selection_html import has_table, html_of, selected_cells
from app.ui.chat.markdown.text_formats import FORMULA
from app.ui.chat.markdown.utf16 import utf16_length
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius
from app.ui.widgets.composition import ComposingRichEdit

_CARET_KEYS = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class ReadingText(ComposingRichEdit):
    """Read-only text whose height is that of its document, so that it never scrolls by itself.

    Attributes:
        ground: token of the opaque background colour, which lets scrolling move pixels instead of repainting them.
        drawn_height: `text_height` when it was last measured, after each change of the text.

    Signals:
        open_link: address of an activated link.
        grew: the height has changed.
    """

    open_link = Signal(str)
    grew = Signal()
    ring_radius = Radius.CONTROL
    read_only_flags = (
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
        | Qt.TextInteractionFlag.LinksAccessibleByMouse
        | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )

    def __init__(self, parent: QWidget | None = None, *, ground: str = "bg") -> None:
        super().__init__(parent)
        self.ground = ground
        self.drawn_height = 0
        self._press_position = QPoint()
        self._growth_step = 0
        self.setProperty("bare", True)
        # Created in Python: the wrapper of a document that Qt created can be invalidated before the document is deleted
        # (shiboken invalidates all wrappers below a widget whose own wrapper was created for an event-filter call).
        document = QTextDocument(self)
        self.setDocument(document)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(self.read_only_flags)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        document.setDocumentMargin(0)
        document.setUndoRedoEnabled(False)
        document.documentLayout().documentSizeChanged.connect(self._fit)

    # -- text that waits

    @property
    def has_backlog(self) -> bool:
        """Whether text has arrived that is not drawn yet."""
        return False

    def flush(self) -> bool:
        """Draw text that waits, as much as one frame has time for, and show it; true when anything changed."""
        self.draw_waiting()
        return self.show_drawn()

    def draw_waiting(self) -> None:
        """Put text that waits into the document, as much as one frame has time for; `show_drawn` completes it."""

    def show_drawn(self) -> bool:
        """Give what has been drawn its height, and let it be painted; true when anything changed."""
        return False

    def draw_all(self) -> None:
        """Draw all text that waits, however long that takes."""

    # -- height

    @property
    def text_height(self) -> int:
        """Height of the content; the widget can be taller while it grows in steps."""
        return math.ceil(self.document().size().height()) + self.bottom_padding()

    def bottom_padding(self) -> int:
        """Logical pixels below the last line."""
        return 0

    def set_growth_step(self, step: int) -> None:
        """Round the height up to multiples of `step` pixels, so that few new lines change the layout; 0: exact."""
        self._growth_step = step
        self._fit()

    def _fit(self) -> None:
        self.drawn_height = self.text_height
        height = max(1, self.drawn_height)
        if self._growth_step:
            height = max(
                self.height() if self.height() >= height else 0,
                math.ceil(height / self._growth_step) * self._growth_step,
            )
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
            self.grew.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        region = event.region()
        if region.rectCount() <= 1:
            self._paint_area(event)
            return
        # Qt would draw everything between an area at the top and one at the bottom.
        for area in cast(Iterable[QRect], region):
            self._paint_area(QPaintEvent(area))

    def _paint_area(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, theme().colour(self.ground))
        is_below = area.top() >= self.drawn_height  # Scrolling exposes the empty room that the widget grows into.
        if not is_below:
            self.paint_background(painter, area.toRectF())
        painter.end()
        if not is_below:
            super().paintEvent(event)

    def paint_background(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint decorations below the text; `exposed` is the area to repaint."""

    # -- input

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            href := self.textCursor().charFormat().anchorHref()
        ):
            self.open_link.emit(href)
            return
        is_selecting = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and event.key() in _CARET_KEYS
        if (
            is_selecting
            or event.matches(QKeySequence.StandardKey.Copy)
            or event.matches(QKeySequence.StandardKey.SelectAll)
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:
        if self.hasFocus() and self._select_link(forward=next):  # else a button or scroll bar in it has the focus
            return True
        return super().focusNextPrevChild(next)

    def _select_link(self, forward: bool) -> bool:
        """Select the next link after or before the cursor; false when there is none."""
        cursor = self.textCursor()
        position = cursor.selectionEnd() if forward else cursor.selectionStart()
        link: tuple[int, int] | None = None
        block = self.document().findBlock(position)
        while block.isValid() and link is None:
            links = [
                (begin, end) for begin, end in _links(block) if (begin >= position if forward else end <= position)
            ]
            if links:
                link = links[0] if forward else links[-1]
            block = block.next() if forward else block.previous()
        if link is None:
            return False
        cursor.setPosition(link[0])
        cursor.setPosition(link[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press_position = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            is_over_link = bool(self.anchorAt(event.position().toPoint()))
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_over_link else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        href = self.anchorAt(event.position().toPoint())
        is_click = (event.position().toPoint() - self._press_position).manhattanLength() < 4
        if href and is_click and event.button() == Qt.MouseButton.LeftButton:
            self.open_link.emit(href)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return False

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Load nothing: images are only ever added to the document as resources."""
        return None

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected text; of a selection with tables also the same as HTML, for word processors and mail."""
        data = QMimeData()
        cursor = self.textCursor()
        data.setText(text_of(cursor))
        if has_table(cursor):
            data.setHtml(html_of(cursor))
        return data


def _links(block: QTextBlock) -> list[tuple[int, int]]:
    """Start and end position of each link in a block."""
    links: list[tuple[int, int]] = []
    last_href = ""
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        href = fragment.charFormat().anchorHref()
        if href:
            begin, end = fragment.position(), fragment.position() + fragment.length()
            if links and links[-1][1] == begin and last_href == href:
                links[-1] = (links[-1][0], end)
            else:
                links.append((begin, end))
        last_href = href
        fragments += 1
    return links


def text_of(cursor: QTextCursor) -> str:
    """The selected text, with formulas as their TeX source and tabs between the cells of a table."""
    if cursor.hasComplexSelection():
        return "\n".join("\t".join(map(text_of, row)) for row in selected_cells(cursor))
    first, *rest = cursor.selectedText().split("\ufffc")
    texts = [first]
    position = cursor.selectionStart() + utf16_length(first)
    picture = QTextCursor(cursor.document())
    for part in rest:
        picture.setPosition(position + 1)
        texts += [str(picture.charFormat().property(FORMULA) or ""), part]
        position += 1 + utf16_length(part)
    text = "".join(texts)
    if "\ufdd0" in text:
        # The mark before each cell, in the order of the cells.
        separators = iter(_cell_separators(cursor))
        text = re.sub("\ufdd0", lambda _: next(separators), text)
        text = re.sub("\u2029?\ufdd1\u2029?|\u2029(?=\n)", "\n", text)
    return text.translate({0x2029: "\n", 0x2028: "\n", 0xFDD1: "\n", 0xA0: " "})


def _cell_separators(cursor: QTextCursor) -> list[str]:
    """For each cell that begins in the selection: a line break before the first of a row, a tab before the others."""
    separators: list[str] = []
    inside = QTextCursor(cursor.document())
    position = cursor.selectionStart()
    for character in cursor.selectedText():
        if character == "\ufdd0":
            inside.setPosition(position + 1)
            table = inside.currentTable()
            is_first = table is None or table.cellAt(inside).column() == 0
            separators.append("\n" if is_first else "\t")
        position += utf16_length(character)
    return separators
