"""What is painted behind the words: cards of code, bars of quotes, rulers. Counted in units of the drawing."""

from __future__ import annotations

from typing import Literal

from app.ui.chat.markdown.blocks import QUOTE, Block, CodeHead, CodeLine, Formula, Ruler

Kind = Literal["code", "bar", "ruler", "card"]


class Decoration:
    """One of them, from unit `first` to unit `last`, inside the containers `within`."""

    __slots__ = ("first", "kind", "last", "within")

    def __init__(self, kind: Kind, first: int, within: tuple[str, ...]) -> None:
        self.kind: Kind = kind
        self.first = self.last = first
        self.within = within


class Decorations(list[Decoration]):
    """All of a drawing, in the order they begin."""

    def add(self, unit: int, leaf: Block, before: Block | None) -> None:
        """A unit was drawn at the end."""
        for depth, box in enumerate(leaf.within, start=1):
            if box == QUOTE:
                self._bar(unit, leaf.within[:depth], before)
        if isinstance(leaf, CodeHead):
            self.append(Decoration("code", unit, leaf.within))
        elif isinstance(leaf, CodeLine):
            next(found for found in reversed(self) if found.kind == "code").last = unit
        elif isinstance(leaf, Formula) and not leaf.closed:
            self.append(Decoration("card", unit, leaf.within))
        elif isinstance(leaf, Ruler):
            self.append(Decoration("ruler", unit, leaf.within))

    def _bar(self, unit: int, within: tuple[str, ...], before: Block | None) -> None:
        if before is not None and before.within[: len(within)] == within:
            for found in reversed(self):
                if found.kind == "bar" and found.within == within:
                    found.last = unit
                    return
        self.append(Decoration("bar", unit, within))

    def truncate(self, unit: int) -> None:
        """Units from this one on are gone."""
        self[:] = [found for found in self if found.first < unit]
        for found in self:
            found.last = min(found.last, unit - 1)
