"""Requests of each kind: URL, body, time limits and event parser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from app.core.catalogue import catalogue
from app.core.errors import Code, TransportError
from app.core.events import ChatEvent, RecognitionEvent, SpeechEvent
from app.core.legacy_tts import upgrade_request
from app.core.profiles import Profile, Timeouts
from app.core.requests import ChatRequest, ModelEntry, RecognitionRequest, SpeechRequest
from app.mimo import anthropic_requests, openai_requests
from app.mimo.address import chat_url, models_url, speech_url
from app.mimo.anthropic_events import AnthropicEventParser
from app.mimo.call_recording import ExchangeKind
from app.mimo.deadlines import Limits
from app.mimo.embedded_files import BlobPath, RequestContent, has_files, with_files
from app.mimo.estimates import chat_tokens, recognition_tokens, speech_tokens
from app.mimo.openai_events import OpenAiEventParser
from app.mimo.recognition import RecognitionEventParser, recognition_body
from app.mimo.response_parser import EventParser
from app.mimo.service_errors import error_from_value, garbage
from app.mimo.speech import SpeechEventParser, speech_body

Event = TypeVar("Event")
Request = TypeVar("Request", ChatRequest, SpeechRequest, RecognitionRequest)

UNSTREAMED_FACTOR = 4.0
"""A non-streamed response produces one event, at its end, so its first-byte limit is multiplied by this."""

SEARCH_FACTOR = 2.0
"""A web search precedes the first token, so the first-byte limit is multiplied by this (WIRE.md section 10)."""

_MODELS_TIMEOUT_SECONDS = 20.0


class RequestSpec(Generic[Event]):
    """One request, which can be sent repeatedly."""

    def __init__(
        self, kind: ExchangeKind, method: str, url: str, model: str, body: dict[str, Any] | None, limits: Limits,
        new_event_parser: Callable[[str], EventParser[Event]], *, tokens: Callable[[], int] | None,
    ) -> None:  # fmt: skip
        """`new_event_parser` creates a parser for one attempt, given the id of the exchange.

        `tokens` estimates the tokens of the call; None for a call without rate limit.
        """
        self.kind: ExchangeKind = kind
        self.method = method
        self.url = url
        self.model = model
        self.body = body
        self.limits = limits
        self.new_event_parser = new_event_parser
        self.tokens = tokens

    async def encoded(self, blob_path: BlobPath | None) -> bytes | RequestContent | None:
        """The body as it is sent: `content`, or one that streams the files in it, which `blob_path` finds.

        Raises InputError ATTACHMENT_MISSING for a file that does not exist or was changed.
        """
        if not has_files(self.body):
            return self.content()
        content = await asyncio.to_thread(RequestContent.of, self.body, blob_path)
        self.body = content.body
        return content

    def content(self) -> bytes | None:
        """A body without files as JSON.

        Lone surrogates, which JSON can't encode, become question marks, in `body` too.
        """
        if self.body is None:
            return None
        try:
            return msgspec.json.encode(self.body)
        except UnicodeEncodeError:
            content = json.dumps(self.body, ensure_ascii=False).encode("utf-8", "replace")
            self.body = json.loads(content)
            return content


def chat_call(profile: Profile, request: ChatRequest) -> RequestSpec[ChatEvent]:
    request = _with_wire_id(profile, request)
    timeouts = profile.timeouts
    streaming = request.sampling.stream
    first = timeouts.first_byte * (SEARCH_FACTOR if request.web_search is not None else 1.0)
    limits = Limits(first if streaming else UNSTREAMED_FACTOR * first, timeouts.idle)
    url, tokens = chat_url(profile), partial(chat_tokens, request)
    body = _chat_body(profile, request)
    if profile.protocol == "anthropic":
        return RequestSpec("chat", "POST", url, request.model, body, limits, AnthropicEventParser, tokens=tokens)
    return RequestSpec("chat", "POST", url, request.model, body, limits, OpenAiEventParser, tokens=tokens)


def _chat_body(profile: Profile, request: ChatRequest) -> dict[str, Any]:
    """The JSON of a request; a recorded one is sent unchanged, with its files and the messages that follow."""
    build = anthropic_requests.chat_body if profile.protocol == "anthropic" else openai_requests.chat_body
    if request.recorded is None:
        return build(profile, request)
    following = build(profile, msgspec.structs.replace(request, system=""))["messages"]
    recorded: dict[str, Any] = with_files(request.recorded)
    return recorded | {"messages": [*recorded["messages"], *following]}


def speech_call(profile: Profile, request: SpeechRequest) -> RequestSpec[SpeechEvent]:
    """A retired speech model, which only a gateway may still have, is replaced by its successor."""
    if profile.kind != "gateway":
        request = upgrade_request(request)
    request = _with_wire_id(profile, request)
    limits = _audio_limits(profile.timeouts, request.stream)
    body = speech_body(request)
    return RequestSpec(
        "speech", "POST", speech_url(profile), request.model, body, limits,
        lambda call_id: SpeechEventParser(request, call_id), tokens=partial(speech_tokens, request),
    )  # fmt: skip


def recognition_call(profile: Profile, request: RecognitionRequest) -> RequestSpec[RecognitionEvent]:
    request = _with_wire_id(profile, request)
    limits = _audio_limits(profile.timeouts, request.stream)
    body = recognition_body(request)
    return RequestSpec(
        "recognition", "POST", speech_url(profile), request.model, body, limits, RecognitionEventParser,
        tokens=partial(recognition_tokens, request),
    )  # fmt: skip


def _with_wire_id(profile: Profile, request: Request) -> Request:
    """The request with the id that the service knows: ids are case-sensitive, and `[1m]` is no part of one."""
    on_platform = profile.kind not in ("gateway", "self-hosted")
    return msgspec.structs.replace(request, model=catalogue().wire_id(request.model, on_platform=on_platform))


def _audio_limits(timeouts: Timeouts, stream: bool) -> Limits:
    """A whole response must end within the limit, a stream only begin: it may go on as long as more arrives.

    Some models send the whole audio as the only event of a stream (WIRE.md section 3.6), which takes as long.
    """
    return Limits(timeouts.speech, timeouts.idle) if stream else Limits(None, None, timeouts.speech)


def models_call(profile: Profile, *, at_root: bool = False) -> RequestSpec[ModelEntry]:
    """The model list below `/v1`, or at the root of the host, where the platform has had it too (WIRE.md section 1)."""
    limits = Limits(_MODELS_TIMEOUT_SECONDS, _MODELS_TIMEOUT_SECONDS)
    return RequestSpec(
        "models", "GET", models_url(profile, at_root=at_root), "", None, limits, ModelsEventParser, tokens=None
    )


class ModelsEventParser:
    """Parses `GET /models`: the documented object, or the bare list that some servers return."""

    begun = True

    def __init__(self, _call_id: str = "") -> None:
        self.complete = False
        self.done = False

    def read(self, content: str, event: str = "") -> list[ModelEntry]:
        try:
            response = msgspec.json.decode(content)
        except (msgspec.DecodeError, RecursionError) as cause:
            raise garbage(content) from cause
        if isinstance(response, dict) and response.get("error"):
            raise error_from_value(200, response)
        rows = response.get("data", response.get("models")) if isinstance(response, dict) else response
        if not isinstance(rows, list):
            raise garbage(content)
        self.complete = True
        entries: dict[str, ModelEntry] = {}
        for row in rows:
            model_id = row.get("id") if isinstance(row, dict) else row
            if isinstance(model_id, str) and model_id:
                owner = row.get("owned_by") if isinstance(row, dict) else ""
                entries.setdefault(model_id, ModelEntry(model_id, owner if isinstance(owner, str) else ""))
        return list(entries.values())

    def close(self) -> list[ModelEntry]:
        if not self.complete:
            raise TransportError(Code.CUT_SHORT)
        return []
