"""What one running demo service holds."""

from __future__ import annotations

import itertools
import secrets
import time
from collections import deque
from typing import Any

import msgspec

from app.demo.faults import Armed
from app.demo.limits import Limits
from app.demo.pacing import Pacing
from app.demo.speech.worker import SpeechWorker

_SECRET_HEADERS = {"api-key", "authorization", "x-api-key"}
_KEPT_EXCHANGES = 200
_KEPT_BYTES = 65_536


class Settings(msgspec.Struct, frozen=True):
    """How a service is started.

    Attributes:
        key: what clients must present; no secret, the service listens on the loopback only.
        limits: requests and tokens per minute are counted and refused.
    """

    key: str = msgspec.field(default_factory=lambda: "sk-demo-" + secrets.token_hex(12))
    pace: Pacing = Pacing()
    limits: bool = True


class Exchange(msgspec.Struct):
    """One request as it came in, and how far its answer got.

    Attributes:
        body: the first 64 KiB.
        status: None until the answer starts.
        sent: bytes of the answer's body.
        seconds: None while it runs.
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
        """For the control page: the body as JSON where it is JSON and was kept whole."""
        try:
            body: Any = msgspec.json.decode(self.body) if self.body else None
        except (ValueError, RecursionError):
            body = self.body.decode(errors="replace")
        return {**msgspec.to_builtins(self), "body": body, "began": None}


class Service:
    """The state that requests share.

    Attributes:
        armed: faults waiting for the next requests.
        search_plugin: whether the web search plugin is switched on for the account.
        running: exchanges being answered.
        stage: where speech is made.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.limits = Limits(on=settings.limits)
        self.armed = Armed()
        self.search_plugin = True
        self.running: dict[int, Exchange] = {}
        self.exchanges: deque[Exchange] = deque(maxlen=_KEPT_EXCHANGES)
        self.stage = SpeechWorker()
        self._numbers = itertools.count(1)

    def reset(self) -> None:
        """As freshly started: nothing armed, nothing counted, plugin on, empty log."""
        self.limits = Limits(on=self.settings.limits)
        self.armed.disarm()
        self.search_plugin = True
        self.exchanges.clear()

    def began(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Exchange:
        """Takes a request into the log, its key left out."""
        shown = {name: "…" if name in _SECRET_HEADERS else value for name, value in headers.items()}
        exchange = Exchange(next(self._numbers), method, path, shown, body[:_KEPT_BYTES], time.monotonic())
        self.running[exchange.number] = exchange
        self.exchanges.append(exchange)
        return exchange

    def ended(self, exchange: Exchange) -> None:
        exchange.seconds = time.monotonic() - exchange.began
        self.running.pop(exchange.number, None)
