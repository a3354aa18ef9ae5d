"""Chat rules and refusals (WIRE.md sections 5 to 7, 9 and 13), and what the script can do."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any

import pytest

from app.demo.chat.script import script
from tests.demo.conftest import Post

USER = [{"role": "user", "content": "hello"}]
CALLED = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


def message(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["choices"][0]["message"]
    return found


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"n": 2}, "unknown field `n`"),
        ({"seed": 1}, "unknown field `seed`"),
        ({"temperature": 1.6}, "<= 1.5"),
        ({"max_completion_tokens": 131_073}, "<= 131072"),
        ({"stop": ["a", "b", "c", "d", "e"]}, "length <= 4"),
        ({"tools": [{"type": "function", "function": {"name": "not a name"}}]}, "regex"),
        ({"messages": []}, "length >= 1"),
    ],
)
def test_mistakes_are_refused_as_param_incorrect(post: Post, fields: dict[str, Any], param: str) -> None:
    answer = post("mimo-v2.5", **({"messages": USER} | fields))
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Param Incorrect"
    assert param in answer.json()["error"]["param"]


def test_an_unknown_effort_gets_the_validators_text(post: Post) -> None:
    error = post("mimo-v2.5", USER, reasoning_effort="max").json()["error"]
    assert (
        "'loc': ('body', 'reasoning_effort'), 'msg': \"Input should be 'low', 'medium' or 'high'\"" in error["message"]
    )
    assert error["type"] == "Bad Request"


def test_everything_legal_is_taken(post: Post) -> None:
    text = [{"type": "text", "text": "hi"}]
    history = [
        {"role": "assistant", "content": "I begin.", "name": "host"},
        {"role": "developer", "content": text, "name": "boss"},
        {"role": "user", "content": text, "name": "mei"},
        {"role": "assistant", "content": None, "tool_calls": [CALLED], "reasoning_content": "thought"},
        {"role": "tool", "tool_call_id": "call_1", "content": text},
    ]
    nulls = dict.fromkeys(("stop", "stream", "frequency_penalty", "presence_penalty", "max_completion_tokens"))
    search = {
        "type": "web_search",
        "force_search": "false",
        "user_location": {"type": "approximate", "longitude": "1.5"},
    }
    extra = {"response_format": {"type": "text"}, "stream_options": {"include_usage": True}, "tools": [search]}
    assert (
        post("mimo-v2.5", history, tool_choice="required", reasoning_effort="low", **nulls, **extra).status_code == 200
    )


def test_thinking_has_to_come_back_with_tool_calls(post: Post) -> None:
    history = [*USER, {"role": "assistant", "content": "", "tool_calls": [CALLED]}]
    history.append({"role": "tool", "tool_call_id": "call_1", "content": "1"})
    refused = post("mimo-v2.5-pro", history).json()["error"]
    assert refused["param"] == "The reasoning_content in the thinking mode must be passed back to the API."
    assert post("mimo-v2.5-pro", history, thinking={"type": "disabled"}).status_code == 200
    history[1]["reasoning_content"] = ""
    assert post("mimo-v2.5-pro", history).status_code == 200, "a turn without thinking has none to give back"


def test_anthropic_thinking_has_to_come_back_unless_there_never_was_any(ask: Post) -> None:
    history: list[dict[str, Any]] = []
    for number in ("1", "2"):
        use = {"type": "tool_use", "id": number, "name": "f", "input": {}}
        result = {"type": "tool_result", "tool_use_id": number, "content": "1"}
        history += [*USER, {"role": "assistant", "content": [use]}, {"role": "user", "content": [result]}]
    assert ask("mimo-v2.5-pro", history).status_code == 200
    history[1]["content"].insert(0, {"type": "thinking", "thinking": "So.", "signature": "x"})
    assert "must be passed back" in ask("mimo-v2.5-pro", history).json()["error"]["param"]
    assert ask("mimo-v2.5-pro", history, thinking={"type": "disabled"}).status_code == 200
    history[4]["content"].insert(0, {"type": "thinking", "thinking": "", "signature": "y"})
    assert ask("mimo-v2.5-pro", history).status_code == 200


@pytest.mark.parametrize("model", ["mimo-v2.6-pro", "mimo-v2.6-flash", "mimo-v2.5", "mimo-v2.5-pro"])
def test_models_of_today_think_unless_told_not_to(post: Post, model: str) -> None:
    assert message(post(model, USER))["reasoning_content"]


@pytest.mark.parametrize(
    "marks",
    [
        {"metadata": {"user_id": "u"}},
        {"thinking": {"type": "enabled", "budget_tokens": 2_000}},
        {"system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}]},
        {"tools": [{"name": "f", "input_schema": {"type": "object"}, "cache_control": {"type": "ephemeral"}}]},
    ],
)
def test_what_the_other_services_clients_add_has_no_effect(ask: Post, marks: dict[str, Any]) -> None:
    text = [{"type": "text", "text": "hello", "cache_control": {"type": "ephemeral"}}]
    assert ask("mimo-v2.5-pro", [{"role": "user", "content": text}], **marks).status_code == 200
    assert ask("mimo-v2.5-pro", USER, output_config={"effort": "low"}).status_code == 400


def test_a_picture_for_a_text_model_is_a_framed_404(post: Post) -> None:
    answer = post(
        "mimo-v2.5-pro", [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": picture()}}]}]
    )
    assert answer.status_code == 404
    assert answer.text.startswith('data:{"error":')
    assert "No endpoints found that support image input" in answer.text


def test_a_tool_result_with_a_picture_is_refused(post: Post) -> None:
    parts = [{"type": "image_url", "image_url": {"url": "x"}}]
    answer = post("mimo-v2.5", [*USER, {"role": "tool", "tool_call_id": "x", "content": parts}])
    assert answer.json()["error"]["param"] == "`text` is not set"


def picture() -> str:
    """A PNG of 40 × 30 red pixels."""
    rows = zlib.compress((b"\0" + bytes([220, 20, 30]) * 40) * 30)

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0))
    return (
        "data:image/png;base64,"
        + base64.b64encode(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")).decode()
    )


def test_a_picture_is_measured(post: Post) -> None:
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": picture()}}]
    answer = post("mimo-v2.5", [{"role": "user", "content": parts}])
    said = message(answer)["content"]
    assert "40 × 30" in said
    assert "**red**" in said
    assert "#dc141e" in said
    assert answer.json()["usage"]["prompt_tokens_details"]["image_tokens"] > 0


def test_search_answers_with_citations(post: Post) -> None:
    tool = {"type": "web_search", "force_search": True, "max_keyword": 3, "limit": 1}
    answer = post("mimo-v2.5-pro", [{"role": "user", "content": "武汉明天天气怎么样？"}], tools=[tool])
    [citation] = message(answer)["annotations"]
    assert citation["type"] == "url_citation"
    assert citation["title"] == "武汉市"
    assert answer.json()["usage"]["web_search_usage"] == {"tool_usage": 1, "page_usage": 1}


FORCED = {"type": "web_search", "force_search": True, "limit": 1}
WUHAN = [{"role": "user", "content": "武汉明天天气怎么样？"}]


def test_a_forced_search_goes_beside_function_tools(post: Post) -> None:
    weather = {"type": "function", "function": {"name": "get_weather"}}
    answer = post("mimo-v2.5-pro", WUHAN, tools=[weather, FORCED])
    said = message(answer)
    assert [call["function"]["name"] for call in said["tool_calls"]] == ["get_weather"]
    assert [citation["title"] for citation in said["annotations"]] == ["武汉市"]
    assert answer.json()["usage"]["web_search_usage"] == {"tool_usage": 1, "page_usage": 1}
    assert "annotations" not in message(post("mimo-v2.5-pro", WUHAN, tools=[weather, {"type": "web_search"}]))
    called = {"role": "assistant", "content": "", "tool_calls": said["tool_calls"], "reasoning_content": "…"}
    result = {"role": "tool", "tool_call_id": said["tool_calls"][0]["id"], "content": "21 °C"}
    reported = message(post("mimo-v2.5-pro", [*WUHAN, called, result], tools=[weather, FORCED]))
    assert "21 °C" in reported["content"]
    assert reported["annotations"]


def test_a_search_is_told_in_json_mode_too(post: Post) -> None:
    asked = [{"role": "user", "content": "武汉明天天气怎么样？只输出 JSON"}]
    said = message(post("mimo-v2.5-pro", asked, tools=[FORCED], response_format={"type": "json_object"}))
    assert "长江" in json.loads(said["content"])["answer"]
    assert said["annotations"]


def test_search_without_the_plugin_is_refused(post: Post) -> None:
    refused = post("mimo-v2.5", USER, tools=[{"type": "web_search"}], fault="search-off")
    assert "webSearchEnabled is false" in refused.json()["error"]["param"]


def test_json_mode_follows_the_example(post: Post) -> None:
    wanted = 'JSON only: {"title": "…", "cast": [{"name": "…"}], "lines": [{"speaker": "…", "text": "…"}]}'
    answer = post("mimo-v2.5", [{"role": "user", "content": wanted}], response_format={"type": "json_object"})
    scene = json.loads(message(answer)["content"])
    assert scene.keys() == {"title", "cast", "lines"}
    assert {line["speaker"] for line in scene["lines"]} == {member["name"] for member in scene["cast"]}


def test_json_mode_holds_after_a_tool_result(post: Post) -> None:
    asked = [{"role": "user", "content": 'As JSON: {"summary": "…"}'}]
    asked += [
        {"role": "assistant", "content": "", "tool_calls": [CALLED], "reasoning_content": ""},
        {"role": "tool", "tool_call_id": "call_1", "content": "42 apples"},
    ]
    answer = post("mimo-v2.5", asked, response_format={"type": "json_object"})
    assert "42 apples" in json.loads(message(answer)["content"])["summary"]


def test_json_mode_yields_json_only_when_a_message_asks_for_it(post: Post) -> None:
    plain = message(post("mimo-v2.5", USER, response_format={"type": "json_object"}))["content"]
    with pytest.raises(json.JSONDecodeError):
        json.loads(plain)
    asked = [{"role": "system", "content": "Answer in JSON."}, *USER]
    assert json.loads(message(post("mimo-v2.5", asked, response_format={"type": "json_object"}))["content"])
    schema = {"name": "x", "schema": {"type": "object", "properties": {"title": {"type": "string"}}}}
    answer = post("mimo-v2.5", USER, response_format={"type": "json_schema", "json_schema": schema})
    assert json.loads(message(answer)["content"]).keys() == {"title"}


CALCULATOR = {
    "name": "calculator",
    "parameters": {"type": "object", "properties": {"expression": {"type": "string"}}, "required": ["expression"]},
}


@pytest.mark.parametrize(("limit", "arguments"), [(1, None), (10, '{"'), (100, '{"expression": "17 * 23"}')])
def test_a_tool_call_counts_against_the_limit(post: Post, limit: int, arguments: str | None) -> None:
    asked = [{"role": "user", "content": "What is 17 × 23?"}]
    tools = [{"type": "function", "function": CALCULATOR}]
    answer = post("mimo-v2.5", asked, tools=tools, thinking={"type": "disabled"}, max_completion_tokens=limit)
    calls = message(answer)["tool_calls"] or []
    assert [call["function"]["arguments"] for call in calls] == ([arguments] if arguments else [])
    assert answer.json()["choices"][0]["finish_reason"] == ("tool_calls" if limit == 100 else "length")
    assert answer.json()["usage"]["completion_tokens"] <= limit


def test_a_cut_tool_call_still_is_a_message_of_the_other_protocol(ask: Post) -> None:
    tool = {"name": "calculator", "input_schema": CALCULATOR["parameters"]}
    asked = [{"role": "user", "content": "What is 17 × 23?"}]
    answer = ask("mimo-v2.5", asked, tools=[tool], thinking={"type": "disabled"}, max_tokens=10).json()
    assert answer["stop_reason"] == "max_tokens"
    assert [block["input"] for block in answer["content"]] == [{}]


def test_a_prompt_above_the_context_is_refused(post: Post) -> None:
    answer = post("mimo-v2.5", [{"role": "user", "content": "x " * 1_048_577}])
    assert answer.status_code == 400
    assert "this model's context is 1048576" in answer.json()["error"]["param"]


def test_a_token_limit_ends_with_length(post: Post) -> None:
    answer = post("mimo-v2.5", USER, max_completion_tokens=5).json()
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 5


def test_a_prefill_is_continued(post: Post) -> None:
    answer = post("mimo-v2.5", [*USER, {"role": "assistant", "content": "Hello! I'm"}], thinking={"type": "disabled"})
    assert message(answer)["content"].startswith(" the demo service")


def test_retired_models_are_served_and_marked(post: Post) -> None:
    answer = post("mimo-v2-pro", USER)
    assert answer.json()["model"] == "mimo-v2.5-pro"
    assert answer.headers["x-demo-model-retired"] == "2026-06-30"


@pytest.mark.parametrize(
    ("asked", "part"), [("go on", "The same in place"), ("shorter, please", "p = v[len"), ("in Chinese", "按升序")]
)
def test_follow_ups_stay_with_the_topic(post: Post, asked: str, part: str) -> None:
    history = [{"role": "user", "content": "write quicksort"}, {"role": "assistant", "content": "…"}]
    assert part in message(post("mimo-v2.5", [*history, {"role": "user", "content": asked}]))["content"]


def test_every_prose_answer_says_that_it_is_a_demo(post: Post) -> None:
    assert message(post("mimo-v2.5", USER))["content"].endswith(script("en").say("mark"))


def test_both_scripts_tell_the_same_topics_in_one_order() -> None:
    english, chinese = script("en"), script("zh")
    assert len(english.topic) == len(chinese.topic)
    assert english.words.keys() == chinese.words.keys()
    assert english.media.keys() == chinese.media.keys()
