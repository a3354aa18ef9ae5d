"""The stored form of a reply's events: `[[step, seconds, event name, fields], …]` as JSON."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from app.core import events
from app.core.events import ChatEvent

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        events.Started,
        events.ThinkingDelta,
        events.AnswerWasThinking,
        events.SignatureDelta,
        events.TextDelta,
        events.ToolCallDelta,
        events.SourcesFound,
        events.SearchFailed,
        events.UsageReported,
        events.Finished,
        events.Waiting,
        events.Sending,
    )
}


for _kind in _KINDS.values():
    # On one thread: msgspec crashes if two threads use a struct for the first time at once.
    msgspec.json.Decoder(_kind)


class ReplayEvent(NamedTuple):
    """One event, the step (exchange) of the message, and seconds since that step's request was sent."""

    step: int
    at: float
    event: ChatEvent


def event_row(event: ReplayEvent) -> list[Any]:
    return [event.step, round(event.at, 4), type(event.event).__name__, event.event]


def decode_events(body: bytes) -> list[ReplayEvent]:
    """Decode events; unknown kinds written by a newer program are skipped."""
    rows = msgspec.json.decode(body, type=list[tuple[int, float, str, dict[str, Any]]])
    known = (row for row in rows if row[2] in _KINDS)
    return [ReplayEvent(step, at, msgspec.convert(fields, _KINDS[kind])) for step, at, kind, fields in known]
