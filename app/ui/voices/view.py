"""The voices view, with a tab each for designing, cloning and the library."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.settings import Settings
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.design_tab import DesignTab
from app.ui.voices.library_list import LibraryList, VoiceModel
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.rename_field import RenameField
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.tabs import Tabs

NARROW_BELOW = 1000
STACKED_BELOW = 1060
"""Width below which the candidates stand below the description."""
WIDE_FOOT = 740
"""Width of the candidates from which Keep stands beside their player."""
LEFT_SHARE, RIGHT_SHARE = 40, 60


class LibraryTab(Retranslated):
    """Lists the saved voices and offers actions for the selected one."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = InlineNotice(dismissable=True)
        self.voices = LibraryList("")
        self.voice_model = VoiceModel()
        self.voices.setModel(self.voice_model)
        self.empty = EmptyState(Icon.VOICES, "")
        self.play, self.rename = GhostButton("", Icon.PLAY), GhostButton("", Icon.EDIT)
        self.delete = GhostButton("", Icon.TRASH)
        self.export, self.import_ = GhostButton("", Icon.DOWNLOAD), GhostButton("", Icon.FOLDER)
        self._playing = False
        self.name = RenameField("")
        self._caption = Caption()
        actions = QWidget()
        flow = FlowLayout(actions)
        for button in (self.play, self.rename, self.export, self.import_, self.delete):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S16, Space.S24, Space.S16)
        column.setSpacing(Space.S8)
        listed = EmptyStateContainer(self.voices, self.empty)
        self.notices = OverlaidNotices(
            listed, lambda height: self.voices.setViewportMargins(0, 0, 0, height), self.notice
        )
        column.addWidget(listed, 1)
        column.addWidget(self._caption)
        column.addWidget(self.name)
        column.addWidget(actions)
        self.voices.setMinimumHeight(240)
        self.retranslate()

    def show_playing(self, playing: bool) -> None:
        """Name the button for what pressing it does."""
        self._playing = playing
        self.play.set_glyph(Icon.PAUSE if playing else Icon.PLAY)
        self.play.setText(
            QCoreApplication.translate("Voices", "Pause")
            if playing
            else QCoreApplication.translate("Voices", "Play voice")
        )

    def retranslate(self) -> None:
        # The notice is in the old language: clear it. It comes back if it still applies.
        self.notice.clear()
        self.empty.set_words(
            QCoreApplication.translate("Voices", "Voices you design or clone are saved here, ready for the studio."),
            QCoreApplication.translate("Voices", "Design a voice"),
        )
        self.voices.setAccessibleName(QCoreApplication.translate("Voices", "Saved voices"))
        self.show_playing(self._playing)
        self.rename.setText(QCoreApplication.translate("Voices", "Rename"))
        self.delete.setText(QCoreApplication.translate("Voices", "Delete voice"))
        self.export.setText(QCoreApplication.translate("Voices", "Export voice"))
        self.import_.setText(QCoreApplication.translate("Voices", "Import voice"))
        self._caption.setText(QCoreApplication.translate("Voices", "New name"))
        self.name.setAccessibleName(QCoreApplication.translate("Voices", "New name"))


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
            area = tab.area if isinstance(tab, DesignTab) else ScrollArea(tab)
            tab.notices.appeared.connect(partial(area.ensureWidgetVisible, tab.notices, 0, Space.S16))
            self._pages.addWidget(tab if isinstance(tab, DesignTab) else area)
            self._areas.append(area)
        self.tabs.currentChanged.connect(self._show_page)
        self.library.empty.step.clicked.connect(lambda: self.tabs.setCurrentIndex(0))
        panel = Panel()
        row = QHBoxLayout()
        row.setContentsMargins(Space.S12, 0, Space.S12, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
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
        self.retranslated.emit()
