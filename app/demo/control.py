"""The control API, through which tests and demonstrations configure a running service. Requires the key."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.demo import errors, faults
from app.demo.access import require_key
from app.demo.limits import MAX_PARALLEL, REQUESTS_PER_WINDOW, WINDOW_SECONDS, LimitSettings, RateLimits
from app.demo.service import Service

T = TypeVar("T", bound=Struct)


class ArmBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Queue `fault`, written as in the header, for the next `next` requests."""

    fault: str
    next: Annotated[int, Meta(ge=1, le=10_000)] = 1


class LimitsBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of every model; the default is those of the platform. `window` in seconds, `parallel` 0 for no limit."""

    on: bool = True
    requests: Annotated[int, Meta(ge=0)] = REQUESTS_PER_WINDOW
    tokens: Annotated[int, Meta(ge=0)] | None = None
    window: Annotated[float, Meta(gt=0, le=86_400)] = WINDOW_SECONDS
    parallel: Annotated[int, Meta(ge=0)] = MAX_PARALLEL


class AnswersBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds from the arrival of a request to the beginning of its answer, at least."""

    seconds: Annotated[float, Meta(ge=0, le=3600)]


class SearchBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Enable or disable the web search plugin for the account."""

    enabled: bool


class Control:
    """Endpoints below `/demo/` of one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        return [
            Route("/demo/state", self.state, methods=["GET"]),
            Route("/demo/requests", self.requests, methods=["GET"]),
            Route("/demo/faults", self.list_faults, methods=["GET"]),
            Route("/demo/faults", self.arm, methods=["POST"]),
            Route("/demo/limits", self.set_limits, methods=["POST"]),
            Route("/demo/answers", self.set_answers, methods=["POST"]),
            Route("/demo/search", self.set_search, methods=["POST"]),
            Route("/demo/reset", self.reset, methods=["POST"]),
        ]

    async def state(self, request: Request) -> Response:
        require_key(request, self._service.settings.key)
        limits = self._service.limits
        connections = getattr(request.app.state, "connections", None)
        return _json(
            {
                "running": len(self._service.running),
                "connections": connections() if connections else None,
                "answered": sum(exchange.seconds is not None for exchange in self._service.exchanges),
                "armed": self._service.armed.waiting,
                "limits": {
                    "on": limits.settings.enabled,
                    "requests": limits.settings.requests,
                    "tokens": limits.settings.tokens,
                    "window": limits.settings.window,
                    "parallel": limits.settings.parallel,
                },
                "counted": limits.state(),
                "answer_seconds": self._service.answer_seconds,
                "search": self._service.search_plugin,
            }
        )

    async def requests(self, request: Request) -> Response:
        """List the latest requests, oldest first."""
        require_key(request, self._service.settings.key)
        return _json({"requests": [exchange.row() for exchange in self._service.exchanges]})

    async def list_faults(self, request: Request) -> Response:
        require_key(request, self._service.settings.key)
        return _json({"transport": faults.TRANSPORT, "spoken": faults.CONTENT})

    async def arm(self, request: Request) -> Response:
        body = await _decode_body(request, self._service, ArmBody)
        self._service.armed.arm(faults.parse(body.fault), body.next)
        return _json({"armed": self._service.armed.waiting})

    async def set_limits(self, request: Request) -> Response:
        body = await _decode_body(request, self._service, LimitsBody)
        settings = LimitSettings(body.on, body.requests, body.tokens, body.window, body.parallel)
        self._service.limits = RateLimits(settings)
        return _json(msgspec.to_builtins(body))

    async def set_answers(self, request: Request) -> Response:
        body = await _decode_body(request, self._service, AnswersBody)
        self._service.answer_seconds = body.seconds
        return _json(msgspec.to_builtins(body))

    async def set_search(self, request: Request) -> Response:
        body = await _decode_body(request, self._service, SearchBody)
        self._service.search_plugin = body.enabled
        return _json(msgspec.to_builtins(body))

    async def reset(self, request: Request) -> Response:
        """Return to the initial state: no faults, no counted requests, an empty log."""
        require_key(request, self._service.settings.key)
        self._service.reset()
        return _json({})


async def _decode_body(request: Request, service: Service, schema: type[T]) -> T:
    require_key(request, service.settings.key)
    try:
        return msgspec.json.decode(await request.body(), type=schema)
    except (ValueError, RecursionError) as error:
        raise errors.incorrect(str(error)) from error


def _json(content: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json")
