"""Typed events: what one exchange with a service yields, the same for every protocol.

They carry no time; whoever receives one stamps it with its own clock.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from app.core.messages import FinishReason, Source, Usage


class Started(msgspec.Struct, frozen=True):
    """The first event of a response: its identifier and the model that answers; `call_id` is the recorded exchange."""

    response_id: str
    model: str
    call_id: str = ""


class ThinkingDelta(msgspec.Struct, frozen=True):
    text: str


class SignatureDelta(msgspec.Struct, frozen=True):
    """Signature of the thinking block that is open (Anthropic protocol)."""

    signature: str


class TextDelta(msgspec.Struct, frozen=True):
    text: str


class ToolCallDelta(msgspec.Struct, frozen=True):
    """A piece of a tool call. `id` and `name` come once; nulls on the wire arrive as None (mimo-api 6.4)."""

    index: int
    id: str | None = None
    name: str | None = None
    arguments: str = ""


class SourcesFound(msgspec.Struct, frozen=True):
    items: tuple[Source, ...]


class SearchFailed(msgspec.Struct, frozen=True):
    """The web search found nothing, in the service's own words; `off` when the account's plugin is switched off."""

    message: str
    off: bool = False


class UsageReported(msgspec.Struct, frozen=True):
    usage: Usage


class Finished(msgspec.Struct, frozen=True):
    """The service named a finish reason; usage may still follow."""

    reason: FinishReason


class AudioFormat(msgspec.Struct, frozen=True):
    """What the audio bytes that follow are, as sniffed from their beginning. Raw PCM is 16 bit little-endian mono."""

    container: Literal["pcm16", "wav", "mp3"]
    rate: int = 24_000


class AudioDelta(msgspec.Struct, frozen=True):
    """Audio bytes; with `pcm16` always a whole number of 2-byte frames."""

    content: bytes


class PreviewText(msgspec.Struct, frozen=True):
    """The text actually spoken after polishing (mimo-api 3.3, `final_text_preview`)."""

    text: str


class Waiting(msgspec.Struct, frozen=True):
    """Nothing was sent yet: a retry or a place in the queue is waited for.

    Attributes:
        seconds: until the next attempt.
        reason: `retry` after a failure, `rate` for the request limit.
        attempt: 1 for the first retry.
        position: place in the queue, 1 for the next; 0 when there is none.
    """

    seconds: float
    reason: Literal["retry", "rate"]
    attempt: int = 0
    position: int = 0


ChatEvent = (
    Started | ThinkingDelta | SignatureDelta | TextDelta | ToolCallDelta | SourcesFound | SearchFailed
    | UsageReported | Finished | Waiting
)  # fmt: skip
SpeechEvent = Started | AudioFormat | AudioDelta | PreviewText | UsageReported | Finished | Waiting
