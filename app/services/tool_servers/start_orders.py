"""What the bridge is told to start a server."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.core.errors import Code, InputError
from app.core.mcp_wire import StartServer
from app.core.tool_servers import ToolServer, split_command
from app.services.tool_servers.example import example_order
from app.services.tool_servers.server_values import ServerValues

START_SECONDS = 60.0
"""For a first answer; a command may have to be downloaded first."""


class Network(NamedTuple):
    """The proxy of an address, and a file of authorities that are trusted besides the usual ones; empty for none."""

    proxy: str = ""
    certificates: str = ""


def start_order(
    server: ToolServer, run: int, values: ServerValues, network: Callable[[str], Network]
) -> StartServer:  # fmt: skip
    """The order to start a server for the `run`-th time.

    Raises InputError for what is missing, and for a command that can't be read.
    """
    if not server.is_complete:
        raise InputError(Code.SERVER_INCOMPLETE)
    if server.kind == "example":
        return example_order(server.id, run)
    names, given = (
        (server.headers, values.headers) if server.kind == "address" else (server.environment, values.environment)
    )
    missing = [name for name in names if name not in given]
    if missing:
        raise InputError(Code.SERVER_VALUES_MISSING, names=", ".join(missing))
    known = {name: given[name] for name in names}
    if server.kind == "address":
        address = server.address.strip()
        proxy, certificates = network(address)
        return StartServer(
            server.id, run, address=address, headers=known, seconds=START_SECONDS, proxy=proxy,
            certificates=certificates,
        )  # fmt: skip
    command = split_command(server.command)
    return StartServer(server.id, run, command, server.folder.strip(), environment=known, seconds=START_SECONDS)
