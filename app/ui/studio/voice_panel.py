"""The panel with the voices to choose from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from app.ui.studio.voice_cards import VoiceCards, card_row_height
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_model import RowModel

_CARD_ROWS = 4
_AROUND_CARDS = Space.S4 + Space.S8 + 2


class VoicePanel(Panel):
    """Offers the voices as cards; the chosen one can be heard.

    Attributes:
        library: the button that opens the saved voices.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_hearing = False
        self.voices = VoiceCards("")
        self.model = RowModel()
        self.voices.setModel(self.model)
        self.hear = GhostButton("", Icon.SPEAKER)
        self.library = GhostButton()
        cards = QVBoxLayout()
        cards.setContentsMargins(Space.S16 - RING, 0, Space.S8, Space.S4)
        cards.addWidget(self.voices, 1)
        cards.addStretch(0)
        self.body.addLayout(cards)
        self.add_action(self.hear)
        self.add_action(self.library)
        theme().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show whole rows of cards: as many as fit, up to four."""
        row = card_row_height()
        rows = max(1, min(_CARD_ROWS, (self.height() - self.header_height() - _AROUND_CARDS) // row))
        self.voices.setMinimumHeight(row)
        self.voices.setMaximumHeight(rows * row)

    def wanted_height(self) -> int:
        """The height in pixels for all the rows of cards that are shown at most."""
        return self.header_height() + _AROUND_CARDS + _CARD_ROWS * card_row_height()

    def show_hearing(self, active: bool) -> None:
        """Name the button for what pressing it does."""
        self._is_hearing = active
        name = (
            QCoreApplication.translate("Studio", "Stop sample")
            if active
            else QCoreApplication.translate("Studio", "Hear voice")
        )
        self.hear.setText(name)
        self.hear.setAccessibleName(name)
        self.hear.setToolTip(
            "\n".join(
                (
                    QCoreApplication.translate("Studio", "Space in the list of voices does the same. Escape stops."),
                    QCoreApplication.translate("Studio", "The service speaks one short line, once; then it is kept."),
                )
            )
        )

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.set_title(QCoreApplication.translate("Studio", "Voice"))
        self.show_hearing(self._is_hearing)
        self.library.setText(QCoreApplication.translate("Studio", "Library"))
        self.library.setToolTip(QCoreApplication.translate("Studio", "Show the saved voices"))
        self.voices.setAccessibleName(QCoreApplication.translate("Studio", "Voice list"))
