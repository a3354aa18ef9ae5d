"""The cost below an answer: the total of its steps, or nothing if part of it is unknown."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.core.messages import Message, Reply, Text, Usage
from app.core.spend import Spend
from app.ui.chat.usage_summary import footer

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
