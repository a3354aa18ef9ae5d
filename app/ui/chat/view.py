"""The chat view: conversations, the transcript with the composer below it, and panels at the right.

It builds in two steps: what the first paint shows, and `complete()` for the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

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
"""Narrower than this (logical pixels) the right panel lies over the transcript."""
FOLD_BELOW = 1000
"""Narrower than this the conversations fold away."""


class ChatView(Retranslated):
    """Everything of a chat that is seen.

    Signals:
        tried: text of an example the reader chose in the empty view.
        worded: the language changed; words made elsewhere are to be made again.
        busy: whether a reply runs in any conversation.
        silenced: Escape: nothing is to sound any more.
    """

    tried = Signal(str)
    worded = Signal()
    busy = Signal(bool)
    silenced = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._folded = False
        self._overlay = False
        self.conversations: ConversationsPanel | None = None
        self._left = QWidget(self)
        self._surface = Panel()
        # Keeps the place of what comes here later in the order of Tab.
        self._surface.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.composer = Composer()
        self.composer.hold()
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
        self._sides: dict[FlagSetting, QWidget] = {}
        for setting, toggle in self._toggles.items():
            toggle.setCheckable(True)
            toggle.setChecked(settings.get(setting))
            toggle.toggled.connect(lambda on, setting=setting: self._toggled(setting, on))
        self._empty = EmptyState(Icon.CHAT, "")
        self._empty.step.clicked.connect(lambda: self.tried.emit(self._example()))
        self._lay_out()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._escape)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        theme().changed.connect(self._resize_columns)
        presentation_cover().changed.connect(self._show_advanced)
        self._show_advanced()
        self._resize_columns()
        self.setFocusProxy(self.composer)
        self.composer.order_tabs(self.model)
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
        self._left_column.addWidget(self._surface)
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(Space.S12)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        self._row.setSpacing(0)
        self._row.addWidget(self._left)
        self._row.addLayout(centre, 1)
        self._row.addWidget(self._side)

    def complete(self, messages: Notifier) -> None:
        """Build what the first paint could do without. Further calls do nothing."""
        if self.transcript is not None:
            return
        from app.ui.chat.conversations_panel import ConversationsPanel
        from app.ui.chat.inspector_panel import InspectorPanel
        from app.ui.chat.parameters_panel import ParametersPanel
        from app.ui.chat.tools_panel import ToolsPanel
        from app.ui.chat.transcript.transcript import Transcript

        self.conversations = ConversationsPanel()
        self._left_column.replaceWidget(self._surface, self.conversations)
        self.conversations.order_tabs(self._surface)
        self._surface.deleteLater()
        self.transcript = Transcript()
        self._pages.addWidget(self.transcript)
        self.parameters = ParametersPanel()
        self.tools = ToolsPanel()
        self.inspector = InspectorPanel(messages)
        self._sides = {TOOLS_OPEN: self.tools, INSPECTOR_OPEN: self.inspector, PARAMETERS_OPEN: self.parameters}
        self._side_column.addWidget(self.tools)
        # Beside each other the one that is read gets more than the one that is set.
        self._side_column.addWidget(self.inspector, 3)
        self._side_column.addWidget(self.parameters, 2)
        QWidget.setTabOrder(self._empty.step, self.transcript)
        self._show_sides()

    def open_find(self) -> None:
        """Look for words in the open conversation."""
        self.find_bar.open()

    def toggle_panel(self, setting: FlagSetting) -> None:
        """Show or hide the panel of this setting."""
        self._toggles[setting].toggle()

    def open_inspector(self) -> None:
        """Show the inspector, for this once also where it lies over the transcript."""
        self._toggles[INSPECTOR_OPEN].setChecked(True)

    def ask_to_open(self, url: str) -> None:
        """Show an address before the browser gets it."""
        from app.ui.chat.link_question import LinkQuestion

        LinkQuestion(url, self).open()

    def set_busy(self, busy: bool) -> None:
        """Whether a reply runs anywhere, seen or not."""
        self.busy.emit(busy)

    def show_title(self, title: str) -> None:
        self._title.setText(title)

    def show_transcript(self, shown: bool) -> None:
        """The transcript, or while there is nothing in it the empty view."""
        self._pages.setCurrentWidget(self.transcript if shown and self.transcript is not None else self._empty)

    def _toggled(self, setting: FlagSetting, on: bool) -> None:
        if not self._overlay:
            self._settings.set(setting, on)
        elif on:
            self._check(setting)
        self._show_sides()

    def _check(self, *open_ones: FlagSetting) -> None:
        """Let these panels be open and no others; nothing is announced."""
        for setting, toggle in self._toggles.items():
            blocked = toggle.blockSignals(True)
            toggle.setChecked(setting in open_ones)
            toggle.blockSignals(blocked)

    def _show_sides(self) -> None:
        for setting, side in self._sides.items():
            side.setVisible(self._is_open(setting))
        self._side.setVisible(any(map(self._is_open, self._sides)))
        self._place_side()

    def _is_open(self, setting: FlagSetting) -> bool:
        return self._toggles[setting].isChecked() and (setting == INSPECTOR_OPEN or not presentation_cover().active)

    def _set_overlay(self, overlay: bool) -> None:
        """Beside the transcript what is set holds; over it one panel is there, and only when somebody asks for it."""
        self._overlay = overlay
        if overlay:
            self._row.removeWidget(self._side)
        else:
            self._row.addWidget(self._side)
        self._check(*(setting for setting in self._toggles if not overlay and self._settings.get(setting)))
        self._show_sides()

    def _place_side(self) -> None:
        if self._overlay:
            wide = min(theme().px(PARAMETERS_WIDTH), self.width() - Space.S24)
            top = Space.S12 + theme().px(38)
            # Down to where one writes: what is said and sent stays in reach.
            bottom = self.composer.mapTo(self, QPoint(0, 0)).y()
            self._side.setGeometry(self.width() - wide - Space.S12, top, wide, bottom - top)
            self._side.raise_()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_side()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = self.width() + theme().px(RAIL) < theme().px(FOLD_BELOW)
        if folded != self._folded:
            self._folded = folded
            self._unfold.setVisible(folded)
            self._left.setVisible(not folded or self._unfold.isChecked())
        overlay = self.width() + theme().px(RAIL) < theme().px(OVERLAY_BELOW)
        if overlay != self._overlay:
            self._set_overlay(overlay)
        self._place_side()

    def _show_conversations(self, shown: bool) -> None:
        self._left.setVisible(shown or not self._folded)

    def _resize_columns(self) -> None:
        self._left.setFixedWidth(theme().px(CONVERSATIONS_WIDTH))
        self._side.setFixedWidth(theme().px(PARAMETERS_WIDTH))
        self.composer.setMaximumWidth(theme().px(COMPOSER_WIDTH))
        self._unfold.setVisible(self._folded)

    def _show_advanced(self) -> None:
        """Tools and parameters are not for an audience; the inspector is: it shows what went over the wire."""
        for setting in (TOOLS_OPEN, PARAMETERS_OPEN):
            self._toggles[setting].setVisible(not presentation_cover().active)
        self._show_sides()

    def _escape(self) -> None:
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
        self._empty.set_words(
            QCoreApplication.translate(
                "Chat", "Ask MiMo anything. You see what it thinks, which tools it calls, and what it answers."
            ),
            QCoreApplication.translate("Chat", "Try an example"),
        )
        self.worded.emit()
