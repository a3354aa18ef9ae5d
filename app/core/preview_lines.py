"""Lines to hear a designed voice with, chosen to suit its description, and descriptions to start from.

Both are data in both languages (`resources/voices/previews.toml`).
"""

from __future__ import annotations

from functools import cache

import msgspec

from app.core.resources import resource_path
from app.core.tags import TextLanguage, language_of
from app.core.voice_traits import MAX_READ, traits_in

SHOWN = 3
"""Lines that are suggested at once."""


class TitledText(msgspec.Struct, frozen=True):
    """A text with a short title."""

    title: str
    text: str


class _Line(msgspec.Struct, frozen=True):
    zh: TitledText
    en: TitledText
    traits: tuple[str, ...] = ()

    def words_in(self, language: TextLanguage) -> TitledText:
        return self.zh if language == "zh" else self.en


class _Previews(msgspec.Struct, frozen=True):
    line: tuple[_Line, ...]
    starter: tuple[_Line, ...]


@cache
def _previews() -> _Previews:
    return msgspec.toml.decode(resource_path("voices", "previews.toml").read_bytes(), type=_Previews)


def suggested_lines(description: str, turn: int = 0, default: TextLanguage = "en") -> tuple[TitledText, ...]:
    """The lines that suit a description best, in its language; each `turn` goes on to the next ones.

    `default` is the language where the description is empty.
    """
    description = description[:MAX_READ]
    language = language_of(description) if description.strip() else default
    said = {found.trait.id for found in traits_in(description)}
    lines = sorted(_previews().line, key=lambda line: -len(said.intersection(line.traits)))
    start = turn * SHOWN % len(lines)
    chosen = (lines * 2)[start : start + SHOWN]
    return tuple(line.words_in(language) for line in chosen)


def starters(language: TextLanguage) -> tuple[TitledText, ...]:
    """Descriptions to start from."""
    return tuple(starter.words_in(language) for starter in _previews().starter)
