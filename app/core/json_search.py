"""Finds a text in a JSON window, also in what is folded, which is then opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.core.json_window import Folded, JsonWindow

_MAX_STEPS = 64
"""Parts opened one inside the other until an occurrence is seen."""


class Found(NamedTuple):
    """An occurrence: the text of the window, in which folded parts may have been opened, and the place in it."""

    text: str
    start: int
    end: int


class _Segment(NamedTuple):
    start: int
    end: int
    folded: Folded | None


def find(window: JsonWindow, text: str, needle: str, start: int, *, backwards: bool = False) -> Found | None:
    """The next occurrence of a text from `start` on, or the last that ends at or before it; after the end the first.

    Whether letters are capitals does not matter. Takes a while for megabytes: call it in a thread.
    """
    needle = needle.lower()
    if not needle:
        return None
    for begin in (start, len(text) if backwards else 0):
        found = _find(window, text, needle, begin, backwards)
        if found is not None:
            return found
    return None


def _find(window: JsonWindow, text: str, needle: str, start: int, backwards: bool) -> Found | None:
    for _ in range(_MAX_STEPS):
        lower = _lower(text)
        segments = list(_segments(window, text))
        for segment in reversed(segments) if backwards else segments:
            if segment.folded is None:
                place = (
                    lower.rfind(needle, segment.start, min(segment.end, start))
                    if backwards
                    else lower.find(needle, max(segment.start, start), segment.end)
                )
                if place >= 0:
                    return Found(text, place, place + len(needle))
                continue
            if segment.start < start if not backwards else segment.end > start:
                continue
            part = window.reveal(segment.folded, needle, indent_of(text, segment.start), last=backwards)
            if part is not None:
                first, last = window.place(text, segment.start, segment.end, segment.folded)
                text = text[:first] + part + text[last:]
                # The occurrence may reach over the edges of the part into what was already shown.
                beyond = len(needle) - 1
                if backwards:
                    start = min(start + len(part) - (last - first), first + len(part) + beyond)
                else:
                    start = max(start, first - beyond)
                break
        else:
            return None
    return None


def count(window: JsonWindow, text: str, needle: str, place: int) -> tuple[int, int]:
    """The number of an occurrence at `place`, from 1, and how many there are. Call it in a thread."""
    needle = needle.lower()
    before = total = 0
    lower = _lower(text)
    for segment in _segments(window, text):
        if segment.folded is not None:
            found = window.count(segment.folded, needle)
            before += found if segment.start < place else 0
        else:
            found = lower.count(needle, segment.start, segment.end)
            if segment.start < place:
                before += lower.count(needle, segment.start, min(segment.end, place))
        total += found
    return (min(before + 1, total), total)


def indent_of(text: str, place: int) -> int:
    """The blanks that the line of a place begins with."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return len(line) - len(line.lstrip(" "))


def _segments(window: JsonWindow, text: str) -> Iterator[_Segment]:
    """The text as stretches that are shown, and tokens."""
    at = 0
    for start, end, folded in window.tokens(text):
        yield _Segment(at, start, None)
        yield _Segment(start, end, folded)
        at = end
    yield _Segment(at, len(text), None)


def _lower(text: str) -> str:
    """The text in lower case, with every letter at its place: a few become longer otherwise."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one if len(one.lower()) != 1 else one.lower() for one in text)
