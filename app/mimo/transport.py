"""Sends one request and reads its response: connections, redirects, and errors of httpx as `TransportError`."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager, nullcontext
from typing import Any, cast

import httpx
import msgspec

from app.core.errors import Code, TransportError, WorkbenchError
from app.core.hosts import host_of
from app.core.profiles import Authentication, Profile
from app.core.redaction import Redactor
from app.mimo.address import redacted_headers, redirect_target, request_headers
from app.mimo.call_recording import Attempt
from app.mimo.deadlines import Deadlines
from app.mimo.embedded_files import RequestContent
from app.mimo.proxies import ProxyInUse, proxy_for
from app.mimo.read_pacing import reads_in_batches
from app.mimo.retry import retry_after
from app.mimo.routing import RoutedTransport
from app.mimo.service_errors import error_from_body

_HTTPX_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
"""Exceptions that `transport_error` translates."""
_MAX_REDIRECTS = 3
_MAX_ERROR_BODY = 256 * 1024
"""Bytes of an error response that are read."""
_ERROR_BODY_TIMEOUT_SECONDS = 10.0


class ResponseBody:
    """The body of a response, read chunk by chunk."""

    def __init__(self, reads: AsyncIterator[bytes], deadlines: Deadlines, host: str) -> None:
        self._reads = reads
        self._deadlines = deadlines
        self._host = host

    async def next(self) -> bytes | None:
        """The next chunk of bytes, None at the end. Raises `TransportError`."""
        try:
            return await self._deadlines.wait(anext(self._reads, None))
        except _HTTPX_ERRORS as error:
            raise transport_error(error, self._host) from error


class Transport:
    """The connections of one profile. The `httpx.AsyncClient` is created on the event loop of the first call."""

    def __init__(self, profile: Profile, key: str | None, redactor: Redactor) -> None:
        self._profile = profile
        self._key = key
        self._redactor = redactor
        self.authentication: Authentication = profile.authentication
        """The style of the header that carries the key; one header only is ever sent."""
        self._client: httpx.AsyncClient | None = None
        self._routes = RoutedTransport(profile)

    def headers(self) -> dict[str, str]:
        """The headers of every request, with the key."""
        profile = msgspec.structs.replace(self._profile, authentication=self.authentication)
        return request_headers(profile, self._key)

    def prepare(self, url: str) -> None:
        """Load what the first request to a URL needs. Raises `TransportError` BAD_PROXY or CERTIFICATES_UNREADABLE."""
        self._routes.prepare(url)

    async def aclose(self) -> None:
        """Close every connection; a later call opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    @asynccontextmanager
    async def open(
        self, method: str, url: str, content: bytes | RequestContent | None, deadlines: Deadlines, attempt: Attempt,
        now: Callable[[], float], on_sent: Callable[[], None], on_error_body: Callable[[bytes], None],
        *, in_batches: bool = False,
    ) -> AsyncIterator[ResponseBody]:  # fmt: skip
        """Send a request and yield the body of a 2xx response; unless it is read fully, leaving closes the connection.

        `in_batches`: pieces that come fast are read several at a time, as `read_pacing` says.

        `on_sent` is called when the request has been sent, `on_error_body` with each chunk of a response with another
        status. Raises `ServiceError` for such a response, and `TransportError`.
        """
        host = host_of(url)
        proxy = proxy_for(self._profile, url)
        connected: Any = None

        async def trace(event: str, details: dict[str, Any]) -> None:
            nonlocal connected
            if event.endswith("send_request_body.complete"):
                attempt.sent = now()
                deadlines.sent()
                on_sent()
            elif event.endswith("connect_tcp.complete"):
                connected = details["return_value"]

        try:
            response = await self._send(self._open_client(), method, url, content, deadlines, attempt, trace)
        except _HTTPX_ERRORS as error:
            raise transport_error(error, host, self._profile.timeouts.connect, proxy) from error
        except BaseException:
            if connected is not None:
                # httpcore leaks a socket that is cancelled in its TLS handshake or before its first request.
                await _uninterrupted(connected.aclose())
            raise
        try:
            attempt.answered = now()
            attempt.status = response.status_code
            attempt.headers = redacted_headers(response.headers, self._redactor)
            if response.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED and proxy is not None:
                refusal = httpx.ProxyError(f"407 {response.reason_phrase}")
                raise transport_error(refusal, host, proxy=proxy)
            if response.status_code // 100 != 2:
                raise await _error_response(response, host, on_error_body)
            # Without a content coding there is nothing to decode: read the raw stream, which is one layer less.
            encoded = "content-encoding" in response.headers
            reads = response.aiter_bytes() if encoded else aiter(cast(httpx.AsyncByteStream, response.stream))
            batches = reads_in_batches(response.extensions["network_stream"]) if in_batches else nullcontext()
            async with aclosing(cast(AsyncGenerator[bytes, None], reads)) as chunks:
                try:
                    with batches:
                        yield ResponseBody(chunks, deadlines, host)
                except (asyncio.CancelledError, GeneratorExit):
                    raise
                except BaseException:
                    # Before the generators inside `reads`, which nothing closes: collected, they would wait for the
                    # connection to close, which a generator can't do then.
                    await _uninterrupted(response.aclose())
                    raise
        except (asyncio.CancelledError, GeneratorExit):
            await _uninterrupted(response.extensions["network_stream"].aclose())
            raise
        finally:
            await _uninterrupted(response.aclose())

    async def _send(
        self, client: httpx.AsyncClient, method: str, url: str, content: bytes | RequestContent | None,
        deadlines: Deadlines, attempt: Attempt, trace: Any,
    ) -> httpx.Response:  # fmt: skip
        for _ in range(_MAX_REDIRECTS + 1):
            headers = self.headers()
            if isinstance(content, RequestContent):
                # Otherwise httpx would send it in chunks of unknown number, which gateways refuse.
                headers["Content-Length"] = str(len(content))
            request = client.build_request(
                method, url, content=content, headers=headers,
                extensions={"trace": trace},
            )  # fmt: skip
            response = await deadlines.wait(client.send(request, stream=True))
            location = response.headers.get("location")
            if response.status_code // 100 != 3 or not location:
                return response
            await _uninterrupted(response.aclose())
            attempt.sent = None  # It was answered, and is sent again.
            url = redirect_target(url, location, method, response.status_code)
        raise TransportError(Code.REDIRECT_REFUSED, host=host_of(url), target=url, reason="endless")

    def _open_client(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(
                transport=self._routes,
                timeout=httpx.Timeout(None, connect=self._profile.timeouts.connect),
                trust_env=False,
                headers={"User-Agent": "mimo-workbench"},
            )
        return self._client


async def _uninterrupted(closing: Coroutine[Any, Any, None]) -> None:
    """Finish closing even if the caller is cancelled meanwhile; the cancellation is raised afterwards.

    httpcore marks a connection as closed before it closes it: cancelled in between, the connection would stay open.
    """
    task = asyncio.ensure_future(closing)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled


async def _error_response(
    response: httpx.Response, host: str, on_error_body: Callable[[bytes], None]
) -> WorkbenchError:
    """The error of a non-2xx response; an incomplete body is used as far as it was received."""
    body = bytearray()
    try:
        async with asyncio.timeout(_ERROR_BODY_TIMEOUT_SECONDS), aclosing(response.aiter_bytes()) as reads:  # type: ignore[type-var]
            async for chunk in reads:
                body += chunk
                on_error_body(chunk)
                if len(body) > _MAX_ERROR_BODY:
                    break
    except (TimeoutError, httpx.HTTPError):
        pass  # The status is known and is enough.
    error = error_from_body(response.status_code, bytes(body), host)
    if (seconds := retry_after(response.headers)) is not None:
        error.params["retry_after"] = seconds
    return error


def transport_error(
    error: Exception, host: str, connect: float | None = None, proxy: ProxyInUse | None = None
) -> TransportError:
    """The error for an exception of httpx; `connect` is the connect timeout in seconds, `proxy` the one in use."""
    message = str(error)
    through = {} if proxy is None else {"proxy": proxy.address, "variable": proxy.variable}
    match error:
        case httpx.ProxyError() if through and message[:3].isdigit():
            return TransportError(Code.UNREACHABLE, host=host, message=message, cause="proxy-refused", **through)
        case httpx.ProxyError() | httpx.ConnectTimeout() if through:
            return TransportError(Code.UNREACHABLE, host=host, message=message, cause="proxy", **through)
        case httpx.ConnectTimeout():
            return TransportError(Code.CONNECT_TIMEOUT, host=host, seconds=connect)
        case httpx.ConnectError() if _is_tls_error(error):
            return TransportError(Code.TLS, host=host, message=message, **through)
        case httpx.ProxyError():
            return TransportError(Code.UNREACHABLE, host=host, message=message)
        case httpx.ConnectError() if through:
            return TransportError(Code.UNREACHABLE, host=host, message=message, cause="proxy", **through)
        case httpx.ConnectError():
            return TransportError(Code.UNREACHABLE, host=host, message=message, cause=_connect_cause(error))
        case httpx.RemoteProtocolError() if "disconnected" in message or "closed connection" in message:
            return TransportError(Code.CONNECTION_LOST, host=host, **through)
        case httpx.RemoteProtocolError() | httpx.DecodingError():
            return TransportError(Code.GARBAGE, host=host, message=message)
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return TransportError(Code.BAD_URL, host=host)
        case _:
            return TransportError(Code.CONNECTION_LOST, host=host, message=message, **through)


def _connect_cause(error: BaseException) -> str:
    """`name` if the host name is unknown, `refused` if the port is closed, else empty."""
    cause: BaseException | None = error
    refused = False
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return "name"
        refused = refused or isinstance(cause, ConnectionRefusedError)
        inner = cause.exceptions[0] if isinstance(cause, BaseExceptionGroup) else None
        cause = inner or cause.__cause__ or cause.__context__
    # anyio raises a plain OSError where every address of a name refused.
    return "refused" if refused or "All connection attempts failed" in str(error) else ""


def _is_tls_error(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
