"""What of an answer is read: aloud, and as a title. Both are made of the parsed blocks, not of the source."""

from __future__ import annotations

import re

from app.core.markdown.blocks import (
    Block,
    CodeHead,
    CodeLine,
    Formula,
    InlineStyle,
    Paragraph,
    Span,
    Spans,
    TableRow,
    plain,
)
from app.core.markdown.parser import parse
from app.core.markdown.sanitiser import clean

MAX_TITLE_SOURCE = 4_000
"""Characters of a message that are parsed for its title."""

_BOX = re.compile(r"\[[ xX]\] ?")
_BLANKS = re.compile(r"[ \t]{2,}")
_BEFORE_MARK = re.compile(r"[ \t]+(?=[,.;:!?，。；：！？、)）])")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|（\s*）|<\s*>")
_SPOKEN = re.compile(r"\w")


def spoken_text(markdown: str) -> str:
    """The words of an answer as they are read aloud, empty if it has none.

    Code blocks, formulas, footnotes, addresses, check boxes, and the marks of tables and lists are left out; the
    numbers of a list and the words of inline code are read.
    """
    text = ""
    before: Block | None = None
    for block in _parsed(markdown):
        words = _spoken_block(block)
        if not _SPOKEN.search(words):
            before = None
            continue
        is_next_line = before is not None and (block.tight or (isinstance(block, TableRow) and block.number > 0))
        text += ("" if not text else "\n" if is_next_line else "\n\n") + words
        before = block
    return text


def is_only_code(markdown: str) -> bool:
    """Whether an answer has code or formulas and no words to read aloud."""
    return not spoken_text(markdown) and any(
        isinstance(block, CodeHead | CodeLine | Formula) or (isinstance(block, Paragraph) and block.spans)
        for block in _parsed(markdown)
    )


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


def _spoken_block(block: Block) -> str:
    match block:
        case Paragraph(note=""):
            words = _spoken(block.spans)
            return f"{block.marker} {words}" if block.marker[:1].isdigit() and _SPOKEN.search(words) else words
        case TableRow():
            return ", ".join(words for cell in block.cells if (words := _spoken(cell)))
        case _:
            return ""


def _spoken(spans: Spans) -> str:
    text = "".join(_spoken_span(span) for span in spans).replace("\u2028", "\n")
    text = _BLANKS.sub(" ", _BEFORE_MARK.sub("", _EMPTY_BRACKETS.sub("", text)))
    return "\n".join(line.strip(" \t") for line in text.split("\n")).strip()


def _spoken_span(span: Span) -> str:
    if span.style & InlineStyle.NOTE:
        return ""
    if span.style & InlineStyle.MATH:
        return " "
    if span.href and _is_address(span.text):
        return " "
    return span.text if span.style & InlineStyle.CODE else _BOX.sub("", span.text)


def _is_address(text: str) -> bool:
    return re.match(r"(?:[a-z][a-z0-9+.-]{1,20}://|mailto:|www\.)\S+$", text, re.IGNORECASE) is not None


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
