"""From an OpenAI chat body to a question, refusing what the platform refuses (WIRE.md sections 5 to 7, 13)."""

from __future__ import annotations

from typing import Any

import msgspec

from app.demo.chat.openai_schema import (
    AnyMessage,
    AssistantMessage,
    AudioPart,
    ChatBody,
    DeveloperMessage,
    FunctionTool,
    ImagePart,
    ResponseFormat,
    SearchTool,
    SystemMessage,
    TextPart,
    ToolMessage,
    UserLocation,
    UserPart,
    VideoPart,
)
from app.demo.chat.question import Attachment, Call, Message, Question, Search, Tool
from app.demo.errors import Refusal, bad_literal, incorrect, no_image_input, reasoning_missing
from app.demo.models import Model

_EFFORTS = ("low", "medium", "high")


def read(body: dict[str, Any], model: Model, *, search_plugin: bool = True) -> Question:
    """Checks a request body and turns it into a question.

    Args:
        search_plugin: whether the web search plugin is switched on for this account.

    Raises:
        Refusal: with the platform's text for the mistake.
    """
    if (effort := body.get("reasoning_effort")) is not None and effort not in _EFFORTS:
        raise bad_literal("reasoning_effort", _EFFORTS, effort)
    try:
        chat = msgspec.convert(body, ChatBody)
    except msgspec.ValidationError as mismatch:
        raise incorrect(str(mismatch)) from mismatch
    messages = tuple(_message(message) for message in chat.messages)
    thinking = chat.thinking.type == "enabled" if chat.thinking else model.thinks
    if thinking and any(m.calls and m.thinking is None for m in messages):
        raise reasoning_missing()
    _check_media(messages, model)
    tools = tuple(_tool(tool) for tool in chat.tools or () if isinstance(tool, FunctionTool))
    search = next((_search(tool) for tool in chat.tools or () if isinstance(tool, SearchTool)), None)
    if search and not search_plugin:
        raise Refusal(400, "Param Incorrect", "web search tool found but webSearchEnabled is false")
    stop = chat.stop or []
    return Question(
        model=model,
        messages=messages,
        tools=tools,
        search=search,
        thinking=thinking,
        json=_wants_json(chat.response_format, messages),
        schema=chat.response_format.json_schema.schema
        if chat.response_format and chat.response_format.json_schema
        else None,
        max_tokens=chat.max_completion_tokens or chat.max_tokens or model.default_tokens,
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
        stream=bool(chat.stream),
    )


def _message(message: AnyMessage) -> Message:
    match message:
        case SystemMessage() | DeveloperMessage():
            return Message("system", _text(message.content))
        case AssistantMessage():
            calls = tuple(Call(c.id, c.function.name, c.function.arguments) for c in message.tool_calls or ())
            return Message("assistant", _text(message.content or ""), calls=calls, thinking=message.reasoning_content)
        case ToolMessage():
            return Message("tool", _tool_text(message.content), call_id=message.tool_call_id)
        case _:
            attachments = (
                () if isinstance(message.content, str) else tuple(filter(None, map(_attachment, message.content)))
            )
            return Message("user", _text(message.content), attachments)


def _text(content: str | list[TextPart] | list[UserPart]) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(part.text for part in content if isinstance(part, TextPart))


def _tool_text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(
        isinstance(part, dict) and isinstance(part.get("text"), str) for part in content
    ):
        return "\n".join(part["text"] for part in content)
    raise incorrect("`text` is not set")


def _attachment(part: UserPart) -> Attachment | None:
    match part:
        case ImagePart():
            return Attachment("image", part.image_url.url)
        case AudioPart():
            bare = part.input_audio.format and not part.input_audio.data.startswith(("data:", "http"))
            prefix = f"data:audio/{part.input_audio.format};base64," if bare else ""
            return Attachment("audio", prefix + part.input_audio.data)
        case VideoPart():
            return Attachment("video", part.video_url.url, part.fps, part.media_resolution == "max")
        case _:
            return None


def _check_media(messages: tuple[Message, ...], model: Model) -> None:
    kinds = {attachment.kind for message in messages for attachment in message.attachments}
    if "image" in kinds and not model.sees:
        raise no_image_input()
    if kinds & {"audio", "video"} and not model.hears:
        kind = "audio" if "audio" in kinds else "video"
        raise Refusal(404, f"No endpoints found that support {kind} input", framed=True)


def _wants_json(given: ResponseFormat | None, messages: tuple[Message, ...]) -> bool:
    """JSON mode yields JSON only when a message asks for it, a schema always does (WIRE.md sections 6.6 and 13)."""
    if given is None or given.type == "text":
        return False
    return given.json_schema is not None or any(
        "json" in message.text.lower() for message in messages if message.role in ("system", "user")
    )


def _tool(tool: FunctionTool) -> Tool:
    return Tool(tool.function.name, tool.function.description or "", tool.function.parameters or {})


def _search(tool: SearchTool) -> Search:
    force = tool.force_search in (True, "true") or tool.forced_search in (True, "true")
    return Search(force, tool.max_keyword, tool.limit, _place(tool.user_location))


def _place(location: UserLocation | None) -> str:
    if location is None:
        return ""
    return location.city or location.district or location.region or location.country or ""
