"""Searches, filters and orders prompts. What is looked at of a prompt is made ready once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from app.core.prompt_library import PromptKind
from app.services.prompt_desk import PromptEntry

Order = Literal["changed", "name", "created"]
ORDERS: tuple[Order, ...] = get_args(Order)


class Wanted(NamedTuple):
    """What is to be listed: prompts with all words of a query, of a kind, with all these tags.

    A query is looked for in names, tags, texts and the notes of versions.
    """

    query: str = ""
    kind: PromptKind | None = None
    tags: frozenset[str] = frozenset()
    order: Order = "changed"

    @property
    def is_everything(self) -> bool:
        return not (self.query.strip() or self.kind or self.tags)


class PromptSearch:
    """Lists entries as they are wanted."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[PromptEntry, str]] = {}

    def listed(self, entries: Iterable[PromptEntry], wanted: Wanted) -> list[PromptEntry]:
        """Return the entries that are wanted, in order. A query in the name counts more than one in the text."""
        words = wanted.query.casefold().split()
        found: list[tuple[int, PromptEntry]] = []
        for entry in entries:
            if wanted.kind is not None and entry.kind != wanted.kind:
                continue
            if not wanted.tags <= set(entry.tags):
                continue
            rank = self._rank(entry, words)
            if rank is not None:
                found.append((rank, entry))
        return [entry for _, entry in sorted(found, key=lambda it: (it[0], _order_key(it[1], wanted.order)))]

    def _rank(self, entry: PromptEntry, words: list[str]) -> int | None:
        """0 if all words are in name and tags, 1 if some are in text or notes only, None if one is nowhere."""
        if not words:
            return 0
        known = self._texts.get(entry.id)
        if known is None or known[0].text is not entry.text or known[0].versions is not entry.versions:
            notes = (version.note for version in entry.versions if version.note)
            known = self._texts[entry.id] = entry, "\n".join((entry.text, *notes)).casefold()
        head = "\n".join((entry.name, *entry.tags)).casefold()
        missing = [word for word in words if word not in head]
        if not missing:
            return 0
        return 1 if all(word in known[1] for word in missing) else None


def tag_counts(entries: Iterable[PromptEntry]) -> list[tuple[str, int]]:
    """All tags with the number of prompts that have them, the most frequent first."""
    counts = Counter(tag for entry in entries for tag in entry.tags)
    return sorted(counts.items(), key=lambda it: (-it[1], it[0].casefold()))


def _order_key(entry: PromptEntry, order: Order) -> tuple[float, str]:
    match order:
        case "name":
            return 0.0, entry.name.casefold()
        case "created":
            return -(entry.versions[0].created if entry.versions else entry.updated), entry.name.casefold()
        case "changed":
            return -entry.updated, entry.name.casefold()
