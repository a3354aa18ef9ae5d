"""The side panel of the chat: Parameters, Inspector and Tools as tabs, one of them shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.settings import INSPECTOR_OPEN, PANEL_WIDTHS, PARAMETERS_OPEN, TOOLS_OPEN, FlagSetting, Settings
from app.ui.chat.panel_toggle import PanelToggle
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.reading_order import next_stop

PAGES = (PARAMETERS_OPEN, INSPECTOR_OPEN, TOOLS_OPEN)
MIN_WIDTH = 312
"""Logical pixels, before text scaling."""
WHOLE_SHARE = frozenset({INSPECTOR_OPEN, TOOLS_OPEN})
"""Pages that are as wide as they may be until the user sets their width."""


class SidePanel(Retranslated):
    """Shows one page, or nothing. What is open, and the width of each page, is remembered.

    A page may have an attribute `header`: a widget shown at the right end of the tabs while the page is.

    Attributes:
        bar: holds the toggles while the panel is closed; placed in the header of the chat.

    Signals:
        changed: another page is shown, or the panel was opened or closed.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._is_overlay = False
        self._overlaid: FlagSetting | None = None
        self.bar = QWidget(self)
        self._bar_row = QHBoxLayout(self.bar)
        self._bar_row.setContentsMargins(0, 0, 0, 0)
        self._bar_row.setSpacing(Space.S4)
        self._toggles = {
            PARAMETERS_OPEN: PanelToggle(Icon.SLIDERS),
            INSPECTOR_OPEN: PanelToggle(Icon.CODE),
            TOOLS_OPEN: PanelToggle(Icon.TOOL),
        }
        self._pages: dict[FlagSetting, QWidget] = {}
        self._headers: dict[FlagSetting, QWidget] = {}
        self._panel = Panel()
        self._tab_row = QHBoxLayout()
        self._tab_row.setContentsMargins(Space.S8, 0, Space.S12, 0)
        self._tab_row.setSpacing(0)
        self._tab_row.addStretch(1)
        self._close = IconButton(Icon.CLOSE, "")
        self._close.clicked.connect(self.close_page)
        self._tab_row.addWidget(self._close)
        self._stack = QStackedWidget()
        self._panel.body.addLayout(self._tab_row)
        self._panel.body.addWidget(Divider())
        self._panel.body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        for page, toggle in self._toggles.items():
            toggle.clicked.connect(lambda on, page=page: self._show(page if on else None))
        presentation_cover().changed.connect(self._update)
        self._update()
        self.retranslate()

    def toggle_of(self, page: FlagSetting) -> PanelToggle:
        """The tab of a page."""
        return self._toggles[page]

    def set_pages(self, pages: dict[FlagSetting, QWidget]) -> None:
        """Add the pages, which the first paint does not need."""
        for page, widget in pages.items():
            self._pages[page] = widget
            self._stack.addWidget(widget)
            header = getattr(widget, "header", None)
            if header is not None:
                self._headers[page] = header
                self._tab_row.insertWidget(self._tab_row.count() - 1, header)
        self._update()

    @property
    def current(self) -> FlagSetting | None:
        """The page that is shown; None while the panel is closed. While presenting, only the inspector is shown."""
        remembered = next((page for page in PAGES if self._settings.get(page)), None)
        page = self._overlaid if self._is_overlay else remembered
        return page if page in self._offered() else None

    def _offered(self) -> tuple[FlagSetting, ...]:
        return (INSPECTOR_OPEN,) if presentation_cover().active else PAGES

    def offers(self, page: FlagSetting) -> bool:
        """Whether a page can be shown now: while presenting, only the inspector can."""
        return page in self._offered()

    def open_page(self, page: FlagSetting) -> None:
        """Show a page, if it can be shown now."""
        if self.current != page and self.offers(page):
            self._show(page)

    def toggle_page(self, page: FlagSetting) -> None:
        """Show a page if it can be shown now, or close the panel if it is shown."""
        if self.offers(page):
            self._show(None if self.current == page else page)

    def focus_page(self) -> None:
        """Focus the first control of the page that is shown."""
        page = self._pages.get(self.current) if self.current is not None else None
        first = next_stop(page, None, forward=True) if page is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def close_page(self) -> None:
        """Close the panel."""
        self._show(None)

    def set_overlay(self, is_overlay: bool) -> None:
        """Lie over the transcript, where a page is opened on demand only, or stand beside it as remembered."""
        self._is_overlay = is_overlay
        self._overlaid = None
        # It floats, so it has a shadow of its own.
        self._panel.set_shadow(Space.S6 if is_overlay else 0)
        self._update()

    def width_of(self, page: FlagSetting, most: int) -> int:
        """The width of a page in logical pixels before text scaling, at most `most` and at least `MIN_WIDTH`."""
        widths: dict[str, int] = self._settings.get(PANEL_WIDTHS)
        wanted = widths.get(page.key, most if page in WHOLE_SHARE else MIN_WIDTH)
        return max(MIN_WIDTH, min(wanted, most))

    def remember_width(self, page: FlagSetting, width: int) -> None:
        """Remember the width that the user gave a page, in logical pixels before text scaling."""
        widths: dict[str, int] = self._settings.get(PANEL_WIDTHS)
        self._settings.set(PANEL_WIDTHS, {**widths, page.key: width})

    def _show(self, page: FlagSetting | None) -> None:
        if self._is_overlay:
            self._overlaid = page
        else:
            for each in PAGES:
                self._settings.set(each, each == page)
        self._update()

    def _update(self) -> None:
        page = self.current
        focused = QApplication.focusWidget()
        for index, (each, toggle) in enumerate(self._toggles.items()):
            row = self._bar_row if page is None else self._tab_row
            if row.indexOf(toggle) < 0:
                row.insertWidget(index, toggle)
            toggle.show_as_tab(page is not None)
            toggle.setChecked(each == page)
            toggle.setVisible(each in self._offered())
        # Moving a control to another parent takes the focus away from it.
        if isinstance(focused, PanelToggle) and focused in self._toggles.values():
            focused.setFocus()
        if page in self._pages:
            self._stack.setCurrentWidget(self._pages[page])
        for each, header in self._headers.items():
            header.setVisible(each == page)
        self._close.setVisible(self._is_overlay)
        self.bar.setVisible(page is None)
        self.setVisible(page is not None)
        self.changed.emit()

    def retranslate(self) -> None:
        self._close.set_name(QCoreApplication.translate("Chat", "Close panel"))
        names = {
            TOOLS_OPEN: QCoreApplication.translate("Chat", "Tools"),
            PARAMETERS_OPEN: QCoreApplication.translate("Chat", "Parameters"),
            INSPECTOR_OPEN: QCoreApplication.translate("Chat", "Inspector"),
        }
        for page, toggle in self._toggles.items():
            toggle.set_name(names[page])
