"""Cuts a streaming answer into sentences for the ear, as soon as each has ended.

Every character is looked at a bounded number of times: the unspoken rest is at most `MAX_CHARS` long, and is only read
again where a mark in it may have ended a sentence. Code and formulas that stand by themselves are passed over while
they arrive.
"""

from __future__ import annotations

import re
from typing import Literal

from app.core.sentence_splitter import FULL_STOPS, parts, sentences

MAX_CHARS = 320
"""A longer sentence is cut after a clause, so that speech does not wait for its end."""
MAX_TABLE_CHARS = 2_000
"""A longer table is not read."""
_PREFIX_CHARS = 12
"""So much of a line tells which kind it is."""

_Kind = Literal["undecided", "prose", "fence", "table", "formula", "rule", "indented"]

_MARK = re.compile(rf"[{re.escape(FULL_STOPS)}.；;]")
_FENCE = re.compile(r"\s{0,3}(?:[-*+>] ?|\d{1,3}[.)] )*\s*(`{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])(?:\s+\S|\s*$)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_RULE = re.compile(r"\s{0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,}|={3,}\s*|-{3,}\s*)$")
_UNDECIDED = re.compile(r"\s*(?:[`~]{1,2}|[-*+>]|\d{1,3}[.)]?|#{1,6}|\\|\$|[-*_= ]+)?\s*$")
_LOOSE_EMPHASIS = re.compile(r"(?<![\w*_~])(?:\*{1,3}|_{1,3}|~~)(?=\S)|(?<=[^\s*_~])(?:\*{1,3}|_{1,3}|~~)(?!\w)")
"""Marks of emphasis that were left alone because the sentence was cut out of the emphasised words."""


