"""Estimates the tokens of a request, for the token limit until the service reports the number."""

from __future__ import annotations

import msgspec

from app.core.catalogue import catalogue
from app.core.media_tokens import media_tokens
from app.core.messages import Media, Text, Thinking, ToolCall
from app.core.requests import ChatRequest, RecognitionRequest, SpeechRequest
from app.core.tokens import audio_tokens, image_tokens, text_tokens

_MEDIA_TOKENS = image_tokens(1024, 1024)
"""For an attachment of unknown size or length: the limit needs a number."""
_ANSWER_SHARE = 0.5
"""Tokens of the transcript per token of the recording: usually two a second, at most four."""
_BYTES_PER_SECOND = {"audio/wav": 32_000, "audio/mpeg": 8_000}
"""16 bit mono at 16 kHz, and 64 kbit/s."""


def chat_tokens(request: ChatRequest) -> int:
    """Tokens of everything that is sent, and of the answer if its length is limited."""
    recorded = msgspec.json.encode(request.recorded).decode() if request.recorded is not None else request.system
    total = text_tokens(recorded) + min(request.sampling.max_tokens or 0, 1_000)
    if not recorded:
        total += catalogue().model(request.model).injected_tokens
    for message in request.messages:
        for part in message.parts:
            match part:
                case Text(text) | Thinking(text):
                    total += text_tokens(text)
                case ToolCall():
                    total += text_tokens(part.arguments) + text_tokens(part.result or "")
                case Media():
                    tokens = media_tokens(part)
                    total += _MEDIA_TOKENS if tokens is None else tokens
                case _:
                    pass
    return total


def speech_tokens(request: SpeechRequest) -> int:
    """Tokens of the text and the direction."""
    return text_tokens(request.text) + text_tokens(request.direction)


def recognition_tokens(request: RecognitionRequest) -> int:
    """Tokens of the recording and its transcript; the limit for recognition is low (WIRE.md section 2, 10 K)."""
    recording = audio_tokens(len(request.sound) / _BYTES_PER_SECOND[request.mime])
    return round(recording * (1 + _ANSWER_SHARE))
