"""Schema of chat requests in the OpenAI protocol (WIRE.md sections 6.1, 5, 7 and the accepted variants of section 13).

Unknown fields are refused, although the platform ignores those of the body without a word: a typo shows here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

FunctionName = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]
OneToFifty = Annotated[int, Meta(ge=1, le=50)]
Penalty = Annotated[float, Meta(ge=-2, le=2)]


class TextPart(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="text"):
    text: str


class ImageUrl(Struct, frozen=True, forbid_unknown_fields=True):
    url: str
    detail: str | None = None


class ImagePart(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="image_url"):
    image_url: ImageUrl


class InputAudio(Struct, frozen=True, forbid_unknown_fields=True):
    data: str
    format: str | None = None


class AudioPart(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="input_audio"):
    input_audio: InputAudio


class VideoUrl(Struct, frozen=True, forbid_unknown_fields=True):
    url: str


class VideoPart(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="video_url"):
    """`fps` and `media_resolution` are siblings of `video_url`, not inside it."""

    video_url: VideoUrl
    fps: Annotated[float, Meta(ge=0.1, le=10)] = 2.0
    media_resolution: Literal["default", "max"] = "default"


UserPart = TextPart | ImagePart | AudioPart | VideoPart


class SystemMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="system"):
    content: str | list[TextPart]
    name: str | None = None


class DeveloperMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="developer"):
    content: str | list[TextPart]
    name: str | None = None


class UserMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="user"):
    content: str | list[UserPart]
    name: str | None = None


class CalledFunction(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    arguments: str


class ToolCall(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    function: CalledFunction
    type: Literal["function"] = "function"
    index: int | None = None


class AssistantMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="assistant"):
    content: str | list[TextPart] | None = None
    name: str | None = None
    tool_calls: list[ToolCall] | None = None
    reasoning_content: str | None = None


class ToolMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="tool"):
    """The parser validates `content`: the platform has its own error for non-text parts (WIRE.md section 6.5)."""

    tool_call_id: str
    content: Any
    name: str | None = None


AnyMessage = SystemMessage | DeveloperMessage | UserMessage | AssistantMessage | ToolMessage


class FunctionDefinition(Struct, frozen=True, forbid_unknown_fields=True):
    name: FunctionName
    description: str | None = None
    parameters: dict[str, Any] | None = None
    strict: bool | None = None


class FunctionTool(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="function"):
    function: FunctionDefinition


class UserLocation(Struct, frozen=True, forbid_unknown_fields=True):
    type: Literal["approximate"] = "approximate"
    country: str | None = None
    region: str | None = None
    city: str | None = None
    district: str | None = None
    longitude: float | str | None = None
    latitude: float | str | None = None


class SearchTool(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="web_search"):
    """`force_search` also occurs as a string and under the name `forced_search` (WIRE.md section 13)."""

    force_search: bool | Literal["true", "false"] = False
    forced_search: bool | Literal["true", "false"] = False
    max_keyword: OneToFifty = 5
    limit: OneToFifty = 5
    user_location: UserLocation | None = None


class Thinking(Struct, frozen=True, forbid_unknown_fields=True):
    type: Literal["enabled", "disabled"]


class JsonSchema(Struct, frozen=True):
    schema: dict[str, Any]
    name: str = ""


class ResponseFormat(Struct, frozen=True, forbid_unknown_fields=True):
    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchema | None = None


class StreamOptions(Struct, frozen=True, forbid_unknown_fields=True):
    include_usage: bool = True


class ChatBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`reasoning_effort` and the token limits are validated by the parser for their recorded errors.

    `tool_choice` has no effect, whatever it holds; nor have the last three fields, which no document names.
    """

    model: str
    messages: Annotated[list[AnyMessage], Meta(min_length=1)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    max_completion_tokens: int | None = None
    max_tokens: int | None = None
    temperature: Annotated[float, Meta(ge=0, le=1.5)] | None = None
    top_p: Annotated[float, Meta(ge=0.01, le=1)] | None = None
    frequency_penalty: Penalty | None = None
    presence_penalty: Penalty | None = None
    stop: str | Annotated[list[str], Meta(max_length=4)] | None = None
    thinking: Thinking | None = None
    reasoning_effort: Any = None
    response_format: ResponseFormat | None = None
    tools: list[FunctionTool | SearchTool] | None = None
    tool_choice: Any = None
    enable_thinking: Any = None
    thinking_budget: Any = None
    web_search_enabled: Any = msgspec.field(default=None, name="webSearchEnabled")
