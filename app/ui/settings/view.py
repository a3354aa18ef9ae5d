"""The settings view: a list of pages, the shown page, search, and the presentation mode switch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.core.settings import PRESENTATION_MODE, Settings
from app.ui.retranslate import Retranslated
from app.ui.settings import search
from app.ui.settings.about_page import AboutPage
from app.ui.settings.appearance_page import AppearancePage
from app.ui.settings.audio_page import AudioPage
from app.ui.settings.data_page import DataPage
from app.ui.settings.network_page import NetworkPage
from app.ui.settings.services_page import ServicesPage
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.switch import Switch

LIST_WIDTH = 210
MAX_LIST_SHARE = 0.3
"""Largest share of the view's width for the list of pages."""
PAGES = ("services", "network", "audio", "appearance", "data", "about")
_ICONS = {
    "services": Icon.KEY,
    "network": Icon.NETWORK,
    "audio": Icon.SPEAKER,
    "appearance": Icon.PALETTE,
    "data": Icon.DATABASE,
    "about": Icon.ABOUT,
}
_FOOTER = "foot"
"""The key of the area below all pages in search results."""
_REVEAL_MARGIN = 80
"""Pixels that stay visible around a control found by search."""


class SettingsView(Retranslated):
    """Holds the settings pages.

    Signals:
        retranslated: the language changed.
        page_shown: name of the shown page, one of `PAGES`.
        hidden: another view is shown.
    """

    retranslated = Signal()
    page_shown = Signal(str)
    hidden = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.services, self.network, self.audio = ServicesPage(), NetworkPage(settings), AudioPage(settings)
        self.appearance, self.data, self.about = AppearancePage(settings), DataPage(settings), AboutPage()
        self._contents = {
            "services": self.services,
            "network": self.network,
            "audio": self.audio,
            "appearance": self.appearance,
            "data": self.data,
            "about": self.about,
        }
        self._results: list[search.SearchResult] = []
        self.search = SearchField("")
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(lambda: self._open_result("0", focus=True))
        self._model, self.list = RowModel(), RowList("")
        self.list.setModel(self._model)
        self.list.setItemDelegate(RowDelegate(self.list, height=40))
        self.list.row_selected.connect(self.show_page)
        self._results_model, self.results = RowModel(), RowList("")
        self.results.setModel(self._results_model)
        self.results.setItemDelegate(RowDelegate(self.results, height=48))
        self.results.row_selected.connect(lambda key: self._open_result(key, focus=False))
        self.results.activated.connect(lambda index: self._open_result(str(index.row()), focus=True))
        self.results.clicked.connect(lambda index: self._open_result(str(index.row()), focus=True))
        self._no_result = Hint(wrap=True)
        self.presentation = Switch()
        self.presentation.setChecked(settings.get(PRESENTATION_MODE))
        self.presentation.toggled.connect(lambda on: settings.set(PRESENTATION_MODE, on))
        self._footer = QWidget()
        self._left = Panel(" ")
        self._pages = QStackedWidget()
        self._areas: list[ScrollArea] = []
        self._lay_out()
        theme().changed.connect(self._update_list_width)
        self.retranslate()
        self._search("")
        self.list.select_key("services")

    def _lay_out(self) -> None:
        search_box = QVBoxLayout()
        search_box.setContentsMargins(Space.S8, 0, Space.S8, Space.S8)
        search_box.setSpacing(Space.S8)
        search_box.addWidget(self.search)
        search_box.addWidget(self._no_result)
        footer = QVBoxLayout(self._footer)
        footer.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S8)
        footer.addWidget(self.presentation)
        self._left.body.addLayout(search_box)
        self._left.body.addWidget(self.list, 1)
        self._left.body.addWidget(self.results, 1)
        self._left.body.addWidget(Divider())
        self._left.body.addWidget(self._footer)
        right = Panel()
        # The same margin as at the bottom keeps square views out of the round corners.
        right.body.setContentsMargins(0, Space.S8, 0, Space.S8)
        for content in self._contents.values():
            area = ScrollArea(content)
            # The largest text in the smallest window does not fit.
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self._pages.addWidget(area)
            self._areas.append(area)
        right.body.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        row.setSpacing(Space.S12)
        row.addWidget(self._left)
        row.addWidget(right, 1)

    def notice_area(self) -> NoticeArea:
        """The shown page, which can be scrolled past what notifications cover."""
        return NoticeArea(self._pages, frees_controls=True, reserve=self._reserve)

    def _reserve(self, height: int) -> None:
        for area in self._areas:
            area.reserve(height)

    @property
    def page(self) -> str:
        """Name of the shown page."""
        return PAGES[self._pages.currentIndex()]

    def show_page(self, name: str) -> None:
        """Show a page by name."""
        self.list.select_key(name)
        self._pages.setCurrentIndex(PAGES.index(name))
        self.page_shown.emit(name)

    def reveal(self, control: QWidget) -> None:
        """Scroll the shown page until the control is visible."""
        area = self._pages.currentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(control, 0, theme().px(_REVEAL_MARGIN))

    def _search(self, text: str) -> None:
        """Show the list of pages, or the search results for a non-empty text."""
        self._results = search.find({_FOOTER: self._footer, **self._contents}, text)
        searching = bool(text.strip())
        self.list.setVisible(not searching)
        self.results.setVisible(searching)
        self._no_result.setVisible(searching and not self._results)
        names = {_FOOTER: QCoreApplication.translate("Settings", "At the bottom of every page"), **self._names()}
        self.results.select_key(None)
        self._results_model.set_rows(
            [Row(str(index), results.name, names[results.page]) for index, results in enumerate(self._results)]
        )

    def _open_result(self, key: str, *, focus: bool) -> None:
        if int(key) >= len(self._results):
            return
        results = self._results[int(key)]
        if results.page != _FOOTER:
            if results.page != self.page:
                self.show_page(results.page)
            self.reveal(results.control)
        if focus:
            results.control.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_list_width()

    def _update_list_width(self) -> None:
        """Widen the list for large text, up to a share of the view."""
        self._left.setFixedWidth(min(theme().px(LIST_WIDTH), max(LIST_WIDTH, round(self.width() * MAX_LIST_SHARE))))

    def _names(self) -> dict[str, str]:
        return {
            "services": QCoreApplication.translate("Settings", "Services"),
            "network": QCoreApplication.translate("Settings", "Network"),
            "audio": QCoreApplication.translate("Settings", "Audio"),
            "appearance": QCoreApplication.translate("Settings", "Appearance"),
            "data": QCoreApplication.translate("Settings", "Data"),
            "about": QCoreApplication.translate("Settings", "About"),
        }

    def retranslate(self) -> None:
        names = self._names()
        self._left.set_title(QCoreApplication.translate("Settings", "Settings"))
        self.list.setAccessibleName(QCoreApplication.translate("Settings", "Settings pages"))
        self.results.setAccessibleName(QCoreApplication.translate("Settings", "Found settings"))
        self.search.setAccessibleName(QCoreApplication.translate("Settings", "Search settings"))
        self.search.setPlaceholderText(QCoreApplication.translate("Settings", "Search"))
        self._no_result.setText(QCoreApplication.translate("Settings", "No matching settings."))
        self._model.set_rows([Row(page, names[page], icon=_ICONS[page]) for page in PAGES])
        self.presentation.setText(QCoreApplication.translate("Settings", "Presentation mode"))
        self.retranslated.emit()
