"""What arrives in one turn of the event loop is passed on as one delta of each kind, in order and without loss."""

from __future__ import annotations

import asyncio

from app.core.events import ChatEvent, Finished, TextDelta, ThinkingDelta, ToolCallDelta
from app.services.chat.delta_batch import DeltaBatch


class Delivered:
    """A batch, and what it has passed on."""

    def __init__(self) -> None:
        self.events: list[tuple[ChatEvent, float]] = []
        self.batch = DeltaBatch(lambda event, at: self.events.append((event, at)))


async def test_deltas_of_one_turn_become_one_with_the_time_of_the_first() -> None:
    delivered = Delivered()
    for number, word in enumerate(("Water ", "boils ", "at 100")):
        delivered.batch.add(TextDelta(word), float(number))
    await asyncio.sleep(0)
    assert delivered.events == [(TextDelta("Water boils at 100"), 0.0)]


async def test_deltas_of_different_turns_stay_apart() -> None:
    delivered = Delivered()
    for number, word in enumerate(("Water ", "boils")):
        delivered.batch.add(TextDelta(word), float(number))
        await asyncio.sleep(0)
    assert delivered.events == [(TextDelta("Water "), 0.0), (TextDelta("boils"), 1.0)]


async def test_kinds_are_not_mixed_and_keep_their_order() -> None:
    delivered = Delivered()
    call = ToolCallDelta(0, "a", "clock", "{}")
    thoughts: list[ChatEvent] = [ThinkingDelta("a"), ThinkingDelta("b"), ThinkingDelta("c", "tags")]
    for event in (*thoughts, TextDelta("d"), TextDelta("e"), call, TextDelta("f"), Finished("stop")):
        delivered.batch.add(event, 0.0)
    assert [event for event, _ in delivered.events] == [
        ThinkingDelta("ab"),
        ThinkingDelta("c", "tags"),
        TextDelta("de"),
        call,
        TextDelta("f"),
        Finished("stop"),
    ], "another event does not wait, and nothing waits behind it"


async def test_flushing_passes_on_at_once_and_only_once() -> None:
    delivered = Delivered()
    delivered.batch.add(TextDelta("a"), 0.0)
    delivered.batch.flush()
    assert delivered.events == [(TextDelta("a"), 0.0)]
    delivered.batch.add(TextDelta("b"), 1.0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert delivered.events == [(TextDelta("a"), 0.0), (TextDelta("b"), 1.0)]
