"""Stored calls for the inspector."""

from __future__ import annotations

from typing import Any

import msgspec

from app.core.bounds import bound
from app.core.call_timeline import CallTimeline


class TimedText(msgspec.Struct, frozen=True):
    """One event of a response: seconds from the start of the call, the event's name, its unchanged text."""

    at: float
    name: str
    content: str

    def __post_init__(self) -> None:
        bound(self, durations=("at",))


class TryRecord(msgspec.Struct, frozen=True):
    """One request of a call; a call that is retried has several.

    Attributes:
        at: seconds from the start of the call. Likewise `sent` (last byte sent), `answered` (response headers received)
            and `ended`; None for what did not happen.
        status: HTTP status, None without an answer.
        error: code of its failure.
        response: the beginning of the body, for one that was followed by another.
    """

    at: float = 0.0
    sent: float | None = None
    answered: float | None = None
    ended: float | None = None
    status: int | None = None
    headers: dict[str, str] = {}
    error: str = ""
    response: str = ""

    def __post_init__(self) -> None:
        bound(self, durations=("at", "sent", "answered", "ended"))


class CallSummary(msgspec.Struct, frozen=True):
    """What a list shows of a stored call; the fields are those of `CallRecord`."""

    id: str
    kind: str
    profile: str = ""
    model: str = ""
    url: str = ""
    started: float = 0.0
    seconds: float = 0.0
    attempts: int = 1
    status: int | None = None
    error: str = ""
    tries: tuple[TryRecord, ...] = ()
    edited: bool = False
    stopped: bool = False

    def __post_init__(self) -> None:
        bound(self, counts=("attempts",), timestamps=("started",), durations=("seconds",))


class CallRecord(msgspec.Struct, frozen=True):
    """One call, chat or speech, as sent over the wire; keys are masked before it is stored.

    Attributes:
        owner: id of the message or take that the call produced.
        started: Unix time in seconds; `seconds` is the duration.
        request: the JSON that was sent, with long media replaced by their size.
        status: HTTP status, None without a response.
        response: the body, with the middle of a long one left out; `left_out` is the number of bytes left out.
        error: code of the failure; `error_params` as in WorkbenchError.
        events: the first events, each with the beginning of its text; `event_count` is the number of all.
        tries: all requests in order; empty in records of earlier versions.
        timeline: when what arrived; None in records of earlier versions.
        edited: the request was changed by the user before it was sent.
        stopped: the user ended the call before the service did.
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
    event_count: int = 0
    tries: tuple[TryRecord, ...] = ()
    timeline: CallTimeline | None = None
    edited: bool = False
    stopped: bool = False

    def __post_init__(self) -> None:
        bound(
            self,
            counts=("attempts", "request_bytes", "response_bytes", "left_out", "event_count"),
            timestamps=("started",),
            durations=("seconds", "first_event"),
        )
