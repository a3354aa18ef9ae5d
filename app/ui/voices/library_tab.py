"""The library tab: search, filters and order above the cards, and the detail of the selected voice beside them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.services.speech.library_entries import ORDERS, SHOWN, Filter, LibraryEntry, Order, Shown, counts
from app.ui.retranslate import Retranslated
from app.ui.texts.voice_library import order_name, shown_name
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CHIP_HEIGHT, CONTROL_HEIGHT, Space
from app.ui.voices.library_detail import LibraryDetail
from app.ui.voices.library_list import LibraryList
from app.ui.voices.library_model import VoiceModel
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import SearchField
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Divider
from app.ui.widgets.wrapping_row import WrappingRow

_DETAIL_WIDTH = 372
_BESIDE_FROM = 860
"""Width from which the detail stands beside the cards, in logical pixels."""
_ONE_ROW_FROM = 880
"""Width of the cards from which search and filters stand in one row, in logical pixels."""
_MIN_LIST_HEIGHT = 240


class LibraryTab(Retranslated):
    """Lists the voices and shows the selected one.

    Signals:
        arranged: another search, filter or order is wanted.
        use_requested: the key of a voice to be chosen in the studio.
    """

    arranged = Signal()
    use_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.notice = InlineNotice(dismissable=True)
        self.detail = LibraryDetail()
        self.voices = LibraryList("")
        self.voice_model = VoiceModel()
        self.voices.setModel(self.voice_model)
        self.empty = EmptyState(Icon.VOICES, "")
        self.search = SearchField("")
        self.kinds = {shown: Chip("") for shown in SHOWN}
        self.kinds["all"].setChecked(True)
        self.languages = {"zh": Chip("中文"), "en": Chip("English")}
        self.starred = Chip("", Icon.STAR)
        self.order = Choice("", compact=True)
        self.as_list, self.import_ = IconButton(Icon.LIST, ""), GhostButton("", Icon.UPLOAD)
        self.as_list.setCheckable(True)
        self._counts: dict[Shown, int] = counts(())
        detail = self.detail
        self.play, self.rename, self.delete, self.export = detail.play, detail.rename, detail.delete, detail.export
        self.name = detail.name
        self._lay_out()
        self._connect()
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def _lay_out(self) -> None:
        self._filters = WrappingRow(*self.kinds.values(), *self.languages.values(), self.starred, gap=Space.S6)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(Space.S4)
        for part in (self.order, self.as_list):
            tools.addWidget(part)
        self._first = QHBoxLayout()
        self._first.setSpacing(Space.S8)
        self._first.addWidget(self.search, 1)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setSpacing(Space.S8)
        self._bar.addLayout(self._first, 2)
        self._bar.addWidget(self._filters, 5)
        listed = EmptyStateContainer(self.voices, self.empty)
        self.notices = OverlaidNotices(
            listed, lambda height: self.voices.setViewportMargins(0, 0, 0, height), self.notice
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(Space.S16, Space.S12, Space.S8, Space.S8)
        column.setSpacing(Space.S8)
        column.addLayout(self._bar)
        column.addWidget(listed, 1)
        self._left, self._divider = left, Divider(orientation=Qt.Orientation.Vertical)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._pair.setContentsMargins(0, 0, 0, 0)
        self._pair.setSpacing(0)
        self._pair.addWidget(left, 1)
        self._pair.addWidget(self._divider)
        self._pair.addWidget(self.detail)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self.arranged.emit())
        self.order.chosen.connect(lambda _key: self.arranged.emit())
        for shown, chip in self.kinds.items():
            chip.clicked.connect(lambda _on=False, shown=shown: self._choose_kind(shown))
        for chip in (*self.languages.values(), self.starred):
            chip.clicked.connect(lambda _on=False: self.arranged.emit())
        self.as_list.toggled.connect(lambda on: self.voices.show_cards(not on))

    def _choose_kind(self, chosen: Shown) -> None:
        for shown, chip in self.kinds.items():
            chip.setChecked(shown == chosen)
        self.arranged.emit()

    def wanted(self) -> Filter:
        """What is to be listed."""
        shown: Shown = next((shown for shown, chip in self.kinds.items() if chip.isChecked()), "all")
        languages = frozenset(code for code, chip in self.languages.items() if chip.isChecked())
        return Filter(self.search.text(), shown, languages, self.starred.isChecked())

    def wanted_order(self) -> Order:
        return next((order for order in ORDERS if order == self.order.key()), "used")

    def show_all(self) -> None:
        """Clear the search and the filters."""
        for chip in (*self.languages.values(), self.starred):
            chip.setChecked(False)
        self.search.clear()
        self._choose_kind("all")

    def show_counts(self, entries: list[LibraryEntry]) -> None:
        """Show how many voices of each kind there are."""
        self._counts = counts(entries)
        for shown, chip in self.kinds.items():
            chip.setText(shown_name(shown, self._counts[shown]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the detail beside the cards, or below them where there is no room."""
        is_beside = self.width() >= theme().px(_BESIDE_FROM)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(across if is_beside else down)
        self._divider.set_across(not is_beside)
        wide = theme().px(_DETAIL_WIDTH)
        self.detail.setMinimumWidth(wide if is_beside else 0)
        self.detail.setMaximumWidth(wide if is_beside else (1 << 24) - 1)
        # Below the cards it is as tall as it is: scrolled within a scrolled page, it would be hard to read.
        self.detail.set_scrolls(is_beside)
        self.voices.setMinimumHeight(theme().px(_MIN_LIST_HEIGHT))
        # Search, filters and order are one row, or the filters stand below where they would break into several.
        is_one_row = self.width() - (wide if is_beside else 0) >= theme().px(_ONE_ROW_FROM)
        self._bar.setDirection(across if is_one_row else down)
        (self._bar if is_one_row else self._first).addWidget(self._tools)
        inset = (theme().px(CONTROL_HEIGHT) - theme().px(CHIP_HEIGHT)) // 2 if is_one_row else 0
        flow = self._filters.layout()
        assert flow is not None
        flow.setContentsMargins(0, inset, 0, inset)

    def retranslate(self) -> None:
        # The notice is in the old language: clear it. It comes back if it still applies.
        self.notice.clear()
        self.empty.set_words(
            QCoreApplication.translate("Voices", "No voice fits the search and the filters."),
            QCoreApplication.translate("Voices", "Show all voices"),
        )
        self.voices.setAccessibleName(QCoreApplication.translate("Voices", "Saved voices"))
        search = QCoreApplication.translate("Voices", "Search voices")
        self.search.setAccessibleName(search)
        self.search.setPlaceholderText(search)
        for shown, chip in self.kinds.items():
            chip.setText(shown_name(shown, self._counts[shown]))
        self.kinds["all"].setAccessibleName(QCoreApplication.translate("Voices", "All voices"))
        self.kinds["builtin"].setAccessibleName(QCoreApplication.translate("Voices", "Built-in voices"))
        self.kinds["designed"].setAccessibleName(QCoreApplication.translate("Voices", "Designed voices"))
        self.kinds["cloned"].setAccessibleName(QCoreApplication.translate("Voices", "Cloned voices"))
        self.languages["zh"].setAccessibleName(QCoreApplication.translate("Voices", "Chinese voices"))
        self.languages["en"].setAccessibleName(QCoreApplication.translate("Voices", "English voices"))
        self.starred.setText(QCoreApplication.translate("Voices", "Starred"))
        chosen = self.wanted_order()
        self.order.set_name(QCoreApplication.translate("Voices", "Order of voices"))
        self.order.set_choices([(order, order_name(order)) for order in ORDERS])
        self.order.set_key(chosen)
        self.as_list.set_name(QCoreApplication.translate("Voices", "Show as list"))
        self.import_.setText(QCoreApplication.translate("Voices", "Import voice"))
