"""Waiting for a condition in asynchronous tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def wait_until(condition: Callable[[], object], seconds: float = 20.0, interval: float = 0.01) -> None:
    """Poll `condition` every `interval` seconds until it is true. Raises TimeoutError after `seconds`."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(interval)
