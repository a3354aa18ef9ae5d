"""One assistant message in the making: ask, run the tools it asks for, ask again, until it answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, Protocol

import msgspec

from app.core.accumulator import Accumulator
from app.core.errors import Code, ServiceError, ToolError, WorkbenchError
from app.core.events import ChatEvent, SearchFailed
from app.core.messages import FinishReason, Message, Part, Reply, ToolCall, ToolCallRef
from app.core.requests import ChatRequest
from app.services.chat.approval import Approvals
from app.services.connection import Connection
from app.services.ports import ServiceClient
from app.services.tools.tool import Toolbox, words_for_model

DENIED = '{"error": "The user declined this call."}'
"""What the model reads when a call was denied."""


class TurnObserver(Protocol):
    """Who draws and keeps a turn while it happens; called on the loop, in order."""

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        """Something arrived; `at` is seconds since the step's request was sent."""

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        """A whole call, or a new state of it."""

    def step_ended(self, message_id: str, reply: Reply) -> None:
        """One exchange is over, well or not."""

    def thinking_left_out(self, message_id: str) -> None:
        """The service refused thinking for what was said earlier: it is asked without."""


class Turn:
    """The making of one assistant message.

    Attributes:
        message: what there is so far, without the step that is streaming; `snapshot` has that too.
    """

    def __init__(
        self,
        message: Message,
        request: ChatRequest,
        *,
        connection: Connection,
        toolbox: Toolbox,
        approvals: Approvals,
        observer: TurnObserver,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.message = message
        self._request = request
        self._connection = connection
        self._toolbox = toolbox
        self._approvals = approvals
        self._observer = observer
        self._clock = clock
        self._open: Accumulator | None = None
        self._seen: set[tuple[str, str, str | None]] = set()

    @property
    def step(self) -> Accumulator | None:
        """The step that streams; None between two."""
        return self._open

    def snapshot(self) -> Message:
        """The message as it stands, the streaming step included."""
        streaming = self._open.parts() if self._open is not None else ()
        return msgspec.structs.replace(self.message, parts=self.message.parts + streaming)

    async def run(self) -> Message:
        """The finished message.

        What the client raises passes through, as does cancelling; `message` then holds what had arrived, with its
        last reply marked `error` or `stopped`. Raises ToolError(TOOL_LOOP) when a call repeats itself to the letter.
        """
        while True:
            step = len(self.message.replies)
            finish = await self._exchange(step)
            calls = [part for part in self.message.parts if isinstance(part, ToolCall) and part.step == step]
            if not calls or finish not in ("tool_calls", "stop", None):
                self._stop_calls()
                return self.message
            await self._answer(calls)
            self._refuse_loop(step)

    async def _exchange(self, step: int) -> FinishReason | None:
        """One request and its reply, folded into the message however it ends."""
        request = self._request
        if self.message.parts:
            request = msgspec.structs.replace(request, messages=(*request.messages, self.message))
        fold = self._open = Accumulator(step)
        began = self._clock()
        ended: FinishReason | None = "error"
        try:

            def arrived(event: ChatEvent) -> None:
                at = self._clock() - began
                fold.fold(event, at)
                self._observer.arrived(self.message.id, step, event, at)

            async with self._connection.client() as (profile, client):
                try:
                    await self._ask(client, request, arrived)
                except WorkbenchError as error:
                    told = self._connection.explain(error, profile)
                    if told is error:
                        raise
                    raise told from error
            ended = None
        except asyncio.CancelledError:
            ended = "stopped"
            raise
        finally:
            self._open = None
            reply = fold.reply(request.model, self._clock() - began, ended)
            parts = fold.parts() if ended is None else tuple(_stopped(part) for part in fold.parts())
            self.message = msgspec.structs.replace(
                self.message, parts=self.message.parts + parts, replies=(*self.message.replies, reply)
            )
            self._observer.step_ended(self.message.id, reply)
        return reply.finish

    async def _ask(self, client: ServiceClient, request: ChatRequest, arrived: Callable[[ChatEvent], None]) -> None:
        """Listen to the end. What the service refuses of a request is left out once, and in the steps that follow."""
        while True:
            try:
                return await _listen(client.chat(request), arrived)
            except ServiceError as error:
                if error.code is Code.SEARCH_OFF and request.web_search is not None:
                    # The platform's advice where the account has no web search (WIRE.md section 7).
                    less: dict[str, Any] = {"web_search": None}
                    arrived(SearchFailed(_own_words(error), off=True))
                elif error.code is Code.REASONING_MISSING and request.sampling.thinking is not False:
                    # Thinking of another model or service was never saved and can't be sent back (WIRE.md section 6.5).
                    less = {"sampling": msgspec.structs.replace(request.sampling, thinking=False)}
                    self._observer.thinking_left_out(self.message.id)
                else:
                    raise
            request = msgspec.structs.replace(request, **less)
            self._request = msgspec.structs.replace(self._request, **less)

    async def _answer(self, calls: list[ToolCall]) -> None:
        """Run every call of a step, side by side; when that ends early those not done are marked stopped."""
        try:
            async with asyncio.TaskGroup() as group:
                for call in calls:
                    group.create_task(self._answer_one(call))
        except ExceptionGroup as failures:
            self._stop_calls()
            raise failures.exceptions[0] from failures
        except asyncio.CancelledError:
            self._stop_calls()
            raise

    def _stop_calls(self) -> None:
        for part in self.message.parts:
            if isinstance(part, ToolCall) and part.state in ("streaming", "waiting", "running"):
                self._change(msgspec.structs.replace(part, state="stopped"))

    async def _answer_one(self, call: ToolCall) -> None:
        typed: str | None = None
        if self._approvals.needed(call.name):
            self._change(msgspec.structs.replace(call, state="waiting"))
            place = ToolCallRef(self.message.id, call.step, call.id)
            verdict = await self._approvals.verdict(place, call.name)
            if not verdict.allowed:
                self._change(msgspec.structs.replace(call, state="denied", result=DENIED))
                return
            typed = verdict.answer
        if typed is not None:
            self._change(msgspec.structs.replace(call, state="done", result=typed))
            return
        self._change(msgspec.structs.replace(call, state="running"))
        began = self._clock()
        try:
            state, result = "done", await self._toolbox.call(call.name, call.arguments)
        except WorkbenchError as error:
            state, result = "failed", words_for_model(error)
        seconds = self._clock() - began
        self._change(msgspec.structs.replace(call, state=state, result=result, seconds=seconds))

    def _change(self, call: ToolCall) -> None:
        parts = tuple(call if _same(part, call) else part for part in self.message.parts)
        self.message = msgspec.structs.replace(self.message, parts=parts)
        self._observer.tool_changed(self.message.id, call)

    def _refuse_loop(self, step: int) -> None:
        calls = [part for part in self.message.parts if isinstance(part, ToolCall) and part.step == step]
        made = {(call.name, call.arguments, call.result) for call in calls}
        for name, _, _ in made & self._seen:
            raise ToolError(Code.TOOL_LOOP, name=name)
        self._seen |= made


async def _listen(events: AsyncGenerator[ChatEvent, None], arrived: Callable[[ChatEvent], None]) -> None:
    async with aclosing(events) as listened:
        async for event in listened:
            arrived(event)


def _own_words(error: ServiceError) -> str:
    """The useful one of the service's two sentences (WIRE.md section 9)."""
    return str(error.params.get("param") or error.params.get("message") or "")


def _same(part: Part, call: ToolCall) -> bool:
    return isinstance(part, ToolCall) and part.id == call.id and part.step == call.step


def _stopped(part: Part) -> Part:
    """A call that never came whole is not run."""
    return msgspec.structs.replace(part, state="stopped") if isinstance(part, ToolCall) else part
