"""Dice: random numbers, from the operating system's generator."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from app.core.requests import FunctionTool
from app.services.tools.tool import Tool

MAX_DICE = 100
MAX_SIDES = 1_000_000

SPEC = FunctionTool(
    name="roll_dice",
    description="Roll dice and return each number and their total. Also for any fair random whole number.",
    parameters={
        "type": "object",
        "properties": {
            "dice": {"type": "integer", "minimum": 1, "maximum": MAX_DICE, "description": "how many; 1 if left out"},
            "sides": {"type": "integer", "minimum": 2, "maximum": MAX_SIDES, "description": "6 if left out"},
        },
        "additionalProperties": False,
    },
)


def dice_tool(roll: Callable[[int], int] = lambda sides: secrets.randbelow(sides) + 1) -> Tool:
    """Return the dice tool; `roll` returns a number from 1 to the number of sides."""

    async def run(arguments: dict[str, Any]) -> dict[str, Any]:
        # JSON Schema takes 2.0 for an integer.
        sides = int(arguments.get("sides", 6))
        numbers = [roll(sides) for _ in range(int(arguments.get("dice", 1)))]
        return {"numbers": numbers, "total": sum(numbers)}

    return Tool(SPEC, run)
