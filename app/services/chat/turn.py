"""Generates one assistant message: send a request, run the requested tools, repeat until the model answers."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, Protocol

import msgspec

from app.core.accumulator import Accumulator
from app.core.catalogue import catalogue
from app.core.context_estimate import request_key
from app.core.errors import SERVER_CODES, Code, ServiceError, ToolError, WorkbenchError
from app.core.events import ChatEvent
from app.core.messages import Failure, FinishReason, Message, Part, Reply, ToolCall, ToolCallRef, ToolProgress
from app.core.requests import ChatRequest
from app.core.web_search import search_lock
from app.services.chat.approval import Approvals
from app.services.chat.delta_batch import DeltaBatch
from app.services.chat.recorded_request import offered_names
from app.services.connection import Connection
from app.services.ports import ServiceClient
from app.services.tools.tool import Toolbox, words_for_model

DENIED = '{"error": "The user declined this call."}'
"""The result sent to the model when a call was denied without a reason."""


PROGRESS_SECONDS = 0.4
"""Shortest time between two reports of how far a tool is."""


class TurnObserver(Protocol):
    """Receives the events of a turn, on the loop and in order."""

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        """An event arrived `at` seconds after the step's request was sent."""

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        """A tool call is complete or changed its state."""

    def step_ended(self, message_id: str, reply: Reply) -> None:
        """One exchange ended, successfully or not."""

    def thinking_left_out(self, message_id: str) -> None:
        """The service requires earlier thinking that is not saved; the request is repeated without thinking."""


