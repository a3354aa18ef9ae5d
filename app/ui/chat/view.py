"""The chat view: conversations on the left, transcript and composer in the middle, panels on the right.

It is built in two steps: the constructor builds what the first paint shows, `complete()` the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.settings import INSPECTOR_OPEN, PARAMETERS_OPEN, TOOLS_OPEN, FlagSetting, Settings
from app.ui.chat.composer import MAX_LINES, MIN_LINES, SHADOW, Composer
from app.ui.chat.find_bar import FindBar
from app.ui.chat.model_choice import ModelChoice
from app.ui.chat.offer_area import OfferArea
from app.ui.chat.panel_grip import PanelGrip
from app.ui.chat.panel_toggle import PanelToggle
from app.ui.chat.side_panel import MIN_WIDTH, SidePanel
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RAIL, Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from app.ui.chat.attachments.strip import AttachmentStrip
    from app.ui.chat.conversations_panel import ConversationsPanel
    from app.ui.chat.inspector.panel import InspectorPanel
    from app.ui.chat.parameters_panel import ParametersPanel
    from app.ui.chat.tools.panel import ToolsPanel
    from app.ui.chat.transcript.transcript import Transcript

CONVERSATIONS_WIDTH = 258
COMPOSER_WIDTH = 784
"""Logical pixels, before text scaling, of what is seen: the messages above are as wide."""
SIDE = 16
"""Beside messages and composer at least. The scroll bar of the messages is in it."""
MIN_PAGE_HEIGHT = 64
"""Height of transcript or empty view in logical pixels, below which the composer gives way."""
OVERLAY_BELOW = 1200
"""Window width in logical pixels, before text scaling, below which the right panels cover the transcript."""
FOLD_BELOW = 1000
"""Window width in logical pixels, before text scaling, below which the conversations are folded away."""
MIN_OVERLAY_HEIGHT = 160
"""Logical pixels of a right panel, before text scaling, below which it covers the title and the message gives lines."""
FIND_FIELD_WIDTH = 620
"""Width of the transcript in logical pixels, before text scaling, from which the search field is always there."""
MIN_TALK_WIDTH = 500
"""Width of the transcript in logical pixels, before text scaling, for which a wide side panel folds them away too."""

_NOTICE_SHARE = 0.42
"""Largest share of the transcript's width for notifications: left of them is the button that jumps to its end."""