class SpokenSentences:
    """One answer, or one step of it, while it streams. `feed` and `finish` return the sentences that have ended."""

    def __init__(self) -> None:
        self._rest = ""  # prose that is not spoken yet, with the current line at its end
        self._line = 0  # where the current line begins in `_rest`
        self._begins_line = True  # whether the beginning of the current line is still in `_rest`
        self._looked = 0  # up to where marks were looked for
        self._kind: _Kind = "undecided"  # of the current line
        self._fence = ""  # the mark that ends the code which is passed over
        self._formula = ""  # what ends the formula which is passed over
        self._passed = ""  # the current line of either, bounded
        self._table = ""
        self._is_in_list = self._was_blank = False

    def feed(self, text: str) -> list[str]:
        """Add what arrived, and return the sentences that are known to have ended."""
        ended: list[str] = []
        lines = text.split("\n")
        for number, piece in enumerate(lines):
            ended += self._add(piece)
            if number < len(lines) - 1:
                ended += self._end_line()
        return ended

    def finish(self) -> list[str]:
        """Return what is left; nothing more will arrive."""
        ended = self._end_line()
        return ended + self._flush()

    # -- within a line ---------------------------------------------------------------------------------------------

    def _add(self, piece: str) -> list[str]:
        if not piece:
            return []
        if self._fence or self._formula:
            self._passed = (self._passed + piece)[-2 * MAX_CHARS :]
            return []
        ended: list[str] = []
        while piece:
            # In bites, so that a long line that comes at once costs no more than one that comes in pieces.
            self._rest, piece = self._rest + piece[:MAX_CHARS], piece[MAX_CHARS:]
            if self._kind == "undecided":
                self._decide(is_whole=False)
                if self._begins_block():
                    ended += self._end_block_before()
            if self._kind in ("undecided", "prose"):
                ended += self._cut()
            else:
                ended += self._bound_line()
        return ended

    def _decide(self, *, is_whole: bool) -> None:
        line = self._rest[self._line :]
        if not self._begins_line:
            self._kind = "prose"
        elif _FENCE.match(line):
            self._kind = "fence"
        elif line.lstrip().startswith("|"):
            self._kind = "table"
        elif line.lstrip().startswith(("$$", "\\[")):
            self._kind = "formula"
        elif is_whole and _RULE.match(line):
            self._kind = "rule"
        elif self._is_code(line):
            self._kind = "indented"
        elif is_whole or len(line) > 4 * _PREFIX_CHARS or not _UNDECIDED.match(line):
            self._kind = "prose"

    def _begins_block(self) -> bool:
        """Whether the current line is known to begin something else than the prose before it."""
        if not self._begins_line or not self._line or self._kind == "undecided":
            return False
        line = self._rest[self._line :]
        return self._kind != "prose" or bool(_ITEM.match(line) or _HEADING.match(line))

    def _end_block_before(self) -> list[str]:
        before, self._rest = self._rest[: self._line], self._rest[self._line :]
        self._line = self._looked = 0
        return _spoken(before)

    def _is_code(self, line: str) -> bool:
        """Whether a line is code because it is indented, after a blank line or other code."""
        is_indented = line.startswith(("    ", "\t")) and bool(line.strip())
        return is_indented and self._was_blank and not self._is_in_list and not self._rest[: self._line].strip()

    def _bound_line(self) -> list[str]:
        """Keep of a line that is not prose no more than it takes to know where it ends."""
        if self._kind == "table":
            if len(self._rest) - self._line > MAX_TABLE_CHARS:
                self._rest = self._rest[: self._line + MAX_TABLE_CHARS]
        elif len(self._rest) - self._line > 4 * MAX_CHARS:
            self._rest = self._rest[: self._line + MAX_CHARS] + self._rest[-2 * MAX_CHARS :]
        return []

    def _cut(self) -> list[str]:
        """Take the sentences off the front that have ended."""
        ended: list[str] = []
        if self._kind == "undecided" or not self._has_mark():
            return self._bound_rest(ended)
        pieces = sentences(self._rest)
        start = at = 0
        for piece in pieces[:-1]:
            at += len(piece)
            if not _is_open(self._rest[start:at]):
                ended += _spoken(self._rest[start:at])
                start = at
        self._consume(start)
        return self._bound_rest(ended)

    def _has_mark(self) -> bool:
        """Whether a mark that may end a sentence is followed by something."""
        found = False
        for match in _MARK.finditer(self._rest, self._looked):
            if not self._rest[match.end() :].strip(" \t\n"):
                self._looked = match.start()
                return found
            found = True
        self._looked = len(self._rest)
        return found

    def _bound_rest(self, ended: list[str]) -> list[str]:
        while self._kind == "prose" and len(self._rest) > MAX_CHARS:
            first = parts(self._rest, MAX_CHARS)[0]
            ended += _spoken(first)
            self._consume(len(first))
        return ended

    def _consume(self, count: int) -> None:
        self._rest = self._rest[count:]
        if count > self._line:
            self._begins_line = False
        self._line = max(0, self._line - count)
        self._looked = max(0, self._looked - count)

    # -- at the end of a line --------------------------------------------------------------------------------------

    def _end_line(self) -> list[str]:
        if self._fence or self._formula:
            self._end_passed_line()
            return []
        if self._kind == "undecided":
            self._decide(is_whole=True)
        elif self._kind == "prose" and self._begins_line and _RULE.match(self._rest[self._line :]):
            self._kind = "rule"
        line, before = self._rest[self._line :], self._rest[: self._line]
        kind, begins = self._kind, self._begins_line
        self._begins_line, self._kind = True, "undecided"
        if kind == "prose" and (line.strip() or not begins):
            return self._end_prose_line(line, begins=begins)
        self._rest = before
        self._line = len(before)
        if kind == "table":
            ended = self._flush_prose()
            self._table = (self._table + line + "\n")[: MAX_TABLE_CHARS + 1]
            return ended
        ended = self._flush()
        match kind:
            case "fence":
                found = _FENCE.match(line)
                assert found is not None
                self._fence = found[1]
            case "formula":
                closing = "$$" if line.lstrip().startswith("$$") else "\\]"
                self._formula = "" if closing in line.lstrip()[2:] else closing
            case _:
                pass
        self._was_blank = kind in ("indented", "fence", "formula") or not line.strip()
        return ended

    def _end_prose_line(self, line: str, *, begins: bool) -> list[str]:
        ended: list[str] = []
        is_item, is_heading = bool(begins and _ITEM.match(line)), bool(begins and _HEADING.match(line))
        if self._table:
            ended += self._flush_table()
        if is_item or is_heading:
            ended += self._end_block_before()
        self._is_in_list = is_item or (self._is_in_list and not (self._was_blank and not line.startswith(" ")))
        self._was_blank = False
        self._rest += "\n"
        self._line = len(self._rest)
        if is_heading:
            return ended + self._flush_prose()
        self._kind = "prose"
        ended += self._cut()
        self._kind = "undecided"
        self._begins_line = True
        return ended

    def _end_passed_line(self) -> None:
        line, self._passed = self._passed.strip(), ""
        if self._fence and line.strip("> ").startswith(self._fence) and not line.strip("> ").strip(self._fence[0]):
            self._fence = ""
        elif self._formula and self._formula in line:
            self._formula = ""

    # -- what is spoken --------------------------------------------------------------------------------------------

    def _flush(self) -> list[str]:
        return self._flush_table() + self._flush_prose()

    def _flush_table(self) -> list[str]:
        table, self._table = self._table, ""
        return _spoken(table) if table and len(table) <= MAX_TABLE_CHARS else []

    def _flush_prose(self) -> list[str]:
        rest, self._rest, self._line, self._looked = self._rest, "", 0, 0
        self._begins_line = True
        return _spoken(rest)


def _spoken(markdown: str) -> list[str]:
    """The words of a piece for the ear; none if it has none."""
    if not markdown.strip():
        return []
    # Imported here: the Markdown parser is not needed before an answer is spoken.
    from app.core.markdown.ear import spoken_text

    words = _LOOSE_EMPHASIS.sub("", spoken_text(markdown.strip())).strip()
    return [words] if words else []


def _is_open(text: str) -> bool:
    """Whether a piece ends within code, a formula or a link."""
    if text.count("`") % 2 or text.count("\\(") > text.count("\\)"):
        return True
    if text.count("](") and text.rfind("](") > text.rfind(")"):
        return True
    dollars = re.findall(r"(?<!\\)\$(?=\S)|(?<=\S)(?<!\\)\$", text)
    return len(dollars) % 2 == 1 and not re.search(r"\$\d", text)
