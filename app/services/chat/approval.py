"""Approval of tool calls: each waits for the user unless its tool, or every tool, is allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from app.core.messages import ToolCallRef

Decision = Literal["allow", "always", "deny"]


class Verdict(msgspec.Struct, frozen=True):
    """The user's decision. `answer` is a result typed instead of running the tool."""

    allowed: bool
    answer: str | None = None


class Approvals:
    """Waiting tool calls of all conversations, and the tools that are always allowed.

    Attributes:
        ask: whether calls wait at all ("Ask before each tool").
        on_always: called with the name of a tool that became always allowed.
    """

    def __init__(self, *, ask: bool = True, always: Iterable[str] = ()) -> None:
        self.ask = ask
        self.always = set(always)
        self.on_always: Callable[[str], None] = lambda name: None
        self._waiting: dict[ToolCallRef, tuple[str, asyncio.Future[Verdict]]] = {}

    def needed(self, name: str) -> bool:
        return self.ask and name not in self.always

    async def verdict(self, place: ToolCallRef, name: str) -> Verdict:
        """Wait for the user's decision. Cancellation drops the call."""
        future: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._waiting[place] = (name, future)
        try:
            return await future
        finally:
            self._waiting.pop(place, None)

    def decide(self, place: ToolCallRef, decision: Decision) -> None:
        """Decide a waiting call; ignored if it no longer waits."""
        name, future = self._waiting.get(place, ("", None))
        if future is None or future.done():
            return
        future.set_result(Verdict(decision != "deny"))
        if decision == "always":
            self.always.add(name)
            self._release(name)
            self.on_always(name)

    def answer(self, place: ToolCallRef, text: str) -> None:
        """Answer a waiting call in place of the tool."""
        _, future = self._waiting.get(place, ("", None))
        if future is not None and not future.done():
            future.set_result(Verdict(True, text))

    def _release(self, name: str) -> None:
        for waiting, future in self._waiting.values():
            if waiting == name and not future.done():
                future.set_result(Verdict(True))
