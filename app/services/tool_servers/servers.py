"""The servers of tools that the user added: what they are, whether they run, and what they offer."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec

from app.core.errors import Code, ToolError, WorkbenchError
from app.core.mcp_wire import (
    CallDone,
    CallFailed,
    CallProgress,
    LogLine,
    Report,
    ServerEnded,
    ServerRunning,
    StopServer,
    ToolFound,
)
from app.core.messages import new_id
from app.core.observers import Event
from app.core.schema_check import check_schema
from app.core.server_exchange import ReadServer, ReadServers, read_servers, write_servers
from app.core.tool_servers import MAX_SERVERS, ServerKind, ServerTool, ToolServer, read_values
from app.services.record_autosaver import RecordAutosaver
from app.services.tasks import TaskSet, reporting
from app.services.tool_servers.bridge_process import BridgeProcess
from app.services.tool_servers.offered_tools import offered_tools
from app.services.tool_servers.server_calls import MediaFiles, ServerCalls
from app.services.tool_servers.server_state import LogEntry, ServerState
from app.services.tool_servers.server_values import NO_VALUES, ServerValues, ServerValueStore
from app.services.tool_servers.start_orders import Network, start_order
from app.services.tools.tool import Progress, Toolbox, ToolResult


class ServerStore(Protocol):
    """Stores servers. Every method raises StorageError."""

    async def keep(self, record: ToolServer) -> None: ...
    async def listed(self) -> tuple[ToolServer, ...]: ...
    async def delete(self, record_id: str) -> None: ...
    async def restore(self, record_id: str) -> None: ...


class ServerFiles(Protocol):
    """Reads and writes text files, in a thread. Both raise StorageError."""

    def read(self, path: Path) -> str: ...
    def write(self, path: Path, text: str) -> None: ...


class ToolServers:
    """All servers, oldest first. Nothing starts by itself: `start` is called when the user asks for it.

    Attributes:
        on_change: a server was added, removed, changed, or is in another state.
        on_log: the id of a server whose log has grown.
        on_permissions_lost: the keys of tools that must be allowed anew, as their server is another one now.
        on_failed: saving failed.
        files: reads and writes text files.
        network: returns how an address is reached.
    """

    def __init__(
        self, store: ServerStore, values: ServerValueStore, bridge: BridgeProcess, media: Callable[[], MediaFiles],
        files: ServerFiles, toolbox: Toolbox, tasks: TaskSet, now: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._store = store
        self.files = files
        self._values = values
        self._bridge = bridge
        self._toolbox = toolbox
        self._tasks = tasks
        self._now = now
        self._records = RecordAutosaver(store, tasks, "tool server")
        self._removed: set[str] = set()
        self._states: dict[str, ServerState] = {}
        self._arriving: dict[str, list[ServerTool]] = {}
        self._runs = 0
        self._is_loaded = False
        self._calls = ServerCalls(bridge.send, media)
        self.network: Callable[[str], Network] = lambda address: Network()
        self.on_change: Event[()] = Event()
        self.on_log: Event[str] = Event()
        self.on_permissions_lost: Event[list[str]] = Event()
        self.on_failed = self._records.on_failed
        bridge.on_report.subscribe(self._take)
        bridge.on_exit.subscribe(self._bridge_ended)

    # -- reading

    async def load(self) -> None:
        """Read the servers of earlier runs. One that was not here before must be seen before it starts.

        Raises StorageError.
        """
        known = {server.id: server for server in self._records.listed()}
        await self._records.load()
        if self._is_loaded:
            for server in self.servers:
                former = known.get(server.id)
                if former is None or former.fingerprint != server.fingerprint:
                    self._records.edit(msgspec.structs.replace(server, seen="", origin="imported"))
        self._is_loaded = True
        self._publish()

    @property
    def servers(self) -> tuple[ToolServer, ...]:
        found = [server for server in self._records.listed() if server.id not in self._removed]
        return tuple(sorted(found, key=lambda server: (server.created, server.id)))

    def get(self, server_id: str) -> ToolServer | None:
        return None if server_id in self._removed else self._records.get(server_id)

    def state(self, server_id: str) -> ServerState:
        """Whether a server runs; for one that was never started, that it is off."""
        return self._states.get(server_id) or ServerState()

    def values(self, server_id: str) -> ServerValues:
        """The values of environment and headers, as far as they were read; `read_values` reads them."""
        return self._values.known(server_id)

    async def read_values(self, server_id: str) -> ServerValues:
        """Read the values from where the keys are."""
        return await self._values.read(server_id)

    # -- changes

    def add(self, kind: ServerKind, name: str) -> ToolServer:
        """Add a server that is still to be described. Raises ToolError SERVERS_FULL."""
        if len(self.servers) >= MAX_SERVERS:
            raise ToolError(Code.SERVERS_FULL, most=MAX_SERVERS)
        server = ToolServer(new_id(), self._free_name(name), kind, created=self._now())
        self._records.edit(server)
        self._publish()
        return server

    def change(self, server_id: str, **fields: Any) -> None:
        """Change fields of a server. One that runs goes on as it was started."""
        before = self.get(server_id)
        if before is None or self._tasks.closed:
            return
        after = msgspec.structs.replace(before, **fields)
        if after == before:
            return
        self._records.edit(after)
        if after.fingerprint != before.fingerprint and before.is_seen:
            # What was allowed was allowed for another program.
            self.on_permissions_lost.emit([each.key for each in offered_tools([before], set(), self._run_tool)])
        self._publish()

    async def set_values(self, server_id: str, text: str, *, are_headers: bool) -> tuple[str, ...]:
        """Take names and values from what was typed; return the lines that are neither.

        A name whose value is not typed keeps the saved one. Raises StorageError if the keyring fails; the values hold
        for this run then.
        """
        server = self.get(server_id)
        if server is None:
            return ()
        typed, wrong = read_values(text, are_headers=are_headers)
        saved = await self._values.read(server_id)
        former = saved.headers if are_headers else saved.environment
        values = {name: former.get(name, "") if _is_hidden(value) else value for name, value in typed.items()}
        values = {name: value for name, value in values.items() if value}
        if are_headers:
            self.change(server_id, headers=tuple(typed))
            await self._values.write(server_id, saved._replace(headers=values))
        else:
            self.change(server_id, environment=tuple(typed))
            await self._values.write(server_id, saved._replace(environment=values))
        self.on_change.emit()
        return wrong

    async def remove(self, server_id: str) -> ToolServer | None:
        """Stop a server and remove it; `restore` undoes it. Raises StorageError."""
        server = self.get(server_id)
        if server is None:
            return None
        await self._records.flush()
        await self._store.delete(server_id)
        self._removed.add(server_id)
        await self.stop(server_id)
        self._publish()
        return server

    async def restore(self, server_id: str) -> None:
        """Bring a removed server back; it is off. Raises StorageError."""
        await self._store.restore(server_id)
        self._removed.discard(server_id)
        self._publish()

    # -- exchange

    async def import_text(self, text: str) -> tuple[ReadServers, tuple[ToolServer, ...]]:
        """Add the servers of a text; what it holds, and what was added. They are off until they were seen."""
        read = read_servers(text)
        added: list[ToolServer] = []
        for each in read.servers:
            if len(self.servers) >= MAX_SERVERS:
                break
            added.append(await self._add_read(each, len(added)))
        self._publish()
        return read, tuple(added)

    async def _add_read(self, read: ReadServer, place: int) -> ToolServer:
        # A millisecond apart, so that they stay in the order of the text.
        server = ToolServer(
            new_id(), self._free_name(read.name), read.kind, read.command, read.folder, read.address,
            tuple(read.environment), tuple(read.headers), origin="pasted", created=self._now() + place / 1000,
        )  # fmt: skip
        self._records.edit(server)
        values = ServerValues(
            {name: value for name, value in read.environment.items() if value},
            {name: value for name, value in read.headers.items() if value},
        )
        if values != NO_VALUES:
            await reporting(self._values.write(server.id, values), self.on_failed.emit)
        return server

    def export_text(self) -> str:
        """The servers as most clients read them, without values."""
        return write_servers(self.servers)

    # -- starting and stopping

    async def start(self, server_id: str) -> None:
        """Start a server. What hinders it is its state afterwards; nothing is raised."""
        server = self.get(server_id)
        if server is None or self.state(server_id).is_busy:
            return
        self._runs += 1
        # `start` is called where the whole command, the folder and the names are shown.
        self.change(server_id, seen=server.fingerprint)
        self._set_state(server_id, ServerState("starting", since=self._now(), run=self._runs))
        try:
            order = start_order(server, self._runs, await self._values.read(server_id), self.network)
            if self.state(server_id).kind == "starting":
                await self._bridge.send(order)
            else:  # It was stopped while its values were read.
                self._set_state(server_id, ServerState(since=self._now()))
        except WorkbenchError as error:
            self._set_state(server_id, ServerState("failed", error, self._now(), self._runs))

    async def stop(self, server_id: str) -> None:
        """Stop a server; calls that run there fail."""
        state = self.state(server_id)
        if state.is_busy and state.kind != "stopping":
            self._set_state(server_id, ServerState("stopping", since=self._now(), run=state.run))
            try:
                await self._bridge.send(StopServer(server_id))
            except WorkbenchError as error:
                self._set_state(server_id, ServerState("failed", error, self._now(), state.run))

    async def call(self, server_id: str, tool: str, arguments: dict[str, Any], progress: Progress | None) -> ToolResult:
        """Call a tool of a running server. Raises ToolError."""
        server = self.get(server_id)
        if server is None or self.state(server_id).kind != "running":
            raise ToolError(Code.SERVER_STOPPED)
        self.note(server_id, "call", tool)
        return await self._calls.call(server_id, server.name, tool, arguments, progress)

    async def aclose(self) -> None:
        """Save everything and end the servers."""
        await self._records.aclose()
        await self._bridge.aclose()

    # -- reports of the bridge

    def _take(self, report: Report) -> None:
        match report:
            case CallProgress():
                self._calls.progressed(report)
            case CallDone():
                self._calls.done(report)
            case CallFailed():
                self._calls.failed(report)
            case LogLine() | ToolFound() | ServerRunning() | ServerEnded() if (
                report.run != self.state(report.server).run
            ):
                pass  # Of an earlier start.
            case LogLine():
                self.note(report.server, report.source, report.text, report.left_out)
            case ToolFound():
                self._found(report)
            case ServerRunning():
                tools = tuple(self._arriving.pop(report.server, ())) if report.count else ()
                self._tasks.spawn(self._running(report, tools), "tools of a server")
            case ServerEnded():
                self._ended(report)

    def _found(self, report: ToolFound) -> None:
        if report.place == 0:
            self._arriving[report.server] = []
        self._arriving.setdefault(report.server, []).append(
            ServerTool(report.name, report.title, report.description, report.parameters, report.writes)
        )

    async def _running(self, report: ServerRunning, tools: tuple[ServerTool, ...]) -> None:
        """Offer the tools whose schema holds: a service refuses the whole request for one that does not."""
        broken = await asyncio.to_thread(lambda: {tool.name for tool in tools if not _holds(tool)})
        state = self.state(report.server)
        if state.run != report.run or state.kind not in ("starting", "running"):
            return
        self.change(report.server, tools=tuple(tool for tool in tools if tool.name not in broken))
        refused = (*report.refused, *sorted(broken))
        since = state.since if state.kind == "running" else self._now()
        self._set_state(
            report.server,
            state.changed(kind="running", error=None, since=since, protocol=report.protocol, refused=refused),
        )

    def _ended(self, report: ServerEnded) -> None:
        self._calls.end(report.server)
        error = ToolError(Code(report.code), **report.params) if report.code else None
        kind = "failed" if error is not None else "off"
        self._set_state(report.server, self.state(report.server).changed(kind=kind, error=error, since=self._now()))

    def _bridge_ended(self) -> None:
        self._calls.end()
        for server_id, state in tuple(self._states.items()):
            if state.is_busy:
                self._set_state(server_id, ServerState("failed", ToolError(Code.BRIDGE_ENDED), self._now(), state.run))

    # -- inner

    def note(self, server_id: str, source: str, text: str, left_out: int = 0) -> None:
        """Add a line to the log of a server."""
        state = self._states.setdefault(server_id, ServerState())
        state.log.append(LogEntry(self._now(), source, text, left_out))
        self.on_log.emit(server_id)

    def _set_state(self, server_id: str, state: ServerState) -> None:
        former = self._states.get(server_id)
        if former is not None and state.log is not former.log:
            state = state.changed(log=former.log)
        self._states[server_id] = state
        self._publish()

    def _free_name(self, wanted: str) -> str:
        taken = {server.name for server in self.servers}
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted} {number}"
        return name

    async def _run_tool(
        self, server_id: str, tool: str, arguments: dict[str, Any], progress: Progress | None
    ) -> ToolResult:
        return await self.call(server_id, tool, arguments, progress)

    def _publish(self) -> None:
        """Offer the tools of the servers that run."""
        running = [server for server in self.servers if self.state(server.id).kind == "running"]
        self._toolbox.set_served(offered_tools(running, self._toolbox.names, self._run_tool))
        self.on_change.emit()


def _holds(tool: ServerTool) -> bool:
    return check_schema(json.dumps(tool.parameters, ensure_ascii=False)).problem is None


def _is_hidden(value: str) -> bool:
    return not value or set(value) <= {"●"}
