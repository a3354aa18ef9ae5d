"""Detects tool calls that the model wrote into its thinking instead of making them (WIRE.md sections 6.5 and 13)."""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"</?(?:tool_call|function_call|tool_calls|invoke)\s*[>\s|]"  # XML of chat templates
    r"|<\s*function\s*=\s*[\w.-]+\s*>"
    r"|<\|\s*(?:tool_call|tool_calls_begin|tool_call_begin|python_tag)[\w|]*\s*\|>",
    re.IGNORECASE,
)
_CALL_OBJECT = re.compile(
    r"\{\s*\"name\"\s*:\s*\"[\w.-]{1,64}\"\s*,\s*\"(?:arguments|parameters|input)\"\s*:\s*[{\"]"
    r"|\"function\"\s*:\s*\{\s*\"name\"\s*:\s*\"[\w.-]{1,64}\""
)


def leaked_tool_call(text: str) -> bool:
    """Whether thinking text contains a tool call in a form used by chat templates.

    Only the markup or JSON object of a call counts, not a sentence about using a tool.
    """
    return _MARKUP.search(text) is not None or _CALL_OBJECT.search(text) is not None
