"""How fast a text was spoken."""

from __future__ import annotations

import re

from app.core.tags import plain

_CJK = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_NUMBER = re.compile(r"\d")


def syllables_of(text: str) -> int:
    """About how many syllables a text has: a Chinese character or a digit is one, an English word has its vowels."""
    text = plain(text)
    return len(_CJK.findall(text)) + len(_NUMBER.findall(text)) + sum(map(_in_word, _WORD.findall(text)))


def _in_word(word: str) -> int:
    word = word.casefold()
    groups = len(_VOWELS.findall(word))
    is_mute = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - is_mute)


def pace_of(text: str, speech_seconds: float) -> float | None:
    """Syllables per second of speech, without pauses; None where text or speech is too short to tell."""
    syllables = syllables_of(text)
    return syllables / speech_seconds if syllables >= 3 and speech_seconds >= 0.5 else None
