"""Cuts long strings and long arrays out of JSON while it passes, so that no message of a server fills the memory.

What passes stays JSON: a string that is too long ends early with a note of how long it was; of an array in a message
that is too long the rest is left out. Works on bytes as they arrive, in time proportional to them.
"""

from __future__ import annotations

import re

MAX_TEXT_BYTES = 400_000
"""Of one string as it stands in JSON."""
MAX_MEDIA_BYTES = 16_500_000
"""Of a string under the name `data` or `blob`, in base64."""
MAX_MESSAGE_BYTES = 1_000_000
"""Of all of a message but such strings; from there on the arrays that are open are left out."""
MAX_TOTAL_MEDIA_BYTES = 26_000_000
MEDIA_NAMES = frozenset({b"data", b"blob"})
CUT_NOTE = re.compile(r"\n?\[cut: [\d,]+ of [\d,]+ bytes\]\Z")
"""At the end of a text that was cut."""

_TOKEN = re.compile(rb'["\[\]{}:,\n]')
_STRING = rb'"(?:[^"\\\n]++|\\[^\n])*+"'
_FLAT = rb'(?:[^"\[\]{}\n]++|' + _STRING + rb")*+"
# Possessive: what is not whole at the end of a piece must not be tried in every other way.
_SKIPPED_RUN = re.compile(rb'(?:[^"\[\]{}\n]++|' + _STRING + rb"|\{" + _FLAT + rb"\}|\[" + _FLAT + rb"\])*+")
"""What can be left out of an array at once: values, and lists and objects without others in them."""
_STRING_RUN = re.compile(rb'(?:[^"\\\n]++|\\[^u\n]|\\u[\da-fA-F]{4})*+')
_SECOND_HALF = re.compile(rb"\\u[dD][c-fC-F]")
_ESCAPE_BYTES = 12
_LONGEST_ESCAPE = 6
_MAX_DEPTH = 500


