"""Tool servers as the composition root wires them: an address is reached as the network settings say."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.core.settings import CERTIFICATES, PROXY, TRUST_ENV
from app.services.tool_servers.start_orders import Network
from tests.test_container import open_services


async def test_addresses_follow_the_network_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://environment.example:3128")
    async with open_services(tmp_path) as services:
        await asyncio.sleep(0.05)  # What it reads at the start has begun.
        network, settings = services.tool_servers.network, services.settings
        assert network("https://museum.example/mcp") == Network("http://environment.example:3128", "")
        settings.set(TRUST_ENV, False)
        assert network("https://museum.example/mcp") == Network()
        settings.set(PROXY, "http://me:pw@proxy.example:8080")
        settings.set(CERTIFICATES, "/etc/own.pem")
        assert network("https://museum.example/mcp") == Network("http://me:pw@proxy.example:8080", "/etc/own.pem")
        assert network("http://127.0.0.1:8000/mcp").proxy == "", "this computer is reached directly"
