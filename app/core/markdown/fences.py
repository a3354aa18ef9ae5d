"""Where a fenced code block ends. One of Markdown can hold fenced code blocks of its own, as models write them."""

from __future__ import annotations

import re

import msgspec

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)", re.DOTALL)
_MARKDOWN = ("markdown", "md", "mdx", "mdown", "qmd", "rmd")


class Fence(msgspec.Struct, frozen=True):
    """An open code block.

    Attributes:
        markup: the opening fence; a closing one repeats its character at least as often.
        language: the first word after the fence.
        inner: the code blocks that are open in a code block of Markdown, outermost first. CommonMark has none: there
            the closing fence of the first one ends the whole block, and that of the whole opens another to the end.
    """

    markup: str
    language: str = ""
    inner: tuple[Fence, ...] = ()

    @classmethod
    def opened_by(cls, line: str) -> Fence | None:
        """The code block that a line opens, None if it opens none."""
        match = _FENCE.match(line)
        if match is None or (match[1][0] == "`" and "`" in match[2]):
            return None
        return cls(match[1], language_of(match[2]))

    def after(self, line: str) -> Fence | None:
        """The code block below its next line, None if that line closes it."""
        innermost = self.inner[-1] if self.inner else self
        if innermost._is_closed_by(line):
            return msgspec.structs.replace(self, inner=self.inner[:-1]) if self.inner else None
        opened = Fence.opened_by(line) if innermost.language.lower() in _MARKDOWN else None
        # A shorter fence, or one of the other character, can't be mistaken for the end of this block.
        if opened and opened.language and opened.markup.startswith(innermost.markup):
            return msgspec.structs.replace(self, inner=(*self.inner, opened))
        return self

    def _is_closed_by(self, line: str) -> bool:
        match = _FENCE.match(line)
        return match is not None and match[1].startswith(self.markup) and not match[2].strip(" \t")


def language_of(info: str) -> str:
    """The language of a code block: the first word after the fence."""
    words = info.split()
    return words[0].strip("{}.") if words else ""
