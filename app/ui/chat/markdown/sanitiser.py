"""Source made safe to draw: no characters a text document takes for its own, no paragraph without an end.

The same characters in give the same characters out however they are cut into pieces, and what is out stays.
"""

from __future__ import annotations

import re

MAX_PARAGRAPH = 6_000
"""Characters without a blank line, outside code, after which a paragraph ends at the next space or line end."""
MAX_WORD = 500
"""Characters beyond `MAX_PARAGRAPH` after which it ends even without a space."""

# Qt's own separators and object marks, control characters, and carriage returns.
_FOREIGN = {code: "\ufffd" for code in (*range(0x20), 0x7F, 0xFDD0, 0xFDD1, 0xFFFC) if code not in (0x09, 0x0A)}
_FOREIGN |= {0x0D: "", 0x0C: " ", 0x2028: " ", 0x2029: " "}
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# Lines that begin a list item, a table row, a quote or an indented line: they bound the paragraph by themselves.
_STRUCTURE = re.compile(r"\s|[|>]|[-*+] |\d{1,9}[.)] ")


def clean(text: str) -> str:
    """Text without characters that mean something to a text document. Keeps tabs and newlines."""
    return text.translate(_FOREIGN)


class StreamSanitiser:
    """The filter a stream's text goes through."""

    def __init__(self) -> None:
        self._line = ""  # the beginning of the open line, enough to know its kind
        self._run = 0
        self._fence = ""

    def pass_on(self, text: str) -> str:
        """What this piece becomes."""
        *lines, last = clean(text).split("\n")
        return "".join([self._pass_piece(line, whole=True) for line in lines] + [self._pass_piece(last, whole=False)])

    def _pass_piece(self, body: str, whole: bool) -> str:
        if len(self._line) < 80:
            self._line += body[: 80 - len(self._line)]
        result = body if self._fence or self._run + len(body) <= MAX_PARAGRAPH else self._broken(body)
        if result is body:
            self._run += len(body)
        return result + self._end_of_line() if whole else result

    def _broken(self, body: str) -> str:
        """A run that has become too long, with blank lines put in where it allows."""
        out: list[str] = []
        for character in body:
            self._run += 1
            past = self._run - MAX_PARAGRAPH
            if past > MAX_WORD or (past > 0 and character == " "):
                out.append("\n\n")
                self._run = 0
                if character == " ":
                    continue
            out.append(character)
        return "".join(out)

    def _end_of_line(self) -> str:
        fence = _FENCE.match(self._line)
        if self._fence:
            if fence and fence[1].startswith(self._fence) and not self._line.strip(" \t`~"):
                self._fence = ""
            self._run = 0
        elif fence and not (fence[1][0] == "`" and "`" in self._line[fence.end() :]):
            self._fence = fence[1]
        ends_paragraph = not self._line.strip() or _STRUCTURE.match(self._line)
        self._line = ""
        if ends_paragraph or self._fence:
            self._run = 0
        elif self._run > MAX_PARAGRAPH - MAX_WORD:
            self._run = 0
            return "\n\n"
        else:
            self._run += 1
        return "\n"
