"""Makes source text safe to draw: removes characters that are special to text documents, and splits endless paragraphs.

The output does not depend on how the input is cut into pieces, and output never changes later.
"""

from __future__ import annotations

import re

from app.core.markdown.fences import Fence

MAX_PARAGRAPH = 6_000
"""Characters without a blank line, outside code, after which a paragraph is split at the next space or line end."""
MAX_WORD = 500
"""Characters beyond `MAX_PARAGRAPH` after which it is split even without a space."""

# Qt's separators and object placeholders, control characters, and carriage returns.
_REPLACEMENTS = {code: "\ufffd" for code in (*range(0x20), 0x7F, 0xFDD0, 0xFDD1, 0xFFFC) if code not in (0x09, 0x0A)}
_REPLACEMENTS |= {0x0D: "", 0x0C: " ", 0x2028: " ", 0x2029: " "}
# List items, table rows, quotes and indented lines: they end a paragraph by themselves.
_STRUCTURE = re.compile(r"\s|[|>]|[-*+] |\d{1,9}[.)] ")


def clean(text: str) -> str:
    """Remove or replace characters that are special to text documents. Tabs and newlines are kept."""
    return text.translate(_REPLACEMENTS)


class StreamSanitiser:
    """Filters a text that arrives in pieces."""

    def __init__(self) -> None:
        self._line = ""  # the beginning of the current line, enough to tell its kind
        self._run = 0  # characters since the paragraph began
        self._fence: Fence | None = None  # the open code block

    def feed(self, text: str) -> str:
        """Filter the next piece."""
        *lines, last = clean(text).split("\n")
        return "".join(
            [self._feed_line(line, is_complete=True) for line in lines] + [self._feed_line(last, is_complete=False)]
        )

    def _feed_line(self, body: str, is_complete: bool) -> str:
        if len(self._line) < 80:
            self._line += body[: 80 - len(self._line)]
        if self._fence or self._run + len(body) <= MAX_PARAGRAPH:
            result = body
            self._run += len(body)
        else:
            result = self._split(body)
        return result + self._end_of_line() if is_complete else result

    def _split(self, body: str) -> str:
        """Split a paragraph that has become too long by inserting blank lines."""
        result: list[str] = []
        at = 0
        while at < len(body):
            start = at + max(0, MAX_PARAGRAPH - self._run)
            # From `start` on a blank ends the paragraph, and at `stop` any character begins another.
            stop = at + MAX_PARAGRAPH + MAX_WORD - self._run
            blank = body.find(" ", start, stop + 1)
            if blank < 0 and stop >= len(body):
                result.append(body[at:])
                self._run += len(body) - at
                break
            end = blank if blank >= 0 else stop
            result += [body[at:end], "\n\n", body[end] if blank < 0 else ""]
            self._run = 0
            at = end + 1
        return "".join(result)

    def _end_of_line(self) -> str:
        if self._fence:
            self._fence = self._fence.after(self._line)
            self._run = 0
        else:
            self._fence = Fence.opened_by(self._line)
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
