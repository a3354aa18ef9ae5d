"""The last paragraph or cell of a text that is still arriving, of which only the newest words are parsed again.

It is parsed as a whole after each line end. In between its marks are known up to a place behind which nothing
can reach back: from there on only the rest is parsed, so a long one costs no more than a short one. The result
equals parsing the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from markdown_it.token import Token

from app.core.markdown.blocks import Block, Paragraph, Spans, TableRow
from app.core.markdown.dialect import completed_inline, inline_tokens
from app.core.markdown.parser import References, joined, spans_of

MIN_REST = 48
"""Characters that are parsed again before looking for a later place to begin."""
MAX_REST = 2_000
"""Without such a place in so many characters, none is looked for any more."""

# What could be the beginning of a line that is no paragraph, or of one that hides its text.
_OTHER_BEGINNING = re.compile(r"\s*(?:[|\[]|\$\$|\\\[)")
_CELL_END = re.compile(r"[|`\\]")
"""What can end a cell, or change where the cells of a row end."""
_BOUNDARY = re.compile(r"(?<=\S) (?=\S)|(?<=[，。；：！？、])(?=[\u3400-\u9fff])")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:.+?)(?<!`)\1(?!`)")
_FORMULA = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]|\$\$.+?\$\$|\$[^$]+\$")
_LOOSE = re.compile(r"[\\$`\[<\n]|~~|(?<!\s)\*|\*(?!\s)|(?<![^\W_])_|_(?![^\W_])")
"""A mark that could still be the beginning of something: of a text without code and formulas."""


def _is_decided(block: Paragraph, content: str, line: str) -> bool:
    """Whether a paragraph stays one whatever follows on its last line."""
    is_plain = not block.note and block.marker not in ("☐", "☑") and any(map(str.isalpha, line))
    return is_plain and not (block.level and "#" in line) and not any(map(_OTHER_BEGINNING.match, (content, line)))


def _last_filled(row: TableRow) -> int:
    """The last column with text, 0 if there is none."""
    return next((column for column in reversed(range(len(row.cells))) if row.cells[column]), 0)


def _last_cell(row: TableRow) -> Spans:
    return row.cells[_last_filled(row)] if row.cells else ()


class OpenBlock:
    """Parses the last paragraph or the last cell of a text while its last line grows."""

    def __init__(self, block: Paragraph | TableRow, content: str, blanks: str, references: References) -> None:
        """`content` is the source of the growing text, `blanks` what follows it on its last line."""
        self._block = block
        self._references = references
        self._done: Spans = ()
        self._rest = content + blanks
        self._searched = 0

    @classmethod
    def of(
        cls, source: str, tokens: Sequence[Token], blocks: Sequence[Block], references: References
    ) -> OpenBlock | None:
        """The block at the end of a source that was parsed as open; None if it has to be parsed as a whole."""
        inline = next((token for token in reversed(tokens) if token.nesting >= 0 and token.content), None)
        if inline is None or inline.type != "inline" or not blocks or source.endswith("\n"):
            return None
        block = blocks[-1]
        content = str(inline.meta.get("source", ""))
        line = content[content.rfind("\n") + 1 :]
        text = source.rstrip(" \t")
        if not line or not text.endswith(line):
            return None
        spans = spans_of(inline.children or [])
        blanks = source[len(text) :]
        if isinstance(block, TableRow):
            is_row = source.startswith("|", source.rfind("\n") + 1)
            return cls(block, content, blanks, references) if is_row and _last_cell(block) == spans else None
        if isinstance(block, Paragraph) and block.spans == spans and _is_decided(block, content, line):
            return cls(block, content, blanks, references)
        return None

    @classmethod
    def of_row(cls, line: str, row: TableRow, content: str, references: References) -> OpenBlock | None:
        """The last cell of a row, whose source is `content`; None if it is complete."""
        text = line.rstrip(" \t")
        if not content or not text.endswith(content):
            return None
        return cls(row, content, line[len(text) :], references)

    def grow(self, text: str) -> Block | None:
        """The block with more text on its last line; None if it has to be parsed as a whole."""
        if "\n" in text or (isinstance(self._block, TableRow) and _CELL_END.search(text)):
            return None
        if isinstance(self._block, Paragraph) and self._block.level and "#" in text:
            return None
        self._rest += text
        if len(self._rest) - self._searched > MIN_REST and len(self._rest) < MAX_REST:
            self._advance()
        shown = completed_inline(self._rest.rstrip())
        tokens = self._parse(shown)
        if any(token.type == "text_special" for token in tokens):
            return None  # The whole parser joins escaped characters with the text around them.
        spans = joined(self._done, spans_of(tokens))
        if not spans:
            return None  # A paragraph of which nothing is shown is none.
        if isinstance(self._block, Paragraph):
            return msgspec.structs.replace(self._block, spans=spans)
        cells = list(self._block.cells)
        cells[_last_filled(self._block)] = spans
        return msgspec.structs.replace(self._block, cells=tuple(cells))

    def _parse(self, content: str) -> list[Token]:
        return inline_tokens(content, self._references)

    def _advance(self) -> None:
        """Begin behind the last words, if nothing later can change them."""
        place = 0
        for match in _BOUNDARY.finditer(self._rest, self._searched, len(self._rest) - 2):
            place = match.start()
        self._searched = len(self._rest)
        if not place:
            return
        text = self._rest[:place]
        if completed_inline(text) != text:
            return
        tokens = self._parse(text)
        if any(
            token.type == "text_special" or (token.type == "text" and _LOOSE.search(token.content)) for token in tokens
        ):
            return
        if "\\" in text:
            plain, count = _FORMULA.subn("", _CODE.sub("", text))
            if "\\" in plain or count != sum(token.type == "math_inline" for token in tokens):
                return
        self._done = joined(self._done, spans_of(tokens))
        self._rest = self._rest[place:]
        self._searched = 0
