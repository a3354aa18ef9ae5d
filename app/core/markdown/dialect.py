"""The Markdown dialect: CommonMark plus tables, strikethrough, formulas and Chinese emphasis, without HTML.

Every block rule only looks at its own lines and those above, so that later text never changes an earlier block. That is
why an unclosed `$$` ends at the next blank line instead of becoming paragraphs again. Only the closing delimiter of a
formula is searched for below blank lines; until it is decided, the formula is not settled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block, reference, table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from app.core.markdown.emphasis import emphasis, flanks, strikethrough
from app.core.markdown.fences import Fence
from app.core.markdown.open_tail import completed

MAX_NESTING = 24
"""Levels of tokens (a quotation is one, a list two); what is nested deeper is text of the last level."""
MAX_FORMULA_LINES = 24
"""Lines after the opening delimiter of a formula with blank lines that are searched for the closing one."""
MAX_INLINE_FORMULA = 1_000
"""Characters searched for the closing delimiter of an inline formula."""


@lru_cache(maxsize=1)
def dialect() -> MarkdownIt:
    """The Markdown parser, which keeps no state between calls."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.at("emphasis", emphasis)
    parser.inline.ruler.at("strikethrough", strikethrough)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.at("blockquote", _quotation, {"alt": [*interrupts]})
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.before("fence", "math_block", _display_formula, {"alt": interrupts})
    parser.block.ruler.at("fence", _fence, {"alt": interrupts})
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("escape", "math_inline", _inline_formula)
    parser.inline.ruler.push("line_break_tag", _line_break_tag)
    parser.block.ruler.at("reference", _definition)
    parser.block.ruler.before("reference", "note", _note, {"alt": interrupts})
    parser.inline.ruler.before("link", "note_mark", _note_mark)
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.before("inline", "open_tail", _open_tail)
    return parser


def _quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A quotation, unless it is nested too deeply: markdown-it drops what is, and all that follows it."""
    return state.level + 1 < MAX_NESTING and bool(blockquote(state, start, end, silent))


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list, unless it is nested too deeply."""
    return state.level + 2 < MAX_NESTING and bool(list_block(state, start, end, silent))


MAX_KNOWN_INLINE = 400
"""Characters of inline text whose tokens are remembered."""


@lru_cache(maxsize=256)
def _known_inline(content: str) -> tuple[Token, ...] | None:
    """The tokens of a text that refers to nothing; None if a later rule would change them."""
    tokens = inline_tokens(content, {})
    return None if any(token.type == "text_special" for token in tokens) else tuple(tokens)


def _inline(state: StateCore) -> None:
    """Parse the text of each block. While an answer streams, that of most cells and items is the same again."""
    has_references = bool(state.env.get("references"))
    for token in state.tokens:
        if token.type != "inline":
            continue
        known = None if has_references or len(token.content) > MAX_KNOWN_INLINE else _known_inline(token.content)
        if known is not None:
            token.children = list(known)
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def known_tokens(content: str, references: Mapping[str, Any]) -> Sequence[Token] | None:
    """The tokens of the text of a block, as `_inline` finds them; None if a later rule would change them."""
    if not references and len(content) <= MAX_KNOWN_INLINE:
        return _known_inline(content)
    tokens = inline_tokens(content, references)
    return None if any(token.type == "text_special" for token in tokens) else tokens


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
        last.meta["source"] = last.content
        last.content = completed_inline(last.content)


def completed_inline(content: str) -> str:
    """Inline text that is still arriving, with its half-formed marks closed or left out."""
    return completed(content, flanks)


def inline_tokens(content: str, references: Mapping[str, Any]) -> list[Token]:
    """The tokens of inline text alone. Escaped characters are `text_special`, which whole parsing joins with text."""
    tokens: list[Token] = []
    parser = dialect()
    parser.inline.parse(content, parser, {"references": references}, tokens)
    return tokens


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


def row_contents(line: str) -> list[str]:
    """The untrimmed sources of the cells of a row without escaped characters, as `_table` divides it."""
    masked = _CODE.sub(_mask_pipes, line) if "`" in line else line
    contents = masked.split("|")
    if contents[0] == "":
        del contents[0]
    if contents and contents[-1] == "":
        del contents[-1]
    return [content.replace(_PIPE, "|") for content in contents]


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
