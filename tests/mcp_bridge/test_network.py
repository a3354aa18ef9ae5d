"""Servers at an address follow the network settings: the proxy, and certificates of one's own."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from app.core.errors import Code, ToolError
from app.core.mcp_wire import ServerEnded, StartServer
from app.ui.texts.errors import error_message
from tests.mcp_bridge.harness import RunningBridge, running_bridge

OWN = Path(__file__).parents[1] / "mimo" / "certificates" / "localhost.pem"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bridge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBridge]:
    async with running_bridge(tmp_path_factory.mktemp("results")) as running:
        yield running


@asynccontextmanager
async def answering(status: str, context: ssl.SSLContext | None = None) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Something that answers every request with a status; its port, and the heads of the requests."""
    heads: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1], heads


async def ended(bridge: RunningBridge, order: StartServer) -> str:
    """Why a server did not start, as the window says it."""
    bridge.order(order)
    report = await bridge.next(ServerEnded, server=order.server)
    return str(error_message(ToolError(Code(report.code), **report.params)))


async def test_the_proxy_is_used_and_its_password_is_in_no_report(bridge: RunningBridge) -> None:
    async with answering("407 Proxy Authentication Required") as (port, heads):
        proxy = f"http://me:planted-password@127.0.0.1:{port}"
        for server, address in (("plain", "http://museum.example/mcp"), ("tunnel", "https://museum.example/mcp")):
            text = await ended(bridge, StartServer(server, 1, address=address, proxy=proxy))
            assert f"The proxy 127.0.0.1:{port} did not reach museum.example" in text and "Settings, Network" in text
            assert "407" in text
    assert heads[0].startswith(b"POST http://museum.example/mcp ")
    assert b"proxy-authorization: basic " in heads[0].lower()
    assert any(head.startswith(b"CONNECT museum.example:443 ") for head in heads)
    assert not [report for report in bridge.reports if "planted-password" in repr(report)]


async def test_a_proxy_that_can_not_be_used_is_said(bridge: RunningBridge) -> None:
    address = "https://museum.example/mcp"
    gone = StartServer("gone", 1, address=address, proxy="http://me:planted-password@127.0.0.1:9")
    assert "The proxy 127.0.0.1:9 did not reach museum.example" in await ended(bridge, gone)
    wrong = StartServer("wrong", 1, address=address, proxy="ftp://me:planted-password@proxy.example")
    assert (await ended(bridge, wrong)).startswith("The proxy address is not valid: proxy.example")
    assert not [report for report in bridge.reports if "planted-password" in repr(report)]


async def test_certificates_of_ones_own_are_trusted(bridge: RunningBridge, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(OWN)
    async with answering("404 Not Found", context) as (port, heads):
        address = f"https://localhost:{port}/mcp"
        text = await ended(bridge, StartServer("strange", 1, address=address))
        assert text.startswith("The secure connection to localhost") and "certificates" in text and not heads
        text = await ended(bridge, StartServer("known", 1, address=address, certificates=str(OWN)))
        assert "status 404" in text and heads
        empty = tmp_path / "empty.pem"
        empty.write_text("nothing", encoding="utf-8")
        text = await ended(bridge, StartServer("empty", 1, address=address, certificates=str(empty)))
        assert "empty.pem contains no readable certificates" in text


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
async def test_a_login_is_one_sentence_that_says_what_to_do(bridge: RunningBridge, status: str) -> None:
    async with answering(status) as (port, _):
        order = StartServer(
            status, 1, address=f"http://127.0.0.1:{port}/mcp", headers={"Authorization": "Bearer planted"}
        )
        text = await ended(bridge, order)
    assert f"needs a login (status {status[:3]})" in text and "Add or correct its key in the headers" in text
    assert not [report for report in bridge.reports if "planted" in repr(report)]
