"""The client of one service profile: takes requests of `app.core.requests`, yields events of `app.core.events`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial
from typing import TypeVar

import msgspec

from app.core.catalogue import catalogue
from app.core.errors import Code, ServiceError, WorkbenchError
from app.core.events import ChatEvent, RecognitionEvent, Sending, SpeechEvent, UsageReported, VoiceReplaced, Waiting
from app.core.hosts import host_of
from app.core.profiles import Authentication, Profile
from app.core.redaction import Redactor
from app.core.requests import BuiltinVoice, ChatRequest, ModelEntry, Priority, RecognitionRequest, SpeechRequest
from app.core.tags import language_of
from app.mimo.address import check_address, check_key, redacted_headers
from app.mimo.call_recording import Attempt, Exchange
from app.mimo.deadlines import Deadlines
from app.mimo.embedded_files import BlobPath, RequestContent
from app.mimo.rate_limiter import Permit, RateLimiter
from app.mimo.request_specs import RequestSpec, chat_call, models_call, recognition_call, speech_call
from app.mimo.response_parser import ResponseParser
from app.mimo.retry import MAX_RETRY_AFTER_SECONDS, answer_was_lost, retry_delay
from app.mimo.transport import Transport

Event = TypeVar("Event")

_OTHER_STYLE: dict[Authentication, Authentication] = {"api-key": "bearer", "bearer": "api-key"}


class MimoClient:
    """Talks to one service with one key. Creating a client opens no connection.

    The generators raise `ServiceError` and `TransportError` (and `InputError` for a request that can't be sent), with
    the id of the recorded exchange in `params["call_id"]`. Wrap them in `contextlib.aclosing`: closing a generator
    closes its connection at once. Each yields `Waiting` while a call waits, and `Sending` before each attempt; a call
    whose generator is closed there has sent nothing.

    `params["sent"]` of an error is True if a request had left and its answer was lost or broke off: it may have been
    billed.
    """

    def __init__(
        self, profile: Profile, key: str | None, *, record: Callable[[Exchange], None] | None = None,
        rate_limiter: RateLimiter | None = None,
        remember_style: Callable[[Profile, Authentication], None] | None = None,
        blob_path: BlobPath | None = None,
    ) -> None:  # fmt: skip
        """`blob_path` finds the files of attachments.

        `record` gets every exchange when it starts, when an attempt failed, and when it ends.

        `rate_limiter` is shared by all clients. `remember_style` gets the profile and the header style that works
        whenever it is not the one known before.
        """
        self.profile = profile
        self._key = key.strip() if key else None
        self._record = record
        self._rate_limiter = rate_limiter if rate_limiter is not None else RateLimiter()
        self._redactor = Redactor()
        self._redactor.add(self._key or "")
        self._transport = Transport(profile, self._key, self._redactor)
        self._transport.authentication = profile.working_authentication or profile.authentication
        self._known_style = self._transport.authentication
        self._remember_style = remember_style
        self._blob_path = blob_path
        self._key_has_worked = self._tried_other_style = False

    def __repr__(self) -> str:
        return f"MimoClient({self.profile.id!r})"

    def chat(
        self, request: ChatRequest, *, priority: Priority = "interactive", resend_lost: bool = True
    ) -> AsyncGenerator[ChatEvent, None]:
        """Send a conversation and stream the answer. `resend_lost` is as in `speak`."""
        return self._run(partial(chat_call, self.profile, request), priority, resend_lost=resend_lost)

    def speak(
        self, request: SpeechRequest, *, priority: Priority = "batch", resend_lost: bool = True
    ) -> AsyncGenerator[SpeechEvent, None]:
        """Generate one take: an `AudioFormat`, then `AudioDelta`s. A WAV file inside a stream is unwrapped to PCM.

        Without `resend_lost`, a request that had left and was not answered is not sent again.
        """
        return self._speak(request, priority, resend_lost)

    def recognise(
        self, request: RecognitionRequest, *, priority: Priority = "interactive", resend_lost: bool = True
    ) -> AsyncGenerator[RecognitionEvent, None]:
        """Transcribe one recording of at most 10 MB as base64. `resend_lost` is as in `speak`."""
        return self._run(partial(recognition_call, self.profile, request), priority, resend_lost=resend_lost)

    async def models(self) -> tuple[ModelEntry, ...]:
        """Fetch the model list, in the service's order; if there is none at its address, from the root of the host."""
        try:
            return await self._models(at_root=False)
        except ServiceError as error:
            if error.code is not Code.NOT_FOUND:
                raise
            try:
                return await self._models(at_root=True)
            except WorkbenchError:
                raise error from None

    async def _models(self, *, at_root: bool) -> tuple[ModelEntry, ...]:
        entries: list[ModelEntry] = []
        rows = self._run(partial(models_call, self.profile, at_root=at_root), "interactive")
        async with aclosing(rows) as events:
            async for event in events:
                if isinstance(event, ModelEntry):
                    entries.append(event)
        return tuple(entries)

    async def _speak(
        self, request: SpeechRequest, priority: Priority, resend_lost: bool
    ) -> AsyncGenerator[SpeechEvent, None]:
        """Speak, and where the default voice is not known, with the one it stands for (WIRE.md section 10)."""
        speech = catalogue().speech
        call = partial(speech_call, self.profile, request)
        try:
            async with aclosing(self._run(call, priority, resend_lost=resend_lost)) as events:
                async for event in events:
                    yield event
            return
        except ServiceError as error:
            words = f"{error.params.get('message')} {error.params.get('param')}".lower()
            if request.voice != BuiltinVoice(speech.voice) or "voice" not in words:
                raise
            if error.code is not Code.BAD_REQUEST:
                raise
        voice = speech.replaced_voices["default_zh" if language_of(request.text) == "zh" else "default_en"]
        yield VoiceReplaced(speech.voice, voice)
        request = msgspec.structs.replace(request, voice=BuiltinVoice(voice))
        call = partial(speech_call, self.profile, request)
        async with aclosing(self._run(call, priority, resend_lost=resend_lost)) as events:
            async for event in events:
                yield event

    def check(self) -> None:
        """Check address and key. Raises TransportError BAD_URL, PLAIN_HTTP and ServiceError KEY_MISSING, KEY_KIND."""
        check_address(self.profile, sends_key=bool(self._key))
        check_key(self.profile, self._key)

    async def aclose(self) -> None:
        """Close all connections; calls in progress fail."""
        await self._transport.aclose()

    async def _run(
        self, prepare: Callable[[], RequestSpec[Event]], priority: Priority, *, resend_lost: bool = True
    ) -> AsyncGenerator[Event | Waiting | Sending, None]:
        self.check()
        spec = prepare()
        content = await spec.encoded(self._blob_path)
        headers = redacted_headers(self._transport.headers(), self._redactor)
        exchange = Exchange(
            spec.kind, self.profile.id, spec.model, spec.method, spec.url, headers,
            spec.body if self._record else None, len(content or b""), self._redactor,
        )  # fmt: skip
        if self._record is not None:
            self._record(exchange)
        was_lost = False
        try:
            number, was_unauthorized, since = 0, False, 0.0
            while True:
                number += 1
                permit = self._permit(spec, priority)
                delivered = succeeded = False
                try:
                    if permit is not None:
                        async with aclosing(permit.wait()) as waits:
                            async for waiting in waits:
                                yield waiting
                    waited = exchange.now() - since
                    yield Sending()
                    exchange.attempts.append(Attempt(exchange.now(), waited=waited))
                    async with aclosing(self._attempt(spec, content, exchange, permit)) as events:
                        async for event in events:
                            delivered = True
                            if permit is not None and isinstance(event, UsageReported):
                                permit.used(event.usage.total)
                            yield event
                    succeeded = True
                    return
                except WorkbenchError as error:
                    lost = answer_was_lost(error, exchange.attempts[-1], delivered=delivered)
                    was_lost = was_lost or lost
                    unauthorized = error.code is Code.UNAUTHORIZED
                    if unauthorized and not delivered and self._try_other_style():
                        exchange.attempts[-1].error = error.code
                        exchange.request_headers = redacted_headers(self._transport.headers(), self._redactor)
                        exchange.restart()
                        since = exchange.now()
                        number -= 1
                        continue
                    if permit is not None and error.code is Code.TOO_MANY_REQUESTS:
                        permit.refused()
                        if requested := error.params.get("retry_after"):
                            # Also where this call gives up: the next one would be refused as well.
                            permit.limit.pause_for(min(float(requested), MAX_RETRY_AFTER_SECONDS))
                    may_retry = not delivered and not (unauthorized and was_unauthorized) and (resend_lost or not lost)
                    delay = self._retry_delay(error, number) if may_retry else None
                    if delay is None:
                        raise
                    was_unauthorized = was_unauthorized or unauthorized
                    if permit is not None and error.code is Code.TOO_MANY_REQUESTS:
                        permit.limit.pause_for(delay)
                    exchange.attempts[-1].error = error.code
                    if self._record is not None:
                        self._record(exchange)
                finally:
                    if permit is not None:
                        permit.end(succeeded=succeeded)
                since = exchange.now()
                yield Waiting(delay, "retry", number)
                await asyncio.sleep(delay)
                exchange.restart()
        except WorkbenchError as error:
            for name, value in error.params.items():
                if isinstance(value, str):
                    error.params[name] = self._redactor.redact(value)
            error.params["call_id"] = exchange.id
            if was_lost:
                error.params["sent"] = True
            error.params["host"] = error.params.get("host") or host_of(spec.url)
            exchange.failed(error)
            raise
        except (asyncio.CancelledError, GeneratorExit):
            exchange.stopped = True
            raise
        finally:
            exchange.end()
            if self._record is not None:
                self._record(exchange)

    async def _attempt(
        self, spec: RequestSpec[Event], content: bytes | RequestContent | None, exchange: Exchange,
        permit: Permit | None,
    ) -> AsyncGenerator[Event, None]:  # fmt: skip
        attempt = exchange.attempts[-1]
        self._transport.prepare(spec.url)
        parser = ResponseParser(spec.new_event_parser(exchange.id))
        event_parser = parser.event_parser
        deadlines = Deadlines(spec.limits, host_of(spec.url), len(content or b""))
        recording = self._record is not None
        try:
            response = self._transport.open(
                spec.method, spec.url, content, deadlines, attempt, exchange.now,
                permit.sent if permit is not None else _no_op, exchange.received if recording else _no_op,
                in_batches=spec.kind == "chat",
            )  # fmt: skip
            async with response as body:
                self._key_has_worked = True
                if permit is not None:
                    permit.answered()
                if self._transport.authentication != self._known_style:
                    self._known_style = self._transport.authentication
                    if self._remember_style is not None:
                        self._remember_style(self.profile, self._known_style)
                records = comments = 0
                try:
                    while (chunk := await body.next()) is not None:
                        if recording:
                            exchange.received(chunk)
                        for event in parser.feed(chunk):
                            yield event
                        if parser.failure is not None:
                            raise parser.failure
                        if event_parser.complete or event_parser.done:
                            deadlines.start_drain()
                        elif parser.records != records and event_parser.begun:
                            records = parser.records
                            deadlines.reset_idle()
                        elif parser.comments != comments and not parser.records:
                            comments = parser.comments
                            deadlines.restart_first()
                except WorkbenchError:
                    # If the answer is complete, a connection that then breaks or is never closed loses nothing.
                    if not (event_parser.complete or event_parser.done):
                        raise
                for event in parser.close():
                    yield event
                if parser.failure is not None and not event_parser.complete:
                    raise parser.failure
        finally:
            deadlines.stop()
            attempt.ended = exchange.now()

    def _try_other_style(self) -> bool:
        """After a 401: whether the other header style is still to be tried, which is then used (WIRE.md section 10).

        The platform's hosts differ in the style they take, and the answer does not tell.
        """
        other = _OTHER_STYLE.get(self._transport.authentication)
        platform = self.profile.kind not in ("demo", "gateway", "self-hosted")
        if other is None or not platform or self._key_has_worked:
            return False
        if self._tried_other_style:
            # Neither is taken: the key is at fault, and the next call begins with the profile's own style.
            self._tried_other_style = False
            self._transport.authentication = self.profile.authentication
            return False
        self._tried_other_style = True
        self._transport.authentication = other
        return True

    def _permit(self, spec: RequestSpec[Event], priority: Priority) -> Permit | None:
        """A permit if a limit applies to the call. Only the platform and the demo service have a token limit."""
        if spec.tokens is None:
            return None
        limits_tokens = self.profile.kind not in ("gateway", "self-hosted")
        tokens = (catalogue().model(spec.model).tokens_per_minute or 0) if limits_tokens else 0
        limit = self._rate_limiter.limit_for(self.profile.id, spec.model, self.profile.requests_per_minute, tokens)
        return None if limit is None else limit.permit(priority, spec.tokens() if tokens else 0)

    def _retry_delay(self, error: WorkbenchError, number: int) -> float | None:
        return retry_delay(error, number, self.profile.retries, key_has_worked=self._key_has_worked)


def _no_op(*_: object) -> None:
    """No-op callback for calls that are not rate-limited or not recorded."""
