"""What differs between two texts, word by word, and between two JSON values, field by field."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

MAX_WORK = 4_000_000
"""Steps of one comparison, about half a second; what is left then counts as replaced."""
MAX_PAIRS = 50_000
"""Pairs of equal words compared at once. The most frequent words are left out beyond, and compared in between."""
MAX_ROUNDS = 12
"""Comparisons one inside the other."""
_MAX_LENGTH = 20_000
"""Characters of texts whose words are compared at once; of longer ones the lines are compared first."""
MAX_DEPTH = 200

Change = Literal["same", "removed", "added"]

_WORD = re.compile(
    # Chinese, Japanese and Korean are written without blanks: each character is a word.
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]|\s+|[^\W_]+(?:['’][^\W_]+)*|.",
    re.DOTALL,
)


class Run(NamedTuple):
    """A stretch of text that is in both texts, or in one of them only."""

    change: Change
    text: str


class FieldDifference(NamedTuple):
    """A field that differs. `before` or `after` is None where it is missing there, else the value."""

    path: str
    before: Any
    after: Any
    in_before: bool = True
    in_after: bool = True


class Work:
    """The steps that are left of a comparison."""

    def __init__(self, steps: int) -> None:
        self.left = steps


def word_differences(before: str, after: str) -> list[Run]:
    """The two texts as one sequence of runs; what was removed precedes what was added in its place.

    Neighbouring runs differ in their change. The work is bounded: of very different long texts whole stretches, or the
    whole text, count as replaced. May take a second for megabytes: call it in a thread.
    """
    runs: list[Run] = []
    for change, text in _compared(before, after):
        if not text:
            continue
        if runs and runs[-1].change == change:
            runs[-1] = Run(change, runs[-1].text + text)
        else:
            runs.append(Run(change, text))
    return _in_order(runs)


def _compared(before: str, after: str) -> Iterator[tuple[Change, str]]:
    work = Work(MAX_WORK)
    if max(len(before), len(after)) > _MAX_LENGTH:
        stretches = _stretches(before.splitlines(keepends=True), after.splitlines(keepends=True), work)
    else:
        stretches = iter([([before], [after], False)])
    for removed, added, same in stretches:
        if same:
            yield "same", "".join(removed)
            continue
        for old, new, is_same in _stretches(_WORD.findall("".join(removed)), _WORD.findall("".join(added)), work):
            if is_same:
                yield "same", "".join(old)
            else:
                yield "removed", "".join(old)
                yield "added", "".join(new)


def _stretches(
    first: list[str], second: list[str], work: Work, rounds: int = MAX_ROUNDS
) -> Iterator[tuple[list[str], list[str], bool]]:
    """Both sequences as stretches that are the same or not."""
    head, tail = _edges(first, second)
    if head:
        yield first[:head], second[:head], True
    old, new = first[head : len(first) - tail], second[head : len(second) - tail]
    pairs, is_complete = _pairs(old, new, work) if rounds and old and new else ([], True)
    if not pairs:
        yield old, new, False
    else:
        at_old = at_new = 0
        for one, other in [*pairs, (len(old), len(new))]:
            # What both sides of a pair have in common is blanks, and the words that were left out.
            yield from _stretches(old[at_old:one], new[at_new:other], work, 0 if is_complete else rounds - 1)
            yield old[one : one + 1], new[other : other + 1], True
            at_old, at_new = one + 1, other + 1
    if tail:
        yield first[len(first) - tail :], second[len(second) - tail :], True


def _pairs(first: list[str], second: list[str], work: Work) -> tuple[list[tuple[int, int]], bool]:
    """The places of items that both have, in ascending order in both, and whether all items but blanks were compared.

    Blanks stand between any words, so that they would hold texts together that have nothing in common.
    """
    here, there = Counter(first), Counter(second)
    common = [(number * there[item], item) for item, number in here.items() if item in there and not item.isspace()]
    common.sort()
    compared: set[str] = set()
    room = MAX_PAIRS
    for number, item in common:
        room -= number
        if room < 0:
            break
        compared.add(item)
    old = [at for at, item in enumerate(first) if item in compared]
    new = [at for at, item in enumerate(second) if item in compared]
    from app.core.bounded_matcher import BoundedMatcher  # As below: half a megabyte, when something is compared.

    blocks = BoundedMatcher([first[at] for at in old], [second[at] for at in new], work).get_matching_blocks()
    pairs = [(old[one + at], new[other + at]) for one, other, length in blocks for at in range(length)]
    return pairs, len(compared) == len(common)


def _edges(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    shorter = min(len(first), len(second))
    head = next((at for at in range(shorter) if first[at] != second[at]), shorter)
    left = shorter - head
    tail = next((at for at in range(left) if first[-1 - at] != second[-1 - at]), left)
    return head, tail


def _in_order(runs: list[Run]) -> list[Run]:
    """Runs in which the removed and the added text between two that are the same are one each, in this order."""
    ordered: list[Run] = []
    removed = added = ""
    for run in [*runs, Run("same", "")]:
        if run.change == "removed":
            removed += run.text
        elif run.change == "added":
            added += run.text
        else:
            ordered += [Run("removed", removed)] if removed else []
            ordered += [Run("added", added)] if added else []
            removed = added = ""
            ordered += [run] if run.text else []
    return ordered


def field_differences(before: Any, after: Any) -> Iterator[FieldDifference]:
    """The fields that differ, with paths such as `messages[1].content`, in the order of the fields.

    Items that were added to a list, or removed from it, are found by what surrounds them.
    """
    yield from _differences("", before, after, 0, Work(MAX_WORK))


def _differences(path: str, before: Any, after: Any, depth: int, work: Work) -> Iterator[FieldDifference]:
    if before == after and type(before) is type(after):
        return
    if depth > MAX_DEPTH:
        yield FieldDifference(path, before, after)
    elif isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            place = f"{path}.{name}" if path else name
            if name not in after:
                yield FieldDifference(place, before[name], None, in_after=False)
            elif name not in before:
                yield FieldDifference(place, None, after[name], in_before=False)
            else:
                yield from _differences(place, before[name], after[name], depth + 1, work)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_differences(path, before, after, depth, work)
    else:
        yield FieldDifference(path, before, after)


def _list_differences(
    path: str, before: list[Any], after: list[Any], depth: int, work: Work
) -> Iterator[FieldDifference]:
    first, second = [_key(item) for item in before], [_key(item) for item in after]
    head, tail = _edges(first, second)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    old_keys, new_keys = first[head : len(before) - tail], second[head : len(after) - tail]
    from app.core.bounded_matcher import BoundedMatcher

    for kind, begin, end, from_, to in BoundedMatcher(old_keys, new_keys, work).get_opcodes():
        if kind == "equal":
            continue
        paired = min(end - begin, to - from_)
        for at in range(paired):
            yield from _differences(f"{path}[{head + from_ + at}]", old[begin + at], new[from_ + at], depth + 1, work)
        for at in range(begin + paired, end):
            yield FieldDifference(f"{path}[{head + at}]", old[at], None, in_after=False)
        for at in range(from_ + paired, to):
            yield FieldDifference(f"{path}[{head + at}]", None, new[at], in_before=False)


def _key(item: Any) -> str:
    return item if isinstance(item, str) else json.dumps(item, sort_keys=True, default=str)
