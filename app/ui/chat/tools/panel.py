"""The Tools page of the side panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.settings import TOOL_ROUNDS
from app.ui.chat.tools.servers.section import ServersSection
from app.ui.chat.tools.tool_form import ShownTool, ToolForm
from app.ui.chat.tools.tool_list import ToolList
from app.ui.retranslate import Retranslated
from app.ui.settings.debounced_number import SettingSpinField
from app.ui.texts.setting_labels import setting_label
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.labels import ElidedLabel, Hint
from app.ui.widgets.panel import Divider
from app.ui.widgets.row_model import Row
from app.ui.widgets.scroll_area import ScrollArea

WIDE = 560
"""Logical pixels, before text scaling, from which the list stands beside the detail; else both scroll as one."""
LIST_WIDTH = 224
TOOLS_SHARE, SERVERS_SHARE = 11, 9
"""Of the height, where both halves stand side by side with their details and scroll by themselves."""
_UNLIMITED = 16_777_215


class ToolsPanel(Retranslated):
    """Lists the tools and shows one of them.

    Attributes:
        header: shown by the side panel at the right end of its tabs.
        tool_list, form: the list, and the detail of the selected tool.
        servers: the lower half, with the servers of tools.

    Signals:
        added, pasted, imported, exported: a tool is to be added, in the ways the buttons name.
        removed: key of the tool to remove.
    """

    added = Signal()
    removed = Signal(str)
    pasted = Signal()
    imported = Signal()
    exported = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool_list = ToolList()
        self.form = ToolForm()
        self.servers = ServersSection()
        self._count = 0
        self._removable = False
        self._counted = ElidedLabel(size=Type.SMALL, ink="text2")
        self.paste = GhostButton("", Icon.UPLOAD)
        self.import_, self.export = IconButton(Icon.FOLDER, ""), IconButton(Icon.DOWNLOAD, "")
        self.add, self.remove = GhostButton("", Icon.PLUS), IconButton(Icon.TRASH, "")
        self.rounds = SettingSpinField(TOOL_ROUNDS, slider=False)
        self._missing = Hint(wrap=True)
        self.add.clicked.connect(self.added)
        self.remove.clicked.connect(self._remove)
        self.paste.clicked.connect(self.pasted)
        self.import_.clicked.connect(self.imported)
        self.export.clicked.connect(self.exported)
        paste = self.pasted.emit
        for keys, action in ((QKeySequence.StandardKey.Delete, self._remove), (QKeySequence.StandardKey.Paste, paste)):
            shortcut = QShortcut(QKeySequence(keys), self.tool_list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
        self._lay_out()
        theme().changed.connect(self._resize_list)
        self.retranslate()

    def _lay_out(self) -> None:
        self._actions = QWidget()
        actions = QHBoxLayout(self._actions)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(Space.S4)
        actions.addWidget(self._counted, 1)
        for part in (self.paste, self.import_, self.export):
            actions.addWidget(part)
        self.header = QWidget()
        self._header_row = QHBoxLayout(self.header)
        self._header_row.setContentsMargins(0, 0, 0, 0)
        self._own_row = QHBoxLayout()
        self._header_row.addWidget(self._actions)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S12, Space.S4, Space.S12, Space.S6)
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, Space.S4, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.tool_list, 1)
        left.addLayout(foot)
        self._is_wide = True
        self._beside, self._below = Divider(orientation=Qt.Orientation.Vertical), Divider()
        self._content = QVBoxLayout()
        self._detail = ScrollArea(self._detail_content())
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(self._left)
        self._row.addWidget(self._beside)
        self._row.addWidget(self._detail, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._own_row)
        column.addLayout(self._row, TOOLS_SHARE)
        self._between = Divider()
        column.addWidget(self._between)
        column.addWidget(self.servers, SERVERS_SHARE)
        self._column = column
        # Side by side needs more width than the panel may be given, which is what changes the arrangement.
        self.setMinimumWidth(1)
        self.header.setMinimumWidth(1)
        self._arrange(is_wide=True)

    def _detail_content(self) -> QWidget:
        content = QWidget()
        column = self._content
        content.setLayout(column)
        column.setContentsMargins(0, 0, 0, Space.S8)
        column.setSpacing(0)
        self._missing.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S12)
        self._missing.hide()
        rounds = QHBoxLayout()
        rounds.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S8)
        rounds.addWidget(self.rounds)
        rounds.addStretch(1)
        column.addWidget(self._below)
        column.addWidget(self._missing)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addWidget(Divider())
        column.addLayout(rounds)
        return content

    def show_tools(self, rows: Sequence[Row], checks: Mapping[str, bool], count: int) -> None:
        """Show these rows; `count` of the tools are offered in the open conversation."""
        self.tool_list.show_tools(rows, checks)
        self._count = count
        self._show_count()
        self._resize_list()

    def show_tool(self, tool: ShownTool, *, removable: bool) -> None:
        """Show the detail of a tool."""
        self._missing.hide()
        self.form.setVisible(True)
        self.form.show_tool(tool)
        self._removable = removable
        self.remove.setEnabled(removable)

    def show_missing(self, sentence: str) -> None:
        """Show a sentence in place of the detail of a tool."""
        self.form.setVisible(False)
        self._missing.setText(sentence)
        self._missing.show()
        self._removable = False
        self.remove.setEnabled(False)

    def focus_list(self) -> None:
        """Focus the selected tool."""
        self.tool_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        key = self.tool_list.selected_key()
        if key is not None and self._removable:
            # The button is disabled for a moment, and Qt would give the focus to the next control.
            self.focus_list()
            self.removed.emit(key)

    # -- layout

    def _arrange(self, *, is_wide: bool) -> None:
        self._is_wide = is_wide
        if is_wide:
            self._row.insertWidget(0, self._left)
            self._column.addWidget(self._between)
            self._column.addWidget(self.servers, SERVERS_SHARE)
        else:
            self._content.insertWidget(0, self._left)
            self._content.addWidget(self._between)
            self._content.addWidget(self.servers)
        self._between.show()
        self.servers.show()
        self.servers.arrange(is_wide=is_wide)
        self._left.show()
        self._beside.setVisible(is_wide)
        self._below.setVisible(not is_wide)
        row, other = (self._header_row, self._own_row) if is_wide else (self._own_row, self._header_row)
        if row.indexOf(self._actions) < 0:
            other.removeWidget(self._actions)
            row.addWidget(self._actions)
        self._own_row.setContentsMargins(*((0, 0, 0, 0) if is_wide else (Space.S16, Space.S4, Space.S8, 0)))
        self._resize_list()

    def _resize_list(self) -> None:
        """Beside the detail, the list scrolls; above it, the list is as high as its rows."""
        if self._is_wide:
            self._left.setFixedWidth(theme().px(LIST_WIDTH))
            self.tool_list.setMinimumHeight(0)
            self.tool_list.setMaximumHeight(_UNLIMITED)
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(_UNLIMITED)
            rows = range(self.tool_list.model().rowCount())
            self.tool_list.setFixedHeight(sum(map(self.tool_list.sizeHintForRow, rows)) + Space.S4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme().px(WIDE)
        if is_wide != self._is_wide:
            self._arrange(is_wide=is_wide)

    def _show_count(self) -> None:
        match self._count:
            case 0:
                text = QCoreApplication.translate("Tools", "None on in this conversation")
            case 1:
                text = QCoreApplication.translate("Tools", "1 on in this conversation")
            case _:
                text = QCoreApplication.translate("Tools", "{n} on in this conversation").format(n=self._count)
        self._counted.setText(text)

    def retranslate(self) -> None:
        self.tool_list.setAccessibleName(QCoreApplication.translate("Tools", "Tool list"))
        self.add.setText(QCoreApplication.translate("Tools", "Add tool"))
        self.remove.set_name(QCoreApplication.translate("Tools", "Remove tool"))
        self.paste.setText(QCoreApplication.translate("Tools", "Paste JSON"))
        self.paste.setToolTip(QCoreApplication.translate("Tools", "Add the tools that are in the clipboard as JSON"))
        self.import_.set_name(QCoreApplication.translate("Tools", "Import tools"))
        self.export.set_name(QCoreApplication.translate("Tools", "Export tools"))
        self.rounds.set_name(setting_label(TOOL_ROUNDS.key))
        self._show_count()
