"""The window: rail, one view at a time, the status bar, and the messages over everything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.core.settings import WINDOW_GEOMETRY, Settings
from app.ui.commands import Command, Commands
from app.ui.navigation_rail import VIEWS, NavigationRail
from app.ui.status_bar import StatusBar
from app.ui.theme.theme import theme
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.toasts import ToastStack

if TYPE_CHECKING:
    from app.ui.command_palette import CommandPalette

SMALLEST = (960, 640)
FIRST_SIZE = (1440, 900)
TITLE_BAR = 32
"""Room for the frame that the desktop puts around a window, whose height is not known before it is shown."""

View = QWidget
MakeView = Callable[[], View]


class Window(QMainWindow):
    """The one window. A QMainWindow only because assistive tools know that as a window.

    Signals:
        closing: the user wants to leave; the window stays until the program ends.
        shown: name of the view that is shown now.
    """

    closing = Signal()
    shown = Signal(str)

    def __init__(self, settings: Settings, messages: Notifier) -> None:
        super().__init__()
        self._settings = settings
        self._messages = messages
        self._makers: dict[str, MakeView] = {}
        self._views: dict[str, QWidget] = {}
        self._wanted = ""
        self._painted: asyncio.Future[None] | None = None
        self.rail = NavigationRail()
        self.status = StatusBar()
        self._stack = QStackedWidget()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        shown = QVBoxLayout()
        shown.setSpacing(0)
        shown.addWidget(self._stack, 1)
        shown.addWidget(ToastStack(messages))
        row.addLayout(shown, 1)
        content = QWidget()
        self.setCentralWidget(content)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self._ring = FocusRing(self)
        self.commands = Commands()
        self.rail.chosen.connect(self.show_view)
        self.rail.palette_wanted.connect(self._open_palette)
        QShortcut(QKeySequence("Ctrl+K"), self, self._open_palette)
        QShortcut(QKeySequence.StandardKey.Preferences, self, lambda: self.show_view("settings"))
        for number, view in enumerate(VIEWS, start=1):
            self.add_command(f"view-{view}", self.rail.buttons[view].text, self._shower(view), f"Ctrl+{number}")
        theme().changed.connect(self.update)
        self.setMinimumSize(*SMALLEST)
        self._restore()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(QCoreApplication.translate("Window", "MiMo Workbench"))

    @cached_property
    def command_palette(self) -> CommandPalette:
        """Built when first asked for."""
        from app.ui.command_palette import CommandPalette

        return CommandPalette(self, self.commands)

    def complete(self) -> None:
        """Build what the first paint could do without: assistive tools are to find it before it is opened."""
        _ = self.command_palette

    def _open_palette(self) -> None:
        self.command_palette.open()

    def add_command(self, key: str, words: Callable[[], str], run: Callable[[], object], shortcut: str = "") -> None:
        """Make something reachable by name, and by a shortcut of the window if it has one."""
        self.commands.add(Command(key, words, run, shortcut))
        if shortcut:
            QShortcut(QKeySequence(shortcut), self, lambda: self.commands.run(key))

    def _shower(self, view: str) -> Callable[[], None]:
        return lambda: self.show_view(view)

    def add_view(self, name: str, make: MakeView) -> None:
        """Say how a view is built; that happens when it is first shown."""
        self._makers[name] = make
        if name == self._wanted:
            self.show_view(name)

    def view(self, name: str) -> QWidget:
        """A view, built now if it was not yet."""
        if name not in self._views:
            view = self._views[name] = self._makers[name]()
            self._stack.addWidget(view)
        return self._views[name]

    @property
    def current(self) -> str:
        """Name of the view that is shown."""
        return next((name for name, view in self._views.items() if view is self._stack.currentWidget()), VIEWS[0])

    def show_view(self, name: str) -> None:
        """Show a view, as soon as it can be built."""
        self._wanted = name
        if name in self._makers:
            if self._views and name != self.current:
                self._messages.left.emit()
            self._stack.setCurrentWidget(self.view(name))
            self.shown.emit(name)
        self.rail.show_view(name)

    def show_failure(self, failure: QWidget) -> None:
        """In place of every view, for good."""
        self._makers.clear()
        self.rail.setEnabled(False)
        self._stack.addWidget(failure)
        self._stack.setCurrentWidget(failure)
        failure.setFocus()

    async def appear(self) -> None:
        """Show the window and wait until it has been painted once."""
        self._painted = asyncio.get_running_loop().create_future()
        self.show()
        await self._painted

    def come_forward(self) -> None:
        """Another start asked for this window."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _restore(self) -> None:
        kept = self._settings.get(WINDOW_GEOMETRY)
        if kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            return
        room = self.screen().availableSize()
        self.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height() - TITLE_BAR))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The program ends in order: nothing closes before that."""
        event.ignore()
        self._settings.set(WINDOW_GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().colour("bg"))
        if self._painted is not None and not self._painted.done():
            # The children paint after this: they are on the screen with the next turn of the loop.
            QTimer.singleShot(0, self._first_paint_done)

    def _first_paint_done(self) -> None:
        if self._painted is not None and not self._painted.done():
            self._painted.set_result(None)
