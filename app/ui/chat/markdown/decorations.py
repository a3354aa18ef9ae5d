"""What is painted behind the text: code cards, quote bars and rulers, placed by the units they cover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import QRectF

from app.core.markdown.blocks import QUOTE, Block, CodeHead, CodeLine, Formula, Ruler

CARD_FOOT = 10
"""Logical pixels between the last line of code and the lower edge of its card, before text scaling."""

Kind = Literal["code", "bar", "ruler", "card"]


class Decoration:
    """One decoration, from unit `first` to unit `last`, inside `containers`; `area` is None until it is computed."""

    __slots__ = ("area", "containers", "first", "kind", "last")

    def __init__(self, kind: Kind, first: int, containers: tuple[str, ...]) -> None:
        self.kind: Kind = kind
        self.first = self.last = first
        self.containers = containers
        self.area: QRectF | None = None


class Decorations(list[Decoration]):
    """All decorations of a document, ordered by their first unit. Only bars can reach into others.

    Attributes:
        bars: those of quotes.
        cards: those of code blocks.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bars: list[Decoration] = []
        self.cards: list[Decoration] = []

    def add(self, unit: int, block: Block, before: Block | None) -> None:
        """Add the decorations of a unit drawn at the end; `before` is the block above it."""
        for depth, container in enumerate(block.containers, start=1):
            if container == QUOTE:
                self._add_bar(unit, block.containers[:depth], before)
        if isinstance(block, CodeHead):
            self.append(Decoration("code", unit, block.containers))
            self.cards.append(self[-1])
        elif isinstance(block, CodeLine):
            self.cards[-1].last = unit
        elif isinstance(block, Formula) and not block.closed:
            self.append(Decoration("card", unit, block.containers))
        elif isinstance(block, Ruler):
            self.append(Decoration("ruler", unit, block.containers))

    def _add_bar(self, unit: int, containers: tuple[str, ...], before: Block | None) -> None:
        if before is not None and before.containers[: len(containers)] == containers:
            for decoration in reversed(self.bars):
                if decoration.containers == containers:
                    decoration.last = unit
                    return
        self.append(Decoration("bar", unit, containers))
        self.bars.append(self[-1])

    def reaching(self, unit: int) -> Iterator[Decoration]:
        """Those that reach this unit or one after it."""
        for decoration in reversed(self):
            if decoration.kind != "bar":
                if decoration.last < unit:
                    break
                yield decoration
        yield from (bar for bar in self.bars if bar.last >= unit)

    def forget_areas(self, unit: int) -> None:
        """Forget the areas that reach this unit or one after it."""
        for decoration in self.reaching(unit):
            decoration.area = None

    def truncate(self, unit: int) -> None:
        """Forget this unit and those after it."""
        for decorations in (self, self.bars, self.cards):
            while decorations and decorations[-1].first >= unit:
                decorations.pop()
        for decoration in self.reaching(unit - 1):
            decoration.last, decoration.area = unit - 1, None
