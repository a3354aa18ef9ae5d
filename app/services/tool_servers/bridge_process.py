"""Runs the bridge to MCP servers as a child process: started with the first server, and ended with the program."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import msgspec

from app.core.errors import Code, ToolError
from app.core.mcp_wire import MAX_LINE_BYTES, Order, Report, decoded_report, encoded
from app.core.observers import Event
from app.services.demo_process import without_secrets

log = logging.getLogger(__name__)

_ROOT = Path(__file__).parents[3]
"""The folder of our `app` package, so that the child finds it in a checkout that is not installed."""
CLOSE_SECONDS = 3.2
"""The bridge ends its servers within three seconds."""
READ_PAUSE_REPORTS = 50
"""Reports after which other work gets its turn: a server may chatter."""


class BridgeProcess:
    """One child process. It ends when its standard input closes, and so do the servers.

    Attributes:
        on_report: a report arrived.
        on_exit: a running bridge ended by itself.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` gets the images and sounds of results."""
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._start_lock = asyncio.Lock()
        self._is_closed = False
        self.on_report: Event[Report] = Event()
        self.on_exit: Event[()] = Event()

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def send(self, order: Order) -> None:
        """Send an order; the process is started if it does not run.

        Raises ToolError: BRIDGE_NOT_INSTALLED, BRIDGE_ENDED, and TOOL_ARGUMENTS for an order that is too long.
        """
        try:
            line = encoded(order)
        except ValueError as error:
            name = getattr(order, "tool", "")
            raise ToolError(Code.TOOL_ARGUMENTS, name=name, reason="they are longer than a megabyte") from error
        async with self._start_lock:
            if self.pid is None:
                await self._start()
        process = self._process
        assert process is not None
        assert process.stdin is not None
        try:
            process.stdin.write(line)
            await process.stdin.drain()
        except (OSError, RuntimeError) as error:
            raise ToolError(Code.BRIDGE_ENDED) from error

    async def _start(self) -> None:
        if self._is_closed:
            raise ToolError(Code.BRIDGE_ENDED)
        # Only looked for: importing it here would cost the window a second and 55 MB.
        if find_spec("mcp") is None:
            raise ToolError(Code.BRIDGE_NOT_INSTALLED)
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        ours = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        pipe = asyncio.subprocess.PIPE
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-m", "app.mcp_bridge", str(self._folder), stdin=pipe, stdout=pipe,
                env=without_secrets(os.environ) | {"PYTHONPATH": ours}, limit=MAX_LINE_BYTES,
            )  # fmt: skip
        except OSError as error:
            raise ToolError(Code.BRIDGE_ENDED) from error
        self._reading = asyncio.create_task(self._read(self._process), name="bridge to tool servers")

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        count = 0
        while line := await process.stdout.readline():
            try:
                report = decoded_report(line)
            except msgspec.MsgspecError:
                log.warning("not a report of the bridge: %d bytes", len(line))
                continue
            self.on_report.emit(report)
            count += 1
            if count % READ_PAUSE_REPORTS == 0:
                await asyncio.sleep(0)
        status = await process.wait()
        log.log(logging.WARNING if status else logging.INFO, "the bridge ended with status %s", status)
        if not self._is_closed:
            self.on_exit.emit()

    async def aclose(self) -> None:
        """Close its input and wait until it has ended its servers, at most three seconds."""
        self._is_closed = True
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            assert process.stdin is not None
            with contextlib.suppress(OSError, RuntimeError):
                process.stdin.close()
            try:
                async with asyncio.timeout(CLOSE_SECONDS):
                    await process.wait()
            except TimeoutError:
                # Its watchdog ends the servers then.
                process.kill()
                await process.wait()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
