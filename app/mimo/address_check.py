"""Looks at a web address that a user wants to attach: one request, no redirect, without anything of ours."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

import httpx

from app.core.errors import Code, TransportError
from app.core.hosts import host_of
from app.core.profiles import Profile
from app.mimo.proxies import proxy_for
from app.mimo.routing import RoutedTransport
from app.mimo.transport import transport_error

_HEAD_BYTES = 4096
"""Enough to know a format."""
_TIMEOUT_SECONDS = 15.0
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity"}


class AddressAnswer(NamedTuple):
    """How an address answered.

    Attributes:
        mime: the media type it claims, in lower case without parameters; empty for none.
        size: in bytes; None if it does not say.
        head: the first bytes.
        target: where a redirect leads, which was not followed; empty for none.
    """

    status: int
    mime: str = ""
    size: int | None = None
    head: bytes = b""
    target: str = ""


async def look_at(url: str, profile: Profile) -> AddressAnswer:
    """Send one GET through the proxy of a profile, and read its first 4,096 bytes. No key and no cookie goes with it.

    Raises TransportError.
    """
    routes = RoutedTransport(profile)
    host, proxy = host_of(url), proxy_for(profile, url)
    try:
        await asyncio.to_thread(routes.prepare, url)
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            async with httpx.AsyncClient(
                transport=routes, trust_env=False, follow_redirects=False, timeout=None, headers=_HEADERS
            ) as client:
                return await _ask(client, url)
    except TimeoutError as cause:
        raise TransportError(Code.FIRST_BYTE_TIMEOUT, host=host, seconds=_TIMEOUT_SECONDS) from cause
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise transport_error(error, host, _TIMEOUT_SECONDS, proxy) from error
    finally:
        await routes.aclose()


async def _ask(client: httpx.AsyncClient, url: str) -> AddressAnswer:
    async with client.stream("GET", url) as response:
        mime = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        location = response.headers.get("location", "")
        if response.is_redirect and location:
            return AddressAnswer(response.status_code, mime, target=str(response.url.join(location)))
        length = response.headers.get("content-length", "")
        head = bytearray()
        async for chunk in response.aiter_raw(_HEAD_BYTES):
            head += chunk
            if len(head) >= _HEAD_BYTES:
                break
        size = int(length) if length.isascii() and length.isdigit() else None
        return AddressAnswer(response.status_code, mime, size, bytes(head[:_HEAD_BYTES]))
