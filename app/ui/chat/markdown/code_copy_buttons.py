"""The Copy buttons in the corners of code cards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.ui.chat.markdown.decorations import Decoration
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton

SIDE = 26


class CodeCopyButtons:
    """One button for each code card of a view; the Tab order has them after the text."""

    def __init__(
        self, viewport: QWidget, cards: list[Decoration], corner_of: Callable[[Decoration], QPointF],
        code_of: Callable[[Decoration], str],
    ) -> None:  # fmt: skip
        """`cards` is the live list; `corner_of` returns the right end of the middle of a card's head."""
        self._viewport, self._cards = viewport, cards
        self._corner_of, self._code_of = corner_of, code_of
        self.buttons: list[IconButton] = []

    def place(self, changed_from: int = 0) -> None:
        """Have as many buttons as cards, in their places. Those of cards above unit `changed_from` stay there."""
        cards = self._cards
        while len(self.buttons) > len(cards):
            self.buttons.pop().deleteLater()
        known = len(self.buttons)
        while len(self.buttons) < len(cards):
            button = IconButton(Icon.COPY, _name(), self._viewport, side=SIDE)
            button.clicked.connect(partial(self._copy, len(self.buttons)))
            button.show()
            self.buttons.append(button)
        for index in reversed(range(len(cards))):
            button, card = self.buttons[index], cards[index]
            if card.first < changed_from and index < known:
                break
            corner = self._corner_of(card)
            button.adjustSize()
            button.move(round(corner.x()) - button.width() - Space.S6, round(corner.y() - button.height() / 2))

    def retranslate(self) -> None:
        for button in self.buttons:
            button.set_name(_name())

    def _copy(self, index: int, _checked: bool = False) -> None:
        QGuiApplication.clipboard().setText(self._code_of(self._cards[index]))


def _name() -> str:
    return QCoreApplication.translate("Markdown", "Copy code")
