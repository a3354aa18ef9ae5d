"""The calls that run at tool servers, and what comes of them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec

from app.core.errors import Code, ToolError, WorkbenchError
from app.core.mcp_wire import CallDone, CallFailed, CallProgress, CallTool, CancelCall, Order, ResultFile
from app.core.messages import Media, ToolProgress
from app.services.tools.tool import Progress, ToolResult

log = logging.getLogger(__name__)

CALL_SECONDS = 120.0
"""Without a result or progress."""


class MediaFiles(Protocol):
    """Moves files into the home. Raises WorkbenchError for what it can't take."""

    async def from_file(self, path: Path) -> Media: ...


class _Call:
    def __init__(self, server: str, progress: Progress | None) -> None:
        self.server = server
        self.progress = progress
        self.result: asyncio.Future[CallDone] = asyncio.get_running_loop().create_future()


class ServerCalls:
    """Sends calls through the bridge and matches the answers to them."""

    def __init__(self, send: Callable[[Order], Awaitable[None]], media: Callable[[], MediaFiles]) -> None:
        self._send = send
        self._media = media
        self._calls: dict[int, _Call] = {}
        self._last = 0

    async def call(
        self, server: str, server_name: str, tool: str, arguments: dict[str, Any], progress: Progress | None
    ) -> ToolResult:
        """Call a tool and return what it answers. Cancelling cancels the call at the server.

        Raises ToolError with a code of tool servers; what the tool itself says of its failure is SERVER_REFUSED_CALL.
        """
        self._last += 1
        number, call = self._last, _Call(server, progress)
        self._calls[number] = call
        try:
            await self._send(CallTool(number, server, tool, arguments, CALL_SECONDS))
            done = await call.result
        except asyncio.CancelledError:
            with contextlib.suppress(WorkbenchError):
                await self._send(CancelCall(number))
            raise
        finally:
            del self._calls[number]
        if done.is_error:
            await asyncio.to_thread(_discard, done.files)
            raise ToolError(Code.SERVER_REFUSED_CALL, reason=done.text)
        media = [each for file in done.files if (each := await self._kept(file, server_name)) is not None]
        dropped = done.dropped + len(done.files) - len(media)
        return ToolResult(done.text, tuple(media), dropped, done.mismatch)

    async def _kept(self, file: ResultFile, server_name: str) -> Media | None:
        path = Path(file.path)
        try:
            media = await self._media().from_file(path)
            return msgspec.structs.replace(media, name=_name(server_name))
        except (WorkbenchError, OSError) as error:
            log.info("a part of a result can't be shown: %s", error)
            return None
        finally:
            with contextlib.suppress(OSError):
                await asyncio.to_thread(path.unlink, missing_ok=True)

    def progressed(self, report: CallProgress) -> None:
        call = self._calls.get(report.call)
        if call is not None and call.progress is not None:
            call.progress(ToolProgress(report.done, report.total, report.text))

    def done(self, report: CallDone) -> None:
        call = self._calls.get(report.call)
        if call is not None and not call.result.done():
            call.result.set_result(report)
        else:
            _discard(report.files)

    def failed(self, report: CallFailed) -> None:
        call = self._calls.get(report.call)
        if call is not None and not call.result.done():
            call.result.set_exception(ToolError(Code(report.code), **report.params))

    def end(self, server: str | None = None) -> None:
        """Fail the calls of a server that has ended, or all."""
        for call in self._calls.values():
            if server in (None, call.server) and not call.result.done():
                call.result.set_exception(ToolError(Code.SERVER_STOPPED))


def _name(server_name: str) -> str:
    """The name of a part of a result: that of its server, in what a file may be called."""
    return "".join(letter if letter.isalnum() or letter in "-_ " else "_" for letter in server_name).strip() or "tool"


def _discard(files: tuple[ResultFile, ...]) -> None:
    for file in files:
        with contextlib.suppress(OSError):
            Path(file.path).unlink(missing_ok=True)
