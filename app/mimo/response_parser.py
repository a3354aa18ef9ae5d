"""Parses a response body into typed events, whether it is a stream or a single JSON record."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from app.core.errors import Code, TransportError, WorkbenchError
from app.mimo.service_errors import garbage
from app.mimo.sse import EventStream

MAX_BODY_SIZE = 128 * 1024 * 1024
"""Maximum size in bytes of a response that is not a stream."""

_SSE_PREFIXES = (b"data", b"event", b"id", b"retry", b":", b"\xef\xbb\xbf")
"""How an event stream may begin; anything else without a single event comes from something in between, like a proxy."""

Event = TypeVar("Event")


class EventParser(Protocol[Event]):
    """Interprets the records of one protocol.

    Attributes:
        begun: the requested content has begun to arrive; only then does the idle limit apply.
        complete: the service reported a finish reason; a later failure loses nothing.
        done: the end marker was read; the rest of the body is read only to reuse the connection.
    """

    begun: bool
    complete: bool
    done: bool

    def read(self, content: str, event: str = "") -> list[Event]: ...

    def close(self) -> list[Event]: ...


class ResponseParser(Generic[Event]):
    """Parses a 2xx body; `feed` it the chunks in order.

    The first byte that is not white space distinguishes a stream from a JSON record: content types are often wrong,
    and some gateways answer a request for a stream with a whole record.

    Attributes:
        records: number of records read; comment lines do not count.
        failure: the error after the events returned so far; `feed` returns no more events then.
    """

    def __init__(self, event_parser: EventParser[Event]) -> None:
        self.event_parser = event_parser
        self.records = 0
        self.failure: WorkbenchError | None = None
        self._stream: EventStream | None = None
        self._whole_record: list[bytes] | None = None
        self._beginning = b""
        self._size = 0

    @property
    def comments(self) -> int:
        """Number of comment lines read."""
        return self._stream.comments if self._stream is not None else 0

    def feed(self, chunk: bytes) -> list[Event]:
        """Return the events that `chunk` completes. An error is stored in `failure`: no event before it is lost."""
        events: list[Event] = []
        try:
            if self._stream is None and not self._detect_stream(chunk):
                return events
            stream = self._stream
            assert stream is not None
            read = self.event_parser.read
            for name, content in stream.feed(chunk):
                self.records += 1
                events += read(content, name)
        except WorkbenchError as failure:
            self.failure = failure
        return events

    def close(self) -> list[Event]:
        """Return the events completed by the end of the body; an error is stored in `failure`."""
        events: list[Event] = []
        try:
            if self._stream is not None:
                for name, content in self._stream.close():
                    self.records += 1
                    events += self.event_parser.read(content, name)
                if not self.records and not self._beginning.startswith(_SSE_PREFIXES):
                    raise garbage(self._beginning.decode("utf-8", "replace"))
            elif self._whole_record is not None:
                record = b"".join(self._whole_record).decode("utf-8", "replace").strip()
                if record.startswith("<"):
                    raise garbage(record)
                events += self.event_parser.read(record)
                self.event_parser.done = True
            events += self.event_parser.close()
        except WorkbenchError as failure:
            self.failure = failure
        return events

    def _detect_stream(self, chunk: bytes) -> bool:
        """Whether the body is known to be a stream; the chunk of any other body is collected."""
        if self._whole_record is None:
            first = chunk.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
            if not first:
                return False
            if first not in b"{[<":
                self._stream = EventStream()
                self._beginning = chunk.lstrip()[:200]
                return True
            self._whole_record = []
        self._size += len(chunk)
        if self._size > MAX_BODY_SIZE:
            raise TransportError(Code.TOO_LARGE, limit=MAX_BODY_SIZE)
        self._whole_record.append(chunk)
        return False
