"""The routes of the demo service."""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.demo import errors, models
from app.demo.access import require_key
from app.demo.chat import (
    anthropic_request_parser,
    anthropic_response_writer,
    openai_request_parser,
    openai_response_writer,
    reply,
)
from app.demo.chat.question import Answer, Question
from app.demo.control import Control
from app.demo.errors import Refusal
from app.demo.fault_middleware import FaultMiddleware
from app.demo.faults import CONTENT, Faults
from app.demo.media import description
from app.demo.models import Model, ModelKind
from app.demo.pacing import NO_WAIT, Pacing, disconnects_within
from app.demo.service import Exchange, Service, ServiceSettings
from app.demo.speech import request_parser as speech_request_parser
from app.demo.speech.response_writer import SpeechResponse, TranscriptionResponse

log = logging.getLogger(__name__)


class Endpoints:
    """The protocol's endpoints for one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        return [
            Route("/v1/models", self.list_models, methods=["GET"]),
            Route("/models", self.list_models, methods=["GET"]),
            Route("/v1/models/{id:path}", self.show_model, methods=["GET"]),
            Route("/models/{id:path}", self.show_model, methods=["GET"]),
            Route("/v1/chat/completions", self.chat_completions, methods=["POST"]),
            Route("/anthropic/v1/messages", self.messages, methods=["POST"]),
        ]

    async def list_models(self, request: Request) -> Response:
        require_key(request, self._service.settings.key)
        return _json_response(models.listing())

    async def show_model(self, request: Request) -> Response:
        """The platform has no address for one model; its refusal lacks the outer `error` (WIRE.md section 1)."""
        require_key(request, self._service.settings.key)
        refusal = Refusal(400, "Invalid request", "404 NOT_FOUND")
        return Response(msgspec.json.encode(refusal.body()["error"]), 400, media_type="application/json")

    async def chat_completions(self, request: Request) -> Response:
        # The platform reads the body before the key.
        content = await _json_body(request)
        require_key(request, self._service.settings.key)
        body = _object(content)
        try:
            model = models.get_model(_model_id(body))
            match model.kind:
                case ModelKind.CHAT:
                    response = await self._chat_response(body, model, request)
                case ModelKind.ASR:
                    response = await self._recognition_response(body, model, request)
                case _:
                    response = await self._speech_response(body, model, request)
            await self._answer_due(request)
        except Refusal as refusal:
            return _refusal_response(refusal, streaming=body.get("stream") is True)
        if model.retired:
            response.headers["x-demo-model-retired"] = model.retired
        return response

    async def _chat_response(self, body: dict[str, Any], model: Model, request: Request) -> Response:
        requested = _content_faults(request)
        search_plugin = self._service.search_plugin and "search-off" not in requested
        question = openai_request_parser.parse(body, model, search_plugin=search_plugin)
        self._admit(model, request)
        answer = await self._answer(msgspec.structs.replace(question, faults=requested), request)
        if question.stream:
            return _event_response(openai_response_writer.stream(answer, model.id, self._pacing(request)))
        return _json_response(openai_response_writer.completion(answer, model.id))

    async def messages(self, request: Request) -> Response:
        """Messages endpoint of the Anthropic protocol."""
        try:
            content = await _json_body(request)
            require_key(request, self._service.settings.key)
            body = _object(content)
            model = models.get_chat_model(_model_id(body))
            question = anthropic_request_parser.parse(body, model)
            self._admit(model, request)
            question = msgspec.structs.replace(question, faults=_content_faults(request))
            answer = await self._answer(question, request)
            await self._answer_due(request)
        except Refusal as refusal:
            content, content_type = errors.encode(refusal, streaming=False, anthropic=True)
            return Response(content, refusal.status, media_type=content_type)
        if question.stream:
            return _event_response(anthropic_response_writer.stream(answer, model.id, self._pacing(request)))
        return _json_response(anthropic_response_writer.message(answer, model.id))

    async def _answer(self, question: Question, request: Request) -> Answer:
        media = await description.describe(question, self._service.speech_worker)
        question = msgspec.structs.replace(question, media_descriptions=media.paragraphs, media_tokens=media.tokens)
        # A long prompt takes seconds to process; a thread keeps the event loop free for other responses.
        answer = await asyncio.to_thread(reply.answer, question)
        self._service.limits.charge(
            question.model, _exchange(request).number, answer.usage.prompt + answer.usage.completion
        )
        return answer

    async def _speech_response(self, body: dict[str, Any], model: Model, request: Request) -> Response:
        faults = _content_faults(request)
        parsed = speech_request_parser.parse_speech(body, model, has_default_voice="no-default-voice" not in faults)
        self._admit(model, request)
        self._service.limits.charge(model, _exchange(request).number, parsed.prompt_tokens)
        speech = SpeechResponse(parsed, self._service.speech_worker, faults, self._pacing(request))
        if not parsed.stream:
            return _json_response(await speech.completion())
        await speech.begin()
        return _event_response(speech.stream())

    async def _recognition_response(self, body: dict[str, Any], model: Model, request: Request) -> Response:
        parsed = speech_request_parser.parse_recognition(body, model)
        self._admit(model, request)
        recognition = await self._service.speech_worker.recognise(parsed.file)
        response = TranscriptionResponse(parsed, recognition, _content_faults(request))
        self._service.limits.charge(model, _exchange(request).number, response.usage.prompt + response.usage.completion)
        if parsed.stream:
            return _event_response(response.stream(self._pacing(request)))
        return _json_response(response.completion())

    def _admit(self, model: Model, request: Request) -> None:
        """Count a valid request against the limits. Raises Refusal."""
        self._service.limits.admit(model, _exchange(request).number)

    async def _answer_due(self, request: Request) -> None:
        """Wait until the answer may begin, or the client has gone."""
        seconds = _exchange(request).began + self._service.answer_seconds - time.monotonic()
        if seconds > 0:
            await disconnects_within(request.receive, seconds)

    def _pacing(self, request: Request) -> Pacing:
        return NO_WAIT if request.headers.get("x-demo-pace") == "0" else self._service.settings.pacing


class UnhandledErrorMiddleware:
    """Turns unhandled exceptions into a 500 in the protocol's error format.

    A response that has already started is aborted instead.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response_started = False

        async def tracking_send(message: Message) -> None:
            nonlocal response_started
            response_started = True
            await send(message)

        try:
            await self._app(scope, receive, tracking_send)
        except Exception:
            if response_started:
                raise
            log.exception("%s %s failed", scope["method"], scope["path"])
            anthropic = scope["path"].startswith("/anthropic/")
            content, content_type = errors.encode(errors.for_status(500), streaming=False, anthropic=anthropic)
            await Response(content, 500, media_type=content_type)(scope, receive, send)


