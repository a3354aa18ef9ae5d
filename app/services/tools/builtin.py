"""The built-in tools. A new one is a module in this package and an entry here."""

from __future__ import annotations

from app.services.tools.calculator import calculator_tool
from app.services.tools.clock import clock_tool
from app.services.tools.dice import dice_tool
from app.services.tools.tool import Tool
from app.services.tools.units import units_tool


def builtin_tools() -> tuple[Tool, ...]:
    """All built-in tools, in the order in which they are shown."""
    return (clock_tool(), calculator_tool(), units_tool(), dice_tool())
