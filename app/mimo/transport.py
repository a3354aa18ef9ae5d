"""Sending one request and reading its bytes: connection, deadlines, redirects, and what went wrong in our words."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Any

import httpx
import msgspec

from app.core.errors import Code, TransportError, WorkbenchError
from app.core.profiles import Profile
from app.core.redaction import Redactor
from app.mimo.address import host_of, is_loopback, redacted_headers, redirect_target, request_headers
from app.mimo.exchange import Attempt
from app.mimo.retry import retry_after
from app.mimo.service_errors import error_from_body

_REDIRECTS = 3
_ERROR_BODY = 256 * 1024
"""Bytes of an error answer that are read."""
_ERROR_BODY_SECONDS = 10.0
FAREWELL = 2.0
"""Seconds given to a service to end its response once it has said everything."""


class Limits(msgspec.Struct, frozen=True):
    """Seconds, None for no limit: until the first event, between two events, and for the whole call."""

    first: float | None
    idle: float | None
    total: float | None = None


class Deadlines:
    """Which limit ends the current wait, on the clock of the loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        start = self._loop.time()
        self._end = None if limits.total is None else start + limits.total
        self._soft: float | None = None if limits.first is None else start + limits.first
        self._code, self._seconds = Code.FIRST_BYTE_TIMEOUT, limits.first

    def heard(self) -> None:
        """An event came: from now on the wait is for the next one."""
        idle = self._limits.idle
        self._soft = None if idle is None else self._loop.time() + idle
        self._code, self._seconds = Code.IDLE_TIMEOUT, idle

    def farewell(self) -> None:
        """Everything was said: only the end of the body is waited for."""
        self._end = self._loop.time() + FAREWELL

    def moment(self) -> float | None:
        if self._soft is None or self._end is None:
            return self._end if self._soft is None else self._soft
        return min(self._soft, self._end)

    def error(self, host: str) -> TransportError:
        """What to report when the moment has passed."""
        if self._end is not None and (self._soft is None or self._end <= self._soft):
            return TransportError(Code.TOTAL_TIMEOUT, host=host, seconds=self._limits.total)
        return TransportError(self._code, host=host, seconds=self._seconds)


