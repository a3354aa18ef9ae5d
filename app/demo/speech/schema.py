"""Schema of speech and recognition requests (WIRE.md sections 3 and 4)."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from app.demo.chat.openai_schema import StreamOptions, TextPart

Content = str | list[TextPart]


class SystemMessage(Struct, frozen=True, tag_field="role", tag="system"):
    content: Any = None


class DeveloperMessage(Struct, frozen=True, tag_field="role", tag="developer"):
    content: Any = None


class UserMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="user"):
    content: Content
    name: str | None = None


class AssistantMessage(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="assistant"):
    content: Content | None = None
    name: str | None = None


class AudioOptions(Struct, frozen=True, forbid_unknown_fields=True):
    format: str | None = None
    voice: str | None = None
    optimize_text_preview: bool | None = None


class SpeechBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Only one of the references has sampling parameters; `speed` and `modalities` are accepted and ignored.

    The parser checks the token limits.
    """

    model: str
    messages: Annotated[list[SystemMessage | DeveloperMessage | UserMessage | AssistantMessage], Meta(min_length=1)]
    audio: AudioOptions | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    temperature: Annotated[float, Meta(ge=0, le=1.5)] | None = None
    top_p: Annotated[float, Meta(ge=0.01, le=1)] | None = None
    max_completion_tokens: int | None = None
    max_tokens: int | None = None
    modalities: list[str] | None = None
    speed: float | None = None


class RecognitionMessage(Struct, frozen=True):
    """A recognition message; the parser validates its parts for the documented errors."""

    role: str
    content: Any


class AsrOptions(Struct, frozen=True, forbid_unknown_fields=True):
    language: str | None = None


class RecognitionBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A top-level `language` is ignored; the parser checks the token limits."""

    model: str
    messages: Annotated[list[RecognitionMessage], Meta(min_length=1)]
    asr_options: AsrOptions | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    language: Any = None
    max_completion_tokens: int | None = None
    max_tokens: int | None = None
