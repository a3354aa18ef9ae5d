"""The tools of a server as the window gets them; what can't be a tool is left out and named."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import mcp_types as types
from mcp.client.session import ClientSession

from app.core.mcp_wire import MAX_DESCRIPTION_CHARS, MAX_SCHEMA_BYTES, MAX_TOOLS, ToolFound

MAX_PAGES = 40


class Listing(NamedTuple):
    """What a server offers; `refused` are names of what it calls tools and can't be used."""

    tools: tuple[ToolFound, ...]
    refused: tuple[str, ...]


class ToolSieve:
    """Removes what is no tool from a list before the package checks it, which would refuse the whole list."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def sift(self, result: Any) -> Any:
        """A received result without the tools that can't be used."""
        if not isinstance(result, dict) or not isinstance(result.get("tools"), list):
            return result
        kept = []
        for tool in result["tools"]:
            if _is_tool(tool):
                # What the window does not show can't make the package refuse the tool.
                kept.append({key: tool[key] for key in ("name", "title", "description", "inputSchema") if key in tool})
                kept[-1] |= _output_schema(tool) | _annotations(tool)
            elif len(self.refused) < MAX_TOOLS:
                name = tool.get("name") if isinstance(tool, dict) else None
                self.refused.append(name[:100] if isinstance(name, str) else "")
        return result | {"tools": kept}


def _is_tool(tool: Any) -> bool:
    if not isinstance(tool, dict):
        return False
    name, schema = tool.get("name"), tool.get("inputSchema")
    return (
        isinstance(name, str)
        and 0 < len(name) <= 200
        and isinstance(schema, dict)
        and schema.get("type") == "object"
        and isinstance(tool.get("description", ""), str | None)
        and isinstance(tool.get("title", ""), str | None)
        and len(json.dumps(schema)) <= MAX_SCHEMA_BYTES
    )


def _output_schema(tool: dict[str, Any]) -> dict[str, Any]:
    schema = tool.get("outputSchema")
    return {"outputSchema": schema} if isinstance(schema, dict) and schema.get("type") == "object" else {}


def _annotations(tool: dict[str, Any]) -> dict[str, Any]:
    given = tool.get("annotations")
    if not isinstance(given, dict):
        return {}
    return {"annotations": {key: value for key, value in given.items() if isinstance(value, bool)}}


async def listed_tools(session: ClientSession, server: str, run: int, sieve: ToolSieve) -> Listing:
    """Ask for all pages of the list."""
    sieve.refused.clear()
    found: dict[str, types.Tool] = {}
    cursor: str | None = None
    for _ in range(MAX_PAGES):
        params = types.PaginatedRequestParams(cursor=cursor) if cursor is not None else None
        page = await session.list_tools(params=params)
        for tool in page.tools:
            if tool.name in found or len(found) >= MAX_TOOLS:
                sieve.refused.append(tool.name[:100])
            else:
                found[tool.name] = tool
        if page.next_cursor is None or page.next_cursor == cursor:
            break
        cursor = page.next_cursor
    tools = tuple(_reported(tool, server, run, place) for place, tool in enumerate(found.values()))
    return Listing(tools, tuple(sieve.refused[:50]))


def _reported(tool: types.Tool, server: str, run: int, place: int) -> ToolFound:
    notes = tool.annotations
    writes = notes is not None and (notes.read_only_hint is False or bool(notes.destructive_hint))
    return ToolFound(
        server,
        run,
        place,
        tool.name,
        (tool.title or "")[:200],
        (tool.description or "")[:MAX_DESCRIPTION_CHARS],
        tool.input_schema,
        writes=writes,
    )
