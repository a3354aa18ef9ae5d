"""A server as a child process: its messages pass over standard input and output, and its log over standard error.

The stdio transport of the `mcp` package reads long lines in quadratic time and without a limit. This one gives the
package whole messages of bounded size.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import mcp_types as types
from mcp.client._transport import TransportStreams
from mcp.client.stdio import get_default_environment
from mcp.shared.message import SessionMessage

from app.core.errors import Code
from app.core.mcp_wire import StartServer
from app.mcp_bridge.cutting import JsonCutter
from app.mcp_bridge.server_error import ServerError
from app.mcp_bridge.server_groups import ServerGroups, signal_group

READ_BYTES = 1 << 16
INPUT_CLOSED_SECONDS = 0.9
"""For which a server may go on after its input was closed."""
TERMINATED_SECONDS = 0.8
"""For which it may go on after it was asked to end; then it is killed."""
KILLED_SECONDS = 0.5
_ALSO_INHERITED = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
_ID = re.compile(rb'"id"\s*:\s*(\d{1,15})')

Log = Callable[[str, str], None]
"""Takes the source of a line and its text."""


class ServerProcess:
    """One server.

    Attributes:
        status: its exit status; None while it runs.
        last_line: the last that it wrote to its log.
    """

    def __init__(self, order: StartServer, groups: ServerGroups, log: Log) -> None:
        self._order = order
        self._groups = groups
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self._pipe_tasks: list[asyncio.Task[None]] = []
        self.last_line = ""

    @property
    def status(self) -> int | None:
        return self._process.returncode if self._process is not None else None

    @asynccontextmanager
    async def connect(self, sift: Callable[[Any], Any]) -> AsyncGenerator[TransportStreams, None]:
        """Start the process and yield its messages; at the end it and all it started are ended.

        `sift` may change a received JSON value. Raises ServerError.
        """
        process = await self._start()
        received, read_stream = anyio.create_memory_object_stream[SessionMessage | Exception](0)
        write_stream, to_send = anyio.create_memory_object_stream[SessionMessage](0)

        async def read() -> None:
            async with received:
                with contextlib.suppress(anyio.ClosedResourceError, anyio.BrokenResourceError):
                    await self._receive(process, received.send, sift)

        async def write() -> None:
            assert process.stdin is not None
            try:
                async with to_send:
                    async for message in to_send:
                        text = message.message.model_dump_json(by_alias=True, exclude_unset=True)
                        process.stdin.write(text.encode() + b"\n")
                        await process.stdin.drain()
            except (OSError, anyio.ClosedResourceError, anyio.BrokenResourceError):
                await received.aclose()  # Else a request would wait for its answer for ever.

        try:
            async with anyio.create_task_group() as group:
                group.start_soon(read)
                group.start_soon(write)
                try:
                    yield read_stream, write_stream
                finally:
                    group.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                for stream in (read_stream, write_stream, received, to_send):
                    await stream.aclose()
                await self._end(process)

    async def _start(self) -> asyncio.subprocess.Process:
        order = self._order
        folder = Path(order.folder).expanduser() if order.folder else Path.home()
        if not folder.is_dir():
            raise ServerError(Code.SERVER_FOLDER_MISSING, folder=str(folder))
        environment = get_default_environment()
        environment |= {name: os.environ[name] for name in _ALSO_INHERITED if name in os.environ}
        environment |= order.environment
        program = Path(order.command[0]).expanduser()
        if os.sep in str(program) and not program.is_absolute():
            program = folder / program
        found = shutil.which(str(program), path=environment.get("PATH"))
        if found is None:
            raise ServerError(Code.SERVER_COMMAND_MISSING, command=order.command[0])
        self._groups.watch()
        pipe = asyncio.subprocess.PIPE
        extra: dict[str, Any] = {} if sys.platform == "win32" else {"start_new_session": True}
        try:
            process = await asyncio.create_subprocess_exec(
                found, *order.command[1:], stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder, env=environment,
                limit=READ_BYTES, **extra,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ServerError(Code.SERVER_NOT_STARTED, reason=reason) from error
        self._process = process
        self._groups.add(process.pid)
        self._pipe_tasks.append(asyncio.create_task(self._read_log(process), name="log of a server"))
        return process

    async def _receive(
        self,
        process: asyncio.subprocess.Process,
        send: Callable[[SessionMessage | Exception], Awaitable[None]],
        sift: Callable[[Any], Any],
    ) -> None:
        """Pass the messages on until the output ends."""
        assert process.stdout is not None
        cutter = JsonCutter(is_lines=True)
        line = bytearray()
        was_beyond = False
        while chunk := await process.stdout.read(READ_BYTES):
            # Line by line, because `is_beyond` is that of the line at hand.
            for piece in chunk.splitlines(keepends=True):
                is_whole = piece.endswith(b"\n")
                if is_whole:
                    line += cutter.feed(piece[:-1])
                    was_beyond = cutter.is_beyond
                    cutter.feed(b"\n")
                else:
                    line += cutter.feed(piece)
                if is_whole:
                    message = self._message(bytes(line), was_beyond, sift)
                    line.clear()
                    if message is not None:
                        await send(message)

    def _message(self, line: bytes, is_beyond: bool, sift: Callable[[Any], Any]) -> SessionMessage | None:
        """The message of a line; None for a line that is none, which is noted in the log."""
        if not line.strip():
            return None
        if is_beyond:
            found = _ID.search(line[:4_000])
            self._log("bridge", "a message that was too long was dropped")
            if found is None:
                return None
            error = types.ErrorData(code=TOO_LONG, message="the answer is too long")
            return SessionMessage(types.JSONRPCError(jsonrpc="2.0", id=int(found[1]), error=error))
        try:
            message = types.jsonrpc_message_adapter.validate_json(line, by_name=False)
        except ValueError:
            self._log("stdout", line[:2_000].decode(errors="replace"))
            return None
        if isinstance(message, types.JSONRPCResponse):
            message.result = sift(message.result)
        return SessionMessage(message)

    async def _read_log(self, process: asyncio.subprocess.Process) -> None:
        """Pass on what the server writes to its log; the rest of a line that is too long is left out."""
        assert process.stderr is not None
        line = b""
        is_rest = False
        while chunk := await process.stderr.read(READ_BYTES):
            *whole, rest = (line + chunk).split(b"\n")
            for each in whole:
                if not is_rest:
                    self._note(each)
                is_rest = False
            if len(rest) > READ_BYTES:
                if not is_rest:
                    self._note(rest)
                rest, is_rest = b"", True
            line = rest
        if line and not is_rest:
            self._note(line)

    def _note(self, line: bytes) -> None:
        text = line[:4_000].decode(errors="replace").rstrip()
        if text:
            self.last_line = text
            self._log("stderr", text)

    async def settle(self) -> None:
        """Wait a moment for the exit status and the last lines of a server that has ended its output."""
        process = self._process
        if process is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    await asyncio.wait({asyncio.ensure_future(_exited(process)), *self._pipe_tasks})

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """End the process and whatever it started: close its input, ask, then kill."""
        assert process.stdin is not None
        drain = asyncio.create_task(_drain(process), name="drain a server")
        try:
            process.stdin.close()
            if not await _ended_within(process, INPUT_CLOSED_SECONDS):
                signal_group(process.pid, kill=False)
                await _ended_within(process, TERMINATED_SECONDS)
            # Also what a server that has ended left behind.
            signal_group(process.pid, kill=True)
            await _ended_within(process, KILLED_SECONDS)
        finally:
            for task in (drain, *self._pipe_tasks):
                task.cancel()
            self._groups.remove(process.pid)
            transport = getattr(process, "_transport", None)
            if transport is not None:
                transport.close()  # A process that outlived the kill may hold the pipes.


TOO_LONG = -32_098
"""Code of the answer that stands for one which is too long."""


async def _exited(process: asyncio.subprocess.Process) -> None:
    # Not `wait`: that also waits for the pipes, which a child of the server may hold.
    while process.returncode is None:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def _ended_within(process: asyncio.subprocess.Process, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await _exited(process)
    except TimeoutError:
        return False
    return True


async def _drain(process: asyncio.subprocess.Process) -> None:
    """Discard what a server still writes: with a full pipe it could not end."""
    assert process.stdout is not None
    with contextlib.suppress(OSError, RuntimeError):
        while await process.stdout.read(READ_BYTES):
            pass
