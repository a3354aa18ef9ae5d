"""The tools of running servers as the model gets them, each with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Any

from app.core.requests import FunctionTool
from app.core.tool_definitions import MAX_NAME_LENGTH, free_name
from app.core.tool_servers import ServerTool, ToolServer, tool_key
from app.services.tools.tool import Progress, Tool, ToolResult

RunTool = Callable[[str, str, dict[str, Any], Progress | None], Awaitable[ToolResult]]


def offered_tools(servers: Iterable[ToolServer], taken: Collection[str], run: RunTool) -> list[Tool]:
    """The tools of these servers. A name that is taken, or that the API does not allow, gets that of its server."""
    names = set(taken)
    tools = []
    for server in servers:
        for each in server.tools:
            name = (
                each.name if _fits(each.name) and each.name not in names else free_name(_long_name(server, each), names)
            )
            names.add(name)
            tools.append(_tool(server, each, name, run))
    return tools


def _fits(name: str) -> bool:
    return len(name) <= MAX_NAME_LENGTH and re.fullmatch(r"[a-zA-Z0-9_-]+", name) is not None


def _long_name(server: ToolServer, tool: ServerTool) -> str:
    return f"{re.sub(r'[^a-zA-Z0-9-]+', '-', server.name).strip('-')[:24]}_{tool.name}"


def _tool(server: ToolServer, tool: ServerTool, name: str, run: RunTool) -> Tool:
    async def serve(arguments: dict[str, Any], progress: Progress | None) -> ToolResult:
        return await run(server.id, tool.name, arguments, progress)

    async def no_run(arguments: dict[str, Any]) -> Any:
        return (await serve(arguments, None)).text

    spec = FunctionTool(name, tool.description or tool.title, tool.parameters)
    return Tool(spec, no_run, key=tool_key(server.id, tool.name), serve=serve)
