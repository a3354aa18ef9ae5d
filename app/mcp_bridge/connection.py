"""The connection to one server, from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import anyio
import mcp_types as types
from mcp.client._transport import TransportStreams
from mcp.client.session import ClientSession
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from app import __version__
from app.core.errors import Code
from app.core.mcp_wire import (
    MAX_LOG_CHARS,
    CallDone,
    CallFailed,
    CallProgress,
    CallTool,
    LogLine,
    Report,
    ServerEnded,
    ServerRunning,
    StartServer,
)
from app.mcp_bridge.http_messages import HttpServer
from app.mcp_bridge.log_rate import LogRate
from app.mcp_bridge.results import reported_result
from app.mcp_bridge.server_error import ServerError
from app.mcp_bridge.server_groups import ServerGroups
from app.mcp_bridge.server_process import TOO_LONG, ServerProcess
from app.mcp_bridge.tool_listing import ToolSieve, listed_tools

PROGRESS_SECONDS = 0.1
"""Shortest time between two reports of progress of one call."""
LIST_AGAIN_SECONDS = 2.0
"""Shortest time between two lists of tools."""
WATCH_SECONDS = 5.0
"""Between two questions whether a server at an address still answers. TCP does not say."""


class ServerConnection:
    """One start of one server. `run` lives as long as the server does."""

    def __init__(
        self, order: StartServer, report: Callable[[Report], None], groups: ServerGroups, folder: Path
    ) -> None:
        self._order = order
        self._report = report
        self._folder = folder
        self._process = ServerProcess(order, groups, self._log) if order.command else None
        self._http = HttpServer(order) if not order.command else None
        self._sieve = ToolSieve()
        self._rate = LogRate()
        self._session: ClientSession | None = None
        self._stopping = asyncio.Event()
        self._changed = asyncio.Event()
        self._has_ended = asyncio.Event()

    def stop(self) -> None:
        """Let `run` end the server."""
        self._stopping.set()

    async def run(self) -> None:
        """Connect, list the tools, and stay until the server ends or is stopped; report all of it."""
        order = self._order
        try:
            failure = await self._live()
        except ServerError as error:
            failure = error
        except Exception as error:
            failure = ServerError(Code.SERVER_NOT_STARTED, reason=_root(error))
        self._session = None
        if failure is None or self._stopping.is_set():
            self._report(ServerEnded(order.server, order.run))
        else:
            self._report(ServerEnded(order.server, order.run, str(failure.code), failure.params))

    async def _live(self) -> ServerError | None:
        try:
            async with (
                self._streams() as (read, write),
                ClientSession(
                    read,
                    write,
                    logging_callback=self._log_message,
                    message_handler=self._notified,
                    client_info=types.Implementation(name="mimo-workbench", version=__version__),
                ) as session,
            ):
                failure = await self._begin(session)
                if failure is None:
                    await self._stay(session)
                    failure = await self._why_ended()
                return failure
        except ServerError:
            raise
        except Exception as error:
            return await self._explained(error)

    def _streams(self) -> AbstractAsyncContextManager[TransportStreams]:
        if self._process is not None:
            return self._process.connect(self._sieve.sift)
        assert self._http is not None
        return self._http.connect()

    async def _begin(self, session: ClientSession) -> ServerError | None:
        """Shake hands and list the tools, unless it is stopped meanwhile."""
        order = self._order

        async def shake() -> ServerError | None:
            try:
                hello = await session.initialize()
                await self._list(session)
            except Exception as error:
                return await self._explained(error)
            self._log("bridge", f"protocol {hello.protocol_version}")
            return None

        # A task of its own: the server may be stopped while it does not answer.
        shaking = asyncio.create_task(shake(), name="first messages of a server")
        stopping = asyncio.create_task(self._stopping.wait(), name="stop of a server")
        try:
            await asyncio.wait({shaking, stopping}, timeout=order.seconds, return_when=asyncio.FIRST_COMPLETED)
            if shaking.done():
                return shaking.result()
            return None if self._stopping.is_set() else self._silent()
        finally:
            for task in (shaking, stopping):
                task.cancel()
            await asyncio.gather(shaking, stopping, return_exceptions=True)

    def _silent(self) -> ServerError:
        last = self._process.last_line if self._process is not None else ""
        return ServerError(Code.SERVER_SILENT, seconds=self._order.seconds, line=last[:300])

    async def _list(self, session: ClientSession) -> None:
        self._changed.clear()
        order = self._order
        listing = await listed_tools(session, order.server, order.run, self._sieve)
        for tool in listing.tools:
            self._report(tool)
        hello = session.initialize_result
        assert hello is not None
        self._session = session
        self._report(
            ServerRunning(
                order.server, order.run, hello.server_info.name[:200], hello.server_info.version[:100],
                hello.protocol_version, len(listing.tools), listing.refused,
            )
        )  # fmt: skip

    async def _stay(self, session: ClientSession) -> None:
        """Until it is stopped or has ended; its tools are listed again when it says that they changed."""
        if self._stopping.is_set():
            return
        watch = asyncio.create_task(self._watch(session), name="watch a server")
        try:
            while True:
                events = [self._stopping, self._changed, self._has_ended]
                waiting = {asyncio.create_task(event.wait()) for event in events}
                await asyncio.wait({*waiting, watch}, return_when=asyncio.FIRST_COMPLETED)
                for task in waiting:
                    task.cancel()
                if self._stopping.is_set() or self._has_ended.is_set() or watch.done():
                    return
                await self._list(session)
                await asyncio.sleep(LIST_AGAIN_SECONDS)
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    async def _watch(self, session: ClientSession) -> None:
        """Return when the server has ended."""
        while True:
            if self._process is not None:
                if self._process.status is not None:
                    return
                await asyncio.sleep(0.1)
                continue
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await session.send_request(types.PingRequest(), types.EmptyResult, request_read_timeout_seconds=20.0)
            except MCPError as error:
                if error.error.code != types.METHOD_NOT_FOUND:
                    return
            except Exception:
                return

    async def _why_ended(self) -> ServerError | None:
        if self._stopping.is_set():
            return None
        if self._http is not None:
            return self._http.failure() or ServerError(Code.SERVER_UNREACHABLE, host="", reason="")
        assert self._process is not None
        await self._process.settle()
        return ServerError(
            Code.SERVER_DIED, status=_status(self._process.status), line=self._process.last_line[:300] or "–"
        )  # fmt: skip

    async def _explained(self, error: BaseException) -> ServerError:
        """Why the connection failed, from what is known of the process or the address."""
        if self._http is not None and (failure := self._http.failure()) is not None:
            return failure
        if self._process is not None:
            await self._process.settle()
            if self._process.status is not None:
                return ServerError(
                    Code.SERVER_DIED, status=_status(self._process.status), line=self._process.last_line[:300] or "–"
                )
        return ServerError(Code.SERVER_NOT_MCP, reason=_root(error))

    # -- calls

    async def call(self, order: CallTool) -> None:
        """Call a tool and report what came of it. Being cancelled tells the server."""
        session = self._session
        if session is None:
            self._report(CallFailed(order.call, str(Code.SERVER_STOPPED)))
            return
        try:
            self._report(await self._called(session, order))
        except (TimeoutError, anyio.ClosedResourceError, anyio.BrokenResourceError):
            self._report(CallFailed(order.call, str(Code.SERVER_STOPPED)))
        except ServerError as error:
            self._report(CallFailed(order.call, str(error.code), error.params))

    async def _called(self, session: ClientSession, order: CallTool) -> CallDone:
        reported_at = 0.0

        async def progressed(progress: float, total: float | None, message: str | None) -> None:
            nonlocal reported_at
            deadline.reschedule(asyncio.get_running_loop().time() + order.seconds)
            now = time.monotonic()
            if now - reported_at >= PROGRESS_SECONDS or progress == total:
                reported_at = now
                self._report(CallProgress(order.call, progress, total, (message or "")[:300]))

        request = types.CallToolRequest(
            params=types.CallToolRequestParams(name=order.tool, arguments=order.arguments)
        )  # fmt: skip
        try:
            async with asyncio.timeout(order.seconds) as deadline:
                result = await session.send_request(request, types.CallToolResult, progress_callback=progressed)
        except TimeoutError as error:
            raise ServerError(Code.SERVER_TOOL_SLOW, seconds=order.seconds) from error
        except MCPError as error:
            if error.error.code == types.CONNECTION_CLOSED:
                raise ServerError(Code.SERVER_STOPPED) from error
            if error.error.code == TOO_LONG:
                raise ServerError(Code.SERVER_RESULT_TOO_LONG) from error
            failure = self._http.failure() if self._http is not None else None
            if failure is not None and failure.code is Code.SERVER_LOGIN:
                raise failure from error
            raise ServerError(Code.SERVER_REFUSED_CALL, reason=error.error.message[:2_000]) from error
        except ValidationError as error:
            raise ServerError(Code.SERVER_RESULT_UNREADABLE) from error
        mismatch = False
        if not result.is_error:
            try:
                await session.validate_tool_result(order.tool, result)
            except (RuntimeError, ValidationError, MCPError):
                mismatch = True
        return await asyncio.to_thread(
            reported_result, order.call, result, self._folder, mismatch=mismatch
        )  # fmt: skip

    # -- log and notifications

    def _log(self, source: str, text: str) -> None:
        left_out = self._rate.admit()
        if left_out is not None:
            order = self._order
            self._report(LogLine(order.server, order.run, source, text[:MAX_LOG_CHARS], left_out))

    async def _log_message(self, params: types.LoggingMessageNotificationParams) -> None:
        text = params.data if isinstance(params.data, str) else repr(params.data)[:MAX_LOG_CHARS]
        self._log("server", f"{params.level}: {text}")

    async def _notified(self, message: Any) -> None:
        if isinstance(message, types.ToolListChangedNotification):
            self._changed.set()


def _status(status: int | None) -> int:
    return status if status is not None else 0


def _root(error: BaseException) -> str:
    """The words of the first error within groups."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    with contextlib.suppress(AttributeError):
        if isinstance(error, ValidationError):
            return "the answer has another form"
    return str(error)[:300] or type(error).__name__
