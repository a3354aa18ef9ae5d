"""The user's own tools: defining them, saving what is typed, checking it, and offering to the model what holds."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from app.core.errors import Code, ToolError
from app.core.messages import new_id
from app.core.observers import Event
from app.core.requests import FunctionTool
from app.core.schema_check import CheckedSchema, SchemaProblem, check_schema
from app.core.tool_definitions import (
    BUILTIN_PREFIX,
    MAX_FORMER_NAMES,
    MAX_TOOLS,
    NameFault,
    ToolDefinition,
    free_name,
    name_fault,
)
from app.core.tool_exchange import ReadTools, Refusal, RefusedTool, no_parameters, read_tools, write_tools
from app.services.tasks import TaskSet
from app.services.tools.argument_check import checked_arguments
from app.services.tools.tool import Tool, Toolbox
from app.services.tools.tool_autosave import ToolAutosave, ToolStore

CHECK_SECONDS = 0.25
"""How long nothing must be typed before a schema is checked."""


class ToolFiles(Protocol):
    """Reads and writes text files, in a thread. Both raise StorageError."""

    def read(self, path: Path) -> str: ...
    def write(self, path: Path, text: str) -> None: ...


class ToolState(NamedTuple):
    """What keeps a tool from being offered, and what is wrong with the name being typed.

    Attributes:
        is_checked: False until the schema as it stands was checked.
    """

    problem: SchemaProblem | None = None
    is_name_taken: bool = False
    lacks_builtin: bool = False
    is_checked: bool = True

    @property
    def holds(self) -> bool:
        """Whether the tool can be offered."""
        return self.problem is None and not self.is_name_taken and not self.lacks_builtin


class AddedTool(NamedTuple):
    """An imported tool: its id, the name in the text, and the name it has here."""

    id: str
    wanted: str
    name: str


class ImportReport(NamedTuple):
    """What became of a text of tool definitions; `known` are names of tools that were here already."""

    read: ReadTools
    added: tuple[AddedTool, ...] = ()
    known: tuple[str, ...] = ()
    refused: tuple[RefusedTool, ...] = ()


class OwnTools:
    """All tools that the user defined, oldest first.

    Attributes:
        on_change: a tool was added, removed, changed or checked.
        on_renamed: a tool's former and its new name.
        on_removed: the name of a tool that was removed.
    """

    def __init__(
        self, store: ToolStore, files: ToolFiles, toolbox: Toolbox, tasks: TaskSet,
        now: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._store = store
        self._files = files
        self._toolbox = toolbox
        self._tasks = tasks
        self._now = now
        self._tools: dict[str, ToolDefinition] = {}
        self._samples: dict[str, ToolDefinition] = {}
        self._owners: dict[str, str] = {}  # the oldest tool of each name: a merge may bring a name twice
        self._checked: dict[str, CheckedSchema] = {}
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._autosave = ToolAutosave(store, tasks)
        self.on_change: Event[()] = Event()
        self.on_renamed: Event[str, str] = Event()
        self.on_removed: Event[str] = Event()
        self.on_failed = self._autosave.on_failed

    async def load(self) -> None:
        """Read and check the tools of earlier runs; what was changed since the start stays. Raises StorageError."""
        stored = {record.id: record for record in await self._store.listed()}
        known = {**stored, **self._samples, **self._tools}
        self._samples = {key: record for key, record in known.items() if key.startswith(BUILTIN_PREFIX)}
        own = [record for key, record in known.items() if key not in self._samples]
        self._tools = {record.id: record for record in sorted(own, key=lambda record: (record.created, record.id))}
        await self._check_all(tuple(self._tools))
        for record in self.definitions:
            if record.typed_name is not None:
                # The program ended while it was typed.
                self.rename(record.id, record.typed_name)

    @property
    def definitions(self) -> tuple[ToolDefinition, ...]:
        return tuple(self._tools.values())

    def get(self, tool_id: str) -> ToolDefinition | None:
        """A tool of the user's own, or the record of a built-in one that holds its sample arguments."""
        return self._tools.get(tool_id) or self._samples.get(tool_id)

    def find(self, name: str) -> str:
        """The id of the tool that has this name, or had it; empty if there is none."""
        owner = self._owners.get(name)
        if owner is not None:
            return owner
        return next((each.id for each in self._tools.values() if name in each.former), "")

    def state(self, tool_id: str) -> ToolState:
        """What keeps a tool from being offered. Raises KeyError for an unknown one."""
        definition = self._tools[tool_id]
        checked = self._checked.get(tool_id)
        name = definition.tool.name
        return ToolState(
            checked.problem if checked is not None else None,
            self._owners.get(name, tool_id) != tool_id or name in self._toolbox.builtin,
            definition.answer == "builtin" and definition.builtin not in self._toolbox.builtin,
            checked is not None and checked.text == definition.schema_text,
        )

    # -- changes

    def add(self, wanted: str = "new_tool") -> ToolDefinition:
        """Add an empty tool with a free name. Raises ToolError(TOOLS_FULL)."""
        if len(self._tools) >= MAX_TOOLS:
            raise ToolError(Code.TOOLS_FULL, most=MAX_TOOLS)
        schema = '{\n  "type": "object",\n  "properties": {}\n}'
        tool = FunctionTool(free_name(wanted, self._names()), "", {"type": "object", "properties": {}})
        definition = ToolDefinition(new_id(), tool, created=self._now(), schema=schema)
        self._tools[definition.id] = definition
        self._checked[definition.id] = CheckedSchema(schema, tool.parameters)
        self._autosave.save_soon(definition)
        self._publish()
        return definition

    def change(self, tool_id: str, **fields: Any) -> None:
        """Change fields of a tool (answer, result, schema, sample, builtin); unknown ids are ignored."""
        self._replace(tool_id, lambda definition: msgspec.structs.replace(definition, **fields))
        if "schema" in fields and tool_id in self._tools:
            self._check_soon(tool_id)

    def describe(self, tool_id: str, description: str) -> None:
        """Change the description that the model reads."""
        self._change_spec(tool_id, description=description)

    def set_strict(self, tool_id: str, strict: bool) -> None:
        """Ask the service to hold the model to the schema."""
        self._change_spec(tool_id, strict=strict)

    def type_name(self, tool_id: str, typed: str) -> NameFault | None:
        """Save a name that is being typed; return why the tool could not be called so."""
        self._replace(
            tool_id,
            lambda tool: msgspec.structs.replace(tool, typed_name=typed if typed != tool.tool.name else None),
        )
        return self.name_fault(tool_id, typed)

    def name_fault(self, tool_id: str, name: str) -> NameFault | None:
        """Why a tool can't be called so; None if it can."""
        others = [each.tool.name for each in self._tools.values() if each.id != tool_id]
        return name_fault(name, others, tuple(self._toolbox.builtin))

    def rename(self, tool_id: str, typed: str) -> NameFault | None:
        """Give a tool another name. One that it can't have is only saved as typed, and the reason returned."""
        definition = self._tools.get(tool_id)
        if definition is None:
            return None
        fault, former = self.name_fault(tool_id, typed), definition.tool.name
        if fault is not None or typed == former:
            typed_name = typed if typed != former else None
            self._replace(tool_id, lambda tool: msgspec.structs.replace(tool, typed_name=typed_name))
            return fault
        names = tuple(name for name in (*definition.former, former) if name != typed)[-MAX_FORMER_NAMES:]
        spec = msgspec.structs.replace(definition.tool, name=typed)
        self._replace(tool_id, lambda tool: msgspec.structs.replace(tool, tool=spec, typed_name=None, former=names))
        self.on_renamed.emit(former, typed)
        return None

    async def remove(self, *tool_ids: str) -> tuple[ToolDefinition, ...]:
        """Remove tools and return those that were still there; `restore` undoes it.

        Raises StorageError, after which those before the one that failed are removed.
        """
        removed: list[ToolDefinition] = []
        try:
            for tool_id in tool_ids:
                if tool_id not in self._tools:
                    continue
                await self._autosave.save(tool_id)
                await self._store.delete(tool_id)
                definition = self._tools.pop(tool_id, None)
                if definition is not None:  # Else it was removed by another call in the meantime.
                    self._autosave.forget(tool_id)
                    removed.append(definition)
        finally:
            # Once for all of them: it looks at every tool.
            if removed:
                self._publish()
                for definition in removed:
                    self.on_removed.emit(definition.tool.name)
        return tuple(removed)

    async def restore(self, tool_id: str) -> None:
        """Bring a removed tool back. Raises StorageError."""
        await self._store.restore(tool_id)
        await self.load()

    def sample_of_builtin(self, name: str) -> str:
        """The sample arguments typed for a built-in tool."""
        record = self._samples.get(BUILTIN_PREFIX + name)
        return record.sample if record is not None else ""

    def set_sample_of_builtin(self, name: str, sample: str) -> None:
        record = ToolDefinition(BUILTIN_PREFIX + name, FunctionTool(name, "", {}), "builtin", sample=sample)
        if self._samples.get(record.id) != record:
            self._samples[record.id] = record
            self._autosave.save_soon(record)

    async def try_out(self, tool_id: str, arguments: str) -> str | None:
        """Call a tool with these arguments and return what the model would get; None where the user answers.

        Raises ToolError as `Toolbox.call`.
        """
        await self._check_all((tool_id,))
        definition = self._tools[tool_id]
        checked = await asyncio.to_thread(checked_arguments, definition.tool, arguments)
        return None if definition.answer == "ask" else await self._runnable(definition).result(checked)

    # -- exchange

    async def import_text(self, text: str) -> ImportReport:
        """Add the tools of a text in JSON; one that is here already stays as it is, a taken name gets a number."""
        read = await asyncio.to_thread(read_tools, text)
        added: list[AddedTool] = []
        known: list[str] = []
        refused = list(read.refused)
        here, names = {_content(each.tool) for each in self._tools.values()}, self._names()
        for spec in read.tools:
            if _content(spec) in here:
                known.append(spec.name)
            elif len(self._tools) >= MAX_TOOLS:
                refused.append(RefusedTool(spec.name, Refusal.TOO_MANY))
            else:
                name = free_name(spec.name, names)
                named = msgspec.structs.replace(spec, name=name)
                here.add(_content(named))
                names.add(name)
                # A millisecond apart, so that they stay in the order of the text.
                created = self._now() + len(added) / 1000
                definition = ToolDefinition(new_id(), named, created=created)
                self._tools[definition.id] = definition
                self._autosave.save_soon(definition)
                added.append(AddedTool(definition.id, spec.name, name))
        await self._check_all([each.id for each in added])
        return ImportReport(read, tuple(added), tuple(known), tuple(refused))

    async def import_file(self, path: Path) -> ImportReport:
        """Add the tools of a file in JSON, as `import_text`. Raises StorageError."""
        return await self.import_text(await asyncio.to_thread(self._files.read, path))

    async def export_file(self, path: Path) -> None:
        """Write all tools as the JSON array that the API takes. Raises StorageError."""
        text = write_tools(each.tool for each in self._tools.values())
        await asyncio.to_thread(self._files.write, path, text)

    async def aclose(self) -> None:
        """Save everything."""
        for check in self._checks.values():
            check.cancel()
        await self._autosave.aclose()

    # -- inner

    def _names(self) -> set[str]:
        return {each.tool.name for each in self._tools.values()} | set(self._toolbox.builtin)

    def _change_spec(self, tool_id: str, **fields: Any) -> None:
        self._replace(
            tool_id,
            lambda definition: msgspec.structs.replace(
                definition, tool=msgspec.structs.replace(definition.tool, **fields)
            ),
        )

    def _replace(self, tool_id: str, changed: Callable[[ToolDefinition], ToolDefinition]) -> None:
        before = self._tools.get(tool_id)
        if before is not None and self._put(changed(before)):
            self._publish()

    def _put(self, after: ToolDefinition) -> bool:
        """Replace a tool by its new version, and save it; true if that differs."""
        if self._tasks.closed or after == self._tools[after.id]:
            return False
        self._tools[after.id] = after
        self._autosave.save_soon(after)
        return True

    def _check_soon(self, tool_id: str) -> None:
        earlier = self._checks.pop(tool_id, None)
        if earlier is not None:
            earlier.cancel()
        if not self._tasks.refusing:
            self._checks[tool_id] = self._tasks.spawn(self._check_later(tool_id), "check a schema")

    async def _check_later(self, tool_id: str) -> None:
        await asyncio.sleep(CHECK_SECONDS)
        await self._check_all((tool_id,))

    async def _check_all(self, tool_ids: Iterable[str]) -> None:
        texts = {tool_id: self._tools[tool_id].schema_text for tool_id in tool_ids if tool_id in self._tools}
        if texts:
            checked = await asyncio.to_thread(lambda: {key: check_schema(text) for key, text in texts.items()})
            for tool_id, result in checked.items():
                definition = self._tools.get(tool_id)
                if definition is None or definition.schema_text != result.text:
                    continue  # It was changed or removed meanwhile.
                self._checked[tool_id] = result
                if result.problem is None and result.parameters != definition.tool.parameters:
                    spec = msgspec.structs.replace(definition.tool, parameters=result.parameters)
                    self._put(msgspec.structs.replace(definition, tool=spec))
        self._publish()

    def _publish(self) -> None:
        """Offer what holds."""
        self._owners = {each.tool.name: each.id for each in reversed(self._tools.values())}
        tools = [self._runnable(each) for each in self._tools.values() if self.state(each.id).holds]
        former = {name: each.tool.name for each in self._tools.values() for name in each.former}
        self._toolbox.set_own(tools, former)
        self.on_change.emit()

    def _runnable(self, definition: ToolDefinition) -> Tool:
        async def run(arguments: dict[str, Any]) -> Any:
            if definition.answer == "builtin":
                inner = self._toolbox.builtin[definition.builtin]
                # The arguments fit the user's schema, and must fit that of the tool which answers.
                await self._toolbox.check(definition.builtin, msgspec.json.encode(arguments).decode())
                return await inner.run(arguments)
            return definition.result

        return Tool(definition.tool, run, asks_user=definition.answer == "ask")


def _content(tool: FunctionTool) -> tuple[str, str, str]:
    """What two tools have in common that are the same: name, description and parameters."""
    return tool.name, tool.description, json.dumps(tool.parameters or no_parameters(), sort_keys=True)
