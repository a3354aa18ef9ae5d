"""Colours for code, by line, while it is still being written.

A block is cut into pieces where a new statement visibly begins, and each piece is lexed by itself. Where the cuts fall
depends on the lines above only, so code that streamed and code that was there at once get the same colours, and
what is lexed again for a new line stays small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LEAST_PIECE = 16
MOST_PIECE = 200
"""Lines of a piece."""
MAX_LINE = 2_000
"""Characters of a line that are coloured and drawn; a copy has them all."""


class Colour(NamedTuple):
    """A stretch of a line; `ink` names a token of the theme. Positions count UTF-16 units, as a text document does."""

    start: int
    length: int
    ink: str
    italic: bool = False


Colours = tuple[Colour, ...]


@lru_cache(maxsize=1)
def _inks() -> tuple[tuple[_TokenType, str, bool], ...]:
    """Token of the theme and slant by kind of word. Pygments comes with the first code: most answers have none."""
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
def _ink(kind: _TokenType) -> tuple[str, bool] | None:
    return next(((ink, italic) for token, ink, italic in _inks() if kind[: len(token)] == token), None)


@lru_cache(maxsize=64)
def lexer_for(language: str) -> Lexer | None:
    """The lexer of a language by the name behind a fence; None when there is none."""
    if not language:
        return None
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language.lower(), stripnl=False, ensurenl=True)
    except ClassNotFound:
        return None


def cuts(lines: Sequence[str], start: int) -> Iterator[int]:
    """Where pieces end behind `start`, itself a piece's first line; the last piece stays open."""
    for number in range(start + 1, len(lines)):
        long = number - start
        begins = bool(lines[number][:1].strip()) and not lines[number - 1].strip()
        if long >= MOST_PIECE or (long >= LEAST_PIECE and begins):
            yield number
            start = number


def colours(lexer: Lexer, lines: Sequence[str]) -> list[Colours]:
    """The colours of each line of a piece."""
    found: list[list[Colour]] = [[] for _ in lines]
    line, column = 0, 0
    for kind, value in lexer.get_tokens("\n".join(text[:MAX_LINE] for text in lines)):
        look = _ink(kind)
        for number, part in enumerate(value.split("\n")):
            if number:
                line, column = line + 1, 0
            length = len(part) if part.isascii() else len(part.encode("utf-16-le")) // 2
            if look and part.strip() and line < len(found):
                found[line].append(Colour(column, length, *look))
            column += length
    return [tuple(stretches) for stretches in found]
