"""URLs, keys and headers of requests."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.errors import Code, ServiceError, TransportError
from app.core.profiles import PRESETS, Profile
from app.core.redaction import MASK, Redactor
from app.mimo.address import (
    chat_url,
    check_address,
    check_key,
    models_url,
    redacted_headers,
    redirect_target,
    request_headers,
    speech_url,
)

PAYG = "https://api.xiaomimimo.com"
PLAN = "https://token-plan-sgp.xiaomimimo.com"


def profile(base_url: str, **fields: Any) -> Profile:
    values: dict[str, Any] = {"id": "p", "kind": "payg", "name": "P", "base_url": base_url}
    return Profile(**(values | fields))


def test_addresses_of_both_protocols() -> None:
    openai = profile(f"{PAYG}/v1")
    assert chat_url(openai) == speech_url(openai) == f"{PAYG}/v1/chat/completions"
    assert models_url(openai) == f"{PAYG}/v1/models"
    anthropic = profile(f"{PAYG}/anthropic", protocol="anthropic")
    assert chat_url(anthropic) == f"{PAYG}/anthropic/v1/messages"
    assert chat_url(profile(f"{PAYG}/anthropic/v1/", protocol="anthropic")) == f"{PAYG}/anthropic/v1/messages"


def test_speech_and_models_have_their_own_path_next_to_anthropic() -> None:
    anthropic = profile(f"{PLAN}/anthropic", protocol="anthropic")
    assert speech_url(anthropic) == f"{PLAN}/v1/chat/completions"
    assert models_url(anthropic) == f"{PLAN}/v1/models"


@pytest.mark.parametrize(
    "host", [PAYG, *(f"https://token-plan-{region}.xiaomimimo.com" for region in ("cn", "sgp", "ams"))]
)
@pytest.mark.parametrize("path", ["/v1", "/anthropic", "/anthropic/v1", ""])
def test_either_documented_address_serves_either_protocol(host: str, path: str) -> None:
    openai, anthropic = profile(f"{host}{path}"), profile(f"{host}{path}/", protocol="anthropic")
    assert chat_url(openai) == speech_url(openai) == speech_url(anthropic) == f"{host}/v1/chat/completions"
    assert chat_url(anthropic) == f"{host}/anthropic/v1/messages"
    assert models_url(openai) == models_url(anthropic) == f"{host}/v1/models"


def test_every_preset_has_the_documented_address() -> None:
    hosts = {preset.id: chat_url(preset) for preset in PRESETS if preset.base_url}
    assert hosts == {
        "payg": "https://api.xiaomimimo.com/v1/chat/completions",
        "token-plan-cn": "https://token-plan-cn.xiaomimimo.com/v1/chat/completions",
        "token-plan-sgp": "https://token-plan-sgp.xiaomimimo.com/v1/chat/completions",
        "token-plan-ams": "https://token-plan-ams.xiaomimimo.com/v1/chat/completions",
        "self-hosted": "http://localhost:30000/v1/chat/completions",
    }


def test_a_gateways_address_is_not_changed() -> None:
    gateway = profile("https://gateway.example/api/v1", kind="gateway")
    assert chat_url(gateway) == "https://gateway.example/api/v1/chat/completions"
    other = profile("https://gateway.example/claude", kind="gateway", protocol="anthropic")
    assert chat_url(other) == "https://gateway.example/claude/v1/messages"
    assert chat_url(profile("https://gateway.example/v1", kind="gateway", protocol="anthropic")).endswith(
        "/v1/messages"
    )


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://192.168.0.2:30000/v1", Code.PLAIN_HTTP),
        ("http://gateway.example/v1", Code.PLAIN_HTTP),
        ("ftp://gateway.example/v1", Code.BAD_URL),
        ("gateway.example/v1", Code.BAD_URL),
        ("", Code.BAD_URL),
        ("https://", Code.BAD_URL),
        ("https://host:port/v1", Code.BAD_URL),
        ("https://[::1/v1", Code.BAD_URL),
        ("https://user:word@gateway.example/v1", Code.BAD_URL),
        ("https://gateway.example/v1?key=1", Code.BAD_URL),
    ],
)
def test_invalid_addresses_are_refused_before_anything_is_sent(url: str, code: Code) -> None:
    with pytest.raises(TransportError) as caught:
        check_address(profile(url))
    assert caught.value.code is code
    assert "word" not in str(caught.value)
    assert code is Code.PLAIN_HTTP or caught.value.params["url"] == url.replace("user:word@", "")


def test_plain_http_needs_permission_unless_the_host_is_local() -> None:
    check_address(profile("http://192.168.0.2:30000/v1", allow_plain_http=True))
    check_address(profile("http://127.0.0.1:30000/v1"))


@pytest.mark.parametrize(
    ("url", "key", "code"),
    [
        (PAYG, "tp-123456", Code.KEY_KIND),
        (PAYG, "ttp-123456", Code.KEY_KIND),
        (PLAN, "sk-123456", Code.KEY_KIND),
        (PAYG, None, Code.KEY_MISSING),
        (PAYG, "", Code.KEY_MISSING),
        (PAYG, "sk-密钥", Code.KEY_KIND),
        (PAYG, "sk-12\n34", Code.KEY_KIND),
        ("https://gateway.example", "my key", Code.KEY_KIND),
    ],
)
def test_a_key_of_the_wrong_kind_is_never_sent(url: str, key: str | None, code: Code) -> None:
    with pytest.raises(ServiceError) as caught:
        check_key(profile(f"{url}/v1"), key)
    assert caught.value.code is code
    assert not key or key not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "key"),
    [(PAYG, "sk-1"), (PLAN, "tp-1"), (PLAN, "ttp-1"), (PAYG, "new-kind-1"), ("https://gateway.example", "tp-1")],
)
def test_a_key_that_may_fit_is_used(url: str, key: str) -> None:
    check_key(profile(f"{url}/v1"), key)


def test_a_service_without_authentication_gets_no_key() -> None:
    open_service = profile("http://127.0.0.1:30000/v1", authentication="none")
    check_key(open_service, None)
    assert "sk-1" not in str(request_headers(open_service, "sk-1"))


@pytest.mark.parametrize(
    ("style", "header", "value"),
    [("api-key", "api-key", "sk-1"), ("bearer", "Authorization", "Bearer sk-1"), ("x-api-key", "x-api-key", "sk-1")],
)
def test_header_styles(style: Any, header: str, value: str) -> None:
    headers = request_headers(profile(PAYG, authentication=style), "sk-1")
    assert headers[header] == value
    assert sum("sk-1" in sent for sent in headers.values()) == 1


def test_redacted_headers_contain_no_secret() -> None:
    redactor = Redactor()
    redactor.add("sk-123456")
    headers = {"Authorization": "Bearer other-secret", "API-Key": "x", "x-echo": "you sent sk-123456", "date": "today"}
    assert redacted_headers(headers, redactor) == {
        "Authorization": MASK,
        "API-Key": MASK,
        "x-echo": f"you sent {MASK}",
        "date": "today",
    }


@pytest.mark.parametrize(
    ("location", "method", "status", "target"),
    [
        ("/v2/chat", "POST", 307, "https://a.example/v2/chat"),
        ("https://a.example/other", "POST", 308, "https://a.example/other"),
        ("/models/", "GET", 301, "https://a.example/models/"),
    ],
)
def test_redirects_within_a_host_are_followed(location: str, method: str, status: int, target: str) -> None:
    assert redirect_target("https://a.example/v1/chat", location, method, status) == target


@pytest.mark.parametrize(
    ("location", "method", "status"),
    [
        ("https://b.example/v1/chat", "POST", 307),
        ("https://a.example:444/v1/chat", "POST", 307),
        ("http://a.example/v1/chat", "POST", 307),
        ("//b.example/v1/chat", "GET", 302),
        ("https://sub.a.example/", "GET", 302),
        ("https://me@a.example/", "GET", 302),
        ("/elsewhere", "POST", 302),
        ("https://[broken", "GET", 302),
    ],
)
def test_a_key_does_not_follow_a_redirect_to_another_host(location: str, method: str, status: int) -> None:
    with pytest.raises(TransportError) as caught:
        redirect_target("https://a.example/v1/chat", location, method, status)
    assert caught.value.code is Code.REDIRECT_REFUSED
    assert caught.value.params["host"] == "a.example" and caught.value.params["target"]
    assert "me@" not in caught.value.params["target"]


def test_a_redirect_from_http_to_https_is_followed() -> None:
    target = redirect_target("http://a.example/v1/chat", "https://a.example/v1/chat", "POST", 308)
    assert target == "https://a.example/v1/chat"


@pytest.mark.parametrize(
    "host",
    ["192.168.0.2:30000", "10.1.2.3", "[fd00::1]:8000", "localhost:30000", "nas.local", "gpu-box:8000"],
)
def test_a_key_is_optional_in_a_private_network(host: str) -> None:
    service = profile(f"http://{host}/v1")
    check_key(service, None)
    check_address(service, sends_key=False)


def test_a_key_is_optional_for_a_server_of_the_users_own() -> None:
    check_key(profile("https://llm.my-domain.example/v1", kind="self-hosted"), None)
    with pytest.raises(ServiceError) as caught:
        check_key(profile("https://api.xiaomimimo.com/v1", kind="self-hosted"), None)
    assert caught.value.code is Code.KEY_MISSING


def test_a_service_that_takes_no_key_may_be_unencrypted() -> None:
    check_address(profile("http://192.168.0.2:30000/v1", authentication="none"))


def test_the_target_of_a_redirect_is_shown_as_a_base_url() -> None:
    with pytest.raises(TransportError) as caught:
        redirect_target("https://a.example/v1/models", "https://b.example/v1/models", "GET", 301)
    assert caught.value.params["target"] == "https://b.example/v1"
