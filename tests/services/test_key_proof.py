"""A key "works" only if an answer proves it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from app.core.errors import Code, ServiceError, TransportError, WorkbenchError
from app.core.events import TextDelta
from app.core.profiles import Profile
from app.core.requests import ModelEntry
from app.services.connection_test import TestResult, run_tests

GATEWAY = Profile("x", "gateway", "X", "https://x.example/v1")


class Service:
    """Lists models and answers, or fails."""

    def __init__(self, models: WorkbenchError | None, chat: WorkbenchError | None) -> None:
        self._models, self._chat = models, chat

    async def models(self) -> tuple[ModelEntry, ...]:
        if self._models is not None:
            raise self._models
        return (ModelEntry("mimo-v2.5"),)

    async def chat(self, _request: Any) -> AsyncGenerator[TextDelta, None]:
        if self._chat is not None:
            raise self._chat
        yield TextDelta("OK")

    async def speak(self, _request: Any) -> AsyncGenerator[Any, None]:
        for nothing in ():
            yield nothing


async def key_test(models: WorkbenchError | None, chat: WorkbenchError | None, **options: Any) -> TestResult:
    service: Any = Service(models, chat)
    results = [result async for result in run_tests(GATEWAY, service, **options)]
    assert results[0].name == "key"
    return results[0]


@pytest.mark.parametrize("error", [ServiceError(Code.NOT_FOUND), TransportError(Code.GARBAGE, beginning="<html>")])
async def test_a_web_page_proves_nothing(error: WorkbenchError) -> None:
    result = await key_test(error, error)
    assert (result.state, result.key) == ("warn", "unproved")


async def test_a_public_list_does_not_outweigh_a_refused_chat() -> None:
    result = await key_test(None, ServiceError(Code.UNAUTHORIZED))
    assert result.state == "bad"
    assert result.error is not None


async def test_a_service_without_a_key_says_so() -> None:
    result = await key_test(None, None, has_key=False)
    assert (result.state, result.key) == ("skipped", "none")


@pytest.mark.parametrize("models", [None, ServiceError(Code.NOT_FOUND)])
async def test_a_list_or_a_chat_is_a_proof(models: WorkbenchError | None) -> None:
    assert (await key_test(models, None)).state == "good"


@pytest.mark.parametrize(
    ("chat", "state"),
    [
        (TransportError(Code.GARBAGE, beginning="<html>"), "warn"),
        (ServiceError(Code.NOT_FOUND), "warn"),
        (ServiceError(Code.SERVER_ERROR), "warn"),
        (ServiceError(Code.NO_BALANCE), "good"),
        (ServiceError(Code.MODEL_UNSUPPORTED), "good"),
    ],
)
async def test_a_public_list_of_a_gateway_is_no_proof_alone(chat: WorkbenchError, state: str) -> None:
    assert (await key_test(None, chat)).state == state
