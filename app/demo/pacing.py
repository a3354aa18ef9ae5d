"""How fast an answer arrives."""

from __future__ import annotations

import asyncio
import random
import time

import msgspec


class Pacing(msgspec.Struct, frozen=True):
    """Speed of a scripted answer.

    Attributes:
        tokens_per_second: 0 switches every wait off.
        first: seconds before the first token.
    """

    tokens_per_second: float = 75.0
    first: float = 0.35

    @property
    def off(self) -> bool:
        return self.tokens_per_second <= 0

    @property
    def factor(self) -> float:
        """How many times faster than usual; 0 without waits."""
        return self.tokens_per_second / USUAL.tokens_per_second

    def times(self, factor: float) -> Pacing:
        """Faster (> 1) or slower; 0 or less is no waiting at all."""
        return NO_WAIT if factor <= 0 else Pacing(self.tokens_per_second * factor, self.first / factor)


USUAL = Pacing()
NO_WAIT = Pacing(0.0, 0.0)


class Ticker:
    """Waits until the next piece is due; keeps to the clock, so a late piece is not followed by late ones."""

    def __init__(self, pace: Pacing) -> None:
        self._pace = pace
        self._due = 0.0
        self._since_yield = 0

    async def start(self) -> None:
        await asyncio.sleep(self._pace.first * random.uniform(0.8, 1.2))
        self._due = time.monotonic()

    async def tick(self, tokens: int = 1) -> None:
        if self._pace.off:
            # Other requests still want their turn.
            self._since_yield += tokens
            if self._since_yield >= 64:
                self._since_yield = 0
                await asyncio.sleep(0)
            return
        self._due += tokens / self._pace.tokens_per_second * random.uniform(0.85, 1.15)
        if (wait := self._due - time.monotonic()) > 0:
            await asyncio.sleep(wait)
