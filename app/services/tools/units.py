"""Unit conversion: length, mass, volume, speed, time, data, energy, pressure, area, temperature."""

from __future__ import annotations

from typing import Any

from app.core.errors import Code, ToolError
from app.core.requests import FunctionTool
from app.services.tools.tool import Tool

_FACTORS: dict[str, dict[str, float]] = {
    "length": {"m": 1, "km": 1e3, "cm": 1e-2, "mm": 1e-3, "mi": 1609.344, "yd": 0.9144, "ft": 0.3048, "in": 0.0254,
               "nmi": 1852, "里": 500, "尺": 1 / 3, "寸": 1 / 30},
    "mass": {"kg": 1, "g": 1e-3, "mg": 1e-6, "t": 1e3, "lb": 0.45359237, "oz": 0.028349523125, "斤": 0.5, "两": 0.05},
    "volume": {"l": 1, "ml": 1e-3, "m3": 1e3, "gal": 3.785411784, "pt": 0.473176473, "cup": 0.2365882365,
               "floz": 0.0295735295625},
    "speed": {"m/s": 1, "km/h": 1 / 3.6, "mph": 0.44704, "kn": 1852 / 3600},
    "time": {"s": 1, "min": 60, "h": 3600, "d": 86_400, "week": 604_800},
    "data": {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30},
    "energy": {"J": 1, "kJ": 1e3, "cal": 4.184, "kcal": 4184, "Wh": 3600, "kWh": 3.6e6},
    "pressure": {"Pa": 1, "hPa": 100, "kPa": 1e3, "bar": 1e5, "atm": 101_325, "psi": 6894.757293168},
    "area": {"m2": 1, "km2": 1e6, "ha": 1e4, "acre": 4046.8564224, "ft2": 0.09290304, "亩": 2000 / 3},
}  # fmt: skip
_TEMPERATURES = ("C", "F", "K")
UNITS = tuple(unit for units in _FACTORS.values() for unit in units) + _TEMPERATURES

SPEC = FunctionTool(
    name="convert_units",
    description="Convert a value between units of the same kind.",
    parameters={
        "type": "object",
        "properties": {
            "value": {"type": "number"},
            "from": {"type": "string", "enum": list(UNITS)},
            "to": {"type": "string", "enum": list(UNITS)},
        },
        "required": ["value", "from", "to"],
        "additionalProperties": False,
    },
)


def convert(value: float, source: str, target: str) -> float:
    """Convert `value` from `source` to `target`. Raises ValueError if the units are of different kinds."""
    if source in _TEMPERATURES and target in _TEMPERATURES:
        return _from_kelvin(_to_kelvin(value, source), target)
    for units in _FACTORS.values():
        if source in units and target in units:
            return value * units[source] / units[target]
    raise ValueError(f"{source} and {target} are not of the same kind")


def _to_kelvin(value: float, unit: str) -> float:
    return {"K": value, "C": value + 273.15, "F": (value - 32) * 5 / 9 + 273.15}[unit]


def _from_kelvin(value: float, unit: str) -> float:
    return {"K": value, "C": value - 273.15, "F": (value - 273.15) * 9 / 5 + 32}[unit]


def units_tool() -> Tool:
    """Return the tool for `convert`; results have ten significant digits."""

    async def run(arguments: dict[str, Any]) -> dict[str, Any]:
        try:
            result = convert(arguments["value"], arguments["from"], arguments["to"])
        except ValueError as error:
            raise ToolError(Code.TOOL_ARGUMENTS, name=SPEC.name, reason=str(error)) from None
        return {"value": float(f"{result:.10g}"), "unit": arguments["to"]}

    return Tool(SPEC, run)
