"""Markdown that grows at its end: a settled part that never changes, and a tail read again.

The whole is always what reading all the text at once gives. A block is settled when a further block follows it on
whole lines; long lists settle by item, tables by row and code by line, so the tail stays short.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from app.ui.chat.markdown.blocks import Block, CodeHead, CodeLine
from app.ui.chat.markdown.parser import NOTHING_ABOVE, Above, References, language_of, leaves_of, tokenise
from app.ui.chat.markdown.sanitiser import StreamSanitiser

_UNFINISHED_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:[^\n]*\Z")
_LABEL = re.compile(r"\[([^\[\]]{1,999})\]")


class _Fence(msgspec.Struct, frozen=True):
    """An open code block at the left edge: its closing line has at least as many of the same character."""

    markup: str

    def closes(self, line: str) -> bool:
        indented = len(line) - len(line.lstrip(" "))
        stripped = line.strip(" \t")
        return (
            indented < 4
            and not line.startswith("\t")
            and stripped.startswith(self.markup)
            and not stripped.strip(self.markup[0])
        )


class IncrementalParser:
    """A text that arrives in pieces.

    Attributes:
        settled: leaves that stay; only appended to, unless `restarts` counts up.
        restarts: how often a link definition changed something settled, so that all of it was read again.
    """

    def __init__(self, text: str = "") -> None:
        self.settled: list[Block] = []
        self.restarts = 0
        self._bounds = StreamSanitiser()
        self._passed: list[str] = []  # source behind `settled`, for a restart
        self._rest = ""
        self._above = NOTHING_ABOVE
        self._table_head = ""
        self._fence: _Fence | None = None
        self._references: References = {}
        self._mentioned: set[str] = set()
        self._tail: list[Block] | None = None
        if text:
            self.append(text)

    def append(self, text: str) -> None:
        """Take the next piece."""
        if not text:
            return
        more = self._bounds.pass_on(text)
        self._rest += more
        self._tail = None
        if "\n" in more:
            self._settle()

    @property
    def tail(self) -> list[Block]:
        """The leaves that may still change."""
        if self._tail is None:
            self._tail = self._read_tail()
        return self._tail

    @property
    def leaves(self) -> list[Block]:
        return [*self.settled, *self.tail]

    def finish(self) -> None:
        """No more will come: what was held back until its line is whole counts now."""
        if self._rest and not self._rest.endswith("\n"):
            self.append("\n")

    def _read_tail(self) -> list[Block]:
        if self._fence:
            line = self._rest
            return [CodeLine(text=line)] if line.strip(" \t") and not self._fence.closes(line) else []
        source = self._table_head + visible(self._rest)
        if not source.strip():
            return []
        tokens, _ = tokenise(source, self._references)
        return leaves_of(tokens, source, self._above)

    def _settle(self) -> None:
        while self._take_code() if self._fence else self._take_blocks():
            pass

    def _take(self, source: str) -> None:
        """Move source from the rest to what is behind."""
        self._passed.append(source)
        self._rest = self._rest[len(source) :]
        self._mentioned.update(normalizeReference(label) for label in _LABEL.findall(source))

    def _take_code(self) -> bool:
        """Settle whole lines of the open code block; true when it closed."""
        fence = self._fence
        assert fence is not None
        *lines, _ = self._rest.split("\n")
        for number, line in enumerate(lines):
            if fence.closes(line):
                self._take("\n".join(lines[: number + 1]) + "\n")
                self._above = Above(line=line)
                self._fence = None
                return True
            self.settled.append(CodeLine(text=line))
        if lines:
            self._take("\n".join(lines) + "\n")
        return False

    def _take_blocks(self) -> bool:
        """Settle every block that nothing below can change; true when more may follow at once."""
        whole = self._rest[: self._rest.rfind("\n") + 1]
        source = self._table_head + whole
        if not whole:
            return False
        tokens, references = tokenise(source, self._references)
        if len(references) > len(self._references):
            new = references.keys() - self._references.keys()
            self._references = references
            if new & self._mentioned:
                self._restart()
                return True
        lines = source.split("\n")
        cut = _cut(tokens, lines, self._above)
        if cut is None:
            return False
        self.settled += leaves_of(tokens[: cut.tokens], source, self._above)
        head = self._table_head.count("\n")
        self._take("".join(line + "\n" for line in lines[head : cut.line]))
        self._above, self._table_head, self._fence = cut.above, cut.table_head, cut.fence
        if cut.fence:
            self.settled.append(CodeHead(near=cut.near, language=cut.language))
            self._above = NOTHING_ABOVE
        return cut.fence is not None

    def _restart(self) -> None:
        self._rest = "".join(self._passed) + self._rest
        self._passed.clear()
        self._mentioned.clear()
        self.settled = []
        self.restarts += 1
        self._above, self._table_head, self._fence = NOTHING_ABOVE, "", None


def visible(source: str) -> str:
    """Source without a link definition that is still being written: it would come and go as words."""
    begin = source.rfind("\n") + 1
    return source[:begin] if _UNFINISHED_DEFINITION.match(source, begin) else source


class _Cut(msgspec.Struct, frozen=True):
    """Where the settled part ends.

    Attributes:
        tokens: how many tokens are settled.
        line: how many lines are, counted with a repeated table head.
        above: what the rest must know.
        table_head: head and delimiter row, when the rest goes on with rows.
        fence: the code block the rest is in; `near` and `language` are of its head.
    """

    tokens: int
    line: int
    above: Above
    table_head: str = ""
    fence: _Fence | None = None
    near: bool = False
    language: str = ""


def _cut(tokens: Sequence[Token], lines: Sequence[str], above: Above) -> _Cut | None:
    starts = [place for place, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
    if not starts:
        return None
    place = starts[-1]
    last = tokens[place]
    begin, end = last.map or (0, 0)
    if last.type == "fence" and not _Fence(last.markup).closes(lines[end - 1] if end - begin > 1 else ""):
        if lines[begin].startswith(last.markup):
            near = bool((lines[begin - 1] if begin else above.line).strip(" \t>"))
            return _Cut(
                place, begin + 1, NOTHING_ABOVE, fence=_Fence(last.markup), near=near, language=language_of(last.info)
            )
    elif _is_final(last):
        return _Cut(len(tokens), end, Above(line=lines[end - 1]))
    elif last.type == "table_open":
        return _table_cut(tokens, lines, above, place)
    elif last.type.endswith("_list_open") and (cut := _item_cut(tokens, lines, above, place)):
        return cut
    if begin == 0:
        return None
    return _Cut(place, begin, Above(line=lines[begin - 1]))


def _is_final(token: Token) -> bool:
    """Whether a last block on whole lines is over."""
    if token.type == "math_block":
        return bool(token.meta["closed"])
    return token.type in ("hr", "fence") or (token.type == "heading_open" and token.markup.startswith("#"))


def _table_cut(tokens: Sequence[Token], lines: Sequence[str], above: Above, place: int) -> _Cut:
    begin, end = tokens[place].map or (0, 0)
    if end < len(lines) - 1:  # a blank line follows
        return _Cut(len(tokens), end, Above(line=lines[end - 1]))
    resumed = above.rows if place == 0 else 0
    read = end - begin - 1
    rows = resumed + read - 1 if resumed else read
    head = "".join(line + "\n" for line in lines[begin : begin + 2])
    return _Cut(len(tokens), end, Above(line=lines[end - 1], rows=rows), table_head=head)


def _item_cut(tokens: Sequence[Token], lines: Sequence[str], above: Above, place: int) -> _Cut | None:
    """Before the last item of a list at the left edge."""
    items = [i for i in range(place, len(tokens)) if tokens[i].type == "list_item_open" and tokens[i].level == 1]
    begin = (tokens[items[-1]].map or (0, 0))[0]
    if len(items) < 2 or lines[begin][:1].isspace():
        return None
    opening = tokens[place]
    kind = opening.markup
    number = 0
    if opening.type == "ordered_list_open":
        start = opening.attrGet("start")
        first = 1 if start is None else int(start)
        if place == 0 and above.list_kind == kind:
            first = above.number
        number = first + len(items) - 1
    return _Cut(items[-1], begin, Above(line=lines[begin - 1], list_kind=kind, number=number))
