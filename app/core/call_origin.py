"""What a call is told by those who begin it, for the inspector."""

from __future__ import annotations

from contextvars import ContextVar

request_is_edited: ContextVar[bool] = ContextVar("request_is_edited", default=False)
"""Whether the user edited the request that is about to be sent. A task takes it over from who starts it."""
