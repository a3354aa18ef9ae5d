"""Voices of one's own and what they are made of: library voices, clone samples, named directions."""

from __future__ import annotations

from typing import Literal

import msgspec


class Consent(msgspec.Struct, frozen=True):
    """The speaker agreed: to what, in the words that were shown, and when (Unix time in seconds)."""

    statement: str
    given: float


class Sample(msgspec.Struct, frozen=True):
    """A recording a voice is cloned from.

    Attributes:
        audio: digest of its blob; `mime` says what it is.
        parent: the sample it was made from by a fix; `fixes` are the codes of what was done.
    """

    id: str
    audio: str
    mime: Literal["audio/wav", "audio/mpeg"] = "audio/wav"
    name: str = ""
    rate: int = 0
    frames: int = 0
    channels: int = 1
    created: float = 0.0
    parent: str | None = None
    fixes: tuple[str, ...] = ()


class Voice(msgspec.Struct, frozen=True):
    """A voice of the library.

    Attributes:
        source: how it came to be; `take` is the sound of a voice that was there already, built-in or kept.
        sample: digest of the blob with the clone sample; `mime` says what it is.
        description, preview_text: of a designed voice.
        take: the take it was kept from.
    """

    id: str
    name: str
    source: Literal["designed", "cloned", "take"]
    sample: str = ""
    mime: Literal["audio/wav", "audio/mpeg"] = "audio/wav"
    description: str = ""
    preview_text: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    take: str = ""
    consent: Consent | None = None
    created: float = 0.0


class Direction(msgspec.Struct, frozen=True):
    """A direction with a name: free words, or the three layers."""

    id: str
    name: str
    words: str = ""
    role: str = ""
    scene: str = ""
    guidance: str = ""
    created: float = 0.0


def mime_of(sample: bytes) -> Literal["audio/wav", "audio/mpeg"]:
    """What a sample is, by its first bytes."""
    return "audio/wav" if sample.startswith(b"RIFF") else "audio/mpeg"
