"""Cards of calls that the model made together, side by side where there is room."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.ui.chat.transcript.tool_card import ToolCard
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space

MAX_CARDS = 2
"""Of one row; more would be too narrow to read."""
SIDE_BY_SIDE_WIDTH = 620
"""Logical pixels, before text scaling, from which two cards stand side by side."""


def parts_of(widgets: Iterable[QWidget]) -> list[QWidget]:
    """The parts of a message from the widgets of its layout, in which a row of cards is one."""
    parts: list[QWidget] = []
    for widget in widgets:
        parts += widget.cards if isinstance(widget, CardRow) else (widget,)
    return parts


def index_of_part(widgets: Iterable[QWidget], place: int) -> int:
    """The index among the widgets of the layout for the part that belongs at `place`; -1 for the end."""
    before = 0
    for index, widget in enumerate(widgets):
        if before >= place:
            return index
        before += len(widget.cards) if isinstance(widget, CardRow) else 1
    return -1


class CardRow(QWidget):
    """One or two cards.

    Attributes:
        step: of all its calls.
        end: the place behind its last card among the parts of the message.
    """

    def __init__(self, card: ToolCard, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = card.call.step
        self.end = place
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S8)
        # Two cards side by side need more width than there may be, which is what stacks them.
        self.setMinimumWidth(1)
        self.cards: list[ToolCard] = []
        self.add(card)

    def takes(self, card: ToolCard, place: int) -> bool:
        """Whether a card that belongs at `place` can stand in this row."""
        return len(self.cards) < MAX_CARDS and card.call.step == self.step and place == self.end

    def add(self, card: ToolCard) -> None:
        """Add the next card."""
        self.cards.append(card)
        self.end += 1
        self._row.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = len(self.cards) > 1 and self.width() >= theme().px(SIDE_BY_SIDE_WIDTH)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)
