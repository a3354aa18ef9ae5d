"""Stored calls for the inspector, and user-defined tools."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from app.core.bounds import bound
from app.core.requests import FunctionTool


class TimedText(msgspec.Struct, frozen=True):
    """One event of a response: seconds from the start of the call, the event's name, its unchanged text."""

    at: float
    name: str
    content: str

    def __post_init__(self) -> None:
        bound(self, durations=("at",))


class CallRecord(msgspec.Struct, frozen=True):
    """One call, chat or speech, as sent over the wire; keys are masked before it is stored.

    Attributes:
        owner: id of the message or take that the call produced.
        started: Unix time in seconds; `seconds` is the duration.
        request: the JSON that was sent, with long media replaced by their size.
        status: HTTP status, None without a response.
        response: the body, with the middle of a long one left out; `left_out` is the number of bytes left out.
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

    def __post_init__(self) -> None:
        bound(
            self,
            counts=("attempts", "request_bytes", "response_bytes", "left_out"),
            timestamps=("started",),
            durations=("seconds", "first_event"),
        )


class ToolDefinition(msgspec.Struct, frozen=True):
    """A function tool defined by the user, and its answer: entered by the user for each call, or a fixed `result`."""

    id: str
    tool: FunctionTool
    answer: Literal["ask", "canned"] = "ask"
    result: str = ""
    enabled: bool = True
    created: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created",))
