"""Finds the words for styles, sounds and speaker traits in directions, tags and descriptions."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from app.demo.speech.speaking_style import PLAIN, SpeakingStyle

_FILE = Path(__file__).parent.parent / "script" / "style.toml"
_NEGATION = re.compile(
    r"(\b(no|not|never|without|don't|isn't|less|avoid)\s+(\w+\s+)?|不要?|别|没有?|勿)$", re.IGNORECASE
)
_NEGATION_REACH = 60  # characters before a word that are searched for a negation

SoundKind = Literal[
    "hearty-laugh", "laugh", "long-sigh", "sigh", "inhale", "pant", "cough", "sob", "long-pause", "pause"
]


class StyleEntry(SpeakingStyle, frozen=True, kw_only=True):
    """A style and the words for it."""

    words: tuple[str, ...]

    @property
    def style(self) -> SpeakingStyle:
        return SpeakingStyle(**{field: getattr(self, field) for field in SpeakingStyle.__struct_fields__})


class SoundEntry(msgspec.Struct, frozen=True):
    kind: SoundKind
    words: tuple[str, ...]


class SpeakerTrait(msgspec.Struct, frozen=True):
    """A trait of a speaker and the words for it; `age` in years, 0 if not specified."""

    words: tuple[str, ...]
    gender: Literal["", "male", "female"] = ""
    age: int = 0


class Lexicon(msgspec.Struct, frozen=True):
    style: tuple[StyleEntry, ...]
    sound: tuple[SoundEntry, ...]
    speaker: tuple[SpeakerTrait, ...]


msgspec.json.Decoder(Lexicon)  # On one thread: msgspec crashes if two use a struct for the first time at once.


@functools.cache
def lexicon() -> Lexicon:
    return msgspec.convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), Lexicon)


def style_in(text: str) -> SpeakingStyle:
    """Combine all styles that a text names. A style counts once, however often it is named."""
    combined = PLAIN
    for entry in lexicon().style:
        if mentions(text, entry.words):
            combined = combined.combined_with(entry.style)
    return combined


def sound_in(tag: str) -> SoundKind | None:
    """The sound that a tag asks for; None if it only names a style."""
    return next((entry.kind for entry in lexicon().sound if mentions(tag, entry.words)), None)


def traits_in(description: str) -> list[SpeakerTrait]:
    return [trait for trait in lexicon().speaker if mentions(description, trait.words)]


def mentions(text: str, words: tuple[str, ...]) -> bool:
    """Whether the text contains one of the words without a negation before it."""
    return any(
        not _NEGATION.search(text[max(match.start() - _NEGATION_REACH, 0) : match.start()])
        for match in _pattern(words).finditer(text)
    )


@functools.cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    patterns = (rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest_first)
    return re.compile("|".join(patterns), re.IGNORECASE)