class ChatView(Retranslated):
    """Lays out the chat and switches its panels; presenters fill them.

    Attributes:
        conversations, transcript, attachments, parameters, tools, inspector: None until `complete()`.
        branches: opens the map of the branches, where there is more than one.

    Signals:
        example_chosen: text of the example that the user chose in the empty view.
        retranslated: the language has changed; texts composed elsewhere must be set again.
        busy: whether a reply is running in any conversation.
        silenced: Escape was pressed; playback must stop.
        call_wanted: another view wants a call to be shown in the inspector.
    """

    example_chosen = Signal(str)
    retranslated = Signal()
    busy = Signal(bool)
    silenced = Signal()
    call_wanted = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._is_folded = False
        self._is_overlay = False
        self.conversations: ConversationsPanel | None = None
        self._left = QWidget(self)
        self._placeholder = Panel()
        self.composer = Composer()
        self.composer.defer()
        self.model = ModelChoice()
        self.composer.tools.insertWidget(self.composer.tools.indexOf(self.composer.think), self.model)
        self.transcript: Transcript | None = None
        self.attachments: AttachmentStrip | None = None
        self.parameters: ParametersPanel | None = None
        self.tools: ToolsPanel | None = None
        self.inspector: InspectorPanel | None = None
        self.find_bar = FindBar()
        self.branches = IconButton(Icon.BRANCH, "")
        self.branches.setEnabled(False)
        self.branches.hide()
        self.side_by_side = IconButton(Icon.COMPARE, "")
        self._title = ElidedLabel(size=Type.BODY, weight=Type.SEMIBOLD)
        self._unfold = IconButton(Icon.PANEL_LEFT, "")
        self._unfold.setCheckable(True)
        self._unfold.toggled.connect(self._show_conversations)
        self._side = SidePanel(settings, self)
        self._grip = PanelGrip()
        self._grip.valueChanged.connect(self._set_panel_width)
        self._empty = EmptyState(Icon.CHAT, "")
        self._empty.step.clicked.connect(lambda: self.example_chosen.emit(self._example()))
        self._lay_out()
        self.find_bar.closed.connect(self.composer.setFocus)
        theme().changed.connect(self._resize_columns)
        self._side.changed.connect(self._arrange)
        self._resize_columns()
        self.setFocusProxy(self.composer)
        self.retranslate()

    def _lay_out(self) -> None:
        top = self._top = QHBoxLayout()
        top.setContentsMargins(SIDE, 0, SIDE, 0)
        top.setSpacing(Space.S4)
        top.addWidget(self._unfold)
        top.addWidget(self._title, 1)
        top.addWidget(self.side_by_side)
        top.addWidget(self.branches)
        top.addWidget(self.find_bar)
        top.addWidget(self._side.bar)
        self._pages = QStackedWidget()
        # Otherwise a tall composer is squeezed where the hidden empty view needs more room than the transcript.
        self._pages.setMinimumHeight(MIN_PAGE_HEIGHT)
        self._pages.addWidget(self._empty)
        composing = QHBoxLayout()
        composing.setContentsMargins(SIDE - SHADOW, 0, SIDE - SHADOW, 0)
        composing.addWidget(self.composer)
        self.composer.setMaximumWidth(COMPOSER_WIDTH + 2 * SHADOW)
        centre = QVBoxLayout()
        centre.setContentsMargins(Space.S12, 0, Space.S12, Space.S4)
        centre.setSpacing(Space.S8)
        centre.addLayout(top)
        centre.addWidget(self._pages, 1)
        self._offer: OfferArea | None = None
        self._offers = QVBoxLayout()
        self._offers.setContentsMargins(SIDE, 0, SIDE, 0)
        centre.addLayout(self._offers)
        centre.addLayout(composing)
        self._left_column = QVBoxLayout(self._left)
        self._left_column.setContentsMargins(0, 0, 0, 0)
        self._left_column.addWidget(self._placeholder)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        self._row.setSpacing(0)
        self._row.addWidget(self._left)
        self._row.addLayout(centre, 1)
        self._row.addWidget(self._grip)
        self._row.addWidget(self._side)

    def complete(self, notifier: Notifier) -> None:
        """Build what the first paint does not need. Further calls do nothing."""
        if self.transcript is not None:
            return
        from app.ui.chat.attachments.strip import AttachmentStrip
        from app.ui.chat.conversations_panel import ConversationsPanel
        from app.ui.chat.inspector.panel import InspectorPanel
        from app.ui.chat.parameters_panel import ParametersPanel
        from app.ui.chat.tools.panel import ToolsPanel
        from app.ui.chat.transcript.transcript import Transcript

        self.conversations = ConversationsPanel()
        self._left_column.replaceWidget(self._placeholder, self.conversations)
        self._placeholder.deleteLater()
        self.attachments = AttachmentStrip()
        self.composer.above.addWidget(self.attachments)
        self.transcript = Transcript()
        self._pages.addWidget(self.transcript)
        self.parameters = ParametersPanel()
        self.tools = ToolsPanel()
        self.inspector = InspectorPanel(notifier)
        self._side.set_pages({PARAMETERS_OPEN: self.parameters, INSPECTOR_OPEN: self.inspector, TOOLS_OPEN: self.tools})

    def notice_area(self) -> NoticeArea:
        """The right of the transcript: the composer below and the button for its end stay free."""
        return NoticeArea(self._pages, share=_NOTICE_SHARE, reserve=self._reserve_transcript)

    def _reserve_transcript(self, height: int) -> None:
        if self.transcript is not None:
            self.transcript.reserve(height)

    def unfold_conversations(self) -> None:
        """Show the conversations, where a narrow window has folded them away."""
        if self._is_folded:
            self._unfold.setChecked(True)

    def open_find(self) -> None:
        """Focus the search field of the open conversation."""
        self.find_bar.open()

    def panel_toggle(self, setting: FlagSetting) -> PanelToggle:
        """The tab of the page of this setting."""
        return self._side.toggle_of(setting)

    def add_offer(self, offer: QWidget) -> None:
        """Place something above the composer, as wide as that or narrower."""
        self._offer = OfferArea(offer)
        self._offer.changed.connect(self._fit_heights)
        self._offers.addWidget(self._offer)

    def toggle_panel(self, setting: FlagSetting) -> None:
        """Show or hide a page in the side panel: the focus goes into it, and to the message when it is hidden."""
        focused = QApplication.focusWidget()
        is_inside = focused is not None and self._side.isAncestorOf(focused)
        self._side.toggle_page(setting)
        if self._side.current is not None:
            self._side.focus_page()
        elif is_inside:
            self.composer.setFocus()

    def open_panel(self, setting: FlagSetting) -> None:
        """Show the page of this setting, even where the side panel covers the transcript."""
        self._side.open_page(setting)

    def offers_panel(self, setting: FlagSetting) -> bool:
        """Whether the page of this setting can be shown now."""
        return self._side.offers(setting)

    def commit_typed(self) -> None:
        """Use what is being typed for the open conversation, before another one is opened."""
        commit_composition()
        if self.parameters is not None:
            self.parameters.commit_typed()

    def open_inspector(self) -> None:
        """Show the inspector, even where it covers the transcript."""
        self.open_panel(INSPECTOR_OPEN)

    def ask_to_open(self, url: str) -> None:
        """Show an address and ask whether to open it in the browser."""
        from app.ui.chat.link_question import LinkQuestion

        LinkQuestion(url, self).open()

    def set_busy(self, busy: bool) -> None:
        """Emit `busy`: whether a reply is running in any conversation, open or not."""
        self.busy.emit(busy)

    def show_title(self, title: str) -> None:
        """Show the title of the open conversation."""
        self._title.setText(title)

    def show_transcript(self, shown: bool) -> None:
        """Show the transcript, or the empty view in its place."""
        self._pages.setCurrentWidget(self.transcript if shown and self.transcript is not None else self._empty)

    def _arrange(self) -> None:
        """Give the columns their places and widths."""
        scale = theme().px(100) / 100
        window = self.width() + theme().px(RAIL)
        page = self._side.current
        is_overlay = window < theme().px(OVERLAY_BELOW)
        if is_overlay != self._is_overlay:
            self._is_overlay = is_overlay
            if is_overlay:
                self._row.removeWidget(self._side)
            else:
                self._row.addWidget(self._side)
            self._side.set_overlay(is_overlay)
            return  # The panel has changed, so this is called again.
        # At most half of the window; conversations that were unfolded by hand keep the transcript readable.
        most = window / 2 / scale
        is_beside = page is not None and not is_overlay
        if is_beside and self._unfold.isChecked():
            most = min(most, (self.width() - self._left.width()) / scale - MIN_TALK_WIDTH)
        most = max(MIN_WIDTH, int(most))
        width = theme().px(self._side.width_of(page, most)) if page is not None else 0
        rest = self.width() - self._left.width() - (width if is_beside else 0)
        if page is not None and width < self._side.width():
            # Before the conversations come back: for a moment both would be too wide for the window, which would grow.
            self._side.setFixedWidth(width)
        self._fold(window < theme().px(FOLD_BELOW) or rest < theme().px(MIN_TALK_WIDTH))
        if self._is_folded and not self._unfold.isChecked():
            rest += self._left.width()
        self.find_bar.set_compact(rest < theme().px(FIND_FIELD_WIDTH))
        self._grip.setVisible(is_beside)
        if page is None:
            self._fit_heights()
            return
        blocked = self._grip.blockSignals(True)
        self._grip.setRange(MIN_WIDTH, most)
        self._grip.setValue(self._side.width_of(page, most))
        self._grip.blockSignals(blocked)
        self._side.setFixedWidth(width)
        self._fit_heights()
        self._place_overlay()

    def _set_panel_width(self, width: int) -> None:
        page = self._side.current
        if page is not None:
            self._side.remember_width(page, width)
            self._arrange()

    def _fold(self, is_folded: bool) -> None:
        if is_folded != self._is_folded:
            self._is_folded = is_folded
            self._unfold.setVisible(is_folded)
            self._left.setVisible(not is_folded or self._unfold.isChecked())

    def _place_overlay(self) -> None:
        if self._is_overlay and self._side.current is not None:
            width = min(self._side.width(), self.width() - Space.S24)
            top = Space.S12 + theme().px(38)
            # The composer below stays uncovered.
            bottom = self.composer.mapTo(self, QPoint(0, 0)).y()
            if bottom - top < theme().px(MIN_OVERLAY_HEIGHT):
                top = Space.S12
            self._side.setGeometry(self.width() - width - Space.S12, top, width, bottom - top)
            self._side.raise_()

    def _fit_heights(self) -> None:
        """In a low window the message gives lines, then the transcript its place, and then the offer scrolls."""
        field = self.composer.field
        rest = self.composer.sizeHint().height() - field.height()
        room = self.height() - 2 * Space.S12 - Space.S4 - 3 * Space.S8 - self._top.sizeHint().height()
        offer = self._offer.wanted_height() if self._offer is not None else 0
        talk = room - rest - MIN_PAGE_HEIGHT - offer
        if self._is_overlay and self._side.current is not None:
            talk = min(talk, self.height() - 2 * Space.S12 - rest - theme().px(MIN_OVERLAY_HEIGHT))
        field.set_lines(MIN_LINES, max(MIN_LINES, min(MAX_LINES, field.lines_in(talk))))
        if self._offer is not None:
            left = room - rest - field.height()
            self._pages.setMinimumHeight(MIN_PAGE_HEIGHT if left - MIN_PAGE_HEIGHT >= offer else 1)
            self._offer.setFixedHeight(max(0, min(offer, left)))

    def event(self, event: QEvent) -> bool:
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_heights()
            self._place_overlay()
        return is_handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_conversations(self, shown: bool) -> None:
        self._left.setVisible(shown or not self._is_folded)
        self._arrange()

    def _resize_columns(self) -> None:
        self._left.setFixedWidth(theme().px(CONVERSATIONS_WIDTH))
        self.composer.setMaximumWidth(theme().px(COMPOSER_WIDTH) + 2 * SHADOW)
        self._unfold.setVisible(self._is_folded)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape arrives here only where the focused widget has no use for it; a shortcut would take it away there.
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        """Close a panel that lies over the transcript, or stop what speaks and runs."""
        focused = QApplication.focusWidget()
        is_in_overlay = focused is not None and self._side.isAncestorOf(focused)
        if self._is_overlay and self._side.isVisible() and (is_in_overlay or not self.composer.running):
            self._side.close_page()
            self.composer.setFocus()
            return
        self.silenced.emit()
        if self.composer.running:
            self.composer.stop.emit()

    def _example(self) -> str:
        return QCoreApplication.translate("Chat", "What time is it in Beijing now, and how long until midnight there?")

    def retranslate(self) -> None:
        self.model.set_name(QCoreApplication.translate("Chat", "Model"))
        self.branches.set_name(QCoreApplication.translate("Chat", "Branches"))
        self.side_by_side.set_name(QCoreApplication.translate("Chat", "Compare side by side"))
        self._unfold.set_name(QCoreApplication.translate("Chat", "Show conversations"))
        self._grip.setAccessibleName(QCoreApplication.translate("Chat", "Panel width"))
        purpose = QCoreApplication.translate(
            "Chat", "Ask MiMo anything. You can follow its thinking, the tools it calls, and its answer."
        )
        maker = QCoreApplication.translate(
            "Chat", "MiMo Workbench is not by Xiaomi; Xiaomi's own desktop app is MiMo Desktop."
        )
        self._empty.set_words(
            f"{purpose}\n\n{maker}",
            QCoreApplication.translate("Chat", "Try an example"),
        )
        self.retranslated.emit()
