"""Connects the servers on the Tools page to their service and to the open conversation."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.core.errors import WorkbenchError
from app.core.settings import ALWAYS_ALLOWED_TOOLS, Settings
from app.core.tool_servers import ToolServer, tool_key, values_text
from app.services.chat.approval import Approvals
from app.services.chat.workspace import Workspace
from app.services.tool_servers.example import example_command
from app.services.tool_servers.servers import ToolServers
from app.ui.chat.tools.servers.detail import ShownServer
from app.ui.chat.tools.servers.exchange_presenter import ServerExchange
from app.ui.chat.tools.servers.section import ServersSection
from app.ui.reported_tasks import Spawn
from app.ui.texts.errors import error_message
from app.ui.texts.tool_servers import (
    log_line,
    refused_sentence,
    secrets_sentence,
    seen_sentence,
    server_line,
    state_badge,
    tool_badge,
    tool_line,
    uptime,
    wrong_lines_sentence,
)
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import Row

if TYPE_CHECKING:
    from app.ui.chat.view import ChatView

LOG_MSEC = 200
"""Shortest time between two updates of the log: a server may chatter."""
UPTIME_MSEC = 30_000
MAX_SWITCHED_ON = 20
"""Tools of a server that are switched on when it is started: each takes room in the context."""


class ServersPresenter(QObject):
    """Shows the servers, and does what the user asks for."""

    def __init__(
        self, view: ChatView, section: ServersSection, *, servers: ToolServers, workspace: Workspace,
        approvals: Approvals, settings: Settings, notifier: Notifier, run: Spawn,
    ) -> None:  # fmt: skip
        """`run` runs a coroutine in the background and reports its errors."""
        super().__init__(section)
        self._section, self._detail = section, section.detail
        self._servers = servers
        self._workspace = workspace
        self._approvals = approvals
        self._settings = settings
        self._run = run
        self._selected = ""
        self._typed_anew = ""  # a server that was typed where there was none
        self._shown_for: tuple[str, tuple[str, ...]] | None = None
        self._typed_values: dict[tuple[str, str], str] = {}
        self._wrong: dict[tuple[str, str], str] = {}
        self._just_started: set[str] = set()
        self._exchange = ServerExchange(
            view, section, servers=servers, settings=settings, notifier=notifier, run=run, select=self.select
        )
        self._log_timer = QTimer(self, singleShot=True, interval=LOG_MSEC)
        self._log_timer.timeout.connect(self._show_log)
        self._uptime_timer = QTimer(self, singleShot=True, interval=UPTIME_MSEC)
        self._uptime_timer.timeout.connect(self._show_detail)
        section.selected.connect(self.select)
        section.added.connect(self._add)
        section.example_added.connect(self._add_example)
        detail = self._detail
        detail.changed.connect(self._change)
        detail.values_left.connect(self._leave_values)
        detail.started.connect(self._start)
        detail.stopped.connect(lambda key: run(servers.stop(key)))
        detail.tool_toggled.connect(self._choose)
        detail.tool_selected.connect(lambda key: self._show_tool())
        detail.permission_taken_back.connect(self._ask_again)
        servers.on_change.subscribe(self.show)
        servers.on_log.subscribe(self._log_grew)
        settings.watch(ALWAYS_ALLOWED_TOOLS, lambda names: self._show_tools())
        view.retranslated.connect(self.show)
        self.show()

    # -- showing

    def show(self) -> None:
        """Show the servers, and the selected one."""
        self._switch_on()
        self._shown_for = self._choice()
        chosen = self._chosen()
        rows = []
        for server in self._servers.servers:
            state = self._servers.state(server.id)
            on = sum(tool_key(server.id, tool.name) in chosen for tool in server.tools)
            badge, kind = state_badge(server, state)
            rows.append(Row(server.id, server.name, server_line(server, state, on), badge, kind))
        self._section.show_servers(rows, has_example=any(each.kind == "example" for each in self._servers.servers))
        keys = [row.key for row in rows]
        if self._selected not in keys:
            self._selected = keys[0] if keys else ""
            self._read_values()
        self._section.server_list.select_key(self._selected or None)
        self._show_detail()
        self._show_tools()
        self._show_log()

    def _switch_on(self) -> None:
        """Offer in the open conversation what a server that the user has just started only reads.

        A conversation that chose among its tools before keeps its choice.
        """
        for server_id in tuple(self._just_started):
            server, state = self._servers.get(server_id), self._servers.state(server_id)
            if server is None or not state.is_busy:
                self._just_started.discard(server_id)
            elif state.kind == "running":
                self._just_started.discard(server_id)
                keys = [tool_key(server_id, tool.name) for tool in server.tools]
                if not set(keys) & set(self._chosen()):
                    reading = [tool_key(server_id, tool.name) for tool in server.tools if not tool.writes]
                    session = self._workspace.current_or_new()
                    session.configure(tools=(*session.tools, *reading[:MAX_SWITCHED_ON]))

    def follow(self) -> None:
        """Show the servers anew if the open conversation, or what it chose, is another: its draft changes often."""
        if self._shown_for != self._choice():
            self.show()

    def _choice(self) -> tuple[str, tuple[str, ...]]:
        session = self._workspace.current
        return (session.id, session.tools) if session is not None else ("", ())

    def select(self, server_id: str) -> None:
        """Show a server in the detail."""
        if server_id != self._selected:
            self._detail.commit()
            self._selected = server_id
            self._read_values()
        self.show()

    def _read_values(self) -> None:
        """Read which values are saved, so that they are shown as such."""
        server_id = self._selected

        async def read() -> None:
            await self._servers.read_values(server_id)
            self._show_detail()

        if server_id:
            self._run(read())

    def _show_detail(self) -> None:
        self._uptime_timer.stop()
        server = self._servers.get(self._selected)
        if server is None:
            self._detail.show_server(ShownServer())
            return
        state = self._servers.state(server.id)
        values = self._servers.values(server.id)
        word, kind = state_badge(server, state)
        wrong = [self._wrong.get((server.id, name), "") for name in ("environment", "headers")]
        problem = str(error_message(state.error)) if state.error is not None else ""
        is_address = server.kind == "address"
        is_running = state.kind == "running"
        if is_running:
            self._uptime_timer.start()
        self._detail.show_server(
            ShownServer(
                server.id,
                server.name,
                example_command() if server.kind == "example" else server.command,
                server.folder,
                self._typed_values.get(
                    (server.id, "environment"), values_text(server.environment, values.environment, "=")
                ),
                server.address,
                self._typed_values.get((server.id, "headers"), values_text(server.headers, values.headers, ": ")),
                word,
                kind,
                uptime(time.time() - state.since) if is_running else "",
                is_example=server.kind == "example",
                shows_command=not is_address,
                shows_address=is_address or (server.kind == "command" and not server.command),
                can_start=not state.is_busy,
                can_stop=state.kind in ("starting", "running"),
                is_running=is_running,
                notice=seen_sentence(server),
                problem=" ".join(filter(None, (problem, *wrong, refused_sentence(state)))),
                remark=secrets_sentence(server),
            )
        )

    def _show_tools(self) -> None:
        server = self._servers.get(self._selected)
        chosen, rows = self._chosen(), []
        for tool in server.tools if server is not None else ():
            assert server is not None
            key = tool_key(server.id, tool.name)
            badge, kind = tool_badge(tool)
            is_allowed = self._approvals.ask and key in self._approvals.always
            rows.append(Row(key, tool.name, tool_line(tool, is_always_allowed=is_allowed), badge, kind))
        self._detail.show_tools(rows, {row.key: row.key in chosen for row in rows})
        self._show_tool()

    def _show_tool(self) -> None:
        key = self._detail.tools.selected_key()
        server = self._servers.get(self._selected)
        tool = next(
            (each for each in server.tools if tool_key(server.id, each.name) == key), None
        ) if server is not None else None  # fmt: skip
        is_allowed = tool is not None and self._approvals.ask and key in self._approvals.always
        text = (tool.description or tool.title or tool.name) if tool is not None else ""
        self._detail.show_tool(text, is_used=key in self._chosen(), is_always_allowed=is_allowed)

    def _log_grew(self, server_id: str) -> None:
        if server_id == self._selected and not self._log_timer.isActive():
            self._log_timer.start()

    def _show_log(self) -> None:
        entries = self._servers.state(self._selected).log if self._selected else ()
        self._detail.show_log("\n".join(map(log_line, entries)))

    # -- the user's actions

    def _add(self) -> None:
        """Add a server to be described; the one at hand, if nothing of it was typed yet, or it was typed just now."""
        self._detail.commit()
        server = self._servers.get(self._selected)
        if server is not None and server.id == self._typed_anew:
            self._typed_anew = ""
            self._section.focus_list()
            return
        if server is None or server.is_complete:
            server = self._new()
        if server is not None:
            self.select(server.id)
            self._detail.focus_definition()

    def _new(self) -> ToolServer | None:
        try:
            return self._servers.add("command", self._exchange.new_name())
        except WorkbenchError as error:
            self._exchange.show_error(error)
            return None

    def _add_example(self) -> None:
        try:
            server = self._servers.add("example", "museum")
        except WorkbenchError as error:
            self._exchange.show_error(error)
            return
        self.select(server.id)

    def _change(self, server_id: str, name: str, text: str) -> None:
        """Take what is typed. What is typed where there is no server makes one."""
        if not server_id:
            if not text.strip():
                return
            server = self._new()
            if server is None:
                return
            server_id = self._selected = self._typed_anew = server.id
        if name in ("environment", "headers"):
            self._typed_values[server_id, name] = text
            return
        server = self._servers.get(server_id)
        if server is None:
            return
        fields: dict[str, str] = {name: text}
        if name == "address" and server.kind != "example":
            fields["kind"] = "address" if text.strip() and not server.command.strip() else "command"
        if name == "name" and not text.strip():
            return
        self._exchange.describe(server, fields)

    def _leave_values(self, server_id: str, name: str) -> None:
        text = self._typed_values.pop((server_id, name), None)
        if text is not None:
            self._run(self._save_values(server_id, name, text))

    async def _save_values(self, server_id: str, name: str, text: str) -> None:
        are_headers = name == "headers"
        wrong = await self._servers.set_values(server_id, text, are_headers=are_headers)
        self._wrong[server_id, name] = wrong_lines_sentence(wrong, are_headers=are_headers)
        self._show_detail()

    def _start(self, server_id: str) -> None:
        if server_id:
            self._run(self._save_and_start(server_id))

    async def _save_and_start(self, server_id: str) -> None:
        for name in ("environment", "headers"):
            text = self._typed_values.pop((server_id, name), None)
            if text is not None:
                await self._save_values(server_id, name, text)
        self._typed_anew = ""
        await self._servers.start(server_id)
        self._just_started.add(server_id)
        self.show()

    def _chosen(self) -> tuple[str, ...]:
        session = self._workspace.current
        return session.tools if session is not None else ()

    def _choose(self, key: str, on: bool) -> None:
        session = self._workspace.current_or_new()
        names = [name for name in session.tools if name != key]
        session.configure(tools=tuple([*names, key] if on else names))
        self.show()

    def _ask_again(self, key: str) -> None:
        always: list[str] = self._settings.get(ALWAYS_ALLOWED_TOOLS)
        self._settings.set(ALWAYS_ALLOWED_TOOLS, [each for each in always if each != key])
