"""Prepared servers for the gallery: one that runs, one that failed, one that was not seen yet, and a long log."""

from __future__ import annotations

import time
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.core.errors import Code, ToolError
from app.core.settings import TOOLS_OPEN
from app.core.tool_servers import ServerTool, ToolServer, tool_key, values_text
from app.services.tool_servers.server_state import LogEntry, ServerState
from app.ui.chat.tools.sample_tools import show_sample_tools
from app.ui.chat.tools.servers.detail import ShownServer
from app.ui.chat.view import ChatView
from app.ui.texts.errors import error_message
from app.ui.texts.tool_servers import (
    log_line,
    secrets_sentence,
    seen_sentence,
    server_line,
    state_badge,
    tool_badge,
    tool_line,
    uptime,
)
from app.ui.widgets.row_model import Row

ServersState = Literal["running", "failed", "unseen", "empty"]
SERVER_STATES: tuple[ServersState, ...] = ("running", "failed", "unseen", "empty")

_TOOLS = (
    ServerTool("find_objects", "", "by room, kind or year"),
    ServerTool("object_details", "", "one object with its picture"),
    ServerTool("room_plan", "", "walls and sizes"),
    ServerTool("move_object", "", "changes the record", writes=True),
)
_SERVERS = {
    "running": ToolServer(
        "m", "museum-db", command="museum-mcp --read-only", environment=("DB_URL", "DB_KEY"), tools=_TOOLS
    ),
    "unseen": ToolServer(
        "f", "files-demo", command="npx -y @modelcontextprotocol/server-filesystem /srv/exhibition --follow-symlinks",
        folder="/srv/exhibition", environment=("NODE_OPTIONS",), origin="pasted",
    ),
    "failed": ToolServer("c", "calendar", command="uvx calendar-mcp --account curator"),
}  # fmt: skip


def _state(name: str) -> ServerState:
    now = time.time()
    match name:
        case "running":
            return ServerState("running", since=now - 725, run=1, protocol="2025-06-18")
        case "failed":
            return ServerState(
                "failed", ToolError(Code.SERVER_DIED, status=1, line="no calendar is configured"), now, 1
            )
        case _:
            return ServerState()


def show_sample_servers(view: QWidget, state: ServersState) -> None:
    """Show the Tools page with servers, and one of them in the detail; the texts follow the language."""
    show_sample_tools(view)
    assert isinstance(view, ChatView)
    assert view.tools is not None
    section = view.tools.servers

    def show() -> None:
        if state == "empty":
            section.show_servers((), has_example=False)
            section.detail.show_server(ShownServer())
            return
        rows = []
        for name, server in _SERVERS.items():
            word, kind = state_badge(server, _state(name))
            rows.append(Row(server.id, server.name, server_line(server, _state(name), 3), word, kind))
        section.show_servers(rows, has_example=True)
        server, shown = _SERVERS[state], _state(state)
        section.server_list.select_key(server.id)
        word, kind = state_badge(server, shown)
        section.detail.show_server(
            ShownServer(
                server.id, server.name, server.command, server.folder,
                values_text(server.environment, dict.fromkeys(server.environment, "x"), "="),
                state=word, state_kind=kind, uptime=uptime(725) if state == "running" else "",
                shows_address=False, can_start=state != "running", can_stop=state == "running",
                is_running=state == "running",
                notice=seen_sentence(server),
                problem=str(error_message(shown.error)) if shown.error is not None else "",
                remark=secrets_sentence(server),
            )
        )  # fmt: skip
        tools = []
        for tool in server.tools:
            badge, kind = tool_badge(tool)
            key = tool_key(server.id, tool.name)
            tools.append(Row(key, tool.name, tool_line(tool, is_always_allowed=False), badge, kind))
        section.detail.show_tools(tools, {row.key: row.badge == "" for row in tools})
        section.detail.show_tool("", is_used=False, is_always_allowed=False)
        section.detail.show_log("\n".join(map(log_line, _log(state))))

    show()
    view.retranslated.connect(show)
    view.open_panel(TOOLS_OPEN)


def _log(state: str) -> list[LogEntry]:
    at = time.mktime((2026, 11, 30, 14, 40, 2, 0, 0, -1))
    if state == "running":
        lines = [("bridge", "protocol 2025-06-18"), ("call", "find_objects"), ("stderr", "cache is 3 days old")]
    elif state == "failed":
        lines = [("stderr", f"retry {number}: no answer from the calendar") for number in range(60)]
        lines.append(("stderr", "no calendar is configured"))
    else:
        lines = []
    return [LogEntry(at + number, source, text) for number, (source, text) in enumerate(lines)]
