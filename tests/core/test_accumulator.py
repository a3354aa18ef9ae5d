"""Accumulation of the events of one step into parts."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from app.core.accumulator import Accumulator
from app.core.events import (
    ChatEvent,
    Finished,
    SearchFailed,
    SignatureDelta,
    SourcesFound,
    Started,
    TextDelta,
    ThinkingDelta,
    ToolCallDelta,
    UsageReported,
    Waiting,
)
from app.core.messages import Source, Sources, Text, Thinking, ToolCall, Usage


def folded(*events: ChatEvent, step: int = 0) -> Accumulator:
    """Fold the events, one second apart, starting at 1 s."""
    accumulator = Accumulator(step)
    for second, event in enumerate(events, 1):
        accumulator.fold(event, float(second))
    return accumulator


def test_parts_are_in_order_of_arrival() -> None:
    parts = folded(
        TextDelta("Let me "),
        TextDelta("see."),
        ToolCallDelta(0, "a", "clock"),
        ThinkingDelta("hm"),
        TextDelta("Noon."),
        step=2,
    ).parts()
    assert parts == (Text("Let me see.", 2), ToolCall("a", "clock", "", 2), Thinking("hm", 2, 1.0), Text("Noon.", 2))


def test_thinking_is_timed_from_its_first_event_to_the_next_part() -> None:
    accumulator = folded(Started("r", "m"), ThinkingDelta("a"), ThinkingDelta("b"))
    assert accumulator.parts() == (Thinking("ab"),)
    accumulator.fold(TextDelta("c"), 7.5)
    assert accumulator.parts() == (Thinking("ab", 0, 5.5), Text("c"))


def test_thinking_without_an_answer_ends_with_the_step() -> None:
    accumulator = folded(ThinkingDelta("Good morning."), Finished("stop"))
    assert accumulator.parts() == (Thinking("Good morning.", 0, 1.0),)
    stopped = folded(ThinkingDelta("Good"))
    stopped.reply("m", 4.0, "stopped")
    assert stopped.parts() == (Thinking("Good", 0, 3.0),)


def test_null_never_overwrites_a_field_of_a_tool_call() -> None:
    parts = folded(
        ToolCallDelta(1, "b", "two", ""),
        ToolCallDelta(0, "a", "one", '{"x"'),
        ToolCallDelta(0, None, None, ":1}"),
        ToolCallDelta(1, None, None, "{}"),
        ToolCallDelta(0, "late", "other", ""),
    ).parts()
    assert parts == (ToolCall("b", "two", "{}"), ToolCall("a", "one", '{"x":1}'))


def test_a_tool_call_without_an_id_gets_a_unique_one() -> None:
    first, second = folded(ToolCallDelta(0, None, "f"), ToolCallDelta(1, None, "f"), step=3).parts()
    assert isinstance(first, ToolCall) and isinstance(second, ToolCall)
    assert first.id and second.id and first.id != second.id


def test_a_signature_closes_its_thinking_block() -> None:
    parts = folded(
        ThinkingDelta("a"), SignatureDelta("s1"), ThinkingDelta("b"), SignatureDelta("s2"), TextDelta("c")
    ).parts()
    assert parts == (Thinking("a", 0, 2.0, "s1"), Thinking("b", 0, 2.0, "s2"), Text("c"))


def test_sources_are_one_part_without_duplicates() -> None:
    page = Source("https://a.example")
    parts = folded(SourcesFound((page,)), TextDelta("x"), SourcesFound((page, Source("https://b.example")))).parts()
    assert parts == (Sources((page, Source("https://b.example"))), Text("x"))
    assert folded(SearchFailed("no")).parts() == (Sources((), 0, "no"),)
    assert folded(SearchFailed("no", off=True)).parts() == (Sources((), 0, "no", off=True),)


def test_the_reply_has_model_times_and_finish_reason() -> None:
    accumulator = folded(
        Waiting(2.0, "retry", 1),
        Started("r", "mimo-v2.5", "call"),
        TextDelta("a"),
        Finished("length"),
        UsageReported(Usage(1, 1)),
        UsageReported(Usage(10, 5)),
    )
    reply = accumulator.reply("mimo-v2-omni", 9.0)
    assert (reply.asked, reply.model, reply.call_id) == ("mimo-v2-omni", "mimo-v2.5", "call")
    assert (reply.finish, reply.first_event, reply.seconds) == ("length", 3.0, 9.0)
    assert reply.usage == Usage(10, 5)
    assert accumulator.reply("m", 1.0, "stopped").finish == "stopped"


def test_a_refusal_as_text_counts_as_filtered() -> None:
    words = "The request was rejected because it was considered high risk"
    assert folded(TextDelta(words), Finished("stop")).reply("m", 1.0).finish == "content_filter"
    assert folded(TextDelta(f"They said: {words}"), Finished("stop")).reply("m", 1.0).finish == "stop"


def test_a_step_without_events_has_no_parts() -> None:
    reply = folded(Started("r", "m")).reply("m", 1.0)
    assert (reply.first_event, reply.finish, reply.usage) == (None, None, None)
    assert folded().parts() == ()


EVENTS = st.one_of(
    st.builds(TextDelta, st.text(max_size=5)),
    st.builds(ThinkingDelta, st.text(max_size=5)),
    st.builds(
        ToolCallDelta, st.integers(0, 3), st.none() | st.just("i"), st.none() | st.just("n"), st.text(max_size=5)
    ),
)


@given(st.lists(EVENTS, max_size=30), st.sets(st.integers(0, 29)))
def test_reading_parts_in_between_changes_nothing(events: list[ChatEvent], looks: set[int]) -> None:
    watched, unwatched = Accumulator(), Accumulator()
    for place, event in enumerate(events):
        watched.fold(event, float(place))
        unwatched.fold(event, float(place))
        if place in looks:
            watched.parts()
    assert watched.parts() == unwatched.parts()
    for kind, part in ((TextDelta, Text), (ThinkingDelta, Thinking)):
        said = "".join(event.text for event in events if isinstance(event, kind))
        assert "".join(found.text for found in watched.parts() if isinstance(found, part)) == said


def test_a_delta_costs_the_same_in_long_and_short_answers() -> None:
    def seconds(count: int) -> float:
        accumulator = Accumulator()
        start = time.process_time()
        for _ in range(count):
            accumulator.fold(TextDelta("word "), 1.0)
        accumulator.parts()
        return time.process_time() - start

    best_short = min(seconds(20_000) for _ in range(5))
    best_long = min(seconds(200_000) for _ in range(3))
    assert best_long < 30 * best_short
