"""The panel that lists, searches and manages conversations."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.rename_field import RenameField
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel


class ConversationsPanel(Retranslated):
    """Shows rows; every signal is a request of the user.

    Signals:
        opened, deleted: conversation id.
        renamed: conversation id and the new title.
        pinned: conversation id and whether it should be pinned.
        begun: start a new conversation.
        searched: the text to search for; empty to list all conversations.
        exported: id of the conversation to export to a file.
        imported: import a conversation from a file.
    """

    opened = Signal(str)
    begun = Signal()
    renamed = Signal(str, str)
    pinned = Signal(str, bool)
    deleted = Signal(str)
    searched = Signal(str)
    exported = Signal(str)
    imported = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pinned: frozenset[str] = frozenset()
        self._panel = Panel()
        self._new = GhostButton("", Icon.PLUS)
        self._new.clicked.connect(self.begun)
        self._panel.add_action(self._new)
        self._search = SearchField("")
        self._search.textChanged.connect(lambda text: self.searched.emit(text.strip()))
        self._model = RowModel()
        self._list = RowList("")
        self._list.setModel(self._model)
        self._list.row_selected.connect(self.opened)
        self._no_matches = Hint(wrap=True)
        self._no_matches.hide()
        self._renaming: str | None = None
        self._previous_title = ""
        self._title = RenameField("")
        self._title.returnPressed.connect(self._rename)
        self._title.escaped.connect(self._cancel_renaming)
        self._title.left.connect(self._commit_title)
        self._title.hide()
        self._buttons = {
            "rename": IconButton(Icon.EDIT, ""),
            "pin": IconButton(Icon.PIN, ""),
            "delete": IconButton(Icon.TRASH, ""),
            "export": IconButton(Icon.DOWNLOAD, ""),
        }
        self._import = IconButton(Icon.UPLOAD, "")
        self._import.clicked.connect(self.imported)
        self._buttons["rename"].clicked.connect(self._begin_rename)
        self._buttons["pin"].setCheckable(True)
        self._buttons["pin"].clicked.connect(self._pin)
        self._buttons["delete"].clicked.connect(self._delete)
        self._buttons["export"].clicked.connect(self._export)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(Space.S12, Space.S6, Space.S12, Space.S6)
        buttons.setSpacing(Space.S4)
        for button in self._buttons.values():
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._import)
        top = QVBoxLayout()
        top.setContentsMargins(Space.S12, Space.S2, Space.S12, Space.S6)
        top.setSpacing(Space.S8)
        top.addWidget(self._search)
        top.addWidget(self._title)
        top.addWidget(self._no_matches)
        self._panel.body.addLayout(top)
        self._panel.body.addWidget(self._list, 1)
        self._panel.body.addWidget(Divider())
        self._panel.body.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._panel)
        self._add_shortcut("F2", self._begin_rename)
        self._add_shortcut(QKeySequence.StandardKey.Delete, self._delete)
        self.retranslate()

    def _add_shortcut(self, keys: str | QKeySequence.StandardKey, action: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(action)

    def show_rows(self, rows: Sequence[Row], current: str | None, pinned: frozenset[str]) -> None:
        """Show these conversations; `current` is the id of the open one, `pinned` has the ids of pinned ones."""
        self._pinned = pinned
        self._model.set_rows(rows)
        self._list.select_key(current)
        self._no_matches.setVisible(not rows)
        self._buttons["pin"].setChecked(current in pinned)
        for button in self._buttons.values():
            button.setEnabled(current is not None)

    def neighbour(self, key: str) -> str:
        """The id of the conversation below this one, else of the one above; empty if it is the only one."""
        keys = [row.key for row in self._model.rows()]
        if key not in keys:
            return ""
        index = keys.index(key)
        return next(iter(keys[index + 1 :] or keys[:index][::-1]), "")

    def can_step(self, by: int) -> bool:
        """Whether a conversation is listed `by` rows below the open one."""
        return self._row_at(by) is not None

    def step(self, by: int) -> None:
        """Open the conversation that is listed `by` rows below the open one."""
        row = self._row_at(by)
        if row is not None:
            self.opened.emit(row.key)

    def _row_at(self, by: int) -> Row | None:
        rows = self._model.rows()
        index = self._model.row_of(self._list.selected_key() or "")
        wanted = index + by if index >= 0 else 0
        return rows[wanted] if 0 <= wanted < len(rows) else None

    def focus_search(self) -> None:
        """Focus the field that searches all conversations."""
        self._search.setFocus()
        self._search.selectAll()

    def has_focus(self) -> bool:
        """Whether the keyboard focus is in the panel."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def focus_list(self) -> bool:
        """Focus the selected conversation; false while the panel is hidden."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._list.isVisible()

    def button(self, action: str) -> IconButton:
        """The button of an action on the open conversation: `rename`, `pin`, `delete` or `export`."""
        return self._buttons[action]

    def _begin_rename(self) -> None:
        key = self._list.selected_key()
        if key is None:
            return
        self._renaming = key
        index = self._model.row_of(key)
        self._previous_title = self._model.rows()[index].title if index >= 0 else ""
        self._title.setText(self._previous_title)
        self._title.show()
        self._title.selectAll()
        self._title.setFocus()

    def _rename(self) -> None:
        self._commit_title()
        self._list.setFocus()

    def _commit_title(self) -> None:
        """Close the field and save what was typed for the conversation whose title it was."""
        self._title.hide()
        if self._renaming is not None and self._title.text() != self._previous_title:
            self.renamed.emit(self._renaming, self._title.text())
        self._renaming = None

    def _cancel_renaming(self) -> None:
        self._renaming = None
        self._title.hide()
        self._list.setFocus()

    def _pin(self) -> None:
        key = self._list.selected_key()
        if key is not None:
            self.pinned.emit(key, key not in self._pinned)

    def _delete(self) -> None:
        key = self._list.selected_key()
        if key is not None:
            # The buttons are disabled for a moment, and Qt would give the focus to the next control.
            self._list.setFocus()
            self.deleted.emit(key)

    def _export(self) -> None:
        key = self._list.selected_key()
        if key is not None:
            self.exported.emit(key)

    def retranslate(self) -> None:
        self._panel.set_title(QCoreApplication.translate("Conversations", "Conversations"))
        self._new.setText(QCoreApplication.translate("Conversations", "New"))
        self._new.setAccessibleName(QCoreApplication.translate("Conversations", "New conversation"))
        self._search.setAccessibleName(QCoreApplication.translate("Conversations", "Search conversations"))
        self._search.setPlaceholderText(QCoreApplication.translate("Conversations", "Search conversations"))
        self._list.setAccessibleName(QCoreApplication.translate("Conversations", "Conversations"))
        self._no_matches.setText(QCoreApplication.translate("Conversations", "No conversation contains these words."))
        self._title.setAccessibleName(QCoreApplication.translate("Conversations", "Conversation title"))
        self._buttons["rename"].set_name(QCoreApplication.translate("Conversations", "Rename conversation"))
        self._buttons["pin"].set_name(QCoreApplication.translate("Conversations", "Pin conversation"))
        self._buttons["export"].set_name(QCoreApplication.translate("Conversations", "Export conversation"))
        self._import.set_name(QCoreApplication.translate("Conversations", "Import conversation"))
        self._buttons["delete"].set_name(QCoreApplication.translate("Conversations", "Delete conversation"))
