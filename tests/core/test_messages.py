"""Messages: what a reply consists of."""

from __future__ import annotations

import pytest

from app.core.messages import Message, Part, Reply, Text, Thinking, ToolCall


@pytest.mark.parametrize(
    ("parts", "finish", "spent"),
    [
        ((Thinking("Hm"),), "length", True),
        ((Thinking("Hm"), Text(" \n")), "length", True),
        ((), "length", True),
        ((Thinking("Hm"), Text("Yes")), "length", False),
        ((Thinking("Hm"), ToolCall("c", "f")), "length", False),
        ((Thinking("Hm"),), "stop", False),
    ],
)
def test_a_limit_spent_on_thinking(parts: tuple[Part, ...], finish: str, spent: bool) -> None:
    message = Message("m", "assistant", parts, replies=(Reply("m", "m", finish),))  # type: ignore[arg-type]
    assert message.spent_on_thinking is spent
