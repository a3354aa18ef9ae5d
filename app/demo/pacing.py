"""Pacing of responses."""

from __future__ import annotations

import asyncio
import random
import time

import msgspec
from starlette.types import Receive


class Pacing(msgspec.Struct, frozen=True):
    """Speed of a response.

    Attributes:
        tokens_per_second: 0 removes all delays.
        first_token_seconds: delay before the first token.
    """

    tokens_per_second: float = 75.0
    first_token_seconds: float = 0.35

    @property
    def is_off(self) -> bool:
        return self.tokens_per_second <= 0

    @property
    def factor(self) -> float:
        """Speed relative to `NORMAL`; 0 without delays."""
        return self.tokens_per_second / NORMAL.tokens_per_second

    def scaled(self, factor: float) -> Pacing:
        """Return a faster (> 1) or slower (< 1) pacing; 0 or less removes all delays."""
        return NO_WAIT if factor <= 0 else Pacing(self.tokens_per_second * factor, self.first_token_seconds / factor)


NORMAL = Pacing()
NO_WAIT = Pacing(0.0, 0.0)


class Ticker:
    """Waits until the next piece is due. Due times follow the clock, so a late piece does not delay later ones."""

    def __init__(self, pacing: Pacing) -> None:
        self._pacing = pacing
        self._due_at = 0.0
        self._tokens_since_yield = 0

    async def start(self) -> None:
        await asyncio.sleep(self._pacing.first_token_seconds * random.uniform(0.8, 1.2))
        self._due_at = time.monotonic()

    async def tick(self, tokens: int = 1) -> None:
        if self._pacing.is_off:
            # Yield to other requests now and then.
            self._tokens_since_yield += tokens
            if self._tokens_since_yield >= 64:
                self._tokens_since_yield = 0
                await asyncio.sleep(0)
            return
        self._due_at += tokens / self._pacing.tokens_per_second * random.uniform(0.85, 1.15)
        if (wait_seconds := self._due_at - time.monotonic()) > 0:
            await asyncio.sleep(wait_seconds)


async def disconnects_within(receive: Receive, seconds: float) -> bool:
    """Wait up to `seconds` and return whether the client disconnected meanwhile. The body must have been read."""
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError:
        return False
    return bool(message["type"] == "http.disconnect")
