"""One call: title and outcome, timeline, and the tabs Request, Response and Events."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.chat.inspector.body_find import BodyFind
from app.ui.chat.inspector.call_actions import CallActions
from app.ui.chat.inspector.call_entry import CallEntry
from app.ui.chat.inspector.call_tabs import CallTabs
from app.ui.chat.inspector.comparison_view import ComparisonView
from app.ui.chat.inspector.events_pane import EventsPane
from app.ui.chat.inspector.json_pane import JsonPane
from app.ui.chat.inspector.timeline_graph import TimelineGraph
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.chips import KIND_ICONS, Badge
from app.ui.widgets.json_view import JsonView
from app.ui.widgets.labels import ElidedLabel, Hint, Label
from app.ui.widgets.panel import Divider

TITLE_HEIGHT = 48
"""Logical pixels, before text scaling."""
QWIDGETSIZE_MAX = 16_777_215
REQUEST = 0
"""The tab of the request."""


class CallPage(Retranslated):
    """Shows one call.

    Attributes:
        request, response, events: the panes of the tabs.
        list_button: shows the list of calls, where it has no room beside the call.
        graph_button, actions_button: show the timeline and the buttons below, where they would leave too few lines of
            the body.
        graph, find_bar, buttons, comparison: the other parts.

    Signals:
        restored: the edited request is to be what was recorded again.
    """

    restored = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_edited = False
        self._entry: CallEntry | None = None
        self._title = ElidedLabel(size=Type.HEADING, weight=Type.SEMIBOLD)
        self._status, self._kind = Badge(""), Badge("")
        self._facts = Hint()
        self._facts.set_ink("text2")
        self.list_button = IconButton(Icon.LIST, "", side=28)
        self.list_button.setCheckable(True)
        self.list_button.hide()
        self.graph_button = IconButton(Icon.CLOCK, "", side=28)
        self.actions_button = IconButton(Icon.SEND_AGAIN, "", side=28)
        for button in (self.graph_button, self.actions_button):
            button.setCheckable(True)
            button.hide()
        self._is_tiny = self._is_scant = self._is_list_shown = False
        self._purpose = Label(size=Type.CONTROL, ink="text2", wrap=True)
        self.graph = TimelineGraph()
        self.tabs = CallTabs("")
        for _ in range(3):
            self.tabs.addTab("")
        self._find_button = IconButton(Icon.SEARCH, "", side=28)
        self._fold = IconButton(Icon.CHEVRON_DOWN, "", side=28)
        self._more = IconButton(Icon.MORE, "", side=28)
        self._restore = GhostButton(icon=Icon.UNDO)
        self.find_bar, self.buttons, self.comparison = BodyFind(), CallActions(), ComparisonView()
        self.request, self.response, self.events = JsonPane(editable=True), JsonPane(), EventsPane()
        self._stack = QStackedWidget()
        for pane in (self.request, self.response, self.events):
            self._stack.addWidget(pane)
        self._lay_out()
        self.tabs.currentChanged.connect(self._on_tab)
        self._find_button.clicked.connect(self.find_bar.open)
        self._fold.clicked.connect(lambda: self.view.toggle_fold())
        self._more.clicked.connect(lambda: self.view.open_next())
        self.graph_button.toggled.connect(lambda _: self._show_parts())
        self.actions_button.toggled.connect(lambda _: self._show_parts())
        self._restore.clicked.connect(self.restored)
        for view in (self.request.view, self.response.view, self.events.view):
            view.find_asked.connect(self.find_bar.open)
        self.find_bar.closed.connect(self._close_find)
        self.find_bar.hide()
        self.set_edited(False)
        self.show_call(None)
        self.set_edited(False)
        self.retranslate()

    def _lay_out(self) -> None:
        titles = QHBoxLayout()
        titles.setSpacing(Space.S8)
        titles.addWidget(self.list_button)
        titles.addWidget(self._title)
        for part in (self._status, self._kind):
            titles.addWidget(part)
        titles.addStretch(1)
        titles.addWidget(self._facts)
        titles.addWidget(self.graph_button)
        titles.addWidget(self.actions_button)
        self._head = QWidget()
        head = self._head_column = QVBoxLayout(self._head)
        head.setContentsMargins(Space.S16, Space.S12, Space.S16, 0)
        head.setSpacing(Space.S8)
        head.addLayout(titles)
        head.addWidget(self._purpose)
        head.addWidget(self.graph)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(Space.S8, Space.S4, Space.S12, 0)
        tabs.setSpacing(Space.S2)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        tools: tuple[QWidget, ...] = (self._restore, self._find_button, self._fold, self._more)
        for tool in tools:
            tabs.addWidget(tool)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(tabs)
        body.addWidget(Divider())
        body.addWidget(self.find_bar)
        body.addWidget(self._stack, 1)
        self._call = QWidget()
        call = QVBoxLayout(self._call)
        call.setContentsMargins(0, 0, 0, 0)
        call.setSpacing(0)
        call.addWidget(self._head)
        call.addWidget(self._body, 1)
        call.addStretch()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._call)
        self._pages.addWidget(self.comparison)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        self._foot = Divider()
        column.addWidget(self._foot)
        column.addWidget(self.buttons)

    @property
    def view(self) -> JsonView:
        """The text of the tab that is shown."""
        return (self.request.view, self.response.view, self.events.view)[self.tabs.currentIndex()]

    def show_call(self, entry: CallEntry | None, kind: str = "", facts: str = "") -> None:
        """Show the title of a call, None for no call; `kind` and `facts` are said beside it."""
        for part in (self._status, self._kind, self._facts):
            part.setVisible(entry is not None)
        self._entry = entry
        self._show_parts()
        if entry is None:
            self._title.setText(QCoreApplication.translate("Inspector", "No call"))
            return
        self._title.setText(entry.title)
        self._status.set_kind(entry.badge_kind, entry.badge)
        self._status.setVisible(bool(entry.badge))
        self._status.set_icon(KIND_ICONS[entry.badge_kind] if entry.badge_kind in ("good", "bad") else None)
        self._kind.set_kind("neutral", kind)
        self._facts.setText(facts)

    def set_figures(self, figures: list[str]) -> None:
        """Set what stands behind the names of the tabs: two sizes, and the number of events."""
        self.tabs.set_figures(figures)

    def set_edited(self, edited: bool) -> None:
        """Offer to restore the request that was recorded."""
        self._is_edited = edited
        self._restore.setVisible(edited and self.tabs.currentIndex() == REQUEST)

    def set_low(self, low: bool, narrow: bool, *, tiny: bool, scant: bool, has_legend: bool) -> None:
        """Leave out what a low window, or a narrow one, has no room for: the lower, the more."""
        self._is_tiny, self._is_scant = tiny, scant
        self.graph.set_low(int(low or narrow), has_legend=has_legend)
        self._head_column.setContentsMargins(Space.S16, Space.S6 if tiny else Space.S12, Space.S16, 0)
        self.buttons.set_small(narrow)
        self.tabs.set_narrow(narrow)
        for pane in (self.request, self.response):
            pane.set_low(low, narrow)
        self._facts.setVisible(bool(self._facts.text()) and not narrow)
        self._kind.setVisible(bool(self._kind.text()) and not narrow)
        self._show_parts()

    def set_list_shown(self, shown: bool) -> None:
        """Show the title only: the list of calls takes the rest."""
        self._is_list_shown = shown
        self._show_parts()
        self.setMaximumHeight(theme().px(TITLE_HEIGHT) if shown else QWIDGETSIZE_MAX)

    def _show_parts(self) -> None:
        """Show what there is room for, and without a call only what the page is for."""
        has_call, is_alone = self._entry is not None, not self._is_list_shown
        self._body.setVisible(has_call and is_alone)
        for part in (self.buttons, self._foot):
            part.setVisible(has_call and is_alone and (not self._is_scant or self.actions_button.isChecked()))
        self.actions_button.setVisible(has_call and is_alone and self._is_scant)
        self._purpose.setVisible(not has_call and is_alone)
        self.graph_button.setVisible(has_call and is_alone and self._is_tiny)
        self.graph.setVisible(has_call and is_alone and (not self._is_tiny or self.graph_button.isChecked()))

    def show_comparison(self, shown: bool) -> None:
        """Show the comparison in place of the call, or the call."""
        self._pages.setCurrentIndex(int(shown))

    def _on_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.set_edited(self._is_edited)
        if self.find_bar.isVisible():
            self.find_bar.show_result(None)

    def _close_find(self) -> None:
        self.find_bar.hide()
        self.view.setFocus()

    def retranslate(self) -> None:
        names = (
            QCoreApplication.translate("Inspector", "Request"),
            QCoreApplication.translate("Inspector", "Response"),
            QCoreApplication.translate("Inspector", "Events"),
        )
        self.tabs.setAccessibleName(QCoreApplication.translate("Inspector", "Parts of the call"))
        for index, name in enumerate(names):
            self.tabs.setTabText(index, name)
        self.request.view.setAccessibleName(names[0])
        self.response.view.setAccessibleName(names[1])
        self.request.headers.more.set_name(QCoreApplication.translate("Inspector", "All request headers"))
        self.response.headers.more.set_name(QCoreApplication.translate("Inspector", "All response headers"))
        self.list_button.set_name(QCoreApplication.translate("Inspector", "Show the list of calls"))
        self._find_button.set_name(QCoreApplication.translate("Inspector", "Open find in call"))
        self._fold.set_name(QCoreApplication.translate("Inspector", "Fold or unfold at the cursor"))
        self._more.set_name(QCoreApplication.translate("Inspector", "Show more of what is folded"))
        self.graph_button.set_name(QCoreApplication.translate("Inspector", "Show the timeline"))
        self.actions_button.set_name(QCoreApplication.translate("Inspector", "Show copy, compare and send again"))
        self._purpose.setText(
            QCoreApplication.translate(
                "Inspector",
                "See exactly what went to the service, what came back, and when. Send a message, or choose a call "
                "from the list; then you can edit the request and send it again, copy it as code, or compare it.",
            )
        )
        self._restore.setText(QCoreApplication.translate("Inspector", "Restore request"))
        for pane in (self.request, self.response):
            pane.retranslate()
        if self._entry is None:
            self._title.setText(QCoreApplication.translate("Inspector", "No call"))
        self.graph.describe()
