"""Approval of tool calls: each waits for the user unless its tool, or every tool, is allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from app.core.messages import ToolCallRef

Decision = Literal["allow", "always", "deny"]

DEFAULT_ROUNDS = 10
"""Exchanges with tool calls in one turn, unless the setting says otherwise."""


class Verdict(msgspec.Struct, frozen=True):
    """The user's decision.

    Attributes:
        answer: a result typed instead of running the tool.
        reason: why the call was denied, in the user's words; empty for none.
        arguments: those to run it with, where the user edited them.
    """

    allowed: bool
    answer: str | None = None
    reason: str = ""
    arguments: str | None = None


class Approvals:
    """Waiting tool calls of all conversations, and the tools that are always allowed.

    Attributes:
        ask: whether calls wait at all ("Ask before each tool").
        max_rounds: exchanges with tool calls in one turn before the user is asked whether to go on.
        on_always: called with the name of a tool that became always allowed.
    """

    def __init__(self, *, ask: bool = True, always: Iterable[str] = ()) -> None:
        self.ask = ask
        self.max_rounds = DEFAULT_ROUNDS
        self.always = set(always)
        self.on_always: Callable[[str], None] = lambda name: None
        self._waiting: dict[ToolCallRef, tuple[str, asyncio.Future[Verdict]]] = {}

    def needed(self, name: str) -> bool:
        return self.ask and name not in self.always

    async def verdict(self, place: ToolCallRef, name: str) -> Verdict:
        """Wait for the user's decision; `name` is empty for a call that only the user can answer.

        Cancellation drops the call.
        """
        future: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._waiting[place] = (name, future)
        try:
            return await future
        finally:
            self._waiting.pop(place, None)

    def decide(self, place: ToolCallRef, decision: Decision, reason: str = "", arguments: str | None = None) -> None:
        """Decide a waiting call; ignored if it no longer waits.

        `reason` says why it is denied; `arguments` are those to run it with, where the user edited them.
        """
        name, future = self._waiting.get(place, ("", None))
        # Where no tool answers, there is nothing to allow.
        if future is None or future.done() or (not name and decision != "deny"):
            return
        is_allowed = decision != "deny"
        future.set_result(
            Verdict(is_allowed, reason="" if is_allowed else reason, arguments=arguments if is_allowed else None)
        )
        if decision == "always":
            self.always.add(name)
            self._release(name)
            self.on_always(name)

    def answer(self, place: ToolCallRef, text: str) -> None:
        """Answer a waiting call in place of the tool."""
        _, future = self._waiting.get(place, ("", None))
        if future is not None and not future.done():
            future.set_result(Verdict(True, text))

    def allow_all(self, message_id: str) -> int:
        """Allow every waiting call of a message once that a tool answers; return their number."""
        waiting = [
            (name, future)
            for place, (name, future) in self._waiting.items()
            if place.message == message_id and name and not future.done()
        ]
        for _, future in waiting:
            future.set_result(Verdict(True))
        return len(waiting)

    def _release(self, name: str) -> None:
        for waiting, future in self._waiting.values():
            if waiting == name and not future.done():
                future.set_result(Verdict(True))
