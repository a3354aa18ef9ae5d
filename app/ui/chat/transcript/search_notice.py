"""What the user can do about an answer whose web search brought no pages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core import console
from app.core.messages import Message
from app.core.web_search import SearchOutcome, search_outcome
from app.ui.chat.transcript.message_footer import running_reason
from app.ui.retranslate import Retranslated
from app.ui.texts.web_search import without_sources
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Hint


class SearchNotice(Retranslated):
    """Says why there are no sources, and offers the console page, an answer without search, or a forced search.

    Signals:
        open_link: address of the console page.
        answer_without_search, force_search: the button of that name was pressed.
    """

    open_link = Signal(str)
    answer_without_search = Signal()
    force_search = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome: SearchOutcome | None = None
        self._is_running = False
        self._text = Hint(wrap=True)
        self.page = Button("", Icon.LINK)
        self.without = Button("", Icon.REDO)
        self.force = Button("", Icon.GLOBE)
        self.page.clicked.connect(lambda: self.open_link.emit(console.PLUGIN))
        self.without.clicked.connect(self.answer_without_search)
        self.force.clicked.connect(self.force_search)
        buttons = FlowLayout(gap=Space.S8, line_gap=Space.S4)
        for button in (self.page, self.without, self.force):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S6)
        column.addWidget(self._text)
        column.addLayout(buttons)
        self.retranslate()
        self.hide()

    def show_outcome(self, message: Message) -> None:
        """Offer what helps with the search for a finished answer; nothing where nothing is missing."""
        self._outcome = search_outcome(message)
        is_off = self._outcome is SearchOutcome.OFF
        self.page.setVisible(is_off)
        self.without.setVisible(is_off)
        # Forcing it once more would bring the same.
        was_forced = any(reply.search == "forced" for reply in message.replies)
        self.force.setVisible(self._outcome is not None and not is_off and not was_forced)
        self._describe()
        self.setVisible(self._outcome is not None)

    def set_running(self, running: bool) -> None:
        """Lock the buttons while a reply runs, and give the reason in their tooltips."""
        self._is_running = running
        for button in (self.without, self.force):
            button.setEnabled(not running)
        self._describe()

    def _describe(self) -> None:
        text = without_sources(self._outcome) if self._outcome is not None else ""
        self._text.setText(text)
        self._text.setVisible(bool(text))
        reason = running_reason() if self._is_running else ""
        self.page.setToolTip(console.PLUGIN)
        self.without.setToolTip(
            reason or QCoreApplication.translate("Transcript", "Web search stays on for the next message.")
        )
        self.force.setToolTip(
            reason or QCoreApplication.translate("Transcript", "Answer again with a search, for this answer only.")
        )

    def retranslate(self) -> None:
        self.page.setText(QCoreApplication.translate("Transcript", "Open the console"))
        self.without.setText(QCoreApplication.translate("Transcript", "Answer without search"))
        self.force.setText(QCoreApplication.translate("Transcript", "Force search and retry"))
        self._describe()
