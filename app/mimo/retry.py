"""What is tried again, and when (mimo-api section 9). Never after an event was delivered; the caller sees to that."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from app.core.errors import Code, WorkbenchError

_AGAIN = frozenset(
    {
        Code.TOO_MANY_REQUESTS,
        Code.SERVER_ERROR,
        Code.OVERLOADED,
        Code.UNREACHABLE,
        Code.CONNECT_TIMEOUT,
        Code.CONNECTION_LOST,
    }
)
_FIRST_WAIT = 0.5
_FIRST_WAIT_TOO_MANY = 2.0
_LONGEST_WAIT = 20.0
LONGEST_RETRY_AFTER = 60.0
"""Seconds. A service that asks for more is reported instead of waited for."""


def retry_delay(
    error: WorkbenchError, attempt: int, retries: int, *, key_has_worked: bool = False, chance: float | None = None
) -> float | None:
    """Seconds to wait before attempt `attempt` + 1, or None when it must not be tried again.

    `attempt` is 1 for the first. A 401 is tried again where the key has already worked: the Token Plan gateway
    gives transient ones under load; once in a call, and the caller sees to that. `chance` in [0, 1) replaces the
    random jitter.
    """
    if error.code is Code.UNAUTHORIZED:
        return _FIRST_WAIT if key_has_worked and attempt <= retries else None
    if error.code not in _AGAIN or attempt > retries:
        return None
    asked = error.params.get("retry_after")
    if asked is not None:
        return float(asked) if asked <= LONGEST_RETRY_AFTER else None
    first = _FIRST_WAIT_TOO_MANY if error.code is Code.TOO_MANY_REQUESTS else _FIRST_WAIT
    jitter = 0.75 + 0.5 * (random.random() if chance is None else chance)
    return min(_LONGEST_WAIT, first * 2.0 ** (attempt - 1)) * jitter


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds from a `Retry-After` header, in either of its forms; None without one or for nonsense."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value)) if value.replace(".", "", 1).isdigit() else _until(value, now)
    except (ValueError, OverflowError):
        return None


def _until(date: str, now: float | None) -> float:
    return max(0.0, parsedate_to_datetime(date).timestamp() - (time.time() if now is None else now))
