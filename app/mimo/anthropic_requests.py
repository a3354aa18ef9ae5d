"""Chat request bodies of the Anthropic protocol (WIRE.md sections 8 and 13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from app.core.catalogue import catalogue
from app.core.errors import Code, InputError
from app.core.messages import Media, Message, Text, Thinking, ToolCall
from app.core.profiles import Profile
from app.core.requests import ChatRequest, FunctionTool, Sampling, additional_fields
from app.mimo.embedded_files import base64_of
from app.mimo.openai_requests import (
    NO_ANSWER,
    NO_PARAMETERS,
    NO_RESULT,
    steps,
    user_content,
    wants_thinking,
    with_tags,
)

_DEFAULT_MAX_TOKENS = 32_768
"""`max_tokens` for services that require it; the platform has a default per model."""


def chat_body(profile: Profile, request: ChatRequest) -> dict[str, Any]:
    """The JSON body of one exchange. Penalties, JSON mode and web search do not exist in this protocol.

    Raises `InputError(MEDIA_UNSUPPORTED)` for audio and video.
    """
    sampling = request.sampling
    messages = list(_messages(profile, request))
    if messages and messages[-1]["role"] == "assistant":
        messages[-1] = _prefill(messages[-1], thinks=sampling.thinking is not False)
    body: dict[str, Any] = {"model": request.model, "messages": messages}
    instructions = [request.system] + [
        message.text for message in request.messages if message.role in ("system", "developer")
    ]
    fields: dict[str, Any] = {
        "system": "\n\n".join(text for text in instructions if text) or None,
        "max_tokens": sampling.max_tokens
        or (_DEFAULT_MAX_TOKENS if profile.kind in ("gateway", "self-hosted") else None),
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "stop_sequences": list(sampling.stop) or None,
        "stream": sampling.stream,
    }
    if sampling.thinking is not None:
        fields["thinking"] = {"type": "enabled" if sampling.thinking else "disabled"}
    if request.tools:
        fields["tools"] = [_tool(tool) for tool in request.tools]
        fields["tool_choice"] = {"type": "auto"}
    body |= {name: value for name, value in fields.items() if value is not None}
    body = {name: value for name, value in body.items() if name not in profile.unsupported_parameters}
    return body | additional_fields(profile.extra_body, sampling.extra)


def _tool(tool: FunctionTool) -> dict[str, Any]:
    return {
        "name": tool.name,
        "description": tool.description,
        "type": "custom",
        "input_schema": tool.parameters or NO_PARAMETERS,
    }


def _messages(profile: Profile, request: ChatRequest) -> Iterator[dict[str, Any]]:
    messages = [message for message in request.messages if message.role not in ("system", "developer")]
    # Only MiMo itself requires thinking beside every call; elsewhere a block without text or signature is refused.
    thinks = profile.kind not in ("gateway", "self-hosted") and wants_thinking(request)
    sees = catalogue().model(request.model).may("image")
    unanswered: list[str] = []
    for position, message in enumerate(messages):
        if message.role != "tool":
            yield from _missing_results(unanswered)
        if message.role == "assistant":
            following = messages[position + 1] if position + 1 < len(messages) else None
            has_tool_messages = following is not None and following.role == "tool"
            unanswered = [call.id for call in _calls(message) if call.result is None] if has_tool_messages else []
            yield from _assistant(
                profile, message, request.sampling, has_tool_messages, thinks=thinks, sends_images=sees
            )
        elif message.role == "tool":
            yield {"role": "user", "content": _tool_results(message, unanswered)}
        else:
            content = user_content(message, _image)
            if content:
                yield {"role": "user", "content": content}
    yield from _missing_results(unanswered)


def _tool_results(message: Message, unanswered: list[str]) -> list[dict[str, Any]]:
    """The results in a separate tool message: of the calls it names, or else of the oldest call without a result."""
    calls = _calls(message)
    for call in calls:
        if call.id in unanswered:
            unanswered.remove(call.id)
    if calls:
        return [_result(call.id, call.result_text(sends_images=False) or message.text) for call in calls]
    return [_result(unanswered.pop(0) if unanswered else message.name or message.id, message.text)]


def _missing_results(unanswered: list[str]) -> Iterator[dict[str, Any]]:
    """Results for the calls that the following tool messages did not answer."""
    results = [_result(call_id, NO_RESULT) for call_id in unanswered]
    unanswered.clear()
    if results:
        yield {"role": "user", "content": results}


def _calls(message: Message) -> list[ToolCall]:
    return [part for part in message.parts if isinstance(part, ToolCall) and not part.is_cut]


def _image(part: Media) -> dict[str, Any]:
    if not part.mime.startswith("image/"):
        raise InputError(Code.MEDIA_UNSUPPORTED, field="media", mime=part.mime, protocol="anthropic")
    if part.url.startswith(("data:", "blob:")):
        data = base64_of(part.url, part.name, part.size)
        source: dict[str, Any] = {"type": "base64", "media_type": part.mime, "data": data}
    else:
        source = {"type": "url", "url": part.url}
    return {"type": "image", "source": source}


def _assistant(
    profile: Profile,
    message: Message,
    sampling: Sampling,
    has_tool_messages: bool,
    *,
    thinks: bool,
    sends_images: bool,
) -> Iterator[dict[str, Any]]:
    for parts in steps(message):
        calls = [part for part in parts if isinstance(part, ToolCall)]
        answer = [n for n, part in enumerate(parts) if isinstance(part, ToolCall) or _has_words(part)]
        last = max(answer, default=-1)
        send_thinking = sampling.send_thinking or bool(calls)
        keeps_tags = profile.kind in ("gateway", "self-hosted")
        blocks = [
            block
            for n, part in enumerate(parts)
            if (block := _block(part, send_thinking=send_thinking, whole=n < last, keeps_tags=keeps_tags)) is not None
        ]
        if not answer and any(isinstance(part, Thinking) for part in parts):
            blocks.append({"type": "text", "text": NO_ANSWER})
        if calls and thinks and all(block["type"] != "thinking" for block in blocks):
            blocks.insert(0, _thinking("", None))
        if blocks:
            yield {"role": "assistant", "content": blocks}
        results = [
            _result(call.id, _content(call, sends_images), failed=call.state in _FAILED_STATES)
            for call in calls
            if call.result is not None or not has_tool_messages
        ]
        if results:
            yield {"role": "user", "content": results}


def _prefill(message: dict[str, Any], *, thinks: bool) -> dict[str, Any]:
    """A final assistant message as services take it: no blank end, and no thinking in a request without thinking."""
    blocks = [block for block in message["content"] if thinks or block["type"] != "thinking"]
    if blocks and blocks[-1]["type"] == "text":
        blocks[-1] = blocks[-1] | {"text": blocks[-1]["text"].rstrip()}
    return message | {"content": blocks or message["content"]}


def _has_words(part: object) -> bool:
    return isinstance(part, Text) and bool(part.text.strip())


_FAILED_STATES = ("failed", "denied", "stopped")


def _block(part: object, *, send_thinking: bool, whole: bool, keeps_tags: bool) -> dict[str, Any] | None:
    """A content block, None for one that services refuse: blank text (WIRE.md section 13) or cut-off thinking.

    `whole` is False for thinking that nothing followed. Without a signature it may have been cut off before the
    signature came, and no service requires it. `keeps_tags`: thinking that came between tags in the text, not as a
    block, goes back so.
    """
    match part:
        case Text(text=text) if text.strip():
            return {"type": "text", "text": text}
        case Thinking(text=text, signature=signature) if (text.strip() or signature) and send_thinking:
            if part.form == "tags" and keeps_tags:
                return {"type": "text", "text": with_tags(text, "")} if whole else None
            return _thinking(text, signature) if whole or signature else None
        case ToolCall():
            return {"type": "tool_use", "id": part.id, "name": part.name, "input": _arguments(part.arguments)}
        case _:
            return None


def _thinking(text: str, signature: str | None) -> dict[str, Any]:
    """A thinking block with its signature as it came: a text, an empty one, or none (WIRE.md section 8)."""
    block = {"type": "thinking", "thinking": text}
    return block if signature is None else block | {"signature": signature}


def _arguments(text: str) -> dict[str, Any]:
    """The arguments as the object that this protocol requires; any other value is wrapped in one field."""
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        value = text
    return value if isinstance(value, dict) else {"arguments": value}


def _content(call: ToolCall, sends_images: bool) -> str | list[dict[str, Any]]:
    """The result of a call: its text, and its images where the model takes any."""
    if call.result is None:
        return NO_RESULT
    images = [each for each in call.media if each.mime.startswith("image/")] if sends_images else []
    text = call.result_text(sends_images=sends_images)
    if not images:
        return text
    return ([{"type": "text", "text": text}] if text.strip() else []) + [_image(each) for each in images]


def _result(call_id: str, content: str | list[dict[str, Any]], *, failed: bool = False) -> dict[str, Any]:
    result: dict[str, Any] = {"type": "tool_result", "tool_use_id": call_id, "content": content}
    if failed:
        result["is_error"] = True
    return result
