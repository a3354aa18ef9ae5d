"""A service is tried for real, test by test, and what fails says why."""

from typing import Any

import pytest

from app.core.errors import Code, TransportError
from app.core.profiles import Profile
from app.mimo.client import MimoClient
from app.services.connection_test import NAMES, TestResult, run_tests
from tests.plugins.demo_service import DemoService


async def tried(profile: Profile, key: str | None) -> dict[str, TestResult]:
    client = MimoClient(profile, key)
    try:
        return {result.name: result async for result in run_tests(profile, client)}
    finally:
        await client.aclose()


async def test_everything_works_with_the_demo_service(demo_service: DemoService) -> None:
    results = await tried(Profile("demo", "demo", "Demo", demo_service.base_url, retries=0), demo_service.key)
    assert list(results) == list(NAMES)
    assert {name: result.state for name, result in results.items()} == dict.fromkeys(NAMES, "good")
    assert results["models"].counts["chat"] >= 2
    assert results["speech"].pieces > 1
    assert results["chat"].model


async def test_a_refused_key_ends_the_test_with_the_reason(demo_service: DemoService) -> None:
    results = await tried(Profile("demo", "demo", "Demo", demo_service.base_url, retries=0), "sk-wrong")
    assert results["key"].state == "bad"
    assert results["key"].error is not None
    assert results["key"].error.code is Code.UNAUTHORIZED
    assert {results[name].state for name in NAMES[1:]} == {"skipped"}


async def test_nobody_there() -> None:
    results = await tried(
        Profile("x", "self-hosted", "X", "http://127.0.0.1:9/v1", authentication="none", retries=0), None
    )
    assert results["key"].error is not None
    assert results["key"].error.code is Code.UNREACHABLE


@pytest.mark.parametrize("code", [Code.FIRST_BYTE_TIMEOUT, Code.TOTAL_TIMEOUT, Code.CONNECTION_LOST, Code.DEMO_DIED])
async def test_silence_says_nothing_good_of_a_key(code: Code) -> None:
    class Silent:
        async def models(self) -> Any:
            raise TransportError(code)

    results = [result async for result in run_tests(Profile("x", "gateway", "X", "http://x.example/v1"), Silent())]  # type: ignore[arg-type]
    assert [result.state for result in results] == ["bad", *["skipped"] * (len(NAMES) - 1)]


async def test_search_switched_off_is_a_warning(demo_service: DemoService) -> None:
    demo_service.control("search", {"enabled": False})
    results = await tried(Profile("demo", "demo", "Demo", demo_service.base_url, retries=0), demo_service.key)
    assert results["search"].state == "warn"
    assert results["search"].error is not None
    assert results["search"].error.code is Code.SEARCH_OFF
    assert results["speech"].state == "good"


async def test_what_a_protocol_lacks_is_not_offered_rather_than_failed(demo_service: DemoService) -> None:
    profile = Profile("demo", "demo", "Demo", demo_service.anthropic_url, protocol="anthropic", retries=0)
    results = await tried(profile, demo_service.key)
    assert {name for name, result in results.items() if result.state == "good"} == {"key", "models", "chat", "stream"}
    assert {name for name, result in results.items() if not result.offered} == {"search", "speech"}


async def test_a_typed_in_model_is_the_one_that_is_tried(demo_service: DemoService) -> None:
    profile = Profile("own", "gateway", "Own", demo_service.base_url, retries=0, models=("mimo-v2.5",))
    results = await tried(profile, demo_service.key)
    assert results["chat"].model == results["stream"].model == "mimo-v2.5"
    assert not results["search"].offered
    assert results["speech"].state == "good"
