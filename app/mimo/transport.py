"""Sending one request and reading its bytes: connection, deadlines, redirects, and what went wrong in our words."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from typing import Any, TypeVar, cast

import httpx
import msgspec

from app.core.errors import Code, TransportError, WorkbenchError
from app.core.hosts import host_of, is_local_host
from app.core.profiles import Profile
from app.core.redaction import Redactor
from app.mimo.address import redacted_headers, redirect_target, request_headers
from app.mimo.call_recording import Attempt
from app.mimo.retry import retry_after
from app.mimo.service_errors import error_from_body

T = TypeVar("T")

_BELOW = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
"""What fails below us; `transport_error` names it."""
_LOOK_AGAIN = 0.1
_REDIRECTS = 3
_ERROR_BODY = 256 * 1024
"""Bytes of an error answer that are read."""
_ERROR_BODY_SECONDS = 10.0
SLOWEST_UPLOAD = 32 * 1024
"""Bytes a second; a line on which a request leaves slower is taken for dead."""
FAREWELL = 3.0
"""Seconds given to a service to end its response once it has said everything."""


class Limits(msgspec.Struct, frozen=True):
    """Seconds, None for no limit: from sending to the first event, between two events, from sending to the end."""

    first: float | None
    idle: float | None
    total: float | None = None


class Deadlines:
    """Ends a wait for the service when its time is over, on the clock of the loop.

    One timer serves a whole response and is set again only when it rings: a timeout for every read would cost more
    than decoding it. Only what goes through `wait` is ended, never the time a consumer takes.
    """

    def __init__(self, limits: Limits, host: str, upload: int = 0) -> None:
        """`upload` is the size of the request in bytes; the limits count from when it has left."""
        self._limits = limits
        self._host = host
        self._loop = asyncio.get_running_loop()
        self._end: float | None = None
        self._soft: float | None = None
        self._begin(self._loop.time() + upload / SLOWEST_UPLOAD)
        self._code, self._seconds = Code.FIRST_BYTE_TIMEOUT, limits.first
        self._waiting: asyncio.Task[Any] | None = None
        self._cancelled_before = 0
        self._rang = False
        self._hearing = self._leaving = False
        self._timer: asyncio.TimerHandle | None = None
        self._arm()

    def sent(self) -> None:
        """The request has left: from now on the wait is for the answer."""
        self._begin(self._loop.time())
        self._arm()

    def heard(self) -> None:
        """An event came: from now on the wait is for the next one."""
        idle = self._limits.idle
        self._soft = None if idle is None else self._loop.time() + idle
        if not self._hearing:
            # Only the first event may bring the moment forward; later ones push it back, and the timer sees that late.
            self._hearing = True
            self._code, self._seconds = Code.IDLE_TIMEOUT, idle
            self._arm()

    def farewell(self) -> None:
        """Everything was said: only the end of the body is waited for."""
        if not self._leaving:
            self._leaving = True
            self._soft = self._loop.time() + FAREWELL
            self._code, self._seconds = Code.IDLE_TIMEOUT, FAREWELL
            self._arm()

    async def wait(self, coming: Awaitable[T]) -> T:
        """The result of `coming`. Raises `TransportError` with the code of the limit that ended it."""
        self._waiting = asyncio.current_task()
        try:
            return await coming
        except asyncio.CancelledError:
            if self._rang and self._waiting is not None and self._waiting.uncancel() <= self._cancelled_before:
                raise self._error() from None
            raise
        finally:
            self._waiting = None

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _begin(self, start: float) -> None:
        first, total = self._limits.first, self._limits.total
        self._soft = None if first is None else start + first
        self._end = None if total is None else start + total

    def _moment(self) -> float | None:
        if self._soft is None or self._end is None:
            return self._end if self._soft is None else self._soft
        return min(self._soft, self._end)

    def _arm(self) -> None:
        self.stop()
        moment = self._moment()
        if moment is not None:
            self._timer = self._loop.call_at(moment, self._ring)

    def _ring(self) -> None:
        self._timer = None
        moment = self._moment()
        if moment is not None and self._loop.time() >= moment:
            if self._waiting is None:
                # The consumer is at work; the wait that follows is looked at again.
                self._timer = self._loop.call_later(_LOOK_AGAIN, self._ring)
                return
            self._rang = True
            self._cancelled_before = self._waiting.cancelling()
            self._waiting.cancel()
            return
        self._arm()

    def _error(self) -> TransportError:
        if self._end is not None and (self._soft is None or self._end <= self._soft):
            return TransportError(Code.TOTAL_TIMEOUT, host=self._host, seconds=self._limits.total)
        return TransportError(self._code, host=self._host, seconds=self._seconds)


class Pieces:
    """The body of a response, one network read after another."""

    def __init__(self, reads: AsyncIterator[bytes], deadlines: Deadlines, host: str) -> None:
        self._reads = reads
        self._deadlines = deadlines
        self._host = host

    async def next(self) -> bytes | None:
        """The next bytes, None at the end. Raises `TransportError`."""
        try:
            return await self._deadlines.wait(anext(self._reads, None))
        except _BELOW as error:
            raise transport_error(error, self._host) from error


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
        now: Callable[[], float], sent: Callable[[], None], refused: Callable[[bytes], None],
    ) -> AsyncIterator[Pieces]:  # fmt: skip
        """The body of a 2xx answer; leaving closes the connection unless it was read to its end.

        `sent` is called when the request has left, `refused` with the pieces of any other answer. Raises `ServiceError`
        for any other status, and `TransportError`.
        """
        host = host_of(url)

        connected: Any = None

        async def trace(event: str, details: dict[str, Any]) -> None:
            nonlocal connected
            if event.endswith("send_request_body.complete"):
                attempt.sent = now()
                deadlines.sent()
                sent()
            elif event.endswith("connect_tcp.complete"):
                connected = details["return_value"]

        try:
            response = await self._answer(self._opened_client(), method, url, content, deadlines, trace)
        except _BELOW as error:
            raise transport_error(error, host, self._profile.timeouts.connect) from error
        except BaseException:
            if connected is not None:
                # httpcore forgets a socket that was cancelled in its TLS handshake, or before its first request.
                await _to_its_end(connected.aclose())
            raise
        try:
            attempt.answered = now()
            attempt.status = response.status_code
            attempt.headers = redacted_headers(response.headers, self._redactor)
            if response.status_code // 100 != 2:
                raise await _refusal(response, host, refused)
            # Without a content coding there is nothing to decode, and the stream below the response is a layer less.
            coded = "content-encoding" in response.headers
            reads = response.aiter_bytes() if coded else aiter(cast(httpx.AsyncByteStream, response.stream))
            async with aclosing(cast(AsyncGenerator[bytes, None], reads)) as pieces:
                yield Pieces(pieces, deadlines, host)
        except (asyncio.CancelledError, GeneratorExit):
            await _to_its_end(response.extensions["network_stream"].aclose())
            raise
        finally:
            await _to_its_end(response.aclose())

    async def _answer(
        self, client: httpx.AsyncClient, method: str, url: str, content: bytes | None, deadlines: Deadlines, trace: Any
    ) -> httpx.Response:
        for _ in range(_REDIRECTS + 1):
            request = client.build_request(
                method, url, content=content, headers=request_headers(self._profile, self._key),
                extensions={"trace": trace},
            )  # fmt: skip
            response = await deadlines.wait(client.send(request, stream=True))
            location = response.headers.get("location")
            if response.status_code // 100 != 3 or not location:
                return response
            await _to_its_end(response.aclose())
            url = redirect_target(url, location, method, response.status_code)
        raise TransportError(Code.REDIRECT_REFUSED, host=host_of(url), target=url, reason="endless")

    def _opened_client(self) -> httpx.AsyncClient:
        if self._client is None:
            profile = self._profile
            local = is_local_host(host_of(profile.base_url))
            try:
                self._client = httpx.AsyncClient(
                    timeout=httpx.Timeout(None, connect=profile.timeouts.connect),
                    limits=httpx.Limits(max_connections=None, max_keepalive_connections=20, keepalive_expiry=30.0),
                    verify=_authorities(profile),
                    proxy=None if local else profile.proxy or None,
                    trust_env=profile.trust_env and not local,
                    headers={"User-Agent": "mimo-workbench"},
                )
            except (ValueError, ImportError, httpx.InvalidURL) as cause:
                # Its password is nobody's to read; what stands before the last @ is not shown.
                shown = profile.proxy.rpartition("@")[2]
                raise TransportError(Code.BAD_PROXY, url=shown, field="proxy") from cause
        return self._client


async def _to_its_end(closing: Coroutine[Any, Any, None]) -> None:
    """Closes although the caller is cancelled meanwhile, who learns of that afterwards.

    httpcore notes that something is closed before it closes it: cancelled in between, a connection would stay up.
    """
    closed = asyncio.ensure_future(closing)
    cancelled: asyncio.CancelledError | None = None
    while not closed.done():
        try:
            await asyncio.shield(closed)
        except asyncio.CancelledError as stop:
            cancelled = stop
    if cancelled is not None:
        raise cancelled


def _authorities(profile: Profile) -> ssl.SSLContext | bool:
    """Whom to trust: the usual authorities, and those of the profile's own file where it names one."""
    if _needs_no_tls(profile):
        # Reading the authorities takes 50 ms and a megabyte: an address without TLS needs none.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not profile.certificates:
        return True
    context = httpx.create_ssl_context(trust_env=profile.trust_env)
    try:
        context.load_verify_locations(cafile=profile.certificates)
    except OSError as cause:
        # ssl.SSLError is one too: a file that is there and holds no certificate.
        raise TransportError(
            Code.CERTIFICATES_UNREADABLE, path=profile.certificates, message=cause.strerror or str(cause)
        ) from cause
    return context


def _needs_no_tls(profile: Profile) -> bool:
    return profile.base_url.startswith("http:") and (is_local_host(host_of(profile.base_url)) or not profile.proxy)


async def _refusal(response: httpx.Response, host: str, refused: Callable[[bytes], None]) -> WorkbenchError:
    """The error in a non-2xx answer; a body that breaks off still tells what came before."""
    body = bytearray()
    try:
        async with asyncio.timeout(_ERROR_BODY_SECONDS), aclosing(response.aiter_bytes()) as reads:  # type: ignore[type-var]
            async for piece in reads:
                body += piece
                refused(piece)
                if len(body) > _ERROR_BODY:
                    break
    except (TimeoutError, httpx.HTTPError):
        pass  # the status is known, and that is what decides
    error = error_from_body(response.status_code, bytes(body), host)
    if (seconds := retry_after(response.headers)) is not None:
        error.params["retry_after"] = seconds
    return error


def transport_error(error: Exception, host: str, connect: float | None = None) -> TransportError:
    """What a failure below HTTP means; `connect` is the limit in seconds under which a connection was opened."""
    words = str(error)
    match error:
        case httpx.ConnectTimeout():
            return TransportError(Code.CONNECT_TIMEOUT, host=host, seconds=connect)
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
