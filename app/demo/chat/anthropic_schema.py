"""Schema of requests in the Anthropic protocol (WIRE.md section 8 and the accepted variants of section 13)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from app.demo.chat.openai_schema import FunctionName

NonEmptyText = Annotated[str, Meta(min_length=1)]


class CacheMarked(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of objects that accept a `cache_control` mark. Anthropic clients send it; it has no effect here."""

    cache_control: Any = None


class TextBlock(CacheMarked, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="text"):
    text: NonEmptyText


class Base64Source(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="base64"):
    media_type: Literal["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"]
    data: str


class UrlSource(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="url"):
    url: str


class ImageBlock(CacheMarked, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="image"):
    source: Base64Source | UrlSource


class ThinkingBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="thinking"):
    thinking: str
    signature: str | None = None


class ToolUseBlock(CacheMarked, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="tool_use"):
    id: str
    name: str
    input: dict[str, Any]


class ToolResultBlock(CacheMarked, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="tool_result"):
    tool_use_id: str
    content: str | list[TextBlock | ImageBlock] | None = None
    is_error: bool | None = None


class UserMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="user"):
    content: str | list[TextBlock | ImageBlock | ToolResultBlock]


class AssistantMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="assistant"):
    content: str | list[TextBlock | ThinkingBlock | ToolUseBlock]


class ToolDefinition(CacheMarked, frozen=True, forbid_unknown_fields=True):
    name: FunctionName
    input_schema: dict[str, Any]
    description: str | None = None
    type: Literal["custom"] | None = None


class ToolChoice(Struct, frozen=True, forbid_unknown_fields=True):
    type: Literal["auto"] = "auto"
    disable_parallel_tool_use: bool | None = None


class Thinking(Struct, frozen=True, forbid_unknown_fields=True):
    """`budget_tokens` belongs to Anthropic's own service: it is accepted and ignored."""

    type: Literal["enabled", "disabled"]
    budget_tokens: int | None = None


class MessagesBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`metadata` is accepted and ignored; unknown fields such as `output_config` are refused (WIRE.md section 2).

    The parser checks `max_tokens`.
    """

    model: str
    messages: Annotated[list[UserMessage | AssistantMessage], Meta(min_length=1)]
    max_tokens: int | None = None
    system: str | list[TextBlock] | None = None
    stream: bool | None = None
    temperature: Annotated[float, Meta(ge=0, le=1.5)] | None = None
    top_p: Annotated[float, Meta(ge=0.01, le=1)] | None = None
    stop_sequences: Annotated[list[str], Meta(max_length=4)] | None = None
    thinking: Thinking | None = None
    tools: list[ToolDefinition] | None = None
    tool_choice: ToolChoice | None = None
    metadata: Any = None
