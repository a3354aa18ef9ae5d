"""Fixture `demo_service`: the demo service as a subprocess, for tests that need a real server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest


class DemoService:
    """A running demo service.

    Attributes:
        base_url: OpenAI side, ends in `/v1`.
        anthropic_url: Anthropic side, ends in `/anthropic`.
        key: what it takes as `api-key`.
        process: end it to see what happens when it dies.
    """

    def __init__(self, process: subprocess.Popen[bytes], base_url: str, key: str) -> None:
        self.process = process
        self.base_url = base_url
        self.root = base_url.removesuffix("/v1")
        self.anthropic_url = f"{self.root}/anthropic"
        self.key = key

    def control(self, path: str, order: dict[str, Any] | None = None) -> dict[str, Any]:
        """`GET /demo/path`, or `POST` with a command; see `app/demo/control.py` for the endpoints."""
        method = "GET" if order is None else "POST"
        # Plain HTTP on this computer; loading the certificate authorities would take most of the time.
        answer = httpx.request(
            method, f"{self.root}/demo/{path}", json=order, headers={"api-key": self.key}, verify=False, trust_env=False
        )
        answer.raise_for_status()
        result: dict[str, Any] = answer.json()
        return result

    def arm(self, fault: str, requests: int = 1) -> None:
        """Inject faults into the next requests, in the syntax of the `X-Demo-Fault` header."""
        self.control("faults", {"fault": fault, "next": requests})

    def state(self) -> dict[str, Any]:
        """The numbers of running requests, open connections, answered requests and armed faults, and the limits."""
        return self.control("state")

    def requests(self) -> list[dict[str, Any]]:
        """The requests since the last reset, oldest first: method, path, headers, body, status, sent bytes."""
        found: list[dict[str, Any]] = self.control("requests")["requests"]
        return found

    def reset(self) -> None:
        self.control("reset", {})


def start(*arguments: str) -> DemoService:
    """Start a service that ends with this process at the latest; call `stop` to end it earlier."""
    command = [sys.executable, "-m", "app.demo", "--parent-stdin", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    announced = json.loads(process.stdout.readline())
    return DemoService(process, announced["base_url"], announced["key"])


def stop(service: DemoService) -> None:
    process = service.process
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    try:
        process.wait(30)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture(scope="module")
def _demo_service_process() -> Iterator[DemoService]:
    service = start("--pace", "0", "--no-limits")
    yield service
    stop(service)


@pytest.fixture
def demo_service(_demo_service_process: DemoService) -> DemoService:
    """One service per test file, without delays and limits, reset before each test.

    It recognises what it spoke: what it hears must not depend on which files were run before.
    """
    _demo_service_process.reset()
    return _demo_service_process
