"""The commands of tool servers in the command palette, and the servers as things to go to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton

from app.core.settings import TOOLS_OPEN
from app.ui.chat.view import ChatView
from app.ui.commands import Thing, ThingSource
from app.ui.texts.tool_servers import server_line, state_badge
from app.ui.theme.icons import Icon
from app.ui.view_commands import ButtonCommand, add_button_commands
from app.ui.window import Window

if TYPE_CHECKING:
    from app.services.tool_servers.servers import ToolServers
    from app.ui.chat.presenter import ChatPresenter

_MAX_FOUND = 6


def add_server_commands(window: Window, view: ChatView, presenter: ChatPresenter, servers: ToolServers) -> None:
    """Add what the buttons at the list of servers do. Starting shows first what would be started."""
    assert view.tools is not None
    section = view.tools.servers
    detail = section.detail

    def reveal() -> None:
        view.open_panel(TOOLS_OPEN)

    def command(key: str, label: Callable[[], str], button: QAbstractButton, icon: Icon | None = None) -> ButtonCommand:
        return ButtonCommand(
            f"servers-{key}", label, button, reveal, icon=icon, is_offered=lambda: view.offers_panel(TOOLS_OPEN)
        )

    add_button_commands(
        window,
        "chat",
        (
            command("add", lambda: QCoreApplication.translate("Commands", "Add server"), section.add),
            command("start", lambda: QCoreApplication.translate("Commands", "Start server"), detail.start, Icon.PLAY),
            command("stop", lambda: QCoreApplication.translate("Commands", "Stop server"), detail.stop, Icon.STOP),
            command("paste", lambda: QCoreApplication.translate("Commands", "Paste servers"), section.paste),
            command("import", lambda: QCoreApplication.translate("Commands", "Import servers"), section.import_),
            command("export", lambda: QCoreApplication.translate("Commands", "Export servers"), section.export),
            command("remove", lambda: QCoreApplication.translate("Commands", "Remove server"), section.remove),
        ),
    )
    window.commands.add_things(_things(window, view, presenter, servers))


def _things(window: Window, view: ChatView, presenter: ChatPresenter, servers: ToolServers) -> ThingSource:
    def open_(server_id: str) -> None:
        window.show_view("chat")
        view.open_panel(TOOLS_OPEN)
        presenter.servers.select(server_id)

    def thing(server_id: str, name: str, detail: str) -> Thing:
        return Thing(server_id, name, detail, Icon.NETWORK, partial(open_, server_id))

    def listed() -> Sequence[Thing]:
        found = []
        for server in servers.servers:
            state = servers.state(server.id)
            detail = f"{state_badge(server, state)[0]} · {server_line(server, state, 0)}"
            found.append(thing(server.id, server.name, detail))
        return found

    def search(query: str, deliver: Callable[[Sequence[Thing]], None]) -> None:
        """Find servers by what they offer, too."""
        words = query.casefold().split()
        found = []
        for server in servers.servers:
            for tool in server.tools:
                if all(word in f"{tool.name} {tool.title} {tool.description}".casefold() for word in words):
                    found.append(thing(server.id, server.name, tool.name))
                    break
        if found:
            deliver(found[:_MAX_FOUND])

    return ThingSource(
        "tool-servers", lambda: QCoreApplication.translate("Palette", "Tool servers"), listed, search
    )  # fmt: skip
