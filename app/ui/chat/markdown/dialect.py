"""The dialect: CommonMark with tables, strike and mathematics, without HTML; and emphasis that works in Chinese.

Every block rule here decides by what is above it and on its own lines, so that later text never changes an earlier
block. That is why an unclosed `$$` ends at the next blank line instead of turning back into paragraphs.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

MAX_NESTING = 24
MAX_INLINE_FORMULA = 1_000
"""Characters; a lone dollar sign is not searched for its partner any farther."""


@lru_cache(maxsize=1)
def dialect() -> MarkdownIt:
    """The parser; it holds no state between calls."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.at("emphasis", _emphasis)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "math_block", _display_formula, {"alt": interrupts})
    parser.inline.ruler.before("escape", "math_inline", _inline_formula)
    return parser


_CLOSERS = {"$$": "$$", "\\[": "\\]"}


def _display_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    closer = _CLOSERS.get(line[:2])
    if closer is None:
        return False
    first = line[2:]
    closed = first.endswith(closer)
    if closer in first.removesuffix(closer) or (closed and not first.removesuffix(closer).strip()):
        return False  # words follow the formula, or there is none: that is a paragraph
    if silent:
        return True
    source = [first.removesuffix(closer)]
    following = start + 1
    while not closed and following < end and not state.isEmpty(following):
        if state.sCount[following] < state.blkIndent:
            break
        line = state.src[state.bMarks[following] + state.tShift[following] : state.eMarks[following]].rstrip()
        closed = line.endswith(closer)
        source.append(line.removesuffix(closer))
        following += 1
    token = state.push("math_block", "", 0)
    token.content = "\n".join(source).strip()
    token.map = [start, following]
    token.meta = {"closed": closed}
    state.line = following
    return True


def _inline_formula(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    opener = next((mark for mark in ("$$", "$", "\\(") if source.startswith(mark, start)), None)
    if opener is None:
        return False
    closer = "\\)" if opener == "\\(" else opener
    begin = start + len(opener)
    if begin >= state.posMax or (opener == "$" and source[begin].isspace()):
        return False
    limit = min(state.posMax, begin + MAX_INLINE_FORMULA)
    stop = source.find(closer, begin, limit)
    while stop != -1 and closer != "\\)" and source[stop - 1] == "\\":
        stop = source.find(closer, stop + 1, limit)
    if stop == -1 or not _closes(source, begin, stop, closer):
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content = source[begin:stop].strip()
        token.meta = {"display": opener == "$$"}
    state.pos = stop + len(closer)
    return True


def _closes(source: str, begin: int, stop: int, closer: str) -> bool:
    if not source[begin:stop].strip():
        return False
    # "$5 and $10" is money: a single dollar closes only behind a character and not before a figure.
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
    opens, closes = _flanks(before, after, splits_words=marker == "*")
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


def _flanks(before: str, after: str, splits_words: bool) -> tuple[bool, bool]:
    """Whether a run of markers can open and can close emphasis (CommonMark 0.31, section 6.2), amended for Chinese.

    Chinese writes no spaces, so a full-width stop beside the marker says nothing about where the emphasis ends:
    `**注意：**请` is bold although CommonMark leaves the asterisks standing.
    """
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    wide = _is_wide(before) or _is_wide(after)
    stop_before, stop_after = _is_stop(before) and not wide, _is_stop(after) and not wide
    left = not (space_after or (stop_after and not (space_before or stop_before)))
    right = not (space_before or (stop_before and not (space_after or stop_after)))
    return (
        left and (splits_words or not right or stop_before),
        right and (splits_words or not left or stop_after),
    )


def _is_stop(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—"
