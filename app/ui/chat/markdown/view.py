"""A text widget that shows Markdown, also while it is still streaming."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from app.core.markdown.source_marks import SourceMarks
from app.core.messages import Source
from app.ui.chat.markdown.backlog import AT_ONCE, Backlog
from app.ui.chat.markdown.code_copy_buttons import CodeCopyButtons
from app.ui.chat.markdown.decorations import CARD_FOOT, Decoration, Decorations
from app.ui.chat.markdown.document_renderer import LETTER_MARGIN, DocumentRenderer
from app.ui.chat.markdown.formulas import formulas
from app.ui.chat.markdown.tables import GrownCell
from app.ui.chat.markdown.text_formats import TextFormats
from app.ui.chat.markdown.wide_tables import ScrollingTables
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Type
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box

if TYPE_CHECKING:
    from app.core.markdown.incremental_parser import IncrementalParser

COLOURING_PAUSE_MS = 15
"""Milliseconds between two batches of syntax colouring."""
STREAMING_COLOURING_PAUSE_MS = 120
"""Milliseconds after which new lines of code that is still arriving are coloured together."""


class MarkdownView(ScrollingTables):
    """Shows Markdown that may still be streaming.

    `append` only buffers text; `flush` draws what is new, of much text only what one frame has time for; `finish` draws
    the complete text.

    Signals:
        draws_again: what was drawn is drawn again from its beginning, by `flush`.
        redrawn: everything was drawn again at once, and selections are gone.
    """

    draws_again = Signal()
    redrawn = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, ground: str = "bg", size: int = Type.BODY, colour: str = "text"
    ) -> None:
        super().__init__(parent, ground=ground)
        self._size, self._text_colour = size, colour
        self._parser = _parser()
        self._received: list[str] = []
        self._backlog = Backlog()
        self._is_complete = False  # all text has been received
        self._is_streaming = True
        self._formats = TextFormats(size, colour)
        self._renderer = DocumentRenderer(self.document(), self._formats, self.devicePixelRatioF())
        self._copy_buttons = CodeCopyButtons(
            self.viewport(), self._renderer.decorations.cards, self._copy_corner, self._renderer.code_of
        )
        self._colouring_timer = QTimer(self)
        self._colouring_timer.setSingleShot(True)
        self._colouring_timer.timeout.connect(self._colour)
        self._previous_width = 0.0
        self._least_height = 0  # while it is drawn again, so that what is below stays in its place
        self._least_ratio = 0.0
        self._source_urls: tuple[str, ...] = ()
        self._changed_from: int | None = None  # the first unit that is drawn differently from what is shown
        self._changed_top = 0.0  # below it something is drawn differently
        self._grown_cell: GrownCell | None = None  # if that is all that is drawn differently
        self._painted_block: QTextBlock | None = None  # whose shaped letters are kept
        self.setFont(theme().font(size))
        theme().changed.connect(self.restyle)
        formulas().drawn.connect(self._redraw_formulas)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._copy_buttons.retranslate()
            self._name_bars()

    # -- text

    def set_sources(self, sources: Sequence[Source]) -> None:
        """Show where the text cites these sources, by their numbers from 1."""
        urls = tuple(source.url for source in sources)
        if urls != self._source_urls:
            self._source_urls = urls
            self._renderer.source_marks = SourceMarks(urls)
            if self._received:
                self._redraw()

    @property
    def has_backlog(self) -> bool:
        """Whether another `flush` is needed to draw everything that has arrived."""
        return bool(self._backlog) or (self._is_complete and self._is_streaming)

    @property
    def drawn_share(self) -> float:
        """How much of the text that has arrived is drawn, from 0 to 1."""
        whole = sum(len(text) for text in self._received)
        return 1 - len(self._backlog) / whole if whole else 1.0

    def append(self, text: str) -> None:
        """Buffer the next piece of the text."""
        text = presentation_cover().mask(text)
        self._received.append(text)
        self._backlog.append(text)

    def draw_waiting(self) -> None:
        self._follow_width()
        has_text = bool(self._backlog)
        self._backlog.draw_frame(self._draw)
        if self._is_complete and not self._backlog:
            self._parser.finish()
            self._is_streaming = False
            has_text = False
        if not has_text:
            self._draw("")  # what the parser has, without another piece

    def show_drawn(self) -> bool:
        is_held = self._least_height > 0
        if not self._backlog:
            self._least_height = 0
        has_changed = self._show_changes()
        if is_held and not self._least_height:
            self._fit()
        return has_changed

    def draw_all(self) -> None:
        """Draw everything that has arrived, however long that takes."""
        self._follow_width()
        self._least_height = 0
        self._parser.append(self._backlog.take(len(self._backlog)))
        if self._is_complete:
            self._parser.finish()
            self._is_streaming = False
        self._draw("")
        self._show_changes()

    def finish(self) -> None:
        """Draw the text as complete."""
        self._is_complete = True
        self.draw_all()
        self._colour()

    def finish_with(self, text: str) -> None:
        """Finish with this complete text, which replaces the streamed text if that differs.

        What has been streamed and is not drawn yet is left to `flush`, and so is most of a very long text.
        """
        text = presentation_cover().mask(text)
        if text != "".join(self._received):
            self._received = [text]
            self._backlog.clear()
            self._renderer.clear(self._formats, max(self.devicePixelRatioF(), self._least_ratio))
            if len(text) <= AT_ONCE:
                self._parser = _parser(text)
                self.finish()
            else:
                self._parser = _parser()
                self._backlog.append(text)
                self._is_complete = self._is_streaming = True
                self.flush()
        else:
            self._is_complete = True
            self.flush()
            if not self._backlog:
                self._colour()

    def _draw(self, text: str) -> None:
        self._parser.append(text)
        renderer = self._renderer
        # Qt would repaint the whole paragraph, and for a table all of the page.
        with QSignalBlocker(self.document().documentLayout()):
            is_changed = renderer.show(self._parser)
        if not is_changed:
            return
        if self._changed_from is None:
            self._changed_from, self._changed_top = renderer.changed_from, renderer.changed_top
            self._grown_cell = renderer.grown_cell
        else:
            self._grown_cell = None
            self._changed_from = min(self._changed_from, renderer.changed_from)
            self._changed_top = min(self._changed_top, renderer.changed_top)

    def _show_changes(self) -> bool:
        """Place and colour what has been drawn; true when anything has changed."""
        if self._changed_from is None:
            return False
        changed_from, self._changed_from = self._changed_from, None
        before = self.drawn_height
        self._fit()
        top = max(0, math.floor(self._changed_top))
        # As long as nothing moves, what is below the last line stays, such as the edge of a card, which takes longest.
        below = self.bottom_padding() if before == self.drawn_height else 0
        bottom = max(before, self.drawn_height) - below + (0 if below else LETTER_MARGIN)
        left, right = 0, self.viewport().width()
        if self._grown_cell is not None and before == self.drawn_height and not self._wide_tables:
            left, right = math.floor(self._grown_cell.left), math.ceil(self._grown_cell.right)
        self.viewport().update(left, top, right - left, bottom - top)
        self._copy_buttons.place(changed_from)
        if self._renderer.has_changed_tables:
            self._renderer.has_changed_tables = False
            self._place_tables()
        self._colour_later()
        return True

    def _colour_later(self) -> None:
        """Colour new code: at once, as far as there is time, or together after a pause while more of it arrives."""
        if self._colouring_timer.isActive() or not self._renderer.has_uncoloured_code(self._is_streaming):
            return
        if self._is_streaming:
            self._colouring_timer.start(STREAMING_COLOURING_PAUSE_MS)
        else:
            self._colour()

    def _follow_width(self) -> None:
        width = self.viewport().width()
        if self._renderer.document.textWidth() != width:  # it lays out everything again
            self._renderer.document.setTextWidth(width)
            self._renderer.decorations.forget_areas(0)

    def restyle(self) -> None:
        self._formats = TextFormats(self._size, self._text_colour)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, theme().colour(self._text_colour))
        self.setPalette(palette)
        self.setFont(theme().font(self._size))
        self._redraw()

    def draw_for(self, ratio: float) -> None:
        """Draw formulas with at least so many device pixels per logical pixel, for a picture of the view."""
        self._least_ratio = ratio
        self._redraw()
        self.draw_all()

    def _redraw(self) -> None:
        is_long = sum(map(len, self._received)) > AT_ONCE
        # Who reads the end follows what is drawn; anywhere else the place is kept.
        if is_long and self.viewport().visibleRegion().boundingRect().bottom() < self.height() - 1:
            self._least_height = self.height()
        self._renderer.clear(self._formats, max(self.devicePixelRatioF(), self._least_ratio))
        if is_long:
            self._draw_again()
            return
        self._follow_width()
        self._draw("")
        self._show_changes()
        self._fit()
        self.viewport().update()
        self.redrawn.emit()

    def _draw_again(self) -> None:
        """Draw what has arrived from its beginning, in as many frames as it takes."""
        self._parser = _parser()
        self._backlog.clear()
        self._backlog.append("".join(self._received))
        self._is_streaming = True
        self.flush()
        self.viewport().update()
        self.draws_again.emit()

    def _redraw_formulas(self) -> None:
        changed = self._renderer.redraw_formulas()
        if changed is not None:
            self._renderer.decorations.forget_areas(changed)
            self._copy_buttons.place(changed)
            self._place_tables()

    def _colour(self) -> None:
        if self._renderer.colour(self._is_streaming):
            self._colouring_timer.start(COLOURING_PAUSE_MS)

    # -- geometry

    def _place_tables(self) -> None:
        tables = self._renderer.tables.drawn()
        if tables or self._wide_tables:
            self.place_tables(tables)
            self._fit()

    @property
    def text_height(self) -> int:
        return max(super().text_height, self._least_height)

    def bottom_padding(self) -> int:
        return theme().px(CARD_FOOT) if self._ends_in_card() else self.scroll_bar_height()

    def _ends_in_card(self) -> bool:
        renderer = getattr(self, "_renderer", None)
        return renderer is not None and renderer.ends_in_card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before, self._previous_width = self._previous_width, float(self.viewport().width())
        max_width = self._renderer.tables.max_width
        if before and before != self._previous_width and max_width > min(before, self._previous_width):
            self._redraw()
        if before != self._previous_width:
            self._renderer.decorations.forget_areas(0)
            self._copy_buttons.place()
            self._place_tables()

    def _area(self, decoration: Decoration) -> QRectF:
        """The area of a decoration, from its first text block to its last and up to the right edge."""
        if decoration.area is None:
            decoration.area = self._measured_area(decoration)
        return decoration.area

    def _measured_area(self, decoration: Decoration) -> QRectF:
        self.document().documentLayout().documentSize()  # completes the layout
        top = _bounds(self._renderer.text_block_of(decoration.first)).top()
        bottom = _bounds(self._renderer.last_text_block_of(decoration.last)).bottom()
        left = self._formats.indent(decoration.containers)
        return QRectF(left, top, self.viewport().width() - left, bottom - top)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._keep_letters()
        super().paintEvent(event)

    def _keep_letters(self) -> None:
        """Let Qt keep the shaped letters of the block that grows from its layout to its painting, and of no other."""
        block, before = self._renderer.grown_block, self._painted_block
        if block == before or not (self._is_streaming or before):
            return
        if before is not None and before.isValid():
            before.layout().setCacheEnabled(False)
        self._painted_block = block if block is not None and block.isValid() and self._is_streaming else None
        if self._painted_block is not None:
            self._painted_block.layout().setCacheEnabled(True)

    def paint_background(self, painter: QPainter, exposed: QRectF) -> None:
        foot = theme().px(CARD_FOOT)
        decorations = self._renderer.decorations
        for decoration in self._in_view(decorations, exposed.adjusted(0, -foot, 0, foot)):
            area = self._area(decoration)
            if decoration.kind in ("code", "card"):
                card = area.adjusted(0, -foot + 2, 0, foot)
                if card.top() + Radius.ROW <= exposed.top() and exposed.bottom() <= card.bottom() - Radius.ROW:
                    self._paint_inside_card(painter, card, exposed)
                    continue
                paint_box(painter, card, Radius.ROW, theme().colour("raised"), theme().colour("line"), exposed=exposed)
            elif decoration.kind == "bar":
                left = self._formats.indent(decoration.containers[:-1])
                paint_box(painter, QRectF(left, area.top(), 3, area.height()), 1.5, theme().colour("line"))
            else:
                painter.fillRect(QRectF(area.left(), round(area.top()), area.width(), 1), theme().colour("line"))

    def _in_view(self, decorations: Decorations, exposed: QRectF) -> Iterator[Decoration]:
        """Those that an area shows: from the last one, which is in view while an answer streams, upwards."""
        for decoration in reversed(decorations):
            if decoration.kind == "bar":
                continue
            area = self._area(decoration)
            if area.bottom() < exposed.top():
                break
            if area.top() <= exposed.bottom():
                yield decoration
        for bar in decorations.bars:
            area = self._area(bar)
            if area.bottom() >= exposed.top() and area.top() <= exposed.bottom():
                yield bar

    @staticmethod
    def _paint_inside_card(painter: QPainter, card: QRectF, exposed: QRectF) -> None:
        """Paint a part of a card without its upper and lower edge."""
        part = QRectF(card.left(), exposed.top(), card.width(), exposed.height())
        painter.fillRect(part, theme().colour("line"))
        painter.fillRect(part.adjusted(1, 0, -1, 0), theme().colour("raised"))

    def _copy_corner(self, card: Decoration) -> QPointF:
        middle = _bounds(self._renderer.text_block_of(card.first)).center().y()
        return QPointF(self._area(card).right(), middle)


def _parser(text: str = "") -> IncrementalParser:
    # Imported for the first text: what parses Markdown takes 2 MB.
    from app.core.markdown.incremental_parser import IncrementalParser

    return IncrementalParser(text)


def _bounds(block: QTextBlock) -> QRectF:
    """The area of a block's lines. `blockBoundingRect` is shifted up by what a minimum line height adds."""
    layout = block.layout()
    return layout.boundingRect().translated(layout.position())
