"""Writes answers in the OpenAI protocol, in one body or as a stream (WIRE.md sections 6.2 to 6.4 and 7)."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from app.demo.chat.question import Answer, Usage
from app.demo.pacing import Pacing, Ticker
from app.demo.tokens import pieces

DONE = b"data: [DONE]\n\n"

_encoder = msgspec.json.Encoder()


def response_id(model: str) -> str:
    """A new id; each generation of models has its own form, and none has a meaning (WIRE.md section 6.2)."""
    if model.startswith("mimo-v2.6"):
        return f"{uuid.uuid4()}_{secrets.token_hex(16)}"
    return f"chatcmpl-{secrets.token_hex(16)}" if model == "mimo-v2.5-pro" else secrets.token_hex(16)


class Envelope:
    """Builds the frames of one response, which share its id, time and model."""

    def __init__(self, model: str) -> None:
        self.id = response_id(model)
        self.created = int(time.time())
        self.model = model

    def chunk(self, choices: list[dict[str, Any]], **extra: Any) -> bytes:
        frame = {
            "id": self.id,
            "choices": choices,
            "created": self.created,
            "model": self.model,
            "object": "chat.completion.chunk",
            **extra,
        }
        return b"data: " + _encoder.encode(frame) + b"\n\n"

    def completion(self, finish: str, message: dict[str, Any], usage: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": self.id,
            "choices": [{"finish_reason": finish, "index": 0, "message": message}],
            "created": self.created,
            "model": self.model,
            "object": "chat.completion",
            "usage": usage,
        }


def usage_row(usage: Usage) -> dict[str, Any]:
    details: dict[str, Any] = dict(usage.media)
    if usage.cached:
        details["cached_tokens"] = usage.cached
    row: dict[str, Any] = {
        "completion_tokens": usage.completion,
        "prompt_tokens": usage.prompt,
        "total_tokens": usage.prompt + usage.completion,
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning},
        "prompt_tokens_details": details,
    }
    if usage.searches is not None:
        row["web_search_usage"] = {"tool_usage": usage.searches[0], "page_usage": usage.searches[1]}
    return row


def completion(answer: Answer, model: str) -> dict[str, Any]:
    """Body of a response that is not streamed.

    With thinking off, `reasoning_content` is absent, and `tool_calls` too unless there are calls (WIRE.md section 6.2).
    """
    calls = [
        {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for call in answer.calls
    ]
    message: dict[str, Any] = {"content": answer.text, "role": "assistant"}
    if calls or answer.thinking is not None:
        message["tool_calls"] = calls or None
    if answer.thinking is not None:
        message["reasoning_content"] = answer.thinking
    if answer.citations is not None:
        message["annotations"] = [citation.row() for citation in answer.citations]
    if answer.search_error is not None:
        message["error_message"] = answer.search_error
    return Envelope(model).completion(answer.finish, message, usage_row(answer.usage))


async def stream(answer: Answer, model: str, pacing: Pacing) -> AsyncIterator[bytes]:
    """Server-sent events of an answer: role and citations, thinking, text, calls, finish, usage, `[DONE]`."""
    envelope = Envelope(model)
    ticker = Ticker(pacing)
    # With thinking off, both keys are left out where they hold nothing.
    empty = {} if answer.thinking is None else {"tool_calls": None, "reasoning_content": None}

    def delta(finish: str | None = None, /, extra: dict[str, Any] | None = None, **delta: Any) -> bytes:
        all_fields = {"content": None, "role": None, **empty, **delta}
        return envelope.chunk([{"delta": all_fields, "finish_reason": finish, "index": 0}], **(extra or {}))

    await ticker.start()
    first: dict[str, Any] = {"content": "", "role": "assistant"}
    if answer.citations is not None:
        first["annotations"] = [citation.row() for citation in answer.citations]
    if answer.search_error is not None:
        first["error_message"] = answer.search_error
    yield delta(**first)
    for piece in pieces(answer.thinking or ""):
        await ticker.tick()
        yield delta(reasoning_content=piece)
    for piece in pieces(answer.text):
        await ticker.tick()
        yield delta(content=piece)
    for index, call in enumerate(answer.calls):
        await ticker.tick()
        head = {"index": index, "id": call.id, "function": {"arguments": "", "name": call.name}, "type": "function"}
        yield delta(tool_calls=[head])
        for piece in pieces(call.arguments):
            await ticker.tick()
            tail = {"index": index, "id": None, "function": {"arguments": piece, "name": None}, "type": "function"}
            yield delta(tool_calls=[tail])
    yield delta(answer.finish, extra={"usage": None})
    yield envelope.chunk([], usage=usage_row(answer.usage))
    yield DONE
