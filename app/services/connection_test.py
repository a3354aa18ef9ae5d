"""Tests a service with real calls: key, model list, chat, streaming, web search and speech, one by one."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Literal

import msgspec

from app.core.catalogue import Model, ModelKind, catalogue
from app.core.errors import Code, WorkbenchError
from app.core.events import AudioDelta, SourcesFound, TextDelta, ThinkingDelta
from app.core.messages import user_message
from app.core.profiles import PRIVATE_KINDS, Profile
from app.core.requests import BuiltinVoice, ChatRequest, ModelEntry, Sampling, SpeechRequest, WebSearch
from app.services.models import offered
from app.services.ports import ServiceClient

Name = Literal["key", "models", "chat", "stream", "search", "speech"]
NAMES: tuple[Name, ...] = ("key", "models", "chat", "stream", "search", "speech")
State = Literal["good", "warn", "bad", "skipped"]

_UNANSWERED = (Code.UNAUTHORIZED, Code.KEY_MISSING, Code.KEY_KIND, Code.FORBIDDEN, Code.RISK_CONTROL)
"""Errors about the key; any other response means that it was accepted."""
_PROOF = (
    Code.NO_BALANCE,
    Code.QUOTA_EXHAUSTED,
    Code.TOO_MANY_REQUESTS,
    Code.BAD_REQUEST,
    Code.MODEL_UNSUPPORTED,
    Code.CONTENT_REFUSED,
)
"""Errors of a chat that come after the key was accepted."""
UNREACHED = (
    Code.UNREACHABLE,
    Code.CONNECT_TIMEOUT,
    Code.FIRST_BYTE_TIMEOUT,
    Code.TOTAL_TIMEOUT,
    Code.CONNECTION_LOST,
    Code.TLS,
    Code.BAD_URL,
    Code.BAD_PROXY,
    Code.PLAIN_HTTP,
    Code.REDIRECT_REFUSED,
    Code.CERTIFICATES_UNREADABLE,
    Code.DEMO_NOT_INSTALLED,
    Code.DEMO_START,
    Code.DEMO_DIED,
)
"""Errors that leave the validity of the key unknown."""


class TestResult(msgspec.Struct, frozen=True):
    """One test.

    Attributes:
        seconds: until the first event for stream, search and speech, until the end for the others; None if not tried.
        model: the model that answered.
        counts: number of models by class.
        offered: False if this kind of service or protocol lacks the feature.
        pieces: audio pieces of the speech test; more than one means that it streams.
        error: why it failed.
        key: for the key test, `none` if no key is sent, `unproved` if no answer shows that the key was accepted.
    """

    __test__ = False

    name: Name
    state: State
    seconds: float | None = None
    model: str = ""
    counts: dict[str, int] = {}
    pieces: int = 0
    offered: bool = True
    error: WorkbenchError | None = None
    key: Literal["", "none", "unproved"] = ""


async def run_tests(
    profile: Profile, client: ServiceClient, *, has_key: bool = True
) -> AsyncGenerator[TestResult, None]:
    """Run every test of `NAMES` in order. Chat and speech use a few tokens. Closing the generator stops the test.

    The key works if it was sent and a list of models or a chat answered, and no answer refused it.
    """
    began = time.monotonic()
    models: tuple[Model, ...] = ()
    try:
        models = offered(await client.models(), profile.models)
        elapsed = time.monotonic() - began
        counts: dict[str, int] = {}
        for model in models:
            counts[model.kind] = counts.get(model.kind, 0) + 1
        models_result = TestResult("models", "good" if models else "warn", counts=counts)
    except WorkbenchError as error:
        if error.code in _UNANSWERED or error.code in UNREACHED:
            yield TestResult("key", "bad", error=error)
            for name in NAMES[1:]:
                yield TestResult(name, "skipped")
            return
        elapsed = time.monotonic() - began
        models_result = TestResult("models", "warn", error=error)
        models = offered(None, ())
    # Models the user typed in are preferred.
    preferred = offered([ModelEntry(name) for name in profile.models], ()) if profile.models else ()
    chat, speech = _first((*preferred, *models), "chat"), _first((*preferred, *models), "speech")
    chat_result = await _chat(client, chat)
    yield _key_result(profile, models_result, chat_result, elapsed, sent=has_key and profile.authentication != "none")
    yield models_result
    yield chat_result
    yield await _stream(client, chat)
    if profile.kind in ("payg", "demo") and profile.protocol == "openai":
        yield await _search(client, chat)
    else:
        yield TestResult("search", "skipped", offered=False)
    if profile.protocol == "openai":
        yield await _speech(client, speech)
    else:
        yield TestResult("speech", "skipped", offered=False)


def _key_result(profile: Profile, models: TestResult, chat: TestResult, elapsed: float, *, sent: bool) -> TestResult:
    """What both answers tell about the key; `elapsed` is the time the list of models took, in seconds."""
    if chat.error is not None and chat.error.code in _UNANSWERED:
        return TestResult("key", "bad", error=chat.error)
    if not sent:
        return TestResult("key", "skipped", key="none")
    # A list may be public, and a web page may stand in for an answer.
    answered = chat.error is None or chat.error.code in _PROOF or profile.kind not in PRIVATE_KINDS
    if chat.state == "good" or (models.error is None and answered):
        return TestResult("key", "good", elapsed)
    return TestResult("key", "warn", key="unproved")


def _first(models: tuple[Model, ...], kind: ModelKind) -> str:
    return next((model.id for model in models if model.kind == kind), "")


async def _chat(client: ServiceClient, model: str) -> TestResult:
    if not model:
        return TestResult("chat", "skipped", offered=False)
    return await _answer("chat", client, _short(model, stream=False))


async def _stream(client: ServiceClient, model: str) -> TestResult:
    if not model:
        return TestResult("stream", "skipped", offered=False)
    return await _answer("stream", client, _short(model, stream=True))


def _short(model: str, *, stream: bool) -> ChatRequest:
    sampling = Sampling(thinking=False, max_tokens=16, stream=stream)
    return ChatRequest(model, (user_message("Say OK."),), sampling=sampling)


async def _search(client: ServiceClient, model: str) -> TestResult:
    if not model:
        return TestResult("search", "skipped", offered=False)
    request = ChatRequest(
        model,
        (user_message("Weather in Beijing?"),),
        sampling=Sampling(thinking=False, max_tokens=16),
        web_search=WebSearch(force=True, keywords=1, results=1),
    )
    return await _answer("search", client, request)


async def _answer(name: Name, client: ServiceClient, request: ChatRequest) -> TestResult:
    """Request a few tokens and read all of them: stopping early would close the connection."""
    began, first = time.monotonic(), None
    wanted = (TextDelta, SourcesFound) if name == "search" else (TextDelta, ThinkingDelta)
    try:
        async with aclosing(client.chat(request)) as events:
            async for event in events:
                if first is None and isinstance(event, wanted):
                    first = time.monotonic() - began
    except WorkbenchError as error:
        return TestResult(name, "warn" if name == "search" else "bad", model=request.model, error=error)
    return TestResult(name, "warn" if first is None else "good", first, request.model)


async def _speech(client: ServiceClient, model: str) -> TestResult:
    """Generate a short line in the default voice, and count its pieces to see whether it streams."""
    if not model:
        return TestResult("speech", "skipped", offered=False)
    request = SpeechRequest(model, "OK, this works.", BuiltinVoice(catalogue().speech.voice), container="pcm16")
    began, first, pieces = time.monotonic(), None, 0
    try:
        async with aclosing(client.speak(request)) as events:
            async for event in events:
                if isinstance(event, AudioDelta):
                    pieces += 1
                    first = first if first is not None else time.monotonic() - began
    except WorkbenchError as error:
        return TestResult("speech", "bad", model=model, error=error)
    return TestResult("speech", "good" if pieces else "warn", first, model, pieces=pieces)
