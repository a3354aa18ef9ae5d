"""Requests and tokens per minute, per model, as the platform counts them (WIRE.md section 2)."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable

from app.demo.errors import too_many_requests
from app.demo.models import Model

REQUESTS_PER_MINUTE = 100
_WINDOW = 60.0  # seconds


class Limits:
    """A sliding minute per model.

    Attributes:
        on: nothing is counted or refused otherwise.
        requests: RPM for every model.
        tokens: TPM for every model, None for each model's own.
    """

    def __init__(self, *, on: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self.on = on
        self.requests = REQUESTS_PER_MINUTE
        self.tokens: int | None = None
        self._clock = clock
        self._spent: dict[str, deque[tuple[float, int]]] = defaultdict(deque)

    def admit(self, model: Model, tokens: int) -> None:
        """Counts a request that will use about `tokens`.

        Raises:
            Refusal: 429 "Too many requests"; a refused request does not count.
        """
        if not self.on:
            return
        now = self._clock()
        spent = self._spent[model.answers_as]
        while spent and spent[0][0] <= now - _WINDOW:
            spent.popleft()
        allowed = model.tokens_per_minute if self.tokens is None else self.tokens
        if len(spent) >= self.requests or sum(n for _, n in spent) + tokens > allowed:
            raise too_many_requests()
        spent.append((now, tokens))

    def forget(self) -> None:
        """Starts every minute anew."""
        self._spent.clear()
