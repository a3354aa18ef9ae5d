"""The export page of the studio: files, audition page and votes, a tab each."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.core.settings import Settings
from app.ui.retranslate import Retranslated
from app.ui.studio.export.audition_tab import AuditionTab
from app.ui.studio.export.files_tab import FilesTab
from app.ui.studio.export.votes_tab import VotesTab
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import ElidedLabel, PanelTitle
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.tabs import Tabs

ExportTab = Literal["files", "audition", "votes"]
TABS: tuple[ExportTab, ...] = ("files", "audition", "votes")


class ExportPage(Retranslated):
    """Everything that is seen of an export. The presenters fill it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.back = IconButton(Icon.CHEVRON_LEFT, "")
        self._title, self._takes = PanelTitle(), ElidedLabel(size=Type.CONTROL, ink="text2")
        self.tabs = Tabs("")
        self.files, self.audition, self.votes = FilesTab(settings), AuditionTab(settings), VotesTab()
        self._stack = QStackedWidget()
        for name, page in zip(TABS, (self.files, self.audition, self.votes), strict=True):
            self.tabs.addTab(name)
            self._stack.addWidget(page)
        self.tabs.currentChanged.connect(self._show_page)
        self._show_page(0)
        header = QHBoxLayout()
        header.setSpacing(Space.S8)
        for widget in (self.back, self._title):
            header.addWidget(widget)
        header.addWidget(self._takes, 1)
        header.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S12, Space.S4, Space.S12, Space.S12)
        column.setSpacing(Space.S4)
        column.addLayout(header)
        column.addWidget(self._stack, 1)
        self.retranslate()

    @property
    def tab(self) -> ExportTab:
        return TABS[self.tabs.currentIndex()]

    def show_tab(self, tab: ExportTab) -> None:
        self.tabs.setCurrentIndex(TABS.index(tab))

    def _show_page(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.setFocusProxy((self.files.options.template, self.audition.title, self.votes.codes)[index])

    def show_takes(self, text: str) -> None:
        """Say what is exported."""
        self._takes.setText(text)

    def notice_area(self) -> NoticeArea:
        """The tabs: buttons at their foot stay free."""
        return NoticeArea(self._stack, frees_controls=True)

    def retranslate(self) -> None:
        self.back.set_name(QCoreApplication.translate("Grid", "Back to the studio"))
        self._title.setText(QCoreApplication.translate("Export", "Export"))
        self.tabs.setAccessibleName(QCoreApplication.translate("Export", "Export tabs"))
        names = (
            QCoreApplication.translate("Export", "Files"),
            QCoreApplication.translate("Export", "Audition page"),
            QCoreApplication.translate("Export", "Votes"),
        )
        for index, name in enumerate(names):
            self.tabs.setTabText(index, name)
            self.tabs.setAccessibleTabName(index, name)
