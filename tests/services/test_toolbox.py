"""Tools are called with checked arguments, and every way of failing has its code."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.core.errors import Code, ToolError
from app.core.requests import FunctionTool
from app.services.tools.clock import clock_tool
from app.services.tools.tool import RESULT_LIMIT, Tool, Toolbox, words_for_model
from app.services.tools.units import convert, units_tool

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def tool(run: Any, timeout: float = 5.0) -> Tool:
    schema = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}, "required": ["n"]}
    return Tool(FunctionTool("probe", "For tests.", schema), run, timeout=timeout)


async def echo(arguments: dict[str, Any]) -> Any:
    return arguments


async def failure(box: Toolbox, name: str, arguments: str) -> ToolError:
    with pytest.raises(ToolError) as raised:
        await box.call(name, arguments)
    return raised.value


async def test_a_result_is_json_text() -> None:
    assert json.loads(await Toolbox([tool(echo)]).call("probe", '{"n": 3}')) == {"n": 3}


@pytest.mark.parametrize(
    "arguments", ["", "{", pytest.param("[" * 100_000, id="deep"), "[1]", '{"n": 0}', '{"n": "three"}', '{"m": 1}']
)
async def test_arguments_that_do_not_fit(arguments: str) -> None:
    error = await failure(Toolbox([tool(echo)]), "probe", arguments)
    assert error.code == Code.TOOL_ARGUMENTS
    assert json.loads(words_for_model(error))["error"] == error.params["reason"]


async def test_unknown_tool() -> None:
    assert (await failure(Toolbox([]), "probe", "{}")).code == Code.TOOL_UNKNOWN


async def test_a_tool_that_breaks() -> None:
    async def breaks(arguments: dict[str, Any]) -> Any:
        raise KeyError("gone")

    error = await failure(Toolbox([tool(breaks)]), "probe", '{"n": 1}')
    assert error.code == Code.TOOL_FAILED
    assert "KeyError" in error.params["reason"]


@pytest.mark.parametrize("result", [{1, 2}, {("a", "b"): 1}])
async def test_a_result_that_is_no_json(result: Any) -> None:
    async def returns(arguments: dict[str, Any]) -> Any:
        return result

    error = await failure(Toolbox([tool(returns)]), "probe", '{"n": 1}')
    assert error.code == Code.TOOL_FAILED


async def test_a_tool_that_hangs() -> None:
    async def hangs(arguments: dict[str, Any]) -> Any:
        await asyncio.Event().wait()

    error = await failure(Toolbox([tool(hangs, timeout=0.01)]), "probe", '{"n": 1}')
    assert error.code == Code.TOOL_FAILED


async def test_a_huge_result_is_cut() -> None:
    async def huge(arguments: dict[str, Any]) -> Any:
        return "x" * (RESULT_LIMIT + 5)

    result = await Toolbox([tool(huge)]).call("probe", '{"n": 1}')
    assert result.endswith("[cut]")
    assert len(result) < RESULT_LIMIT + 10


def test_only_named_tools_are_offered() -> None:
    box = Toolbox([clock_tool(), units_tool()])
    assert [spec.name for spec in box.specs()] == ["get_current_time", "convert_units"]
    assert [spec.name for spec in box.specs(["convert_units", "no_such_tool"])] == ["convert_units"]


async def test_clock() -> None:
    clock = clock_tool(lambda: NOON)
    assert (await clock.run({}))["datetime"] == "2026-11-21T12:00:00+00:00"
    shanghai = await clock.run({"timezone": "Asia/Shanghai"})
    assert shanghai["datetime"] == "2026-11-21T20:00:00+08:00"
    assert shanghai["weekday"] == "Saturday"
    with pytest.raises(ToolError):
        await clock.run({"timezone": "Nowhere/Atlantis"})
    with pytest.raises(ToolError):
        await clock.run({"timezone": "../../etc/passwd"})


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        (1, "mi", "km", 1.609344),
        (100, "C", "F", 212),
        (0, "K", "C", -273.15),
        (2, "斤", "kg", 1),
        (90, "km/h", "m/s", 25),
    ],
)
def test_units(value: float, source: str, target: str, result: float) -> None:
    assert convert(value, source, target) == pytest.approx(result)


async def test_units_of_different_kinds() -> None:
    with pytest.raises(ToolError):
        await units_tool().run({"value": 1, "from": "kg", "to": "m"})
