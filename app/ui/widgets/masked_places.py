"""Places in a text and in the same text with private data covered."""

from __future__ import annotations

from itertools import pairwise

from app.core.presentation_mask import COVER


def masked_place(text: str, masked: str, place: int, *, is_end: bool = False) -> int:
    """The place in the masked text of a place in the text.

    A place that is covered becomes the beginning of the cover, or its end if it is the end of a range.
    """
    line, masked_line, start, masked_start = _line(text, masked, place)
    column = place - start
    for first, last, shown_first, shown_last in _covers(line, masked_line):
        if column <= first:
            return masked_start + shown_first - (first - column)
        if column < last:
            return masked_start + (shown_last if is_end else shown_first)
    return masked_start + len(masked_line) - (len(line) - column)


def unmasked_place(text: str, masked: str, place: int) -> int:
    """The place in the text of a place in the masked text; the beginning of what is covered for one in a cover."""
    masked_line, line, masked_start, start = _line(masked, text, place)
    column = place - masked_start
    for first, _, shown_first, shown_last in _covers(line, masked_line):
        if column <= shown_first:
            return start + first - (shown_first - column)
        if column < shown_last:
            return start + first
    return start + len(line) - (len(masked_line) - column)


def _line(text: str, other: str, place: int) -> tuple[str, str, int, int]:
    """The line of a place and the same line of the other text, and where both begin. Covers never span lines."""
    number = text.count("\n", 0, place)
    start = text.rfind("\n", 0, place) + 1
    other_start = 0
    for _ in range(number):
        other_start = other.find("\n", other_start) + 1
    return _line_at(text, start), _line_at(other, other_start), start, other_start


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def _covers(line: str, masked: str) -> list[tuple[int, int, int, int]]:
    """What is covered in a line: beginning and end in the line, and of its cover in the masked line."""
    covers: list[tuple[int, int, int, int]] = []
    if line == masked:
        return covers
    pieces = masked.split(COVER)
    at = shown_at = len(pieces[0])
    for number, (_, piece) in enumerate(pairwise(pieces), 2):
        found = len(line) - len(piece) if number == len(pieces) else line.find(piece, at + 1)
        end = max(at, found)
        covers.append((at, end, shown_at, shown_at + len(COVER)))
        at, shown_at = end + len(piece), shown_at + len(COVER) + len(piece)
    return covers
