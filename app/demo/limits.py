"""Rate limits: requests and tokens per minute and model, counted as the platform does (WIRE.md section 2)."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable

from app.demo.errors import too_many_requests
from app.demo.models import Model

REQUESTS_PER_MINUTE = 100
_WINDOW_SECONDS = 60.0


class RateLimits:
    """A sliding one-minute window per model.

    Attributes:
        enabled: if False, nothing is counted or refused.
        requests_per_minute: RPM of every model.
        tokens_per_minute: TPM of every model; None uses each model's own limit.
    """

    def __init__(self, *, enabled: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self.requests_per_minute = REQUESTS_PER_MINUTE
        self.tokens_per_minute: int | None = None
        self._clock = clock
        self._used: dict[str, deque[tuple[float, int]]] = defaultdict(deque)

    def admit(self, model: Model, tokens: int) -> None:
        """Count a request that will use about `tokens`.

        Raises:
            Refusal: 429 "Too many requests". A refused request is not counted.
        """
        if not self.enabled:
            return
        now = self._clock()
        used = self._used[model.id]
        while used and used[0][0] <= now - _WINDOW_SECONDS:
            used.popleft()
        max_tokens = model.tokens_per_minute if self.tokens_per_minute is None else self.tokens_per_minute
        if len(used) >= self.requests_per_minute or sum(n for _, n in used) + tokens > max_tokens:
            raise too_many_requests()
        used.append((now, tokens))

    def reset(self) -> None:
        """Clear all windows."""
        self._used.clear()
