"""Converts a recorded call back to a request that sends the same JSON again, or an edited one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from typing import Any

from app.core.elided_files import ELIDED
from app.core.messages import Media, Message
from app.core.requests import ChatRequest, Sampling
from app.services.ports import Call


def has_left_out_files(request: str) -> bool:
    """Whether a recorded request has marks in place of files. Looks through all of it: call it in a thread."""
    return ELIDED.search(request) is not None


def restored_files(body: Any, messages: Collection[Message], *, to_send: bool = False) -> tuple[Any, bool]:
    """A body with the files that these messages still have in place of their marks, and whether none is missing.

    In a body that is `to_send` the marks of files of the home stay: the client puts the files in their place.
    Computes digests of whole files: call it in a thread.
    """
    files: dict[str, str] | None = None
    stored = {part.digest for message in messages for part in message.parts if isinstance(part, Media)} - {""}
    is_whole = True

    def restore(value: Any) -> Any:
        nonlocal files, is_whole
        if isinstance(value, dict):
            return {name: restore(item) for name, item in value.items()}
        if isinstance(value, list):
            return [restore(item) for item in value]
        if isinstance(value, str) and (mark := ELIDED.fullmatch(value)) is not None:
            if to_send and mark[3] in stored:
                return value
            if files is None:
                files = dict(_files(messages))
            found = files.get(mark[3])
            is_whole = is_whole and found is not None
            return value if found is None else found
        return value

    return restore(body), is_whole


def _files(messages: Iterable[Message]) -> Iterable[tuple[str, str]]:
    """The files of messages as they stand in requests, by the digests in their marks."""
    for message in messages:
        for part in message.parts:
            if isinstance(part, Media) and part.url.startswith("data:"):
                for text in (part.url, part.url.partition(",")[2]):
                    yield hashlib.sha256(text.encode()).hexdigest(), text


def recorded_request(call: Call, body: Any = None) -> ChatRequest | None:
    """Return a request that sends the JSON of this call again, or `body` in its place.

    None if that is not possible: the call is no chat, the request was cut, or a file was left out of the recording.
    """
    if call.kind != "chat":
        return None
    if body is None:
        try:
            body = json.loads(call.request)
        except (ValueError, RecursionError):
            return None
        if call.elided:
            return None
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        return None
    sampling = Sampling(thinking=_thinking(body), stream=bool(body.get("stream")))
    model = body.get("model")
    return ChatRequest(model if isinstance(model, str) else call.model, (), _system(body), sampling, recorded=body)


def is_for_protocol(call: Call, protocol: str) -> bool:
    """Whether a service of this protocol understands the call."""
    return call.url.partition("?")[0].endswith("/messages") == (protocol == "anthropic")


def offered_names(request: ChatRequest) -> set[str]:
    """Names of the functions that a request offers to the model, also one that is sent as it was recorded."""
    if request.recorded is None:
        return {tool.name for tool in request.tools}
    tools = request.recorded.get("tools")
    found = set()
    for tool in tools if isinstance(tools, list) else ():
        match tool:
            case {"function": {"name": str(name)}} | {"name": str(name)}:
                found.add(name)
    return found


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
