"""The code that a call is copied as is run: it sends the recorded request, with the key of the environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import msgspec
import pytest

from app.services.code_export import as_curl, as_python, libraries_for
from tests.plugins.demo_service import DemoService

PIXEL = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SCHEMA = {"type": "object", "properties": {"expression": {"type": "string"}}, "required": ["expression"]}
CHAT: dict[str, Any] = {
    "model": "mimo-v2.5",
    "messages": [
        {"role": "system", "content": "It's \"short\" $HOME `now` \\ 好"},
        {"role": "user", "content": [
            {"type": "text", "text": "Compare tea and coffee\nin two lines"},
            {"type": "image_url", "image_url": {"url": PIXEL}},
        ]},
    ],
    "tools": [{"type": "function", "function": {"name": "calculator", "description": "Adds", "parameters": SCHEMA}}],
    "tool_choice": "auto",
    "temperature": 0.5,
    "thinking": {"type": "disabled"},
    "max_completion_tokens": 500,
}  # fmt: skip
MESSAGES: dict[str, Any] = {
    "model": "mimo-v2.5-pro",
    "system": "Be 'short'",
    "max_tokens": 500,
    "messages": [{"role": "user", "content": [{"type": "text", "text": "Compare tea and coffee"}]}],
    "tools": [{"name": "calculator", "description": "Adds", "input_schema": SCHEMA}],
    "thinking": {"type": "disabled"},
}
SPEECH: dict[str, Any] = {
    "model": "mimo-v2.5-tts",
    "messages": [{"role": "assistant", "content": "Good morning."}],
    "audio": {"format": "wav", "voice": "Mia"},
}
HEADERS = {"api-key": "●●●●", "Content-Type": "application/json"}
CASES = {
    "chat": ("openai", "/chat/completions", CHAT),
    "chat-stream": ("openai", "/chat/completions", CHAT | {"stream": True, "stream_options": {"include_usage": True}}),
    "speech": ("openai", "/chat/completions", SPEECH),
    "models": ("openai", "/models", None),
    "messages": ("anthropic", "/v1/messages", MESSAGES),
    "messages-stream": ("anthropic", "/v1/messages", MESSAGES | {"stream": True}),
}


class Recorded(msgspec.Struct):
    """A call as the inspector has it: the key is masked."""

    method: str
    url: str
    request: str
    request_headers: dict[str, str]
    profile_id: str = "payg"


def recorded(service: DemoService, case: str) -> Recorded:
    side, path, body = CASES[case]
    base = service.base_url if side == "openai" else service.anthropic_url
    if body is None:
        return Recorded("GET", base + path, "", {"api-key": "●●●●"})
    return Recorded("POST", base + path, msgspec.json.encode(body).decode(), HEADERS)


def sent(service: DemoService) -> dict[str, Any]:
    (request,) = service.requests()
    assert request["status"] == 200, request
    return request


@pytest.mark.parametrize("case", CASES)
def test_curl_sends_the_recorded_request(demo_service: DemoService, case: str) -> None:
    assert shutil.which("curl"), "curl is needed for this test: apt-get install curl"
    call = recorded(demo_service, case)
    environment = {"PATH": os.environ["PATH"], "MIMO_API_KEY": demo_service.key}
    command = as_curl(call).replace("curl ", "curl --silent --show-error --fail ", 1)
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert sent(demo_service)["body"] == CASES[case][2]
    assert ("data:" in done.stdout) == case.endswith("-stream")


def test_curl_sends_a_request_that_is_too_long_for_an_argument(demo_service: DemoService) -> None:
    body = CHAT | {"messages": [{"role": "user", "content": "Compare tea and coffee. It's 'long'. " * 10_000}]}
    call = Recorded("POST", f"{demo_service.base_url}/chat/completions", msgspec.json.encode(body).decode(), HEADERS)
    environment = {"PATH": os.environ["PATH"], "MIMO_API_KEY": demo_service.key}
    done = subprocess.run(["sh"], input=as_curl(call), env=environment, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    # The service notes the beginning of a long body only.
    assert call.request.startswith(sent(demo_service)["body"])
    assert json.loads(done.stdout)["usage"]["prompt_tokens"] > 50_000


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("case", "library"), [(case, library) for case in CASES for library in libraries_for(CASES[case][1])]
)
def test_python_sends_the_recorded_request(
    demo_service: DemoService, case: str, library: Any, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("MIMO_API_KEY", demo_service.key)
    code = as_python(recorded(demo_service, case), library)
    assert demo_service.key not in code
    names: dict[str, Any] = {}
    exec(compile(code, f"{case}-{library}.py", "exec"), names)
    if library != "httpx":
        names["client"].close()
    body = sent(demo_service)["body"]
    assert body == CASES[case][2]
    printed = capsys.readouterr().out
    marks = {"chat": "content", "speech": "audio", "models": "mimo-v2.5-pro", "messages": "| Tea"}
    assert marks.get(case, "delta") in printed
