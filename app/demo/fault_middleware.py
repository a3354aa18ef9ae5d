"""ASGI middleware that injects the requested transport faults into responses and logs requests."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.demo import errors, faults
from app.demo.errors import Refusal
from app.demo.faults import Faults
from app.demo.service import Exchange, Service

_HUGE = 8_000_000
_DRIP = 48  # bytes
_JUNK = b"data: {not json\n\nwhat is this\n\ndata: \xff\xfe\x00\n\n"
_HTML = (
    b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
)


class _Cut(Exception):
    """Raised to close the connection at this point of the response."""


class FaultMiddleware:
    """Wraps the service's routes. Requests to `/demo/` pass through unchanged."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/demo/"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        body = await _whole_body(receive)
        exchange = self._service.began(scope["method"], scope["path"], dict(headers), body)
        try:
            ordered = self._service.armed.take() | faults.read(headers.get("x-demo-fault", ""))
        except Refusal as refusal:
            ordered = {"param": refusal.param or ""}
        scope["demo.faults"] = ordered
        try:
            # The body has been read, so the next message can only be the disconnect.
            if (seconds := _number(ordered, "delay")) and await _gone_within(receive, seconds):
                return
            await self._respond(scope, _again(body, receive), send, ordered, exchange)
        finally:
            self._service.ended(exchange)

    async def _respond(self, scope: Scope, receive: Receive, send: Send, ordered: Faults, exchange: Exchange) -> None:
        outgoing = FaultySend(send, ordered, exchange)
        with contextlib.suppress(_Cut):
            if (refusal := _ordered_refusal(ordered)) is not None:
                await _refuse(refusal, ordered, scope, outgoing)
            elif address := ordered.get("redirect"):
                await outgoing(
                    {"type": "http.response.start", "status": 307, "headers": [(b"location", address.encode())]}
                )
                await outgoing({"type": "http.response.body", "body": b""})
            else:
                await self._app(scope, receive, outgoing)


