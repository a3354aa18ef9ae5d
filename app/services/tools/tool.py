"""Tools: the specification sent to the model, and the function that answers a call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from app.core.errors import Code, ToolError, WorkbenchError
from app.core.requests import FunctionTool

Run = Callable[[dict[str, Any]], Awaitable[Any]]
RESULT_LIMIT = 100_000
"""Maximum characters of a result sent to the model; a longer one is cut and marked."""


class Tool:
    """A callable function.

    Attributes:
        spec: name, description and schema as sent to the model.
        run: takes the checked arguments, returns anything JSON can hold; raises ToolError for bad values.
        timeout: seconds it may take.
    """

    def __init__(self, spec: FunctionTool, run: Run, *, timeout: float = 30.0) -> None:
        self.spec = spec
        self.run = run
        self.timeout = timeout


class Toolbox:
    """The tools that are offered to the model, by name."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        self._tools = {tool.spec.name: tool for tool in tools}

    def specs(self, names: Iterable[str] | None = None) -> tuple[FunctionTool, ...]:
        """Return the specifications of all tools, or of the named ones that exist."""
        chosen = self._tools if names is None else [name for name in names if name in self._tools]
        return tuple(self._tools[name].spec for name in chosen)

    async def call(self, name: str, arguments: str) -> str:
        """Run one call and return the text for the model.

        Raises ToolError: TOOL_UNKNOWN, TOOL_ARGUMENTS (`reason`) if the arguments are invalid, TOOL_FAILED (`reason`)
        if the tool fails or times out.
        """
        tool = self._tools.get(name)
        if tool is None:
            raise ToolError(Code.TOOL_UNKNOWN, name=name)
        checked = checked_arguments(tool.spec, arguments)
        try:
            async with asyncio.timeout(tool.timeout):
                result = await tool.run(checked)
            text = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)
        except TimeoutError:
            raise ToolError(Code.TOOL_FAILED, name=name, reason=f"no result within {tool.timeout:g} s") from None
        except WorkbenchError:
            raise
        except Exception as error:
            raise ToolError(Code.TOOL_FAILED, name=name, reason=f"{type(error).__name__}: {error}") from error
        return text if len(text) <= RESULT_LIMIT else text[:RESULT_LIMIT] + "\n[cut]"


def checked_arguments(spec: FunctionTool, arguments: str) -> dict[str, Any]:
    """Parse the arguments and validate them against the schema. Raises ToolError(TOOL_ARGUMENTS)."""
    values: dict[str, Any] = {}
    try:
        values = json.loads(arguments or "{}")
        reason = _fault(spec, values) if isinstance(values, dict) else "not a JSON object"
    except ValueError as error:
        reason = f"not JSON: {error}"
    except RecursionError:
        reason = "nested too deeply"
    if reason:
        raise ToolError(Code.TOOL_ARGUMENTS, name=spec.name, reason=reason)
    return values


def _fault(spec: FunctionTool, values: dict[str, Any]) -> str:
    """Return the first schema violation, or an empty string."""
    from jsonschema import Draft202012Validator  # 60 ms to import; only calls need it

    fault = next(iter(Draft202012Validator(spec.parameters).iter_errors(values)), None)
    if fault is None:
        return ""
    where = ".".join(str(step) for step in fault.absolute_path)
    return f"{where}: {fault.message}" if where else fault.message


def words_for_model(error: WorkbenchError) -> str:
    """Return the result sent to the model when a tool failed: an object with `error`, as it was trained with."""
    reason = error.params.get("reason") or str(error.code)
    return json.dumps({"error": reason}, ensure_ascii=False)
