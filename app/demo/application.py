"""The routes of the demo service."""

from __future__ import annotations

import hmac
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from app.demo import errors, models
from app.demo.chat import openai_reading, openai_writing, reply
from app.demo.errors import Refusal
from app.demo.pace import NO_WAIT, Pace
from app.demo.service import Settings


class Endpoints:
    """The HTTP face of one service."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def routes(self) -> list[Route]:
        return [
            Route("/v1/models", self.list_models, methods=["GET"]),
            Route("/v1/chat/completions", self.chat_completions, methods=["POST"]),
        ]

    async def list_models(self, request: Request) -> Response:
        self._admit(request)
        return _json(models.listing())

    async def chat_completions(self, request: Request) -> Response:
        self._admit(request)
        body = await _body(request)
        try:
            return self._chat(body, self._pace(request))
        except Refusal as refusal:
            return _refused(refusal, streaming=body.get("stream") is True)

    def _chat(self, body: dict[str, Any], pace: Pace) -> Response:
        if not isinstance(body.get("model"), str):
            raise errors.incorrect("model is required")
        model = models.model(body["model"])
        question = openai_reading.read(body, model)
        answer = reply.answer(question)
        if question.stream:
            return StreamingResponse(
                openai_writing.stream(answer, model.answers_as, pace), media_type="text/event-stream"
            )
        return _json(openai_writing.completion(answer, model.answers_as))

    def _admit(self, request: Request) -> None:
        """`api-key` or `Authorization: Bearer` (mimo-api section 1)."""
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        given = request.headers.get("api-key") or bearer
        if not hmac.compare_digest(given.strip().encode(), self._settings.key.encode()):
            raise errors.invalid_key()

    def _pace(self, request: Request) -> Pace:
        return NO_WAIT if request.headers.get("x-demo-pace") == "0" else self._settings.pace


def application(settings: Settings) -> Starlette:
    return Starlette(
        routes=Endpoints(settings).routes(),
        exception_handlers={Refusal: _on_refusal, 404: _on_missing, 405: _on_missing},
    )


async def _on_refusal(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return _refused(refusal, streaming=False)


async def _on_missing(request: Request, error: Exception) -> Response:
    return HTMLResponse(errors.NOT_FOUND_PAGE, 404)


def _refused(refusal: Refusal, *, streaming: bool) -> Response:
    content, kind = errors.encode(refusal, streaming=streaming)
    return Response(content, refusal.status, media_type=kind)


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = msgspec.json.decode(await request.body())
    except msgspec.DecodeError as error:
        raise errors.incorrect(f"request body is not valid JSON: {error}") from error
    if not isinstance(body, dict):
        raise errors.incorrect("request body must be a JSON object")
    return body


def _json(content: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json")
