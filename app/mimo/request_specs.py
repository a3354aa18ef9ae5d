"""What each kind of call sends, how long it may take and who reads its answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from app.core.errors import Code, TransportError
from app.core.events import ChatEvent, Finished, SpeechEvent, Started, TextDelta, UsageReported, Waiting
from app.core.legacy_tts import upgrade_request
from app.core.profiles import Profile, Timeouts
from app.core.requests import ChatRequest, ModelEntry, RecognitionRequest, SpeechRequest
from app.mimo import anthropic_requests, openai_requests
from app.mimo.address import chat_url, models_url, speech_url
from app.mimo.anthropic_events import AnthropicEventParser
from app.mimo.call_recording import ExchangeKind
from app.mimo.estimates import chat_tokens, recognition_tokens, speech_tokens
from app.mimo.openai_events import OpenAiEventParser
from app.mimo.recognition import RecognitionEventParser, recognition_body
from app.mimo.response_parser import EventParser
from app.mimo.service_errors import error_from_value
from app.mimo.speech import SpeechEventParser, speech_body
from app.mimo.transport import Limits

Event = TypeVar("Event")

UNSTREAMED = 4.0
"""An answer that is not streamed has only one event, its end: so many times the limit for a first one."""

SEARCHING = 2.0
"""A search comes before the first word (mimo-api section 10: 90 s and more)."""

_MODELS_SECONDS = 20.0


class RequestSpec(Generic[Event]):
    """One request, ready to be sent as often as it takes."""

    def __init__(
        self, kind: ExchangeKind, method: str, url: str, model: str, body: dict[str, Any] | None, limits: Limits,
        reader: Callable[[str], EventParser[Event]], *, tokens: Callable[[], int] | None,
    ) -> None:  # fmt: skip
        """`reader` makes a fresh reader for an attempt of the given exchange.

        `tokens` estimates what the call will use; None for one that no limit counts.
        """
        self.kind: ExchangeKind = kind
        self.method = method
        self.url = url
        self.model = model
        self.body = body
        self.limits = limits
        self.reader = reader
        self.tokens = tokens

    def content(self) -> bytes | None:
        """The body as JSON. Half a character, which JSON can't hold, becomes a question mark, in `body` too."""
        if self.body is None:
            return None
        try:
            return msgspec.json.encode(self.body)
        except UnicodeEncodeError:
            content = json.dumps(self.body, ensure_ascii=False).encode("utf-8", "replace")
            self.body = json.loads(content)
            return content


def chat_call(profile: Profile, request: ChatRequest) -> RequestSpec[ChatEvent]:
    times = profile.timeouts
    streaming = request.sampling.stream
    first = times.first_byte * (SEARCHING if request.web_search is not None else 1.0)
    limits = Limits(first if streaming else UNSTREAMED * first, times.idle)
    url, tokens = chat_url(profile), partial(chat_tokens, request)
    if profile.protocol == "anthropic":
        body = anthropic_requests.chat_body(profile, request)
        return RequestSpec("chat", "POST", url, request.model, body, limits, AnthropicEventParser, tokens=tokens)
    body = openai_requests.chat_body(profile, request)
    return RequestSpec("chat", "POST", url, request.model, body, limits, OpenAiEventParser, tokens=tokens)


def speech_call(profile: Profile, request: SpeechRequest) -> RequestSpec[SpeechEvent]:
    """For `mimo-v2-tts`, which only a gateway may still have, the call of the model that answers for it."""
    if profile.kind != "gateway":
        request = upgrade_request(request)
    limits = _sound_limits(profile.timeouts, request.stream)
    body = speech_body(request)
    return RequestSpec(
        "speech", "POST", speech_url(profile), request.model, body, limits,
        lambda call_id: SpeechEventParser(request, call_id), tokens=partial(speech_tokens, request),
    )  # fmt: skip


def recognition_call(
    profile: Profile, request: RecognitionRequest
) -> RequestSpec[Started | TextDelta | UsageReported | Finished | Waiting]:
    limits = _sound_limits(profile.timeouts, request.stream)
    body = recognition_body(request)
    return RequestSpec(
        "recognition", "POST", speech_url(profile), request.model, body, limits, RecognitionEventParser,
        tokens=partial(recognition_tokens, request),
    )  # fmt: skip


def _sound_limits(times: Timeouts, stream: bool) -> Limits:
    """A whole reply has to be there in time, a stream only to begin: it may last as long as more of it comes.

    Where streaming is a matter of form the whole sound comes as one event (mimo-api 3.6), after as long a time.
    """
    return Limits(times.speech, times.idle) if stream else Limits(None, None, times.speech)


def models_call(profile: Profile) -> RequestSpec[ModelEntry]:
    limits = Limits(_MODELS_SECONDS, _MODELS_SECONDS)
    return RequestSpec("models", "GET", models_url(profile), "", None, limits, ModelsEventParser, tokens=None)


class ModelsEventParser:
    """`GET /models`: the documented object, or the bare list some servers give."""

    begun = True

    def __init__(self, _call_id: str = "") -> None:
        self.complete = False
        self.done = False

    def read(self, content: str, event: str = "") -> list[ModelEntry]:
        try:
            answer = msgspec.json.decode(content)
        except (msgspec.DecodeError, RecursionError) as cause:
            raise TransportError(Code.GARBAGE, beginning=content[:200]) from cause
        if isinstance(answer, dict) and answer.get("error"):
            raise error_from_value(200, answer)
        rows = answer.get("data", answer.get("models")) if isinstance(answer, dict) else answer
        if not isinstance(rows, list):
            raise TransportError(Code.GARBAGE, beginning=content[:200])
        self.complete = True
        found: dict[str, ModelEntry] = {}
        for row in rows:
            name = row.get("id") if isinstance(row, dict) else row
            if isinstance(name, str) and name:
                owner = row.get("owned_by") if isinstance(row, dict) else ""
                found.setdefault(name, ModelEntry(name, owner if isinstance(owner, str) else ""))
        return list(found.values())

    def close(self) -> list[ModelEntry]:
        if not self.complete:
            raise TransportError(Code.CUT_SHORT)
        return []
