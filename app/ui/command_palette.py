"""The command palette: finds commands and things by parts of their names, runs the chosen one, and plays voices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.ui.commands import CHEAT_SHEET_SHORTCUT, Commands, Thing
from app.ui.palette_rows import PaletteDelegate, PaletteRow, palette_rows
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.fields import SearchField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.key_caps import KeyHint
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Divider
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel
from app.ui.window_overlay import SHADOW, WindowOverlay

WIDTH = 640
ROW_HEIGHT = 40
MIN_ROWS = 2
"""Rows that are visible in the smallest window."""


class PaletteField(SearchField):
    """The search field without a frame: the panel is its frame."""

    ring_radius = None

    def restyle(self) -> None:
        super().restyle()
        self.setStyleSheet("QLineEdit { border: none; background: transparent; }")


class CommandPalette(WindowOverlay):
    """An overlay on the window. Escape, a click elsewhere or running a command closes it."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window, WIDTH)
        self._commands = commands
        self._rows: list[PaletteRow] = []
        # The chosen row is not selected: an assistive tool runs a row by selecting it, and can't select it twice.
        self._chosen = ""
        self._contents: dict[str, Sequence[Thing]] = {}
        self._field = PaletteField("")
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._count = Hint()
        self._model = RowModel()
        self._list = RowList("")
        self._list.setModel(self._model)
        self._delegate = PaletteDelegate(self._list, height=ROW_HEIGHT)
        self._list.setItemDelegate(self._delegate)
        # The field keeps the focus, so that moving through the list runs nothing before Enter.
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.row_selected.connect(self._run)
        self._no_match = Hint()
        self._move = KeyHint("Up", "Down")
        self._enter, self._play, self._close = KeyHint("Return"), KeyHint("Right"), KeyHint("Esc")
        self._all = KeyHint(CHEAT_SHEET_SHORTCUT)
        self._footer = QWidget()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(Space.S8, Space.S8, Space.S16, Space.S8)
        top.setSpacing(Space.S8)
        top.addWidget(self._field, 1)
        top.addWidget(self._count)
        self._hints = FlowLayout(gap=Space.S16, line_gap=Space.S4)
        for hint in (self._move, self._enter, self._play, self._close):
            self._hints.addWidget(hint)
        bottom = QHBoxLayout(self._footer)
        bottom.setContentsMargins(Space.S16, Space.S8, Space.S16, 0)
        bottom.setSpacing(Space.S16)
        bottom.addLayout(self._hints, 1)
        bottom.addWidget(self._all, 0, Qt.AlignmentFlag.AlignBottom)
        body = self.panel.body
        body.addLayout(top)
        body.addWidget(Divider())
        nothing = QVBoxLayout()
        nothing.setContentsMargins(Space.S16, 0, Space.S16, 0)
        nothing.addWidget(self._no_match)
        body.addLayout(nothing)
        body.addWidget(self._list)
        body.addWidget(Divider())
        body.addWidget(self._footer)

    def open(self) -> None:
        """Show all commands and take the focus."""
        self._contents.clear()
        self._field.clear()
        self._show_rows()
        super().open()
        self._field.setFocus()

    def fit(self, room: int) -> None:
        width = self.width() - 2 * SHADOW - 2 - 2 * Space.S16 - Space.S16 - self._all.sizeHint().width()
        self._footer.setFixedHeight(self._hints.heightForWidth(width) + Space.S8)
        option = QStyleOptionViewItem()
        rows = range(self._model.rowCount())
        tall = sum(self._delegate.sizeHint(option, self._model.index(row)).height() for row in rows)
        top = self._field.height() + 2 * Space.S8
        around = top + self._footer.height() + self._no_match.sizeHint().height() * (not self._rows) + 2 * SHADOW + 24
        self._list.setFixedHeight(min(tall, max(room - around, theme().px(ROW_HEIGHT) * MIN_ROWS)))

    # -- rows

    def _search(self, typed: str) -> None:
        self._contents.clear()
        self._show_rows()
        if typed.strip() and self.isVisible():
            for source in self._commands.sources():
                if source.search is not None:
                    source.search(typed, lambda things, key=source.key: self._add_contents(typed, key, things))  # type: ignore[misc]

    def _add_contents(self, typed: str, key: str, things: Sequence[Thing]) -> None:
        """Add what a search found later, unless something else was typed meanwhile. The chosen row stays chosen.

        A search that passes nothing says that its source lists more by now.
        """
        if not self.isVisible() or (typed != self._field.text() and things):
            return
        if things:
            self._contents[key] = things
        self._show_rows(self._chosen)

    def _show_rows(self, chosen: str = "") -> None:
        self._rows = palette_rows(self._commands, self._field.text(), self._contents)
        keys = [each.row.key for each in self._rows]
        self._model.set_rows([each.row for each in self._rows])
        self._list.select_key(None)
        self._choose(chosen if chosen in keys else next(iter(keys), ""))
        self._no_match.setVisible(not keys)
        self._show_count()
        self._show_play()
        if self.isVisible():
            self.place()

    def _show_count(self) -> None:
        number = len(self._rows)
        text = QCoreApplication.translate("Palette", "{n} found").format(n=number)
        self._count.setText(text if self._field.text().strip() and number else "")

    def _choose(self, key: str) -> None:
        """Mark the row that Enter runs; assistive tools have it as the description of the field."""
        self._chosen = self._delegate.chosen = key
        index = self._model.index(self._model.row_of(key), 0)
        self._list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._list.scrollTo(index)
        self._list.viewport().update()
        self._field.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))

    def _chosen_row(self) -> PaletteRow | None:
        return next((each for each in self._rows if each.row.key == self._chosen), None)

    def _show_play(self) -> None:
        """Say that the right arrow plays where a row can be heard."""
        self._play.setVisible(any(each.play is not None for each in self._rows))

    def _step(self, by: int) -> None:
        keys = [each.row.key for each in self._rows]
        if keys:
            index = keys.index(self._chosen) + by if self._chosen in keys else 0
            self._choose(keys[index % len(keys)])

    # -- running

    def _run(self, key: str) -> None:
        row = next((each for each in self._rows if each.row.key == key), None)
        self.close_overlay()
        if row is not None:
            row.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._vanish()
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        row = self._chosen_row()
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_overlay()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self._chosen)
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Right if row is not None and row.play is not None and self._is_at_end():
                row.play()
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                pass
            case _:
                return False
        return True

    def _is_at_end(self) -> bool:
        """Whether the cursor is behind the text, where the right arrow has no other use."""
        return self._field.cursorPosition() == len(self._field.text())

    def retranslate(self) -> None:
        self._field.setAccessibleName(QCoreApplication.translate("Palette", "Command"))
        self._field.setPlaceholderText(QCoreApplication.translate("Palette", "What would you like to do?"))
        self._list.setAccessibleName(QCoreApplication.translate("Palette", "Commands"))
        self._no_match.setText(QCoreApplication.translate("Palette", "No matching commands."))
        self._move.set_action(QCoreApplication.translate("Palette", "move"))
        self._enter.set_action(QCoreApplication.translate("Palette", "run"))
        self._play.set_action(QCoreApplication.translate("Palette", "play a voice"))
        self._close.set_action(QCoreApplication.translate("Palette", "close"))
        self._all.set_action(QCoreApplication.translate("Palette", "all shortcuts"))
        if self._rows:
            self._show_rows(self._chosen)
