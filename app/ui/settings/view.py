"""The settings view: pages at the left, the chosen one at the right, presentation mode at the foot of every page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.core.settings import PRESENTATION_MODE, Settings
from app.ui.retranslate import Retranslated
from app.ui.settings.about_page import AboutPage
from app.ui.settings.appearance_page import AppearancePage
from app.ui.settings.audio_page import AudioPage
from app.ui.settings.data_page import DataPage
from app.ui.settings.network_page import NetworkPage
from app.ui.settings.services_page import ServicesPage
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.rows import Row, RowDelegate, RowList, RowModel
from app.ui.widgets.scroll import ScrollArea
from app.ui.widgets.switch import Switch

LIST_WIDTH = 210
PAGES = ("services", "network", "audio", "appearance", "data", "about")
_ICONS = {
    "services": Icon.KEY,
    "network": Icon.NETWORK,
    "audio": Icon.SPEAKER,
    "appearance": Icon.PALETTE,
    "data": Icon.DATABASE,
    "about": Icon.ABOUT,
}


class SettingsView(Retranslated):
    """All pages.

    Signals:
        worded: the language changed.
        page_shown: name of a page, one of `PAGES`.
    """

    worded = Signal()
    page_shown = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.services, self.network, self.audio = ServicesPage(), NetworkPage(settings), AudioPage()
        self.appearance, self.data, self.about = AppearancePage(settings), DataPage(), AboutPage()
        self._model, self._list = RowModel(), RowList("")
        self._list.setModel(self._model)
        self._list.setItemDelegate(RowDelegate(self._list, height=40))
        self._list.row_selected.connect(self.show_page)
        self.presentation = Switch()
        self.presentation.setChecked(settings.get(PRESENTATION_MODE))
        self.presentation.toggled.connect(lambda on: settings.set(PRESENTATION_MODE, on))
        self._left, right = Panel(" "), Panel()
        foot = QVBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S8)
        foot.addWidget(self.presentation)
        self._left.body.addWidget(self._list, 1)
        self._left.body.addWidget(Divider())
        self._left.body.addLayout(foot)
        self._pages = QStackedWidget()
        for page in (self.services, self.network, self.audio, self.appearance, self.data, self.about):
            self._pages.addWidget(ScrollArea(page))
        right.body.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        row.setSpacing(Space.S12)
        row.addWidget(self._left)
        row.addWidget(right, 1)
        theme().changed.connect(self._resize)
        self._resize()
        self.retranslate()
        self._list.select_key("services")

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        self._list.select_key(name)
        self._pages.setCurrentIndex(PAGES.index(name))
        self.page_shown.emit(name)

    def _resize(self) -> None:
        self._left.setFixedWidth(theme().px(LIST_WIDTH))

    def retranslate(self) -> None:
        names = {
            "services": QCoreApplication.translate("Settings", "Services"),
            "network": QCoreApplication.translate("Settings", "Network"),
            "audio": QCoreApplication.translate("Settings", "Audio"),
            "appearance": QCoreApplication.translate("Settings", "Appearance"),
            "data": QCoreApplication.translate("Settings", "Data"),
            "about": QCoreApplication.translate("Settings", "About"),
        }
        self._left.set_title(QCoreApplication.translate("Settings", "Settings"))
        self._list.setAccessibleName(QCoreApplication.translate("Settings", "Settings pages"))
        self._model.set_rows([Row(page, names[page], icon=_ICONS[page]) for page in PAGES])
        self.presentation.setText(QCoreApplication.translate("Settings", "Presentation mode"))
        self.worded.emit()
