"""What is kept of a call for the inspector, and a tool of one's own."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from app.core.requests import FunctionTool


class TimedText(msgspec.Struct, frozen=True):
    """One event of a response: seconds from the start of the call, the event's name, its text as it came."""

    at: float
    name: str
    content: str


class CallRecord(msgspec.Struct, frozen=True):
    """One call, chat or voice, as it went over the wire; keys are masked before it is kept.

    Attributes:
        owner: id of the message or take it was made for.
        started: Unix time in seconds; `seconds` until its end.
        request: the JSON that was sent, long media replaced by their size.
        status: HTTP status, None without an answer.
        response: the body, cut where it is long; `left_out` counts the bytes that are not kept of it.
        error: code of the failure; `error_params` as in WorkbenchError.
    """

    id: str
    kind: str
    profile: str = ""
    model: str = ""
    owner: str = ""
    method: str = "POST"
    url: str = ""
    started: float = 0.0
    seconds: float = 0.0
    first_event: float | None = None
    attempts: int = 1
    request_headers: dict[str, str] = {}
    request: str = ""
    request_bytes: int = 0
    status: int | None = None
    response_headers: dict[str, str] = {}
    response: str = ""
    response_bytes: int = 0
    left_out: int = 0
    events: tuple[TimedText, ...] = ()
    error: str = ""
    error_params: dict[str, Any] = {}


class ToolDefinition(msgspec.Struct, frozen=True):
    """A function tool a person defined and who answers it: that person, or always the same `result`."""

    id: str
    tool: FunctionTool
    answer: Literal["ask", "canned"] = "ask"
    result: str = ""
    enabled: bool = True
    created: float = 0.0
