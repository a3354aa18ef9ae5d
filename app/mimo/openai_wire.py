"""Wire records of the OpenAI protocol (WIRE.md sections 3.6, 4, 6.2 to 6.4, 7). Every field may be missing or null.

A streamed chunk and a whole response are the same record: a choice has a `delta` or a `message` of the same shape.
Rare, irregular fields are untyped, so that an unexpected value in one of them never costs the text of the record.
"""

from __future__ import annotations

from typing import Any

import msgspec


class FunctionDelta(msgspec.Struct, gc=False):
    name: str | None = None
    arguments: str | dict[str, Any] | None = None


class ToolCallFragment(msgspec.Struct, gc=False):
    index: int | None = None
    id: str | None = None
    function: FunctionDelta | None = None


class AudioData(msgspec.Struct, gc=False):
    data: str | None = None


class Delta(msgspec.Struct, gc=False):
    """A delta or a message; `thoughts` tells apart the shapes of thinking in its fields and in a list of parts."""

    content: str | list[Any] | dict[str, Any] | None = None
    reasoning_content: Any = None
    reasoning: Any = None
    reasoning_details: Any = None
    thinking: Any = None
    tool_calls: list[ToolCallFragment] | None = None
    audio: AudioData | None = None
    annotations: Any = None
    error_message: Any = None
    final_text_preview: Any = None
    refusal: Any = None


class Choice(msgspec.Struct, gc=False):
    index: int | None = 0
    delta: Delta | None = None
    message: Delta | None = None
    finish_reason: str | None = None


class Chunk(msgspec.Struct, gc=False):
    """One record; `code`, `message`, `param` are of an error body without the outer `error` (WIRE.md section 9)."""

    id: str | None = None
    model: str | None = None
    choices: list[Choice] | None = None
    usage: Any = None
    error: Any = None
    code: Any = None
    message: Any = None
    param: Any = None
    final_text_preview: Any = None


decode_chunk = msgspec.json.Decoder(Chunk).decode
