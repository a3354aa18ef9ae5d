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
from app.demo.pacing import disconnects_within
from app.demo.service import Exchange, Service

_HUGE_BYTES = 8_000_000
_DRIP_BYTES = 48  # bytes
_PROCESSING_SECONDS = 5.0
_JUNK_LINES = b"data: {not json\n\nwhat is this\n\ndata: \xff\xfe\x00\n\n"
_HTML_PAGE = (
    b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
)


class _ConnectionCut(Exception):
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
        body = await _read_body(receive)
        exchange = self._service.log_request(scope["method"], scope["path"], dict(headers), body)
        try:
            requested = self._service.armed.pop() | faults.parse(headers.get("x-demo-fault", ""))
        except Refusal as refusal:
            requested = {"param": refusal.param or ""}
        scope["demo.faults"] = requested
        scope["demo.exchange"] = exchange
        try:
            # The body has been read, so the next message can only be the disconnect.
            if (seconds := _float_value(requested, "delay")) and await disconnects_within(receive, seconds):
                return
            await self._respond(scope, _replaying(body, receive), send, requested, exchange)
        finally:
            self._service.finish(exchange)

    async def _respond(self, scope: Scope, receive: Receive, send: Send, requested: Faults, exchange: Exchange) -> None:
        faulty_send = FaultySend(send, requested, exchange)
        with contextlib.suppress(_ConnectionCut):
            if (refusal := _requested_refusal(requested)) is not None:
                await _send_refusal(refusal, requested, scope, faulty_send)
            elif address := requested.get("redirect"):
                await faulty_send(
                    {"type": "http.response.start", "status": 307, "headers": [(b"location", address.encode())]}
                )
                await faulty_send({"type": "http.response.body", "body": b""})
            else:
                await self._app(scope, receive, faulty_send)


