"""All keyboard shortcuts, by view, from the registry of commands; with those that text fields and lists have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QWidget

from app.core.fuzzy import match
from app.ui.commands import PALETTE_SHORTCUT, Commands
from app.ui.palette_rows import PaletteDelegate
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.views import VIEWS
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.key_caps import keys_of
from app.ui.widgets.labels import Hint, PanelTitle
from app.ui.widgets.panel import Divider
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.window_overlay import SHADOW, WindowOverlay

WIDTH = 560
ROW_HEIGHT = 34


class Shortcut(NamedTuple):
    """A shortcut in Qt's portable format, what it does, and the name of the view where it works, empty for all."""

    keys: str
    action: str
    view: str = ""


def _handled_by_widgets() -> Iterator[Shortcut]:
    """The shortcuts that are no command: widgets handle them while they have the focus."""
    yield Shortcut(PALETTE_SHORTCUT, QCoreApplication.translate("Rail", "Command palette"))
    yield Shortcut("F2", QCoreApplication.translate("Shortcuts", "Rename the chosen row of a list"))
    yield Shortcut("Del", QCoreApplication.translate("Shortcuts", "Delete the chosen row of a list"))
    yield Shortcut("Return", QCoreApplication.translate("Shortcuts", "Send the message"), "chat")
    yield Shortcut("Shift+Return", QCoreApplication.translate("Shortcuts", "New line in the message"), "chat")
    yield Shortcut("Up", QCoreApplication.translate("Shortcuts", "Earlier message, from an empty field"), "chat")
    yield Shortcut("Down", QCoreApplication.translate("Shortcuts", "Later message, after an earlier one"), "chat")
    yield Shortcut("/", QCoreApplication.translate("Shortcuts", "Templates, from an empty field"), "chat")
    yield Shortcut("Shift+Del", QCoreApplication.translate("Shortcuts", "Delete the chosen template"), "chat")
    yield Shortcut(
        "Ctrl+Return", QCoreApplication.translate("Shortcuts", "Send what was edited; Esc discards it"), "chat"
    )
    yield Shortcut("Home", QCoreApplication.translate("Shortcuts", "First message, from the transcript"), "chat")
    yield Shortcut("End", QCoreApplication.translate("Shortcuts", "Latest message, from the transcript"), "chat")
    yield Shortcut("Ctrl+Return", QCoreApplication.translate("Shortcuts", "Speak, or stop speaking"), "studio")
    yield Shortcut("W", QCoreApplication.translate("Shortcuts", "Check words, from the takes"), "studio")
    yield Shortcut("D", QCoreApplication.translate("Shortcuts", "Check drift, from the takes"), "studio")
    yield Shortcut("A", QCoreApplication.translate("Shortcuts", "Ask MiMo about the take, from the takes"), "studio")


def all_shortcuts(commands: Commands) -> list[Shortcut]:
    """Every shortcut: first those of the whole window, then those of each view in the order of the rail."""
    rows = [Shortcut(command.shortcut, command.label(), command.view) for command in commands.all() if command.shortcut]
    known = {(row.keys, row.view) for row in rows}
    rows += [row for row in _handled_by_widgets() if (row.keys, row.view) not in known]
    order = {"": -1} | {view.name: index for index, view in enumerate(VIEWS)}
    return sorted(rows, key=lambda row: order.get(row.view, len(order)))


class CheatSheet(WindowOverlay):
    """Lists all shortcuts over the window. Escape closes it."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window, WIDTH)
        self._commands = commands
        self._title = PanelTitle()
        self._close = IconButton(Icon.CLOSE, "")
        self._close.clicked.connect(self.close_overlay)
        self._field = SearchField("")
        self._field.textChanged.connect(lambda _text: self._show_rows())
        self._model, self._list = RowModel(), RowList("")
        self._list.setModel(self._model)
        self._delegate = PaletteDelegate(self._list, height=ROW_HEIGHT)
        self._list.setItemDelegate(self._delegate)
        self._nothing = Hint()
        top = QHBoxLayout()
        top.setContentsMargins(Space.S16, Space.S8, Space.S8, Space.S8)
        top.setSpacing(Space.S12)
        top.addWidget(self._title)
        top.addWidget(self._field, 1)
        top.addWidget(self._close)
        self.panel.body.addLayout(top)
        self.panel.body.addWidget(Divider())
        self.panel.body.addWidget(self._nothing)
        self._nothing.setContentsMargins(Space.S16, Space.S8, Space.S16, 0)
        self.panel.body.addWidget(self._list)
        self.retranslate()

    def toggle(self) -> None:
        """Show all shortcuts, or close the sheet."""
        if self.isVisible():
            self.close_overlay()
            return
        self._field.clear()
        self._show_rows()
        self.open()
        self._field.setFocus()

    def fit(self, room: int) -> None:
        option = QStyleOptionViewItem()
        rows = range(self._model.rowCount())
        tall = sum(self._delegate.sizeHint(option, self._model.index(row)).height() for row in rows)
        around = max(self._field.height(), self._close.height()) + 2 * Space.S8 + 2 * SHADOW + 24
        self._list.setFixedHeight(min(tall, max(room - around, theme().px(ROW_HEIGHT) * 2)))

    def _show_rows(self) -> None:
        typed = self._field.text()
        rows = []
        for number, shortcut in enumerate(all_shortcuts(self._commands)):
            keys = "+".join(keys_of(shortcut.keys))
            found = match(typed, f"{shortcut.action} {keys}")
            if found is not None and (found.is_exact or not typed.strip()):
                marks = tuple(at for at in found.positions if at < len(shortcut.action))
                section = next((view.label() for view in VIEWS if view.name == shortcut.view), "")
                section = section or QCoreApplication.translate("Shortcuts", "Everywhere")
                rows.append(Row(str(number), shortcut.action, badge=keys, section=section, marks=marks))
        self._model.set_rows(rows)
        self._list.select_key(None)
        self._nothing.setVisible(not rows)
        if self.isVisible():
            self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._field.hasFocus():
            self._list.setFocus(Qt.FocusReason.TabFocusReason)
            if self._model.rowCount():
                self._list.select_key(self._model.rows()[0].key)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self._title.setText(QCoreApplication.translate("Commands", "All shortcuts"))
        self._field.setAccessibleName(QCoreApplication.translate("Shortcuts", "Search shortcuts"))
        self._field.setPlaceholderText(QCoreApplication.translate("Shortcuts", "Search shortcuts"))
        self._list.setAccessibleName(QCoreApplication.translate("Shortcuts", "Shortcuts"))
        self._nothing.setText(QCoreApplication.translate("Shortcuts", "No matching shortcuts."))
        self._close.set_name(QCoreApplication.translate("Shortcuts", "Close shortcuts"))
        if self._model.rowCount():
            self._show_rows()
