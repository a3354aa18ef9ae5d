"""Runs a bridge as the window does, and collects what it reports."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from app.core.mcp_wire import MAX_LINE_BYTES, CallTool, Order, Report, StartServer, decoded_report, encoded

ROOT = Path(__file__).parents[2]
ODD_SERVER = Path(__file__).with_name("odd_server.py")
T = TypeVar("T", bound=Report)


class RunningBridge:
    """A bridge and its reports in order."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.reports: list[Report] = []
        self._news = asyncio.Event()
        self._reading = asyncio.create_task(self._read())
        self._calls = self._servers = 0

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            assert len(line) <= MAX_LINE_BYTES
            self.reports.append(decoded_report(line))
            self._news.set()
        self._news.set()

    def order(self, order: Order) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(encoded(order))

    def start_odd(self, *arguments: str, **fields: Any) -> str:
        """Start a server that misbehaves, and return its id, which is that of no other."""
        self._servers += 1
        server = f"odd {self._servers}"
        self.order(StartServer(server, 1, (sys.executable, "-S", str(ODD_SERVER), *arguments), **fields))
        return server

    async def next(self, kind: type[T], seconds: float = 20.0, **fields: Any) -> T:
        """The first report of a kind with these fields, once it is there."""
        async with asyncio.timeout(seconds):
            while True:
                for report in self.reports:
                    if isinstance(report, kind) and all(getattr(report, name) == fields[name] for name in fields):
                        return report
                self._news.clear()
                await self._news.wait()

    async def call(self, server: str, tool: str, *, limit: float = 20.0, **arguments: Any) -> int:
        self._calls += 1
        self.order(CallTool(self._calls, server, tool, arguments, limit))
        return self._calls

    async def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()
        await self._reading


@asynccontextmanager
async def running_bridge(folder: Path) -> AsyncIterator[RunningBridge]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "app.mcp_bridge", str(folder),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=MAX_LINE_BYTES,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MIMO_API_KEY": "sk-planted-key"},
    )  # fmt: skip
    bridge = RunningBridge(process)
    try:
        yield bridge
    finally:
        await bridge.close()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
