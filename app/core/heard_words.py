"""Finds a sentence that is spoken in the text that is shown, and the word in it that is heard now."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+(?:['’][^\W\u3400-\u9fff]+)?")
_SKIPPED = 3
"""As many words in a row may be shown and not spoken, or the other way round."""
_LOOKED_AT = 600
"""Words that are looked through for the beginning of a sentence."""
_LEAST_SHARE = 0.6
"""So much of a sentence must be shown."""


class HeardSentence(NamedTuple):
    """Where a sentence is shown, and where each of its words is, in code points from the beginning of the text."""

    start: int
    end: int
    words: tuple[tuple[int, int], ...]

    def word_at(self, share: float) -> tuple[int, int]:
        """The word heard when so much of the sentence was, from 0 to 1; each takes as long as it has letters."""
        whole = sum(end - start + 1 for start, end in self.words)
        reached = 0
        for start, end in self.words:
            reached += end - start + 1
            if reached >= share * whole:
                return start, end
        return self.words[-1]


def find_sentence(text: str, sentence: str, start: int = 0) -> HeardSentence | None:
    """Find a spoken sentence in the shown text, from `start` on; None if it is not shown (yet)."""
    spoken = [match.group().casefold() for match in _WORD.finditer(sentence)]
    if not spoken:
        return None
    shown = []
    for match in _WORD.finditer(text, start):
        shown.append((match.group().casefold(), match.span()))
        if len(shown) > _LOOKED_AT + len(spoken):
            break
    for first in range(len(shown)):
        if shown[first][0] != spoken[0]:
            continue
        found = _matched(shown[first:], spoken)
        if len(found) >= _LEAST_SHARE * len(spoken):
            return HeardSentence(found[0][0], found[-1][1], tuple(found))
    return None


def _matched(shown: list[tuple[str, tuple[int, int]]], spoken: list[str]) -> list[tuple[int, int]]:
    """The places of the spoken words, in order, as far as they follow each other."""
    found: list[tuple[int, int]] = []
    at = 0
    for word in spoken:
        for ahead in range(_SKIPPED + 1):
            if at + ahead < len(shown) and shown[at + ahead][0] == word:
                found.append(shown[at + ahead][1])
                at += ahead + 1
                break
    return found