class FaultySend:
    """An ASGI `send` that injects the requested faults into status, headers and body."""

    def __init__(self, send: Send, ordered: Faults, exchange: Exchange) -> None:
        self._send = send
        self._ordered = ordered
        self._exchange = exchange
        self._streaming = False
        self._buffer = b""
        self._events = 0
        self._sent = 0
        self._stalled = False
        self._held: bytes | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._start(message)
        elif message["type"] == "http.response.body":
            await self._body(message.get("body", b""), more=message.get("more_body", False))
        else:
            await self._send(message)

    async def _start(self, message: Message) -> None:
        headers = MutableHeaders(scope={"type": "http", "headers": list(message.get("headers", []))})
        self._streaming = headers.get("content-type", "").startswith("text/event-stream") and message["status"] == 200
        self._exchange.status = message["status"]
        if "type" in self._ordered:
            headers["content-type"] = self._ordered["type"]
        if "retry-after" in self._ordered:
            headers["retry-after"] = self._ordered["retry-after"]
        if self._ordered and "content-length" in headers and self._ordered.keys() & {"junk", "huge", "crlf"}:
            del headers["content-length"]
        await self._send({**message, "headers": headers.raw})

    async def _body(self, body: bytes, *, more: bool) -> None:
        if not self._ordered:
            self._exchange.sent += len(body)
            await self._send({"type": "http.response.body", "body": body, "more_body": more})
            return
        if self._streaming:
            await self._stream(body, more=more)
        else:
            await self._pieces(self._spoiled(body))
        if not more:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def _spoiled(self, body: bytes) -> bytes:
        if "junk" in self._ordered:
            return b"{this is not JSON" + body[: len(body) // 2]
        if "huge" in self._ordered:
            return b" " * _size(self._ordered, "huge", _HUGE) + body
        return body

    async def _stream(self, body: bytes, *, more: bool) -> None:
        self._buffer += body
        while (end := self._buffer.find(b"\n\n")) >= 0:
            event, self._buffer = self._buffer[: end + 2], self._buffer[end + 2 :]
            for spoiled in self._spoiled_event(event):
                await self._pieces(spoiled)
            if "error" in self._ordered and self._events >= _size(self._ordered, "error", 3):
                frame = msgspec.json.encode(errors.by_status(500).body())
                await self._pieces(b"data: " + frame + b"\n\n")
                raise _Cut
        if not more and self._held is not None:
            await self._pieces(self._held)

    def _spoiled_event(self, event: bytes) -> Iterator[bytes]:
        ordered, last = self._ordered, b"[DONE]" in event or b"message_stop" in event
        self._events += 1
        if (last and "no-done" in ordered) or ("no-usage" in ordered and b'"choices":[]' in event):
            return
        if last and "no-blank" in ordered:
            event = event.rstrip(b"\n")
        if "junk" in ordered and self._events % 3 == 1:
            yield _JUNK
        if "comments" in ordered:
            yield b": ping\n\n"
        if "huge" in ordered and self._events == 2:
            yield _grown(event, _size(ordered, "huge", _HUGE))
            return
        if "crlf" in ordered:
            event = event.replace(b"\n", b"\r\n")
        if "out-of-order" in ordered and not last:
            # Hold the event back and send it after its successor.
            if self._held is None:
                self._held = event
                return
            yield event
            event, self._held = self._held, None
        elif self._held is not None:
            yield self._held
            self._held = None
        yield event
        if "duplicate" in ordered and not last:
            yield event

    async def _pieces(self, body: bytes) -> None:
        """Send bytes with the requested piece size, pauses and cut-off."""
        step = len(body) or 1
        if "split" in self._ordered:
            step = _size(self._ordered, "split", 1)
        elif "drip" in self._ordered:
            step = _DRIP
        if "stall" in self._ordered and not self._streaming:
            step = min(step, len(body) // 2 or 1)
        for start in range(0, len(body), step):
            piece = body[start : start + step]
            room = _size(self._ordered, "cut", 0) - self._sent if "cut" in self._ordered else len(piece)
            await self._put(piece[: max(room, 0)])
            if room < len(piece):
                raise _Cut
            if "stall" in self._ordered and not self._stalled:
                self._stalled = True
                await asyncio.sleep(_number(self._ordered, "stall"))
            await asyncio.sleep(_number(self._ordered, "drip"))

    async def _put(self, piece: bytes) -> None:
        self._sent += len(piece)
        self._exchange.sent += len(piece)
        await self._send({"type": "http.response.body", "body": piece, "more_body": True})


def _ordered_refusal(ordered: Faults) -> Refusal | None:
    if "quota" in ordered:
        return errors.quota_exhausted()
    if "risk" in ordered:
        notice = "检测到您有高频的违规请求，请自觉遵守平台使用协议。"
        return Refusal(400, notice, None, "risk_control", code="441")
    if "param" in ordered:
        return errors.incorrect(ordered["param"].replace("_", " "))
    if "ok-error" in ordered:
        return errors.by_status(_size(ordered, "status", 500))
    if "status" in ordered:
        return errors.by_status(_size(ordered, "status", 500))
    return None


async def _refuse(refusal: Refusal, ordered: Faults, scope: Scope, send: FaultySend) -> None:
    anthropic = scope["path"].startswith("/anthropic/")
    content, kind = errors.encode(refusal, streaming="framed" in ordered, anthropic=anthropic)
    if "bare" in ordered:
        content = msgspec.json.encode(refusal.body()["error"])
    if "html" in ordered:
        content, kind = _HTML, "text/html"
    status = 200 if "ok-error" in ordered else refusal.status
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _grown(event: bytes, size: int) -> bytes:
    """Replace the event's content by `size` bytes of text, in either protocol. An event without JSON is unchanged."""
    line = next((line for line in event.splitlines() if line.startswith(b"data: {")), None)
    if line is None:
        return event
    frame: dict[str, Any] = msgspec.json.decode(line.removeprefix(b"data: "))
    filler = "huge " * (size // 5)
    for choice in frame.get("choices", []):
        choice["delta"]["content"] = filler
    if frame.get("type") == "content_block_delta":
        frame["delta"] = {"type": "text_delta", "text": filler}
    return event.replace(line, b"data: " + msgspec.json.encode(frame))


def _number(ordered: Faults, name: str) -> float:
    try:
        return float(ordered.get(name) or 0)
    except ValueError:
        return 0.0


def _size(ordered: Faults, name: str, default: int) -> int:
    value = ordered.get(name, "")
    return int(value) if value.isdigit() and int(value) > 0 else default


async def _whole_body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that replays the body once and then passes on further messages."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


async def _gone_within(receive: Receive, seconds: float) -> bool:
    """Wait up to `seconds` and return whether the client disconnected meanwhile."""
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError:
        return False
    return bool(message["type"] == "http.disconnect")
