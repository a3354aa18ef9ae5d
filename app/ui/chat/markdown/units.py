"""Maps the drawn blocks to their positions in the text document."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtGui import QTextBlock, QTextDocument

from app.core.markdown.blocks import Block


class Units:
    """What is drawn, in units: a unit is one block, or a strip of table rows.

    Attributes:
        blocks: all drawn blocks.
        starts: document position of each unit.
        first_blocks: index of each unit's first block.
    """

    def __init__(self, document: QTextDocument) -> None:
        self.blocks: list[Block] = []
        self.starts: list[int] = []
        self.first_blocks: list[int] = []
        self._document = document

    def __len__(self) -> int:
        return len(self.starts)

    def add(self, position: int) -> int:
        """Add a unit for the next block. Returns its number."""
        self.starts.append(position)
        self.first_blocks.append(len(self.blocks))
        return len(self.starts) - 1

    def truncate(self, unit: int) -> None:
        """Remove the positions of this unit and those after it, not their blocks."""
        del self.starts[unit:], self.first_blocks[unit:]

    def shift_after(self, unit: int, length: int) -> None:
        """Move the units after this one by a number of characters."""
        self.starts[unit + 1 :] = [position + length for position in self.starts[unit + 1 :]]

    def unit_of(self, index: int) -> int:
        """The unit that draws a block, or will draw a block to be added."""
        if index >= len(self.blocks):
            return len(self.starts)
        return max(0, bisect_right(self.first_blocks, index) - 1)

    def first_block(self, unit: int) -> Block:
        return self.blocks[self.first_blocks[unit]]

    def blocks_of(self, unit: int) -> list[Block]:
        """The blocks drawn in a unit."""
        stop = self.first_blocks[unit + 1] if unit + 1 < len(self) else len(self.blocks)
        return self.blocks[self.first_blocks[unit] : stop]

    def text_block(self, unit: int) -> QTextBlock:
        """The first text block of a unit."""
        return self._document.findBlock(self.starts[unit])

    def last_text_block(self, unit: int) -> QTextBlock:
        """The last text block of a unit."""
        if unit + 1 < len(self):
            return self._document.findBlock(self.starts[unit + 1] - 1)
        return self._document.lastBlock()

    def bottom_of(self, unit: int) -> float:
        """The bottom of a unit in logical pixels; of none the top of the document."""
        if unit < 0:
            return 0.0
        layout = self.last_text_block(unit).layout()
        return layout.position().y() + layout.boundingRect().bottom()
