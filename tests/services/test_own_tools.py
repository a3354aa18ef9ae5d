"""Tools of the user's own are saved as typed, checked, offered while they hold, and pass in and out as JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from app.core.errors import Code, StorageError, ToolError
from app.core.requests import FunctionTool
from app.core.schema_check import ProblemKind
from app.core.tool_definitions import NameFault, ToolDefinition
from app.services.tasks import TaskSet
from app.services.tools import own_tools, tool_autosave
from app.services.tools.builtin import builtin_tools
from app.services.tools.own_tools import OwnTools
from app.services.tools.tool import Toolbox
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.text_files import TextFiles
from tests.waiting import wait_until

ROOM = '{"type": "object", "properties": {"room": {"type": "integer"}}, "required": ["room"]}'


class Desk:
    """The tools of one run of the program over a home."""

    def __init__(self, database: Database, tasks: TaskSet) -> None:
        self.database, self.tasks = database, tasks
        self.toolbox = Toolbox(builtin_tools())
        self.tools = OwnTools(database.tools, TextFiles(), self.toolbox, tasks)

    def offered(self, *names: str) -> list[str]:
        return [spec.name for spec in self.toolbox.specs(names)]


Open = Callable[[], "Desk"]


@pytest.fixture
async def open_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Open]:
    monkeypatch.setattr(tool_autosave, "AUTOSAVE_SECONDS", 0.0)
    monkeypatch.setattr(tool_autosave, "RETRY_DELAY_SECONDS", 0.0)
    monkeypatch.setattr(own_tools, "CHECK_SECONDS", 0.0)
    tasks = TaskSet(lambda error: pytest.fail(repr(error)))
    database = await Database.open(open_home(tmp_path))
    yield lambda: Desk(database, tasks)
    await tasks.aclose()
    await database.close()


async def booked(desk: Desk) -> ToolDefinition:
    """A canned tool `book_room`, checked."""
    tool = desk.tools.add("book_room")
    desk.tools.describe(tool.id, "Book a room.")
    desk.tools.change(tool.id, answer="canned", result='{"booked": true}', schema=ROOM)
    await wait_until(lambda: desk.tools.state(tool.id).is_checked)
    changed = desk.tools.get(tool.id)
    assert changed is not None
    return changed


async def test_what_is_typed_comes_back_after_a_restart_even_if_it_does_not_hold(open_desk: Open) -> None:
    desk = open_desk()
    tool = await booked(desk)
    broken = ROOM.replace('"integer"', "integer")
    desk.tools.change(tool.id, schema=broken, sample='{"room": 3}')
    assert desk.tools.rename(tool.id, "book a room") is NameFault.CHARACTERS
    await desk.tools.aclose()

    later = open_desk()
    await later.tools.load()
    (read,) = later.tools.definitions
    assert (read.schema, read.sample, read.result) == (broken, '{"room": 3}', '{"booked": true}')
    assert (read.tool.name, read.typed_name) == ("book_room", "book a room")
    problem = later.tools.state(read.id).problem
    assert problem is not None and problem.kind is ProblemKind.VALUE
    assert later.offered("book_room") == [], "a tool that does not hold is not offered"


async def test_a_tool_is_offered_again_once_its_schema_holds(open_desk: Open) -> None:
    desk = open_desk()
    tool = await booked(desk)
    assert desk.offered("book_room", "calculate") == ["book_room", "calculate"]
    desk.tools.change(tool.id, schema="{")
    await wait_until(lambda: not desk.tools.state(tool.id).holds)
    assert desk.offered("book_room", "calculate") == ["calculate"]
    desk.tools.change(tool.id, schema=ROOM.replace("integer", "string"))
    await wait_until(lambda: desk.tools.state(tool.id).holds)
    (spec,) = desk.toolbox.specs(["book_room"])
    assert spec.parameters["properties"]["room"] == {"type": "string"}


async def test_a_canned_tool_answers_and_refuses_what_does_not_fit(open_desk: Open) -> None:
    desk = open_desk()
    await booked(desk)
    assert await desk.toolbox.call("book_room", '{"room": 3}') == '{"booked": true}'
    with pytest.raises(ToolError) as raised:
        await desk.toolbox.call("book_room", '{"room": "three"}')
    assert raised.value.code is Code.TOOL_ARGUMENTS and "room" in raised.value.params["reason"]


async def test_a_built_in_tool_answers_for_one_of_the_users_own(open_desk: Open) -> None:
    desk = open_desk()
    tool = desk.tools.add("sum_up")
    desk.tools.change(tool.id, answer="builtin", schema='{"type": "object", "properties": {"expression": {}}}')
    await wait_until(lambda: desk.tools.state(tool.id).is_checked)
    assert desk.tools.state(tool.id).lacks_builtin and desk.offered("sum_up") == []
    desk.tools.change(tool.id, builtin="calculate")
    assert json.loads(await desk.toolbox.call("sum_up", '{"expression": "6*7"}'))["result"] == 42
    with pytest.raises(ToolError) as raised:
        await desk.toolbox.call("sum_up", '{"formula": "6*7"}')
    assert raised.value.code is Code.TOOL_ARGUMENTS


async def test_a_tool_keeps_its_conversations_when_it_is_renamed(open_desk: Open) -> None:
    desk = open_desk()
    tool = await booked(desk)
    renamed: list[tuple[str, str]] = []
    desk.tools.on_renamed.subscribe(lambda former, name: renamed.append((former, name)))
    assert desk.tools.rename(tool.id, "reserve") is None
    assert renamed == [("book_room", "reserve")]
    assert desk.offered("book_room", "reserve") == ["reserve"]
    other = desk.tools.add("book_room")
    assert desk.offered("book_room") == [other.tool.name] == ["book_room"], "a tool of that name comes first"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", NameFault.EMPTY),
        ("a" * 65, NameFault.LONG),
        ("book room", NameFault.CHARACTERS),
        ("预订", NameFault.CHARACTERS),
        ("calculate", NameFault.BUILTIN),
        ("other", NameFault.TAKEN),
        ("a" * 64, None),
        ("Book-2_x", None),
    ],
)
async def test_names(open_desk: Open, name: str, fault: NameFault | None) -> None:
    desk = open_desk()
    tool = await booked(desk)
    desk.tools.add("other")
    assert desk.tools.rename(tool.id, name) is fault


async def test_removing_can_be_undone(open_desk: Open) -> None:
    desk = open_desk()
    tool = await booked(desk)
    assert await desk.tools.remove(tool.id) == (tool,)
    assert not desk.tools.definitions and not desk.offered("book_room")
    assert await desk.database.tools.listed() == ()
    await desk.tools.restore(tool.id)
    assert desk.tools.definitions == (tool,) and desk.offered("book_room") == ["book_room"]


async def test_removing_twice_at_once_removes_once(open_desk: Open) -> None:
    desk = open_desk()
    tool = await booked(desk)
    removed = await asyncio.gather(desk.tools.remove(tool.id), desk.tools.remove(tool.id))
    assert sorted(removed) == [(), (tool,)]
    await desk.tools.restore(tool.id)
    assert desk.tools.definitions == (tool,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
async def test_tools_are_read_in_every_encoding_of_unicode(open_desk: Open, tmp_path: Path, encoding: str) -> None:
    desk = open_desk()
    await booked(desk)
    file, other = tmp_path / "tools.json", tmp_path / "other.json"
    await desk.tools.export_file(file)
    other.write_text(file.read_text(encoding="utf-8").replace("Book a room.", "订一个房间。"), encoding=encoding)
    await desk.tools.import_file(other)
    assert [each.tool.description for each in desk.tools.definitions] == ["Book a room.", "订一个房间。"]


@pytest.mark.parametrize(("content", "line"), [("[\n\n订".encode("gbk"), 3), ('["订"]'.encode("utf-16")[:-1], 1)])
async def test_tools_in_another_encoding_are_refused_with_the_line(
    open_desk: Open, tmp_path: Path, content: bytes, line: int
) -> None:
    desk, file = open_desk(), tmp_path / "tools.json"
    file.write_bytes(content)
    with pytest.raises(StorageError) as raised:
        await desk.tools.import_file(file)
    assert raised.value.code is Code.FILE_ENCODING and raised.value.params == {"path": str(file), "line": line}
    assert not desk.tools.definitions


async def test_saving_is_tried_again(open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk()
    keep, failures, failed = desk.database.tools.keep, [StorageError(Code.DISK_FULL)] * 2, list[Code]()

    async def failing(record: ToolDefinition) -> None:
        if failures:
            raise failures.pop()
        await keep(record)

    monkeypatch.setattr(desk.database.tools, "keep", failing)
    desk.tools.on_failed.subscribe(lambda error: failed.append(error.code))
    desk.tools.add("late")
    async with asyncio.timeout(20):
        while not await desk.database.tools.listed():
            await asyncio.sleep(0.01)
    assert failed == [Code.DISK_FULL], "reported once"


async def test_the_exported_array_comes_back_as_it_was(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    await booked(desk)
    file = tmp_path / "tools.json"
    await desk.tools.export_file(file)
    text = file.read_text(encoding="utf-8")
    assert json.loads(text) == [
        {
            "type": "function",
            "function": {"name": "book_room", "description": "Book a room.", "parameters": json.loads(ROOM)},
        }
    ]
    report = await desk.tools.import_file(file)
    assert (report.added, report.known) == ((), ("book_room",)), "the same tool is not added twice"
    report = await desk.tools.import_text(text.replace("Book a room.", "Another one."))
    assert [(each.wanted, each.name) for each in report.added] == [("book_room", "book_room_2")]
    assert desk.offered("book_room_2") == ["book_room_2"]


async def test_many_tools_come_and_go_in_one_step(open_desk: Open) -> None:
    """What shows the tools looks at all of them at each change: one for each tool would take minutes."""
    desk = open_desk()
    changes: list[int] = []
    desk.tools.on_change.subscribe(lambda: changes.append(len(desk.tools.definitions)))
    text = json.dumps([{"name": "ferry", "description": f"Line {number}"} for number in range(300)])
    ids = [each.id for each in (await desk.tools.import_text(text)).added]
    assert [desk.tools.find(name) for name in ("ferry", "ferry_2", "ferry_300")] == [ids[0], ids[1], ids[299]]
    assert len(await desk.tools.remove("unknown", *ids)) == 300
    assert changes == [300, 0] and desk.offered("ferry") == []


async def test_an_imported_tool_that_does_not_hold_is_there_and_off(open_desk: Open) -> None:
    desk = open_desk()
    text = '{"name": "get weather", "input_schema": {"type": "object", "properties": {"city": "string"}}}'
    (added,) = (await desk.tools.import_text(text)).added
    assert added.name == "get_weather"
    problem = desk.tools.state(added.id).problem
    assert problem is not None and (problem.kind, problem.line) == (ProblemKind.NEEDS_SCHEMA, 4)
    assert desk.offered("get_weather") == []


async def test_an_imported_tool_without_parameters_takes_an_object_without_fields(open_desk: Open) -> None:
    desk = open_desk()
    nothing = '[{"name": "ping"}, {"name": "pong", "parameters": null}, {"name": "pang", "parameters": {}}]'
    report = await desk.tools.import_text(nothing)
    assert report.read.without_parameters == ("ping", "pong", "pang")
    for each in report.added:
        definition = desk.tools.get(each.id)
        assert definition is not None
        assert json.loads(definition.schema_text) == {"type": "object", "properties": {}}
        assert desk.tools.state(each.id).problem is None
    assert (await desk.tools.import_text(nothing)).known == ("ping", "pong", "pang")


async def test_two_tools_of_one_name_from_a_merge(open_desk: Open) -> None:
    desk = open_desk()
    for tool_id, name, created in (("late", "twin", 2.0), ("early", "twin", 1.0), ("clash", "calculate", 3.0)):
        await desk.database.tools.keep(ToolDefinition(tool_id, FunctionTool(name, "", {}), created=created))
    await desk.tools.load()
    taken = {each.id: desk.tools.state(each.id).is_name_taken for each in desk.tools.definitions}
    assert taken == {"early": False, "late": True, "clash": True}


async def test_sample_arguments_of_a_built_in_tool_are_saved(open_desk: Open) -> None:
    desk = open_desk()
    desk.tools.set_sample_of_builtin("calculate", '{"expression": "1"}')
    await desk.tools.aclose()
    later = open_desk()
    await later.tools.load()
    assert later.tools.sample_of_builtin("calculate") == '{"expression": "1"}'
    assert later.tools.definitions == ()


async def test_a_schema_never_fetches_what_it_refers_to(open_desk: Open) -> None:
    box = open_desk().toolbox
    from app.services.tools.tool import Tool

    async def run(arguments: dict[str, object]) -> str:
        return "ran"

    spec = FunctionTool("remote", "", {"type": "object", "properties": {"a": {"$ref": "http://127.0.0.1:9/x.json"}}})
    box.set_own([Tool(spec, run)], {})
    with pytest.raises(ToolError) as raised:
        await box.call("remote", '{"a": 1}')
    assert raised.value.code is Code.TOOL_ARGUMENTS and "refers to" in raised.value.params["reason"]


async def test_tools_come_back_from_a_backup_and_pass_to_another_home(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    tool = await booked(desk)
    desk.tools.change(tool.id, sample="typed", schema="{ broken")
    desk.tools.set_sample_of_builtin("calculate", "1+1")
    await desk.tools.aclose()
    backup = await desk.database.back_up()
    await export_all(desk.database, tmp_path / "all.zip")
    await desk.tools.remove(tool.id)
    await desk.database.purge()
    assert await desk.database.restore(backup) is not None
    await desk.tools.load()
    (back,) = desk.tools.definitions
    assert (back.sample, back.schema, back.result) == ("typed", "{ broken", '{"booked": true}')

    elsewhere = await Database.open(open_home(tmp_path / "elsewhere"))
    await import_all(elsewhere, tmp_path / "all.zip")
    brought = Desk(elsewhere, desk.tasks)
    await brought.tools.load()
    assert [each.schema for each in brought.tools.definitions] == ["{ broken"]
    assert brought.tools.sample_of_builtin("calculate") == "1+1"
    assert brought.offered("book_room") == []
    await elsewhere.close()
