"""What the next request takes, measured by the service where it can be, and what leaving out frees."""

from __future__ import annotations

from datetime import date

import msgspec

from app.core.context_estimate import request_key
from app.core.conversation import Conversation
from app.core.messages import Message, Reply, Text, Usage
from app.services.chat.context_meter import ContextMeter, without_first
from app.services.chat.request_building import build_request

TODAY = date(2026, 11, 29)
TALK = Conversation("c", model="mimo-v2.6-pro", system="s" * 400)
QUESTION = Message("q", "user", (Text("x" * 400),))


def answered(conversation: Conversation, earlier: tuple[Message, ...], name: str, usage: Usage | None) -> Message:
    """An answer to the earlier messages, as the session saves it."""
    key = request_key(build_request(conversation, earlier, (), TODAY))
    return Message(name, "assistant", (Text("z" * 400),), replies=(Reply("m", "m", "stop", usage, request_key=key),))


def measure(conversation: Conversation, branch: tuple[Message, ...]) -> tuple[int, bool]:
    use = ContextMeter(lambda media: None).measure(conversation, branch, (), None, TODAY)
    assert use.limit == 1_048_576
    return use.tokens, use.is_measured


def test_without_a_count_of_the_service_everything_is_estimated() -> None:
    answer = answered(TALK, (QUESTION,), "a", None)
    assert measure(TALK, (QUESTION, answer)) == (300, False)


def test_the_service_s_count_is_used_up_to_its_last_answer() -> None:
    answer = answered(TALK, (QUESTION,), "a", Usage(prompt=5000, completion=300, reasoning=100))
    assert measure(TALK, (QUESTION, answer)) == (5300, True)
    later = Message("l", "user", (Text("x" * 400),))
    assert measure(TALK, (QUESTION, answer, later)) == (5400, True)
    without_thinking = msgspec.structs.replace(
        TALK, sampling=msgspec.structs.replace(TALK.sampling, send_thinking=False)
    )
    answer = answered(without_thinking, (QUESTION,), "a", Usage(prompt=5000, completion=300, reasoning=100))
    assert measure(without_thinking, (QUESTION, answer)) == (5200, True), "its thinking is not sent back"


def test_a_count_for_another_request_is_not_used() -> None:
    answer = answered(TALK, (QUESTION,), "a", Usage(prompt=5000, completion=300))
    other = msgspec.structs.replace(TALK, system="t" * 400)
    assert measure(other, (QUESTION, answer)) == (300, False)
    left = without_first(TALK, (QUESTION, answer), 1)
    assert measure(left, (QUESTION, answer)) == (200, False)


def test_leaving_out_frees_what_the_messages_take_and_only_once() -> None:
    meter = ContextMeter(lambda media: None)
    branch = tuple(Message(str(index), "user", (Text("x" * 400),)) for index in range(10))
    assert meter.freed(TALK, branch, 4).tokens == 400
    left = without_first(TALK, branch, 2)
    assert left.left_out == ("0", "1")
    assert meter.freed(left, branch, 4).tokens == 200
    assert without_first(left, branch, 3).left_out == ("0", "1", "2")


def test_as_many_messages_are_suggested_as_free_half_of_the_context() -> None:
    meter = ContextMeter(lambda media: None)
    branch = tuple(Message(str(index), "user", (Text("x" * 400_000),)) for index in range(10))
    use = meter.measure(TALK, branch, (), None, TODAY)
    number = meter.suggested_number(TALK, branch, use)
    assert number == 5
    left = meter.measure(without_first(TALK, branch, number), branch, (), None, TODAY)
    assert left.share < 0.5
    assert meter.suggested_number(TALK, branch[:2], use) == 0, "never the last two"
