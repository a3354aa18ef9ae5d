"""The client of one service profile: requests of `app.core.requests` out, typed events of `app.core.events` in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial
from typing import TypeVar

from app.core.catalogue import catalogue
from app.core.errors import Code, WorkbenchError
from app.core.events import ChatEvent, Finished, SpeechEvent, Started, TextDelta, UsageReported, Waiting
from app.core.hosts import host_of
from app.core.profiles import Profile
from app.core.redaction import Redactor
from app.core.requests import ChatRequest, ModelEntry, RecognitionRequest, SpeechRequest
from app.mimo.address import check_address, check_key, redacted_headers, request_headers
from app.mimo.call_recording import Attempt, Exchange
from app.mimo.rate_limiter import Lane, Permit, RateLimiter
from app.mimo.request_specs import RequestSpec, chat_call, models_call, recognition_call, speech_call
from app.mimo.response_parser import ResponseParser
from app.mimo.retry import retry_delay
from app.mimo.transport import Deadlines, Transport

Event = TypeVar("Event")


class MimoClient:
    """Speaks to one service with one key. Making it opens nothing.

    The generators raise `ServiceError` and `TransportError` (and `InputError` for what can't be sent), with the
    identifier of the recorded exchange in `params["call_id"]`. Wrap them in `contextlib.aclosing`: closing one
    closes its connection at once.
    """

    def __init__(
        self, profile: Profile, key: str | None, *, record: Callable[[Exchange], None] | None = None,
        pace: RateLimiter | None = None,
    ) -> None:  # fmt: skip
        """`record` sees every exchange when it begins and again when it is over; `pace` is shared by all clients."""
        self.profile = profile
        self._key = key.strip() if key else None
        self._record = record
        self._pace = pace if pace is not None else RateLimiter()
        self._redactor = Redactor()
        self._redactor.add(self._key or "")
        self._transport = Transport(profile, self._key, self._redactor)
        self._key_has_worked = False

    def __repr__(self) -> str:
        return f"MimoClient({self.profile.id!r})"

    def chat(self, request: ChatRequest, *, lane: Lane = "chat") -> AsyncGenerator[ChatEvent, None]:
        """One exchange of a conversation."""
        return self._run(partial(chat_call, self.profile, request), lane)

    def speak(self, request: SpeechRequest, *, lane: Lane = "batch") -> AsyncGenerator[SpeechEvent, None]:
        """One take: an `AudioFormat` before the first `AudioDelta`; a WAV inside a stream arrives as its PCM."""
        return self._run(partial(speech_call, self.profile, request), lane)

    def recognise(
        self, request: RecognitionRequest, *, lane: Lane = "chat"
    ) -> AsyncGenerator[Started | TextDelta | UsageReported | Finished | Waiting, None]:
        """The words of one recording of at most 10 MB as base64."""
        return self._run(partial(recognition_call, self.profile, request), lane)

    async def models(self) -> tuple[ModelEntry, ...]:
        """The live model list, in the service's order."""
        found: list[ModelEntry] = []
        rows = self._run(partial(models_call, self.profile), "chat")
        async with aclosing(rows) as events:
            async for event in events:
                if isinstance(event, ModelEntry):
                    found.append(event)
        return tuple(found)

    async def aclose(self) -> None:
        """Closes all connections; calls still running fail."""
        await self._transport.aclose()

    async def _run(
        self, prepare: Callable[[], RequestSpec[Event]], lane: Lane
    ) -> AsyncGenerator[Event | Waiting, None]:
        check_address(self.profile)
        check_key(self.profile, self._key)
        call = prepare()
        content = call.content()
        headers = redacted_headers(request_headers(self.profile, self._key), self._redactor)
        exchange = Exchange(
            call.kind, self.profile.id, call.model, call.method, call.url, headers,
            call.body if self._record else None, len(content or b""), self._redactor,
        )  # fmt: skip
        if self._record is not None:
            self._record(exchange)
        try:
            number, refused, since = 0, False, 0.0
            while True:
                number += 1
                slot = self._slot(call, lane)
                delivered = False
                try:
                    if slot is not None:
                        async with aclosing(slot.wait()) as waits:
                            async for waiting in waits:
                                yield waiting
                    at = exchange.now()
                    exchange.attempts.append(Attempt(at, waited=at - since))
                    async with aclosing(self._attempt(call, content, exchange, slot)) as events:
                        async for event in events:
                            delivered = True
                            if slot is not None and isinstance(event, UsageReported):
                                slot.used(event.usage.total)
                            yield event
                    return
                except WorkbenchError as error:
                    unauthorized = error.code is Code.UNAUTHORIZED
                    again = not delivered and not (unauthorized and refused)
                    delay = self._delay(error, number) if again else None
                    if delay is None:
                        raise
                    refused = refused or unauthorized
                    if slot is not None and error.code is Code.TOO_MANY_REQUESTS:
                        slot.schedule.hold(delay)
                    exchange.attempts[-1].error = error.code
                finally:
                    if slot is not None:
                        slot.give_back()
                since = exchange.now()
                yield Waiting(delay, "retry", number)
                await asyncio.sleep(delay)
                exchange.restart()
        except WorkbenchError as error:
            for name, value in error.params.items():
                if isinstance(value, str):
                    error.params[name] = self._redactor.redact(value)
            error.params["call_id"] = exchange.id
            error.params["host"] = error.params.get("host") or host_of(call.url)
            exchange.failed(error)
            raise
        finally:
            exchange.end()
            if self._record is not None:
                self._record(exchange)

    async def _attempt(
        self, call: RequestSpec[Event], content: bytes | None, exchange: Exchange, slot: Permit | None
    ) -> AsyncGenerator[Event, None]:
        attempt = exchange.attempts[-1]
        body = ResponseParser(call.reader(exchange.id))
        reader = body.reader
        deadlines = Deadlines(call.limits, host_of(call.url), len(content or b""))
        recording = self._record is not None
        try:
            opened = self._transport.opened(
                call.method, call.url, content, deadlines, attempt, exchange.now,
                slot.sent if slot is not None else _nothing, exchange.received if recording else _nothing,
            )  # fmt: skip
            async with opened as pieces:
                self._key_has_worked = True
                heard = 0
                try:
                    while (piece := await pieces.next()) is not None:
                        if recording:
                            exchange.received(piece)
                        for event in body.feed(piece):
                            yield event
                        if body.failure is not None:
                            raise body.failure
                        if reader.complete or reader.done:
                            deadlines.farewell()
                        elif body.heard != heard and reader.begun:
                            heard = body.heard
                            deadlines.heard()
                except WorkbenchError:
                    # The answer is whole; a connection that then breaks or is never closed takes nothing from it.
                    if not (reader.complete or reader.done):
                        raise
                for event in body.close():
                    yield event
                if body.failure is not None and not reader.complete:
                    raise body.failure
        finally:
            deadlines.stop()
            attempt.ended = exchange.now()

    def _slot(self, call: RequestSpec[Event], lane: Lane) -> Permit | None:
        """Leave to send, where a limit counts the call. Tokens are counted by the platform and its stand-in alone."""
        if call.tokens is None:
            return None
        counts = self.profile.kind not in ("gateway", "self-hosted")
        tokens = (catalogue().model(call.model).tokens_per_minute or 0) if counts else 0
        schedule = self._pace.schedule(self.profile.id, call.model, self.profile.requests_per_minute, tokens)
        return None if schedule is None else schedule.slot(lane, call.tokens() if tokens else 0)

    def _delay(self, error: WorkbenchError, number: int) -> float | None:
        return retry_delay(error, number, self.profile.retries, key_has_worked=self._key_has_worked)


def _nothing(*_: object) -> None:
    """For whom nobody asked: the moment a request has left without a limit, bytes that are not recorded."""
