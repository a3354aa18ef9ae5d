"""A text widget for Markdown as tall as its words: selectable, readable, cheap to grow."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from app.ui.chat.markdown.decorations import Decoration
from app.ui.chat.markdown.document_renderer import DocumentRenderer
from app.ui.chat.markdown.formulas import formulas
from app.ui.chat.markdown.incremental_parser import IncrementalParser
from app.ui.chat.markdown.text_formats import FORMULA, TextFormats
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box

CARD_FOOT = 10
COPY_SIDE = 26
COLOURING_PAUSE = 15
"""Milliseconds between two helpings of colouring."""

_CARET_KEYS = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class ReadingText(QTextEdit):
    """Words that are read and copied, not written; its height is the document's, so it never scrolls by itself.

    Attributes:
        ground: token of the colour behind the words; opaque, so that scrolling moves pixels instead of painting.

    Signals:
        open_link: an address was chosen.
        grew: its height has changed.
    """

    open_link = Signal(str)
    grew = Signal()
    ring_radius = Radius.CONTROL
    reading = (
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
        | Qt.TextInteractionFlag.LinksAccessibleByMouse
        | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )

    def __init__(self, parent: QWidget | None = None, *, ground: str = "bg") -> None:
        super().__init__(parent)
        self.ground = ground
        self._pressed = QPoint()
        self._spare = 0
        self.setProperty("bare", True)
        # Made here: Python's view of a document that Qt made may end before it (shiboken gives up all of those below a
        # widget whose wrapper was born for one call of an event filter).
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
        self.setTextInteractionFlags(self.reading)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        document.setDocumentMargin(0)
        document.setUndoRedoEnabled(False)
        document.documentLayout().documentSizeChanged.connect(self._fit)

    # -- height

    @property
    def words_height(self) -> int:
        """Height of what is drawn; the widget may be taller while it grows."""
        return math.ceil(self.document().size().height()) + self.foot()

    def foot(self) -> int:
        """Room below the last line."""
        return 0

    def set_spare(self, step: int) -> None:
        """Grow in steps of so many pixels (0: exactly), so that most new lines change no layout."""
        self._spare = step
        self._fit()

    def _fit(self) -> None:
        height = max(1, self.words_height)
        if self._spare:
            height = max(self.height() if self.height() >= height else 0, math.ceil(height / self._spare) * self._spare)
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
            self.grew.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour(self.ground))
        self.paint_behind(painter, event.rect().toRectF())
        painter.end()
        super().paintEvent(event)

    def paint_behind(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint what lies under the words."""

    # -- hands

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            href := self.textCursor().charFormat().anchorHref()
        ):
            self.open_link.emit(href)
            return
        selecting = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and event.key() in _CARET_KEYS
        if (
            selecting
            or event.matches(QKeySequence.StandardKey.Copy)
            or event.matches(QKeySequence.StandardKey.SelectAll)
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:
        if self._select_link(forward=next):
            return True
        return super().focusNextPrevChild(next)

    def _select_link(self, forward: bool) -> bool:
        """Select the link after or before the caret; false when there is none."""
        cursor = self.textCursor()
        caret = cursor.selectionEnd() if forward else cursor.selectionStart()
        found: tuple[int, int] | None = None
        block = self.document().findBlock(caret)
        while block.isValid() and found is None:
            links = [(begin, end) for begin, end in _links(block) if (begin >= caret if forward else end <= caret)]
            if links:
                found = links[0] if forward else links[-1]
            block = block.next() if forward else block.previous()
        if found is None:
            return False
        cursor.setPosition(found[0])
        cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            over = bool(self.anchorAt(event.position().toPoint()))
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        href = self.anchorAt(event.position().toPoint())
        still = (event.position().toPoint() - self._pressed).manhattanLength() < 4
        if href and still and event.button() == Qt.MouseButton.LeftButton:
            self.open_link.emit(href)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return False

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing is ever loaded: pictures are put into the document."""
        return None

    def createMimeDataFromSelection(self) -> QMimeData:
        copied = QMimeData()
        copied.setText(text_of(self.textCursor()))
        return copied


def _links(block: QTextBlock) -> list[tuple[int, int]]:
    """Begin and end of each link in a block."""
    links: list[tuple[int, int]] = []
    last = ""
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        href = fragment.charFormat().anchorHref()
        if href:
            begin, end = fragment.position(), fragment.position() + fragment.length()
            if links and links[-1][1] == begin and last == href:
                links[-1] = (links[-1][0], end)
            else:
                links.append((begin, end))
        last = href
        fragments += 1
    return links


def text_of(cursor: QTextCursor) -> str:
    """The words of a selection, formulas as their source."""
    first, *rest = cursor.selectedText().split("\ufffc")
    words = [first]
    place = cursor.selectionStart() + _units(first)
    picture = QTextCursor(cursor.document())
    for part in rest:
        picture.setPosition(place + 1)
        words += [str(picture.charFormat().property(FORMULA) or ""), part]
        place += 1 + _units(part)
    return "".join(words).translate({0x2029: "\n", 0x2028: "\n", 0xFDD0: "\n", 0xFDD1: "\n", 0xA0: " "})


def _box(block: QTextBlock) -> QRectF:
    """Where the lines of a block are; `blockBoundingRect` moves them up by what a least line height added."""
    layout = block.layout()
    return layout.boundingRect().translated(layout.position())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class MarkdownView(ReadingText):
    """Markdown that may still be streaming.

    `append` only keeps the text; `flush` draws what is new. `finish` draws all of it for good.
    """

    def __init__(
        self, parent: QWidget | None = None, *, ground: str = "bg", size: int = Type.BODY, ink: str = "text"
    ) -> None:
        super().__init__(parent, ground=ground)
        self._size, self._base_ink = size, ink
        self._stream = IncrementalParser()
        self._text: list[str] = []
        self._live = True
        self._copies: list[IconButton] = []
        self._ink = TextFormats(size, ink)
        self._drawing = DocumentRenderer(self.document(), self._ink, self.devicePixelRatioF())
        self._colouring = QTimer(self)
        self._colouring.setSingleShot(True)
        self._colouring.setInterval(COLOURING_PAUSE)
        self._colouring.timeout.connect(self._colour)
        self._room = 0.0
        self.setFont(theme().font(size))
        theme().changed.connect(self.restyle)
        formulas().drawn.connect(self._redraw_formulas)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for copy in self._copies:
                copy.set_name(QCoreApplication.translate("Markdown", "Copy code"))

    # -- text

    def append(self, text: str) -> None:
        """Keep the next piece of the text."""
        text = presentation_cover().mask(text)
        self._text.append(text)
        self._stream.append(text)

    def flush(self) -> bool:
        """Draw what has come; true when anything changed."""
        self.document().setTextWidth(self.viewport().width())
        changed = self._drawing.show(self._stream)
        if changed:
            self._place_copies()
            self._colour()
        return changed

    def finish(self) -> None:
        """The text is whole."""
        self._stream.finish()
        self._live = False
        self.flush()
        self._colour()

    def settle(self, text: str) -> None:
        """The text is whole and this: finish what streamed, or show it instead where that was something else."""
        text = presentation_cover().mask(text)
        if text != "".join(self._text):
            self._text = [text]
            self._stream = IncrementalParser(text)
            self._drawing.clear(self._ink, self.devicePixelRatioF())
        self.finish()

    def restyle(self) -> None:
        self._ink = TextFormats(self._size, self._base_ink)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, theme().colour(self._base_ink))
        self.setPalette(palette)
        self.setFont(theme().font(self._size))
        self._redraw()

    def _redraw(self) -> None:
        self._drawing.clear(self._ink, self.devicePixelRatioF())
        self.flush()
        self._fit()
        self.viewport().update()

    def _redraw_formulas(self) -> None:
        if self._drawing.redraw_formulas():
            self._place_copies()

    def _colour(self) -> None:
        if self._drawing.colour(self._live):
            self._colouring.start()

    # -- geometry

    def foot(self) -> int:
        return theme().px(CARD_FOOT) if self._drawing_ends_in_card() else 0

    def _drawing_ends_in_card(self) -> bool:
        drawing = getattr(self, "_drawing", None)
        return drawing is not None and drawing.ends_in_card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before, self._room = self._room, float(self.viewport().width())
        widest = self._drawing.tables.widest
        if before and before != self._room and widest > min(before, self._room):
            self._redraw()
        self._place_copies()

    def _area(self, ornament: Decoration) -> QRectF:
        """Where an ornament lies, from its first block to its last, across the view right of its containers."""
        self.document().documentLayout().documentSize()  # lays out what is not yet
        top = _box(self._drawing.block_of(ornament.first)).top()
        bottom = _box(self._drawing.last_block_of(ornament.last)).bottom()
        left = self._ink.indent(ornament.within)
        return QRectF(left, top, self.viewport().width() - left, bottom - top)

    def _card(self, ornament: Decoration) -> QRectF:
        foot = theme().px(CARD_FOOT)
        return self._area(ornament).adjusted(0, -foot + 2, 0, foot)

    def paint_behind(self, painter: QPainter, exposed: QRectF) -> None:
        for ornament in self._drawing.ornaments:
            if ornament.kind in ("code", "card"):
                card = self._card(ornament)
                if card.intersects(exposed):
                    paint_box(painter, card, Radius.ROW, theme().colour("raised"), theme().colour("line"))
            elif ornament.kind == "bar":
                area = self._area(ornament)
                left = self._ink.indent(ornament.within[:-1])
                bar = QRectF(left, area.top(), 3, area.height())
                if bar.intersects(exposed):
                    paint_box(painter, bar, 1.5, theme().colour("line"))
            else:
                area = self._area(ornament)
                if area.intersects(exposed):
                    painter.fillRect(QRectF(area.left(), round(area.top()), area.width(), 1), theme().colour("line"))

    def _place_copies(self) -> None:
        """A Copy button in the corner of each code card; keyboard focus reaches them after the text."""
        cards = [found for found in self._drawing.ornaments if found.kind == "code"]
        while len(self._copies) > len(cards):
            self._copies.pop().deleteLater()
        while len(self._copies) < len(cards):
            name = QCoreApplication.translate("Markdown", "Copy code")
            copy = IconButton(Icon.COPY, name, self.viewport(), side=COPY_SIDE)
            copy.clicked.connect(partial(self._copy_code, len(self._copies)))
            copy.show()
            self._copies.append(copy)
        for copy, card in zip(self._copies, cards, strict=True):
            area = self._area(card)
            copy.adjustSize()
            head = _box(self._drawing.block_of(card.first)).center().y()
            copy.move(round(area.right()) - copy.width() - Space.S6, round(head - copy.height() / 2))

    def _copy_code(self, place: int, _checked: bool = False) -> None:
        cards = [found for found in self._drawing.ornaments if found.kind == "code"]
        QGuiApplication.clipboard().setText(self._drawing.code_of(cards[place]))
