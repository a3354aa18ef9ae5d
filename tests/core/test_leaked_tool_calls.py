"""Detection of tool calls in thinking, and of refusals."""

from __future__ import annotations

import pytest

from app.core.leaked_tool_calls import has_leaked_tool_call, leaked_tool_call
from app.core.messages import Message, Part, Reply, Text, Thinking, ToolCall
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
        '<function name="clock">{}</function>',
        "<TOOL_CALL>",
        '<minimax:tool_call>\n<invoke name="clock">',
        "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>clock",
        '[TOOL_CALLS][{"name": "clock"}]',
        "<|channel|>commentary to=functions.clock <|message|>{}",
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
        "There is a list named [tool_calls], and [TOOL_CALLS].",
        "a <| tool |> b",
    ],
)
def test_thinking_about_tools_is_not_a_call(text: str) -> None:
    assert not leaked_tool_call(text)


CALL = "<tool_call><function=web_search><parameter=query>rain</parameter></function></tool_call>"


@pytest.mark.parametrize(
    ("parts", "finish", "found"),
    [
        ((Thinking(CALL), Text("Rain.")), "stop", True),
        ((Text(f"One moment. {CALL}"),), "tool_calls", True),
        ((Text(f"One moment. {CALL}"),), "stop", True),
        ((Thinking("I need the weather."),), "tool_calls", True),
        ((ToolCall("c", "web_search", "{}"),), "tool_calls", False),
        ((Text(f"The model writes\n```xml\n{CALL}\n```\nfor that."),), "stop", False),
        ((Text(f"The model writes `{CALL}`."),), "stop", False),
        ((Text(f"A lone ` mark.\n\n{CALL} and ` another."),), "stop", True),
        ((Thinking("I must not write `<tool_call>` here."),), "stop", False),
        ((Thinking(f"```xml\n{CALL}\n```"),), "stop", True),
        ((Text('{"name": "web_search", "arguments": {}}'),), "stop", False),
        ((Text("Rain."),), "stop", False),
    ],
)
def test_a_leaked_call_is_noticed_in_thinking_and_answer(parts: tuple[Part, ...], finish: str, found: bool) -> None:
    message = Message("m", "assistant", parts, replies=(Reply("m", "m", finish),))  # type: ignore[arg-type]
    assert has_leaked_tool_call(message) is found


def test_a_refusal_is_the_whole_answer() -> None:
    refusal = "The request was rejected because it was considered high risk"
    assert is_refusal(refusal) and is_refusal(f" {refusal}.\n")
    assert not is_refusal(f"{refusal}. " + "That sentence appears in logs when a prompt is filtered by the platform.")
    assert not is_refusal("")
