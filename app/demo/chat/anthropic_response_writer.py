"""Writes answers in the Anthropic protocol, in one body or as a stream (WIRE.md section 8)."""

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
    """Body of a response that is not streamed."""
    blocks: list[dict[str, Any]] = []
    if answer.thinking is not None:
        blocks.append({"type": "thinking", "thinking": answer.thinking, "signature": ""})
    if answer.text:
        blocks.append({"type": "text", "text": answer.text})
    for call in answer.calls:
        blocks.append({"type": "tool_use", "id": call.id, "name": call.name, "input": _input(call.arguments)})
    return _envelope(secrets.token_hex(16), model) | {
        "content": blocks,
        "stop_reason": _stop_reason(answer),
        "usage": _usage(answer.usage),
    }


async def stream(answer: Answer, model: str, pacing: Pacing) -> AsyncIterator[bytes]:
    """Server-sent events of an answer: thinking, text and tool use blocks in this order, usage in the last delta.

    As in the one recording of the platform, the counts of `message_start` are zeros and no signature comes.
    """
    ticker = Ticker(pacing)
    await ticker.start()
    start = _envelope(f"msg_{secrets.token_hex(12)}", model)
    yield _event("message_start", message=start | {"content": [], "usage": {"input_tokens": 0, "output_tokens": 0}})
    index = 0
    if answer.thinking:
        yield _block_start(index, {"type": "thinking", "thinking": ""})
        for piece in pieces(answer.thinking):
            await ticker.tick()
            yield _block_delta(index, {"type": "thinking_delta", "thinking": piece})
        yield _event("content_block_stop", index=index)
        index += 1
    if answer.text:
        yield _block_start(index, {"type": "text", "text": ""})
        for piece in pieces(answer.text):
            await ticker.tick()
            yield _block_delta(index, {"type": "text_delta", "text": piece})
        yield _event("content_block_stop", index=index)
        index += 1
    for call in answer.calls:
        yield _block_start(index, {"type": "tool_use", "id": call.id, "name": call.name, "input": {}})
        for piece in pieces(call.arguments):
            await ticker.tick()
            yield _block_delta(index, {"type": "input_json_delta", "partial_json": piece})
        yield _event("content_block_stop", index=index)
        index += 1
    yield _event("message_delta", delta={"stop_reason": _stop_reason(answer)}, usage=_usage(answer.usage))
    yield _event("message_stop")


def _input(arguments: str) -> Any:
    """Decode the arguments of a tool call; an empty object if the token limit cut them off."""
    try:
        return msgspec.json.decode(arguments)
    except msgspec.DecodeError:
        return {}


def _envelope(id: str, model: str) -> dict[str, Any]:
    return {"id": id, "type": "message", "role": "assistant", "model": model}


def _stop_reason(answer: Answer) -> str:
    return _STOP_REASONS.get(answer.finish, answer.finish)


def _usage(usage: Usage) -> dict[str, Any]:
    """Usage in this protocol: cached tokens are not part of the input tokens."""
    row = {"input_tokens": usage.prompt - usage.cached, "output_tokens": usage.completion}
    return row | {"cache_read_input_tokens": usage.cached} if usage.cached else row


def _block_start(index: int, block: dict[str, Any]) -> bytes:
    return _event("content_block_start", index=index, content_block=block)


def _block_delta(index: int, delta: dict[str, Any]) -> bytes:
    return _event("content_block_delta", delta=delta, index=index)


def _event(kind: str, **fields: Any) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + _encoder.encode({"type": kind, **fields}) + b"\n\n"
