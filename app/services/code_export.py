"""Converts a recorded call to code: curl, or Python with httpx, openai or anthropic.

The code never contains the key: it reads it from the environment variable MIMO_API_KEY, or YOUR_API_KEY for a call to
the built-in demo service, whose own key nobody knows.
"""

from __future__ import annotations

import json
import pprint
import re
import shlex
from collections.abc import Container
from typing import Any, Literal, Protocol

from app.core.profiles import DEMO

Library = Literal["httpx", "openai", "anthropic"]
VARIABLE = "MIMO_API_KEY"
DEMO_VARIABLE = "YOUR_API_KEY"

MAX_ARGUMENT_BYTES = 100_000
"""Of a body in an argument of a command: Linux takes 128 KiB. A longer one follows in a here-document."""
_END_OF_BODY = "END-OF-BODY"
_STREAMS = re.compile(r'"stream"\s*:\s*true')

_OPENAI_KNOWN = frozenset(
    {"model", "messages", "max_completion_tokens", "max_tokens", "temperature", "top_p", "stream", "stop",
     "frequency_penalty", "presence_penalty", "response_format", "tools", "tool_choice", "audio", "modalities"}
)  # fmt: skip
"""Arguments of the openai package; everything else is passed in `extra_body`."""
_ANTHROPIC_KNOWN = frozenset(
    {"model", "messages", "max_tokens", "system", "stream", "temperature", "top_p", "stop_sequences", "thinking",
     "tools", "tool_choice"}
)  # fmt: skip
_KEY_HEADERS = ("api-key", "x-api-key", "authorization")


class RecordedCall(Protocol):
    """The parts of a call that are needed; keys in the headers are masked."""

    @property
    def profile_id(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def request(self) -> str: ...
    @property
    def request_headers(self) -> dict[str, str]: ...


def libraries_for(url: str) -> tuple[Library, ...]:
    """Return the Python libraries a call can be written for, the most basic first."""
    if url.endswith("/chat/completions"):
        return ("httpx", "openai")
    if url.endswith("/messages"):
        return ("httpx", "anthropic")
    return ("httpx",)


def is_whole(call: RecordedCall) -> bool:
    """Whether the request is complete: a long one of an earlier run was cut and can't be converted."""
    try:
        json.loads(call.request or "{}")
    except (ValueError, RecursionError):
        return False
    return True


def key_variable(call: RecordedCall) -> str:
    """The environment variable from which the code for a call reads the key."""
    return DEMO_VARIABLE if call.profile_id == DEMO.id else VARIABLE


def as_curl(call: RecordedCall) -> str:
    """Return the call as a curl command for a POSIX shell."""
    lines = [f"curl {shlex.quote(call.url)}"]
    for name, value in call.request_headers.items():
        if name.lower() in _KEY_HEADERS:
            lines.append(f'-H "{name}: {_scheme(value)}${key_variable(call)}"')
        elif name.lower() in ("content-type", "accept"):
            lines.append(f"-H {shlex.quote(f'{name}: {value}')}")
    is_long = len(call.request.encode(errors="replace")) > MAX_ARGUMENT_BYTES
    if call.request and not is_long:
        lines.append(f"-d {shlex.quote(call.request)}")
    if _STREAMS.search(call.request) is not None:
        lines.append("--no-buffer")
    if is_long:
        # JSON has no line breaks outside of its white space, so that no line of it is the mark.
        lines.append(f"--data-binary @- <<'{_END_OF_BODY}'\n{call.request}\n{_END_OF_BODY}\n")
    return " \\\n  ".join(lines)


def as_python(call: RecordedCall, library: Library) -> str:
    """Return the call as a Python program.

    Raises ValueError if the library does not support the URL, or the request is incomplete.
    """
    if library not in libraries_for(call.url):
        raise ValueError(library)
    body: dict[str, Any] = json.loads(call.request) if call.request else {}
    if library == "openai":
        return _with_openai(call, body)
    if library == "anthropic":
        return _with_anthropic(call, body)
    return _with_httpx(call, body)


def _with_httpx(call: RecordedCall, body: dict[str, Any]) -> str:
    headers = []
    for name, value in call.request_headers.items():
        if name.lower() in _KEY_HEADERS:
            headers.append(f'    "{name}": "{_scheme(value)}" + os.environ["{key_variable(call)}"],')
    head = ["import os", "", "import httpx", "", "headers = {", *headers, "}"]
    if call.method == "GET":
        return "\n".join([*head, f'reply = httpx.get("{call.url}", headers=headers)', "print(reply.json())", ""])
    head += [f"body = {_literal(body)}"]
    sending = f'"{call.url}", headers=headers, json=body, timeout=180'
    if body.get("stream"):
        tail = [
            f'with httpx.stream("POST", {sending}) as reply:',
            "    for line in reply.iter_lines():",
            "        print(line)",
        ]
    else:
        tail = [f"reply = httpx.post({sending})", "print(reply.json())"]
    return "\n".join([*head, *tail, ""])


def _with_openai(call: RecordedCall, body: dict[str, Any]) -> str:
    base = call.url.removesuffix("/chat/completions")
    return _with_library(call, body, "openai", "OpenAI", base, "chat.completions", _OPENAI_KNOWN)


def _with_anthropic(call: RecordedCall, body: dict[str, Any]) -> str:
    base = call.url.removesuffix("/v1/messages")
    # The library refuses a request without it.
    body = body if "max_tokens" in body else {**body, "max_tokens": 32_768}
    return _with_library(call, body, "anthropic", "Anthropic", base, "messages", _ANTHROPIC_KNOWN)


def _with_library(
    call: RecordedCall, body: dict[str, Any], module: str, client: str, base: str, resource: str,
    known: Container[str],
) -> str:  # fmt: skip
    """Python that sends `body` with a service's own library; fields that are not `known` to it go as extra body."""
    arguments = [f"    {name}={_literal(value, 4)}," for name, value in body.items() if name in known]
    extra = {name: value for name, value in body.items() if name not in known}
    if extra:
        arguments.append(f"    extra_body={_literal(extra, 4)},")
    return "\n".join(
        [
            "import os",
            "",
            f"from {module} import {client}",
            "",
            f'client = {client}(base_url="{base}", api_key=os.environ["{key_variable(call)}"])',
            f"reply = client.{resource}.create(",
            *arguments,
            ")",
            *_printing(bool(body.get("stream"))),
        ]
    )


def _printing(stream: bool) -> list[str]:
    return ["for event in reply:", "    print(event)", ""] if stream else ["print(reply)", ""]


def _literal(value: Any, indent: int = 0) -> str:
    text = pprint.pformat(value, width=110, sort_dicts=False)
    return text.replace("\n", "\n" + " " * indent)


def _scheme(value: str) -> str:
    return "Bearer " if value.lower().startswith("bearer ") else ""
