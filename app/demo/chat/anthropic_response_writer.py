"""An answer in the Anthropic protocol, whole or as a stream (WIRE.md section 8)."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from app.demo.chat.question import Answer, Usage
from app.demo.pacing import Pacing, Ticker
from app.demo.tokens import pieces

_STOP_REASONS = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use"}

_encoder = msgspec.json.Encoder()


def message(answer: Answer, model: str) -> dict[str, Any]:
    """A whole message."""
    blocks: list[dict[str, Any]] = []
    if answer.thinking is not None:
        blocks.append({"type": "thinking", "thinking": answer.thinking, "signature": secrets.token_hex(16)})
    if answer.text:
        blocks.append({"type": "text", "text": answer.text})
    for call in answer.calls:
        blocks.append({"type": "tool_use", "id": call.id, "name": call.name, "input": _input(call.arguments)})
    return _head(model) | {"content": blocks, "stop_reason": _reason(answer), "usage": _usage(answer.usage)}


async def stream(answer: Answer, model: str, pace: Pacing) -> AsyncIterator[bytes]:
    """Events of an answer: thinking, text and tool use as blocks in this order, usage in the last delta."""
    metronome = Ticker(pace)
    await metronome.start()
    started = _usage(msgspec.structs.replace(answer.usage, completion=0))
    yield _event("message_start", message=_head(model) | {"content": [], "stop_reason": None, "usage": started})
    index = 0
    if answer.thinking:
        yield _start(index, {"type": "thinking", "thinking": ""})
        for piece in pieces(answer.thinking):
            await metronome.tick()
            yield _delta(index, {"type": "thinking_delta", "thinking": piece})
        yield _delta(index, {"type": "signature_delta", "signature": secrets.token_hex(16)})
        yield _event("content_block_stop", index=index)
        index += 1
    if answer.text:
        yield _start(index, {"type": "text", "text": ""})
        for piece in pieces(answer.text):
            await metronome.tick()
            yield _delta(index, {"type": "text_delta", "text": piece})
        yield _event("content_block_stop", index=index)
        index += 1
    for call in answer.calls:
        yield _start(index, {"type": "tool_use", "id": call.id, "name": call.name, "input": {}})
        for piece in pieces(call.arguments):
            await metronome.tick()
            yield _delta(index, {"type": "input_json_delta", "partial_json": piece})
        yield _event("content_block_stop", index=index)
        index += 1
    ended = {"stop_reason": _reason(answer), "stop_sequence": None}
    yield _event("message_delta", delta=ended, usage=_usage(answer.usage))
    yield _event("message_stop")


def _input(arguments: str) -> Any:
    """The arguments as an object; an empty one where the token limit cut them."""
    try:
        return msgspec.json.decode(arguments)
    except msgspec.DecodeError:
        return {}


def _head(model: str) -> dict[str, Any]:
    return {"id": secrets.token_hex(16), "type": "message", "role": "assistant", "model": model}


def _reason(answer: Answer) -> str:
    return _STOP_REASONS.get(answer.finish, answer.finish)


def _usage(usage: Usage) -> dict[str, Any]:
    """Cached tokens are counted apart here, not within the input."""
    return {
        "input_tokens": usage.prompt - usage.cached,
        "output_tokens": usage.completion,
        "cache_read_input_tokens": usage.cached,
    }


def _start(index: int, block: dict[str, Any]) -> bytes:
    return _event("content_block_start", index=index, content_block=block)


def _delta(index: int, delta: dict[str, Any]) -> bytes:
    return _event("content_block_delta", index=index, delta=delta)


def _event(kind: str, **fields: Any) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + _encoder.encode({"type": kind, **fields}) + b"\n\n"
