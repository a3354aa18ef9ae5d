"""Tells thoughts between `<think>` tags from the answer around them, in text that arrives in pieces.

Servers without a reasoning parser send the thoughts of a model inside its answer: between tags, or with a closing tag
only, because the opening one was part of the prompt. Tags in code spans and fenced code are text about tags.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

_TAGS = (
    "<think>", "</think>", "<thinking>", "</thinking>", "<seed:think>", "</seed:think>", "<|think|>", "<|/think|>",
    "◁think▷", "◁/think▷", "[THINK]", "[/THINK]",
)  # fmt: skip
"""The tags of chat templates. Those in angle brackets are read in any case, and a slash makes a closing one."""
_TAG = re.compile(r"(?i:</?think(?:ing)?>|</?seed:think>|<\|/?think\|>)|◁/?think▷|\[/?THINK\]")
_TOKEN = re.compile(rf"{_TAG.pattern}|`+|~+|\n")
_SPECIAL = re.compile(r"[<◁\[`~\n]")
_LONGEST = max(map(len, _TAGS))
_FENCE_PREFIX = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?[\s>]*")
_LINE_KEPT = 80
"""Characters kept of the current line, enough to see whether a fence may begin there."""


class Segment(NamedTuple):
    """A piece of the content; `moved`: what came as text since the last segment of another kind was thinking."""

    kind: Literal["text", "thinking", "moved"]
    text: str = ""


class TagSplitter:
    """Splits one text into segments; `feed` it the pieces in order and `finish` it.

    However the text is cut, the segments of a kind joined are the same. A piece that may be the beginning of a tag is
    held back until the next one; blanks around the thoughts are dropped.

    Attributes:
        has_thought: thoughts have been seen, here or, as the caller knows, elsewhere in the response; then a closing
            tag without an opening one is no end of thoughts.
    """

    def __init__(self) -> None:
        self.has_thought = False
        self._held = ""
        self._inside = False
        self._nested = 0
        """Opening tags inside the thoughts, which may have closing ones of their own behind them."""
        self._blanks = ""
        """Blanks at the beginning of the text or at the end of the thoughts, until something follows."""
        self._has_words = False
        self._drops_blanks = False
        self._last = ""
        """The character before the current place."""
        self._fence = ""
        self._opens_fence = False
        self._span = 0
        """Length of the run of backticks that opened the current code span; 0 outside."""
        self._line = ""

    def feed(self, piece: str) -> list[Segment]:
        """The segments that `piece` completes."""
        if not self._held and self._has_words and not self._inside and piece and not _SPECIAL.search(piece):
            # Nearly every piece: no code, tag or new line begins or ends in it.
            self._last = piece[-1]
            self._line = (self._line + piece)[-_LINE_KEPT:]
            return [Segment("text", piece)]
        buffer = self._held + piece
        self._held = ""
        return self._split(buffer, is_last=False)

    def finish(self) -> list[Segment]:
        """The rest of the text. The splitter can then be fed another text of the same response."""
        buffer, self._held = self._held, ""
        segments = self._split(buffer, is_last=True)
        if self._blanks and not self._inside and not self._drops_blanks:
            segments.append(Segment("text", self._blanks))
        self._blanks = self._last = ""
        self._inside = self._has_words = self._drops_blanks = False
        self._nested = 0
        self._reset_code()
        return segments

    def _split(self, buffer: str, *, is_last: bool) -> list[Segment]:
        segments: list[Segment] = []
        at = 0
        while at < len(buffer):
            token = (_TAG if self._inside else _TOKEN).search(buffer, at)
            end = len(buffer) if token is None else token.start()
            if token is None and not is_last:
                end -= _partial_tag(buffer, at)
            if end > at:
                self._add(buffer[at:end], segments)
            if token is None:
                self._held = buffer[end:]
                break
            if not is_last and token.end() == len(buffer) and self._needs_more(token.group()):
                self._held = token.group()
                break
            at = token.end()
            self._read_token(token.group(), buffer[at : at + 1], segments)
        return segments

    def _needs_more(self, token: str) -> bool:
        """Whether what a token means depends on the next character."""
        return self._last == "`" if self._inside else token[0] in "`~"

    def _read_token(self, token: str, following: str, segments: list[Segment]) -> None:
        is_tag = _TAG.fullmatch(token) is not None
        is_closing = is_tag and "/" in token
        if self._inside:
            is_quoted = self._last == following == "`"
            if is_closing and not is_quoted:
                self._end_thoughts()
            else:
                self._nested += not is_quoted
                self._add(token, segments)
        elif token == "\n":
            if not self._line.strip():
                self._span = 0  # a code span ends with its paragraph
            self._add(token, segments)
            self._line, self._opens_fence = "", False
        elif token[0] in "`~":
            self._read_fence(token)
            self._add(token, segments)
        elif is_tag and not is_closing and not self._fence and not self._span:
            self.has_thought = self._inside = True
            self._blanks, self._has_words, self._last = "", False, ""
            self._reset_code()
        elif is_closing and not self._fence and (not self._span or not self._line.strip()):
            self._read_lone_closing(token, segments)
        else:
            self._add(token, segments)

    def _read_lone_closing(self, token: str, segments: list[Segment]) -> None:
        if not self._has_words:
            self._end_thoughts()  # closes nothing, as after thoughts that came separately
        elif self.has_thought and not self._nested:
            self._add(token, segments)
        else:
            self._nested = max(0, self._nested - 1)
            segments.append(Segment("moved"))
            self._end_thoughts()

    def _end_thoughts(self) -> None:
        self.has_thought = self._drops_blanks = True
        self._inside = self._has_words = False
        self._blanks = self._last = ""
        self._reset_code()

    def _add(self, text: str, segments: list[Segment]) -> None:
        """Append text of the current kind, without the blanks that may turn out to be around the thoughts."""
        self._last = text[-1]
        if self._inside:
            text = self._blanks + text if self._has_words else text.lstrip()
            kept = text.rstrip()
            self._blanks = text[len(kept) :]
            if kept:
                self._has_words = True
                _append(segments, "thinking", kept)
            return
        self._line = (self._line + text.rpartition("\n")[2])[-_LINE_KEPT:]
        if not self._has_words:
            self._blanks += text
            if not text.strip():
                return
            text = self._blanks.lstrip() if self._drops_blanks else self._blanks
            self._blanks, self._has_words = "", True
        _append(segments, "text", text)

    def _read_fence(self, run: str) -> None:
        """Follow code spans and fences by a run of backticks or tildes."""
        mark, size = run[0], len(run)
        if self._fence:
            if self._opens_fence and mark == "`" == self._fence[0]:
                # Backticks after backticks on one line: a code span, not a fence.
                self._span = 0 if size == len(self._fence) else len(self._fence)
                self._fence, self._opens_fence = "", False
            elif mark == self._fence[0] and size >= len(self._fence) and not self._line.strip(" \t>"):
                self._fence = ""
        elif self._span:
            self._span = 0 if mark == "`" and size == self._span else self._span
        elif size >= 3 and _FENCE_PREFIX.fullmatch(self._line):
            self._fence, self._opens_fence = run, True
        elif mark == "`":
            self._span = size

    def _reset_code(self) -> None:
        self._fence = ""
        self._opens_fence = False
        self._span = 0
        self._line = ""


def _append(segments: list[Segment], kind: Literal["text", "thinking"], text: str) -> None:
    if segments and segments[-1].kind == kind:
        segments[-1] = Segment(kind, segments[-1].text + text)
    else:
        segments.append(Segment(kind, text))


def _partial_tag(buffer: str, start: int) -> int:
    """The length of the end of `buffer` that may be the beginning of a tag."""
    at = max(buffer.rfind(mark, max(start, len(buffer) - _LONGEST + 1)) for mark in "<◁[")
    if at < 0:
        return 0
    beginning = buffer[at:].lower() if buffer[at] == "<" else buffer[at:]
    return len(beginning) if any(tag.startswith(beginning) for tag in _TAGS) else 0


class FieldTags:
    """Drops the tags around thoughts that came in a field of their own; `feed` it the pieces in order and `finish` it.

    A server whose template and reasoning parser do not fit leaves them there.
    """

    def __init__(self) -> None:
        self._held = ""
        self._has_begun = self._is_tagged = False

    def feed(self, piece: str) -> str:
        """The text that is known to belong to the thoughts; the end may be held back until the next piece."""
        text, self._held = self._held + piece, ""
        if not self._has_begun:
            beginning = text.lstrip()
            if opening := _OPENING_FIELD.match(beginning):
                self._is_tagged, beginning = True, beginning[opening.end() :].lstrip()
                text = beginning
            elif self._is_tagged:
                text = beginning
            if not beginning or (not self._is_tagged and _is_beginning(beginning, "<think>", "<thinking>")):
                self._held = "" if self._is_tagged else text
                return ""
            self._has_begun = True
        at = text.rfind("<")
        if at >= 0 and (_CLOSING_FIELD.fullmatch(text[at:]) or _is_beginning(text[at:], "</think>", "</thinking>")):
            self._held = text[at:]
            return text[:at]
        return text

    def finish(self) -> str:
        """What was held back, unless it is a closing tag."""
        held, self._held = self._held, ""
        return "" if _CLOSING_FIELD.fullmatch(held) else held


_OPENING_FIELD = re.compile(r"(?i)<think(?:ing)?>")
_CLOSING_FIELD = re.compile(r"(?i)</think(?:ing)?>\s*")


def _is_beginning(text: str, *tags: str) -> bool:
    return any(tag.startswith(text.lower()) for tag in tags)
