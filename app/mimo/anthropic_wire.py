"""Wire records of the Anthropic protocol (WIRE.md section 8). Every field may be missing or null."""

from __future__ import annotations

from typing import Any

import msgspec


class ContentBlock(msgspec.Struct, gc=False):
    """A content block, a delta of one, or the delta of a message, which alone has no `type`."""

    type: str | None = None
    text: str | None = None
    thinking: Any = None
    reasoning: Any = None
    signature: str | None = None
    id: str | None = None
    name: str | None = None
    input: Any = None
    partial_json: str | None = None
    stop_reason: str | None = None


class AnthropicMessage(msgspec.Struct, gc=False):
    id: str | None = None
    model: str | None = None
    content: list[ContentBlock] | None = None
    stop_reason: str | None = None
    usage: Any = None


class StreamEvent(msgspec.Struct, gc=False):
    """One event of a stream, or a whole message, whose fields are at the top level (`content`, `stop_reason`)."""

    type: str | None = None
    index: int | None = None
    message: AnthropicMessage | str | None = None
    content_block: ContentBlock | None = None
    delta: ContentBlock | None = None
    usage: Any = None
    error: Any = None
    id: str | None = None
    model: str | None = None
    content: list[ContentBlock] | None = None
    stop_reason: str | None = None
    code: Any = None
    param: Any = None


decode_event = msgspec.json.Decoder(StreamEvent).decode
