"""A recorded call becomes a program that runs, and the key is never in it."""

import ast
import json

import msgspec
import pytest

from app.core.profiles import DEMO
from app.services.code_export import as_curl, as_python, is_whole, libraries_for


class Recorded(msgspec.Struct):
    method: str = "POST"
    url: str = "https://api.xiaomimimo.com/v1/chat/completions"
    request: str = json.dumps(
        {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "it's"}], "stream": True,
         "thinking": {"type": "enabled"}}
    )  # fmt: skip
    request_headers: dict[str, str] = msgspec.field(
        default_factory=lambda: {"api-key": "●●●●", "Content-Type": "application/json"}
    )
    profile_id: str = "payg"


def test_curl_quotes_and_reads_the_key_from_the_environment() -> None:
    command = as_curl(Recorded())
    assert '-H "api-key: $MIMO_API_KEY"' in command
    assert "●" not in command
    assert "it'\"'\"'s" in command
    assert "--no-buffer" in command


def test_code_for_the_demo_service_does_not_ask_for_the_key_of_another() -> None:
    demo = Recorded(profile_id=DEMO.id)
    assert '-H "api-key: $YOUR_API_KEY"' in as_curl(demo)
    for library in libraries_for(demo.url):
        program = as_python(demo, library)
        assert "YOUR_API_KEY" in program
        assert "MIMO_API_KEY" not in program


@pytest.mark.parametrize("library", ["httpx", "openai"])
def test_python_is_python(library: str) -> None:
    program = as_python(Recorded(), library)  # type: ignore[arg-type]
    ast.parse(program)
    assert 'os.environ["MIMO_API_KEY"]' in program
    assert "●" not in program
    assert "mimo-v2.6-pro" in program


def test_what_openai_does_not_know_goes_into_extra_body() -> None:
    assert "extra_body={'thinking': {'type': 'enabled'}}" in as_python(Recorded(), "openai")


def test_bearer_stays_bearer() -> None:
    call = Recorded(request_headers={"Authorization": "Bearer ●●●●"})
    assert "Authorization: Bearer $MIMO_API_KEY" in as_curl(call)
    assert '"Bearer " + os.environ' in as_python(call, "httpx")


def test_anthropic_calls_are_for_its_package() -> None:
    call = Recorded(url="https://api.xiaomimimo.com/anthropic/v1/messages")
    assert libraries_for(call.url) == ("httpx", "anthropic")
    program = as_python(call, "anthropic")
    ast.parse(program)
    assert 'base_url="https://api.xiaomimimo.com/anthropic"' in program
    with pytest.raises(ValueError, match="openai"):
        as_python(call, "openai")


def test_a_get_has_no_body() -> None:
    call = Recorded("GET", "https://api.xiaomimimo.com/v1/models", "")
    assert "-d" not in as_curl(call)
    assert "httpx.get(" in as_python(call, "httpx")


def test_a_request_that_was_cut_is_known_as_such() -> None:
    whole = Recorded()
    assert is_whole(whole) and is_whole(Recorded(method="GET", request=""))
    assert not is_whole(Recorded(request=whole.request[:-5]))
