"""The tools that ship with the workbench."""

from __future__ import annotations

from app.services.tools.calculator import calculator_tool
from app.services.tools.clock import clock_tool
from app.services.tools.tool import Tool
from app.services.tools.units import units_tool


def builtin_tools() -> tuple[Tool, ...]:
    """Clock, calculator and unit conversion, in the order in which they are shown."""
    return (clock_tool(), calculator_tool(), units_tool())
