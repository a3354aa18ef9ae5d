"""The routes of the demo service."""

from __future__ import annotations

import asyncio
import functools
import logging
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
from app.demo.faults import SPOKEN, Faults
from app.demo.media import description
from app.demo.models import Kind, Model
from app.demo.pacing import NO_WAIT, Pacing
from app.demo.service import Service, Settings
from app.demo.speech import request_parser as speech_reading
from app.demo.speech.response_writer import Performance, Transcript

log = logging.getLogger(__name__)


class Endpoints:
    """The protocol's endpoints for one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        return [
            Route("/v1/models", self.list_models, methods=["GET"]),
            Route("/v1/chat/completions", self.chat_completions, methods=["POST"]),
            Route("/anthropic/v1/messages", self.messages, methods=["POST"]),
        ]

    async def list_models(self, request: Request) -> Response:
        require_key(request, self._service.settings.key)
        return _json(models.listing())

    async def chat_completions(self, request: Request) -> Response:
        require_key(request, self._service.settings.key)
        body = await _body(request)
        try:
            model = models.model(_model_id(body))
            match model.kind:
                case Kind.CHAT:
                    response = await self._chat(body, model, request)
                case Kind.ASR:
                    response = await self._recognition(body, model, request)
                case _:
                    response = await self._speech(body, model, request)
        except Refusal as refusal:
            return _refused(refusal, streaming=body.get("stream") is True)
        if model.retired:
            response.headers["x-demo-model-retired"] = model.retired
        return response

    async def _chat(self, body: dict[str, Any], model: Model, request: Request) -> Response:
        ordered = _spoken(request)
        plugin = self._service.search_plugin and "search-off" not in ordered
        question = openai_request_parser.read(body, model, search_plugin=plugin)
        answer = await self._answer(msgspec.structs.replace(question, oddities=ordered))
        if question.stream:
            return _events(openai_response_writer.stream(answer, model.answers_as, self._pace(request)))
        return _json(openai_response_writer.completion(answer, model.answers_as))

    async def messages(self, request: Request) -> Response:
        """Messages endpoint of the Anthropic protocol."""
        try:
            require_key(request, self._service.settings.key)
            body = await _body(request)
            model = models.chat_model(_model_id(body))
            question = anthropic_request_parser.read(body, model)
            answer = await self._answer(msgspec.structs.replace(question, oddities=_spoken(request)))
        except Refusal as refusal:
            content, kind = errors.encode(refusal, streaming=False, anthropic=True)
            return Response(content, refusal.status, media_type=kind)
        if question.stream:
            return _events(anthropic_response_writer.stream(answer, model.answers_as, self._pace(request)))
        return _json(anthropic_response_writer.message(answer, model.answers_as))

    async def _answer(self, question: Question) -> Answer:
        told = await description.tell(question, self._service.stage)
        question = msgspec.structs.replace(question, observed=told.paragraphs, media_tokens=told.tokens)
        # A long prompt takes seconds to process; a thread keeps the event loop free for other responses.
        answer = await asyncio.to_thread(reply.answer, question)
        self._service.limits.admit(question.model, answer.usage.prompt + answer.usage.completion)
        return answer

    async def _speech(self, body: dict[str, Any], model: Model, request: Request) -> Response:
        order = speech_reading.read_speech(body, model)
        self._service.limits.admit(model, order.prompt_tokens)
        performance = Performance(order, self._service.stage, _spoken(request), self._pace(request))
        if not order.stream:
            return _json(await performance.completion())
        await performance.begin()
        return _events(performance.stream())

    async def _recognition(self, body: dict[str, Any], model: Model, request: Request) -> Response:
        order = speech_reading.read_recognition(body, model)
        recognised = await self._service.stage.recognise(order.file)
        transcript = Transcript(order, recognised, _spoken(request))
        self._service.limits.admit(model, transcript.usage.prompt + transcript.usage.completion)
        if order.stream:
            return _events(transcript.stream(self._pace(request)))
        return _json(transcript.completion())

    def _pace(self, request: Request) -> Pacing:
        return NO_WAIT if request.headers.get("x-demo-pace") == "0" else self._service.settings.pace


class LastResort:
    """Turns unhandled exceptions into a 500 in the protocol's error format.

    A response that has already started is aborted instead.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            if begun:
                raise
            log.exception("%s %s failed", scope["method"], scope["path"])
            anthropic = scope["path"].startswith("/anthropic/")
            content, kind = errors.encode(errors.by_status(500), streaming=False, anthropic=anthropic)
            await Response(content, 500, media_type=kind)(scope, receive, send)


def application(settings: Settings) -> Starlette:
    """Build the ASGI application of the service."""
    service = Service(settings)
    return Starlette(
        routes=[*Endpoints(service).routes(), *Control(service).routes()],
        middleware=[Middleware(functools.partial(FaultMiddleware, service=service)), Middleware(LastResort)],
        exception_handlers={Refusal: _on_refusal, 404: _on_missing, 405: _on_missing},
    )


def _spoken(request: Request) -> Faults:
    """Requested faults that change the content of the response."""
    ordered: Faults = request.scope.get("demo.faults", {})
    return {name: value for name, value in ordered.items() if name in SPOKEN}


async def _on_refusal(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return _refused(refusal, streaming=False)


async def _on_missing(request: Request, error: Exception) -> Response:
    return HTMLResponse(errors.NOT_FOUND_PAGE, 404)


def _refused(refusal: Refusal, *, streaming: bool) -> Response:
    content, kind = errors.encode(refusal, streaming=streaming)
    return Response(content, refusal.status, media_type=kind)


def _model_id(body: dict[str, Any]) -> str:
    if not isinstance(body.get("model"), str):
        raise errors.incorrect("model is required")
    return str(body["model"])


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = msgspec.json.decode(await request.body())
    except (ValueError, RecursionError) as error:
        raise errors.incorrect(f"request body is not valid JSON: {error}") from error
    if not isinstance(body, dict):
        raise errors.incorrect("request body must be a JSON object")
    return body


def _events(frames: AsyncIterator[bytes]) -> Response:
    return StreamingResponse(frames, media_type="text/event-stream")


def _json(content: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json")
