"""Syntax colours for the lines of a code block that may still be streaming.

A block is divided into pieces where a new statement visibly begins, and each piece is lexed separately. The boundaries
depend only on the lines above, so streamed code gets the same colours as complete code, and a new line requires lexing
only the last piece again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from app.ui.chat.markdown.utf16 import utf16_length

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

MIN_PIECE_LINES = 16
MAX_PIECE_LINES = 100
MAX_LINE = 2_000
"""Characters of a line that are coloured and drawn; copies contain all of it."""


class Colour(NamedTuple):
    """The colour of a range within a line, in UTF-16 code units; `token` names a colour of the theme."""

    start: int
    length: int
    token: str
    italic: bool = False


Colours = tuple[Colour, ...]


@lru_cache(maxsize=1)
def _token_styles() -> tuple[tuple[_TokenType, str, bool], ...]:
    """Theme colour and italics by Pygments token. Pygments is imported on first use: most answers have no code."""
    from pygments.token import Token

    return (
        (Token.Comment.Preproc, "tool", False),
        (Token.Comment, "text3", True),
        (Token.Keyword.Constant, "soft_text", False),
        (Token.Keyword, "thinking", False),
        (Token.Operator.Word, "thinking", False),
        (Token.Literal.String, "good", False),
        (Token.Literal, "soft_text", False),
        (Token.Name.Function, "tool", False),
        (Token.Name.Class, "tool", False),
        (Token.Name.Tag, "tool", False),
        (Token.Name.Decorator, "warn", False),
        (Token.Name.Attribute, "warn", False),
        (Token.Name.Builtin, "tool", False),
        (Token.Generic.Deleted, "bad", False),
        (Token.Generic.Inserted, "good", False),
        (Token.Generic.Heading, "tool", False),
    )


@lru_cache(maxsize=256)
def _style_of(kind: _TokenType) -> tuple[str, bool] | None:
    return next(((colour, italic) for token, colour, italic in _token_styles() if kind[: len(token)] == token), None)


@lru_cache(maxsize=64)
def lexer_for(language: str) -> Lexer | None:
    """The lexer for the language name after a fence; None when the language is unknown."""
    if not language:
        return None
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language.lower(), stripnl=False, ensurenl=True)
    except ClassNotFound:
        return None


def piece_starts(lines: Sequence[str], start: int) -> Iterator[int]:
    """The first lines of the pieces after the one that begins at line `start`."""
    for number in range(start + 1, len(lines)):
        length = number - start
        begins_statement = bool(lines[number][:1].strip()) and not lines[number - 1].strip()
        if length >= MAX_PIECE_LINES or (length >= MIN_PIECE_LINES and begins_statement):
            yield number
            start = number


def colours(lexer: Lexer, lines: Sequence[str]) -> Iterator[Colours]:
    """The colours of each line of a piece, one line after the other: the lexer does no more than is asked for."""
    ranges: list[Colour] = []
    left, column = len(lines), 0
    for kind, value in lexer.get_tokens("\n".join(text[:MAX_LINE] for text in lines)):
        style = _style_of(kind)
        for number, part in enumerate(value.split("\n")):
            if number:
                if left:
                    yield tuple(ranges)
                    left -= 1
                ranges, column = [], 0
            length = utf16_length(part)
            if style and part.strip():
                ranges.append(Colour(column, length, *style))
            column += length
    for _ in range(left):
        yield tuple(ranges)
        ranges = []
