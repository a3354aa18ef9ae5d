"""Where a space belongs between two pieces of text."""

from __future__ import annotations

_UNSPACED = (("\u2e80", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff"), ("\uff00", "\uffef"))
"""First and last character of the scripts and punctuation that are written without spaces."""
_OPENING, _CLOSING = frozenset("([{“‘\"'/-–—"), frozenset(")]}”’\"',.;:!?…/-–—")


def needs_space(left: str, right: str) -> bool:
    """Whether two pieces that follow each other need a space, because their script uses spaces."""
    return bool(left and right and not _is_unspaced(left[-1]) and not _is_unspaced(right[0]))


def _is_unspaced(character: str) -> bool:
    return character.isspace() or any(first <= character <= last for first, last in _UNSPACED)


def fitted(before: str, words: str, after: str) -> str:
    """Words as they are inserted between two texts: with a space at each end that needs one."""
    if needs_space(before, words) and before[-1] not in _OPENING:
        words = f" {words}"
    if needs_space(words, after) and after[0] not in _CLOSING:
        words = f"{words} "
    return words
