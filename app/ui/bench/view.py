"""The bench, with a page each for answers side by side, test cases and prompts."""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.core.settings import Settings
from app.ui.bench.beside.page import BesidePage
from app.ui.bench.cases.page import CasesPage
from app.ui.bench.prompts.page import PromptsPage
from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import Space
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.tabs import Tabs

PageName = Literal["beside", "cases", "prompts"]
PAGE_NAMES: tuple[PageName, ...] = get_args(PageName)


class BenchView(Retranslated):
    """Holds the three pages. What belongs to the whole page stands beside the tabs.

    Signals:
        busy: whether answers are being written.
        retranslated: the language changed; the presenters set their texts again.
    """

    busy = Signal(bool)
    retranslated = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.tabs = Tabs("")
        self.beside, self.cases, self.prompts = BesidePage(), CasesPage(), PromptsPage()
        self._heads, self._pages = QStackedWidget(), QStackedWidget()
        for page in (self.beside, self.cases, self.prompts):
            self.tabs.addTab("")
            self._heads.addWidget(page.head)
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._heads.setCurrentIndex)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        row = QHBoxLayout()
        row.setContentsMargins(Space.S8, 0, 0, 0)
        row.setSpacing(Space.S12)
        row.addWidget(self.tabs)
        row.addWidget(self._heads, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S8, Space.S12, Space.S12)
        column.setSpacing(Space.S8)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.tabs)
        self.retranslate()

    def show_page(self, name: PageName) -> None:
        self.tabs.setCurrentIndex(PAGE_NAMES.index(name))

    def notice_area(self) -> NoticeArea:
        return NoticeArea(self._pages, frees_controls=True)

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(QCoreApplication.translate("Bench", "Bench"))
        names = (
            QCoreApplication.translate("Bench", "Beside"),
            QCoreApplication.translate("Bench", "Cases"),
            QCoreApplication.translate("Bench", "Prompts"),
        )
        for index, name in enumerate(names):
            self.tabs.setTabText(index, name)
        self.retranslated.emit()
