"""Parses and validates chat requests of the OpenAI protocol (WIRE.md sections 5 to 7 and 13)."""

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
from app.demo.errors import (
    Refusal,
    bad_literal,
    incorrect,
    no_image_input,
    not_listed,
    reasoning_missing,
    token_limit,
)
from app.demo.models import Model

_EFFORTS = ("low", "medium", "high")
_NO_EFFORT = "none"
_STRICTER = (
    "The platform would ignore this without a word; the demo service refuses it, so that a misspelt field is noticed."
)
_RESPONSE_FORMATS = ("text", "json_object", "json_schema")
_THINKING_TYPES = ("enabled", "disabled")
_FIELDS = {field.encode_name for field in msgspec.structs.fields(ChatBody)}
_REFUSED_FIELD = "n"
"""The one field that the platform refuses instead of ignoring it (WIRE.md section 2)."""


def parse(body: dict[str, Any], model: Model, *, search_plugin: bool = True) -> Question:
    """Validate a request body and convert it to a question.

    Args:
        search_plugin: whether the web search plugin is enabled for this account.

    Raises:
        Refusal: the request is invalid; has the platform's error text.
    """
    _check_literals(body)
    _check_token_limits(body, model)
    _check_fields(body)
    try:
        chat = msgspec.convert(body, ChatBody)
    except msgspec.ValidationError as error:
        raise incorrect(str(error)) from error
    messages = tuple(_message(message) for message in chat.messages)
    thinking = model.thinks_by_default and chat.reasoning_effort != _NO_EFFORT
    if chat.thinking:
        thinking = chat.thinking.type == "enabled"
    if thinking and any(m.calls and m.thinking is None for m in messages):
        raise reasoning_missing()
    _check_media(messages, model)
    tools = tuple(_tool(tool) for tool in chat.tools or () if isinstance(tool, FunctionTool))
    search = next((_search(tool) for tool in chat.tools or () if isinstance(tool, SearchTool)), None)
    if search and not search_plugin:
        raise Refusal(
            400, "Param Incorrect", "web search tool found in the request body, but webSearchEnabled is false"
        )
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


def _check_literals(body: dict[str, Any]) -> None:
    effort = body.get("reasoning_effort")
    if effort is not None and effort not in (*_EFFORTS, _NO_EFFORT):
        raise bad_literal("reasoning_effort", _EFFORTS, effort)
    for field, allowed in (("thinking", _THINKING_TYPES), ("response_format", _RESPONSE_FORMATS)):
        value = body.get(field)
        if isinstance(value, dict) and isinstance(kind := value.get("type"), str) and kind not in allowed:
            raise not_listed()


def _check_token_limits(body: dict[str, Any], model: Model) -> None:
    for field in ("max_completion_tokens", "max_tokens"):
        if type(value := body.get(field)) is int and (refusal := token_limit(field, value, model.max_tokens)):
            raise refusal


def _check_fields(body: dict[str, Any]) -> None:
    """Refuse unknown fields of the body by name, and say that the platform would not."""
    unknown = [field for field in body if field not in _FIELDS]
    if _REFUSED_FIELD in unknown:
        raise incorrect(f"unknown field `{_REFUSED_FIELD}`")
    if unknown:
        names = ", ".join(f"`{field}`" for field in unknown)
        fields = "field" if len(unknown) == 1 else "fields"
        raise incorrect(f"unknown {fields} {names}. {_STRICTER}")


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
    if "image" in kinds and not model.accepts_images:
        raise no_image_input()
    if kinds & {"audio", "video"} and not model.accepts_audio:
        kind = "audio" if "audio" in kinds else "video"
        raise Refusal(404, f"No endpoints found that support {kind} input", framed=True)


def _wants_json(response_format: ResponseFormat | None, messages: tuple[Message, ...]) -> bool:
    """Whether to answer in JSON: always with a schema, else if a message asks for it (WIRE.md sections 6.6, 13)."""
    if response_format is None or response_format.type == "text":
        return False
    return response_format.json_schema is not None or any(
        "json" in message.text.lower() for message in messages if message.role in ("system", "user")
    )


def _tool(tool: FunctionTool) -> Tool:
    return Tool(tool.function.name, tool.function.description or "", tool.function.parameters or {})


def _search(tool: SearchTool) -> Search:
    force = tool.force_search in (True, "true") or tool.forced_search in (True, "true")
    return Search(force, tool.max_keyword, tool.limit, _location(tool.user_location))


def _location(location: UserLocation | None) -> str:
    if location is None:
        return ""
    return location.city or location.district or location.region or location.country or ""
