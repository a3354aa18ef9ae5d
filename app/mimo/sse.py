"""Bytes to server-sent events: the only layer that knows about lines.

The decoder is our own: those in packages want text line by line, refuse other content types, lose a last event without
a blank line, and cost more than reading the bytes. Lines are split on bytes, before decoding: a newline never occurs
inside a UTF-8 sequence, so a character cut by the network is whole again when its line is.
"""

from __future__ import annotations

from typing import NamedTuple

from app.core.errors import Code, TransportError

EVENT_LIMIT = 64 * 1024 * 1024
"""Bytes of one line or event; far above a whole take in one event, far below what would exhaust memory."""

_BOM = b"\xef\xbb\xbf"


class SentEvent(NamedTuple):
    """One event with data: its name ("" when none was given) and its data lines joined by newlines."""

    name: str
    content: str


class EventStream:
    """Feed it the pieces of one response body in order; `close` gives what an unterminated end still held."""

    def __init__(self, limit: int = EVENT_LIMIT) -> None:
        self._limit = limit
        self._name = ""
        self._lines: list[bytes] = []
        self._open_line: list[bytes] = []
        self._held = 0
        """Bytes in the open line and the open event."""
        self._at_start = True
        self._after_cr = False

    def feed(self, chunk: bytes) -> list[SentEvent]:
        """The events that `chunk` completes. Raises `TransportError(TOO_LARGE)` for an endless line or event."""
        if (
            not self._held
            and chunk.startswith(b"data: ")
            and chunk.find(b"\n") == len(chunk) - 2
            and chunk.endswith(b"\n\n")
            and not self._name
            and b"\r" not in chunk
        ):
            # One read that is one whole event: what a service that streams word by word sends nearly always.
            self._at_start = self._after_cr = False
            return [SentEvent("", chunk[6:-2].decode("utf-8", "replace"))]
        if self._at_start:
            chunk = self._without_bom(chunk)
        if self._after_cr and chunk:
            self._after_cr = False
            if chunk[0] == 0x0A:
                chunk = chunk[1:]
        if b"\r" in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b"\n" not in chunk:
            self._hold(chunk)
            return []
        lines = chunk.split(b"\n")
        if self._open_line:
            self._open_line.append(lines[0])
            lines[0] = b"".join(self._open_line)
            self._open_line = []
        rest = lines.pop()
        events: list[SentEvent] = []
        for line in lines:
            if not line:
                self._dispatch(events)
            elif line.startswith(b"data:"):
                value = line[6:] if line[5:6] == b" " else line[5:]
                if self._lines and _begins_record(value) and self._lines[-1].endswith(b"}"):
                    # Some gateways end their events with one newline. Two JSON records never are one event.
                    self._dispatch(events)
                self._lines.append(value)
            elif line.startswith(b"event:"):
                self._name = line[6:].strip().decode("utf-8", "replace")
        self._held = sum(map(len, self._lines)) + len(self._lines)
        self._hold(rest)
        return events

    def close(self) -> list[SentEvent]:
        """The event of a body that ended without its blank line, if there is one."""
        return self.feed(b"\n\n")

    def _dispatch(self, events: list[SentEvent]) -> None:
        if self._lines:
            content = self._lines[0] if len(self._lines) == 1 else b"\n".join(self._lines)
            if content:
                events.append(SentEvent(self._name, content.decode("utf-8", "replace")))
            self._lines = []
        self._name = ""

    def _hold(self, piece: bytes) -> None:
        if piece:
            self._open_line.append(piece)
        self._held += len(piece)
        if self._held > self._limit:
            raise TransportError(Code.TOO_LARGE, limit=self._limit)

    def _without_bom(self, chunk: bytes) -> bytes:
        beginning = b"".join(self._open_line) + chunk
        self._open_line = []
        if len(beginning) < len(_BOM) and _BOM.startswith(beginning):
            self._open_line = [beginning]
            return b""
        self._at_start = False
        return beginning.removeprefix(_BOM)


def _begins_record(value: bytes) -> bool:
    return value.startswith((b"{", b"[DONE]"))
