"""Parses and validates chat requests of the Anthropic protocol (WIRE.md sections 8, 6.5 and 13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from app.demo.chat import anthropic_schema as schema
from app.demo.chat.question import Attachment, Call, Message, Question, Tool
from app.demo.errors import incorrect, no_image_input, not_listed, reasoning_missing, token_limit
from app.demo.models import Model


def parse(body: dict[str, Any], model: Model) -> Question:
    """Validate a request body and convert it to a question.

    Raises:
        Refusal: the request is invalid; has the platform's error text.
    """
    if type(limit := body.get("max_tokens")) is int and (refusal := token_limit("max_tokens", limit, model.max_tokens)):
        raise refusal
    thinking_type = body["thinking"].get("type") if isinstance(body.get("thinking"), dict) else None
    if isinstance(thinking_type, str) and thinking_type not in ("enabled", "disabled"):
        raise not_listed()
    try:
        request = msgspec.convert(body, schema.MessagesBody)
    except msgspec.ValidationError as error:
        raise incorrect(str(error)) from error
    thinking = request.thinking.type == "enabled" if request.thinking else model.thinks_by_default
    messages = tuple(_messages(request))
    # A history without any thinking has none to pass back; a history with thinking must pass back all of it.
    has_thinking = any(message.thinking is not None for message in messages)
    if thinking and has_thinking and any(message.calls and message.thinking is None for message in messages):
        raise reasoning_missing()
    if any(message.attachments for message in messages) and not model.accepts_images:
        raise no_image_input()
    parallel = not (request.tool_choice and request.tool_choice.disable_parallel_tool_use)
    return Question(
        model=model,
        messages=messages,
        tools=tuple(Tool(tool.name, tool.description or "", tool.input_schema) for tool in request.tools or ()),
        thinking=thinking,
        max_tokens=request.max_tokens or model.default_tokens,
        stop=tuple(request.stop_sequences or ()),
        stream=bool(request.stream),
        parallel=parallel,
    )


def _messages(request: schema.MessagesBody) -> Iterator[Message]:
    if request.system:
        yield Message("system", _text(request.system))
    for message in request.messages:
        if isinstance(message, schema.UserMessage):
            yield from _user(message)
        else:
            yield _assistant(message)


def _user(message: schema.UserMessage) -> Iterator[Message]:
    """Convert a user message; tool results become separate messages before the rest."""
    blocks = [] if isinstance(message.content, str) else message.content
    for block in blocks:
        if isinstance(block, schema.ToolResultBlock):
            text = _text(block.content or "")
            yield Message("tool", text, _images(block.content), call_id=block.tool_use_id, failed=bool(block.is_error))
    text, images = _text(message.content), _images(message.content)
    if text or images or not blocks:
        yield Message("user", text, images)


def _assistant(message: schema.AssistantMessage) -> Message:
    blocks = [] if isinstance(message.content, str) else message.content
    calls = tuple(
        Call(block.id, block.name, json.dumps(block.input, ensure_ascii=False))
        for block in blocks
        if isinstance(block, schema.ToolUseBlock)
    )
    thinking = [block.thinking for block in blocks if isinstance(block, schema.ThinkingBlock)]
    return Message("assistant", _text(message.content), calls=calls, thinking="".join(thinking) if thinking else None)


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(block.text for block in content if isinstance(block, schema.TextBlock))


def _images(content: Any) -> tuple[Attachment, ...]:
    if not isinstance(content, list):
        return ()
    sources = [block.source for block in content if isinstance(block, schema.ImageBlock)]
    return tuple(
        Attachment("image", source.url)
        if isinstance(source, schema.UrlSource)
        else Attachment("image", f"data:{source.media_type};base64,{source.data}")
        for source in sources
    )
