"""The clock: date and time, here or in a named time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.core.errors import Code, ToolError
from app.core.requests import FunctionTool
from app.services.tools.tool import Tool

SPEC = FunctionTool(
    name="get_current_time",
    description="Current date, time and weekday, in the user's time zone or in the IANA time zone given.",
    parameters={
        "type": "object",
        "properties": {
            "timezone": {"type": "string", "description": "IANA name such as Asia/Shanghai; leave out for local time"}
        },
        "additionalProperties": False,
    },
)


def clock_tool(now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> Tool:
    """Return the clock tool; `now` returns an aware local time."""

    async def run(arguments: dict[str, Any]) -> dict[str, str]:
        moment = now()
        if name := arguments.get("timezone"):
            from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # Nearly 1 MB, and seldom asked for.

            try:
                moment = moment.astimezone(ZoneInfo(name))
            except (ZoneInfoNotFoundError, ValueError, OSError):
                raise ToolError(Code.TOOL_ARGUMENTS, name=SPEC.name, reason=f"unknown time zone: {name}") from None
        return {
            "datetime": moment.isoformat(timespec="seconds"),
            "weekday": moment.strftime("%A"),
            "timezone": str(moment.tzname()),
        }

    return Tool(SPEC, run)
