"""Joins what arrives together: a connection is read in batches, and each piece would be shown and saved by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from app.core.events import ChatEvent, TextDelta, ThinkingDelta


class DeltaBatch:
    """Passes events on in order; deltas of one kind that arrive in the same turn of the event loop become one."""

    def __init__(self, deliver: Callable[[ChatEvent, float], None]) -> None:
        """`deliver` receives an event, and when it or the first of its deltas arrived."""
        self._deliver = deliver
        self._first: TextDelta | ThinkingDelta | None = None
        self._texts: list[str] = []
        self._at = 0.0
        self._is_scheduled = False

    def add(self, event: ChatEvent, at: float) -> None:
        """Add an event that arrived `at` seconds after the request was sent."""
        if not isinstance(event, (TextDelta, ThinkingDelta)):
            self.flush()
            self._deliver(event, at)
        elif self._first is not None and _is_same_kind(self._first, event):
            self._texts.append(event.text)
        else:
            self.flush()
            self._first, self._texts, self._at = event, [event.text], at
            if not self._is_scheduled:
                self._is_scheduled = True
                asyncio.get_running_loop().call_soon(self._flush_scheduled)

    def flush(self) -> None:
        """Pass on now what was held back."""
        first, self._first = self._first, None
        if isinstance(first, TextDelta):
            self._deliver(TextDelta("".join(self._texts)), self._at)
        elif first is not None:
            self._deliver(ThinkingDelta("".join(self._texts), first.form), self._at)

    def _flush_scheduled(self) -> None:
        self._is_scheduled = False
        self.flush()


def _is_same_kind(one: TextDelta | ThinkingDelta, other: TextDelta | ThinkingDelta) -> bool:
    if isinstance(one, ThinkingDelta) and isinstance(other, ThinkingDelta):
        return one.form == other.form
    return type(one) is type(other)