def create_application(settings: ServiceSettings) -> Starlette:
    """Build the ASGI application of the service."""
    service = Service(settings)
    return Starlette(
        routes=[*Endpoints(service).routes(), *Control(service).routes()],
        middleware=[
            Middleware(functools.partial(FaultMiddleware, service=service)),
            Middleware(UnhandledErrorMiddleware),
        ],
        exception_handlers={Refusal: _on_refusal, 404: _on_missing, 405: _on_missing},
    )


def _exchange(request: Request) -> Exchange:
    exchange: Exchange = request.scope["demo.exchange"]
    return exchange


def _content_faults(request: Request) -> Faults:
    """Requested faults that change the content of the response."""
    requested: Faults = request.scope.get("demo.faults", {})
    return {name: value for name, value in requested.items() if name in CONTENT}


async def _on_refusal(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return _refusal_response(refusal, streaming=False)


async def _on_missing(request: Request, error: Exception) -> Response:
    return HTMLResponse(errors.NOT_FOUND_PAGE, 404)


def _refusal_response(refusal: Refusal, *, streaming: bool) -> Response:
    content, content_type = errors.encode(refusal, streaming=streaming)
    return Response(content, refusal.status, media_type=content_type)


def _model_id(body: dict[str, Any]) -> str:
    model = body.get("model", "unknown-model")
    if not isinstance(model, str):
        raise errors.incorrect("model must be a string")
    return model


async def _json_body(request: Request) -> Any:
    try:
        return msgspec.json.decode(await request.body())
    except (ValueError, RecursionError) as error:
        raise errors.invalid_json() from error


def _object(content: Any) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise errors.incorrect("request body must be a JSON object")
    return content


def _event_response(frames: AsyncIterator[bytes]) -> Response:
    return StreamingResponse(frames, media_type="text/event-stream")


def _json_response(content: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json")
