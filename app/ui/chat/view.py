"""The chat view: conversations on the left, transcript and composer in the middle, panels on the right.

It is built in two steps: the constructor builds what the first paint shows, `complete()` the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.settings import INSPECTOR_OPEN, PARAMETERS_OPEN, TOOLS_OPEN, FlagSetting, Settings
from app.ui.chat.composer import Composer
from app.ui.chat.find_bar import FindBar
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RAIL, Space, Type
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.panel import Panel
from app.ui.widgets.presentation_cover import presentation_cover

if TYPE_CHECKING:
    from app.ui.chat.conversations_panel import ConversationsPanel
    from app.ui.chat.inspector_panel import InspectorPanel
    from app.ui.chat.parameters_panel import ParametersPanel
    from app.ui.chat.tools_panel import ToolsPanel
    from app.ui.chat.transcript.transcript import Transcript

CONVERSATIONS_WIDTH = 258
PARAMETERS_WIDTH = 300
COMPOSER_WIDTH = 792
OVERLAY_BELOW = 1200
"""Window width in logical pixels, before text scaling, below which the right panels cover the transcript."""
FOLD_BELOW = 1000
"""Window width in logical pixels, before text scaling, below which the conversations are folded away."""

_NOTICE_SHARE = 0.42
"""Largest share of the transcript's width for notifications: left of them is the button that jumps to its end."""


