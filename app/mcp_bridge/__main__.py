"""`python -m app.mcp_bridge FOLDER`: takes orders from standard input, writes reports to standard output.

`FOLDER` gets the images and sounds of results.
"""

from __future__ import annotations

import asyncio
import logging
import os
import queue
import signal
import sys
import threading
from pathlib import Path

import msgspec

from app.core.mcp_wire import (
    MAX_LINE_BYTES,
    CallFailed,
    CallProgress,
    CallTool,
    CancelCall,
    LogLine,
    Order,
    Report,
    StartServer,
    StopServer,
    decoded_order,
    encoded,
)
from app.mcp_bridge.connection import ServerConnection
from app.mcp_bridge.lifetime import terminate_with_parent
from app.mcp_bridge.server_groups import ServerGroups

CLOSE_SECONDS = 2.7
"""For which the servers may take to end, before what is left is killed by the watchdog."""
MAX_WAITING_REPORTS = 2_000
"""From here on lines of logs and progress are dropped: the window does not read them."""


class Bridge:
    """All servers, and the calls that run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._groups = ServerGroups()
        self._servers: dict[str, tuple[ServerConnection, asyncio.Task[None]]] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._calls: dict[int, asyncio.Task[None]] = {}
        self._reports: queue.Queue[bytes] = queue.Queue()
        self.ended = asyncio.Event()

    def report(self, report: Report) -> None:
        """Write a report. One that is too long becomes the failure of its call."""
        is_small_talk = isinstance(report, LogLine | CallProgress)
        if is_small_talk and self._reports.qsize() > MAX_WAITING_REPORTS:
            return
        try:
            self._reports.put(encoded(report))
        except ValueError:
            call = getattr(report, "call", None)
            if call is not None:
                self._reports.put(encoded(CallFailed(call, "server-result-too-long")))

    def write_reports(self) -> None:
        """Write them to standard output; in a thread of its own, because the window may not read."""
        while True:
            line = self._reports.get()
            try:
                while line:
                    line = line[os.write(1, line) :]
            except OSError:
                return  # The window is gone; its end of the input says so, too.

    def take(self, order: Order) -> None:
        """Carry out an order."""
        match order:
            case StartServer():
                self._start(order)
            case StopServer():
                if (found := self._servers.get(order.server)) is not None:
                    found[0].stop()
            case CallTool():
                self._call(order)
            case CancelCall():
                if (task := self._calls.get(order.call)) is not None:
                    task.cancel()

    def _start(self, order: StartServer) -> None:
        former = self._servers.pop(order.server, None)
        if former is not None:
            former[0].stop()
            self._ending.add(former[1])
            former[1].add_done_callback(self._ending.discard)
        connection = ServerConnection(order, self.report, self._groups, self._folder)
        task = asyncio.create_task(connection.run(), name="a server")
        self._servers[order.server] = (connection, task)

    def _call(self, order: CallTool) -> None:
        found = self._servers.get(order.server)
        if found is None:
            self.report(CallFailed(order.call, "server-stopped"))
            return
        task = asyncio.create_task(found[0].call(order), name="a call")
        self._calls[order.call] = task
        task.add_done_callback(lambda _: self._calls.pop(order.call, None))

    async def close(self) -> None:
        """End all servers, within three seconds."""
        for connection, _ in self._servers.values():
            connection.stop()
        tasks = {*(task for _, task in self._servers.values()), *self._ending, *self._calls.values()}
        for task in self._calls.values():
            task.cancel()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=CLOSE_SECONDS)
            if late:
                return  # The watchdog kills what is left when this process is gone.
        self._groups.close()


def _read_orders(bridge: Bridge, loop: asyncio.AbstractEventLoop) -> None:
    """Read standard input until it closes; a line that is too long or no order is dropped."""
    rest = bytearray()
    # The descriptor itself: a thread that waits in sys.stdin holds a lock which the end of the interpreter needs.
    while chunk := os.read(0, 1 << 16):
        rest += chunk
        *lines, last = bytes(rest).split(b"\n") if b"\n" in chunk else (bytes(rest),)
        rest = bytearray(last)
        for line in lines:
            try:
                order = decoded_order(line)
            except msgspec.MsgspecError:
                logging.warning("not an order: %d bytes", len(line))
                continue
            loop.call_soon_threadsafe(bridge.take, order)
        if len(rest) > MAX_LINE_BYTES:
            rest.clear()
    loop.call_soon_threadsafe(bridge.ended.set)


async def _serve(folder: Path) -> None:
    bridge = Bridge(folder)
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, bridge.ended.set)
    threading.Thread(target=bridge.write_reports, name="reports", daemon=True).start()
    threading.Thread(target=_read_orders, args=(bridge, loop), name="orders", daemon=True).start()
    await bridge.ended.wait()
    await bridge.close()


def main() -> None:
    """Serve until the window ends."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    # What the package notes of single messages is said in the log of the server.
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    logging.getLogger("client").setLevel(logging.CRITICAL)
    terminate_with_parent()
    try:
        asyncio.run(_serve(Path(sys.argv[1])))
    finally:
        # A server that does not end keeps nothing waiting: the watchdog has it.
        os._exit(0)


if __name__ == "__main__":
    main()
