"""The voices view, with a tab each for designing, cloning and the library."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.core.settings import Settings
from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.design_tab import DesignTab
from app.ui.voices.library_tab import LibraryTab
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.tabs import Tabs

NARROW_BELOW = 1000
STACKED_BELOW = 1060
"""Width below which the candidates stand below the description."""
WIDE_FOOT = 740
"""Width of the candidates from which Keep stands beside their player."""
LEFT_SHARE, RIGHT_SHARE = 40, 60


class VoicesView(Retranslated):
    """Holds the three tabs.

    Signals:
        retranslated: the language changed; the presenters set their texts again.
        busy: whether a voice is being designed or tried.
    """

    retranslated = Signal()
    busy = Signal(bool)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.tabs = Tabs("")
        self.design, self.clone, self.library = DesignTab(), CloneTab(), LibraryTab()
        self._pages = QStackedWidget()
        self._areas: list[ScrollArea] = []
        for tab in (self.design, self.clone, self.library):
            self.tabs.addTab("")
            area = ScrollArea(tab) if isinstance(tab, LibraryTab) else tab.area
            tab.notices.appeared.connect(partial(area.ensureWidgetVisible, tab.notices, 0, Space.S16))
            self._pages.addWidget(area if isinstance(tab, LibraryTab) else tab)
            self._areas.append(area)
        self.tabs.currentChanged.connect(self._show_page)
        panel = Panel()
        self._unchanged = ElidedLabel(size=Type.SMALL, ink="text2")
        self._unchanged.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(Space.S12, 0, Space.S24, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self._unchanged)
        row.addWidget(self.library.import_)
        panel.body.addLayout(row)
        panel.body.addWidget(Divider())
        panel.body.addWidget(self._pages, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        layout.setSpacing(Space.S12)
        layout.addWidget(panel, LEFT_SHARE)
        self._layout, self._panel = layout, panel
        layout.addWidget(self.design.side, RIGHT_SHARE)
        self.setFocusProxy(self.tabs)
        self.retranslate()

    def notice_area(self) -> NoticeArea:
        """The shown page, which can be scrolled past what notifications cover."""
        return NoticeArea(self._pages, frees_controls=True, reserve=self._reserve)

    def _reserve(self, height: int) -> None:
        for area in self._areas:
            area.reserve(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        self.clone.set_narrow(width < theme().px(NARROW_BELOW))
        narrow = width < theme().px(STACKED_BELOW)
        self.design.set_narrow(narrow)
        if not narrow and self._layout.indexOf(self.design.side) < 0:
            self._layout.addWidget(self.design.side, RIGHT_SHARE)
        side_width = width if narrow else width * RIGHT_SHARE // (LEFT_SHARE + RIGHT_SHARE)
        self.design.side.foot.set_wide(side_width >= theme().px(WIDE_FOOT))
        self._show_page(self.tabs.currentIndex())

    def minimumSizeHint(self) -> QSize:
        """As narrow as a page without what stands beside it, which goes below it where there is no room."""
        return QSize(self._panel.minimumSizeHint().width(), super().minimumSizeHint().height())

    def _show_page(self, index: int) -> None:
        """Show a page, with the panel beside it if it has one there."""
        self._pages.setCurrentIndex(index)
        self._unchanged.setVisible(index == 1)
        # A foot reaches the lower edge; the cards would cover its round corners.
        self._panel.body.setContentsMargins(0, 0, 0, Space.S8 if index == 2 else 0)
        self.library.import_.setVisible(index == 2)
        beside = self._layout.indexOf(self.design.side) >= 0
        self.design.side.setVisible(index == 0 or not beside)

    def show_library(self) -> None:
        """Show the saved voices and move the focus to them."""
        self.tabs.setCurrentIndex(2)
        self.library.voices.setFocus()

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(QCoreApplication.translate("Voices", "Voices"))
        for index, name in enumerate(
            (
                QCoreApplication.translate("Voices", "Design"),
                QCoreApplication.translate("Voices", "Clone"),
                QCoreApplication.translate("Voices", "Library"),
            )
        ):
            self.tabs.setTabText(index, name)
        self._unchanged.setText(QCoreApplication.translate("Voices", "The file itself is never changed"))
        self.retranslated.emit()
