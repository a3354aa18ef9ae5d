"""Decodes bytes into server-sent events.

Existing packages expect text line by line, refuse other content types, lose a last event without a blank line, and
cost more than reading the bytes. Lines are split on bytes, before decoding: a newline never occurs inside a UTF-8
sequence, so a character split between network reads is whole once its line is.
"""

from __future__ import annotations

from typing import NamedTuple

from app.core.errors import Code, TransportError

MAX_EVENT_SIZE = 64 * 1024 * 1024
"""Maximum size in bytes of a line or event: far larger than a whole take in one event, far from exhausting memory."""

_BOM = b"\xef\xbb\xbf"


class ServerSentEvent(NamedTuple):
    """One event with data: its name ("" if it has none) and its data lines joined by newlines."""

    name: str
    content: str


class EventStream:
    """Decodes one response body; `feed` it the chunks in order and `close` it for an unterminated last event.

    Attributes:
        comments: number of comment lines, by which a service says that it is alive.
    """

    def __init__(self, max_size: int = MAX_EVENT_SIZE) -> None:
        self.comments = 0
        self._max_size = max_size
        self._name = ""
        self._lines: list[bytes] = []
        self._open_line: list[bytes] = []
        self._pending_size = 0
        """Bytes in the incomplete line and the incomplete event."""
        self._at_start = True
        self._after_cr = False

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Return the events that `chunk` completes. Raises `TransportError(TOO_LARGE)` for an endless line or event."""
        if (
            not self._pending_size
            and chunk.startswith(b"data: ")
            and chunk.find(b"\n") == len(chunk) - 2
            and chunk.endswith(b"\n\n")
            and not self._name
            and b"\r" not in chunk
        ):
            # Fast path: the chunk is exactly one event, as nearly always when a service streams token by token.
            self._at_start = self._after_cr = False
            return [ServerSentEvent("", chunk[6:-2].decode("utf-8", "replace"))]
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
            self._keep_open(chunk)
            return []
        lines = chunk.split(b"\n")
        if self._open_line:
            self._open_line.append(lines[0])
            lines[0] = b"".join(self._open_line)
            self._open_line = []
        rest = lines.pop()
        events: list[ServerSentEvent] = []
        for line in lines:
            if not line:
                self._dispatch(events)
            elif line.startswith(b"data:"):
                value = line[6:] if line[5:6] == b" " else line[5:]
                if self._lines and _starts_record(value) and self._lines[-1].endswith(b"}"):
                    # Some gateways end events with a single newline. Two JSON records are never one event.
                    self._dispatch(events)
                self._lines.append(value)
            elif line.startswith(b":"):
                self.comments += 1
            elif line.startswith(b"event:"):
                self._name = line[6:].strip().decode("utf-8", "replace")
        self._pending_size = sum(map(len, self._lines)) + len(self._lines)
        self._keep_open(rest)
        return events

    def close(self) -> list[ServerSentEvent]:
        """Return the last event of a body that ended without a blank line, if there is one."""
        return self.feed(b"\n\n")

    def _dispatch(self, events: list[ServerSentEvent]) -> None:
        if self._lines:
            content = self._lines[0] if len(self._lines) == 1 else b"\n".join(self._lines)
            if content:
                events.append(ServerSentEvent(self._name, content.decode("utf-8", "replace")))
            self._lines = []
        self._name = ""

    def _keep_open(self, data: bytes) -> None:
        if data:
            self._open_line.append(data)
        self._pending_size += len(data)
        if self._pending_size > self._max_size:
            raise TransportError(Code.TOO_LARGE, limit=self._max_size)

    def _without_bom(self, chunk: bytes) -> bytes:
        beginning = b"".join(self._open_line) + chunk
        self._open_line = []
        if len(beginning) < len(_BOM) and _BOM.startswith(beginning):
            self._open_line = [beginning]
            return b""
        self._at_start = False
        return beginning.removeprefix(_BOM)


def _starts_record(value: bytes) -> bool:
    return value.startswith((b"{", b"[DONE]"))
