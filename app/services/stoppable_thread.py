"""Runs work in a thread that stops soon after its caller is cancelled."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

Check = Callable[[], None]
"""Raises Stopped once the caller was cancelled."""


class Stopped(Exception):
    """Raised in the worker thread after its caller was cancelled; never reaches the caller."""


async def run_stoppable(work: Callable[[Check], T], too_late: Callable[[T], object] = lambda _result: None) -> T:
    """Return the result of `work`, which runs in a thread and calls the function it is given every now and then.

    If the caller is cancelled, the work is stopped, and waited for, so that nothing of it goes on afterwards.
    `too_late` is called with the result if the work was finished before it could be stopped.
    """
    cancelled = threading.Event()

    def check() -> None:
        if cancelled.is_set():
            raise Stopped

    running = asyncio.get_running_loop().run_in_executor(None, work, check)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        cancelled.set()
        await asyncio.wait([running])
        # Retrieved also so that asyncio does not log the exception as never retrieved.
        if not running.cancelled() and running.exception() is None:
            too_late(running.result())
        raise
