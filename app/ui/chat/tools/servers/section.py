"""The list of servers with the detail of the selected one: side by side, or one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.tools.servers.detail import ServerDetail
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.labels import Hint, PanelTitle
from app.ui.widgets.panel import Divider
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.scroll_area import ScrollArea

LIST_WIDTH = 224
_UNLIMITED = 16_777_215


class ServersSection(Retranslated):
    """Lists the servers and shows one of them.

    Signals:
        added, example_added, pasted, imported, exported: what the buttons name.
        removed: id of the server to remove.
        selected: id of a server.
    """

    added = Signal()
    example_added = Signal()
    pasted = Signal()
    imported = Signal()
    exported = Signal()
    removed = Signal(str)
    selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.server_list = RowList("")
        self._rows = RowModel()
        self.server_list.setModel(self._rows)
        self.detail = ServerDetail()
        self._title, self._empty = PanelTitle(), Hint(wrap=True)
        self.add, self.remove = GhostButton("", Icon.PLUS), IconButton(Icon.TRASH, "")
        self.example = GhostButton("", Icon.WAND)
        self.paste = IconButton(Icon.UPLOAD, "")
        self.import_, self.export = IconButton(Icon.FOLDER, ""), IconButton(Icon.DOWNLOAD, "")
        self.add.clicked.connect(self.added)
        self.example.clicked.connect(self.example_added)
        self.paste.clicked.connect(self.pasted)
        self.import_.clicked.connect(self.imported)
        self.export.clicked.connect(self.exported)
        self.remove.clicked.connect(self._remove)
        self.server_list.row_selected.connect(self.selected)
        paste = self.pasted.emit
        for keys, action in ((QKeySequence.StandardKey.Delete, self._remove), (QKeySequence.StandardKey.Paste, paste)):
            shortcut = QShortcut(QKeySequence(keys), self.server_list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
        self._is_wide = True
        self._lay_out()
        theme().changed.connect(self._resize_list)
        self.retranslate()
        self.show_servers((), has_example=False)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.S16, Space.S6, Space.S8, 0)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        for button in (self.paste, self.import_, self.export):
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S12, Space.S4, Space.S12, Space.S6)
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        example = QHBoxLayout()
        example.setContentsMargins(Space.S12, 0, Space.S12, 0)
        example.addWidget(self.example)
        example.addStretch(1)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(head)
        self._empty.setContentsMargins(Space.S16, Space.S4, Space.S12, Space.S8)
        left.addWidget(self._empty)
        left.addWidget(self.server_list, 1)
        left.addLayout(example)
        left.addLayout(foot)
        self._beside = Divider(orientation=Qt.Orientation.Vertical)
        content = QWidget()
        self._scrolled = ScrollArea(content)
        self._scrolled_column = QVBoxLayout(content)
        self._scrolled_column.setContentsMargins(0, 0, 0, 0)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(self._left)
        self._row.addWidget(self._beside)
        self._row.addWidget(self._scrolled, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._row, 1)
        self.arrange(is_wide=True)

    def arrange(self, *, is_wide: bool) -> None:
        """Put the detail beside the list, with a scroll bar of its own, or below it without one."""
        self._is_wide = is_wide
        if is_wide:
            self._row.insertWidget(0, self._left)
            self._scrolled_column.addWidget(self.detail)
        else:
            self._column.insertWidget(0, self._left)
            self._column.addWidget(self.detail)
        self._left.show()
        self.detail.show()
        self._beside.setVisible(is_wide)
        self._scrolled.setVisible(is_wide)
        self._resize_list()

    def _resize_list(self) -> None:
        if self._is_wide:
            self._left.setFixedWidth(theme().px(LIST_WIDTH))
            self.server_list.setMinimumHeight(0)
            self.server_list.setMaximumHeight(_UNLIMITED)
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(_UNLIMITED)
            rows = range(self._rows.rowCount())
            self.server_list.setFixedHeight(sum(map(self.server_list.sizeHintForRow, rows)) + Space.S4)

    def show_servers(self, rows: Sequence[Row], *, has_example: bool) -> None:
        """Show these servers; without the example it is offered."""
        self._rows.set_rows(rows)
        self._empty.setVisible(not rows)
        self.example.setVisible(not has_example)
        self.remove.setEnabled(bool(rows))
        self.export.setEnabled(bool(rows))
        self._resize_list()

    def focus_list(self) -> None:
        """Focus the selected server."""
        self.server_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        key = self.server_list.selected_key()
        if key is not None:
            self.focus_list()
            self.removed.emit(key)

    def retranslate(self) -> None:
        self._title.setText(QCoreApplication.translate("Servers", "MCP servers"))
        self.server_list.setAccessibleName(QCoreApplication.translate("Servers", "MCP servers"))
        self.add.setText(QCoreApplication.translate("Servers", "Add server"))
        self.example.setText(QCoreApplication.translate("Servers", "Add the example"))
        self.example.setToolTip(
            QCoreApplication.translate("Servers", "A small museum that ships with the program, to try")
        )
        self.remove.set_name(QCoreApplication.translate("Servers", "Remove server"))
        self.paste.set_name(QCoreApplication.translate("Servers", "Paste servers"))
        self.paste.setToolTip(
            QCoreApplication.translate("Servers", "Add the command, address or client settings in the clipboard")
        )
        self.import_.set_name(QCoreApplication.translate("Servers", "Import servers"))
        self.export.set_name(QCoreApplication.translate("Servers", "Export servers"))
        self._empty.setText(
            QCoreApplication.translate(
                "Servers", "Servers give MiMo tools of other programs. Type a command or an address, or paste settings."
            )
        )
