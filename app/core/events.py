"""Typed events of a response, the same for every protocol.

Events carry no time; the receiver adds it from its own clock.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from app.core.messages import FinishReason, Source, ThinkingForm, Usage

SPEECH_RATE = 24_000
"""Sample rate of the platform's speech in Hz (WIRE.md section 3.1)."""


class Started(msgspec.Struct, frozen=True):
    """The first event of a response: its id and the model that answers; `call_id` identifies the exchange."""

    response_id: str
    model: str
    call_id: str = ""


class ThinkingDelta(msgspec.Struct, frozen=True):
    """Thinking, in the shape `form` on the wire."""

    text: str
    form: ThinkingForm = ""


class AnswerWasThinking(msgspec.Struct, frozen=True):
    """The text since the last event of another kind was thinking: `</think>` came without an opening tag."""


class SignatureDelta(msgspec.Struct, frozen=True):
    """The signature of the current thinking block (Anthropic protocol)."""

    signature: str


class TextDelta(msgspec.Struct, frozen=True):
    text: str


class ToolCallDelta(msgspec.Struct, frozen=True):
    """A fragment of a tool call. Only the first has `id` and `name`, later ones None (WIRE.md section 6.4)."""

    index: int
    id: str | None = None
    name: str | None = None
    arguments: str = ""


class SourcesFound(msgspec.Struct, frozen=True):
    items: tuple[Source, ...]


class SearchFailed(msgspec.Struct, frozen=True):
    """The web search failed: the service's message; `off` if the plugin is switched off for the account."""

    message: str
    off: bool = False


class UsageReported(msgspec.Struct, frozen=True):
    usage: Usage


class Finished(msgspec.Struct, frozen=True):
    """The service reported a finish reason; usage may still follow."""

    reason: FinishReason


class AudioFormat(msgspec.Struct, frozen=True):
    """Format of the audio bytes that follow, detected from their beginning. Raw PCM is 16 bit little-endian mono."""

    container: Literal["pcm16", "wav", "mp3"]
    rate: int = SPEECH_RATE


class AudioDelta(msgspec.Struct, frozen=True):
    """Audio bytes; with `pcm16` always a whole number of 2-byte frames."""

    content: bytes


class PreviewText(msgspec.Struct, frozen=True):
    """The text actually spoken after polishing (WIRE.md section 3.3, `final_text_preview`)."""

    text: str


class VoiceReplaced(msgspec.Struct, frozen=True):
    """The service does not know the default voice `asked`, so the request is sent again with `used` (by their ids)."""

    asked: str
    used: str


class Waiting(msgspec.Struct, frozen=True):
    """The call is waiting for a retry or for the rate limit; nothing has been sent.

    Attributes:
        seconds: until the next attempt.
        reason: `retry` after a failure, `rate` for the rate limit.
        attempt: 1 for the first retry.
        position: position in the queue, 1 for the next; 0 if not queued.
    """

    seconds: float
    reason: Literal["retry", "rate"]
    attempt: int = 0
    position: int = 0


class Sending(msgspec.Struct, frozen=True):
    """The request is about to leave: the rate limit allows it, and no byte has been sent.

    It comes before every attempt. The request is sent when the consumer asks for the next event.
    """


ChatEvent = (
    Started | ThinkingDelta | AnswerWasThinking | SignatureDelta | TextDelta | ToolCallDelta | SourcesFound
    | SearchFailed | UsageReported | Finished | Waiting | Sending
)  # fmt: skip
SpeechEvent = (
    Started | AudioFormat | AudioDelta | PreviewText | UsageReported | Finished | VoiceReplaced | Waiting | Sending
)
RecognitionEvent = Started | TextDelta | UsageReported | Finished | Waiting | Sending