class Transport:
    """The connections of one profile. The `httpx.AsyncClient` is made on the loop of the first call."""

    def __init__(self, profile: Profile, key: str | None, redactor: Redactor) -> None:
        self._profile = profile
        self._key = key
        self._redactor = redactor
        self._client: httpx.AsyncClient | None = None

    async def aclose(self) -> None:
        """Closes every connection; a later call would open new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    @asynccontextmanager
    async def opened(
        self, method: str, url: str, content: bytes | None, deadlines: Deadlines, attempt: Attempt,
        now: Callable[[], float], sent: Callable[[], None],
    ) -> AsyncIterator[AsyncGenerator[bytes, None]]:  # fmt: skip
        """The body of a 2xx answer in pieces; leaving closes the connection unless it was read to its end.

        `sent` is called when the request has left. Raises `ServiceError` for any other status, and `TransportError`.
        """
        host = host_of(url)

        async def trace(event: str, _details: dict[str, Any]) -> None:
            if event.endswith("send_request_body.complete"):
                attempt.sent = now()
                sent()

        with _named_errors(host):
            client = self._opened_client()
            response = await self._answer(client, method, url, content, deadlines, trace)
        try:
            attempt.answered = now()
            attempt.status = response.status_code
            attempt.headers = redacted_headers(response.headers, self._redactor)
            if response.status_code // 100 != 2:
                raise await _refusal(response, host)
            async with aclosing(_pieces(response, deadlines, host)) as pieces:
                yield pieces
        finally:
            await response.aclose()

    async def _answer(
        self, client: httpx.AsyncClient, method: str, url: str, content: bytes | None, deadlines: Deadlines, trace: Any
    ) -> httpx.Response:
        for _ in range(_REDIRECTS + 1):
            request = client.build_request(
                method, url, content=content, headers=request_headers(self._profile, self._key),
                extensions={"trace": trace},
            )  # fmt: skip
            try:
                async with asyncio.timeout_at(deadlines.moment()):
                    response = await client.send(request, stream=True)
            except TimeoutError:
                raise deadlines.error(host_of(url)) from None
            location = response.headers.get("location")
            if response.status_code // 100 != 3 or not location:
                return response
            await response.aclose()
            url = redirect_target(url, location, method, response.status_code)
        raise TransportError(Code.REDIRECT_REFUSED, host=host_of(url))

    def _opened_client(self) -> httpx.AsyncClient:
        if self._client is None:
            profile = self._profile
            local = is_loopback(host_of(profile.base_url))
            try:
                self._client = httpx.AsyncClient(
                    timeout=httpx.Timeout(None, connect=profile.timeouts.connect),
                    limits=httpx.Limits(max_connections=None, max_keepalive_connections=20, keepalive_expiry=30.0),
                    proxy=None if local else profile.proxy or None,
                    trust_env=profile.trust_env and not local,
                    headers={"User-Agent": "mimo-workbench"},
                )
            except (ValueError, ImportError, httpx.InvalidURL) as cause:
                raise TransportError(Code.BAD_URL, url=profile.proxy, field="proxy") from cause
        return self._client


async def _pieces(response: httpx.Response, deadlines: Deadlines, host: str) -> AsyncGenerator[bytes, None]:
    # Without a content coding there is nothing to decode, and the raw reads are a third cheaper.
    source = response.aiter_bytes() if "content-encoding" in response.headers else response.aiter_raw()
    async with aclosing(source) as reads:  # type: ignore[type-var]
        while True:
            try:
                with _named_errors(host):
                    async with asyncio.timeout_at(deadlines.moment()):
                        piece = await anext(reads, None)
            except TimeoutError:
                raise deadlines.error(host) from None
            if piece is None:
                return
            yield piece


async def _refusal(response: httpx.Response, host: str) -> WorkbenchError:
    """The error in a non-2xx answer; a body that breaks off still tells what came before."""
    body = bytearray()
    try:
        async with asyncio.timeout(_ERROR_BODY_SECONDS), aclosing(response.aiter_bytes()) as reads:  # type: ignore[type-var]
            async for piece in reads:
                body += piece
                if len(body) > _ERROR_BODY:
                    break
    except (TimeoutError, httpx.HTTPError):
        pass  # the status is known, and that is what decides
    error = error_from_body(response.status_code, bytes(body), host)
    if (seconds := retry_after(response.headers)) is not None:
        error.params["retry_after"] = seconds
    return error


class _named_errors:
    """httpx's exceptions as `TransportError`."""

    def __init__(self, host: str) -> None:
        self._host = host

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)):
            raise transport_error(error, self._host) from error


def transport_error(error: Exception, host: str) -> TransportError:
    """What a failure below HTTP means."""
    words = str(error)
    match error:
        case httpx.ConnectTimeout():
            return TransportError(Code.CONNECT_TIMEOUT, host=host)
        case httpx.ConnectError() if _is_tls(error):
            return TransportError(Code.TLS, host=host, message=words)
        case httpx.ProxyError():
            return TransportError(Code.UNREACHABLE, host=host, message=words, proxy=True)
        case httpx.ConnectError():
            return TransportError(Code.UNREACHABLE, host=host, message=words)
        case httpx.RemoteProtocolError() if "disconnected" in words or "closed connection" in words:
            return TransportError(Code.CONNECTION_LOST, host=host)
        case httpx.RemoteProtocolError() | httpx.DecodingError():
            return TransportError(Code.GARBAGE, host=host, message=words)
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return TransportError(Code.BAD_URL, host=host)
        case _:
            return TransportError(Code.CONNECTION_LOST, host=host, message=words)


def _is_tls(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
