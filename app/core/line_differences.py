"""The differences between two texts as lines: what is the same between them is counted, not repeated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.core.differences import Change, Run

Line = tuple[Run, ...]
"""One line of a text, without its end, in runs: those of a removed line are same or removed."""


class LineBlock(NamedTuple):
    """Lines that follow each other: those of both texts, or those that were removed and what was added for them."""

    same: tuple[str, ...] = ()
    removed: tuple[Line, ...] = ()
    added: tuple[Line, ...] = ()


class LineCounts(NamedTuple):
    """How many lines of the newer text differ, or are missing there, and how many are in both texts."""

    changed: int
    same: int


def line_blocks(runs: Iterable[Run]) -> list[LineBlock]:
    """The word-wise differences of two texts by lines; see `word_differences`."""
    lines = _Lines()
    for run in runs:
        for number, part in enumerate(run.text.split("\n")):
            if number:
                lines.end(run.change)
            if part:
                lines.add(run.change, part)
    lines.end("same")
    return _joined(lines.blocks)


def line_counts(blocks: Sequence[LineBlock]) -> LineCounts:
    """A changed line counts once, though it is among the removed and the added ones."""
    changed = sum(max(len(block.removed), len(block.added)) for block in blocks)
    return LineCounts(changed, sum(len(block.same) for block in blocks))


class _Lines:
    def __init__(self) -> None:
        self.blocks: list[LineBlock] = []
        self._removed: list[Line] = []
        self._added: list[Line] = []
        self._old: list[Run] = []
        self._new: list[Run] = []

    def add(self, change: Change, part: str) -> None:
        if change != "added":
            self._old.append(Run(change, part))
        if change != "removed":
            self._new.append(Run(change, part))

    def end(self, change: Change) -> None:
        """End the line in the text, or the texts, that have this line end."""
        if change != "added":
            self._removed.append(tuple(self._old))
            self._old = []
        if change != "removed":
            self._added.append(tuple(self._new))
            self._new = []
        if change == "same":
            self._close()

    def _close(self) -> None:
        """Both texts are at the beginning of a line: what was collected is a block."""
        removed, added = self._removed, self._added
        self._removed, self._added = [], []
        old, new = [_text(line) for line in removed], [_text(line) for line in added]
        shorter = min(len(old), len(new))
        head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
        tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
        self.blocks.append(LineBlock(same=tuple(old[:head])))
        self.blocks.append(
            LineBlock(removed=tuple(removed[head : len(old) - tail]), added=tuple(added[head : len(new) - tail]))
        )
        self.blocks.append(LineBlock(same=tuple(old[len(old) - tail :])))


def _text(line: Line) -> str:
    return "".join(run.text for run in line)


def _joined(blocks: Iterable[LineBlock]) -> list[LineBlock]:
    """Without empty blocks, and neighbours of one sort as one."""
    joined: list[LineBlock] = []
    for block in blocks:
        if not any(block):
            continue
        last = joined[-1] if joined else None
        if last is not None and bool(last.same) == bool(block.same):
            joined[-1] = LineBlock(*(first + second for first, second in zip(last, block, strict=True)))  # type: ignore[arg-type]
        else:
            joined.append(block)
    return joined
