"""The shape of speech and recognition requests (WIRE.md sections 3 and 4)."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from app.demo.chat.openai_schema import StreamOptions, TextPart

Content = str | list[TextPart]


class System(Struct, frozen=True, tag_field="role", tag="system"):
    content: Any = None


class Developer(Struct, frozen=True, tag_field="role", tag="developer"):
    content: Any = None


class User(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="user"):
    content: Content
    name: str | None = None


class Assistant(Struct, frozen=True, forbid_unknown_fields=True, tag_field="role", tag="assistant"):
    content: Content | None = None
    name: str | None = None


class AudioOptions(Struct, frozen=True, forbid_unknown_fields=True):
    format: str | None = None
    voice: str | None = None
    optimize_text_preview: bool | None = None


class SpeechBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Sampling is in one reference and missing in the newer; `speed` and `modalities` are taken, without effect."""

    model: str
    messages: Annotated[list[System | Developer | User | Assistant], Meta(min_length=1)]
    audio: AudioOptions | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    temperature: Annotated[float, Meta(ge=0, le=1.5)] | None = None
    top_p: Annotated[float, Meta(ge=0.01, le=1)] | None = None
    max_completion_tokens: Annotated[int, Meta(ge=1, le=8192)] | None = None
    max_tokens: Annotated[int, Meta(ge=1, le=8192)] | None = None
    modalities: list[str] | None = None
    speed: float | None = None


class AnyContent(Struct, frozen=True):
    """A recognition message, its parts read by hand for the documented error texts."""

    role: str
    content: Any


class AsrOptions(Struct, frozen=True, forbid_unknown_fields=True):
    language: str | None = None


class RecognitionBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A top-level `language` is ignored; token limits above 4,096 are refused in words of their own."""

    model: str
    messages: Annotated[list[AnyContent], Meta(min_length=1)]
    asr_options: AsrOptions | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    language: Any = None
    max_completion_tokens: Annotated[int, Meta(ge=1)] | None = None
    max_tokens: Annotated[int, Meta(ge=1)] | None = None
