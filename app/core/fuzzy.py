"""Finds names by what was typed of them: parts of words, letters in their order, or with one slip of the finger."""

from __future__ import annotations

from typing import NamedTuple

MIN_TYPO_LENGTH = 4
"""Letters of a typed word from which one wrong letter is forgiven; shorter words would find too much."""
MAX_QUERY = 80
"""Characters of a query that are looked at."""

AT_START, AT_WORD, INSIDE, LETTERS, TYPO = range(5)
"""How well a typed word fits a name, best first: at its start, at the start of a word, inside of a word, only its
letters in order, or with one letter wrong, missing, doubled or swapped."""


class Match(NamedTuple):
    """How a query fits a name; the smaller `rank` fits better.

    Attributes:
        is_exact: every typed word is in the name as it was typed.
        positions: the indexes of the matching characters of the name, ascending.
    """

    rank: float
    is_exact: bool
    positions: tuple[int, ...]


def match(query: str, name: str, *, loose: bool = True) -> Match | None:
    """How a query fits a name; None unless each of its words does. An empty query fits every name.

    Without `loose`, words only fit as they were typed, which is fast enough for thousands of names.
    """
    words = _folded(query[:MAX_QUERY]).split()
    text = _folded(name)
    positions: set[int] = set()
    rank, is_exact, order = 0.0, True, -1
    for word in words:
        found = _exact_place(word, text) or (_loose_place(word, text) if loose else None)
        if found is None:
            return None
        kind, places = found
        is_exact = is_exact and kind <= INSIDE
        rank += kind + (0.3 if places and places[0] < order else 0.0)
        order = places[0] if places else order
        positions.update(places)
    return Match(rank + len(text) / 1000, is_exact, tuple(sorted(positions)))


def has_words(query: str, text: str) -> bool:
    """Whether each word of a query is in a text as it was typed: whether `match` finds it exactly, but faster."""
    folded = _folded(text)
    return all(word in folded for word in _folded(query[:MAX_QUERY]).split())


def _folded(text: str) -> str:
    """Lower-case letters, one for each character, so that indexes stay those of the text."""
    if text.isascii():
        return text.lower()
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _exact_place(word: str, text: str) -> tuple[int, tuple[int, ...]] | None:
    """How well a word as typed fits, and where: preferably at the start of a word."""
    first = start = text.find(word)
    while start >= 0 and not _is_word_start(text, start):
        start = text.find(word, start + 1)
    if start >= 0:
        return (AT_WORD if start else AT_START), tuple(range(start, start + len(word)))
    return (INSIDE, tuple(range(first, first + len(word)))) if first >= 0 else None


def _loose_place(word: str, text: str) -> tuple[int, tuple[int, ...]] | None:
    """How well the letters of a word fit, or the word with one slip, and where."""
    starts = [index for index in range(len(text)) if text[index] == word[0] and _is_word_start(text, index)]
    if len(word) > 1 and word.isalnum():
        for start in starts:
            places = _letters(word, text, start)
            if places is not None:
                return LETTERS, places
    if len(word) >= MIN_TYPO_LENGTH:
        for start in starts:
            length = _slip(word, text[start:])
            if length is not None:
                return TYPO, tuple(range(start, start + length))
    return None


def _is_word_start(text: str, index: int) -> bool:
    """Whether a word begins here: after a blank or sign, and with each Chinese character."""
    return text[index].isalnum() and (index == 0 or not text[index - 1].isalnum() or not text[index].isascii())


def _letters(word: str, text: str, start: int) -> tuple[int, ...] | None:
    """The places of the letters of a word in their order, the first at `start`.

    Each following letter is in the same word of the text or begins a later one, so that no scattered letters match.
    """
    reached: list[dict[int, int]] = [{start: -1}]  # for each letter its possible places, with the place before
    for letter in word[1:]:
        places: dict[int, int] = {}
        for before in reached[-1]:
            is_same_word = True
            for index in range(before + 1, len(text)):
                begins = _is_word_start(text, index)
                is_same_word = is_same_word and text[index].isalnum() and not begins
                if text[index] == letter and (is_same_word or begins):
                    places.setdefault(index, before)
        if not places:
            return None
        reached.append(places)
    path = [min(reached[-1])]
    for places in reversed(reached[1:]):
        path.append(places[path[-1]])
    return tuple(reversed(path))


def _slip(word: str, text: str) -> int | None:
    """The length of the beginning of `text` that is the word with one slip; None if there is none."""
    for length in (len(word), len(word) + 1, len(word) - 1):
        part = text[:length]
        if len(part) == length and part[0] == word[0] and part.replace(" ", "") == part and _is_one_slip(word, part):
            return length
    return None


def _is_one_slip(one: str, other: str) -> bool:
    """Whether two different words differ by one letter that is wrong, missing or added, or by two that are swapped."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
