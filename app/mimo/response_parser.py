"""One response body to typed events, whatever its framing: a stream, or one JSON record asked for or not."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from app.core.errors import Code, TransportError, WorkbenchError
from app.mimo.sse import EventStream

BODY_LIMIT = 128 * 1024 * 1024
"""Bytes of a response that is not a stream."""

_FIELDS = (b"data", b"event", b"id", b"retry", b":", b"\xef\xbb\xbf")
"""How a stream of events may begin; without a single event, anything else is words of somebody in between."""

Event = TypeVar("Event")


class EventParser(Protocol[Event]):
    """Gives the records of one protocol a meaning.

    Attributes:
        begun: what the call is made for has begun to come; a record before it says little about how long it takes.
        complete: the service named its finish reason; whatever fails afterwards loses nothing.
        done: the end mark was read; the rest of the body is read only to free the connection.
    """

    begun: bool
    complete: bool
    done: bool

    def read(self, content: str, event: str = "") -> list[Event]: ...

    def close(self) -> list[Event]: ...


class ResponseParser(Generic[Event]):
    """Feed it the pieces of a 2xx body in order.

    The first byte that is no space tells a stream from a JSON record: content types are wrong too often, and some
    gateways answer a stream request with a whole record.
    """

    def __init__(self, reader: EventParser[Event]) -> None:
        self.reader = reader
        self.heard = 0
        """Records read so far; comment lines do not count."""
        self.failure: WorkbenchError | None = None
        """What is wrong with the body behind the events already given; `feed` gives nothing more."""
        self._stream: EventStream | None = None
        self._record: list[bytes] | None = None
        self._beginning = b""
        self._size = 0

    def feed(self, piece: bytes) -> list[Event]:
        """The events that `piece` completes. An error among them waits in `failure`, so that none before it is lost."""
        events: list[Event] = []
        try:
            if self._stream is None and not self._begin(piece):
                return events
            stream = self._stream
            assert stream is not None
            read = self.reader.read
            for name, content in stream.feed(piece):
                self.heard += 1
                events += read(content, name)
        except WorkbenchError as failure:
            self.failure = failure
        return events

    def close(self) -> list[Event]:
        """What the end of the body completes; an error waits in `failure`."""
        events: list[Event] = []
        try:
            if self._stream is not None:
                for name, content in self._stream.close():
                    self.heard += 1
                    events += self.reader.read(content, name)
                if not self.heard and not self._beginning.startswith(_FIELDS):
                    raise TransportError(Code.GARBAGE, beginning=self._beginning.decode("utf-8", "replace"))
            elif self._record is not None:
                record = b"".join(self._record).decode("utf-8", "replace").strip()
                if record.startswith("<"):
                    raise TransportError(Code.GARBAGE, beginning=record[:200])
                events += self.reader.read(record)
                self.reader.done = True
            events += self.reader.close()
        except WorkbenchError as failure:
            self.failure = failure
        return events

    def _begin(self, piece: bytes) -> bool:
        """Whether the body is known to be a stream; holds the piece of any other body."""
        if self._record is None:
            first = piece.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
            if not first:
                return False
            if first not in b"{[<":
                self._stream = EventStream()
                self._beginning = piece.lstrip()[:200]
                return True
            self._record = []
        self._size += len(piece)
        if self._size > BODY_LIMIT:
            raise TransportError(Code.TOO_LARGE, limit=BODY_LIMIT)
        self._record.append(piece)
        return False
