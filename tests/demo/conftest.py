"""HTTP fixtures for the two protocols of the demo service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.plugins.demo_service import DemoService

Post = Callable[..., httpx.Response]


@pytest.fixture
def post(demo_service: DemoService) -> Iterator[Post]:
    """Return a function that posts a chat completions request; `fault` requests faults for it."""
    with httpx.Client(timeout=30) as client:

        def send(model: str, messages: list[dict[str, Any]], *, fault: str = "", **fields: Any) -> httpx.Response:
            headers = {"api-key": demo_service.key} | ({"x-demo-fault": fault} if fault else {})
            body = {"model": model, "messages": messages, **fields}
            return client.post(f"{demo_service.base_url}/chat/completions", json=body, headers=headers)

        yield send


@pytest.fixture
def ask(demo_service: DemoService) -> Iterator[Post]:
    """Return a function that posts an Anthropic messages request; `fault` requests faults for it."""
    with httpx.Client(timeout=30) as client:

        def send(model: str, messages: list[dict[str, Any]], *, fault: str = "", **fields: Any) -> httpx.Response:
            headers = {"x-api-key": demo_service.key} | ({"x-demo-fault": fault} if fault else {})
            body = {"model": model, "messages": messages, **fields}
            return client.post(f"{demo_service.anthropic_url}/v1/messages", json=body, headers=headers)

        yield send
