"""What the user's servers are allowed, and what becomes of them: stored, imported, changed, called twice the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.core.errors import Code, ToolError
from app.core.mcp_wire import (
    CallDone,
    CallFailed,
    CallTool,
    CancelCall,
    LogLine,
    Order,
    ServerEnded,
    ServerRunning,
    StartServer,
    ToolFound,
)
from app.core.observers import Event
from app.core.requests import FunctionTool
from app.core.tool_servers import ToolServer, tool_key
from app.services.chat.approval import Approvals
from app.services.tasks import TaskSet
from app.services.tool_servers.server_state import MAX_LOG_LINES
from app.services.tool_servers.server_values import ServerValueStore
from app.services.tool_servers.servers import ToolServers
from app.services.tools.tool import Tool, Toolbox, words_for_model
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.text_files import TextFiles
from tests.ui.chat.harness import PlainSecrets
from tests.waiting import wait_until


class SilentBridge:
    """Takes orders and starts nothing; tests report in its place."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.on_report: Event[Any] = Event()
        self.on_exit: Event[()] = Event()

    async def send(self, order: Order) -> None:
        self.orders.append(order)

    async def aclose(self) -> None:
        pass


class Desk:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.tasks = TaskSet(lambda error: pytest.fail(repr(error)))
        self.bridge = SilentBridge()
        self.toolbox = Toolbox(())
        self.secrets = PlainSecrets()
        self.redacted: list[str] = []
        self.servers = self.fresh()

    def fresh(self) -> ToolServers:
        values = ServerValueStore(self.secrets, self.redacted.append)
        return ToolServers(
            self.database.tool_servers, values, self.bridge, lambda: pytest.fail("no media"), TextFiles(),  # type: ignore[arg-type, return-value]
            self.toolbox, self.tasks,
        )  # fmt: skip

    async def run(self, server: ToolServer, *tools: ToolFound) -> None:
        """Start a server that answers at once."""
        await self.servers.start(server.id)
        run = self.servers.state(server.id).run
        for place, tool in enumerate(tools):
            self.bridge.on_report.emit(msgspec.structs.replace(tool, server=server.id, run=run, place=place))
        self.bridge.on_report.emit(ServerRunning(server.id, run, "s", "1", "2025-06-18", len(tools)))
        await wait_until(lambda: self.servers.state(server.id).kind == "running")


def tool(name: str, **schema: Any) -> ToolFound:
    return ToolFound("", 0, 0, name, "", f"does {name}", schema or {"type": "object", "properties": {}}, writes=False)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = await Database.open(open_home(tmp_path))
    made = Desk(database)
    await made.servers.load()
    yield made
    await made.servers.aclose()
    await made.tasks.aclose()
    await database.close()


def typed(desk: Desk, command: str = "run") -> ToolServer:
    server = desk.servers.add("command", "typed")
    desk.servers.change(server.id, command=command)
    found = desk.servers.get(server.id)
    assert found is not None
    return found


async def test_an_imported_server_is_off_and_unseen_even_if_it_was_seen_where_it_came_from(desk: Desk) -> None:
    foreign = ToolServer("f", "foreign", command="run")
    await desk.database.tool_servers.keep(msgspec.structs.replace(foreign, seen=foreign.fingerprint))
    await desk.servers.load()
    (found,) = desk.servers.servers
    assert not found.is_seen
    assert found.origin == "imported"
    assert desk.bridge.orders == []


async def test_nothing_starts_by_itself_after_a_restart(desk: Desk) -> None:
    server = typed(desk)
    await desk.run(server, tool("echo"))
    await desk.servers.aclose()
    orders = len(desk.bridge.orders)
    again = desk.fresh()
    await again.load()
    assert again.servers[0].is_seen
    assert not again.state(server.id).is_busy
    assert len(desk.bridge.orders) == orders
    assert desk.toolbox.find(tool_key(server.id, "echo")) is None


async def test_equal_names_stay_apart_by_their_keys(desk: Desk) -> None:
    async def run(arguments: dict[str, Any]) -> str:
        return "own"

    desk.toolbox.set_own([Tool(FunctionTool("echo", "own", {}), run)], {})
    one, two = typed(desk), typed(desk)
    await desk.run(one, tool("echo"), tool("strange name!"))
    await desk.run(two, tool("echo"))
    specs = {spec.name for spec in desk.toolbox.specs()}
    assert "echo" in specs
    assert len(specs) == 4
    assert all(spec.replace("-", "").replace("_", "").isalnum() for spec in specs)
    keys = [tool_key(one.id, "echo"), tool_key(two.id, "echo")]
    names = [spec.name for spec in desk.toolbox.specs(keys)]
    assert len(set(names)) == 2
    found = desk.toolbox.find(names[0])
    assert found is not None
    assert found.key == keys[0]
    # A permission for the one is none for the other.
    approvals = Approvals(always=[keys[0]])
    assert not approvals.needed(keys[0])
    assert approvals.needed(keys[1])
    assert approvals.needed("echo")


async def test_a_call_that_was_allowed_for_one_tool_is_not_run_by_another(desk: Desk) -> None:
    server = typed(desk)
    await desk.run(server, tool("echo"))
    with pytest.raises(ToolError) as raised:
        await desk.toolbox.outcome("echo", "{}", key="echo")
    assert raised.value.code is Code.TOOL_UNKNOWN


async def test_another_command_takes_permissions_back(desk: Desk) -> None:
    lost: list[list[str]] = []
    desk.servers.on_permissions_lost.subscribe(lost.append)
    server = typed(desk)
    await desk.run(server, tool("echo"))
    desk.servers.change(server.id, name="renamed")
    assert lost == []
    desk.servers.change(server.id, command="run --something-else")
    assert lost == [[tool_key(server.id, "echo")]]


