"""The command palette: finds commands by parts of their names and runs them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.commands import Commands
from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel

WIDTH = 520
TOP = 90
MAX_ROWS = 9
ROW_HEIGHT = 42


class CommandPalette(Retranslated):
    """An overlay on the window. Escape, a click elsewhere or running a command closes it."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._previous_focus: QWidget | None = None
        self._field = SearchField("")
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._model = RowModel()
        self._list = RowList("")
        self._list.setModel(self._model)
        self._list.setItemDelegate(RowDelegate(self._list, height=ROW_HEIGHT))
        # The field keeps the focus, so that moving through the list runs nothing before Enter.
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.row_selected.connect(self._run)
        self._no_match = Hint()
        self._panel = panel = Panel()
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S12, Space.S12, Space.S12, Space.S4)
        inside.setSpacing(Space.S8)
        inside.addWidget(self._field)
        inside.addWidget(self._no_match)
        panel.set_shadow(8)
        panel.body.addLayout(inside)
        panel.body.addWidget(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        window.installEventFilter(self)
        self.hide()
        self.retranslate()

    def open(self) -> None:
        """Show all commands and take the focus."""
        self._previous_focus = self._window.focusWidget()
        self._field.clear()
        self._filter("")
        self.show()
        self._place()
        self.raise_()
        self._field.setFocus()

    def close_palette(self) -> None:
        """Hide the palette and restore the focus."""
        if self.isVisible():
            self.hide()
            if self._previous_focus is not None:
                self._previous_focus.setFocus()

    def _filter(self, typed: str) -> None:
        commands = self._commands.matching(typed)
        self._model.set_rows([Row(each.key, each.label(), badge=_native_text(each.shortcut)) for each in commands])
        self._list.select_key(commands[0].key if commands else None)
        self._no_match.setVisible(not commands)
        self._list.setFixedHeight(theme().px(ROW_HEIGHT) * min(len(commands), MAX_ROWS))
        self._place()

    def _place(self) -> None:
        width = min(theme().px(WIDTH), self._window.width() - Space.S32)
        self.setFixedWidth(width)
        # Layouts are recomputed later, from the event loop; until then they remember the rows of the previous filter.
        for part in (self._panel, self):
            layout = part.layout()
            assert layout is not None
            layout.invalidate()
            layout.activate()
        self.resize(width, self.sizeHint().height())
        self.move((self._window.width() - width) // 2, TOP)

    def _step(self, by: int) -> None:
        keys = [row.key for row in self._model.rows()]
        selected = self._list.selected_key()
        if keys:
            index = keys.index(selected) + by if selected in keys else 0
            self._list.select_key(keys[index % len(keys)])

    def _run(self, key: str | None) -> None:
        self.close_palette()
        if key is not None:
            self._commands.run(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self._field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(event)
        return False

    def _key_pressed(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self._list.selected_key())
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case _:
                return False
        return True

    def retranslate(self) -> None:
        self._field.setAccessibleName(QCoreApplication.translate("Palette", "Command"))
        self._field.setPlaceholderText(QCoreApplication.translate("Palette", "What would you like to do?"))
        self._list.setAccessibleName(QCoreApplication.translate("Palette", "Commands"))
        self._no_match.setText(QCoreApplication.translate("Palette", "No matching commands."))
        if self._model.rowCount():
            self._filter(self._field.text())


def _native_text(shortcut: str) -> str:
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
