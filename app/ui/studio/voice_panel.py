"""The panel with the voices to choose from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from app.ui.studio.voice_cards import VoiceCards, card_row_height
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.key_caps import keys_of
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_model import Row, RowModel

_CARD_ROWS = 4
_AROUND_CARDS = Space.S4 + Space.S8 + 2


class VoicePanel(Panel):
    """Offers the voices as cards; the chosen one can be heard.

    Attributes:
        model: all voices, whether or not the filter shows them.
        filter: shows only the voices whose name or traits contain its words; Enter goes to the first of them.
        library: the button that opens the saved voices.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_hearing = False
        self.voices = VoiceCards("")
        self.model, self._shown = RowModel(), RowModel()
        self.voices.setModel(self._shown)
        self.filter, self._nothing = SearchField(""), Hint(wrap=True)
        self._nothing.hide()
        self.filter.textChanged.connect(lambda _text: self._apply_filter())
        self.filter.returnPressed.connect(self._go_to_first)
        self.model.modelReset.connect(self._apply_filter)
        self.model.dataChanged.connect(lambda *_cells: self._apply_filter())
        self.hear = GhostButton("", Icon.SPEAKER)
        self.library = GhostButton()
        cards = QVBoxLayout()
        cards.setContentsMargins(Space.S16 - RING, 0, Space.S16, Space.S4)
        cards.addWidget(self.filter)
        cards.addSpacing(Space.S8)
        cards.addWidget(self._nothing)
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

    def _apply_filter(self) -> None:
        """Show the voices that have every word of the filter. The chosen one stays chosen, also out of sight."""
        words = self.filter.text().casefold().split()
        rows = [row for row in self.model.rows() if all(word in _words_of(row) for word in words)]
        self._shown.set_rows(rows)
        self._nothing.setText(QCoreApplication.translate("Studio", "No matching voices."))
        self._nothing.setVisible(bool(words) and not rows)

    def _go_to_first(self) -> None:
        """Choose the first voice of the filter, unless the chosen one is among them, and move the focus to it."""
        rows = self._shown.rows()
        if rows and self._shown.row_of(self.voices.selected_key() or "") < 0:
            self.voices.select_key(rows[0].key)
            self.voices.row_selected.emit(rows[0].key)
        if rows:
            self.voices.setFocus(Qt.FocusReason.TabFocusReason)

    def _fit(self) -> None:
        """Show whole rows of cards: as many as fit, up to four."""
        row = card_row_height()
        room = self.height() - self.header_height() - _AROUND_CARDS - self.filter.sizeHint().height() - Space.S8
        rows = max(1, min(_CARD_ROWS, room // row))
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
        self.hear.setText(f"{name} · {keys_of('Esc' if active else 'Space')[0]}")
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
        self.filter.setAccessibleName(QCoreApplication.translate("Studio", "Filter voices"))
        self.filter.setPlaceholderText(QCoreApplication.translate("Studio", "Filter"))
        self.library.setText(QCoreApplication.translate("Studio", "Library"))
        self.library.setToolTip(QCoreApplication.translate("Studio", "Show the saved voices"))
        self.voices.setAccessibleName(QCoreApplication.translate("Studio", "Voice list"))


def _words_of(row: Row) -> str:
    return f"{row.title} {row.subtitle} {row.key}".casefold()
