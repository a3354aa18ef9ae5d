"""Input and output of the speech worker. Kept apart so that requests can be parsed without loading the engine."""

from __future__ import annotations

import msgspec

MAX_SECONDS = 655.0  # about 8,192 output tokens at 12.5 per second


class SynthesisRequest(msgspec.Struct, frozen=True):
    """A text and how to speak it.

    Attributes:
        text: text with tags.
        direction: style direction, or the description of a designed voice.
        voice: a built-in id, the sample file of a clone, or "" for a designed voice.
        max_seconds: duration at which the audio is cut off.
        can_sing: whether the singing tag makes a text sung (WIRE.md section 3.7) or is just a style.
    """

    text: str
    direction: str = ""
    voice: str | bytes = ""
    max_seconds: float = MAX_SECONDS
    can_sing: bool = True


class EncodedSpeech(msgspec.Struct, frozen=True):
    """An encoded audio file and its duration."""

    file: bytes
    seconds: float


class Recognition(msgspec.Struct, frozen=True):
    """Result of recognition; `text` is None for speech that the demo service did not produce."""

    text: str | None
    seconds: float
    is_silent: bool
