"""Which service answers: switching, clients that are let go when nobody uses them, a demo service that dies."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from app.core.errors import Code, StorageError, TransportError
from app.core.messages import user_message
from app.core.profiles import DEMO, Profile
from app.core.requests import ChatRequest
from app.mimo.client import MimoClient
from app.services.connection import Connection
from app.services.demo_process import DemoProcess

HOME = Profile("home", "self-hosted", "Home", "http://127.0.0.1:1/v1", authentication="none")
WORK = Profile("work", "payg", "Work", "https://api.xiaomimimo.com/v1")


class Keys:
    """Knows the key of one profile."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.open.set()
        self.broken = False

    async def find(self, name: str, /) -> Any:
        self.asked.append(name)
        await self.open.wait()
        if self.broken and name == HOME.id:
            raise StorageError(Code.KEYRING_FAILED)
        return type("Key", (), {"value": "sk-work"}) if name == WORK.id else None


class Client:
    """Remembers what it was made from and whether it was closed."""

    def __init__(self, profile: Profile, key: str | None) -> None:
        self.profile, self.key, self.closed = profile, key, 0

    async def aclose(self) -> None:
        self.closed += 1


@pytest.fixture
async def made() -> AsyncIterator[tuple[Connection, list[Client], Keys]]:
    clients: list[Client] = []
    keys = Keys()

    def make(profile: Profile, key: str | None) -> Any:
        clients.append(Client(profile, key))
        return clients[-1]

    connection = Connection(HOME, keys=keys, make_client=make, demo=DemoProcess())
    yield connection, clients, keys
    await connection.aclose()
    assert {client.closed for client in clients} <= {1}, "each is closed once"


Made = tuple[Connection, list[Client], Keys]


async def test_a_client_is_made_at_the_first_call_and_shared(made: Made) -> None:
    connection, clients, keys = made
    assert (clients, keys.asked) == ([], [])
    async with connection.client() as (profile, first), connection.client() as (_, second):
        assert first is second and profile is HOME
    assert len(clients) == 1 and not clients[0].closed


async def test_switching_affects_the_next_call_never_a_running_one(made: Made) -> None:
    connection, clients, _ = made
    changes: list[str] = []
    connection.on_change.subscribe(lambda: changes.append(connection.profile.id))
    async with connection.client() as (_, running):
        await connection.use(WORK)
        assert changes == ["work"] and not clients[0].closed
        async with connection.client() as (profile, following):
            assert profile is WORK and following is not running
        assert not clients[0].closed
    assert (clients[0].closed, clients[1].closed) == (1, 0)
    assert (clients[0].key, clients[1].key) == (None, "sk-work")


@pytest.mark.parametrize("broken", [False, True])
async def test_a_switch_while_the_client_is_still_made_holds(made: Made, broken: bool) -> None:
    connection, clients, keys = made
    keys.open.clear()
    keys.broken = broken

    async def answered() -> str:
        async with connection.client() as (profile, _):
            return profile.id

    call = asyncio.create_task(answered())
    await asyncio.sleep(0)
    assert keys.asked == ["home"]
    await connection.use(WORK)
    keys.open.set()
    assert await call == "work"
    assert await answered() == "work"
    assert [client.closed for client in clients] == ([0] if broken else [1, 0])


async def test_a_client_nobody_uses_is_closed_at_the_switch_and_all_at_the_end(made: Made) -> None:
    connection, clients, _ = made
    async with connection.client():
        pass
    await connection.use(WORK)
    assert clients[0].closed == 1
    async with connection.client():
        await connection.use(HOME)
        await connection.aclose()
        assert clients[1].closed == 1


async def test_a_new_key_or_address_of_the_same_profile_makes_a_new_client(made: Made) -> None:
    connection, clients, keys = made
    for _ in range(2):
        await connection.use(WORK)
        async with connection.client():
            pass
    assert len(clients) == 2 and keys.asked == ["work", "work"]


async def test_a_demo_service_that_dies_says_so_and_starts_again() -> None:
    demo = DemoProcess()
    connection = Connection(DEMO, keys=Keys(), make_client=MimoClient, demo=demo)
    request = ChatRequest("mimo-v2.5", (user_message("Hello"),))
    died: list[Exception] = []
    async with connection.client() as (profile, client):
        first, address = demo.pid, await demo.address()
        assert first is not None
        async with httpx.AsyncClient(headers={"api-key": address.key}, verify=False) as control:
            root = address.base_url.removesuffix("/v1")
            (await control.post(f"{root}/demo/faults", json={"fault": "stall=600"})).raise_for_status()
        try:
            async with aclosing(client.chat(request)) as events:
                await anext(events)
                os.kill(first, getattr(signal, "SIGKILL", signal.SIGTERM))
                _ = [event async for event in events]
        except TransportError as error:
            for _ in range(1_000):
                if not demo.running:
                    break
                await asyncio.sleep(0.01)
            died.append(connection.explain(error, profile))
    assert [getattr(error, "code", None) for error in died] == [Code.DEMO_DIED]
    async with connection.client() as (_, client), aclosing(client.chat(request)) as events:
        assert await anext(events)
        assert demo.pid not in (None, first)
    await connection.aclose()


def test_other_troubles_and_other_services_are_told_as_they_are() -> None:
    connection = Connection(HOME, keys=Keys(), make_client=Client, demo=DemoProcess())  # type: ignore[arg-type]
    lost, quota = TransportError(Code.CONNECTION_LOST), TransportError(Code.IDLE_TIMEOUT)
    assert connection.explain(lost, HOME) is lost
    assert connection.explain(quota, DEMO) is quota