class Turn:
    """The generation of one assistant message.

    Attributes:
        message: the message so far, without the streaming step; `snapshot` includes it.
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
        self._first_step = len(message.replies)
        self._seen: set[tuple[str, str, str | None]] = set()
        self._places: dict[tuple[int, str], int] = {}
        self._placed = 0

    @property
    def step(self) -> Accumulator | None:
        """The streaming step; None between steps."""
        return self._open

    def snapshot(self) -> Message:
        """Return the message so far, including the streaming step."""
        streaming = self._open.parts() if self._open is not None else ()
        return msgspec.structs.replace(self.message, parts=self.message.parts + streaming)

    async def run(self) -> Message:
        """Generate and return the finished message. Calls of its last step that wait for a result are run first.

        Errors of the client and cancellation pass through; `message` then contains what had arrived, and its last
        reply is marked `error` or `stopped`. Raises ToolError: TOOL_LOOP if an identical call is repeated, TOOL_ROUNDS
        after `Approvals.max_rounds` exchanges with calls.
        """
        await self._answer_replayed(len(self.message.replies) - 1)
        rounds = 0
        while True:
            step = len(self.message.replies)
            finish = await self._exchange(step)
            calls = [part for part in self.message.parts if isinstance(part, ToolCall) and part.step == step]
            is_cut = finish is None and not all(call.has_whole_arguments for call in calls)
            if not calls or is_cut or finish not in ("tool_calls", "stop", None):
                self._stop_calls()
                return self.message
            await self._answer(calls)
            self._refuse_loop(step)
            rounds += 1
            if rounds >= self._approvals.max_rounds:
                raise ToolError(Code.TOOL_ROUNDS, rounds=rounds)

    async def _exchange(self, step: int) -> FinishReason | None:
        """Send one request and add its reply to the message, even if it fails."""
        request = self._request
        so_far = self.message
        if request.recorded is not None:
            # The recorded request has the earlier steps itself.
            parts = tuple(part for part in so_far.parts if getattr(part, "step", 0) >= self._first_step)
            so_far = msgspec.structs.replace(so_far, parts=parts)
        if so_far.parts:
            request = msgspec.structs.replace(request, messages=(*request.messages, so_far))
        is_continued = step == self._first_step and self.message.ends_in_answer
        if is_continued and request.recorded is None:
            request = _without_new_thinking(request)
        fold = self._open = Accumulator(step, continues=is_continued)
        began = self._clock()

        def deliver(event: ChatEvent, at: float) -> None:
            fold.fold(event, at)
            self._observer.arrived(self.message.id, step, event, at)

        batch = DeltaBatch(deliver)
        ended: FinishReason | None = "error"
        try:
            async with self._connection.client() as (profile, client):
                if search_lock(profile, request.model) is not None:
                    request = msgspec.structs.replace(request, web_search=None)
                try:
                    await self._ask(client, request, lambda event: batch.add(event, self._clock() - began))
                except WorkbenchError as error:
                    explained = self._connection.explain(error, profile)
                    if explained is error:
                        raise
                    raise explained from error
            ended = None
        except asyncio.CancelledError:
            ended = "stopped"
            raise
        finally:
            batch.flush()
            self._open = None
            reply = msgspec.structs.replace(
                fold.reply(request.model, self._clock() - began, ended),
                thinking=catalogue().model(request.model).thinks(self._request.sampling.thinking),
                prompt=" ".join(request.system.split())[:80],
                temperature=self._request.sampling.temperature,
                top_p=self._request.sampling.top_p,
                max_tokens=self._request.sampling.max_tokens,
                search="" if (search := request.web_search) is None else "forced" if search.force else "offered",
                request_key=request_key(self._request),
                json_mode=self._request.sampling.json_mode,
            )
            arrived_parts = fold.parts() if ended is None else tuple(_stopped(part) for part in fold.parts())
            self.message = msgspec.structs.replace(
                self.message, parts=self.message.parts + arrived_parts, replies=(*self.message.replies, reply)
            )
            self._observer.step_ended(self.message.id, reply)
        return reply.finish

    async def _ask(self, client: ServiceClient, request: ChatRequest, arrived: Callable[[ChatEvent], None]) -> None:
        """Receive a reply. An option the service refuses is dropped for this and all following steps."""
        while True:
            try:
                return await _listen(client.chat(request), arrived)
            except ServiceError as error:
                if request.recorded is not None:
                    raise  # It is sent as it is, or not at all.
                if error.code is not Code.REASONING_MISSING or request.sampling.thinking is False:
                    raise
                # Thinking of another model or service that was not saved can't be sent back (WIRE.md section 6.5).
                less: dict[str, Any] = {"sampling": msgspec.structs.replace(request.sampling, thinking=False)}
                self._observer.thinking_left_out(self.message.id)
            request = msgspec.structs.replace(request, **less)
            self._request = msgspec.structs.replace(self._request, **less)

    async def _answer_replayed(self, step: int) -> None:
        """Run the calls of a replayed step that have no result yet."""
        calls = [part for part in self.message.parts if isinstance(part, ToolCall) and part.step == step]
        unanswered = [call for call in calls if call.state == "streaming" and call.result is None]
        if unanswered:
            await self._answer(unanswered)

    async def _answer(self, calls: list[ToolCall]) -> None:
        """Run the calls of a step concurrently; if that ends early, unfinished calls are marked stopped."""
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
        tool = self._toolbox.find(call.name)
        # An edited request may offer tools that are not defined here: their calls are for the user.
        asks_user = tool.asks_user if tool is not None else call.name in offered_names(self._request)
        try:
            # What does not fit is not run, so that there is nothing to approve: the model is told what to mend.
            if tool is not None or not asks_user:
                await self._toolbox.check(call.name, call.arguments)
        except WorkbenchError as error:
            self._change(msgspec.structs.replace(call, state="failed", result=words_for_model(error)))
            return
        typed: str | None = None
        key = tool.key if tool is not None else call.name
        if asks_user or self._approvals.needed(key):
            self._change(msgspec.structs.replace(call, state="waiting", asks_user=asks_user))
            place = ToolCallRef(self.message.id, call.step, call.id)
            verdict = await self._approvals.verdict(place, "" if asks_user else key)
            if not verdict.allowed:
                self._change(msgspec.structs.replace(call, state="denied", result=_denied(verdict.reason)))
                return
            typed = verdict.answer
            if verdict.arguments is not None:
                call = msgspec.structs.replace(call, arguments=verdict.arguments)
        if typed is not None:
            self._change(msgspec.structs.replace(call, state="done", result=typed))
            return
        await self._run(call, key)

    async def _run(self, call: ToolCall, key: str) -> None:
        """Let the tool answer a call."""
        running = call = msgspec.structs.replace(
            call, state="running", media=(), progress=None, failure=None, dropped=0, mismatch=False
        )
        self._change(call)
        began = shown_at = self._clock()

        def progressed(progress: ToolProgress) -> None:
            nonlocal shown_at
            # Each change is drawn and saved.
            if self._clock() - shown_at >= PROGRESS_SECONDS:
                shown_at = self._clock()
                self._change(msgspec.structs.replace(running, progress=progress))

        try:
            outcome = await self._toolbox.outcome(call.name, call.arguments, key, progressed)
            call = msgspec.structs.replace(
                call, state="done", result=outcome.text, media=outcome.media, dropped=outcome.dropped,
                mismatch=outcome.mismatch, images_sent=self._sends_images,
            )  # fmt: skip
        except WorkbenchError as error:
            failure = Failure.of(error) if error.code in SERVER_CODES else None
            call = msgspec.structs.replace(call, state="failed", result=words_for_model(error), failure=failure)
        self._change(msgspec.structs.replace(call, seconds=self._clock() - began))

    @property
    def _sends_images(self) -> bool:
        """Whether the model gets the images in a result: the other protocol has no place for them."""
        is_seeing = catalogue().model(self._request.model).may("image")
        return self._connection.profile.protocol == "anthropic" and is_seeing

    def _change(self, call: ToolCall) -> None:
        parts = list(self.message.parts)
        if self._placed != len(parts):
            # Calls change often and a reply may have a thousand: they are looked for once.
            self._places = {
                (part.step, part.id): index for index, part in enumerate(parts) if isinstance(part, ToolCall)
            }
            self._placed = len(parts)
        parts[self._places[call.step, call.id]] = call
        self.message = msgspec.structs.replace(self.message, parts=tuple(parts))
        self._observer.tool_changed(self.message.id, call)

    def _refuse_loop(self, step: int) -> None:
        calls = [part for part in self.message.parts if isinstance(part, ToolCall) and part.step == step]
        made = {(call.name, call.arguments, call.result) for call in calls}
        for name, _, _ in made & self._seen:
            raise ToolError(Code.TOOL_LOOP, name=name)
        self._seen |= made


def _without_new_thinking(request: ChatRequest) -> ChatRequest:
    """A request whose answer goes on where it was cut: the thinking before it is done."""
    if not catalogue().model(request.model).thinks(request.sampling.thinking):
        return request
    return msgspec.structs.replace(request, sampling=msgspec.structs.replace(request.sampling, thinking=False))


async def _listen(events: AsyncGenerator[ChatEvent, None], arrived: Callable[[ChatEvent], None]) -> None:
    async with aclosing(events) as listened:
        async for event in listened:
            arrived(event)


def _denied(reason: str) -> str:
    """The result of a denied call, with the user's reason."""
    if not reason:
        return DENIED
    return json.dumps(json.loads(DENIED) | {"reason": reason}, ensure_ascii=False)


def _stopped(part: Part) -> Part:
    """Mark an incomplete tool call as stopped; it is not run."""
    return msgspec.structs.replace(part, state="stopped") if isinstance(part, ToolCall) else part
