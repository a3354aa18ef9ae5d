"""Malicious and unusual requests get an error or a sensible answer; they never crash or block the service."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from app.demo import application as routes
from app.demo.chat import arithmetic
from app.demo.service import ServiceSettings
from tests.demo.conftest import Post
from tests.plugins.demo_service import DemoService

USER = [{"role": "user", "content": "hello"}]
MODEL = "mimo-v2.5"


@pytest.mark.parametrize(
    "body",
    [b'{"model": "\xff"}', b"\xff", b'{"a":' * 5_000, b"[1]", b"[1e999]"],
    ids=["text", "byte", "deep", "list", "large"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/anthropic/v1/messages", "/demo/limits"])
def test_invalid_json_body_is_refused_and_logged(demo_service: DemoService, path: str, body: bytes) -> None:
    answer = httpx.post(demo_service.root + path, content=body, headers={"api-key": demo_service.key})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "400"
    assert [row["status"] for row in demo_service.requests()] == ([] if "demo" in path else [400])


@pytest.mark.parametrize(("path", "anthropic"), [("/v1/chat/completions", False), ("/anthropic/v1/messages", True)])
def test_unexpected_exceptions_are_returned_in_the_protocols_error_format(
    monkeypatch: pytest.MonkeyPatch, path: str, anthropic: bool, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any) -> None:
        raise LookupError("unforeseen")

    monkeypatch.setattr(routes.reply, "answer", fails)
    client = TestClient(routes.create_application(ServiceSettings(key="k")))
    answer = client.post(path, json={"model": MODEL, "messages": USER}, headers={"api-key": "k"})
    assert answer.status_code == 500
    assert answer.json().get("type") == ("error" if anthropic else None)
    assert answer.json()["error"]["message"] == "Internal server error"
    assert "unforeseen" in caplog.text


@pytest.mark.parametrize(
    "asked",
    ["What is " + "1 + " * 3_000 + "1?", "9**64*" * 20 + "1 =", "(" * 400 + "1+1" + ")" * 400, "1/0 =", "9" * 400],
    ids=["long", "large", "nested", "none", "wide"],
)  # fmt: skip
def test_arithmetic_that_cannot_be_computed_is_skipped(post: Post, asked: str) -> None:
    tool = {"type": "function", "function": {"name": "calculator", "parameters": {"required": ["x"]}}}
    assert post(MODEL, [{"role": "user", "content": asked}]).status_code == 200
    assert post(MODEL, [{"role": "user", "content": asked}], tools=[tool]).status_code == 200


def test_arithmetic_is_found_across_any_whitespace() -> None:
    assert arithmetic.find("how much is  (2 + 3)\n *\t4") == arithmetic.Calculation("(2 + 3) * 4", "20")
    assert arithmetic.find("1,000.5 plus 2 percent of 50") == arithmetic.Calculation("1000.5 + 2 / 100 * 50", "1001.5")


FREEZING = {
    "arithmetic": ["'1' + ' ' * 50_000 + 'x'", "'(' * 200_000", "'1' * 200_000"],
    "units": ["'5' * 50_000"],
    "places": [
        "'in A' * 1_000",
        "'Aa ' * 3_000",
        "'weather ' * 500 + ' in x'",
        "'今天' * 3_000 + '天气'",
        "'天气和' * 900",
    ],
    "dates": ["'1' * 100_000", "'the day after ' * 20_000"],
    "tools": ["'1 ' * 5_000", "'about ' * 5_000", "'from A to ' * 5_000", "'saying that ' * 5_000", "'(和' * 5_000"],
    "script": [
        "'poem about ' * 30_000",
        "'关于' * 100_000 + '诗'",
        "'去x' * 100_000 + '玩'",
        "'help' + '?' * 300_000 + '\\nx'",
        "'what does ' * 60_000",
    ],
}
CALLS = {
    "arithmetic": "from app.demo.chat.arithmetic import find",
    "units": "from app.demo.chat.units import find",
    "places": "from app.demo.chat.places import find",
    "dates": "from app.demo.chat.dates import find",
    "tools": """
from app.demo.chat import tools
from app.demo.chat.question import Message, Question, Tool
from app.demo.models import MODELS

kinds = {"limit": "integer", "amount": "number", "online": "boolean", "names": "array"}
names = ("to", "from", "title", "body", "query", "city", "date", "order_id", "symbol", "room", *kinds)
schema = {"properties": {name: {"type": kinds.get(name, "string")} for name in names}, "required": list(names)}
offered = tuple(Tool(name, "", schema) for name in ("about", "saying", "from_to", "weather_1"))


def find(text):
    text = f"about saying from_to weather_1 {text}"
    tools.choose(Question(MODELS["mimo-v2.6-pro"], (Message("user", text),), offered))
