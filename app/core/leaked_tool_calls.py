"""Detects tool calls that the model wrote as text instead of making them (WIRE.md sections 6.5 and 13)."""

from __future__ import annotations

import re

from app.core.messages import Message, Text, Thinking, ToolCall

_MARKUP = re.compile(
    r"</?(?:[\w-]+:)?(?:tool_call|function_call|tool_calls|function_calls|tool_use|invoke)\s*[>\s|]"  # chat templates
    r"|<\s*function\s*=\s*[\w.-]+\s*>|<\s*function\s+name\s*=\s*[\"'][\w.-]+[\"']\s*>"
    r"|<[|｜]\s*(?:tool[_▁]calls?(?:[_▁]begin)?|python_tag)[\w|]*\s*[|｜]>"
    r"|<\|channel\|>\s*\w+\s+to=functions\.[\w.-]+"
    r"|(?-i:\[TOOL_CALLS\])\s*[\[{\w]",
    re.IGNORECASE,
)
_CALL_OBJECT = re.compile(
    r"\{\s*\"name\"\s*:\s*\"[\w.-]{1,64}\"\s*,\s*\"(?:arguments|parameters|input)\"\s*:\s*[{\"]"
    r"|\"function\"\s*:\s*\{\s*\"name\"\s*:\s*\"[\w.-]{1,64}\""
)


_CODE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<span>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=span)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_SPAN = re.compile(r"(?<!`)(?P<span>`{1,2})(?!`)[^\n]+?(?<!`)(?P=span)(?!`)")
"""A code span of one line; fences in thoughts count, because models write the calls they mean into them."""


def has_leaked_tool_call(message: Message) -> bool:
    """Whether a tool call stands in the thinking or answer of a message, or a step announced calls without any.

    In the answer only the markup of a call counts, and not in code: JSON and code are what the user may have asked for.
    In thinking a code span does not count, because it mentions the markup.
    """
    called = {part.step for part in message.parts if isinstance(part, ToolCall)}
    if any(reply.finish == "tool_calls" and step not in called for step, reply in enumerate(message.replies)):
        return True
    return any(
        _has_call_outside_span(part.text) if isinstance(part, Thinking) else _has_markup_outside_code(part.text)
        for part in message.parts
        if isinstance(part, Thinking | Text)
    )


def _has_markup_outside_code(text: str) -> bool:
    # Leaving the code out of megabytes takes long; most answers have no such markup anywhere.
    return _MARKUP.search(text) is not None and _MARKUP.search(_CODE.sub("", text)) is not None


def _has_call_outside_span(text: str) -> bool:
    return leaked_tool_call(text) and leaked_tool_call(_SPAN.sub("", text))


def leaked_tool_call(text: str) -> bool:
    """Whether a text contains a tool call in a form used by chat templates.

    Only the markup or JSON object of a call counts, not a sentence about using a tool.
    """
    return _MARKUP.search(text) is not None or _CALL_OBJECT.search(text) is not None
