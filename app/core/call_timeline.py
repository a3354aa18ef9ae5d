"""The pace of one call: when what arrived, and how many events per stretch of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from app.core.bounds import bound

Sort = Literal["thinking", "answer", "sound", "other"]
SORTS: tuple[Sort, ...] = ("thinking", "answer", "sound", "other")
BIN_WIDTHS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)
"""Seconds."""
_ROUNDING = 1e-9
MAX_BINS = 100
"""Bins of the narrowest width that still shows a whole call; a longer call has wider ones."""


class CallTimeline(msgspec.Struct, frozen=True):
    """When what happened in a call. Times are seconds from the start; None for what has not happened.

    Attributes:
        sent: the last byte of the request was sent.
        first_byte: the service began to answer.
        first_thought, first_output: the first thinking, and the first text or sound (`output` says which).
        end: the call ended; None while it runs.
        span: seconds that the bins cover.
        bin_width: seconds of a bin.
        bins: events of each sort (as in `SORTS`) per bin.
        events: number of all events.
        gap, gap_from: the longest time without an event between the first byte and the last event, and its begin.
    """

    sent: float | None = None
    first_byte: float | None = None
    first_thought: float | None = None
    first_output: float | None = None
    output: Literal["text", "sound"] = "text"
    end: float | None = None
    span: float = 0.0
    bin_width: float = BIN_WIDTHS[0]
    bins: tuple[tuple[int, ...], ...] = ()
    events: int = 0
    gap: float = 0.0
    gap_from: float = 0.0

    def __post_init__(self) -> None:
        bound(
            self,
            counts=("events",),
            durations=("sent", "first_byte", "first_thought", "first_output", "end", "span", "gap", "gap_from"),
        )
        if self.bin_width not in BIN_WIDTHS or len(self.bins) > 2 * MAX_BINS:
            msgspec.structs.force_setattr(self, "bins", ())
            msgspec.structs.force_setattr(self, "bin_width", BIN_WIDTHS[0])
        if any(len(counts) != len(SORTS) or min(counts) < 0 for counts in self.bins):
            msgspec.structs.force_setattr(self, "bins", ())


def timeline_of(
    events: Iterable[tuple[float, Sort]], *, sent: float | None = None, first_byte: float | None = None,
    end: float | None = None, now: float = 0.0,
) -> CallTimeline:  # fmt: skip
    """The timeline of events: pairs of the time and what it carries. `now` is how long a running call has taken."""
    times = list(events)
    firsts: dict[Sort, float] = {}
    for at, sort in times:
        firsts.setdefault(sort, at)
    span = max((end if end is not None else now), times[-1][0] if times else 0.0)
    width = next((width for width in BIN_WIDTHS if span <= width * MAX_BINS), BIN_WIDTHS[-1])
    bins = [[0] * len(SORTS) for _ in range(min(2 * MAX_BINS, int(span / width + _ROUNDING) + 1))] if times else []
    for at, sort in times:
        bins[min(int(at / width + _ROUNDING), len(bins) - 1)][SORTS.index(sort)] += 1
    gap, gap_from = _longest_gap(first_byte, times)
    text, sound = firsts.get("answer"), firsts.get("sound")
    is_sound = sound is not None and (text is None or sound < text)
    return CallTimeline(
        sent, first_byte, firsts.get("thinking"), sound if is_sound else text, "sound" if is_sound else "text", end,
        span, width, tuple(tuple(counts) for counts in bins), len(times), gap, gap_from,
    )  # fmt: skip


def _longest_gap(first_byte: float | None, times: list[tuple[float, Sort]]) -> tuple[float, float]:
    longest, begin = 0.0, 0.0
    before = first_byte if first_byte is not None else times[0][0] if times else 0.0
    for at, _ in times:
        if at - before > longest:
            longest, begin = at - before, before
        before = at
    return longest, begin


class _Delta(msgspec.Struct):
    content: Any = None
    reasoning_content: Any = None
    audio: Any = None
    text: Any = None
    thinking: Any = None


class _Choice(msgspec.Struct):
    delta: _Delta | None = None
    message: _Delta | None = None


class _Event(msgspec.Struct):
    """What matters of an event: of the OpenAI protocol `choices`, of the other `delta` (WIRE.md sections 6 and 13)."""

    choices: list[_Choice] = []
    delta: _Delta | None = None
    content: Any = None


_decoder = msgspec.json.Decoder(_Event)


def sort_of(content: str) -> Sort:
    """What one event carries; "other" for usage, pings, tool calls and what is no JSON."""
    try:
        event = _decoder.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return "other"
    delta = event.delta
    if event.choices:
        delta = event.choices[0].delta or event.choices[0].message
    if delta is None:
        # A whole message of the Anthropic protocol.
        return "answer" if isinstance(event.content, list) and event.content else "other"
    if isinstance(delta.audio, dict) and delta.audio.get("data"):
        return "sound"
    if delta.content or delta.text:
        return "answer"
    return "thinking" if delta.reasoning_content or delta.thinking else "other"
