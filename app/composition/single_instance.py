"""Single instance per home: a second start activates the window of the first.

The first instance listens on a loopback port. Port and password are in a file in the home that only its owner can read.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from app.storage.files import write_whole

TIMEOUT_SECONDS = 2.0
ANSWER = b"shown\n"


def activate_running_instance(path: Path) -> bool:
    """Ask the instance that wrote `path` to show its window. Returns False if none answers."""
    try:
        address = json.loads(path.read_bytes())
        with socket.create_connection(("127.0.0.1", address["port"]), TIMEOUT_SECONDS) as connection:
            connection.sendall(f"{address['password']}\n".encode())
            return connection.recv(len(ANSWER)) == ANSWER
    except (OSError, ValueError, KeyError, TypeError):
        return False


class InstanceServer:
    """Listens for later starts with the same home and calls `show` for each."""

    def __init__(self, path: Path, show: Callable[[], None]) -> None:
        self._path = path
        self._show = show
        self._password = secrets.token_hex(16)
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Start listening. Raises StorageError if the file can't be written."""
        self._server = await asyncio.start_server(self._on_connection, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        write_whole(self._path, json.dumps({"port": port, "password": self._password}).encode())

    async def aclose(self) -> None:
        """Stop listening and remove the file."""
        if self._server is not None:
            self._server.close()
        self._path.unlink(missing_ok=True)

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(TimeoutError, OSError, ValueError):
            async with asyncio.timeout(TIMEOUT_SECONDS):
                password = (await reader.readline()).strip().decode("ascii", "replace")
                if secrets.compare_digest(password.encode(), self._password.encode()):
                    self._show()
                    writer.write(ANSWER)
                    await writer.drain()
        writer.close()
