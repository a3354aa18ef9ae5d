"""Converts a recorded call back to a request that sends the same JSON again."""

from __future__ import annotations

import json
import re
from typing import Any

from app.core.requests import ChatRequest, Sampling
from app.services.ports import Call

_ELIDED_MEDIA = re.compile(r"<\d+ characters, sha256 [0-9a-f]{64}>")
"""What a recorded request has in place of a long file."""


def recorded_request(call: Call) -> ChatRequest | None:
    """Return a request that sends the JSON of this call again.

    None if that is not possible: the call is no chat, the request was cut, or a file was left out of the recording.
    """
    if call.kind != "chat" or _ELIDED_MEDIA.search(call.request):
        return None
    try:
        body = json.loads(call.request)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        return None
    sampling = Sampling(thinking=_thinking(body), stream=bool(body.get("stream")))
    model = body.get("model")
    return ChatRequest(model if isinstance(model, str) else call.model, (), _system(body), sampling, recorded=body)


def is_for_protocol(call: Call, protocol: str) -> bool:
    """Whether a service of this protocol understands the call."""
    return call.url.partition("?")[0].endswith("/messages") == (protocol == "anthropic")


def _thinking(body: dict[str, Any]) -> bool | None:
    """Whether the call asked for thinking; None if it left that to the model."""
    match body:
        case {"thinking": {"type": str(kind)}}:
            return kind == "enabled"
        case {"chat_template_kwargs": {"enable_thinking": bool(enabled)}}:
            return enabled
        case _:
            return None


def _system(body: dict[str, Any]) -> str:
    match body:
        case {"system": str(text)}:
            return text
        case {"messages": [{"role": "system", "content": str(text)}, *_]}:
            return text
        case _:
            return ""
