"""Half-formed marks at the end of a text that is still arriving: shown as they will be, or hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.core.late_patterns import late_pattern

_TRAILING = re.compile(r"(?:[*_~`]+|\\[(\[]?|\$+|!?\[\^?)\s*\Z")
_MARK = re.compile(
    r"\\\(.{0,200}?\\\)|\\\[.{0,200}?\\\]|\$\$.{0,200}?\$\$"
    r"|\$[^$\s](?:[^$\n]{0,200}[^$\s])?\$(?!\d)"
    r"|(?P<formula>\\[(\[]|\$\$?)"
    r"|\\.|(`+)|(\*+|_+|~~+)|(!?\[)",
    re.DOTALL,
)
_HALF_FORMULA = late_pattern(
    r"\\[(\[][^\n]{0,120}\Z"
    r"|\$\$(?:[^$\n]|\$(?!\$)){0,120}\Z"
    # Neither the name of a variable nor a price. A formula has no Chinese.
    r"|\$(?![A-Z_][A-Z0-9_]+\b|[\d.,]*\d(?![\d.,]*[a-zA-Z]?[\\^_{=+]))[^$\s\u2e80-\uffef][^$\n\u2e80-\uffef]{0,60}\Z"
)
"""A formula without its end, while it is short enough to become one."""
_BRACKET = re.compile(r"[\[\]]")
_BOX = re.compile(r"\[[ xX]?\]?\Z")
_CODE = re.compile(r"(`+).+?\1")
_TABLE_DELIMITERS = re.compile(r"[|:\- \t]*\Z")

Flanks = Callable[[str, str, bool], tuple[bool, bool]]
"""Whether a run of marks between two characters opens and closes emphasis; the last argument: also inside a word."""


def completed(text: str, flanks: Flanks) -> str:
    """Inline text with its open marks closed; marks without text, and those of half a link, are left out."""
    if _BOX.match(text):
        return ""
    is_code_end = text.endswith("`")
    stripped = _TRAILING.sub("", text) if not is_code_end else text
    return _closed(stripped.rstrip(), flanks)


def _closed(text: str, flanks: Flanks) -> str:
    openers: list[str] = []
    ends = _bracket_ends(text)
    removed = 0
    position = 0
    while match := _MARK.search(text, position):
        position = match.end()
        if match["formula"]:
            if _HALF_FORMULA().match(text, match.start()):
                return _with_closers(text[: match.start()].rstrip(), openers)
        elif ticks := match[2]:
            closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, position)
            if closing is None:
                code = text[position:].rstrip("`")
                if not code.strip():
                    return _with_closers(text[: match.start()].rstrip(), openers)
                return _with_closers(text[:position] + code + ticks, openers)
            position = closing.end()
        elif run := match[3]:
            before = text[match.start() - 1] if match.start() else " "
            after = text[position] if position < len(text) else " "
            _count(run, before, after, openers, flanks)
        elif match[4]:
            end = ends.get(position - 1 + removed)
            words = _half_link(text, position, None if end is None else end - removed)
            if words is not None:
                text = text[: match.start()] + words
                removed += position - match.start()
                position = match.start()
    return _with_closers(text, openers)


def _count(run: str, before: str, after: str, openers: list[str], flanks: Flanks) -> None:
    opens, closes = flanks(before, after, run[0] != "_")
    if closes:
        for index in reversed(range(len(openers))):
            if openers[index] == run:
                del openers[index:]
                return
    is_inside_word = before.isascii() and before.isalnum()
    if opens and not is_inside_word:
        openers.append(run)


def _with_closers(text: str, openers: list[str]) -> str:
    return text + "".join(reversed(openers)) if text else text


def _bracket_ends(text: str) -> dict[int, int]:
    """Where each square bracket that is closed is closed. Nested brackets by the thousand are looked through once."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            open_.append(bracket.start())
        elif open_:
            ends[open_.pop()] = bracket.start()
    return ends


def _half_link(text: str, begin: int, end: int | None) -> str | None:
    """What is shown of a link or image that is not complete; None if it is complete. `end` is where its words end."""
    if end is not None:
        rest = text[end + 1 :]
        if rest and not (rest.startswith("(") and ")" not in rest and "\n" not in rest):
            return None
    words = text[begin:end]
    return "" if words.startswith("^") else words


def completed_table(lines: list[str]) -> list[str] | None:
    """The head of a table with its delimiter row, from a paragraph that begins like one; None if it does not."""
    head, *rest = lines
    if not head.startswith("|") or len(rest) > 1 or (rest and not _TABLE_DELIMITERS.match(rest[0])):
        return None
    head = _CODE.sub(lambda code: code[0].replace("|", " "), head.strip())
    cells = re.split(r"(?<!\\)\|", head.removeprefix("|").removesuffix("|"))
    return [lines[0], "|" + "---|" * len(cells)] if head.strip("| ") else []
