"""Sends one request and reads its response: connections, redirects, and errors of httpx as `TransportError`."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from typing import Any, cast

import httpx
import msgspec

from app.core.errors import Code, TransportError, WorkbenchError
from app.core.hosts import host_of, is_local_host
from app.core.profiles import Authentication, Profile
from app.core.redaction import Redactor
from app.mimo.address import redacted_headers, redirect_target, request_headers
from app.mimo.call_recording import Attempt
from app.mimo.deadlines import Deadlines
from app.mimo.proxies import ProxyInUse, proxy_for, unusable_proxy
from app.mimo.retry import retry_after
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

    def headers(self) -> dict[str, str]:
        """The headers of every request, with the key."""
        profile = msgspec.structs.replace(self._profile, authentication=self.authentication)
        return request_headers(profile, self._key)

    async def aclose(self) -> None:
        """Close every connection; a later call opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    @asynccontextmanager
    async def open(
        self, method: str, url: str, content: bytes | None, deadlines: Deadlines, attempt: Attempt,
        now: Callable[[], float], on_sent: Callable[[], None], on_error_body: Callable[[bytes], None],
    ) -> AsyncIterator[ResponseBody]:  # fmt: skip
        """Send a request and yield the body of a 2xx response; unless it is read fully, leaving closes the connection.

        `on_sent` is called when the request has been sent, `on_error_body` with each chunk of a response with another
        status. Raises `ServiceError` for such a response, and `TransportError`.
        """
        host = host_of(url)

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
            raise transport_error(error, host, self._profile.timeouts.connect, proxy_for(self._profile, url)) from error
        except BaseException:
            if connected is not None:
                # httpcore leaks a socket that is cancelled in its TLS handshake or before its first request.
                await _uninterrupted(connected.aclose())
            raise
        try:
            attempt.answered = now()
            attempt.status = response.status_code
            attempt.headers = redacted_headers(response.headers, self._redactor)
            if response.status_code // 100 != 2:
                raise await _error_response(response, host, on_error_body)
            # Without a content coding there is nothing to decode: read the raw stream, which is one layer less.
            encoded = "content-encoding" in response.headers
            reads = response.aiter_bytes() if encoded else aiter(cast(httpx.AsyncByteStream, response.stream))
            async with aclosing(cast(AsyncGenerator[bytes, None], reads)) as chunks:
                yield ResponseBody(chunks, deadlines, host)
        except (asyncio.CancelledError, GeneratorExit):
            await _uninterrupted(response.extensions["network_stream"].aclose())
            raise
        finally:
            await _uninterrupted(response.aclose())

    async def _send(
        self, client: httpx.AsyncClient, method: str, url: str, content: bytes | None, deadlines: Deadlines,
        attempt: Attempt, trace: Any,
    ) -> httpx.Response:  # fmt: skip
        for _ in range(_MAX_REDIRECTS + 1):
            request = client.build_request(
                method, url, content=content, headers=self.headers(),
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
            profile = self._profile
            local = is_local_host(host_of(profile.base_url))
            try:
                self._client = httpx.AsyncClient(
                    timeout=httpx.Timeout(None, connect=profile.timeouts.connect),
                    limits=httpx.Limits(max_connections=None, max_keepalive_connections=32, keepalive_expiry=30.0),
                    verify=_ssl_context(profile),
                    proxy=None if local else profile.proxy or None,
                    trust_env=profile.trust_env and not local,
                    headers={"User-Agent": "mimo-workbench"},
                )
            except (ValueError, ImportError, httpx.InvalidURL) as cause:
                proxy = unusable_proxy(profile)
                raise TransportError(
                    Code.BAD_PROXY, url=proxy.address, variable=proxy.variable, field="proxy"
                ) from cause
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


def _ssl_context(profile: Profile) -> ssl.SSLContext | bool:
    """What httpx should verify with: the usual certificate authorities, and those of the profile's file if any."""
    if _needs_no_tls(profile):
        # Loading the authorities takes 50 ms and a megabyte; without TLS they are not needed.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not profile.certificates:
        return True
    context = httpx.create_ssl_context(trust_env=profile.trust_env)
    try:
        context.load_verify_locations(cafile=profile.certificates)
    except OSError as cause:
        # Includes ssl.SSLError, raised for a file without certificates.
        raise TransportError(
            Code.CERTIFICATES_UNREADABLE, path=profile.certificates, message=cause.strerror or str(cause)
        ) from cause
    return context


def _needs_no_tls(profile: Profile) -> bool:
    return profile.base_url.startswith("http:") and (is_local_host(host_of(profile.base_url)) or not profile.proxy)


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
    match error:
        case httpx.ProxyError() | httpx.ConnectTimeout() if proxy is not None:
            return TransportError(
                Code.UNREACHABLE, host=host, message=message, cause="proxy", proxy=proxy.address,
                variable=proxy.variable,
            )  # fmt: skip
        case httpx.ConnectTimeout():
            return TransportError(Code.CONNECT_TIMEOUT, host=host, seconds=connect)
        case httpx.ConnectError() if _is_tls_error(error):
            return TransportError(Code.TLS, host=host, message=message)
        case httpx.ProxyError():
            return TransportError(Code.UNREACHABLE, host=host, message=message)
        case httpx.ConnectError() if proxy is not None:
            return TransportError(
                Code.UNREACHABLE, host=host, message=message, cause="proxy", proxy=proxy.address,
                variable=proxy.variable,
            )  # fmt: skip
        case httpx.ConnectError():
            return TransportError(Code.UNREACHABLE, host=host, message=message, cause=_connect_cause(error))
        case httpx.RemoteProtocolError() if "disconnected" in message or "closed connection" in message:
            return TransportError(Code.CONNECTION_LOST, host=host)
        case httpx.RemoteProtocolError() | httpx.DecodingError():
            return TransportError(Code.GARBAGE, host=host, message=message)
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return TransportError(Code.BAD_URL, host=host)
        case _:
            return TransportError(Code.CONNECTION_LOST, host=host, message=message)


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
