"""The timeline of a call: first events, bins and the longest gap."""

from __future__ import annotations

import json

from app.core.call_timeline import SORTS, CallTimeline, sort_of
from app.core.call_timeline import timeline_of as timeline_of_sorts


def chunk(**delta: object) -> str:
    return json.dumps({"choices": [{"delta": delta}]})


def timeline_of(events: list[tuple[float, str]], **times: float) -> CallTimeline:
    return timeline_of_sorts([(at, sort_of(content)) for at, content in events], **times)  # type: ignore[arg-type]


def test_events_are_counted_by_what_they_carry() -> None:
    events = [
        (0.61, chunk(reasoning_content="Hm")), (0.65, chunk(reasoning_content="m")), (2.94, chunk(content="Yes")),
        (3.1, chunk(content=".")), (3.2, "[DONE]"),
    ]  # fmt: skip
    line = timeline_of(events, sent=0.01, first_byte=0.42, end=3.3)
    assert (line.first_byte, line.first_thought, line.first_output, line.output) == (0.42, 0.61, 2.94, "text")
    assert (line.events, line.bin_width, len(line.bins)) == (5, 0.1, 34)
    assert line.bins[6] == (2, 0, 0, 0)
    assert sum(counts[SORTS.index("answer")] for counts in line.bins) == 2
    assert (round(line.gap, 2), line.gap_from) == (2.29, 0.65)


def test_sounds_and_the_other_protocol_are_known() -> None:
    assert sort_of(chunk(audio={"data": "AAAA"})) == "sound"
    assert sort_of(json.dumps({"type": "content_block_delta", "delta": {"thinking": "Hm"}})) == "thinking"
    assert sort_of(json.dumps({"type": "content_block_delta", "delta": {"text": "Yes"}})) == "answer"
    assert sort_of(json.dumps({"choices": [{"message": {"content": "Yes"}}]})) == "answer"
    assert sort_of("<html>") == sort_of(chunk(tool_calls=[])) == "other"
    assert timeline_of([(0.5, chunk(audio={"data": "AAAA"}))]).output == "sound"


def test_no_event_one_event_and_an_hour() -> None:
    none = timeline_of([], now=2.0)
    assert (none.events, none.bins, none.gap, none.end) == (0, (), 0.0, None)
    one = timeline_of([(0.3, "{}")], end=0.3)
    assert (one.events, len(one.bins), one.gap) == (1, 4, 0.0)
    hour = timeline_of([(second, chunk(content="x")) for second in range(3600)], first_byte=0.0, end=3600.0)
    assert hour.bin_width == 60.0
    assert len(hour.bins) <= 100
    assert sum(map(sum, hour.bins)) == hour.events == 3600
