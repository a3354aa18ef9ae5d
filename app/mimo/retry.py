"""Which errors are retried, and when (WIRE.md section 9). The caller never retries after an event was delivered."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from app.core.errors import Code, TransportError, WorkbenchError
from app.mimo.call_recording import Attempt

_RETRIED = frozenset(
    {
        Code.TOO_MANY_REQUESTS,
        Code.SERVER_ERROR,
        Code.OVERLOADED,
        Code.UNREACHABLE,
        Code.CONNECT_TIMEOUT,
        Code.CONNECTION_LOST,
    }
)
_FIRST_DELAY_SECONDS = 0.5
_FIRST_DELAY_TOO_MANY_REQUESTS_SECONDS = 2.0
_MAX_DELAY_SECONDS = 20.0
MAX_RETRY_AFTER_SECONDS = 60.0
"""If the service asks for a longer delay, the error is reported instead."""


def retry_delay(
    error: WorkbenchError, attempt: int, retries: int, *, key_has_worked: bool = False, jitter: float | None = None
) -> float | None:
    """Seconds to wait before attempt `attempt` + 1, or None if the call must not be retried.

    `attempt` is 1 for the first. A 401 is retried if the key has worked before, because the Token Plan gateway
    returns transient ones under load; the caller does so once per call. `jitter` in [0, 1) replaces the random one.
    """
    if error.code is Code.UNAUTHORIZED:
        return _FIRST_DELAY_SECONDS if key_has_worked and attempt <= retries else None
    if error.code not in _RETRIED or attempt > retries:
        return None
    requested = error.params.get("retry_after")
    if requested is not None:
        return float(requested) if requested <= MAX_RETRY_AFTER_SECONDS else None
    first = _FIRST_DELAY_TOO_MANY_REQUESTS_SECONDS if error.code is Code.TOO_MANY_REQUESTS else _FIRST_DELAY_SECONDS
    factor = 0.75 + 0.5 * (random.random() if jitter is None else jitter)
    return min(_MAX_DELAY_SECONDS, first * 2.0 ** (attempt - 1)) * factor


def answer_was_lost(error: WorkbenchError, attempt: Attempt, *, delivered: bool) -> bool:
    """Whether the request had left, and its answer never came or broke off: it may have been billed.

    False for a refusal, which is an answer. `delivered` tells whether events of the answer were passed on before.
    """
    if attempt.sent is None or (attempt.status is not None and attempt.status // 100 != 2):
        return False
    return isinstance(error, TransportError) or (delivered and error.code in _RETRIED)


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds from a `Retry-After` header in either form; None if it is missing or malformed."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value)) if value.replace(".", "", 1).isdigit() else _seconds_until(value, now)
    except (ValueError, OverflowError):
        return None


def _seconds_until(date: str, now: float | None) -> float:
    return max(0.0, parsedate_to_datetime(date).timestamp() - (time.time() if now is None else now))
