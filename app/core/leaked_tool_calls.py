"""A tool call that was written into the thinking text instead of being made (mimo-api 6.5 and section 13)."""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"</?(?:tool_call|function_call|tool_calls|invoke)\s*[>\s|]"  # XML as chat templates write it
    r"|<\s*function\s*=\s*[\w.-]+\s*>"
    r"|<\|\s*(?:tool_call|tool_calls_begin|tool_call_begin|python_tag)[\w|]*\s*\|>",
    re.IGNORECASE,
)
_CALL_OBJECT = re.compile(
    r"\{\s*\"name\"\s*:\s*\"[\w.-]{1,64}\"\s*,\s*\"(?:arguments|parameters|input)\"\s*:\s*[{\"]"
    r"|\"function\"\s*:\s*\{\s*\"name\"\s*:\s*\"[\w.-]{1,64}\""
)


def leaked_tool_call(text: str) -> bool:
    """Whether thinking text holds a tool call in one of the forms chat templates use.

    Only the markup or the JSON object of a call counts: a model that merely says which tool it will use is thinking.
    """
    return _MARKUP.search(text) is not None or _CALL_OBJECT.search(text) is not None