class FaultySend:
    """An ASGI `send` that injects the requested faults into status, headers and body."""

    def __init__(self, send: Send, requested: Faults, exchange: Exchange) -> None:
        self._send = send
        self._faults = requested
        self._exchange = exchange
        self._streaming = False
        self._buffer = b""
        self._event_count = 0
        self._sent_bytes = 0
        self._has_stalled = False
        self._delayed_event: bytes | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._send_start(message)
        elif message["type"] == "http.response.body":
            await self._send_body(message.get("body", b""), more=message.get("more_body", False))
        else:
            await self._send(message)

    async def _send_start(self, message: Message) -> None:
        headers = MutableHeaders(scope={"type": "http", "headers": list(message.get("headers", []))})
        self._streaming = headers.get("content-type", "").startswith("text/event-stream") and message["status"] == 200
        self._exchange.status = message["status"]
        if "type" in self._faults:
            headers["content-type"] = self._faults["type"]
        if "retry-after" in self._faults:
            headers["retry-after"] = self._faults["retry-after"]
        if self._faults and "content-length" in headers and self._faults.keys() & {"junk", "huge", "crlf"}:
            del headers["content-length"]
        await self._send({**message, "headers": headers.raw})
        if self._streaming and "processing" in self._faults:
            seconds = _float_value(self._faults, "processing") or _PROCESSING_SECONDS
            await asyncio.sleep(seconds)
            await self._send_piece(b": PROCESSING\n\n")
            await asyncio.sleep(seconds)

    async def _send_body(self, body: bytes, *, more: bool) -> None:
        if not self._faults:
            self._exchange.sent += len(body)
            await self._send({"type": "http.response.body", "body": body, "more_body": more})
            return
        if self._streaming:
            await self._send_events(body, more=more)
        else:
            await self._send_pieces(self._corrupted(body))
        if not more:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def _corrupted(self, body: bytes) -> bytes:
        if "junk" in self._faults:
            return b"{this is not JSON" + body[: len(body) // 2]
        if "huge" in self._faults:
            return b" " * _int_value(self._faults, "huge", _HUGE_BYTES) + body
        return body

    async def _send_events(self, body: bytes, *, more: bool) -> None:
        self._buffer += body
        while (end := self._buffer.find(b"\n\n")) >= 0:
            event, self._buffer = self._buffer[: end + 2], self._buffer[end + 2 :]
            for corrupted in self._corrupted_event(event):
                await self._send_pieces(corrupted)
            if "error" in self._faults and self._event_count >= _int_value(self._faults, "error", 3):
                frame = msgspec.json.encode(errors.for_status(500).body())
                await self._send_pieces(b"data: " + frame + b"\n\n")
                raise _ConnectionCut
        if not more and self._delayed_event is not None:
            await self._send_pieces(self._delayed_event)

    def _corrupted_event(self, event: bytes) -> Iterator[bytes]:
        requested, last = self._faults, b"[DONE]" in event or b"message_stop" in event
        self._event_count += 1
        if (last and "no-done" in requested) or ("no-usage" in requested and b'"choices":[]' in event):
            return
        if last and "no-blank" in requested:
            event = event.rstrip(b"\n")
        if "junk" in requested and self._event_count % 3 == 1:
            yield _JUNK_LINES
        if "comments" in requested:
            yield b": ping\n\n"
        if "huge" in requested and self._event_count == 2:
            yield _enlarged(event, _int_value(requested, "huge", _HUGE_BYTES))
            return
        if "crlf" in requested:
            event = event.replace(b"\n", b"\r\n")
        if "out-of-order" in requested and not last:
            # Hold the event back and send it after its successor.
            if self._delayed_event is None:
                self._delayed_event = event
                return
            yield event
            event, self._delayed_event = self._delayed_event, None
        elif self._delayed_event is not None:
            yield self._delayed_event
            self._delayed_event = None
        yield event
        if "duplicate" in requested and not last:
            yield event

    async def _send_pieces(self, body: bytes) -> None:
        """Send bytes with the requested piece size, pauses and cut-off."""
        piece_size = len(body) or 1
        if "split" in self._faults:
            piece_size = _int_value(self._faults, "split", 1)
        elif "drip" in self._faults:
            piece_size = _DRIP_BYTES
        if "stall" in self._faults and not self._streaming:
            piece_size = min(piece_size, len(body) // 2 or 1)
        for start in range(0, len(body), piece_size):
            piece = body[start : start + piece_size]
            remaining = _int_value(self._faults, "cut", 0) - self._sent_bytes if "cut" in self._faults else len(piece)
            await self._send_piece(piece[: max(remaining, 0)])
            if remaining < len(piece):
                raise _ConnectionCut
            if "stall" in self._faults and not self._has_stalled:
                self._has_stalled = True
                await asyncio.sleep(_float_value(self._faults, "stall"))
            await asyncio.sleep(_float_value(self._faults, "drip"))

    async def _send_piece(self, piece: bytes) -> None:
        self._sent_bytes += len(piece)
        self._exchange.sent += len(piece)
        await self._send({"type": "http.response.body", "body": piece, "more_body": True})


def _requested_refusal(requested: Faults) -> Refusal | None:
    if "quota" in requested:
        return errors.quota_exhausted()
    if "risk" in requested:
        notice = "检测到您有高频的违规请求，请自觉遵守平台使用协议。"
        return Refusal(400, notice, None, "risk_control", code="441")
    if "param" in requested:
        return errors.incorrect(requested["param"].replace("_", " "))
    if "ok-error" in requested:
        return errors.for_status(_int_value(requested, "status", 500))
    if "status" in requested:
        return errors.for_status(_int_value(requested, "status", 500))
    return None


async def _send_refusal(refusal: Refusal, requested: Faults, scope: Scope, send: FaultySend) -> None:
    anthropic = scope["path"].startswith("/anthropic/")
    content, kind = errors.encode(refusal, streaming="framed" in requested, anthropic=anthropic)
    if "bare" in requested:
        content = msgspec.json.encode(refusal.body()["error"])
    if "html" in requested:
        content, kind = _HTML_PAGE, "text/html"
    status = 200 if "ok-error" in requested else refusal.status
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _enlarged(event: bytes, size: int) -> bytes:
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


def _float_value(requested: Faults, name: str) -> float:
    try:
        return float(requested.get(name) or 0)
    except ValueError:
        return 0.0


def _int_value(requested: Faults, name: str, default: int) -> int:
    value = requested.get(name, "")
    return int(value) if value.isdigit() and int(value) > 0 else default


async def _read_body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    return b"".join(parts)


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that replays the body once and then passes on further messages."""
    pending = [body]

    async def replay() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replay
