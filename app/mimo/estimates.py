"""About how many tokens a request will use: what the limit per minute is planned with until the service has counted."""

from __future__ import annotations

from app.core.messages import Media, Text, Thinking, ToolCall
from app.core.requests import ChatRequest, RecognitionRequest, SpeechRequest
from app.core.tokens import audio_tokens, image_tokens, text_tokens

_MEDIUM = image_tokens(1024, 1024)
"""For a picture, sound or film of a size that is not known here."""
_ANSWER_SHARE = 0.5
"""Of the tokens of a recording, for the words in it: four a second at most, two usually."""
_BYTES_PER_SECOND = {"audio/wav": 32_000, "audio/mpeg": 8_000}
"""16 bit mono at 16 kHz, and 64 kbit/s."""


def chat_tokens(request: ChatRequest) -> int:
    """Of everything that is sent, and of the answer where it is limited."""
    total = text_tokens(request.system) + min(request.sampling.max_tokens or 0, 1_000)
    for message in request.messages:
        for part in message.parts:
            match part:
                case Text(text) | Thinking(text):
                    total += text_tokens(text)
                case ToolCall():
                    total += text_tokens(part.arguments) + text_tokens(part.result or "")
                case Media():
                    total += _MEDIUM
                case _:
                    pass
    return total


def speech_tokens(request: SpeechRequest) -> int:
    """Of the words to speak and of how."""
    return text_tokens(request.text) + text_tokens(request.direction)


def recognition_tokens(request: RecognitionRequest) -> int:
    """Of the recording and of its words; here the limit is low (mimo-api section 2, 10 K)."""
    heard = audio_tokens(len(request.sound) / _BYTES_PER_SECOND[request.mime])
    return round(heard * (1 + _ANSWER_SHARE))
