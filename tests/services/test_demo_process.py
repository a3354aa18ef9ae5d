"""The demo service's process: one at a time, whoever gives up waiting for it, and none left behind."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import psutil
import pytest

from app.services.demo_process import DemoProcess


@pytest.fixture
async def demo() -> AsyncIterator[DemoProcess]:
    made = DemoProcess()
    yield made
    await made.aclose()


async def spawned(demo: DemoProcess) -> int:
    async with asyncio.timeout(20):
        while demo.pid is None:
            await asyncio.sleep(0.01)
    return demo.pid


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE}


async def given_up(demo: DemoProcess) -> int:
    """The child's number after its start was asked for and its asker went away."""
    asking = asyncio.ensure_future(demo.address())
    pid = await spawned(demo)
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    return pid


async def test_who_gives_up_waiting_does_not_stop_the_start(demo: DemoProcess) -> None:
    pid = await given_up(demo)
    address = await demo.address()
    assert demo.pid == pid
    assert await demo.address() == address


async def test_after_a_crash_a_start_that_was_given_up_leads_to_the_new_address(demo: DemoProcess) -> None:
    before = await demo.address()
    exits: list[bool] = []
    demo.on_exit.subscribe(lambda: exits.append(True))
    assert demo.pid is not None
    psutil.Process(demo.pid).kill()
    async with asyncio.timeout(20):
        while demo.running or not exits:
            await asyncio.sleep(0.01)
    pid = await given_up(demo)
    after = await demo.address()
    assert (demo.pid, after != before) == (pid, True)
    psutil.Process(pid).kill()
    async with asyncio.timeout(20):
        while len(exits) < 2:
            await asyncio.sleep(0.01)


async def test_an_end_in_the_middle_of_the_start_leaves_nobody_behind() -> None:
    before = children()
    demo = DemoProcess()
    asking = asyncio.ensure_future(demo.address())
    pid = await spawned(demo)
    await demo.aclose()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    assert pid not in children()
    assert children() <= before
