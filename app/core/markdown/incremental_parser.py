"""Parses Markdown that grows at its end: a settled part that never changes, and a tail that is parsed again.

The result always equals parsing the whole text at once. A block is settled once another block follows it on complete
lines; long lists are settled by item, tables by row and code by line, so the tail stays short.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from app.core.markdown.blocks import Block, CodeHead, CodeLine, Paragraph
from app.core.markdown.fences import Fence, language_of
from app.core.markdown.footnotes import Numbers, divided, notes_last, with_numbers
from app.core.markdown.open_block import OpenBlock
from app.core.markdown.parser import (
    NO_CONTEXT,
    Context,
    References,
    blocks_of,
    shown_blocks,
    tokenise,
    tokenise_open,
)
from app.core.markdown.sanitiser import StreamSanitiser
from app.core.markdown.table_row import open_row_below, row_below

_UNDECIDED_LINE = re.compile(
    r" {0,3}\[(?!\^)[^\[\]]+\]:[^\n]*\Z"  # the beginning of a link definition
    # The mark of an item, or what makes a heading of the line above: the item's words say which.
    r"|[ \t>]*(?:[-*+][ \t]|\d{1,9}[.)][ \t])*(?:-+|=+|[*+]|\d{1,9}[.)])[ \t]*\Z"
)
_LABEL = re.compile(r"\[([^\[\]]{1,999})\]")


class IncrementalParser:
    """Parses a text that arrives in pieces.

    Attributes:
        settled: blocks that no longer change; only appended to, except when `reparse_count` increases.
        is_finished: whether the text has ended.
        reparse_count: how often a link definition changed settled blocks, so that the whole text was parsed again.
    """

    def __init__(self, text: str = "") -> None:
        self.settled: list[Block] = []
        self.reparse_count = 0
        self._sanitiser = StreamSanitiser()
        self._settled_source: list[str] = []  # to parse it again
        self._pending = ""  # source that is not settled
        self._context = NO_CONTEXT
        self._table_head = ""
        self._fence: Fence | None = None
        self._references: References = {}
        self._mentioned: set[str] = set()
        self._numbers: Numbers = {}  # of footnotes
        self._notes: list[Paragraph] = []  # settled footnotes, which are shown behind the tail
        self._tail: list[Block] | None = None
        self._open_block: OpenBlock | None = None
        self._before_open: list[Block] = []  # blocks of the tail above the open one
        self._grown = ""  # source that the open block lacks
        self._shown: tuple[str, list[Block]] | None = None  # an open tail as it was last parsed, and its blocks
        self.is_finished = False
        if text:
            self.append(text)

    def append(self, text: str) -> None:
        """Parse the next piece."""
        if not text:
            return
        source = self._sanitiser.feed(text)
        self._pending += source
        self._tail = None
        self._grown += source
        if "\n" in source:
            self._open_block = None
            self._settle()

    @property
    def tail(self) -> list[Block]:
        """The blocks that may still change."""
        if self._tail is None:
            tail = with_numbers(self._parse_tail(), dict(self._numbers))
            self._tail = notes_last([*tail, *self._notes] if self._notes else tail)
        return self._tail

    @property
    def blocks(self) -> list[Block]:
        """All blocks of the text so far."""
        return [*self.settled, *self.tail]

    def finish(self) -> None:
        """End the text: treat its last line as complete, and its marks as they are."""
        self.is_finished = True
        self._tail = self._open_block = None
        if self._pending and not self._pending.endswith("\n"):
            self.append("\n")

    def _parse_tail(self) -> list[Block]:
        if self._fence:
            line = self._pending
            return [CodeLine(text=line)] if line.strip(" \t") and self._fence.after(line) else []
        grown, self._grown = self._grown, ""
        if self._open_block is not None:
            block = self._open_block.grow(grown)
            if block is not None:
                return [*self._before_open, block]
            self._open_block = None
        source = self._table_head + visible(self._pending)
        if not source.strip() or not self._pending:  # A head whose rows are settled shows nothing more.
            return []
        if not self.is_finished:
            if self._shown is not None and self._shown[0] == source:  # What has come is not shown yet.
                return self._shown[1]
            blocks = self._parse_open_row() or self._parse_open(source)
            self._shown = (source, blocks) if self._open_block is None else None
            return blocks
        tokens, _ = tokenise(source, self._references)
        return blocks_of(tokens, source, self._context)

    def _parse_open_row(self) -> list[Block]:
        """The row that is arriving below a settled one; nothing if the source may be anything else."""
        line = self._pending
        if not self._table_head or not self._context.rows or "\n" in line:
            return []
        found = open_row_below(self.settled[-1], line, self._references)
        if found is None:
            return []
        self._open_block = OpenBlock.of_row(line, found.row, found.content, self._references)
        self._before_open = []
        return [found.row]

    def _parse_open(self, source: str) -> list[Block]:
        tokens, shown, references = tokenise_open(source, self._references)
        blocks = shown_blocks(tokens, shown, self._context)
        if source.endswith(self._pending):
            self._open_block = OpenBlock.of(source, tokens, blocks, references)
            self._before_open = blocks[:-1]
        return blocks

    def _settle(self) -> None:
        self._settle_rows()
        while self._settle_code() if self._fence else self._settle_blocks():
            pass

    def _settle_rows(self) -> None:
        """Settle complete lines that are further rows of the open table."""
        while self._table_head and self._context.rows and (end := self._pending.find("\n")) >= 0:
            line = self._pending[:end]
            row = row_below(self.settled[-1], line, self._references)
            if row is None:
                break
            self.settled += with_numbers([row], self._numbers)
            self._mark_settled(line + "\n")
            self._context = Context(line=line, rows=self._context.rows + 1)

    def _mark_settled(self, source: str) -> None:
        """Move source from the beginning of the pending source to the settled one."""
        self._shown = None
        self._settled_source.append(source)
        self._pending = self._pending[len(source) :]
        self._mentioned.update(normalizeReference(label) for label in _LABEL.findall(source))

    def _settle_code(self) -> bool:
        """Settle complete lines of the open code block; true when the block was closed."""
        fence = self._fence
        assert fence is not None
        *lines, _ = self._pending.split("\n")
        for number, line in enumerate(lines):
            after = fence.after(line)
            if after is None:
                self._mark_settled("\n".join(lines[: number + 1]) + "\n")
                self._context = Context(line=line)
                self._fence = None
                return True
            fence = self._fence = after
            self.settled.append(CodeLine(text=line))
        if lines:
            self._mark_settled("\n".join(lines) + "\n")
        return False

    def _settle_blocks(self) -> bool:
        """Settle every block that later text cannot change; true when more can be settled immediately."""
        complete = self._pending[: self._pending.rfind("\n") + 1]
        source = self._table_head + complete
        if not complete:
            return False
        tokens, references = tokenise(source, self._references)
        if len(references) > len(self._references):
            new = references.keys() - self._references.keys()
            self._references, self._shown = references, None
            if new & self._mentioned:
                self._reparse()
                return True
        lines = source.split("\n")
        cut = _cut(tokens, lines, self._context)
        if cut is None:
            return False
        texts, notes = divided(with_numbers(blocks_of(tokens[: cut.tokens], source, self._context), self._numbers))
        self.settled += texts
        self._notes += notes
        head_lines = self._table_head.count("\n")
        self._mark_settled("".join(line + "\n" for line in lines[head_lines : cut.line]))
        self._context, self._table_head, self._fence = cut.context, cut.table_head, cut.fence
        if cut.fence:
            self.settled.append(CodeHead(tight=cut.tight, language=cut.language))
            self._context = NO_CONTEXT
        return cut.fence is not None

    def _reparse(self) -> None:
        self._pending = "".join(self._settled_source) + self._pending
        self._settled_source.clear()
        self._mentioned.clear()
        self.settled = []
        self._numbers.clear()
        self._notes.clear()
        self.reparse_count += 1
        self._context, self._table_head, self._fence = NO_CONTEXT, "", None


def visible(source: str) -> str:
    """Source without a last line that more of it may turn into something else, and which would be shown and moved."""
    begin = source.rfind("\n") + 1
    return source[:begin] if _UNDECIDED_LINE.match(source, begin) else source


class _Cut(msgspec.Struct, frozen=True):
    """Where the settled part ends.

    Attributes:
        tokens: number of settled tokens.
        line: number of settled lines, including a repeated table head.
        context: the context of the remaining source.
        table_head: head and delimiter row if the remaining source continues a table.
        fence: the code block that the remaining source continues; `tight` and `language` belong to its head.
    """

    tokens: int
    line: int
    context: Context
    table_head: str = ""
    fence: Fence | None = None
    tight: bool = False
    language: str = ""


def _cut(tokens: Sequence[Token], lines: Sequence[str], context: Context) -> _Cut | None:
    starts = [index for index, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
    if not starts:
        return None
    undecided = next((i for i in starts if tokens[i].type == "math_block" and not tokens[i].meta["decided"]), None)
    index = starts[-1] if undecided is None else undecided
    last = tokens[index]
    begin, end = last.map or (0, 0)
    if last.type == "fence" and not last.meta["closed"]:
        if lines[begin].startswith(last.markup):
            tight = bool((lines[begin - 1] if begin else context.line).strip(" \t>"))
            language = language_of(last.info)
            return _Cut(
                index, begin + 1, NO_CONTEXT, fence=Fence(last.markup, language), tight=tight, language=language
            )
    elif _is_final(last):
        return _Cut(len(tokens), end, Context(line=lines[end - 1]))
    elif last.type == "table_open":
        return _table_cut(tokens, lines, context, index)
    elif last.type.endswith("_list_open") and (cut := _item_cut(tokens, lines, context, index)):
        return cut
    if begin == 0:
        return None
    return _Cut(index, begin, Context(line=lines[begin - 1]))


def _is_final(token: Token) -> bool:
    """Whether a last block on complete lines is finished."""
    if token.type == "math_block":
        return bool(token.meta["closed"])
    return token.type in ("hr", "fence") or (token.type == "heading_open" and token.markup.startswith("#"))


def _table_cut(tokens: Sequence[Token], lines: Sequence[str], context: Context, index: int) -> _Cut:
    begin, end = tokens[index].map or (0, 0)
    if end < len(lines) - 1:  # a blank line follows
        return _Cut(len(tokens), end, Context(line=lines[end - 1]))
    resumed = context.rows if index == 0 else 0
    parsed = end - begin - 1
    rows = resumed + parsed - 1 if resumed else parsed
    head = "".join(line + "\n" for line in lines[begin : begin + 2])
    return _Cut(len(tokens), end, Context(line=lines[end - 1], rows=rows), table_head=head)


def _item_cut(tokens: Sequence[Token], lines: Sequence[str], context: Context, index: int) -> _Cut | None:
    """A cut before the last item of an unindented list."""
    items = [i for i in range(index, len(tokens)) if tokens[i].type == "list_item_open" and tokens[i].level == 1]
    begin = (tokens[items[-1]].map or (0, 0))[0]
    if len(items) < 2 or lines[begin][:1].isspace():
        return None
    opening = tokens[index]
    kind = opening.markup
    number = 0
    if opening.type == "ordered_list_open":
        start = opening.attrGet("start")
        first = 1 if start is None else int(start)
        if index == 0 and context.list_kind == kind:
            first = context.number
        number = first + len(items) - 1
    return _Cut(items[-1], begin, Context(line=lines[begin - 1], list_kind=kind, number=number))
