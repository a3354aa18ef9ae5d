"""One window per home: a second start asks the first to come forward.

The first listens on a loopback port; number and password stand in a file of the home that only its owner can read.
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

WAIT_SECONDS = 2.0
ANSWER = b"shown\n"


def activate_running_instance(path: Path) -> bool:
    """Ask the program whose file this is to show its window; False when none answers."""
    try:
        place = json.loads(path.read_bytes())
        with socket.create_connection(("127.0.0.1", place["port"]), WAIT_SECONDS) as wire:
            wire.sendall(f"{place['password']}\n".encode())
            return wire.recv(len(ANSWER)) == ANSWER
    except (OSError, ValueError, KeyError, TypeError):
        return False


class InstanceServer:
    """Listens for later starts on the same home and calls `show` for each."""

    def __init__(self, path: Path, show: Callable[[], None]) -> None:
        self._path = path
        self._show = show
        self._password = secrets.token_hex(16)
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Begin to listen. Raises StorageError when the file can't be written."""
        self._server = await asyncio.start_server(self._asked, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        write_whole(self._path, json.dumps({"port": port, "password": self._password}).encode())

    async def aclose(self) -> None:
        """Stop listening and remove the file."""
        if self._server is not None:
            self._server.close()
        self._path.unlink(missing_ok=True)

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(TimeoutError, OSError, ValueError):
            async with asyncio.timeout(WAIT_SECONDS):
                asked = (await reader.readline()).strip().decode("ascii", "replace")
                if secrets.compare_digest(asked.encode(), self._password.encode()):
                    self._show()
                    writer.write(ANSWER)
                    await writer.drain()
        writer.close()
