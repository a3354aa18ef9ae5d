"""An additional certificate authority is trusted only by the profile that names its file."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from app.core.errors import Code, TransportError
from app.core.profiles import Profile
from app.mimo.client import MimoClient

OWN = Path(__file__).parent / "certificates" / "localhost.pem"
"""A self-signed certificate for `localhost`, valid for a century, with its public private key."""
ANSWER = b'{"object":"list","data":[{"id":"mimo-v2.6-pro"}]}'


@asynccontextmanager
async def https() -> AsyncIterator[Profile]:
    """A server with that certificate, and a profile without additional authorities."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(ANSWER)}\r\n"
        writer.write(head.encode() + b"connection: close\r\n\r\n" + ANSWER)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(OWN)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield Profile(
            "x", "self-hosted", "X", f"https://localhost:{port}/v1", authentication="none", retries=0, trust_env=False
        )


async def models(profile: Profile) -> list[str]:
    client = MimoClient(profile, None)
    try:
        return [entry.id for entry in await client.models()]
    finally:
        await client.aclose()


async def test_an_unknown_authority_is_not_trusted() -> None:
    async with https() as profile:
        with pytest.raises(TransportError) as refused:
            await models(profile)
        assert refused.value.code is Code.TLS


async def test_the_authority_in_the_file_is_trusted() -> None:
    async with https() as profile:
        trusting = msgspec.structs.replace(profile, certificates=str(OWN))
        assert await models(trusting) == ["mimo-v2.6-pro"]


async def test_a_file_without_certificates_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing", encoding="utf-8")
    async with https() as profile:
        for path in (empty, tmp_path / "missing.pem"):
            with pytest.raises(TransportError) as refused:
                await models(msgspec.structs.replace(profile, certificates=str(path)))
            assert refused.value.code is Code.CERTIFICATES_UNREADABLE
            assert refused.value.params["path"] == str(path)
