"""Detection of tool calls in thinking, and of refusals."""

from __future__ import annotations

import pytest

from app.core.leaked_tool_calls import leaked_tool_call
from app.core.refusals import is_refusal


@pytest.mark.parametrize(
    "text",
    [
        'I call it now. <tool_call>{"name": "clock", "arguments": {}}</tool_call>',
        "<tool_call>\n<function=search_weather>\n<parameter=city>成都</parameter>",
        '<|tool_call_begin|>functions.clock:0<|tool_call_argument_begin|>{"zone":"UTC"}',
        'So: {"name": "calculator", "arguments": {"expression": "6*7"}}',
        '{"type": "function", "function": {"name": "clock"}}',
        '<invoke name="clock">',
        "<function_call >",
    ],
)
def test_a_tool_call_in_thinking_is_detected(text: str) -> None:
    assert leaked_tool_call(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I should call the clock tool with zone UTC, then answer.",
        'The tool wants {"city": "成都"} as its arguments.',
        "In XML one writes <tool> and </tool>.",
        "a < tool_calls and b > c",
        'A person is {"name": "Ann", "age": 7}.',
        "The <function> element of MathML",
    ],
)
def test_thinking_about_tools_is_not_a_call(text: str) -> None:
    assert not leaked_tool_call(text)


def test_a_refusal_is_the_whole_answer() -> None:
    refusal = "The request was rejected because it was considered high risk"
    assert is_refusal(refusal) and is_refusal(f" {refusal}.\n")
    assert not is_refusal(f"{refusal}. " + "That sentence appears in logs when a prompt is filtered by the platform.")
    assert not is_refusal("")
