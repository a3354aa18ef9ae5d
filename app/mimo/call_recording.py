"""A recorded exchange: what went out and what came back, for the inspector. Bounded in memory, never with a key."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from sys import getsizeof
from typing import Any, Literal

import msgspec

from app.core.errors import Code, TransportError, WorkbenchError
from app.core.messages import new_id
from app.core.redaction import Redactor
from app.mimo.sse import EventStream

ExchangeKind = Literal["chat", "speech", "recognition", "models"]

HEAD_LIMIT = 2 * 1024 * 1024
"""Bytes of memory for the beginning of a response."""
TAIL_LIMIT = 256 * 1024
"""Bytes of memory for its end, where finish reason and usage are."""
READ_COST = 128
"""Bytes of memory that one network read takes beside its content: a stream of words comes in thousands of them."""
_NEWS = 256 * 1024
"""Bytes by which an exchange grows before its journal looks again."""
LONG_STRING = 16_384
"""Characters; a longer `data:` address or base64 string in a request is replaced by its length and SHA-256."""
_MEDIA_FIELDS = frozenset({"data", "voice", "url"})


class TimelineEvent(msgspec.Struct, frozen=True):
    """One event of a response.

    Attributes:
        at: seconds from the start of the exchange to the network read that completed it.
        name: the SSE event name, or "" (`body` for a response that is not a stream).
        content: its text, as it came.
    """

    at: float
    name: str
    content: str


class Attempt(msgspec.Struct):
    """One request as it was really sent; a call has several when it was tried again.

    Attributes:
        at: seconds from the start of the exchange; `sent`, `answered` and `ended` likewise, None when it never came
            so far: last byte sent, response headers received, response over.
        waited: seconds before it, for a retry or the request limit.
        status: HTTP status; None without an answer.
        headers: of the response, redacted.
    """

    at: float
    waited: float = 0.0
    sent: float | None = None
    answered: float | None = None
    ended: float | None = None
    status: int | None = None
    headers: dict[str, str] = {}
    error: Code | None = None


class Exchange:
    """One call. It grows while it runs; `ended` is None until it is over.

    Attributes:
        id: the `call_id` in replies and events.
        started: Unix time in seconds.
        request: the JSON that was sent; long media strings are replaced (`elided` counts their characters).
        request_headers: redacted.
        request_bytes, response_bytes: sizes on the wire, uncompressed.
        error, error_params: how it failed.
        ended: seconds from the start.
        released: nothing of the response is kept any more: a newer exchange needed the memory.
        on_growth: called while the response grows.
    """

    def __init__(
        self, kind: ExchangeKind, profile_id: str, model: str, method: str, url: str, headers: dict[str, str],
        body: Any, request_bytes: int, redactor: Redactor,
    ) -> None:  # fmt: skip
        self.id = new_id()
        self.kind = kind
        self.profile_id = profile_id
        self.model = redactor.redact(model)
        self.method = method
        self.url = url
        self.request_headers = headers
        request, self.elided = elided(body)
        self.request = redactor.redact(request.decode())
        self.request_bytes = request_bytes
        self.response_bytes = 0
        self.started = time.time()
        self.attempts: list[Attempt] = []
        self.error: Code | None = None
        self.error_params: dict[str, Any] = {}
        self.ended: float | None = None
        self.released = False
        self.on_growth: Callable[[], None] | None = None
        self._redactor = redactor
        self._origin = time.monotonic()
        self._head: list[tuple[float, bytes]] = []
        self._head_size = 0
        self._tail: deque[tuple[float, bytes]] = deque()
        self._tail_size = 0
        self._news = _NEWS

    def __repr__(self) -> str:
        return f"Exchange({self.id!r}, {self.kind!r}, {self.model!r})"

    def now(self) -> float:
        """Seconds since the exchange began."""
        return time.monotonic() - self._origin

    def failed(self, error: WorkbenchError) -> None:
        self.error = error.code
        self.error_params = dict(error.params)
        if self.attempts:
            self.attempts[-1].error = error.code

    def end(self) -> None:
        """It is over, whether it answered, failed or was stopped."""
        if self.ended is None:
            self.ended = self.now()

    def received(self, piece: bytes) -> None:
        """Keeps what one network read gave. Not parsed here: a stream must not pay for an inspector nobody opened."""
        self.response_bytes += len(piece)
        if self.released:
            return
        if self._head_size + READ_COST * len(self._head) < HEAD_LIMIT and not self._tail:
            self._head.append((self.now(), piece))
            self._head_size += len(piece)
        else:
            self._tail.append((self.now(), piece))
            self._tail_size += len(piece)
            while self._tail_size + READ_COST * len(self._tail) > TAIL_LIMIT and len(self._tail) > 1:
                self._tail_size -= len(self._tail.popleft()[1])
        self._news -= len(piece) + READ_COST
        if self._news < 0 and self.on_growth is not None:
            self._news = _NEWS
            self.on_growth()

    def restart(self) -> None:
        """Forgets the response of an attempt that is followed by another."""
        self._head, self._head_size = [], 0
        self._tail, self._tail_size = deque(), 0
        self.response_bytes = 0

    def release(self) -> None:
        """Keeps sizes and times, and of the response nothing from now on."""
        self.released = True
        self._head, self._head_size = [], 0
        self._tail, self._tail_size = deque(), 0

    @property
    def kept(self) -> int:
        """Bytes of memory this exchange holds, about."""
        reads = len(self._head) + len(self._tail)
        return getsizeof(self.request) + self._head_size + self._tail_size + READ_COST * reads

    @property
    def left_out(self) -> int:
        """Bytes of the response that were not kept, between its beginning and its end."""
        return self.response_bytes - self._head_size - self._tail_size

    def response(self) -> str:
        """The kept response as text; a gap is where `left_out` is not 0."""
        return self._redactor.redact(
            b"".join(piece for _, piece in (*self._head, *self._tail)).decode("utf-8", "replace")
        )

    def timeline(self) -> Iterator[TimelineEvent]:
        """The events of the response with their times, parsed now; a whole JSON or HTML body is one event."""
        beginning = b"".join(piece for _, piece in self._head[:4]).lstrip()
        if not beginning:
            return
        if beginning[:1] in b"{[<":
            yield TimelineEvent((self._tail or self._head)[-1][0], "body", self.response())
            return
        runs = [self._head, _from_boundary(list(self._tail))] if self.left_out else [[*self._head, *self._tail]]
        for run in runs:
            for event in _events(run):
                yield msgspec.structs.replace(event, content=self._redactor.redact(event.content))


class CallRecorder:
    """The last exchanges, newest last, within a budget of bytes; the `record` of a client."""

    def __init__(self, budget: int = 64 * 1024 * 1024, count: int = 500) -> None:
        self._budget = budget
        self._count = count
        self._exchanges: dict[str, Exchange] = {}

    def record(self, exchange: Exchange) -> None:
        """Called when an exchange begins and again when it is over."""
        if exchange.released:
            return
        self._exchanges[exchange.id] = exchange
        exchange.on_growth = self._trim
        self._trim()

    def _trim(self) -> None:
        """Drops the oldest for the newest. One that still runs must stop keeping, or dropping it would free nothing."""
        held = sum(known.kept for known in self._exchanges.values())
        while len(self._exchanges) > 1 and (held > self._budget or len(self._exchanges) > self._count):
            oldest = self._exchanges.pop(next(iter(self._exchanges)))
            held -= oldest.kept
            if oldest.ended is None:
                oldest.release()

    def __getitem__(self, call_id: str) -> Exchange:
        """Raises KeyError for an exchange that is unknown or was dropped for its size."""
        return self._exchanges[call_id]

    def __iter__(self) -> Iterator[Exchange]:
        return iter(tuple(self._exchanges.values()))

    def __len__(self) -> int:
        return len(self._exchanges)

    def clear(self) -> None:
        self._exchanges.clear()


def elided(body: Any) -> tuple[bytes, int]:
    """The body as JSON with long media strings replaced, and how many characters were left out."""
    if body is None:
        return b"", 0
    left_out = 0

    def shorten(value: Any, field: str = "") -> Any:
        nonlocal left_out
        if isinstance(value, dict):
            return {name: shorten(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [shorten(item, field) for item in value]
        if isinstance(value, str) and len(value) > LONG_STRING and field in _MEDIA_FIELDS:
            left_out += len(value)
            head = value[: value.index(",") + 1] if value.startswith("data:") and "," in value[:200] else ""
            digest = hashlib.sha256(value.encode()).hexdigest()
            return f"{head}<{len(value)} characters, sha256 {digest}>"
        return value

    return msgspec.json.encode(shorten(body)), left_out


def _events(reads: list[tuple[float, bytes]]) -> Iterator[TimelineEvent]:
    stream = EventStream()
    at = 0.0
    try:
        for at, piece in reads:
            for event in stream.feed(piece):
                yield TimelineEvent(at, event.name, event.content)
        for event in stream.close():
            yield TimelineEvent(at, event.name, event.content)
    except TransportError:
        return  # an endless line has no event to show; the bytes themselves are in `response`


def _from_boundary(reads: list[tuple[float, bytes]]) -> list[tuple[float, bytes]]:
    """The reads from the first event boundary on: the tail begins somewhere inside an event."""
    for position, (at, piece) in enumerate(reads):
        start = piece.find(b"\n\n")
        if start >= 0:
            return [(at, piece[start + 2 :]), *reads[position + 1 :]]
    return []