async def test_a_tool_whose_schema_does_not_hold_is_left_out(desk: Desk) -> None:
    server = typed(desk)
    await desk.run(server, tool("good"), tool("bad", type="object", properties={"a": {"type": "banana"}}))
    assert [each.name for each in desk.servers.servers[0].tools] == ["good"]
    assert desk.servers.state(server.id).refused == ("bad",)


async def test_values_are_kept_like_keys_and_a_missing_one_is_said(desk: Desk) -> None:
    server = typed(desk)
    assert await desk.servers.set_values(server.id, "KEY=planted-secret\nEMPTY=", are_headers=False) == ()
    await desk.servers.aclose()
    assert "planted-secret" in desk.redacted
    assert "planted-secret" not in repr(await desk.database.tool_servers.listed())
    await desk.servers.start(server.id)
    state = desk.servers.state(server.id)
    assert state.error is not None
    assert (state.error.code, state.error.params["names"]) == (Code.SERVER_VALUES_MISSING, "EMPTY")
    await desk.servers.set_values(server.id, "KEY=●●●●●●", are_headers=False)
    await desk.servers.start(server.id)
    assert desk.bridge.orders[-1].environment == {"KEY": "planted-secret"}  # type: ignore[union-attr]


async def test_calls_end_with_their_server_and_with_the_bridge(desk: Desk) -> None:
    server = typed(desk)
    await desk.run(server, tool("echo"))
    key = tool_key(server.id, "echo")

    async def call() -> str:
        try:
            return (await desk.toolbox.outcome("echo", '{"a": 1}', key)).text
        except ToolError as error:
            return str(error.code)

    answered = desk.tasks.spawn(call(), "call")
    await wait_until(lambda: isinstance(desk.bridge.orders[-1], CallTool))
    number = desk.bridge.orders[-1].call  # type: ignore[union-attr]
    desk.bridge.on_report.emit(CallDone(number, "one"))
    assert await answered == "one"
    refused = desk.tasks.spawn(call(), "call")
    await wait_until(lambda: getattr(desk.bridge.orders[-1], "call", 0) == number + 1)
    desk.bridge.on_report.emit(CallFailed(number + 1, "server-tool-slow", {"seconds": 3}))
    assert await refused == "server-tool-slow"
    broken = desk.tasks.spawn(call(), "call")
    await wait_until(lambda: getattr(desk.bridge.orders[-1], "call", 0) == number + 2)
    run = desk.servers.state(server.id).run
    desk.bridge.on_report.emit(ServerEnded(server.id, run, "server-died", {"status": 3, "line": "/home/me"}))
    assert await broken == "server-stopped"
    assert desk.toolbox.find(key) is None
    await desk.run(server, tool("echo"))
    lost = desk.tasks.spawn(call(), "call")
    await wait_until(lambda: getattr(desk.bridge.orders[-1], "call", 0) == number + 3)
    desk.bridge.on_exit.emit()
    assert await lost == "server-stopped"
    assert desk.servers.state(server.id).kind == "failed"


async def test_a_call_that_is_stopped_is_cancelled_at_the_server(desk: Desk) -> None:
    server = typed(desk)
    await desk.run(server, tool("echo"))
    calling = desk.tasks.spawn(desk.toolbox.call("echo", "{}"), "call")
    await wait_until(lambda: isinstance(desk.bridge.orders[-1], CallTool))
    calling.cancel()
    await wait_until(lambda: isinstance(desk.bridge.orders[-1], CancelCall))


async def test_stopping_while_the_values_are_read_leaves_it_off(desk: Desk) -> None:
    server = typed(desk)
    reading = asyncio.Event()

    async def slow(profile_id: str) -> None:
        await reading.wait()

    desk.secrets.find = slow  # type: ignore[method-assign]
    starting = desk.tasks.spawn(desk.servers.start(server.id), "start")
    await wait_until(lambda: desk.servers.state(server.id).kind == "starting")
    await desk.servers.stop(server.id)
    reading.set()
    await starting
    assert desk.servers.state(server.id).kind == "off"
    assert not [order for order in desk.bridge.orders if isinstance(order, StartServer)]


async def test_what_an_earlier_start_still_reports_is_ignored(desk: Desk) -> None:
    server = typed(desk)
    await desk.run(server, tool("echo"))
    desk.bridge.on_report.emit(ServerEnded(server.id, 0, "server-died", {"status": 1, "line": ""}))
    assert desk.servers.state(server.id).kind == "running"


async def test_a_log_is_bounded(desk: Desk) -> None:
    server = typed(desk)
    await desk.run(server)
    run = desk.servers.state(server.id).run
    for number in range(MAX_LOG_LINES + 50):
        desk.bridge.on_report.emit(LogLine(server.id, run, "stderr", str(number)))
    log = desk.servers.state(server.id).log
    assert len(log) == MAX_LOG_LINES
    assert log[-1].text == str(MAX_LOG_LINES + 49)


async def test_a_removed_server_comes_back_with_undo(desk: Desk) -> None:
    server = typed(desk)
    await desk.run(server, tool("echo"))
    assert await desk.servers.remove(server.id) is not None
    assert desk.servers.servers == ()
    assert desk.toolbox.find(tool_key(server.id, "echo")) is None
    assert await desk.servers.remove(server.id) is None
    await desk.servers.restore(server.id)
    assert [each.id for each in desk.servers.servers] == [server.id]


def test_the_model_does_not_get_paths_of_this_computer() -> None:
    error = ToolError(Code.SERVER_NOT_STARTED, reason="/home/me/bin/tool: Permission denied")
    assert "/home" not in words_for_model(error)
    assert "no such room" in words_for_model(ToolError(Code.SERVER_REFUSED_CALL, reason="no such room"))
