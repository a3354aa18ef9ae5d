"""The cost below an answer: the total of its steps, or nothing if part of it is unknown."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest

from app.core.messages import Message, Reply, Text, Usage
from app.core.spend import Spend
from app.ui.chat.usage_summary import footer, version_differences

TWO_STEPS = Message(
    "m",
    "assistant",
    (Text("Yes."),),
    replies=(Reply("a", "a", "tool_calls", Usage(10, 5)), Reply("a", "a", "stop", Usage(20, 5))),
)


@pytest.mark.parametrize(
    ("spend", "text"),
    [
        (Spend(1, cost={"USD": 0.25}), "≈ $0.5000"),
        (Spend(1, cost={"CNY": 2.0}), "≈ ¥4.00"),
        (Spend(1, credits=1_200_000.0), "2.4M credits"),
        (Spend(1, unpriced=1), "40 tokens"),
        (Spend(1), "40 tokens"),
    ],
)
def test_the_cost_is_the_last_fact(spend: Spend, text: str) -> None:
    def charge(model: str, usage: Usage, created: datetime, call_id: str) -> Spend:
        return spend

    assert footer(TWO_STEPS, charge)[-1] == text


def test_a_total_with_an_unknown_part_is_unknown() -> None:
    def charge(model: str, usage: Usage, created: datetime, call_id: str) -> Spend:
        return Spend(1, cost={"USD": 1.0}) if usage.prompt == 10 else Spend(1, unpriced=1)

    assert footer(TWO_STEPS, charge)[-1] == "40 tokens"


def test_versions_are_labelled_only_with_what_differs() -> None:
    def version(name: str, model: str, thinking: bool, prompt: str) -> Message:
        return Message(name, "assistant", replies=(Reply(model, model, thinking=thinking, prompt=prompt),))

    one, two = version("1", "pro", True, "Be brief."), version("2", "pro", False, "")
    assert version_differences(one, [one, two]) == "with thinking · prompt “Be brief.”"
    assert version_differences(two, [one, two]) == "without thinking · no system prompt"
    assert version_differences(one, [one, version("3", "pro", True, "Be brief.")]) == ""
    assert version_differences(one, [one, version("3", "flash", True, "Be brief.")]) == "pro"


def test_prompts_that_begin_alike_and_temperatures_are_told_apart() -> None:
    def version(name: str, prompt: str, temperature: float | None = None) -> Message:
        reply = Reply("pro", "pro", thinking=False, prompt=prompt, temperature=temperature)
        return Message(name, "assistant", replies=(reply,))

    french = version("1", "You are a helpful assistant. Answer in French.")
    german = version("2", "You are a helpful assistant. Answer in German, with examples.")
    both = [french, german]
    assert version_differences(french, both) == "prompt “…Answer in French.”"
    assert version_differences(german, both) == "prompt “…Answer in German, with …”"
    cold, warm = version("1", "", 0.2), version("2", "", 1.0)
    assert version_differences(cold, [cold, warm]) == "temperature 0.2"
    assert version_differences(cold, [cold, version("3", "", 0.2)]) == ""


@pytest.mark.parametrize(("counts", "fact"), [((1, 1), "2 searches"), ((0, 1), "1 search"), ((0, 0), "")])
def test_billed_searches_of_all_steps_are_counted(counts: tuple[int, int], fact: str) -> None:
    replies = tuple(Reply("a", "a", "stop", Usage(10, 5, searches=searches)) for searches in counts)
    facts = footer(Message("m", "assistant", (Text("Yes."),), replies=replies), lambda *_: Spend(1))
    assert [each for each in facts if "search" in each] == ([fact] if fact else [])


def test_an_answer_that_was_written_from_others_says_so() -> None:
    joined = msgspec.structs.replace(TWO_STEPS, written_from=3)
    assert footer(joined, lambda *call: Spend(1))[0] == "written from 3 answers"
    assert version_differences(joined, [TWO_STEPS, joined]).startswith("written from 3 answers")
    assert "written" not in version_differences(TWO_STEPS, [TWO_STEPS, joined])
