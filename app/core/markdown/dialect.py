"""The Markdown dialect: CommonMark plus tables, strikethrough, formulas and Chinese emphasis, without HTML.

Every block rule only looks at its own lines and those above, so that later text never changes an earlier block. That is
why an unclosed `$$` ends at the next blank line instead of becoming paragraphs again. Only the closing delimiter of a
formula is searched for below blank lines; until it is decided, the formula is not settled.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace, normalizeReference
from markdown_it.rules_block import StateBlock, fence, reference, table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from app.core.markdown.fences import Fence
from app.core.markdown.open_tail import completed

MAX_NESTING = 24
MAX_FORMULA_LINES = 24
"""Lines after the opening delimiter of a formula with blank lines that are searched for the closing one."""
MAX_INLINE_FORMULA = 1_000
"""Characters searched for the closing delimiter of an inline formula."""


@lru_cache(maxsize=1)
def dialect() -> MarkdownIt:
    """The Markdown parser, which keeps no state between calls."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("strikethrough", _strikethrough)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "math_block", _display_formula, {"alt": interrupts})
    parser.block.ruler.at("fence", _fence, {"alt": interrupts})
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("escape", "math_inline", _inline_formula)
    parser.inline.ruler.push("line_break_tag", _line_break_tag)
    parser.block.ruler.at("reference", _definition)
    parser.block.ruler.before("reference", "note", _note, {"alt": interrupts})
    parser.inline.ruler.before("link", "note_mark", _note_mark)
    parser.core.ruler.before("inline", "open_tail", _open_tail)
    return parser


def _open_tail(state: StateCore) -> None:
    """While more text is to come, the last inline text is completed."""
    if not state.env.get("is_open"):
        return
    index = len(state.tokens) - 1
    while index > 0 and (
        state.tokens[index].nesting < 0
        or state.tokens[index].type == "td_open"
        or (state.tokens[index].type == "inline" and not state.tokens[index].content)
    ):
        index -= 1
    if index <= 0 or state.tokens[index].type != "inline":
        return
    last, opening = state.tokens[index], state.tokens[index - 1]
    # Rows and headings are complete with their line.
    is_one_line = opening.type in ("td_open", "th_open") or opening.markup.startswith("#")
    if not is_one_line or state.src.count("\n") == (last.map or [0])[0]:
        last.content = completed(last.content, _flanks)


_BREAK = re.compile(r"<br\s{0,2}/?>", re.IGNORECASE)


def _line_break_tag(state: StateInline, silent: bool) -> bool:
    """`<br>`, which models write for a new line inside a table cell."""
    match = _BREAK.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = match.end()
    return True


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A link definition, but no footnote: `[^1]: Note` is text."""
    if state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
        return False
    return reference(state, start, end, silent)


_NOTE = re.compile(r"\[\^([^\s\[\]]{1,99})\]:[ \t]*")
_NOTE_MARK = re.compile(r"\[\^([^\s\[\]]{1,99})\](?![(:])")


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A footnote: `[^1]: Note` and the lines below it up to a blank one."""
    if state.is_code_block(start):
        return False
    match = _NOTE.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if match is None:
        return False
    if silent:
        return True
    interrupts = state.md.block.ruler.getRules("paragraph")
    following = start + 1
    while following < end and not state.isEmpty(following) and state.sCount[following] >= state.blkIndent:
        if any(rule(state, following, end, True) for rule in interrupts):
            break
        following += 1
    # Like a link definition, so that the text above is parsed again when the note becomes known.
    state.env.setdefault("references", {}).setdefault(normalizeReference(f"^{match[1]}"), {"title": "", "href": ""})
    lines = [match[0], state.getLines(start, following, state.blkIndent, False)]
    state.line = following
    state.push("note_open", "p", 1).map = [start, following]
    state.tokens[-1].meta = {"label": match[1].lower()}
    inline = state.push("inline", "", 0)
    inline.content = lines[1].lstrip()[len(lines[0]) :].strip()
    inline.map = [start, following]
    inline.children = []
    state.push("note_close", "p", -1)
    return True


