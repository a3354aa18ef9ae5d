"""Validation and errors of chat requests (WIRE.md sections 5 to 7, 9 and 13), and scripted answers."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from typing import Any

import pytest

from app.demo import models
from app.demo.chat.script import load_script
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
        ({"seed": 1}, "unknown field `seed`. The platform would ignore this without a word"),
        ({"seed": 1, "temprature": 1}, "unknown fields `seed`, `temprature`. The platform would ignore"),
        ({"temperature": 1.6}, "<= 1.5"),
        (
            {"max_completion_tokens": 131_073},
            "max_completion_tokens is too large: 131073. This model supports at most 131072 completion tokens, "
            "whereas you provided 131073.",
        ),
        (
            {"max_completion_tokens": 0},
            "max_completion_tokens is too small: 0. This model supports at least 1 completion tokens, "
            "whereas you provided 0.",
        ),
        ({"max_tokens": 0}, "max_tokens is too small: 0."),
        ({"stop": ["a", "b", "c", "d", "e"]}, "length <= 4"),
        ({"tools": [{"type": "function", "function": {"name": "not a name"}}]}, "regex"),
        ({"messages": []}, "length >= 1"),
    ],
)
def test_invalid_parameters_are_refused_as_param_incorrect(post: Post, fields: dict[str, Any], param: str) -> None:
    answer = post("mimo-v2.5", **({"messages": USER} | fields))
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Param Incorrect"
    assert param in answer.json()["error"]["param"]


def test_unknown_reasoning_effort_returns_the_validators_error(post: Post) -> None:
    error = post("mimo-v2.5", USER, reasoning_effort="max").json()["error"]
    assert (
        "'loc': ('body', 'reasoning_effort'), 'msg': \"Input should be 'low', 'medium' or 'high'\"" in error["message"]
    )
    assert error["type"] == "Bad Request"


def test_undocumented_fields_without_effect_are_accepted(post: Post) -> None:
    extra = {"enable_thinking": False, "thinking_budget": 10, "webSearchEnabled": True}
    assert message(post("mimo-v2.6-pro", USER, **extra))["reasoning_content"]


@pytest.mark.parametrize(
    "fields",
    [{"response_format": {"type": "xml"}}, {"thinking": {"type": "auto"}}],
    ids=lambda fields: next(iter(fields)),
)
def test_value_outside_a_fixed_list_is_refused_without_its_name(post: Post, fields: dict[str, Any]) -> None:
    answer = post("mimo-v2.6-pro", USER, **fields)
    assert answer.status_code == 400
    error = {"code": "400", "message": "Invalid request parameters", "param": "", "type": "Bad Request"}
    assert answer.json() == {"error": error}


def test_anthropic_token_limits_and_thinking_are_refused_alike(ask: Post) -> None:
    limit = ask("mimo-v2.6-pro", USER, max_tokens=200_000).json()["error"]
    assert "This model supports at most 131072 completion tokens" in limit["param"]
    thinking = ask("mimo-v2.6-pro", USER, max_tokens=100, thinking={"type": "adaptive"}).json()["error"]
    assert thinking["message"] == "Invalid request parameters"


def test_effort_none_switches_thinking_off_unless_thinking_is_set(post: Post) -> None:
    assert "reasoning_content" not in message(post("mimo-v2.6-pro", USER, reasoning_effort="none"))
    for effort in ("low", "medium", "high"):
        assert message(post("mimo-v2.6-pro", USER, reasoning_effort=effort))["reasoning_content"]
    thinking = {"type": "enabled"}
    assert message(post("mimo-v2.6-pro", USER, reasoning_effort="none", thinking=thinking))["reasoning_content"]


@pytest.mark.parametrize("choice", ["auto", "none", "required", {"type": "function", "function": {"name": "other"}}])
def test_tool_choice_has_no_effect(post: Post, choice: Any) -> None:
    tools = [{"type": "function", "function": CALCULATOR}]
    asked = [{"role": "user", "content": "What is 17 × 23?"}]
    [call] = message(post("mimo-v2.6-pro", asked, tools=tools, tool_choice=choice))["tool_calls"]
    assert call["function"]["name"] == "calculator"
    assert message(post("mimo-v2.6-pro", USER, tools=tools, tool_choice=choice))["tool_calls"] is None


def test_tool_call_id_is_not_checked(post: Post) -> None:
    history = [*USER, {"role": "assistant", "content": "", "tool_calls": [CALLED], "reasoning_content": ""}]
    history.append({"role": "tool", "tool_call_id": "another", "content": "1"})
    assert post("mimo-v2.6-pro", history).status_code == 200


@pytest.mark.parametrize("stream", [False, True])
def test_keys_are_absent_with_thinking_off(post: Post, stream: bool) -> None:
    text = post("mimo-v2.6-pro", USER, thinking={"type": "disabled"}, stream=stream).text
    assert "reasoning_content" not in text and "tool_calls" not in text
    tools = [{"type": "function", "function": CALCULATOR}]
    asked = [{"role": "user", "content": "What is 17 × 23?"}]
    called = post("mimo-v2.6-pro", asked, tools=tools, thinking={"type": "disabled"}, stream=stream).text
    assert "reasoning_content" not in called and "calculator" in called


@pytest.mark.parametrize(
    ("model", "form"),
    [
        ("mimo-v2.6-flash", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_[0-9a-f]{32}"),
        ("mimo-v2.5-pro", r"chatcmpl-[0-9a-f]{32}"),
        ("mimo-v2.5", r"[0-9a-f]{32}"),
    ],
)
def test_id_has_the_form_of_its_generation(post: Post, model: str, form: str) -> None:
    assert re.fullmatch(form, post(model, USER).json()["id"])


def anthropic_events(answer: Any) -> list[dict[str, Any]]:
    lines = [line[6:] for line in answer.text.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines]


def test_anthropic_stream_has_the_recorded_form(ask: Post) -> None:
    tool = {"name": "calculator", "input_schema": CALCULATOR["parameters"]}
    answer = ask("mimo-v2.5-pro", [{"role": "user", "content": "What is 17 × 23?"}], tools=[tool], stream=True)
    start, *middle, end, stop = anthropic_events(answer)
    assert re.fullmatch("msg_[0-9a-f]{24}", start["message"].pop("id"))
    zeros = {"input_tokens": 0, "output_tokens": 0}
    assert start["message"] == {
        "type": "message", "role": "assistant", "model": "mimo-v2.5-pro", "content": [], "usage": zeros
    }  # fmt: skip
    blocks = [event["content_block"] for event in middle if event["type"] == "content_block_start"]
    assert blocks[0] == {"type": "thinking", "thinking": ""}
    assert re.fullmatch("call_[0-9a-f]{24}", blocks[1].pop("id"))
    assert blocks[1] == {"type": "tool_use", "name": "calculator", "input": {}}
    deltas = [event for event in middle if event["type"] == "content_block_delta"]
    assert {tuple(event) for event in deltas} == {("type", "delta", "index")}
    assert {event["delta"]["type"] for event in deltas} == {"thinking_delta", "input_json_delta"}, "no signature"
    assert end["delta"] == {"stop_reason": "tool_use"}
    assert end["usage"]["cache_read_input_tokens"] == 256, "the injected prompt and the tool"
    assert 0 < end["usage"]["input_tokens"] < 64, "without the cached ones"
    assert stop == {"type": "message_stop"}


def test_whole_anthropic_message_has_a_hexadecimal_id_and_an_empty_signature(ask: Post) -> None:
    answer = ask("mimo-v2.6-pro", USER).json()
    assert re.fullmatch("[0-9a-f]{32}", answer["id"])
    assert answer["content"][0]["signature"] == ""


@pytest.mark.parametrize("model", ["mimo-v2.6-pro", "mimo-v2.6-flash", "mimo-v2.6-pro-ultraspeed"])
def test_v26_takes_images_audio_and_video(model: str) -> None:
    assert models.MODELS[model].accepts_images and models.MODELS[model].accepts_audio
    assert models.MODELS[model].default_tokens == 131_072


def test_all_valid_message_variants_are_accepted(post: Post) -> None:
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


def test_thinking_must_be_passed_back_with_tool_calls(post: Post) -> None:
    history = [*USER, {"role": "assistant", "content": "", "tool_calls": [CALLED]}]
    history.append({"role": "tool", "tool_call_id": "call_1", "content": "1"})
    refused = post("mimo-v2.5-pro", history).json()["error"]
    assert refused["param"] == "The reasoning_content in the thinking mode must be passed back to the API."
    assert post("mimo-v2.5-pro", history, thinking={"type": "disabled"}).status_code == 200
    history[1]["reasoning_content"] = ""
    assert post("mimo-v2.5-pro", history).status_code == 200, "a turn without thinking has none to pass back"


def test_anthropic_thinking_must_be_passed_back_if_there_was_any(ask: Post) -> None:
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
def test_current_models_think_by_default(post: Post, model: str) -> None:
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
def test_anthropic_specific_fields_are_ignored(ask: Post, marks: dict[str, Any]) -> None:
    text = [{"type": "text", "text": "hello", "cache_control": {"type": "ephemeral"}}]
    assert ask("mimo-v2.5-pro", [{"role": "user", "content": text}], **marks).status_code == 200
    assert ask("mimo-v2.5-pro", USER, output_config={"effort": "low"}).status_code == 400


def test_image_for_a_text_model_returns_a_framed_404(post: Post) -> None:
    answer = post(
        "mimo-v2.5-pro", [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": picture()}}]}]
    )
    assert answer.status_code == 404
    assert answer.text.startswith('data:{"error":')
    assert "No endpoints found that support image input" in answer.text


def test_tool_result_with_an_image_is_refused(post: Post) -> None:
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


def test_image_is_described(post: Post) -> None:
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": picture()}}]
    answer = post("mimo-v2.5", [{"role": "user", "content": parts}])
    content = message(answer)["content"]
    assert "40 × 30" in content
    assert "**red**" in content
    assert "#dc141e" in content
    assert answer.json()["usage"]["prompt_tokens_details"]["image_tokens"] > 0


def test_search_returns_citations(post: Post) -> None:
    tool = {"type": "web_search", "force_search": True, "max_keyword": 3, "limit": 1}
    answer = post("mimo-v2.5-pro", [{"role": "user", "content": "武汉明天天气怎么样？"}], tools=[tool])
    [citation] = message(answer)["annotations"]
    assert citation["type"] == "url_citation"
    assert citation["title"] == "武汉市"
    assert answer.json()["usage"]["web_search_usage"] == {"tool_usage": 1, "page_usage": 1}


FORCED = {"type": "web_search", "force_search": True, "limit": 1}
WUHAN = [{"role": "user", "content": "武汉明天天气怎么样？"}]


def test_forced_search_runs_in_addition_to_function_tools(post: Post) -> None:
    weather = {"type": "function", "function": {"name": "get_weather"}}
    answer = post("mimo-v2.5-pro", WUHAN, tools=[weather, FORCED])
    content = message(answer)
    assert [call["function"]["name"] for call in content["tool_calls"]] == ["get_weather"]
    assert [citation["title"] for citation in content["annotations"]] == ["武汉市"]
    assert answer.json()["usage"]["web_search_usage"] == {"tool_usage": 1, "page_usage": 1}
    assert "annotations" not in message(post("mimo-v2.5-pro", WUHAN, tools=[weather, {"type": "web_search"}]))
    called = {"role": "assistant", "content": "", "tool_calls": content["tool_calls"], "reasoning_content": "…"}
    result = {"role": "tool", "tool_call_id": content["tool_calls"][0]["id"], "content": "21 °C"}
    reported = message(post("mimo-v2.5-pro", [*WUHAN, called, result], tools=[weather, FORCED]))
    assert "21 °C" in reported["content"]
    assert reported["annotations"]


def test_search_results_are_used_in_json_mode(post: Post) -> None:
    asked = [{"role": "user", "content": "武汉明天天气怎么样？只输出 JSON"}]
    content = message(post("mimo-v2.5-pro", asked, tools=[FORCED], response_format={"type": "json_object"}))
    assert "长江" in json.loads(content["content"])["answer"]
    assert content["annotations"]


@pytest.mark.parametrize("fields", [{}, {"webSearchEnabled": True}], ids=["plain", "switched-on"])
def test_search_without_the_plugin_is_refused_whatever_the_body_says(post: Post, fields: dict[str, Any]) -> None:
    refused = post("mimo-v2.5", USER, tools=[{"type": "web_search"}], fault="search-off", **fields)
    text = "web search tool found in the request body, but webSearchEnabled is false"
    assert refused.json()["error"] == {"code": "400", "message": "Param Incorrect", "param": text, "type": ""}


def test_a_forced_search_can_be_ignored_and_is_not_billed_then(post: Post) -> None:
    answer = post("mimo-v2.5", WUHAN, tools=[FORCED], fault="search-none")
    assert message(answer)["content"]
    assert "annotations" not in message(answer)
    assert "web_search_usage" not in answer.json()["usage"]


def test_json_mode_follows_the_example(post: Post) -> None:
    wanted = 'JSON only: {"title": "…", "cast": [{"name": "…"}], "lines": [{"speaker": "…", "text": "…"}]}'
    answer = post("mimo-v2.5", [{"role": "user", "content": wanted}], response_format={"type": "json_object"})
    scene = json.loads(message(answer)["content"])
    assert scene.keys() == {"title", "cast", "lines"}
    assert {line["speaker"] for line in scene["lines"]} == {member["name"] for member in scene["cast"]}


def test_json_mode_applies_after_a_tool_result(post: Post) -> None:
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
def test_tool_call_counts_towards_the_token_limit(post: Post, limit: int, arguments: str | None) -> None:
    asked = [{"role": "user", "content": "What is 17 × 23?"}]
    tools = [{"type": "function", "function": CALCULATOR}]
    answer = post("mimo-v2.5", asked, tools=tools, thinking={"type": "disabled"}, max_completion_tokens=limit)
    calls = message(answer).get("tool_calls") or []
    assert [call["function"]["arguments"] for call in calls] == ([arguments] if arguments else [])
    assert answer.json()["choices"][0]["finish_reason"] == ("tool_calls" if limit == 100 else "length")
    assert answer.json()["usage"]["completion_tokens"] <= limit


def test_truncated_tool_call_is_valid_in_the_anthropic_protocol(ask: Post) -> None:
    tool = {"name": "calculator", "input_schema": CALCULATOR["parameters"]}
    asked = [{"role": "user", "content": "What is 17 × 23?"}]
    answer = ask("mimo-v2.5", asked, tools=[tool], thinking={"type": "disabled"}, max_tokens=10).json()
    assert answer["stop_reason"] == "max_tokens"
    assert [block["input"] for block in answer["content"]] == [{}]


def test_prompt_longer_than_the_context_is_refused(post: Post) -> None:
    answer = post("mimo-v2.5", [{"role": "user", "content": "x " * 1_048_577}])
    assert answer.status_code == 400
    assert "this model's context is 1048576" in answer.json()["error"]["param"]


def test_answer_cut_at_the_token_limit_finishes_with_length(post: Post) -> None:
    answer = post("mimo-v2.5", USER, max_completion_tokens=5).json()
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 5


def test_prefilled_answer_is_continued(post: Post) -> None:
    answer = post("mimo-v2.5", [*USER, {"role": "assistant", "content": "Hello! I'm"}], thinking={"type": "disabled"})
    assert message(answer)["content"].startswith(" the demo service")


ABOUT = [{"role": "user", "content": "Explain quicksort with code"}]


def test_an_answer_cut_at_the_limit_is_continued_to_its_end_in_both_protocols(post: Post, ask: Post) -> None:
    off = {"type": "disabled"}
    whole = message(post("mimo-v2.6-pro", ABOUT, thinking=off))["content"]
    cut = message(post("mimo-v2.6-pro", ABOUT, thinking=off, max_completion_tokens=20))["content"]
    assert whole.startswith(cut) and cut != whole
    prefilled = [*ABOUT, {"role": "assistant", "content": cut, "reasoning_content": "Hm."}]
    assert cut + message(post("mimo-v2.6-pro", prefilled, thinking=off))["content"] == whole
    blocks = [*ABOUT, {"role": "assistant", "content": [{"type": "text", "text": cut.rstrip()}]}]
    rest = ask("mimo-v2.6-pro", blocks, thinking=off, max_tokens=4000).json()
    assert rest["stop_reason"] == "end_turn"
    assert cut.rstrip() + "".join(block["text"] for block in rest["content"]) == whole


def test_a_continued_answer_can_be_cut_again(post: Post) -> None:
    off = {"type": "disabled"}
    whole = message(post("mimo-v2.6-pro", ABOUT, thinking=off))["content"]
    said = ""
    for _ in range(3):
        prefilled = [*ABOUT, {"role": "assistant", "content": said}] if said else ABOUT
        answer = post("mimo-v2.6-pro", prefilled, thinking=off, fault="length")
        assert answer.json()["choices"][0]["finish_reason"] == "length"
        more = message(answer)["content"]
        assert more
        said += more
    assert whole.startswith(said) and len(said) > len(whole) / 2


def test_an_answer_after_a_tool_is_continued_without_calling_it_again(post: Post) -> None:
    tool = {"name": "get_time", "description": "The time", "parameters": {"type": "object", "properties": {}}}
    call = {"id": "call_1", "type": "function", "function": {"name": "get_time", "arguments": "{}"}}
    history = [
        {"role": "user", "content": "What time is it?"},
        {"role": "assistant", "content": "", "reasoning_content": "", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": '{"time": "09:30"}'},
    ]
    fields: dict[str, Any] = {"tools": [{"type": "function", "function": tool}], "thinking": {"type": "disabled"}}
    whole = message(post("mimo-v2.6-pro", history, **fields))["content"]
    answer = post("mimo-v2.6-pro", [*history, {"role": "assistant", "content": whole[:9]}], **fields)
    assert message(answer)["content"] == whole[9:] and not message(answer).get("tool_calls")


def test_retired_models_are_served_with_a_header(post: Post) -> None:
    """Listed and answered for old conversations, although the platform announced their end (WIRE.md section 13)."""
    for model in ("mimo-v2.5", "mimo-v2.5-pro"):
        answer = post(model, USER)
        assert answer.json()["model"] == model
        assert answer.headers["x-demo-model-retired"] == "2026-10-21"
    assert "x-demo-model-retired" not in post("mimo-v2.6-pro", USER).headers


@pytest.mark.parametrize(
    ("asked", "part"), [("go on", "The same in place"), ("shorter, please", "p = v[len"), ("in Chinese", "按升序")]
)
def test_follow_up_questions_keep_the_topic(post: Post, asked: str, part: str) -> None:
    history = [{"role": "user", "content": "write quicksort"}, {"role": "assistant", "content": "…"}]
    assert part in message(post("mimo-v2.5", [*history, {"role": "user", "content": asked}]))["content"]


def test_prose_answers_are_marked_as_demo(post: Post) -> None:
    assert message(post("mimo-v2.5", USER))["content"].endswith(load_script("en").sentence("mark"))


def test_both_scripts_have_the_same_topics_and_sentences() -> None:
    english, chinese = load_script("en"), load_script("zh")
    assert len(english.topics) == len(chinese.topics)
    assert english.sentences.keys() == chinese.sentences.keys()
    assert english.media.keys() == chinese.media.keys()