class JsonCutter:
    """Passes JSON on in pieces.

    Attributes:
        is_beyond: the message at hand is too long and has no array that could be cut; nothing more of it passes.
    """

    def __init__(self, *, is_lines: bool) -> None:
        """`is_lines`: each line is a message of its own; else the whole is one."""
        self._is_lines = is_lines
        self._rest = b""  # the beginning of an escape
        self._begin()

    def _begin(self) -> None:
        self._is_string = False
        self._string_size = 0
        self._string_limit = MAX_TEXT_BYTES
        self._is_cut = False
        self._passed_size = 0
        self._literal = bytearray()
        self._name = b""
        self._is_value = False
        self._open: list[tuple[bytes, bytes]] = []  # the bracket, and the name under which it stands
        self._skipped: int | None = None  # the depth of the array whose rest is left out
        self._size = self._media_size = self._skipped_size = 0
        self.is_beyond = False

    def feed(self, chunk: bytes) -> bytes:
        """What passes of the next piece."""
        chunk, self._rest = self._rest + chunk, b""
        out: list[bytes] = []
        at, end = 0, len(chunk)
        while at < end:
            at = self._string(chunk, at, out) if self._is_string else self._outside(chunk, at, out)
        return b"".join(out)

    # -- outside of strings

    def _outside(self, chunk: bytes, at: int, out: list[bytes]) -> int:
        if self.is_beyond:
            return self._beyond(chunk, at, out)
        if self._skipped is not None:
            run = _SKIPPED_RUN.match(chunk, at)
            assert run is not None
            self._skipped_size += run.end() - at
            at = run.end()
        found = _TOKEN.search(chunk, at)
        if found is None:
            self._pass(chunk[at:], out)
            return len(chunk)
        self._pass(chunk[at : found.start()], out)
        token = found.group()
        if token == b"\n" and self._is_lines:
            self._begin()
            out.append(token)
        elif token == b'"':
            self._pass(token, out)
            self._begin_string()
        elif token in b"[{":
            if len(self._open) < _MAX_DEPTH:
                self._open.append((token, self._name if self._is_value else b""))
            else:
                self.is_beyond = True
            self._is_value = False
            self._pass(token, out)
        elif token in b"]}":
            self._close(token, out)
        elif token == b":":
            self._name = bytes(self._literal) if len(self._literal) <= 32 else b""
            self._is_value = True
            self._pass(token, out)
        else:
            self._is_value = False
            self._comma(out)
        return found.end()

    def _beyond(self, chunk: bytes, at: int, out: list[bytes]) -> int:
        """Skip what is left of a message."""
        end = chunk.find(b"\n", at) if self._is_lines else -1
        if end < 0:
            return len(chunk)
        self._begin()
        out.append(b"\n")
        return end + 1

    def _comma(self, out: list[bytes]) -> None:
        is_in_array = bool(self._open) and self._open[-1][0] == b"["
        if self._skipped is None and is_in_array and self._size > MAX_MESSAGE_BYTES:
            self._skipped, self._skipped_size = len(self._open), 0
        self._pass(b",", out)

    def _close(self, token: bytes, out: list[bytes]) -> None:
        if self._skipped == len(self._open):
            name, left_out = self._open[-1][1], self._skipped_size
            self._skipped = None
            if name == b"content":
                # As a part of the result, so that it is seen by whoever reads the result.
                text = f"[cut: {self._size:,} of {self._size + left_out:,} bytes]"
                out.append(b',{"type":"text","text":"%s"}' % text.encode())
        if self._open:
            self._open.pop()
        self._is_value = False
        self._pass(token, out)

    def _pass(self, piece: bytes, out: list[bytes]) -> None:
        if self._skipped is not None:
            self._skipped_size += len(piece)
            return
        self._size += len(piece)
        if self._size > 2 * MAX_MESSAGE_BYTES:
            self.is_beyond = True
        if not self.is_beyond:
            out.append(piece)

    # -- within strings

    def _begin_string(self) -> None:
        self._is_string, self._is_cut = True, False
        self._string_size = self._passed_size = 0
        self._literal.clear()
        self._is_media = self._is_value and self._name in MEDIA_NAMES
        room = MAX_TOTAL_MEDIA_BYTES - self._media_size
        self._string_limit = min(MAX_MEDIA_BYTES, max(room, 0)) if self._is_media else MAX_TEXT_BYTES

    def _string(self, chunk: bytes, at: int, out: list[bytes]) -> int:
        if self.is_beyond:
            self._is_string = False
            return at
        run = _STRING_RUN.match(chunk, at)
        assert run is not None
        piece = run.group()
        self._string_size += len(piece)
        if len(self._literal) <= 32:
            self._literal += piece[:33]
        if not self._is_cut:
            room = self._string_limit - self._passed_size
            if len(piece) > room:
                self._is_cut = True
                piece = piece[: _whole(piece, room)]
            self._passed_size += len(piece)
            self._pass_string(piece, out)
        elif self._skipped is not None:
            self._skipped_size += len(piece)
        end = run.end()
        if end == len(chunk):
            return end
        if chunk[end : end + 1] == b"\\":
            if len(chunk) - end < _LONGEST_ESCAPE:
                self._rest = chunk[end:]  # The escape goes on in the next piece, unless it is none.
                return len(chunk)
            self._pass_string(chunk[end : end + 2], out)
            return end + 2
        self._is_string = False
        if chunk[end : end + 1] == b"\n":
            return end  # No JSON: a string can't contain it.
        if self._is_cut:
            note = f"\\n[cut: {self._passed_size:,} of {self._string_size:,} bytes]"
            self._pass(note.encode(), out)
        self._pass(b'"', out)
        return end + 1

    def _pass_string(self, piece: bytes, out: list[bytes]) -> None:
        if not self._is_media or self._skipped is not None:
            self._pass(piece, out)
        elif not self.is_beyond:
            self._media_size += len(piece)
            out.append(piece)


def _whole(piece: bytes, at: int) -> int:
    """The last place up to `at` that is neither within an escape nor within a character."""
    escape = piece.find(b"\\", max(0, at - _ESCAPE_BYTES), at)
    if escape >= 0:
        while escape > 0 and piece[escape - 1 : escape] == b"\\":
            escape -= 1
        if _SECOND_HALF.match(piece, escape):
            # Of a character that is written as two escapes; the first half may have passed already.
            return escape - 6 if escape >= 6 else escape + 6
        return escape
    begin = at
    while 0 < begin < len(piece) and _is_continuation(piece[begin]):
        begin -= 1
    if begin < len(piece) and _is_continuation(piece[begin]):
        # The first bytes of the character were in the piece before.
        begin = at
        while begin < len(piece) and _is_continuation(piece[begin]):
            begin += 1
    return begin


def _is_continuation(byte: int) -> bool:
    return byte & 0xC0 == 0x80
