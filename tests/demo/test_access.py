"""Keys, addresses and the model list (WIRE.md section 1)."""

from __future__ import annotations

import httpx
import pytest

from tests.plugins.demo_service import DemoService


@pytest.mark.parametrize(
    ("header", "scheme"), [("api-key", ""), ("Authorization", "Bearer "), ("Authorization", "bearer ")]
)
def test_either_header_carries_the_key(demo_service: DemoService, header: str, scheme: str) -> None:
    headers = {header: scheme + demo_service.key}
    assert httpx.get(f"{demo_service.base_url}/models", headers=headers).status_code == 200


@pytest.mark.parametrize("scheme", ["", "Basic "])
def test_a_key_of_another_scheme_is_none(demo_service: DemoService, scheme: str) -> None:
    headers = {"Authorization": scheme + demo_service.key}
    assert httpx.get(f"{demo_service.base_url}/models", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "headers", [{}, {"api-key": "sk-wrong"}, {"Authorization": "Bearer tp-wrong"}, {"x-api-key": "x"}]
)
def test_a_wrong_key_is_refused_in_the_platforms_words(demo_service: DemoService, headers: dict[str, str]) -> None:
    answer = httpx.post(f"{demo_service.base_url}/chat/completions", headers=headers, json={})
    assert answer.status_code == 401
    assert answer.json() == {
        "error": {
            "message": "Invalid API Key",
            "param": "Please provide valid API Key",
            "code": "401",
            "type": "invalid_key",
        }
    }


def test_the_list_offers_both_generations_in_documented_fields(demo_service: DemoService) -> None:
    answer = httpx.get(f"{demo_service.base_url}/models", headers={"api-key": demo_service.key}).json()
    rows = {row["id"]: row for row in answer["data"]}
    assert answer["object"] == "list"
    assert {"mimo-v2.6-pro", "mimo-v2.6-flash", "mimo-v2.5-pro", "mimo-v2.5", "mimo-v2.5-asr"} <= rows.keys()
    assert all(row == {"id": id, "object": "model", "owned_by": "xiaomi"} for id, row in rows.items())
    assert "mimo-v2-pro" not in rows


@pytest.mark.parametrize("path", ["/v1/audio/speech", "/v1/audio/transcriptions", "/anthropic/v1/models", "/nothing"])
def test_addresses_the_platform_lacks_are_an_html_404(demo_service: DemoService, path: str) -> None:
    answer = httpx.post(demo_service.root + path, headers={"api-key": demo_service.key}, json={})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "openresty" in answer.text