""",
    "script": """
from app.demo.chat.script import load_script


def find(text):
    for language in ("en", "zh"):
        load_script(language).topic_of(text)
        any(topic.is_nearest(text) for topic in load_script(language).topics)
""",
}


TIMED = """
import time
start = time.process_time()
find({text})
assert time.process_time() - start < 10, {name!r}
"""


@pytest.mark.parametrize("part", FREEZING)
def test_no_text_blocks_the_service(part: str) -> None:
    """Runs in a separate process with a generous timeout, as a regular expression search can't be interrupted."""
    calls = [TIMED.format(text=text, name=text) for text in FREEZING[part]]
    subprocess.run([sys.executable, "-c", "".join([CALLS[part], *calls])], timeout=90, check=True)


async def test_long_prompt_does_not_delay_other_responses(demo_service: DemoService) -> None:
    ended: list[str] = []
    headers = {"api-key": demo_service.key}
    async with httpx.AsyncClient(base_url=demo_service.base_url, headers=headers, timeout=60) as client:

        async def chat(name: str, text: str) -> None:
            body = {"model": MODEL, "messages": [{"role": "user", "content": text}]}
            assert (await client.post("/chat/completions", json=body)).status_code == 200
            ended.append(name)

        long = asyncio.create_task(chat("long", "The quick brown fox is not in the script. " * 25_000))
        while not demo_service.requests():
            await asyncio.sleep(0.01)
        await chat("short", "hello")
        await long
    assert ended == ["short", "long"]


ODD_SCHEMAS: list[dict[str, Any]] = [
    {"properties": []},
    {"properties": {"x": True}, "required": ["x", {"y": 1}]},
    {"properties": {"rows": {"type": "array", "minItems": "3", "items": []}}, "required": "rows"},
    {"properties": {"n": {"type": [], "enum": "ab", "anyOf": {"a": 1}}}, "required": ["n"]},
    {"type": "object", "properties": {"me": {"$ref": "#"}, "also": {"$ref": "#/properties"}}, "required": ["me"]},
    {"properties": {str(n): {"$ref": "#"} for n in range(60)}},
    {"properties": {"rows": {"type": "array", "minItems": 10**9, "maxItems": 10**9, "items": {"$ref": "#"}}}},
]


@pytest.mark.parametrize("schema", ODD_SCHEMAS, ids=range(len(ODD_SCHEMAS)))
def test_unusual_schema_is_filled_as_far_as_possible(post: Post, schema: dict[str, Any]) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    answer = post(MODEL, USER, response_format=wanted)
    assert answer.status_code == 200, answer.text
    json.loads(answer.json()["choices"][0]["message"]["content"])
    # The same schema in the prompt.
    asked = [{"role": "user", "content": f"Answer with JSON that fits {json.dumps(schema)}"}]
    answer = post(MODEL, asked, response_format={"type": "json_object"})
    json.loads(answer.json()["choices"][0]["message"]["content"])


@pytest.mark.parametrize("name", ["calculator", "get_weather", "convert_units", "get_time", "lookup_hello"])
@pytest.mark.parametrize("schema", ODD_SCHEMAS, ids=range(len(ODD_SCHEMAS)))
def test_tool_with_an_unusual_schema_is_called(post: Post, schema: dict[str, Any], name: str) -> None:
    asked = "hello lookup_hello: weather and time in Wuhan, 17 * 23 = ?" if name != "convert_units" else "5 km to miles"
    tool = {"type": "function", "function": {"name": name, "parameters": schema}}
    answer = post(MODEL, [{"role": "user", "content": asked}], tools=[tool])
    assert answer.status_code == 200, answer.text
    [call] = answer.json()["choices"][0]["message"]["tool_calls"]
    assert isinstance(json.loads(call["function"]["arguments"]), dict)


@pytest.mark.parametrize("inside", ["{" * 3_000, '{"a":' * 900 + "1" + "}" * 900, '{"a": [' * 3_000])
def test_deeply_nested_example_is_handled(post: Post, inside: str) -> None:
    asked = [{"role": "user", "content": f"JSON like {inside}"}]
    answer = post(MODEL, asked, response_format={"type": "json_object"})
    assert answer.status_code == 200, answer.text
    json.loads(answer.json()["choices"][0]["message"]["content"])


def test_number_with_too_many_digits_is_truncated(post: Post) -> None:
    schema = {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]}
    tool = {"type": "function", "function": {"name": "repeat", "parameters": schema}}
    answer = post(MODEL, [{"role": "user", "content": "repeat " + "9" * 400}], tools=[tool])
    [call] = answer.json()["choices"][0]["message"]["tool_calls"]
    assert json.loads(call["function"]["arguments"])["count"] > 9
