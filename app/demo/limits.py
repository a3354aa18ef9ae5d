"""Limits of requests and tokens per minute and of calls at once, counted as the platform does (WIRE.md section 2)."""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from typing import Any

import msgspec

from app.demo.errors import too_many_requests
from app.demo.models import Model

REQUESTS_PER_WINDOW = 100
WINDOW_SECONDS = 60.0
MAX_PARALLEL = 30
"""30 parallel calls worked on the platform, 50 began to fail."""


class LimitSettings(msgspec.Struct, frozen=True):
    """The limits of every model.

    Attributes:
        enabled: if False, nothing is refused.
        requests: allowed in a window.
        tokens: allowed in a window; None uses each model's own limit.
        window: length of a window in seconds.
        parallel: calls in progress at once; 0 for no limit.
    """

    enabled: bool = True
    requests: int = REQUESTS_PER_WINDOW
    tokens: int | None = None
    window: float = WINDOW_SECONDS
    parallel: int = MAX_PARALLEL


class _Request(msgspec.Struct):
    """A request in the window; its tokens are known once the answer is composed."""

    call: int
    at: float
    tokens: int = 0


class RateLimits:
    """A sliding window and the calls in progress of each model.

    A request counts when it arrives, however long its answer takes. A refused one does not count.

    Attributes:
        admitted, refused: requests since the last reset, by model.
        most_running: the most calls of a model that were in progress at once.
        most_in_window: the most requests of a model that a window contained.
    """

    def __init__(self, settings: LimitSettings, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self.admitted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.most_running: Counter[str] = Counter()
        self.most_in_window: Counter[str] = Counter()
        self._clock = clock
        self._used: dict[str, deque[_Request]] = defaultdict(deque)
        self._running: dict[str, set[int]] = defaultdict(set)

    def admit(self, model: Model, call: int) -> None:
        """Count the request `call` as arrived and in progress, until `end`.

        Raises:
            Refusal: 429 "Too many requests".
        """
        used, running = self._in_window(model), self._running[model.id]
        if self.settings.enabled and (
            len(used) >= self.settings.requests
            or (self.settings.parallel and len(running) >= self.settings.parallel)
            or self._tokens(used) >= self._max_tokens(model)
        ):
            self.refused[model.id] += 1
            raise too_many_requests()
        used.append(_Request(call, self._clock()))
        running.add(call)
        self.admitted[model.id] += 1
        self.most_in_window[model.id] = max(self.most_in_window[model.id], len(used))
        self.most_running[model.id] = max(self.most_running[model.id], len(running))

    def charge(self, model: Model, call: int, tokens: int) -> None:
        """Count the tokens of an admitted request.

        Raises:
            Refusal: 429 "Too many requests" if they exceed the limit; the request is then no longer counted.
        """
        used = self._in_window(model)
        request = next((request for request in used if request.call == call), None)
        if request is None:
            return  # It left the window, or the counters were reset, while its answer was composed.
        if self.settings.enabled and self._tokens(used) + tokens > self._max_tokens(model):
            used.remove(request)
            self.refused[model.id] += 1
            raise too_many_requests()
        request.tokens = tokens

    def end(self, call: int) -> None:
        """The answer has been sent, or the client has gone."""
        for running in self._running.values():
            running.discard(call)

    def state(self) -> dict[str, Any]:
        """Counters for the control API, by model."""
        return {
            "admitted": dict(self.admitted),
            "refused": dict(self.refused),
            "most_running": dict(self.most_running),
            "most_in_window": dict(self.most_in_window),
        }

    def _in_window(self, model: Model) -> deque[_Request]:
        used = self._used[model.id]
        while used and used[0].at <= self._clock() - self.settings.window:
            used.popleft()
        return used

    def _tokens(self, used: deque[_Request]) -> int:
        return sum(request.tokens for request in used)

    def _max_tokens(self, model: Model) -> int:
        return model.tokens_per_minute if self.settings.tokens is None else self.settings.tokens
