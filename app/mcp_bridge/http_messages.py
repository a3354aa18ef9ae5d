"""A server at an address: bounds what it answers, and remembers why it refused."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from mcp.client._transport import TransportStreams
from mcp.client.streamable_http import streamable_http_client

from app.core.errors import Code
from app.core.hosts import host_of, is_local_host
from app.core.mcp_wire import StartServer
from app.mcp_bridge.cutting import JsonCutter
from app.mcp_bridge.server_error import ServerError

MAX_EVENT_BYTES = 40_000_000
"""Of one event after what is long was cut."""
CONNECT_SECONDS = 10.0
READ_SECONDS = 600.0
"""Without a byte; calls have their own limits."""


class _CutStream(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, *, is_lines: bool) -> None:
        self._stream = stream
        self._cutter = JsonCutter(is_lines=is_lines)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            if passed := self._cutter.feed(chunk):
                yield passed

    async def aclose(self) -> None:
        await self._stream.aclose()


class CuttingTransport(httpx2.AsyncBaseTransport):
    """Passes requests on, and cuts what is long out of the answers.

    Attributes:
        status: of the last answer that was a failure; 0 for none.
        failure: why the server could not be reached; empty for none.
        is_insecure: whether that is because its certificate is not trusted.
    """

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner
        self.status = 0
        self.failure = ""
        self.is_insecure = False

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        try:
            response = await self._inner.handle_async_request(request)
        except httpx2.TransportError as error:
            self.failure = str(error) or type(error).__name__
            self.is_insecure = "CERTIFICATE_VERIFY_FAILED" in self.failure
            raise
        if response.status_code >= 400 and request.method == "POST":
            self.status = response.status_code
        if response.headers.get("content-encoding", "identity") != "identity":
            # It was not asked for; unpacked it could be of any size.
            await response.aclose()
            raise httpx2.DecodingError("the answer is packed", request=request)
        is_lines = response.headers.get("content-type", "").startswith("text/event-stream")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        headers = [(name, value) for name, value in response.headers.raw if name.lower() != b"content-length"]
        return httpx2.Response(
            response.status_code,
            headers=headers,
            stream=_CutStream(response.stream, is_lines=is_lines),
            request=request,
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


class HttpServer:
    """One server at an address."""

    def __init__(self, order: StartServer) -> None:
        self._order = order
        self._transport: CuttingTransport | None = None

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[TransportStreams, None]:
        """Yield the messages. Raises ServerError for an address that can't be used."""
        order = self._order
        try:
            url = httpx2.URL(order.address)
        except httpx2.InvalidURL as error:
            raise ServerError(Code.SERVER_ADDRESS, address=order.address[:200]) from error
        if url.scheme not in ("http", "https") or not url.host:
            raise ServerError(Code.SERVER_ADDRESS, address=order.address[:200])
        if url.scheme == "http" and order.headers and not is_local_host(url.host):
            raise ServerError(Code.PLAIN_HTTP, host=host_of(order.address))
        transport = self._transport = CuttingTransport(self._connection(is_encrypted=url.scheme == "https"))
        timeout = httpx2.Timeout(CONNECT_SECONDS, read=READ_SECONDS)
        headers = {**order.headers, "accept-encoding": "identity"}
        async with (
            httpx2.AsyncClient(transport=transport, headers=headers, timeout=timeout, trust_env=False) as client,
            streamable_http_client(order.address, http_client=client, max_sse_event_size=MAX_EVENT_BYTES) as streams,
        ):
            yield streams

    def _connection(self, *, is_encrypted: bool) -> httpx2.AsyncHTTPTransport:
        """The way to the server. Raises ServerError for a proxy or certificates that can't be used."""
        order, verify = self._order, httpx2.create_ssl_context(trust_env=False) if is_encrypted else True
        if order.certificates and not isinstance(verify, bool):
            try:
                verify.load_verify_locations(cafile=order.certificates)
            except OSError as error:
                reason = error.strerror or str(error)
                raise ServerError(Code.CERTIFICATES_UNREADABLE, path=order.certificates, message=reason) from error
        try:
            return httpx2.AsyncHTTPTransport(verify=verify, trust_env=False, proxy=order.proxy or None)
        except (ValueError, ImportError, httpx2.InvalidURL) as error:
            raise ServerError(Code.BAD_PROXY, url=self._proxy, variable="", field="proxy") from error

    @property
    def _proxy(self) -> str:
        """The proxy as it may be shown."""
        return self._order.proxy.rpartition("@")[2].removeprefix("http://")

    def failure(self) -> ServerError | None:
        """Why the server refused or was not reached; None if it was neither."""
        transport, host = self._transport, host_of(self._order.address)
        if transport is None:
            return None
        if transport.status in (401, 403):
            return ServerError(Code.SERVER_LOGIN, host=host, status=transport.status)
        if self._order.proxy and (transport.status == 407 or (transport.failure and not transport.is_insecure)):
            reason = transport.failure[:300] or f"status {transport.status}"
            return ServerError(Code.SERVER_PROXY, host=host, proxy=self._proxy, reason=reason)
        if transport.status:
            return ServerError(Code.SERVER_STATUS, host=host, status=transport.status)
        if transport.is_insecure:
            return ServerError(Code.TLS, host=host, message=transport.failure[:300])
        if transport.failure:
            return ServerError(Code.SERVER_UNREACHABLE, host=host, reason=transport.failure[:300])
        return None
