"""The branches of a conversation as rows of a map: one for each leaf, in the order of the tree."""

from __future__ import annotations

from typing import NamedTuple

from app.core.conversation import MessageTree


class BranchRow(NamedTuple):
    """One branch.

    Attributes:
        leaf: its last message.
        first: the first of its messages that no row above has: where it turned off. In the first row, the message that
            others turn off beside.
        depth: how often it turns off from the first row, at most `MAX_RAILS`; 0 for the first row.
        length: the number of messages from the beginning to the leaf.
        rails: for each depth from 0 to its own, whether a row below turns off there: the line goes on.
    """

    leaf: str
    first: str
    depth: int
    length: int
    rails: tuple[bool, ...]


MAX_RAILS = 12
"""Greatest depth that is told apart."""


def branch_rows(tree: MessageTree) -> tuple[BranchRow, ...]:
    """The branches of a tree; a version that was made later comes below those before it."""
    found: list[tuple[str, str, int, int]] = []
    # Without recursion: a branch can have thousands of messages.
    waiting: list[tuple[str, str | None, int, int]] = _following(tree, None, None, 0, 0)
    seen: set[str] = set()
    while waiting:
        message_id, first, depth, length = waiting.pop()
        if message_id in seen:
            continue
        seen.add(message_id)
        following = _following(tree, message_id, first, depth, length)
        if not following:
            found.append((message_id, first or message_id, depth, length))
        waiting += following
    rows: list[BranchRow] = []
    goes_on = [False] * (MAX_RAILS + 1)
    for leaf, first, depth, length in reversed(found):
        level = min(depth, MAX_RAILS)
        rows.append(BranchRow(leaf, first, level, length, tuple(goes_on[: level + 1])))
        # The lines from this depth on begin at this row; the one it turned off from comes from above.
        goes_on[level:] = [False] * (MAX_RAILS + 1 - level)
        if level:
            goes_on[level - 1] = True
    return tuple(reversed(rows))


def _following(
    tree: MessageTree, message_id: str | None, first: str | None, depth: int, length: int
) -> list[tuple[str, str | None, int, int]]:
    """The messages after one, the last version first, each with the `BranchRow` it will be in."""
    children = tree.children(message_id)
    rows: list[tuple[str, str | None, int, int]] = []
    for index, child in enumerate(children):
        own = first if index == 0 and (first is not None or len(children) == 1) else child
        rows.append((child, own, depth if index == 0 else depth + 1, length + 1))
    return rows[::-1]
