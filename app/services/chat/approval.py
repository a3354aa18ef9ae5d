"""Approval of tool calls: each waits for a person unless that tool, or every tool, was allowed before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

Decision = Literal["allow", "always", "deny"]


class Verdict(msgspec.Struct, frozen=True):
    """What a person decided. `answer` is the result they typed instead of running the tool."""

    allowed: bool
    answer: str | None = None


class Approvals:
    """Calls that wait, by id, and the tools that need not ask again.

    Attributes:
        ask: whether calls wait at all ("Ask before each tool").
        on_always: told the name of a tool that was allowed for good.
    """

    def __init__(self, *, ask: bool = True, always: Iterable[str] = ()) -> None:
        self.ask = ask
        self.always = set(always)
        self.on_always: Callable[[str], None] = lambda name: None
        self._waiting: dict[str, tuple[str, asyncio.Future[Verdict]]] = {}

    def needed(self, name: str) -> bool:
        return self.ask and name not in self.always

    async def verdict(self, call_id: str, name: str) -> Verdict:
        """Wait for a person. Cancelling the wait forgets the call."""
        future: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._waiting[call_id] = (name, future)
        try:
            return await future
        finally:
            self._waiting.pop(call_id, None)

    def decide(self, call_id: str, decision: Decision) -> None:
        """A person's choice; for a call that no longer waits it means nothing."""
        name, future = self._waiting.get(call_id, ("", None))
        if future is None or future.done():
            return
        if decision == "always":
            self.always.add(name)
            self.on_always(name)
            self._release_others(name, call_id)
        future.set_result(Verdict(decision != "deny"))

    def answer(self, call_id: str, text: str) -> None:
        """A person answers in place of the tool."""
        _, future = self._waiting.get(call_id, ("", None))
        if future is not None and not future.done():
            future.set_result(Verdict(True, text))

    def _release_others(self, name: str, but: str) -> None:
        for call_id, (waiting, future) in self._waiting.items():
            if waiting == name and call_id != but and not future.done():
                future.set_result(Verdict(True))
