"""Records exchanges, requests and responses, for the inspector. Bounded in memory; keys are masked."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from sys import getsizeof
from typing import Any, Literal

import msgspec

from app.core.call_origin import request_is_edited
from app.core.elided_files import elided_mark
from app.core.errors import Code, TransportError, WorkbenchError
from app.core.messages import new_id
from app.core.redaction import Redactor
from app.mimo.embedded_files import EmbeddedFile
from app.mimo.sse import EventStream

ExchangeKind = Literal["chat", "speech", "recognition", "models"]

MAX_HEAD_SIZE = 2 * 1024 * 1024
"""Bytes of memory for the beginning of a response."""
MAX_TEXT_HEAD_SIZE = 12 * 1024 * 1024
"""The same of a chat, whose response is text. That of speech is sound, which is kept as a take."""
MAX_TRY_SIZE = 16 * 1024
"""Bytes kept of the response of a request that is sent again."""
MAX_TAIL_SIZE = 256 * 1024
"""Bytes of memory for the end of a response, where finish reason and usage are."""
CHUNK_OVERHEAD = 128
"""Bytes of memory of a chunk besides its content: a stream of text consists of thousands of chunks."""
_GROWTH_STEP = 256 * 1024
"""Bytes by which an exchange grows between two calls of `on_growth`."""
MAX_MEDIA_STRING = 16_384
"""Characters; a longer `data:` URL or base64 string in a request is replaced by its length and SHA-256."""
_MEDIA_FIELDS = frozenset({"data", "voice", "url"})


class TimelineEvent(msgspec.Struct, frozen=True):
    """One event of a response.

    Attributes:
        at: seconds from the start of the exchange to the arrival of the chunk that completed it.
        name: the SSE event name, or "" (`body` for a response that is not a stream).
        content: its text, unchanged.
    """

    at: float
    name: str
    content: str


class Attempt(msgspec.Struct):
    """One request as it was sent; a call that is retried has several.

    Attributes:
        at: seconds from the start of the exchange. Likewise `sent` (last byte sent), `answered` (response headers
            received) and `ended` (response ended); None until then.
        waited: seconds waited before it, for a retry or the rate limit.
        status: HTTP status; None without an answer.
        headers: of the response, redacted.
        response: the beginning of the body, redacted, once another request has followed.
    """

    at: float
    waited: float = 0.0
    sent: float | None = None
    answered: float | None = None
    ended: float | None = None
    status: int | None = None
    headers: dict[str, str] = {}
    error: Code | None = None
    response: str = ""


class Exchange:
    """One call. It grows while it is in progress; `ended` is None until it has ended.

    Attributes:
        id: the `call_id` of replies and events.
        started: Unix time in seconds.
        request: the JSON that was sent; long media strings are replaced (`elided` counts their characters).
        request_headers: redacted.
        request_bytes, response_bytes: sizes on the wire, uncompressed.
        error, error_params: the failure, as in WorkbenchError.
        ended: seconds from the start.
        edited: the user changed the request before it was sent.
        stopped: the user ended it before the service did.
        released: the response was dropped to free memory for newer exchanges.
        on_growth: called repeatedly while the response grows.
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
        self.edited = request_is_edited.get()
        self.stopped = False
        self.released = False
        self.on_growth: Callable[[], None] | None = None
        self._redactor = redactor
        self._origin = time.monotonic()
        self._head: list[tuple[float, bytes]] = []
        self._head_size = 0
        self._tail: deque[tuple[float, bytes]] = deque()
        self._tail_size = 0
        self._bytes_until_growth = _GROWTH_STEP

    def __repr__(self) -> str:
        return f"Exchange({self.id!r}, {self.kind!r}, {self.model!r})"

    def now(self) -> float:
        """Seconds since the start of the exchange."""
        return time.monotonic() - self._origin

    def failed(self, error: WorkbenchError) -> None:
        self.error = error.code
        self.error_params = dict(error.params)
        if self.attempts:
            self.attempts[-1].error = error.code

    def end(self) -> None:
        """Set the end time, whether the call succeeded, failed or was stopped."""
        if self.ended is None:
            self.ended = self.now()

    def received(self, chunk: bytes) -> None:
        """Store a chunk of the response. It is parsed later, so that streams pay nothing for a closed inspector."""
        self.response_bytes += len(chunk)
        if self.released:
            return
        most = MAX_TEXT_HEAD_SIZE if self.kind == "chat" else MAX_HEAD_SIZE
        if self._head_size + CHUNK_OVERHEAD * len(self._head) < most and not self._tail:
            self._head.append((self.now(), chunk))
            self._head_size += len(chunk)
        else:
            self._tail.append((self.now(), chunk))
            self._tail_size += len(chunk)
            while self._tail_size + CHUNK_OVERHEAD * len(self._tail) > MAX_TAIL_SIZE and len(self._tail) > 1:
                self._tail_size -= len(self._tail.popleft()[1])
        self._bytes_until_growth -= len(chunk) + CHUNK_OVERHEAD
        if self._bytes_until_growth < 0 and self.on_growth is not None:
            self._bytes_until_growth = _GROWTH_STEP
            self.on_growth()

    def restart(self) -> None:
        """Drop the response of an attempt that is retried, except its beginning."""
        if self.attempts:
            beginning = b"".join(chunk for _, chunk in self._head[:64])[:MAX_TRY_SIZE]
            self.attempts[-1].response = self._redactor.redact(beginning.decode("utf-8", "replace"))
        self._head, self._head_size = [], 0
        self._tail, self._tail_size = deque(), 0
        self.response_bytes = 0

    def release(self) -> None:
        """Drop the response to free memory and store no more of it; sizes and times remain."""
        self.released = True
        self._head, self._head_size = [], 0
        self._tail, self._tail_size = deque(), 0

    @property
    def memory_size(self) -> int:
        """Approximate memory use in bytes."""
        chunks = len(self._head) + len(self._tail)
        return getsizeof(self.request) + self._head_size + self._tail_size + CHUNK_OVERHEAD * chunks

    @property
    def left_out(self) -> int:
        """Bytes in the middle of the response that were not stored."""
        return self.response_bytes - self._head_size - self._tail_size

    def response(self) -> str:
        """The stored response as text, with a gap if `left_out` is not 0."""
        return self._redactor.redact(
            b"".join(chunk for _, chunk in (*self._head, *self._tail)).decode("utf-8", "replace")
        )

    def timeline(self) -> Iterator[TimelineEvent]:
        """Parse the response into events with their times; a whole JSON or HTML body is one event."""
        beginning = b"".join(chunk for _, chunk in self._head[:4]).lstrip()
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
    """Keeps the last exchanges, newest last, within a memory budget in bytes. Pass its `record` to a client."""

    def __init__(self, memory_budget: int = 64 * 1024 * 1024, max_count: int = 500) -> None:
        self._memory_budget = memory_budget
        self._max_count = max_count
        self._exchanges: dict[str, Exchange] = {}

    def record(self, exchange: Exchange) -> None:
        """Add or update an exchange; called when it starts and when it ends."""
        if exchange.released:
            return
        self._exchanges[exchange.id] = exchange
        exchange.on_growth = self._trim
        self._trim()

    def _trim(self) -> None:
        """Drop the oldest exchanges. One in progress is also released, or dropping it would free no memory."""
        memory_size = sum(exchange.memory_size for exchange in self._exchanges.values())
        while len(self._exchanges) > 1 and (
            memory_size > self._memory_budget or len(self._exchanges) > self._max_count
        ):
            oldest = self._exchanges.pop(next(iter(self._exchanges)))
            memory_size -= oldest.memory_size
            if oldest.ended is None:
                oldest.release()

    def __getitem__(self, call_id: str) -> Exchange:
        """Raises KeyError for an unknown or dropped exchange."""
        return self._exchanges[call_id]

    def __iter__(self) -> Iterator[Exchange]:
        return iter(tuple(self._exchanges.values()))

    def __len__(self) -> int:
        return len(self._exchanges)

    def clear(self) -> None:
        self._exchanges.clear()