def _note_mark(state: StateInline, silent: bool) -> bool:
    """`[^1]`, also without a note; another label only with one, because `[^abc]` is part of a pattern."""
    match = _NOTE_MARK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    is_known = match[1].isdecimal() or normalizeReference(f"^{match[1]}") in state.env.get("references", {})
    if not is_known:
        return False
    if not silent:
        state.push("note_mark", "sup", 0).content = match[1].lower()
    state.pos = match.end()
    return True


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A fenced code block, which in Markdown can hold others."""
    if not fence(state, start, end, True):
        return False
    if silent:
        return True
    opening = Fence.opened_by(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    assert opening is not None
    is_open: Fence | None = opening
    following = start + 1
    while following < end:
        begin, stop = state.bMarks[following] + state.tShift[following], state.eMarks[following]
        if begin < stop and state.sCount[following] < state.blkIndent:
            break
        if not state.is_code_block(following):
            is_open = opening if is_open is None else is_open.after(state.src[begin:stop])
            if is_open is None:
                break
        following += 1
    token = state.push("fence", "code", 0)
    state.line = following + (is_open is None)
    token.info = state.src[state.bMarks[start] + state.tShift[start] + len(opening.markup) : state.eMarks[start]]
    token.content = state.getLines(start + 1, following, state.sCount[start], True)
    token.markup = opening.markup
    token.map = [start, state.line]
    token.meta = {"closed": is_open is None}
    return True


_PIPE = "\ufdd0"
"""Stands for `|` inside code in a table; the sanitiser leaves none in a source."""
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table whose `|` inside code does not end the cell, as models write it."""
    if start + 2 > end:
        return False
    stop = start + 1
    while stop < end and not state.isEmpty(stop):
        stop += 1
    begin, finish = state.bMarks[start], state.eMarks[stop - 1]
    rows = state.src[begin:finish]
    if "`" not in rows or "|" not in rows:
        return bool(table(state, start, end, silent))
    source, count = state.src, len(state.tokens)
    masked = "\n".join(_CODE.sub(_mask_pipes, line) for line in rows.split("\n"))
    state.src = source[:begin] + masked + source[finish:]
    try:
        found = bool(table(state, start, end, silent))
    finally:
        state.src = source
    for token in state.tokens[count:]:
        token.content = token.content.replace(_PIPE, "|")
    return found


def _mask_pipes(code: re.Match[str]) -> str:
    return re.sub(r"(?<!\\)\|", _PIPE, code[0])


_CLOSERS = {"$$": "$$", "\\[": "\\]"}


def _display_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    closer = _CLOSERS.get(line[:2])
    if closer is None:
        return False
    first_line = line[2:]
    closed = first_line.endswith(closer)
    if closer in first_line.removesuffix(closer) or (closed and not first_line.removesuffix(closer).strip()):
        return False  # text follows the formula, or the formula is empty: a paragraph
    if silent:
        return True
    source = [first_line.removesuffix(closer)]
    following = start + 1
    stop, decided = (start + 1, True) if closed else _formula_end(state, start, end, closer)
    while not closed and following < stop:
        line = state.src[state.bMarks[following] + state.tShift[following] : state.eMarks[following]].rstrip()
        closed = line.endswith(closer)
        source.append(line.removesuffix(closer))
        following += 1
    token = state.push("math_block", "", 0)
    token.content = "\n".join(source).strip()
    token.map = [start, following]
    token.meta = {"closed": closed, "decided": decided}
    state.line = following
    return True


