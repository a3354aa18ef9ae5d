"""Arguments and result of a tool call: on one line with an arrow between, or open, side by side where they fit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.markdown.plain import PlainView
from app.ui.chat.transcript.call_json import format_json, one_line
from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CARD_INSET, Space, Type
from app.ui.widgets.labels import Caption, Silent

SIDE_BY_SIDE_WIDTH = 520
"""Width in logical pixels, before text scaling, from which arguments and result are shown side by side."""
MAX_TEXT_HEIGHT = 260
"""Logical pixels, before text scaling; longer arguments and results scroll."""
MAX_ARGUMENTS_SHARE = 0.55
"""Of the width of the card, for the arguments on one line with the result."""


class _Side(QWidget):
    """Holds one of the texts; what is found in it is revealed."""

    def __init__(self, reveal: Callable[[], None]) -> None:
        super().__init__()
        self._reveal = reveal

    def reveal(self) -> None:
        """Show the whole text."""
        self._reveal()


class CallTexts(Retranslated):
    """Two texts of a call. Folded, each shows its first line.

    Signals:
        revealed: the texts were unfolded, because something was found in them.
    """

    revealed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arguments = PlainView(ground="bg", size=Type.SMALL, mono=True, max_height=MAX_TEXT_HEIGHT)
        self.result = PlainView(ground="bg", size=Type.SMALL, mono=True, max_height=MAX_TEXT_HEIGHT)
        self._is_folded = False
        self._texts = ("", "")
        self._captions = (Caption(), Caption())
        self._sides = (_Side(self._reveal), _Side(self._reveal))
        self._arrow = Silent("→", size=Type.SMALL)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(1, 0, 1, 0)
        self._row.setSpacing(0)
        texts = (self.arguments, self.result)
        for side, caption, text in zip(self._sides, self._captions, texts, strict=True):
            box = QVBoxLayout(side)
            box.setSpacing(Space.S2)
            box.addWidget(caption)
            box.addWidget(text)
            box.addStretch(1)
        self._row.addWidget(self._sides[0], 1)
        self._row.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._sides[1], 1)
        self._fit()
        self.retranslate()

    def set_texts(self, arguments: str, result: str) -> None:
        """Show these texts, formatted as the fold asks."""
        self._texts = arguments, result
        shape = one_line if self._is_folded else format_json
        self.arguments.set_text(shape(arguments))
        self.result.set_text(shape(result))
        self._fit()

    def set_folded(self, folded: bool) -> None:
        """Show each text on one line, or all of it. Edits are lost: don't fold while editing."""
        if folded != self._is_folded:
            self._is_folded = folded
            for text in (self.arguments, self.result):
                text.set_folded(1 if folded else 0)
            self.set_texts(*self._texts)

    def _reveal(self) -> None:
        """Unfold without formatting the texts anew: what was found keeps its place."""
        if self._is_folded:
            self._is_folded = False
            for text in (self.arguments, self.result):
                text.set_folded(0)
            self._fit()
            self.revealed.emit()

    def show_result(self, shown: bool) -> None:
        """Show or hide the result."""
        self._sides[1].setVisible(shown)
        self._fit()

    def _fit(self) -> None:
        has_result = not self._sides[1].isHidden()
        is_line = self._is_folded and has_result
        is_wide = is_line or self.width() >= theme().px(SIDE_BY_SIDE_WIDTH)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)
        for caption in self._captions:
            caption.setVisible(not self._is_folded and has_result)
        self._arrow.setVisible(is_line)
        bottom = Space.S8 if self._is_folded else Space.S12
        for number, side in enumerate(self._sides):
            layout = side.layout()
            assert layout is not None
            left = Space.S6 if is_line and number else 13
            layout.setContentsMargins(left, Space.S8, Space.S6 if is_line and not number else CARD_INSET, bottom)
        self._arrow.setContentsMargins(0, Space.S8 + 1, 0, 0)
        if is_line:
            needed = self.arguments.unwrapped_width() + 13 + Space.S6 + 2
            most = round(self.width() * MAX_ARGUMENTS_SHARE)
            self._sides[0].setFixedWidth(max(40, min(needed, most)))
        else:
            self._sides[0].setMinimumWidth(0)
            self._sides[0].setMaximumWidth(16_777_215)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sides[1].isHidden() or self._is_folded:
            return
        painter, line = QPainter(self), theme().colour("line")
        side = QRectF(self._sides[1].geometry())
        if self._row.direction() == QBoxLayout.Direction.LeftToRight:
            painter.fillRect(QRectF(side.left(), 0, 1, self.height()), line)
        else:
            painter.fillRect(QRectF(1, side.top(), self.width() - 2, 1), line)

    def retranslate(self) -> None:
        self.arguments.setAccessibleName(QCoreApplication.translate("Transcript", "Arguments"))
        self.result.setAccessibleName(QCoreApplication.translate("Transcript", "Result"))
        self._captions[0].setText(QCoreApplication.translate("Transcript", "Arguments"))
        self._captions[1].setText(QCoreApplication.translate("Transcript", "Result"))
