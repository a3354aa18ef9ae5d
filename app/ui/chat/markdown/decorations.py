"""What is painted behind the text: code cards, quote bars and rulers, placed by the units they cover."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF

from app.core.markdown.blocks import QUOTE, Block, CodeHead, CodeLine, Formula, Ruler

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
    """All decorations of a document, ordered by their first unit."""

    def add(self, unit: int, block: Block, before: Block | None) -> None:
        """Add the decorations of a unit drawn at the end; `before` is the block above it."""
        for depth, container in enumerate(block.containers, start=1):
            if container == QUOTE:
                self._add_bar(unit, block.containers[:depth], before)
        if isinstance(block, CodeHead):
            self.append(Decoration("code", unit, block.containers))
        elif isinstance(block, CodeLine):
            next(decoration for decoration in reversed(self) if decoration.kind == "code").last = unit
        elif isinstance(block, Formula) and not block.closed:
            self.append(Decoration("card", unit, block.containers))
        elif isinstance(block, Ruler):
            self.append(Decoration("ruler", unit, block.containers))

    def _add_bar(self, unit: int, containers: tuple[str, ...], before: Block | None) -> None:
        if before is not None and before.containers[: len(containers)] == containers:
            for decoration in reversed(self):
                if decoration.kind == "bar" and decoration.containers == containers:
                    decoration.last = unit
                    return
        self.append(Decoration("bar", unit, containers))

    def forget_areas(self, unit: int) -> None:
        """Forget the areas that reach this unit or one after it."""
        for decoration in self:
            if decoration.last >= unit:
                decoration.area = None

    def truncate(self, unit: int) -> None:
        """Forget this unit and those after it."""
        self[:] = [decoration for decoration in self if decoration.first < unit]
        for decoration in self:
            if decoration.last >= unit - 1:
                decoration.last, decoration.area = unit - 1, None
