"""A text widget that shows Markdown, also while it is still streaming."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPalette, QResizeEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from app.core.markdown.incremental_parser import IncrementalParser
from app.ui.chat.markdown.backlog import Backlog
from app.ui.chat.markdown.decorations import Decoration
from app.ui.chat.markdown.document_renderer import DocumentRenderer
from app.ui.chat.markdown.formulas import formulas
from app.ui.chat.markdown.text_formats import TextFormats
from app.ui.chat.markdown.wide_tables import ScrollingTables
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box

CARD_FOOT = 10
"""Logical pixels between the last line of code and the lower edge of its card, before text scaling."""
COPY_BUTTON_SIDE = 26
COLOURING_PAUSE_MS = 15
"""Milliseconds between two batches of syntax colouring."""


class MarkdownView(ScrollingTables):
    """Shows Markdown that may still be streaming.

    `append` only buffers text; `flush` draws what is new, of much text only what one frame has time for; `finish` draws
    the complete text.
    """

    def __init__(
        self, parent: QWidget | None = None, *, ground: str = "bg", size: int = Type.BODY, colour: str = "text"
    ) -> None:
        super().__init__(parent, ground=ground)
        self._size, self._text_colour = size, colour
        self._parser = IncrementalParser()
        self._received: list[str] = []
        self._backlog = Backlog()
        self._is_complete = False  # all text has been received
        self._is_streaming = True
        self._copy_buttons: list[IconButton] = []
        self._formats = TextFormats(size, colour)
        self._renderer = DocumentRenderer(self.document(), self._formats, self.devicePixelRatioF())
        self._colouring_timer = QTimer(self)
        self._colouring_timer.setSingleShot(True)
        self._colouring_timer.setInterval(COLOURING_PAUSE_MS)
        self._colouring_timer.timeout.connect(self._colour)
        self._previous_width = 0.0
        self._changed_from: int | None = None  # the first unit changed by the frame being drawn
        self.setFont(theme().font(size))
        theme().changed.connect(self.restyle)
        formulas().drawn.connect(self._redraw_formulas)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for button in self._copy_buttons:
                button.set_name(QCoreApplication.translate("Markdown", "Copy code"))
            self._name_bars()

    # -- text

    @property
    def has_backlog(self) -> bool:
        """Whether another `flush` is needed to draw everything that has arrived."""
        return bool(self._backlog) or (self._is_complete and self._is_streaming)

    def append(self, text: str) -> None:
        """Buffer the next piece of the text."""
        text = presentation_cover().mask(text)
        self._received.append(text)
        self._backlog.append(text)

    def flush(self) -> bool:
        """Draw buffered text, as much as a frame has time for; true when anything changed."""
        self._follow_width()
        self._changed_from = None
        self._backlog.draw_frame(self._draw)
        if self._is_complete and not self._backlog:
            self._parser.finish()
            self._is_streaming = False
        return self._show_changes()

    def draw_all(self) -> None:
        """Draw everything that has arrived, however long that takes."""
        self._follow_width()
        self._changed_from = None
        self._parser.append(self._backlog.take(len(self._backlog)))
        if self._is_complete:
            self._parser.finish()
            self._is_streaming = False
        self._show_changes()

    def finish(self) -> None:
        """Draw the text as complete."""
        self._is_complete = True
        self.draw_all()
        self._colour()

    def finish_with(self, text: str) -> None:
        """Finish with this complete text, which replaces the streamed text if that differs.

        What has been streamed and is not drawn yet is left to `flush`.
        """
        text = presentation_cover().mask(text)
        if text != "".join(self._received):
            self._received = [text]
            self._backlog.clear()
            self._parser = IncrementalParser(text)
            self._renderer.clear(self._formats, self.devicePixelRatioF())
            self.finish()
        else:
            self._is_complete = True
            self.flush()
            if not self._backlog:
                self._colour()

    def _draw(self, text: str) -> None:
        self._parser.append(text)
        if self._renderer.show(self._parser):
            changed = self._renderer.changed_from
            self._changed_from = changed if self._changed_from is None else min(changed, self._changed_from)

    def _show_changes(self) -> bool:
        """Draw what the parser has now, and place and colour what has changed; true when anything has."""
        self._draw("")
        if self._changed_from is None:
            return False
        self._place_copy_buttons(self._changed_from)
        self._place_tables()
        if not self._backlog:  # Colours come when there is time.
            self._colour()
        return True

    def _follow_width(self) -> None:
        if self.document().textWidth() != self.viewport().width():  # it lays out everything again
            self.document().setTextWidth(self.viewport().width())
            self._renderer.decorations.forget_areas(0)

    def restyle(self) -> None:
        self._formats = TextFormats(self._size, self._text_colour)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, theme().colour(self._text_colour))
        self.setPalette(palette)
        self.setFont(theme().font(self._size))
        self._redraw()

    def _redraw(self) -> None:
        self._renderer.clear(self._formats, self.devicePixelRatioF())
        self._follow_width()
        self._changed_from = None
        self._show_changes()
        self._fit()
        self.viewport().update()

    def _redraw_formulas(self) -> None:
        if self._renderer.redraw_formulas():
            self._renderer.decorations.forget_areas(0)
            self._place_copy_buttons()
            self._place_tables()

    def _colour(self) -> None:
        if self._renderer.colour(self._is_streaming):
            self._colouring_timer.start()

    # -- geometry

    def _place_tables(self) -> None:
        tables = self._renderer.tables.drawn()
        if tables or self._wide_tables:
            self.place_tables(tables)
            self._fit()

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
            self._place_copy_buttons()
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

    def paint_background(self, painter: QPainter, exposed: QRectF) -> None:
        foot = theme().px(CARD_FOOT)
        for decoration in self._renderer.decorations:
            area = self._area(decoration)
            if area.bottom() + foot < exposed.top() or area.top() - foot > exposed.bottom():
                continue
            if decoration.kind in ("code", "card"):
                card = area.adjusted(0, -foot + 2, 0, foot)
                paint_box(painter, card, Radius.ROW, theme().colour("raised"), theme().colour("line"))
            elif decoration.kind == "bar":
                left = self._formats.indent(decoration.containers[:-1])
                paint_box(painter, QRectF(left, area.top(), 3, area.height()), 1.5, theme().colour("line"))
            else:
                painter.fillRect(QRectF(area.left(), round(area.top()), area.width(), 1), theme().colour("line"))

    def _place_copy_buttons(self, changed_from: int = 0) -> None:
        """Place a Copy button in the corner of each code card; the Tab order has them after the text.

        Those of cards above unit `changed_from` stay where they are.
        """
        cards = self._code_cards()
        while len(self._copy_buttons) > len(cards):
            self._copy_buttons.pop().deleteLater()
        known = len(self._copy_buttons)
        while len(self._copy_buttons) < len(cards):
            name = QCoreApplication.translate("Markdown", "Copy code")
            button = IconButton(Icon.COPY, name, self.viewport(), side=COPY_BUTTON_SIDE)
            button.clicked.connect(partial(self._copy_code, len(self._copy_buttons)))
            button.show()
            self._copy_buttons.append(button)
        for index, (button, card) in enumerate(zip(self._copy_buttons, cards, strict=True)):
            if card.last < changed_from and index < known:
                continue
            area = self._area(card)
            button.adjustSize()
            middle = _bounds(self._renderer.text_block_of(card.first)).center().y()
            button.move(round(area.right()) - button.width() - Space.S6, round(middle - button.height() / 2))

    def _code_cards(self) -> list[Decoration]:
        return [decoration for decoration in self._renderer.decorations if decoration.kind == "code"]

    def _copy_code(self, index: int, _checked: bool = False) -> None:
        cards = self._code_cards()
        QGuiApplication.clipboard().setText(self._renderer.code_of(cards[index]))


def _bounds(block: QTextBlock) -> QRectF:
    """The area of a block's lines. `blockBoundingRect` is shifted up by what a minimum line height adds."""
    layout = block.layout()
    return layout.boundingRect().translated(layout.position())
