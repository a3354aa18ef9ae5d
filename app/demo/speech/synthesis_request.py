"""What is asked of the stage and what it gives back; light, so that requests can be read before speech is loaded."""

from __future__ import annotations

import msgspec

LONGEST = 655.0  # seconds: about 8,192 output tokens of 12.5 a second


class SynthesisRequest(msgspec.Struct, frozen=True):
    """A text and how it is to be performed.

    Attributes:
        text: with its tags.
        direction: style words, or the description of a designed voice.
        voice: a built-in id, the sample file of a clone, or "" for a designed voice.
        seconds: where the performance is cut.
        sings: a text that begins with the singing tag is sung (WIRE.md section 3.7); a style among others otherwise.
        elements: `<style>…</style>` at the beginning is read as by mimo-v2-tts (WIRE.md section 3.5), else spoken.
    """

    text: str
    direction: str = ""
    voice: str | bytes = ""
    seconds: float = LONGEST
    sings: bool = True
    elements: bool = False


class Sound(msgspec.Struct, frozen=True):
    """An encoded performance and how long it lasts."""

    file: bytes
    seconds: float


class Recognised(msgspec.Struct, frozen=True):
    """What a recording holds; `words` is None for speech that was not spoken here."""

    words: str | None
    seconds: float
    silent: bool
