"""Emphasis and strikethrough, also beside Chinese, which is written without spaces."""

from __future__ import annotations

import unicodedata

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter


def emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    stop = state.pos
    while stop < state.posMax and state.src[stop] == marker:
        stop += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[stop] if stop < state.posMax else " "
    opens, closes = flanks(before, after, can_split_words=marker == "*")
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


def strikethrough(state: StateInline, silent: bool) -> bool:
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
    opens, closes = flanks(before, after, can_split_words=True)
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


def flanks(before: str, after: str, can_split_words: bool) -> tuple[bool, bool]:
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
