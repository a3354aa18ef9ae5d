"""Removes servers, and passes them in and out as text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from app.core.errors import InputError, WorkbenchError
from app.core.server_exchange import ReadServers, name_of_command, read_servers
from app.core.settings import Settings
from app.core.tool_servers import ToolServer, split_command
from app.services.tool_servers.servers import ToolServers
from app.ui.chat.tools.servers.section import ServersSection
from app.ui.files import ask_to_open, ask_to_save
from app.ui.reported_tasks import Spawn
from app.ui.texts.errors import error_message
from app.ui.texts.tool_servers import refusal_sentence, refused_server_sentence
from app.ui.widgets.notifications import Notifier

if TYPE_CHECKING:
    from app.ui.chat.view import ChatView

TOPIC = "servers"
MAX_NAMED = 8
"""Servers that a notification names."""


class ServerExchange(QObject):
    """Carries out what the buttons at the list of servers ask for."""

    def __init__(
        self, view: ChatView, section: ServersSection, *, servers: ToolServers, settings: Settings, notifier: Notifier,
        run: Spawn, select: Callable[[str], None],
    ) -> None:  # fmt: skip
        """`select` shows a server by its id."""
        super().__init__(section)
        self._view = view
        self._section = section
        self._servers = servers
        self._settings = settings
        self._notifier = notifier
        self._run = run
        self._select = select
        section.removed.connect(lambda key: run(self._remove(key)))
        section.pasted.connect(self._paste)
        section.imported.connect(lambda: run(self._import()))
        section.exported.connect(lambda: run(self._export()))

    def new_name(self) -> str:
        """The name of a server that has none yet."""
        return QCoreApplication.translate("Servers", "New server")

    def describe(self, server: ToolServer, fields: dict[str, str]) -> None:
        """Change a server. One without a name of its own is named after its command; settings typed or pasted as its
        command are read as such.
        """
        command = fields.get("command", "")
        if command.lstrip().startswith(("{", "[")) and (read := read_servers(command)).servers:
            self._run(self._take_settings(server, read, command))
            return
        is_unnamed = server.name.startswith(self.new_name())
        if is_unnamed and (command or fields.get("address")):
            named = read_servers(fields.get("address", "")).servers if not command else ()
            name = named[0].name if named else self._name_of(command)
            if name:
                fields["name"] = name
        elif command and "name" not in fields and server.name == self._name_of(server.command):
            # It is still called after what was typed so far.
            fields["name"] = self._name_of(command) or server.name
        self._servers.change(server.id, **fields)

    def _name_of(self, command: str) -> str:
        try:
            parts = split_command(command)
        except InputError:
            return ""
        return name_of_command(parts) if parts else ""

    async def _take_settings(self, server: ToolServer, read: ReadServers, text: str) -> None:
        if not server.is_complete or server.command.lstrip().startswith(("{", "[")):
            await self._servers.remove(server.id)
        await self._import_text(text)

    def show_error(self, error: WorkbenchError) -> None:
        self._notifier.warning(lambda: str(error_message(error)), topic=TOPIC)

    async def _remove(self, server_id: str) -> None:
        keys = [server.id for server in self._servers.servers]
        if server_id not in keys:
            return
        place = keys.index(server_id)
        removed = await self._servers.remove(server_id)
        if removed is None:
            return
        keys.remove(server_id)
        if keys:
            self._select(keys[min(place, len(keys) - 1)])
        self._notifier.info(
            lambda: QCoreApplication.translate("Servers", "“{name}” was removed.").format(name=removed.name),
            undo=lambda: self._run(self._restore(server_id)),
        )

    async def _restore(self, server_id: str) -> None:
        await self._servers.restore(server_id)
        self._select(server_id)

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._run(self._import_text(text))
        else:
            self._notifier.warning(
                lambda: QCoreApplication.translate(
                    "Servers", "The clipboard has no text. Copy a command, an address or client settings first."
                ),
                topic=TOPIC,
            )

    async def _import(self) -> None:
        title = QCoreApplication.translate("Servers", "Import servers")
        path = await ask_to_open(self._view, title, "JSON, TOML (*.json *.toml *.txt)", self._settings)
        if path is not None:
            await self._import_text(await asyncio.to_thread(self._servers.files.read, path))

    async def _export(self) -> None:
        title = QCoreApplication.translate("Servers", "Export servers")
        path = await ask_to_save(self._view, title, "JSON (*.json)", "mcp.json", self._settings)
        if path is not None:
            await asyncio.to_thread(self._servers.files.write, path, self._servers.export_text())
            self._notifier.success(
                lambda: QCoreApplication.translate("Servers", "Saved as {name}, without values.").format(
                    name=path.name
                ),
                topic=TOPIC,
            )

    async def _import_text(self, text: str) -> None:
        read, added = await self._servers.import_text(text)
        if added:
            self._select(added[0].id)
            self._notifier.success(
                lambda: _sentences(read, added), undo=lambda: self._run(self._take_back(added)), topic=TOPIC
            )
        else:
            self._notifier.warning(lambda: _sentences(read, added), topic=TOPIC)

    async def _take_back(self, added: tuple[ToolServer, ...]) -> None:
        for server in added:
            await self._servers.remove(server.id)


def _sentences(read: ReadServers, added: tuple[ToolServer, ...]) -> str:
    """What became of each server of a text."""
    if read.refusal is not None:
        return refusal_sentence(read)
    sentences = []
    if added:
        names = ", ".join(server.name for server in added[:MAX_NAMED]) + (", …" if len(added) > MAX_NAMED else "")
        text = QCoreApplication.translate("Servers", "Added: {names}. Nothing runs until you press Start server.")
        sentences.append(text.format(names=names))
    sentences += [refused_server_sentence(name, refusal) for name, refusal in read.refused[:MAX_NAMED]]
    return " ".join(sentences)
