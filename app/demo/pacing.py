"""Pacing of streamed responses."""

from __future__ import annotations

import asyncio
import random
import time

import msgspec


class Pacing(msgspec.Struct, frozen=True):
    """Speed of a response.

    Attributes:
        tokens_per_second: 0 removes all delays.
        first_token_seconds: delay before the first token.
    """

    tokens_per_second: float = 75.0
    first: float = 0.35

    @property
    def off(self) -> bool:
        return self.tokens_per_second <= 0

    @property
    def factor(self) -> float:
        """Speed relative to `NORMAL`; 0 without delays."""
        return self.tokens_per_second / USUAL.tokens_per_second

    def times(self, factor: float) -> Pacing:
        """Return a faster (> 1) or slower (< 1) pacing; 0 or less removes all delays."""
        return NO_WAIT if factor <= 0 else Pacing(self.tokens_per_second * factor, self.first / factor)


USUAL = Pacing()
NO_WAIT = Pacing(0.0, 0.0)


class Ticker:
    """Waits until the next piece is due. Due times follow the clock, so a late piece does not delay later ones."""

    def __init__(self, pace: Pacing) -> None:
        self._pace = pace
        self._due = 0.0
        self._since_yield = 0

    async def start(self) -> None:
        await asyncio.sleep(self._pace.first * random.uniform(0.8, 1.2))
        self._due = time.monotonic()

    async def tick(self, tokens: int = 1) -> None:
        if self._pace.off:
            # Yield to other requests now and then.
            self._since_yield += tokens
            if self._since_yield >= 64:
                self._since_yield = 0
                await asyncio.sleep(0)
            return
        self._due += tokens / self._pace.tokens_per_second * random.uniform(0.85, 1.15)
        if (wait := self._due - time.monotonic()) > 0:
            await asyncio.sleep(wait)