def _formula_end(state: StateBlock, start: int, end: int, closer: str) -> tuple[int, bool]:
    """The line below a formula that begins at `start`, and whether later text can't change that.

    Blank lines are part of a formula if its closing delimiter follows within `MAX_FORMULA_LINES`.
    """
    blank = 0
    for following in range(start + 1, end):
        if state.isEmpty(following):
            blank = blank or following
            if following - start >= MAX_FORMULA_LINES:
                return blank, True
            continue
        if state.sCount[following] < state.blkIndent:
            return blank or following, True
        line = state.src[state.bMarks[following] + state.tShift[following] : state.eMarks[following]].rstrip()
        if line.endswith(closer) and not (blank and closer in line.removesuffix(closer)):
            return following + 1, True
        if blank and (following - start >= MAX_FORMULA_LINES or _NO_FORMULA.match(line) or closer in line):
            return blank, True
    return blank or end, not blank


_NO_FORMULA = re.compile(r"#{1,6} |`{3}|~{3}|\$\$|\\\[")
"""The beginning of a line that is not inside a formula."""


def _inline_formula(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    opener = next((opener for opener in ("$$", "$", "\\(", "\\[") if source.startswith(opener, start)), None)
    if opener is None:
        return False
    closer = {"\\(": "\\)", "\\[": "\\]"}.get(opener, opener)
    begin = start + len(opener)
    if begin >= state.posMax or (opener == "$" and source[begin].isspace()):
        return False
    limit = min(state.posMax, begin + MAX_INLINE_FORMULA)
    stop = source.find(closer, begin, limit)
    while stop != -1 and closer[0] == "$" and source[stop - 1] == "\\":
        stop = source.find(closer, stop + 1, limit)
    if stop == -1 or not _closes(source, begin, stop, closer):
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content = source[begin:stop].strip()
        token.meta = {"display": opener in ("$$", "\\[")}
    state.pos = stop + len(closer)
    return True


def _closes(source: str, begin: int, stop: int, closer: str) -> bool:
    if not source[begin:stop].strip():
        return False
    if closer == "$" and "`" in source[begin:stop]:
        return False  # Money beside code: "$9 for `$NAME`".
    # "$5 and $10" is money: a single dollar closes only after a non-space character and not before a digit.
    after = source[stop + 1 : stop + 2]
    return closer != "$" or not (source[stop - 1].isspace() or after.isdecimal() or after == "$")


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    stop = state.pos
    while stop < state.posMax and state.src[stop] == marker:
        stop += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[stop] if stop < state.posMax else " "
    opens, closes = _flanks(before, after, can_split_words=marker == "*")
    for _ in range(stop - state.pos):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=stop - state.pos,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = stop
    return True


def _strikethrough(state: StateInline, silent: bool) -> bool:
    """Two tildes, beside Chinese quotes as emphasis is."""
    if silent or state.src[state.pos] != "~":
        return False
    stop = state.pos
    while stop < state.posMax and state.src[stop] == "~":
        stop += 1
    length = stop - state.pos
    if length < 2:
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[stop] if stop < state.posMax else " "
    opens, closes = _flanks(before, after, can_split_words=True)
    if length % 2:
        state.push("text", "", 0).content = "~"
    for _ in range(length // 2):
        state.push("text", "", 0).content = "~~"
        # Length 0: the rule of three does not apply.
        state.delimiters.append(
            Delimiter(marker=ord("~"), length=0, token=len(state.tokens) - 1, end=-1, open=opens, close=closes)
        )
    state.pos = stop
    return True


def _flanks(before: str, after: str, can_split_words: bool) -> tuple[bool, bool]:
    """Whether a run of markers can open and can close emphasis (CommonMark 0.31, section 6.2), adapted for Chinese.

    Chinese is written without spaces, so full-width punctuation next to the marker does not tell where emphasis ends:
    `**注意：**请` is bold here, whereas CommonMark would show the asterisks.
    """
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    is_wide = _is_wide(before) or _is_wide(after)
    punct_before, punct_after = _is_punctuation(before) and not is_wide, _is_punctuation(after) and not is_wide
    left = not (space_after or (punct_after and not (space_before or punct_before)))
    right = not (space_before or (punct_before and not (space_after or punct_after)))
    return (
        left and (can_split_words or not right or punct_before),
        right and (can_split_words or not left or punct_after),
    )


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—"