class ChatView(Retranslated):
    """Lays out the chat and switches its panels; presenters fill them.

    Attributes:
        conversations, transcript, parameters, tools, inspector: None until `complete()`.

    Signals:
        example_chosen: text of the example that the user chose in the empty view.
        retranslated: the language has changed; texts composed elsewhere must be set again.
        busy: whether a reply is running in any conversation.
        silenced: Escape was pressed; playback must stop.
    """

    example_chosen = Signal(str)
    retranslated = Signal()
    busy = Signal(bool)
    silenced = Signal()

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
        self.model = Choice("", compact=True, free=True)
        self.composer.tools.insertWidget(0, self.model)
        self.transcript: Transcript | None = None
        self.parameters: ParametersPanel | None = None
        self.tools: ToolsPanel | None = None
        self.inspector: InspectorPanel | None = None
        self.find_bar = FindBar()
        self._title = ElidedLabel(size=Type.BODY, weight=Type.SEMIBOLD)
        self._unfold = IconButton(Icon.PANEL_LEFT, "")
        self._unfold.setCheckable(True)
        self._unfold.toggled.connect(self._show_conversations)
        self._toggles: dict[FlagSetting, GhostButton] = {
            TOOLS_OPEN: GhostButton("", Icon.TOOL),
            INSPECTOR_OPEN: GhostButton("", Icon.CODE),
            PARAMETERS_OPEN: GhostButton("", Icon.SLIDERS),
        }
        self._panels: dict[FlagSetting, QWidget] = {}
        for setting, toggle in self._toggles.items():
            toggle.setCheckable(True)
            toggle.setChecked(settings.get(setting))
            toggle.toggled.connect(lambda on, setting=setting: self._on_toggled(setting, on))
        self._empty = EmptyState(Icon.CHAT, "")
        self._empty.step.clicked.connect(lambda: self.example_chosen.emit(self._example()))
        self._lay_out()
        self.find_bar.closed.connect(self.composer.setFocus)
        theme().changed.connect(self._resize_columns)
        presentation_cover().changed.connect(self._update_toggles)
        self._update_toggles()
        self._resize_columns()
        self.setFocusProxy(self.composer)
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(Space.S4)
        top.addWidget(self._unfold)
        top.addWidget(self._title, 1)
        top.addWidget(self.find_bar)
        for toggle in self._toggles.values():
            top.addWidget(toggle)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        composing = QHBoxLayout()
        composing.addStretch(1)
        composing.addWidget(self.composer, 100)
        composing.addStretch(1)
        self.composer.setMaximumWidth(COMPOSER_WIDTH)
        centre = QVBoxLayout()
        centre.setContentsMargins(Space.S12, 0, Space.S12, Space.S4)
        centre.setSpacing(Space.S8)
        centre.addLayout(top)
        centre.addWidget(self._pages, 1)
        centre.addLayout(composing)
        self._left_column = QVBoxLayout(self._left)
        self._left_column.setContentsMargins(0, 0, 0, 0)
        self._left_column.addWidget(self._placeholder)
        self._right = QWidget()
        self._right_column = QVBoxLayout(self._right)
        self._right_column.setContentsMargins(0, 0, 0, 0)
        self._right_column.setSpacing(Space.S12)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        self._row.setSpacing(0)
        self._row.addWidget(self._left)
        self._row.addLayout(centre, 1)
        self._row.addWidget(self._right)

    def complete(self, notifier: Notifier) -> None:
        """Build what the first paint does not need. Further calls do nothing."""
        if self.transcript is not None:
            return
        from app.ui.chat.conversations_panel import ConversationsPanel
        from app.ui.chat.inspector_panel import InspectorPanel
        from app.ui.chat.parameters_panel import ParametersPanel
        from app.ui.chat.tools_panel import ToolsPanel
        from app.ui.chat.transcript.transcript import Transcript

        self.conversations = ConversationsPanel()
        self._left_column.replaceWidget(self._placeholder, self.conversations)
        self._placeholder.deleteLater()
        self.transcript = Transcript()
        self._pages.addWidget(self.transcript)
        self.parameters = ParametersPanel()
        self.tools = ToolsPanel()
        self.inspector = InspectorPanel(notifier)
        self._panels = {TOOLS_OPEN: self.tools, INSPECTOR_OPEN: self.inspector, PARAMETERS_OPEN: self.parameters}
        self._right_column.addWidget(self.tools)
        # Shown together, the inspector gets more space than the parameters.
        self._right_column.addWidget(self.inspector, 3)
        self._right_column.addWidget(self.parameters, 2)
        self._update_panels()

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

    def toggle_panel(self, setting: FlagSetting) -> None:
        """Show or hide the panel of this setting."""
        self._toggles[setting].toggle()

    def open_panel(self, setting: FlagSetting) -> None:
        """Show the panel of this setting, even where it covers the transcript."""
        self._toggles[setting].setChecked(True)

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

    def _on_toggled(self, setting: FlagSetting, on: bool) -> None:
        if not self._is_overlay:
            self._settings.set(setting, on)
        elif on:
            self._check_only(setting)
        self._update_panels()

    def _check_only(self, *settings: FlagSetting) -> None:
        """Check the toggles of exactly these panels. Emits no signal."""
        for setting, toggle in self._toggles.items():
            blocked = toggle.blockSignals(True)
            toggle.setChecked(setting in settings)
            toggle.blockSignals(blocked)

    def _update_panels(self) -> None:
        for setting, panel in self._panels.items():
            panel.setVisible(self._is_open(setting))
        self._right.setVisible(any(map(self._is_open, self._panels)))
        self._place_right_panels()

    def _is_open(self, setting: FlagSetting) -> bool:
        return self._toggles[setting].isChecked() and (setting == INSPECTOR_OPEN or not presentation_cover().active)

    def _set_overlay(self, is_overlay: bool) -> None:
        """Place the panels beside the transcript as saved, or over it, where one at a time opens on demand."""
        self._is_overlay = is_overlay
        if is_overlay:
            self._row.removeWidget(self._right)
        else:
            self._row.addWidget(self._right)
        self._check_only(*(setting for setting in self._toggles if not is_overlay and self._settings.get(setting)))
        self._update_panels()

    def _place_right_panels(self) -> None:
        if self._is_overlay:
            width = min(theme().px(PARAMETERS_WIDTH), self.width() - Space.S24)
            top = Space.S12 + theme().px(38)
            # The composer below stays uncovered.
            bottom = self.composer.mapTo(self, QPoint(0, 0)).y()
            self._right.setGeometry(self.width() - width - Space.S12, top, width, bottom - top)
            self._right.raise_()

    def event(self, event: QEvent) -> bool:
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_right_panels()
        return is_handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_folded = self.width() + theme().px(RAIL) < theme().px(FOLD_BELOW)
        if is_folded != self._is_folded:
            self._is_folded = is_folded
            self._unfold.setVisible(is_folded)
            self._left.setVisible(not is_folded or self._unfold.isChecked())
        is_overlay = self.width() + theme().px(RAIL) < theme().px(OVERLAY_BELOW)
        if is_overlay != self._is_overlay:
            self._set_overlay(is_overlay)
        self._place_right_panels()

    def _show_conversations(self, shown: bool) -> None:
        self._left.setVisible(shown or not self._is_folded)

    def _resize_columns(self) -> None:
        self._left.setFixedWidth(theme().px(CONVERSATIONS_WIDTH))
        self._right.setFixedWidth(theme().px(PARAMETERS_WIDTH))
        self.composer.setMaximumWidth(theme().px(COMPOSER_WIDTH))
        self._unfold.setVisible(self._is_folded)

    def _update_toggles(self) -> None:
        """Hide tools and parameters while presenting; the inspector is meant to be shown."""
        for setting in (TOOLS_OPEN, PARAMETERS_OPEN):
            self._toggles[setting].setVisible(not presentation_cover().active)
        self._update_panels()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape arrives here only where the focused widget has no use for it; a shortcut would take it away there.
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        """Close a panel that lies over the transcript, or stop what speaks and runs."""
        focused = QApplication.focusWidget()
        is_in_overlay = focused is not None and self._right.isAncestorOf(focused)
        if self._is_overlay and self._right.isVisible() and (is_in_overlay or not self.composer.running):
            self._check_only()
            self._update_panels()
            self.composer.setFocus()
            return
        self.silenced.emit()
        if self.composer.running:
            self.composer.stop.emit()

    def _example(self) -> str:
        return QCoreApplication.translate("Chat", "What time is it in Beijing now, and how long until midnight there?")

    def retranslate(self) -> None:
        self.model.set_name(QCoreApplication.translate("Chat", "Model"))
        self._unfold.set_name(QCoreApplication.translate("Chat", "Show conversations"))
        names = {
            TOOLS_OPEN: QCoreApplication.translate("Chat", "Tools"),
            PARAMETERS_OPEN: QCoreApplication.translate("Chat", "Parameters"),
            INSPECTOR_OPEN: QCoreApplication.translate("Chat", "Inspector"),
        }
        for setting, toggle in self._toggles.items():
            toggle.setText(names[setting])
            toggle.setAccessibleName(names[setting])
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
