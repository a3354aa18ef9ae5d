"""The detail of a server: how it is reached, starting and stopping it, its tools, and its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.tools.problem_line import ProblemLine
from app.ui.chat.tools.tool_list import ToolList
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, GhostButton
from app.ui.widgets.chips import Badge, Kind
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import Caption, Hint, Label
from app.ui.widgets.row_model import Row
from app.ui.widgets.switch import Switch
from app.ui.widgets.wrapping_row import WrappingRow

MAX_LOG_CHARS = 60_000
_TOOL_ROWS_SHOWN = 6


class ShownServer(NamedTuple):
    """What the detail shows of a server.

    Attributes:
        key: its id; empty for the form of one that is still to be added.
        environment, headers: as lines, without the values that are saved.
        is_example: what it runs can't be changed.
        shows_command, shows_address: which fields there are; both while nothing is typed.
        notice: to be read before it starts.
        problem: why it does not run, and what to do.
        remark: on what is sent of it.
    """

    key: str = ""
    name: str = ""
    command: str = ""
    folder: str = ""
    environment: str = ""
    address: str = ""
    headers: str = ""
    state: str = ""
    state_kind: Kind = "neutral"
    uptime: str = ""
    is_example: bool = False
    shows_command: bool = True
    shows_address: bool = True
    can_start: bool = True
    can_stop: bool = False
    is_running: bool = False
    notice: str = ""
    problem: str = ""
    remark: str = ""


class _SecretArea(TextArea):
    """A field of names and values. It counts when it is left, and shows no saved value then.

    Signals:
        left: the keyboard focus went elsewhere.
    """

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ServerDetail(Retranslated):
    """Shows one server. What is typed is passed on at once, values when their field is left.

    Signals:
        changed: key, name of the field (name, command, folder, address, environment, headers) and its text.
        values_left: key and name of the field of values that was left.
        started, stopped: key.
        tool_toggled: key of a tool, and whether the conversation uses it.
        tool_selected: key of a tool.
        permission_taken_back: key of a tool that is to ask again.
    """

    changed = Signal(str, str, str)
    values_left = Signal(str, str)
    started = Signal(str)
    stopped = Signal(str)
    tool_toggled = Signal(str, bool)
    tool_selected = Signal(str)
    permission_taken_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ShownServer()
        self._is_updating = False
        self.name = LineField("")
        self.command = TextArea("", min_lines=1, max_lines=12, mono=True, size=Type.SMALL)
        self.folder = LineField("", mono=True)
        self.environment = _SecretArea("", min_lines=1, max_lines=6, mono=True, size=Type.SMALL)
        self.address = LineField("", mono=True)
        self.headers = _SecretArea("", min_lines=1, max_lines=6, mono=True, size=Type.SMALL)
        self.definition = GhostButton("", Icon.CHEVRON_DOWN)
        self.definition.setCheckable(True)
        self.start, self.stop = Button("", Icon.PLAY), Button("", Icon.STOP)
        self.state = Badge("")
        self.uptime = Label(size=Type.SMALL, ink="text2")
        self.notice = Hint(wrap=True)
        self.problem = ProblemLine()
        self.tools = ToolList()
        self.tool_text = Hint(wrap=True)
        self.use = Switch()
        self.ask_again = GhostButton()
        self.log = TextArea("", min_lines=3, max_lines=9, mono=True, size=Type.SMALL)
        self.log.setReadOnly(True)
        self.remark = Label(size=Type.SMALL, ink="text2")
        names = ("name", "command", "folder", "environment", "address", "headers", "tools", "log")
        self._captions = {name: Caption() for name in names}
        self._connect()
        self._lay_out()
        theme().changed.connect(self._fit_tools)
        self._fit_tools()
        self.retranslate()
        self.show_server(ShownServer())

    def _connect(self) -> None:
        for line, name in ((self.name, "name"), (self.folder, "folder"), (self.address, "address")):
            line.textChanged.connect(lambda text, name=name: self._typed(name, text))
        for area, name in (
            (self.command, "command"), (self.environment, "environment"), (self.headers, "headers"),
        ):  # fmt: skip
            area.textChanged.connect(lambda area=area, name=name: self._typed(name, area.toPlainText()))
        for secret, name in ((self.environment, "environment"), (self.headers, "headers")):
            secret.left.connect(lambda name=name: self.values_left.emit(self._shown.key, name))
        self.definition.toggled.connect(lambda on: self._show_fields())
        self.start.clicked.connect(self._start)
        self.stop.clicked.connect(lambda: self.stopped.emit(self._shown.key))
        self.tools.toggled.connect(self.tool_toggled)
        self.tools.row_selected.connect(self.tool_selected)
        self.use.toggled.connect(self._use)
        self.ask_again.clicked.connect(self._ask_again)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S16)
        column.setSpacing(Space.S12)
        head = QHBoxLayout()
        head.setSpacing(Space.S8)
        head.addWidget(self.name, 1)
        head.addWidget(WrappingRow(self.state, self.uptime, self.start, self.stop))
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.problem)
        self._groups: dict[str, QWidget] = {}
        for name, field in (
            ("command", self.command), ("folder", self.folder), ("environment", self.environment),
            ("address", self.address), ("headers", self.headers),
        ):  # fmt: skip
            group = self._groups[name] = QWidget()
            box = QVBoxLayout(group)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(Space.S4)
            box.addWidget(self._captions[name])
            box.addWidget(field)
            column.addWidget(group)
        column.addWidget(self.definition, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._captions["tools"])
        column.addWidget(self.tools)
        column.addWidget(self.tool_text)
        column.addWidget(WrappingRow(self.use, self.ask_again, gap=Space.S16))
        log_row = QHBoxLayout()
        log_row.addWidget(self._captions["log"])
        log_row.addStretch(1)
        log_row.addWidget(self.remark)
        column.addLayout(log_row)
        column.addWidget(self.log)
        column.addStretch(1)

    # -- showing

    @property
    def key(self) -> str:
        """The id of the server that is shown; empty for the form of a new one."""
        return self._shown.key

    def show_server(self, server: ShownServer) -> None:
        """Show a server. While it is the same, a field that is being typed into keeps its text."""
        is_other = server.key != self._shown.key
        self._shown = server
        self._is_updating = True
        fields = (
            (self.name, server.name), (self.folder, server.folder), (self.address, server.address),
        )  # fmt: skip
        for line, text in fields:
            if line.text() != text and (is_other or not line.hasFocus()):
                line.setText(text)
            line.setReadOnly(server.is_example)
        areas = (
            (self.command, server.command), (self.environment, server.environment), (self.headers, server.headers),
        )  # fmt: skip
        for area, text in areas:
            if area.toPlainText() != text and (is_other or not area.hasFocus()):
                area.setPlainText(text)
            area.setReadOnly(server.is_example)
        self._is_updating = False
        if is_other:
            self.definition.setChecked(False)
        self._show_fields()
        self.state.set_kind(server.state_kind, server.state)
        self.state.setVisible(bool(server.state))
        self.uptime.setText(server.uptime)
        self.uptime.setVisible(bool(server.uptime))
        self.start.setEnabled(server.can_start)
        self.start.setVisible(server.can_start or not server.can_stop)
        self.stop.setEnabled(server.can_stop)
        self.stop.setVisible(server.can_stop or not server.key)
        self.notice.setText(server.notice)
        self.notice.setVisible(bool(server.notice))
        self.problem.show_problem(server.problem)
        self.remark.setText(server.remark)

    def _show_fields(self) -> None:
        """Show how the server is reached; of one that runs only when that is asked for."""
        server = self._shown
        self.definition.setVisible(server.is_running)
        is_open = not server.is_running or self.definition.isChecked()
        for name in ("command", "folder", "environment"):
            self._groups[name].setVisible(
                is_open and server.shows_command and (name == "command" or not server.is_example)
            )
        for name in ("address", "headers"):
            self._groups[name].setVisible(is_open and server.shows_address)
        self.definition.set_glyph(Icon.CHEVRON_UP if self.definition.isChecked() else Icon.CHEVRON_DOWN)

    def show_tools(self, rows: Sequence[Row], checks: Mapping[str, bool]) -> None:
        """Show the tools of the server."""
        self.tools.show_tools(rows, checks)
        self._fit_tools()

    def show_tool(self, text: str, *, is_used: bool, is_always_allowed: bool) -> None:
        """Show what the selected tool does; an empty text for none."""
        self._is_updating = True
        self.use.setChecked(is_used)
        self._is_updating = False
        self.use.setVisible(bool(text))
        self.tool_text.setText(text)
        self.tool_text.setVisible(bool(text))
        self.ask_again.setVisible(is_always_allowed)

    def show_log(self, text: str) -> None:
        """Show the log; the view follows its end while that is in view."""
        text = text[-MAX_LOG_CHARS:]
        if text == self.log.toPlainText():
            return
        bar = self.log.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 2
        self.log.setPlainText(text)
        if follows:
            bar.setValue(bar.maximum())

    def focus_definition(self) -> None:
        """Focus the field that says how the server is reached."""
        field = self.address if self._shown.shows_address and not self._shown.shows_command else self.command
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Pass on what is being composed."""
        commit_composition()
        for name in ("environment", "headers"):
            self.values_left.emit(self._shown.key, name)

    def _typed(self, name: str, text: str) -> None:
        if not self._is_updating:
            self.changed.emit(self._shown.key, name, text)

    def _start(self) -> None:
        self.commit()
        self.started.emit(self._shown.key)

    def _use(self, on: bool) -> None:
        key = self.tools.selected_key()
        if not self._is_updating and key is not None:
            self.tool_toggled.emit(key, on)

    def _ask_again(self) -> None:
        key = self.tools.selected_key()
        if key is not None:
            self.tools.setFocus(Qt.FocusReason.OtherFocusReason)
            self.permission_taken_back.emit(key)

    def _fit_tools(self) -> None:
        """As high as its first rows; the rest scrolls."""
        rows = self.tools.model().rowCount()
        high = sum(self.tools.sizeHintForRow(row) for row in range(min(rows, _TOOL_ROWS_SHOWN)))
        self.tools.setFixedHeight(max(high, theme().px(40)) + Space.S4)

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)

    def retranslate(self) -> None:
        self.name.setAccessibleName(QCoreApplication.translate("Servers", "Server name"))
        self.command.setAccessibleName(QCoreApplication.translate("Servers", "Server command"))
        self.folder.setAccessibleName(QCoreApplication.translate("Servers", "Server folder"))
        self.environment.setAccessibleName(QCoreApplication.translate("Servers", "Server environment"))
        self.address.setAccessibleName(QCoreApplication.translate("Servers", "Server address"))
        self.headers.setAccessibleName(QCoreApplication.translate("Servers", "Server headers"))
        self.tools.setAccessibleName(QCoreApplication.translate("Servers", "Server tools"))
        self.log.setAccessibleName(QCoreApplication.translate("Servers", "Server log"))
        self.start.setText(QCoreApplication.translate("Servers", "Start server"))
        self.stop.setText(QCoreApplication.translate("Servers", "Stop server"))
        self.definition.setText(QCoreApplication.translate("Servers", "Command and environment"))
        self.use.setText(QCoreApplication.translate("Servers", "Use this server's tool"))
        self.ask_again.setText(QCoreApplication.translate("Servers", "Ask again for this tool"))
        self.name.setPlaceholderText(QCoreApplication.translate("Servers", "Name"))
        self.command.setPlaceholderText("npx -y @modelcontextprotocol/server-everything")
        self.folder.setPlaceholderText(QCoreApplication.translate("Servers", "your home folder"))
        self.environment.setPlaceholderText("NAME=value")
        self.address.setPlaceholderText("https://example.org/mcp")
        self.headers.setPlaceholderText("Authorization: Bearer …")
        texts = {
            "command": QCoreApplication.translate("Servers", "Command"),
            "folder": QCoreApplication.translate("Servers", "Folder"),
            "environment": QCoreApplication.translate("Servers", "Environment, one NAME=value a line"),
            "address": QCoreApplication.translate("Servers", "Or the address of a server that runs elsewhere"),
            "headers": QCoreApplication.translate("Servers", "Headers, one “Name: value” a line"),
            "tools": QCoreApplication.translate("Servers", "Tools, on in this conversation"),
            "log": QCoreApplication.translate("Servers", "Log"),
        }
        for name, text in texts.items():
            self._captions[name].setText(text)
