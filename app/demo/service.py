"""State of a running demo service."""

from __future__ import annotations

import itertools
import secrets
import time
from collections import deque
from typing import Any

import msgspec

from app.demo.faults import ArmedFaults
from app.demo.limits import LimitSettings, RateLimits
from app.demo.pacing import Pacing
from app.demo.speech.worker import SpeechWorker

_SECRET_HEADERS = {"api-key", "authorization", "x-api-key"}
_MAX_EXCHANGES = 200
_MAX_BODY_BYTES = 65_536


class ServiceSettings(msgspec.Struct, frozen=True):
    """Start-up settings of a service.

    Attributes:
        key: API key that clients must send. Not a secret: the service listens on the loopback interface only.
        limits: of requests, tokens and calls at once.
        answer_seconds: from the arrival of a request to the beginning of its answer, at least.
    """

    key: str = msgspec.field(default_factory=lambda: "sk-demo-" + secrets.token_hex(12))
    pacing: Pacing = Pacing()
    limits: LimitSettings = LimitSettings()
    answer_seconds: float = 0.0


class Exchange(msgspec.Struct):
    """A logged request and the progress of its response.

    Attributes:
        body: the first 64 KiB of the request body.
        began: start time on the monotonic clock, in seconds.
        status: HTTP status; None until the response starts.
        sent: bytes of the response body sent so far.
        seconds: duration; None while the request is running.
    """

    number: int
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    began: float
    status: int | None = None
    sent: int = 0
    seconds: float | None = None

    def row(self) -> dict[str, Any]:
        """Row for the control API; the body is decoded if it is complete, valid JSON."""
        try:
            body: Any = msgspec.json.decode(self.body) if self.body else None
        except (ValueError, RecursionError):
            body = self.body.decode(errors="replace")
        return {**msgspec.to_builtins(self), "body": body, "began": None}


class Service:
    """State shared by all requests.

    Attributes:
        armed: faults queued for the next requests.
        answer_seconds: as in the settings; may be changed while the service runs.
        search_plugin: whether the web search plugin is enabled for the account.
        running: requests in progress, by number.
        exchanges: log of the latest requests, oldest first.
        speech_worker: synthesises and recognises speech.
    """

    def __init__(self, settings: ServiceSettings) -> None:
        self.settings = settings
        self.limits = RateLimits(settings.limits)
        self.answer_seconds = settings.answer_seconds
        self.armed = ArmedFaults()
        self.search_plugin = True
        self.running: dict[int, Exchange] = {}
        self.exchanges: deque[Exchange] = deque(maxlen=_MAX_EXCHANGES)
        self.speech_worker = SpeechWorker()
        self._numbers = itertools.count(1)

    def reset(self) -> None:
        """Return to the initial state: no faults, limits as started, counters at zero, plugin on, empty log."""
        self.limits = RateLimits(self.settings.limits)
        self.answer_seconds = self.settings.answer_seconds
        self.armed.clear()
        self.search_plugin = True
        self.exchanges.clear()

    def log_request(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Exchange:
        """Add a request to the log, without its key."""
        logged_headers = {name: "…" if name in _SECRET_HEADERS else value for name, value in headers.items()}
        exchange = Exchange(next(self._numbers), method, path, logged_headers, body[:_MAX_BODY_BYTES], time.monotonic())
        self.running[exchange.number] = exchange
        self.exchanges.append(exchange)
        return exchange

    def finish(self, exchange: Exchange) -> None:
        exchange.seconds = time.monotonic() - exchange.began
        self.running.pop(exchange.number, None)
        self.limits.end(exchange.number)
