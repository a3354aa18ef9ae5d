"""Tool servers in archives and backups: they come off until seen, and without the values of their variables."""

from __future__ import annotations

import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.core.conversation import Conversation
from app.core.messages import BLOB, Media, Message, ToolCall
from app.core.tool_servers import ServerTool, ToolServer
from app.services.tasks import TaskSet
from app.services.tool_servers.server_values import ServerValues, ServerValueStore
from app.services.tool_servers.servers import ToolServers
from app.services.tools.tool import Toolbox
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.text_files import TextFiles
from tests.services.test_tool_servers import SilentBridge
from tests.ui.chat.harness import PlainSecrets

SECRET = "planted-value-0123456789"
SERVER = ToolServer(
    "s", "museum", command="/opt/museum-mcp --read-only", folder="/srv/museum", environment=("DB_KEY",),
    tools=(ServerTool("find_objects"),), created=1.0,
)  # fmt: skip


class Machine:
    """A home with its keyring and the servers that are used there."""

    def __init__(self, database: Database) -> None:
        self.database, self.secrets, self.bridge = database, PlainSecrets(), SilentBridge()
        self.tasks = TaskSet(lambda error: pytest.fail(repr(error)))
        self.servers = self.fresh_servers()

    def fresh_servers(self) -> ToolServers:
        """The servers as the program makes them when it starts."""
        bridge: Any = self.bridge
        values = ServerValueStore(self.secrets, lambda value: None)
        return ToolServers(
            self.database.tool_servers, values, bridge, lambda: pytest.fail("no media"), TextFiles(), Toolbox(()),
            self.tasks,
        )  # fmt: skip

    async def end(self) -> None:
        await self.servers.aclose()
        await self.tasks.aclose()
        await self.database.close()


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Machine]:
    """A machine whose user has seen and started a server."""
    machine = Machine(await Database.open(open_home(tmp_path / "here")))
    await machine.database.tool_servers.keep(msgspec.structs.replace(SERVER, seen=SERVER.fingerprint))
    await machine.servers.load()
    await ServerValueStore(machine.secrets, lambda value: None).write("s", ServerValues({"DB_KEY": SECRET}, {}))
    yield machine
    await machine.end()


@pytest.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[Machine]:
    machine = Machine(await Database.open(open_home(tmp_path / "elsewhere")))
    await machine.servers.load()
    yield machine
    await machine.end()


def texts_of(archive: Path) -> bytes:
    with zipfile.ZipFile(archive) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


async def test_on_another_machine_a_server_is_off_until_seen_and_has_no_values(
    here: Machine, elsewhere: Machine, tmp_path: Path
) -> None:
    assert (here.servers.servers[0].is_seen, SECRET in json.dumps(here.secrets.values)) == (True, True)
    archive = tmp_path / "all.zip"
    await export_all(here.database, archive)
    content = texts_of(archive)
    assert b"museum-mcp" in content and SECRET.encode() not in content
    await import_all(elsewhere.database, archive)
    await elsewhere.servers.load()
    (server,) = elsewhere.servers.servers
    assert (server.command, server.folder, server.environment) == (SERVER.command, SERVER.folder, SERVER.environment)
    assert not server.is_seen and server.origin == "imported"
    assert elsewhere.bridge.orders == [] and elsewhere.servers.state("s").kind == "off"
    assert await elsewhere.servers.read_values("s") == ServerValues({}, {})
    await elsewhere.servers.start("s")
    assert elsewhere.bridge.orders == [], "a value is missing, which the user has to type"
    assert elsewhere.servers.state("s").kind == "failed"


async def test_a_backup_brings_a_server_back_that_is_off_until_seen(here: Machine, tmp_path: Path) -> None:
    backup = await here.database.back_up()
    assert backup is not None and SECRET.encode() not in backup.path.read_bytes()
    await here.servers.remove("s")
    await here.database.purge()
    await here.servers.aclose()
    again = here.fresh_servers()  # after a restart
    await again.load()
    assert again.servers == ()
    await here.database.restore(backup)
    await again.load()
    (server,) = again.servers
    assert (server.name, server.command) == (SERVER.name, SERVER.command)
    assert not server.is_seen and again.state("s").kind == "off" and here.bridge.orders == []
    await again.aclose()


async def test_an_archive_never_changes_a_server_that_is_there(
    here: Machine, elsewhere: Machine, tmp_path: Path
) -> None:
    await elsewhere.database.tool_servers.keep(msgspec.structs.replace(SERVER, command="/opt/evil"))
    archive = tmp_path / "all.zip"
    await export_all(elsewhere.database, archive)
    await import_all(here.database, archive)
    await here.servers.load()
    (server,) = here.servers.servers
    assert server.command == SERVER.command and server.is_seen


async def test_what_a_tool_showed_travels_and_survives_a_purge(
    here: Machine, elsewhere: Machine, tmp_path: Path
) -> None:
    digest = here.database.blobs.put(b"picture")
    call = ToolCall("1", "find_objects", "{}", 0, state="done", media=(Media("image/png", BLOB + digest, size=7),))
    await here.database.conversations.keep(Conversation("c", "Museum"))
    await here.database.conversations.keep_messages("c", [Message("a", "assistant", (call,))])
    await here.database.purge()
    await here.database.sweep()
    assert digest in here.database.blobs
    archive = tmp_path / "all.zip"
    await export_all(here.database, archive)
    await import_all(elsewhere.database, archive)
    assert digest in elsewhere.database.blobs
    (part,) = (await elsewhere.database.conversations.messages("c"))[0].parts
    assert isinstance(part, ToolCall) and part.media[0].digest == digest
