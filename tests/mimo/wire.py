"""A second, deliberately odd service: a bare socket that sends whatever a test wants, in any framing.

It never closes a connection after its response: it sends the end and waits for the other side to close, so that a
connection leaked by the client stays open and is counted.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.core.profiles import Profile, Timeouts
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter

KEY = "sk-0123456789abcdef-secret"

STREAMS = Path(__file__).parent / "streams"


class Asked:
    """A request as received."""

    def __init__(self, head: bytes, body: bytes) -> None:
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.path, _ = lines[0].split(" ")
        self.headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        self.body = body

    def json(self) -> Any:
        return json.loads(self.body)


Answer = Callable[["Line"], Awaitable[None]]


class Line:
    """The connection on which one request is answered.

    Attributes:
        keeps: whether the response had an explicit end, so that another request may follow on the connection.
    """

    def __init__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.asked = asked
        self.keeps = False
        self._writer = writer

    async def say(self, content: bytes) -> None:
        self._writer.write(content)
        await self._writer.drain()

    async def head(self, status: str = "200 OK", content_type: str = "text/event-stream", *extra: str) -> None:
        """Status and headers of a body that ends with the connection."""
        lines = [f"HTTP/1.1 {status}", f"content-type: {content_type}", "connection: close", *extra]
        await self.say(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def silence(self) -> None:
        """Send nothing more until the other side closes."""
        await asyncio.Event().wait()

    def drop(self) -> None:
        """Abort the connection."""
        self._writer.transport.abort()


class Service:
    """Answers every request with the next of its answers; the last one is repeated.

    Attributes:
        asked: the requests, in order.
        accepted: number of connections ever opened.
        connections: currently open ones; a client that stopped must leave none.
    """

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self.asked: list[Asked] = []
        self.accepted = 0
        self.connections: set[asyncio.Task[None]] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def open(self) -> int:
        return len(self.connections)

    async def gone(self) -> None:
        """Wait until no connection is open; fails if the client leaked one."""
        async with asyncio.timeout(10):
            for task in list(self.connections):
                await asyncio.wait((task,))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.connections.add(task)
        self.accepted += 1
        try:
            while await self._serve_one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # a client that went: before it had asked, or while it was answered
        finally:
            writer.close()
            self.connections.discard(task)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether another request may follow."""
        head = (await reader.readuntil(b"\r\n\r\n"))[:-4]
        asked = Asked(head, b"")
        asked.body = await reader.readexactly(int(asked.headers.get("content-length", "0")))
        self.asked.append(asked)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        line = Line(asked, writer)
        answering = asyncio.ensure_future(answer(line))
        leaving = asyncio.ensure_future(_left(reader))
        try:
            await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
            if answering.done() and not leaving.done() and not line.keeps and not writer.transport.is_closing():
                if writer.can_write_eof():
                    writer.write_eof()
                await leaving
            return line.keeps and not leaving.done()
        finally:
            for waiting in (answering, leaving):
                waiting.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)


async def _left(reader: asyncio.StreamReader) -> None:
    """Wait until the other side closes, without consuming its next request."""
    while not reader.at_eof() and reader.exception() is None:
        await asyncio.sleep(0.002)


@asynccontextmanager
async def serving(*answers: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[Service]:
    service = Service(*answers)
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0, ssl=tls)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
        for task in list(service.connections):
            task.cancel()
        await asyncio.gather(*service.connections, return_exceptions=True)


def says(
    body: bytes, status: str = "200 OK", content_type: str = "text/event-stream", *extra: str, piece: int = 0
) -> Answer:
    """An answer with a fixed body, sent whole or in chunks of `piece` bytes."""

    async def answer(line: Line) -> None:
        await line.head(status, content_type, *extra)
        step = piece or len(body) or 1
        for start in range(0, len(body), step):
            await line.say(body[start : start + step])
            await asyncio.sleep(0)

    return answer


def then_drops(body: bytes) -> Answer:
    """Announce more than is sent, then abort the connection."""

    async def answer(line: Line) -> None:
        await line.head("200 OK", "text/event-stream", "content-length: 1000000")
        await line.say(body)
        await asyncio.sleep(0.02)
        line.drop()

    return answer


def in_chunks(body: bytes, *, size: int = 7, finish: bool = True, end: bytes = b"0\r\n\r\n") -> Answer:
    """Chunked in an odd but legal way: sizes in capitals with leading zeros and extensions, split anywhere.

    Without `finish` the last chunk never comes and the connection breaks.
    """

    async def answer(line: Line) -> None:
        await line.say(
            b"HTTP/1.1 200 Fine by me\r\nCONTENT-TYPE:text/event-stream\r\nTransfer-Encoding:chunked\r\n\r\n"
        )
        for start in range(0, len(body), size):
            piece = body[start : start + size]
            await line.say(b'%04X;note="a;b"\r\n' % len(piece) + piece[:1])
            await line.say(piece[1:] + b"\r\n")
        if finish:
            await line.say(end)
            line.keeps = True
        else:
            line.drop()

    return answer


def then_stalls(body: bytes) -> Answer:
    async def answer(line: Line) -> None:
        await line.head()
        await line.say(body)
        await line.silence()

    return answer


def as_json(value: Any, status: str = "200 OK", *extra: str) -> Answer:
    return says(json.dumps(value, ensure_ascii=False).encode(), status, "application/json", *extra)


def recorded(name: str) -> bytes:
    return (STREAMS / name).read_bytes()


def sse(*records: Any) -> bytes:
    """Records as a stream with its end marker."""
    lines = [f"data: {json.dumps(record, ensure_ascii=False)}\n\n" for record in records]
    return ("".join(lines) + "data: [DONE]\n\n").encode()


def profile(url: str, **changes: Any) -> Profile:
    """A profile of a service on this computer, with limits that only a dead service exceeds."""
    values: dict[str, Any] = {
        "id": "test",
        "kind": "payg",
        "name": "Test",
        "base_url": url,
        "requests_per_minute": 0,
        "retries": 0,
        "timeouts": Timeouts(connect=20.0, first_byte=20.0, idle=20.0, speech=20.0),
    }
    return Profile(**(values | changes))


@asynccontextmanager
async def client_of(
    service: Service, *, key: str | None = KEY, record: Any = None, remember_style: Any = None, **changes: Any
) -> AsyncIterator[MimoClient]:
    """A client of the service; on exit, no connection may be left."""
    client = MimoClient(
        profile(service.url, **changes), key, record=record, rate_limiter=RateLimiter(), remember_style=remember_style
    )
    try:
        yield client
    finally:
        await client.aclose()
        await service.gone()
