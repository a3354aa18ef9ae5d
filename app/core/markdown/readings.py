"""The title of a message, made of its parsed blocks, not of the source. What is read aloud is in `ear`."""

from __future__ import annotations

from app.core.markdown.blocks import (
    Block,
    CodeLine,
    Formula,
    InlineStyle,
    Paragraph,
    TableRow,
    plain,
)
from app.core.markdown.parser import parse
from app.core.markdown.sanitiser import clean

MAX_TITLE_SOURCE = 4_000
"""Characters of a message that are parsed for its title."""


def first_line(text: str) -> str:
    """The first line of a message without Markdown marks; of a message that is only code, its first line of code."""
    blocks = _parsed(text[:MAX_TITLE_SOURCE])
    for kind in (Paragraph | TableRow, CodeLine | Formula):
        for block in blocks:
            if isinstance(block, kind):
                for line in _written(block).split("\n"):
                    if words := " ".join(line.split()):
                        return words
    return ""


def _parsed(markdown: str) -> list[Block]:
    # Not through the stream's sanitiser: it divides long paragraphs for drawing, in the middle of a sentence.
    return parse(clean(markdown))


def _written(block: Block) -> str:
    match block:
        case Paragraph():
            return plain(tuple(span for span in block.spans if not span.style & InlineStyle.NOTE))
        case TableRow():
            return " ".join(plain(cell) for cell in block.cells)
        case CodeLine():
            return block.text
        case Formula():
            return block.tex
        case _:
            return ""
