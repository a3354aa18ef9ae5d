"""Authentication, paths and the model list (WIRE.md section 1)."""

from __future__ import annotations

import httpx
import pytest

from tests.plugins.demo_service import DemoService


@pytest.mark.parametrize(
    ("header", "scheme"), [("api-key", ""), ("Authorization", "Bearer "), ("Authorization", "bearer ")]
)
def test_key_is_accepted_in_either_header(demo_service: DemoService, header: str, scheme: str) -> None:
    headers = {header: scheme + demo_service.key}
    assert httpx.get(f"{demo_service.base_url}/models", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/anthropic/v1/messages"])
@pytest.mark.parametrize(("api_key", "other", "status"), [(False, True, 401), (True, False, 200)])
def test_api_key_wins_over_the_other_headers(
    demo_service: DemoService, path: str, api_key: bool, other: bool, status: int
) -> None:
    key = {True: demo_service.key, False: "sk-wrong"}
    headers = {"api-key": key[api_key], "Authorization": f"Bearer {key[other]}", "x-api-key": key[other]}
    body = {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "hi"}]}
    assert httpx.post(demo_service.root + path, headers=headers, json=body).status_code == status


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/anthropic/v1/messages"])
@pytest.mark.parametrize("key", ["right", "wrong", "none"])
@pytest.mark.parametrize("body", [b"", b"{", b'{"model": "mimo-v2.6-pro",}', b"\xff"])
def test_body_is_parsed_before_the_key_is_looked_at(
    demo_service: DemoService, path: str, key: str, body: bytes
) -> None:
    headers = {"right": {"api-key": demo_service.key}, "wrong": {"api-key": "sk-wrong"}, "none": {}}[key]
    answer = httpx.post(demo_service.root + path, headers=headers, content=body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["message"]) == ("400", "Invalid JSON in request body")
    assert "param" not in error
    if path.startswith("/v1"):
        assert error.keys() == {"code", "message"}


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/anthropic/v1/messages"])
@pytest.mark.parametrize(
    "model",
    ["mimo-v2.5-pro[1m]", "MiMo-V2.6-Pro", "mimo-v2-pro", "mimo-v2-flash", "mimo-v2-tts", "mimo-v2.6", None],
)
def test_unknown_model_is_refused_in_two_keys(demo_service: DemoService, path: str, model: str | None) -> None:
    body: dict[str, object] = {"messages": [{"role": "user", "content": "hi"}]}
    if model is not None:
        body["model"] = model
    answer = httpx.post(demo_service.root + path, headers={"api-key": demo_service.key}, json=body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["message"]) == ("400", f"Unsupported model {model or 'unknown-model'}")
    if path.startswith("/v1"):
        assert error.keys() == {"code", "message"}


@pytest.mark.parametrize("scheme", ["", "Basic "])
def test_other_authorization_schemes_are_rejected(demo_service: DemoService, scheme: str) -> None:
    headers = {"Authorization": scheme + demo_service.key}
    assert httpx.get(f"{demo_service.base_url}/models", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "headers", [{}, {"api-key": "sk-wrong"}, {"Authorization": "Bearer tp-wrong"}, {"x-api-key": "x"}]
)
def test_wrong_key_returns_the_platforms_error(demo_service: DemoService, headers: dict[str, str]) -> None:
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


LISTED = ["v2.5", "v2.5-asr", "v2.5-pro", "v2.5-tts", "v2.5-tts-voiceclone", "v2.5-tts-voicedesign", "v2.6-flash",
          "v2.6-pro", "v2.6-pro-ultraspeed"]  # fmt: skip


@pytest.mark.parametrize("path", ["/v1/models", "/models"])
@pytest.mark.parametrize(("header", "scheme"), [("api-key", ""), ("Authorization", "Bearer ")])
def test_model_list_is_the_recorded_one_at_both_addresses(
    demo_service: DemoService, path: str, header: str, scheme: str
) -> None:
    answer = httpx.get(demo_service.root + path, headers={header: scheme + demo_service.key}).json()
    rows = [{"id": f"mimo-{id}", "object": "model", "owned_by": "xiaomi"} for id in LISTED]
    assert answer == {"object": "list", "data": rows}
    assert httpx.get(demo_service.root + path).status_code == 401


@pytest.mark.parametrize("path", ["/v1/models/mimo-v2.6-pro", "/models/mimo-v2.6-pro", "/v1/models/xiaomi/none"])
def test_single_model_has_no_address(demo_service: DemoService, path: str) -> None:
    answer = httpx.get(demo_service.root + path, headers={"api-key": demo_service.key})
    assert answer.status_code == 400
    assert answer.json() == {"code": "400", "message": "Invalid request", "param": "404 NOT_FOUND", "type": ""}


@pytest.mark.parametrize(
    ("model", "whole", "cached"),
    [("mimo-v2.5", 248, 192), ("mimo-v2.5-pro", 248, 192), ("mimo-v2.6-flash", 8, 0), ("mimo-v2.6-pro", 8, 0)],
)
def test_system_prompt_is_injected_on_v25_only(demo_service: DemoService, model: str, whole: int, cached: int) -> None:
    messages = [{"role": "user", "content": "hi"}]
    body = {"model": model, "messages": messages}
    url, headers = f"{demo_service.base_url}/chat/completions", {"api-key": demo_service.key}
    usage = httpx.post(url, headers=headers, json=body).json()["usage"]
    assert usage["prompt_tokens"] == whole
    assert (usage["prompt_tokens_details"] or {}).get("cached_tokens", 0) == cached
    body["messages"] = [{"role": "system", "content": "Be brief."}, *messages]
    assert httpx.post(url, headers=headers, json=body).json()["usage"]["prompt_tokens"] < 20


@pytest.mark.parametrize("path", ["/v1/audio/speech", "/v1/audio/transcriptions", "/anthropic/v1/models", "/nothing"])
def test_unknown_paths_return_an_html_404(demo_service: DemoService, path: str) -> None:
    answer = httpx.post(demo_service.root + path, headers={"api-key": demo_service.key}, json={})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "openresty" in answer.text