def elided(body: Any) -> tuple[bytes, int]:
    """The body as JSON with files and long media strings replaced, and the number of characters replaced.

    The SHA-256 is that of the file where one is streamed, else that of the string.
    """
    if body is None:
        return b"", 0
    left_out = 0

    def shorten(value: Any, field: str = "") -> Any:
        nonlocal left_out
        if isinstance(value, dict):
            return {name: shorten(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [shorten(item, field) for item in value]
        if isinstance(value, EmbeddedFile):
            left_out += value.length
            return value.mark
        if isinstance(value, str) and len(value) > MAX_MEDIA_STRING and field in _MEDIA_FIELDS:
            left_out += len(value)
            head = value[: value.index(",") + 1] if value.startswith("data:") and "," in value[:200] else ""
            digest = hashlib.sha256(value.encode()).hexdigest()
            return elided_mark(head, len(value), digest)
        return value

    return msgspec.json.encode(shorten(body)), left_out


def _events(chunks: list[tuple[float, bytes]]) -> Iterator[TimelineEvent]:
    stream = EventStream()
    at = 0.0
    try:
        for at, chunk in chunks:
            for event in stream.feed(chunk):
                yield TimelineEvent(at, event.name, event.content)
        for event in stream.close():
            yield TimelineEvent(at, event.name, event.content)
    except TransportError:
        return  # An endless line contains no event; `response` has its bytes.


def _from_boundary(chunks: list[tuple[float, bytes]]) -> list[tuple[float, bytes]]:
    """The chunks from the first event boundary on, because the tail begins inside an event."""
    for position, (at, chunk) in enumerate(chunks):
        start = chunk.find(b"\n\n")
        if start >= 0:
            return [(at, chunk[start + 2 :]), *chunks[position + 1 :]]
    return []
