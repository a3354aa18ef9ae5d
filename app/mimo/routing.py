"""The connections of one profile: each request goes through the proxy that serves its URL, or directly."""

from __future__ import annotations

import ssl

import httpx

from app.core.errors import Code, TransportError
from app.core.profiles import Profile
from app.mimo.proxies import proxy_for, proxy_url

_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=32, keepalive_expiry=30.0)


class RoutedTransport(httpx.AsyncBaseTransport):
    """Keeps one pool of connections per proxy, and one for direct connections, each opened when it is first needed.

    httpx could read the environment itself, but knows only a part of what `NO_PROXY` may hold.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._pools: dict[tuple[str, bool], httpx.AsyncHTTPTransport] = {}

    def prepare(self, url: str) -> httpx.AsyncHTTPTransport:
        """The pool for a URL. Loading the certificate authorities takes 50 ms, which no time limit should include.

        Raises `TransportError` BAD_PROXY or CERTIFICATES_UNREADABLE.
        """
        return self._pool(url, proxy_url(self._profile, url), url.startswith("https:"))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Raises `TransportError` as `prepare` does, besides what httpx raises."""
        return await self.prepare(str(request.url)).handle_async_request(request)

    async def aclose(self) -> None:
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            await pool.aclose()

    def _pool(self, url: str, proxy: str, encrypted: bool) -> httpx.AsyncHTTPTransport:
        pool = self._pools.get((proxy, encrypted))
        if pool is None:
            verify = _ssl_context(self._profile) if encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            # Loading the authorities takes 50 ms and a megabyte; without TLS they are not needed.
            try:
                pool = httpx.AsyncHTTPTransport(
                    verify=verify, trust_env=self._profile.trust_env, limits=_LIMITS, proxy=proxy or None
                )
            except (ValueError, ImportError, httpx.InvalidURL) as cause:
                named = proxy_for(self._profile, url)
                raise TransportError(
                    Code.BAD_PROXY, url=named.address if named else "", variable=named.variable if named else "",
                    field="proxy",
                ) from cause  # fmt: skip
            self._pools[proxy, encrypted] = pool
        return pool


def _ssl_context(profile: Profile) -> ssl.SSLContext | bool:
    """What httpx should verify with: the usual certificate authorities, and those of the profile's file if any."""
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
