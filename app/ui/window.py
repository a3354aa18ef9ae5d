"""The main window: navigation rail, one view at a time, notifications and the status bar."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.core.settings import RECENT_COMMANDS, WINDOW_GEOMETRY, Settings
from app.ui.commands import CHEAT_SHEET_SHORTCUT, PALETTE_SHORTCUT, Command, Commands
from app.ui.navigation_rail import NavigationRail
from app.ui.status_bar import StatusBar
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.views import VIEWS
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.notice_area import HasNoticeArea, NoticeArea
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.reading_order import next_stop
from app.ui.widgets.toasts import UNDO_SHORTCUT, ToastStack

if TYPE_CHECKING:
    from app.ui.cheat_sheet import CheatSheet
    from app.ui.command_palette import CommandPalette

DEFAULT_SIZE = (1440, 900)
TITLE_BAR = 40
"""Height in pixels reserved for the title bar, whose real height is unknown until the window is shown."""
BORDERS = 16
"""Width in pixels reserved for the borders at both sides."""
MINIMUM_SIZE = (960 - BORDERS, 640 - TITLE_BAR)
"""Without title bar and borders, so that the window with them fits a screen of 960 by 640 pixels."""


class Window(QMainWindow):
    """The main window. It is a QMainWindow only so that assistive technology reports it as a window.

    Signals:
        closing: the user closed the window; it stays visible until the shutdown has finished.
        shown: name of the view that is now shown.
    """

    closing = Signal()
    shown = Signal(str)

    def __init__(self, settings: Settings, messages: Notifier) -> None:
        super().__init__()
        self._settings = settings
        self._messages = messages
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._views: dict[str, QWidget] = {}
        self._requested = ""
        self._painted: asyncio.Future[None] | None = None
        self.rail = NavigationRail()
        self.status = StatusBar()
        self._stack = QStackedWidget()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        content = QWidget()
        self.setCentralWidget(content)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self._toasts = ToastStack(messages, content)
        self._toasts.lie_over(NoticeArea(self._stack))
        self._ring = FocusRing(self)
        self.commands = Commands()
        recent: list[str] = settings.get(RECENT_COMMANDS)
        self.commands.recent = list(recent)
        self.commands.on_run = lambda: settings.set(RECENT_COMMANDS, self.commands.recent)
        self._shortcuts: dict[str, QShortcut] = {}
        self.rail.chosen.connect(self.show_view)
        self.rail.palette_wanted.connect(self._open_palette)
        QShortcut(QKeySequence(PALETTE_SHORTCUT), self, self._open_palette)
        for view in VIEWS:
            self.add_command(
                f"view-{view.name}",
                view.label,
                partial(self.show_view, view.name),
                view.shortcut,
                goes=True,
                icon=view.icon,
            )
        self._add_notice_commands()
        theme().changed.connect(self.update)
        theme().style_window(self)
        self.setMinimumSize(*MINIMUM_SIZE)
        self._restore_geometry()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.commands.forget_names()
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(QCoreApplication.translate("Window", "MiMo Workbench"))

    @cached_property
    def command_palette(self) -> CommandPalette:
        """The command palette, created on first use."""
        from app.ui.command_palette import CommandPalette

        return CommandPalette(self, self.commands)

    @cached_property
    def cheat_sheet(self) -> CheatSheet:
        """The list of all shortcuts, created on first use."""
        from app.ui.cheat_sheet import CheatSheet

        return CheatSheet(self, self.commands)

    def complete(self) -> None:
        """Create what the first paint left out. Assistive technology must find the palette before it is opened."""
        _ = self.command_palette

    def _open_palette(self) -> None:
        self.command_palette.open()

    def _toggle_cheat_sheet(self) -> None:
        self.cheat_sheet.toggle()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Move the focus in reading order, in all views alike."""
        stop = next_stop(self, self.focusWidget(), forward=next)
        if stop is None:
            return False
        stop.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def _add_notice_commands(self) -> None:
        """Add what the notices offer, for the keyboard: Undo and Dismiss act on the newest one."""
        self.add_command(
            "undo",
            lambda: QCoreApplication.translate("Commands", "Undo"),
            self._toasts.undo_newest,
            UNDO_SHORTCUT,
            enabled=self._toasts.can_undo,
            icon=Icon.UNDO,
        )
        # A text field with the focus takes this one for itself.
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, lambda: self.commands.run("undo"))
        self.add_command(
            "shortcuts",
            lambda: QCoreApplication.translate("Commands", "All shortcuts"),
            self._toggle_cheat_sheet,
            CHEAT_SHEET_SHORTCUT,
            icon=Icon.COMMAND,
        )
        self.add_command(
            "dismiss-notice",
            lambda: QCoreApplication.translate("Commands", "Dismiss notice"),
            self._toasts.dismiss_newest,
            enabled=lambda: bool(self._toasts.toasts()),
        )

    def add_command(
        self,
        key: str,
        label: Callable[[], str],
        run: Callable[[], object],
        shortcut: str = "",
        *,
        enabled: Callable[[], bool] = lambda: True,
        view: str = "",
        is_local: bool = False,
        is_bound: bool = True,
        goes: bool = False,
        icon: Icon | None = None,
        terms: Callable[[], str] = lambda: "",
    ) -> None:
        """Add a command to the palette and, if it has a shortcut, to the window; the fields are those of `Command`."""
        self.commands.add(Command(key, label, run, shortcut, enabled, view, is_local, is_bound, goes, icon, terms))
        if shortcut and is_bound and shortcut not in self._shortcuts:
            self._shortcuts[shortcut] = QShortcut(
                QKeySequence(shortcut), self, lambda: self.commands.run_shortcut(shortcut, self.current)
            )

    def add_view(self, name: str, create: Callable[[], QWidget]) -> None:
        """Register a view; `create` is called when it is first shown."""
        self._factories[name] = create
        if name == self._requested:
            self.show_view(name)

    def view(self, name: str) -> QWidget:
        """The view with this name, created if necessary. Raises KeyError if it is not registered."""
        if name not in self._views:
            view = self._views[name] = self._factories[name]()
            self._stack.addWidget(view)
        return self._views[name]

    @property
    def area(self) -> QWidget:
        """The part of the window that shows the views, without rail, notifications and status bar."""
        return self._stack

    @property
    def current(self) -> str:
        """The name of the view that is shown."""
        return next((name for name, view in self._views.items() if view is self._stack.currentWidget()), VIEWS[0].name)

    def show_view(self, name: str) -> None:
        """Show a view, or remember to show it as soon as it is registered."""
        self._requested = name
        if name in self._factories:
            if self._views and name != self.current:
                self._messages.left.emit()
            view = self.view(name)
            self._stack.setCurrentWidget(view)
            self.place_notices()
            self.shown.emit(name)
        self.rail.show_view(name)

    def place_notices(self) -> None:
        """Let notices lie over what the shown view names; call it when that has changed."""
        view = self._stack.currentWidget()
        self._toasts.lie_over(view.notice_area() if isinstance(view, HasNoticeArea) else NoticeArea(self._stack))

    def raise_notices(self) -> None:
        """Let notices lie above what has been opened over the views."""
        self._toasts.raise_()

    def undo_since(self) -> float | None:
        """When the oldest Undo was offered that still is, in Unix seconds; None if none is."""
        return self._toasts.undo_since()

    def show_failure(self, failure: QWidget) -> None:
        """Replace all views with `failure` permanently."""
        self._factories.clear()
        self.rail.setEnabled(False)
        self._stack.addWidget(failure)
        self._stack.setCurrentWidget(failure)
        self._toasts.lie_over(NoticeArea(self._stack))
        failure.setFocus()

    async def appear(self) -> None:
        """Show the window and wait until it has been painted once."""
        self._painted = asyncio.get_running_loop().create_future()
        self.show()
        await self._painted

    def come_forward(self) -> None:
        """Bring the window to the front, because the program was started again."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _restore_geometry(self) -> None:
        geometry = self._settings.get(WINDOW_GEOMETRY)
        if geometry and self.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            return
        available = self.screen().availableSize()
        free = available.width() - BORDERS, available.height() - TITLE_BAR
        self.resize(min(DEFAULT_SIZE[0], free[0]), min(DEFAULT_SIZE[1], free[1]))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the geometry and request shutdown; the window itself closes at its end."""
        event.ignore()
        self._settings.set(WINDOW_GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().colour("bg"))
        if self._painted is not None and not self._painted.done():
            # The children are painted after the window, so all are on the screen at the next loop iteration.
            QTimer.singleShot(0, self._first_paint_done)

    def _first_paint_done(self) -> None:
        if self._painted is not None and not self._painted.done():
            self._painted.set_result(None)
