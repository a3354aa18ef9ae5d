"""What can be chosen: the service's list, else the catalogue, and what a person typed in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from app.core.catalogue import catalogue
from app.core.errors import Code, TransportError
from app.core.profiles import Profile
from app.core.requests import ModelEntry
from app.core.settings import Settings
from app.services.models import Models, offered

ONE = Profile("one", "gateway", "One", "https://one.example/v1", models=("house-model", "mimo-v2.6-pro"))
OTHER = Profile("other", "gateway", "Other", "https://other.example/v1")


class Service:
    """A connection whose client answers with what it is given, once it may."""

    def __init__(self, profile: Profile, answer: Callable[[], tuple[ModelEntry, ...]]) -> None:
        self.profile = profile
        self.answer = answer
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[tuple[Profile, Any], None]:
        yield self.profile, self

    async def models(self) -> tuple[ModelEntry, ...]:
        await self.may_answer.wait()
        return self.answer()


def ids(models: Models) -> list[str]:
    return [model.id for model in models.all()]


async def test_typed_in_models_stand_behind_the_services_own() -> None:
    service = Service(ONE, lambda: (ModelEntry("mimo-v2.6-flash"), ModelEntry("mimo-v2.6-pro")))
    models = Models(service, Settings())  # type: ignore[arg-type]
    await models.refresh()
    assert ids(models) == ["mimo-v2.6-pro", "mimo-v2.6-flash", "house-model"]
    assert models.error is None


async def test_without_a_list_the_catalogue_is_offered_and_the_reason_kept() -> None:
    def fail() -> tuple[ModelEntry, ...]:
        raise TransportError(Code.UNREACHABLE, host="one.example")

    models = Models(Service(ONE, fail), Settings())  # type: ignore[arg-type]
    await models.refresh()
    assert models.error is not None
    assert ids(models) == [*(model.id for model in catalogue().merged(None)), "house-model"]


async def test_a_list_that_comes_after_the_service_was_changed_is_dropped() -> None:
    service = Service(ONE, lambda: (ModelEntry("late"),))
    models = Models(service, Settings())  # type: ignore[arg-type]
    service.may_answer.clear()
    reading = asyncio.create_task(models.refresh())
    await asyncio.sleep(0)
    service.profile = OTHER
    service.may_answer.set()
    await reading
    assert "late" not in ids(models)


async def test_of_two_readings_the_later_one_counts() -> None:
    lists = iter(["after the key was changed", "before"])
    service = Service(ONE, lambda: (ModelEntry(next(lists)),))
    models = Models(service, Settings())  # type: ignore[arg-type]
    service.may_answer.clear()
    earlier = asyncio.create_task(models.refresh())
    await asyncio.sleep(0)
    service.may_answer, held = asyncio.Event(), service.may_answer
    service.may_answer.set()
    await models.refresh()
    held.set()
    await earlier
    assert ids(models)[0] == "after the key was changed"


def test_the_choice_is_remembered_for_each_service() -> None:
    settings = Settings()
    service = Service(ONE, tuple)
    models = Models(service, settings)  # type: ignore[arg-type]
    models.choose("chat", "mimo-v2.6-flash")
    assert models.chosen("chat") == "mimo-v2.6-flash"
    service.profile = OTHER
    assert models.chosen("chat") == catalogue().merged(None)[0].id


def test_an_empty_list_is_none() -> None:
    assert offered((), ()) == catalogue().merged(None)
