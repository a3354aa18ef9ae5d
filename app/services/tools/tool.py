"""Tools: the specification sent to the model, and the function that answers a call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, NamedTuple

from app.core.errors import Code, ToolError, WorkbenchError
from app.core.messages import Media, ToolProgress
from app.core.requests import FunctionTool
from app.services.tools.argument_check import checked_arguments

Run = Callable[[dict[str, Any]], Awaitable[Any]]
Progress = Callable[[ToolProgress], None]
RESULT_LIMIT = 100_000
"""Maximum characters of a result sent to the model; a longer one is cut and marked."""


class ToolResult(NamedTuple):
    """What a tool answered: the text for the model, and images and sounds for the user.

    Attributes:
        dropped: parts that can't be shown.
        mismatch: it is not what the tool's own description promises.
    """

    text: str
    media: tuple[Media, ...] = ()
    dropped: int = 0
    mismatch: bool = False


Serve = Callable[[dict[str, Any], Progress | None], Awaitable[ToolResult]]


class Tool:
    """A callable function.

    Attributes:
        spec: name, description and schema as sent to the model.
        run: takes the checked arguments, returns anything JSON can hold; raises ToolError for bad values.
        timeout: seconds it may take.
        asks_user: the user answers each call; `run` is not used.
        key: what a conversation chooses it by, and the user allows; the name unless a server has the tool.
    """

    def __init__(
        self, spec: FunctionTool, run: Run, *, timeout: float = 30.0, asks_user: bool = False, key: str = "",
        serve: Serve | None = None,
    ) -> None:  # fmt: skip
        """`serve` is used in place of `run`, and has time limits of its own."""
        self.spec = spec
        self.run = run
        self.timeout = timeout
        self.asks_user = asks_user
        self.key = key or spec.name
        self._serve = serve

    async def outcome(self, arguments: dict[str, Any], progress: Progress | None = None) -> ToolResult:
        """Run with checked arguments; raises as `result`."""
        if self._serve is not None:
            return await self._serve(arguments, progress)
        return ToolResult(await self.result(arguments))

    async def result(self, arguments: dict[str, Any]) -> str:
        """Run with checked arguments and return the text for the model.

        Raises ToolError: TOOL_FAILED (`reason`) if the tool fails or times out, and what the tool itself raises.
        """
        name = self.spec.name
        try:
            async with asyncio.timeout(self.timeout):
                result = await self.run(arguments)
            text = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)
        except TimeoutError:
            raise ToolError(Code.TOOL_FAILED, name=name, reason=f"no result within {self.timeout:g} s") from None
        except WorkbenchError:
            raise
        except Exception as error:
            raise ToolError(Code.TOOL_FAILED, name=name, reason=f"{type(error).__name__}: {error}") from error
        return text if len(text) <= RESULT_LIMIT else text[:RESULT_LIMIT] + "\n[cut]"


class Toolbox:
    """The tools that can be offered to the model, by name: built-in ones, and the user's own."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        self._builtin = {tool.spec.name: tool for tool in tools}
        self._own: dict[str, Tool] = {}
        self._served: dict[str, Tool] = {}
        self._former: dict[str, str] = {}

    @property
    def builtin(self) -> Mapping[str, Tool]:
        """The built-in tools, in the order in which they are shown."""
        return self._builtin

    def set_own(self, tools: Iterable[Tool], former: Mapping[str, str]) -> None:
        """Replace the user's own tools; `former` has their present names by earlier ones."""
        self._own = {tool.spec.name: tool for tool in tools if tool.spec.name not in self._builtin}
        self._former = dict(former)

    def set_served(self, tools: Iterable[Tool]) -> None:
        """Replace the tools of servers; each has a key that is not its name."""
        self._served = {tool.key: tool for tool in tools}

    @property
    def names(self) -> frozenset[str]:
        """The names that all tools but those of servers have, or had: conversations may still choose them by these."""
        return frozenset((*self._builtin, *self._own, *self._former))

    def find(self, name: str) -> Tool | None:
        """The tool of this name or key, or the one that had it before; None if there is none, or it is off."""
        tool = self._builtin.get(name) or self._own.get(name) or self._served.get(name)
        if tool is None:
            tool = self._own.get(self._former.get(name, ""))
        if tool is None:
            tool = next((each for each in self._served.values() if each.spec.name == name), None)
        return tool

    def specs(self, names: Iterable[str] | None = None) -> tuple[FunctionTool, ...]:
        """Return the specifications of all tools, or of the named ones that exist, each once."""
        if names is None:
            tools = (*self._builtin.values(), *self._own.values(), *self._served.values())
            return tuple(tool.spec for tool in tools)
        found = {tool.spec.name: tool.spec for name in names if (tool := self.find(name)) is not None}
        return tuple(found.values())

    async def check(self, name: str, arguments: str) -> dict[str, Any]:
        """Return the decoded arguments of a call.

        Raises ToolError: TOOL_UNKNOWN, TOOL_ARGUMENTS (`reason`) if they don't fit the tool's schema.
        """
        tool = self.find(name)
        if tool is None:
            raise ToolError(Code.TOOL_UNKNOWN, name=name)
        # In a thread: a schema of the user's may be large, and the first check imports the library.
        return await asyncio.to_thread(checked_arguments, tool.spec, arguments)

    async def call(self, name: str, arguments: str) -> str:
        """Check and run one call and return the text for the model. Raises ToolError as `check` and `Tool.result`."""
        return (await self.outcome(name, arguments)).text

    async def outcome(self, name: str, arguments: str, key: str = "", progress: Progress | None = None) -> ToolResult:
        """Check and run one call. Raises as `call`, and TOOL_UNKNOWN if `key` is that of another tool.

        A call that was allowed for one tool is not run by another that has got its name since.
        """
        checked = await self.check(name, arguments)
        tool = self.find(name)
        # It may have been removed while its arguments were checked.
        if tool is None or (key and tool.key != key):
            raise ToolError(Code.TOOL_UNKNOWN, name=name)
        return await tool.outcome(checked, progress)


_UNSAID = frozenset(
    {Code.SERVER_DIED, Code.SERVER_NOT_STARTED, Code.SERVER_NOT_MCP, Code.SERVER_UNREACHABLE, Code.SERVER_PROXY}
)
"""Their reasons may contain paths of this computer, which the model does not get."""


def words_for_model(error: WorkbenchError) -> str:
    """Return the result sent to the model when a tool failed: an object with `error`, as it was trained with."""
    reason = (error.params.get("reason") if error.code not in _UNSAID else "") or str(error.code)
    return json.dumps({"error": reason}, ensure_ascii=False)
