"""From an Anthropic body to a question (WIRE.md sections 8, 6.5 and 13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from app.demo.chat import anthropic_schema as shape
from app.demo.chat.question import Attachment, Call, Message, Question, Tool
from app.demo.errors import incorrect, no_image_input, reasoning_missing
from app.demo.models import Model


def read(body: dict[str, Any], model: Model) -> Question:
    """Raises:
    Refusal: with the platform's text for the mistake.
    """
    try:
        asked = msgspec.convert(body, shape.MessagesBody)
    except msgspec.ValidationError as mismatch:
        raise incorrect(str(mismatch)) from mismatch
    thinking = asked.thinking.type == "enabled" if asked.thinking else model.thinks
    messages = tuple(_messages(asked))
    # A history that never thought has nothing to send back; one that did must not lose a part of it.
    thought = any(message.thinking is not None for message in messages)
    if thinking and thought and any(message.calls and message.thinking is None for message in messages):
        raise reasoning_missing()
    if any(message.attachments for message in messages) and not model.sees:
        raise no_image_input()
    calls_at_once = not (asked.tool_choice and asked.tool_choice.disable_parallel_tool_use)
    return Question(
        model=model,
        messages=messages,
        tools=tuple(Tool(tool.name, tool.description or "", tool.input_schema) for tool in asked.tools or ()),
        thinking=thinking,
        max_tokens=asked.max_tokens or model.default_tokens,
        stop=tuple(asked.stop_sequences or ()),
        stream=bool(asked.stream),
        parallel=calls_at_once,
    )


def _messages(asked: shape.MessagesBody) -> Iterator[Message]:
    if asked.system:
        yield Message("system", _text(asked.system))
    for message in asked.messages:
        if isinstance(message, shape.UserMessage):
            yield from _user(message)
        else:
            yield _assistant(message)


def _user(message: shape.UserMessage) -> Iterator[Message]:
    """Tool results become messages of their own, before whatever else the user says."""
    blocks = [] if isinstance(message.content, str) else message.content
    for block in blocks:
        if isinstance(block, shape.ToolResultBlock):
            text = _text(block.content or "")
            yield Message("tool", text, _images(block.content), call_id=block.tool_use_id, failed=bool(block.is_error))
    text, images = _text(message.content), _images(message.content)
    if text or images or not blocks:
        yield Message("user", text, images)


def _assistant(message: shape.AssistantMessage) -> Message:
    blocks = [] if isinstance(message.content, str) else message.content
    calls = tuple(
        Call(block.id, block.name, json.dumps(block.input, ensure_ascii=False))
        for block in blocks
        if isinstance(block, shape.ToolUseBlock)
    )
    thoughts = [block.thinking for block in blocks if isinstance(block, shape.ThinkingBlock)]
    return Message("assistant", _text(message.content), calls=calls, thinking="".join(thoughts) if thoughts else None)


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(block.text for block in content if isinstance(block, shape.TextBlock))


def _images(content: Any) -> tuple[Attachment, ...]:
    if not isinstance(content, list):
        return ()
    sources = [block.source for block in content if isinstance(block, shape.ImageBlock)]
    return tuple(
        Attachment("image", source.url)
        if isinstance(source, shape.UrlSource)
        else Attachment("image", f"data:{source.media_type};base64,{source.data}")
        for source in sources
    )
