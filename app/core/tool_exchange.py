"""Tool definitions as JSON: the array that the API takes, and the other forms in which people pass them on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from app.core.json_positions import JsonError, line_and_column, read_with_positions
from app.core.requests import FunctionTool
from app.core.schema_check import MAX_SCHEMA_LENGTH

MAX_IMPORT_LENGTH = 5_000_000
"""Characters of a text with tool definitions."""
MAX_DESCRIPTION_LENGTH = 50_000


class Refusal(StrEnum):
    """Why a tool, or a whole text, could not be imported."""

    NOT_JSON = "not-json"
    TOO_LONG = "too-long"
    NO_TOOLS = "no-tools"
    NOT_A_FUNCTION = "not-a-function"
    NO_NAME = "no-name"
    NO_SCHEMA = "no-schema"
    SCHEMA_TOO_LONG = "schema-too-long"
    DESCRIPTION = "description"
    TOO_MANY = "too-many"


class RefusedTool(NamedTuple):
    """A tool that could not be imported. `label` is its name or its type, empty if it has neither."""

    label: str
    reason: Refusal


class ReadTools(NamedTuple):
    """What a text of tool definitions holds.

    Attributes:
        without_parameters: names of tools that came without a schema; they got one of an object without fields.
        refusal: why nothing of it could be read; then `line` and `column` say where, if it is no JSON.
    """

    tools: tuple[FunctionTool, ...] = ()
    refused: tuple[RefusedTool, ...] = ()
    without_parameters: tuple[str, ...] = ()
    refusal: Refusal | None = None
    line: int = 0
    column: int = 0


def read_tools(text: str) -> ReadTools:
    """Read tools from the API's array, one tool, a request with `tools`, or Anthropic's form with `input_schema`.

    Names and schemas are not checked here.
    """
    if len(text) > MAX_IMPORT_LENGTH:
        return ReadTools(refusal=Refusal.TOO_LONG)
    try:
        value = read_with_positions(text.lstrip("\ufeff")).value
    except JsonError as error:
        line, column = line_and_column(text, error.offset)
        return ReadTools(refusal=Refusal.NOT_JSON, line=line, column=column)
    if isinstance(value, dict) and isinstance(value.get("tools"), list):
        value = value["tools"]
    entries = value if isinstance(value, list) else [value]
    if not entries or not any(isinstance(entry, dict) for entry in entries):
        return ReadTools(refusal=Refusal.NO_TOOLS)
    tools: list[FunctionTool] = []
    refused: list[RefusedTool] = []
    without: list[str] = []
    for entry in entries:
        read = _read_one(entry)
        if isinstance(read, FunctionTool):
            if not read.parameters:
                without.append(read.name)
                read = msgspec.structs.replace(read, parameters=no_parameters())
            tools.append(read)
        else:
            refused.append(read)
    return ReadTools(tuple(tools), tuple(refused), tuple(without))


def no_parameters() -> dict[str, Any]:
    """The schema of a tool that takes nothing: an object without fields."""
    return {"type": "object", "properties": {}}


def write_tools(tools: Iterable[FunctionTool]) -> str:
    """The JSON array that the API takes, indented."""
    entries = []
    for tool in tools:
        function: dict[str, Any] = {
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.parameters or no_parameters(),
        }
        if tool.strict:
            function["strict"] = True
        entries.append({"type": "function", "function": function})
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _read_one(entry: Any) -> FunctionTool | RefusedTool:
    if not isinstance(entry, dict):
        return RefusedTool("", Refusal.NOT_A_FUNCTION)
    nested = entry.get("function")
    function = nested if isinstance(nested, dict) else entry
    kind, name = entry.get("type"), function.get("name")
    label = name if isinstance(name, str) else kind if isinstance(kind, str) else ""
    if kind not in (None, "function", "custom"):
        return RefusedTool(label[:100], Refusal.NOT_A_FUNCTION)
    if not isinstance(name, str) or not name.strip():
        return RefusedTool("" if label == kind else label[:100], Refusal.NO_NAME)
    description = function.get("description") or ""
    if not isinstance(description, str) or len(description) > MAX_DESCRIPTION_LENGTH:
        return RefusedTool(label[:100], Refusal.DESCRIPTION)
    schema: object = next(
        (function[key] for key in ("parameters", "input_schema", "inputSchema") if key in function), {}
    )
    if schema is None:
        schema = {}
    if not isinstance(schema, dict):
        return RefusedTool(label[:100], Refusal.NO_SCHEMA)
    if len(json.dumps(schema, ensure_ascii=False)) > MAX_SCHEMA_LENGTH:
        return RefusedTool(label[:100], Refusal.SCHEMA_TOO_LONG)
    return FunctionTool(name, description, schema, function.get("strict") is True)
