"""Brackets of a line of text for speech that are empty, or lack their other half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from app.core.tags import MAX_TAG_LENGTH, PAIRS, known_tags
from app.core.text_edits import Edit

Dangling = Literal["unclosed", "unopened"]

_EMPTY = re.compile(r"(?:\(\s*+\)|（\s*+）|\[\s*+\]|【\s*+】) *+")
_BRACKET = re.compile(r"[(（\[【](?=\S)|[)）\]】]")
_TAG_LETTER = re.compile(r"[A-Za-z㐀-鿿]")
_WORD = re.compile(r"[A-Za-z]+|[㐀-鿿]{1,4}")
_LIST_MARK = re.compile(r"(?:^|[\s,;，；。.])(?:[A-Za-z]|[ivxIVX]{1,5}|\d{1,3}|[一二三四五六七八九十]{1,3})$")
_KINDS = {"(": "()", "（": "()", ")": "()", "）": "()", "[": "[]", "]": "[]", "【": "【】", "】": "【】"}
_OPENING = {")": "(", "）": "（", "]": "[", "】": "【"}


def empty_brackets(line: str) -> Iterator[Edit]:
    """Pairs of brackets without anything in them, as the edits that remove them.

    Those right behind a Latin letter, as in `main()`, are text.
    """
    end = 0
    for match in _EMPTY.finditer(line):
        begin, end = _behind_blanks(line, match.start(), end), match.end()
        before, after = line[begin - 1 : begin] if begin else "", line[end : end + 1]
        if begin == match.start() and before.isascii() and (before.isalnum() or before == "_"):
            continue
        blank = " " if before and after and before.isascii() and after.isascii() and after not in ".,;:!?" else ""
        yield Edit(begin, end, blank)


def dangling_brackets(line: str) -> Iterator[tuple[Dangling, Edit, int, int]]:
    """Brackets without their other half: which is missing, the edit that adds it, and what it belongs to.

    A missing bracket is added after, or before, a known tag, else a word. Round brackets of both widths match. Marks of
    a list, such as `a)`, and emoticons are text.
    """
    stacks: dict[str, list[int]] = {kind: [] for kind in _KINDS.values()}
    closing: list[int] = []
    for match in _BRACKET.finditer(line):
        stack = stacks[_KINDS[match.group()]]
        if match.group() in PAIRS:
            stack.append(match.start())
        elif stack:
            stack.pop()
        elif _ends_a_tag(line, match.start()):
            closing.append(match.start())
    for at in sorted(place for stack in stacks.values() for place in stack if _TAG_LETTER.match(line, place + 1)):
        stop = at + 1 + _length_of_tag(line[at + 1 : at + MAX_TAG_LENGTH])
        yield "unclosed", Edit(stop, stop, PAIRS[line[at]]), at, stop
    for at in closing:
        begin = at - _length_before(line[max(0, at - MAX_TAG_LENGTH) : at])
        yield "unopened", Edit(begin, begin, _OPENING[line[at]]), begin, at + 1


def _behind_blanks(line: str, at: int, least: int) -> int:
    """The beginning of the blanks before a place, not before `least`."""
    while at > least and line[at - 1] == " ":
        at -= 1
    return at


def _ends_a_tag(line: str, at: int) -> bool:
    """Whether a word stands before a bracket that closes, not a mark of a list."""
    is_behind_a_letter = at > 0 and _TAG_LETTER.match(line, at - 1) is not None
    return is_behind_a_letter and not _LIST_MARK.search(line[max(0, at - 8) : at])


def _length_of_tag(inside: str) -> int:
    lower = inside.lower()
    known = max((len(tag) for tag in _tags_by_edge(0).get(lower[:1], ()) if lower.startswith(tag)), default=0)
    word = _WORD.match(inside)
    length = max(known, len(word.group()) if word and word.group().isascii() else 0)
    return length or (len(word.group()) if word else 0)


def _length_before(inside: str) -> int:
    lower = inside.lower()
    known = max((len(tag) for tag in _tags_by_edge(-1).get(lower[-1:], ()) if lower.endswith(tag)), default=0)
    if known:
        return known
    words = _WORD.findall(inside)
    return len(words[-1]) if words else 0


@cache
def _tags_by_edge(place: int) -> dict[str, tuple[str, ...]]:
    """The documented tags by their first character (0) or their last (-1)."""
    found: dict[str, tuple[str, ...]] = {}
    for tag in known_tags():
        found[tag[place]] = (*found.get(tag[place], ()), tag)
    return found
