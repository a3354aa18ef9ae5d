"""Request bodies of each protocol."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from app.core.catalogue import catalogue
from app.core.errors import Code, InputError
from app.core.messages import Media, Message, Sources, Text, Thinking, ToolCall, user_message
from app.core.profiles import Profile
from app.core.requests import (
    BuiltinVoice,
    ChatRequest,
    ClonedVoice,
    DesignedVoice,
    FunctionTool,
    RecognitionRequest,
    Sampling,
    SpeechRequest,
    WebSearch,
)
from app.mimo import anthropic_requests, openai_requests
from app.mimo.recognition import recognition_body
from app.mimo.speech import MAX_SAMPLE_LENGTH, speech_body
from app.services.speech.sample_checks import MAX_ENCODED_BYTES, base64_size

PLATFORM = Profile("p", "payg", "Platform", "https://api.xiaomimimo.com/v1")
GATEWAY = Profile(
    "g",
    "gateway",
    "Gateway",
    "https://gateway.example/v1",
    token_field="max_tokens",
    extra_body={"seed": 7, "top_k": 20},
)
OWN = Profile("o", "self-hosted", "Own", "http://127.0.0.1:30000/v1")
CLOCK = FunctionTool("clock", "Tells the time.", {"type": "object", "properties": {}}, strict=True)


def openai(request: ChatRequest, profile: Profile = PLATFORM) -> dict[str, Any]:
    return openai_requests.chat_body(profile, request)


def anthropic(request: ChatRequest, profile: Profile = PLATFORM) -> dict[str, Any]:
    return anthropic_requests.chat_body(profile, request)


def assistant(*parts: Any, name: str = "") -> Message:
    return Message("m", "assistant", parts, name=name)


def said(*messages: Message, **fields: Any) -> ChatRequest:
    return ChatRequest("mimo-v2.6-pro", messages, **fields)


STEPS = assistant(
    Thinking("I need the time.", 0, 1.0, "sig"),
    Text("One moment.", 0),
    ToolCall("c1", "clock", '{"zone":"UTC"}', 0, "done", "12:00"),
    ToolCall("c2", "clock", "", 0, "failed", "no such zone"),
    Thinking("Noon then.", 1),
    Text("It is noon.", 1),
)


def test_unset_fields_are_not_sent() -> None:
    assert openai(said(user_message("Hi"))) == {
        "model": "mimo-v2.6-pro",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": True,
    }


def test_every_documented_field() -> None:
    sampling = Sampling(
        thinking=False,
        temperature=0.3,
        top_p=0.95,
        max_tokens=1024,
        stop=("END",),
        frequency_penalty=0.5,
        presence_penalty=-0.5,
        json_mode=True,
        stream=False,
    )
    search = WebSearch(force=True, keywords=3, results=1, location="China, Hubei, Wuhan")
    body = openai(said(user_message("Hi"), system="Be brief.", sampling=sampling, tools=(CLOCK,), web_search=search))
    assert body == {
        "model": "mimo-v2.6-pro",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
        "stream": False,
        "max_completion_tokens": 1024,
        "temperature": 0.3,
        "top_p": 0.95,
        "frequency_penalty": 0.5,
        "presence_penalty": -0.5,
        "stop": ["END"],
        "response_format": {"type": "json_object"},
        "thinking": {"type": "disabled"},
        "tools": [
            {
                "type": "function",
                "function": {
                    "name": "clock",
                    "description": "Tells the time.",
                    "parameters": {"type": "object", "properties": {}},
                    "strict": True,
                },
            },
            {
                "type": "web_search",
                "max_keyword": 3,
                "force_search": True,
                "limit": 1,
                "user_location": {"type": "approximate", "country": "China", "region": "Hubei", "city": "Wuhan"},
            },
        ],
        "tool_choice": "auto",
    }


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("中国", {"country": "中国"}),
        ("China，，Wuhan", {"country": "China", "city": "Wuhan"}),
        (
            "China, Hubei, Wuhan, Hongshan, 114.31, 30.59",
            {
                "country": "China", "region": "Hubei", "city": "Wuhan", "district": "Hongshan",
                "longitude": 114.31, "latitude": 30.59,
            },
        ),
        ("18, -33.9", {"latitude": -33.9, "longitude": 18.0}),
    ],
)  # fmt: skip
def test_a_location_is_sent_in_its_fields(location: str, expected: dict[str, object]) -> None:
    body = openai(said(user_message("Hi"), web_search=WebSearch(location=location)))
    assert body["tools"][0]["user_location"] == {"type": "approximate", **expected}


@pytest.mark.parametrize("location", ["", "Wuhan, 30.59, 114.31", "China, 114.31"])
def test_a_location_that_can_not_be_meant_is_left_out(location: str) -> None:
    body = openai(said(user_message("Hi"), web_search=WebSearch(location=location)))
    assert "user_location" not in body["tools"][0]


def test_each_step_is_a_message_followed_by_its_tool_results() -> None:
    body = openai(said(user_message("Time?"), STEPS, user_message("Thanks")))
    assert body["messages"] == [
        {"role": "user", "content": "Time?"},
        {
            "role": "assistant",
            "content": "One moment.",
            "reasoning_content": "I need the time.",
            "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "clock", "arguments": '{"zone":"UTC"}'}},
                {"id": "c2", "type": "function", "function": {"name": "clock", "arguments": "{}"}},
            ],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "12:00"},
        {"role": "tool", "tool_call_id": "c2", "content": "no such zone"},
        {"role": "assistant", "content": "It is noon.", "reasoning_content": "Noon then."},
        {"role": "user", "content": "Thanks"},
    ]


@pytest.mark.parametrize("text", ['{"zone": "UT', pytest.param("[" * 100_000, id="deep")])
def test_a_call_that_was_cut_off_is_not_sent_back(text: str) -> None:
    cut = assistant(Text("Let me see."), ToolCall("c", "clock", text, 0, "stopped"))
    request = said(user_message("Time?"), cut, user_message("And?"))
    assert openai(request)["messages"][1:] == [
        {"role": "assistant", "content": "Let me see."},
        {"role": "user", "content": "And?"},
    ]
    assert anthropic(request)["messages"][1] == {
        "role": "assistant",
        "content": [{"type": "text", "text": "Let me see."}],
    }
    assert len(anthropic(request)["messages"]) == 3


@pytest.mark.parametrize("text", ["", '{"zone": "UT', pytest.param("[" * 100_000, id="deep")])
def test_arguments_that_are_not_json_are_not_sent_back(text: str) -> None:
    body = openai(said(user_message("Time?"), assistant(ToolCall("c", "clock", text, 0, "failed", "unreadable"))))
    assert body["messages"][1]["tool_calls"][0]["function"]["arguments"] == "{}"


def test_content_next_to_tool_calls_is_an_empty_string_never_null() -> None:
    body = openai(said(user_message("Time?"), assistant(ToolCall("c1", "clock", "{}", 0, "done", "12:00"))))
    assert body["messages"][1]["content"] == ""


def test_thinking_can_be_left_out_of_messages_without_tool_calls() -> None:
    body = openai(said(user_message("Time?"), STEPS, sampling=Sampling(send_thinking=False)))
    assert body["messages"][1]["reasoning_content"] == "I need the time."
    assert "reasoning_content" not in body["messages"][4]


@pytest.mark.parametrize(("thinking", "sent"), [(True, True), (None, True), (False, False)])
@pytest.mark.parametrize("send_thinking", [True, False])
def test_calls_without_thinking_carry_an_empty_one_for_a_thinking_model(
    thinking: bool | None, sent: bool, send_thinking: bool
) -> None:
    plain = assistant(Text("One moment."), ToolCall("c1", "clock", "{}", 0, "done", "12:00"), Text("Noon.", 1))
    sampling = Sampling(thinking=thinking, send_thinking=send_thinking)
    request = said(user_message("Time?"), plain, sampling=sampling)
    found = [message.get("reasoning_content") for message in openai(request)["messages"]]
    assert found == [None, "" if sent else None, None, None]
    _, calling, _, answer = anthropic(request)["messages"]
    empty = [{"type": "thinking", "thinking": ""}] if sent else []
    assert calling["content"][:-1] == [*empty, {"type": "text", "text": "One moment."}]
    assert answer["content"] == [{"type": "text", "text": "Noon."}]


@pytest.mark.parametrize(
    ("model", "thinking", "thought", "sent"),
    [
        ("mistral-large", None, False, False),
        ("vendor/mimo-v2.5-pro", None, False, True),
        ("mistral-large", True, False, True),
        ("served-under-another-name", None, True, True),
        ("served-under-another-name", False, True, False),
    ],
)
def test_empty_thinking_is_sent_only_to_a_model_known_to_think(
    model: str, thinking: bool | None, thought: bool, sent: bool
) -> None:
    earlier = assistant(Thinking("Hm."), Text("Hello")) if thought else assistant(Text("Hello"))
    call = assistant(ToolCall("c1", "clock", "{}", 0, "done", "12:00"))
    messages = (user_message("Hi"), earlier, user_message("Time?"), call)
    request = ChatRequest(model, messages, sampling=Sampling(thinking=thinking))
    calling = openai(request, GATEWAY)["messages"][3]
    assert calling.get("reasoning_content") == ("" if sent else None)
    blocks = anthropic(request, GATEWAY)["messages"][3]["content"]
    assert [block["type"] for block in blocks] == ["tool_use"]  # a strict service refuses an empty block of ours


def test_a_thinking_block_with_only_a_signature_is_sent_back() -> None:
    closed = assistant(Thinking("", 0, 1.0, "sig"), ToolCall("c1", "clock", "{}", 0, "done", "12:00"))
    blocks = anthropic(said(user_message("Time?"), closed))["messages"][1]["content"]
    assert blocks[0] == {"type": "thinking", "thinking": "", "signature": "sig"} and len(blocks) == 2


@pytest.mark.parametrize("signature", ["sig", "", None])
def test_a_signature_goes_back_as_it_came(signature: str | None) -> None:
    block = {"type": "thinking", "thinking": "Hm."} | ({} if signature is None else {"signature": signature})
    messages = anthropic(said(user_message("Hi"), assistant(Thinking("Hm.", 0, 1.0, signature), Text("Hello"))))
    assert messages["messages"][1]["content"] == [block, {"type": "text", "text": "Hello"}]


@pytest.mark.parametrize("profile", [PLATFORM, GATEWAY, OWN], ids=lambda profile: profile.kind)
@pytest.mark.parametrize("parts", [(), (Text(" \n"),)], ids=["thinking alone", "and a blank"])
@pytest.mark.parametrize("send_thinking", [True, False])
def test_a_turn_stopped_while_thinking_is_sent_with_content(
    profile: Profile, parts: tuple[Text, ...], send_thinking: bool
) -> None:
    stopped = assistant(Thinking("The user asks"), *parts)
    sampling = Sampling(send_thinking=send_thinking)
    request = said(user_message("Hi"), stopped, user_message("Go on"), sampling=sampling)
    _, sent, _ = openai(request, profile)["messages"]
    thinking = {"reasoning_content": "The user asks"} if send_thinking else {}
    assert sent == {"role": "assistant", "content": openai_requests.NO_ANSWER} | thinking
    _, sent, _ = anthropic(request, profile)["messages"]
    assert sent == {"role": "assistant", "content": [{"type": "text", "text": openai_requests.NO_ANSWER}]}


@pytest.mark.parametrize("signature", ["", None])
def test_thinking_cut_off_after_a_text_is_not_sent_without_its_signature(signature: str | None) -> None:
    cut = assistant(Text("First."), Thinking("And th", 0, 1.0, signature))
    assert anthropic(said(user_message("Hi"), cut))["messages"][1]["content"] == [{"type": "text", "text": "First."}]


def test_a_call_that_was_never_run_gets_a_result() -> None:
    stopped = assistant(ToolCall("c1", "clock", "{}", 0, "stopped"))
    body = openai(said(user_message("Time?"), stopped, user_message("Never mind")))
    assert body["messages"][2] == {"role": "tool", "tool_call_id": "c1", "content": openai_requests.NO_RESULT}


def test_a_separate_tool_message_answers_the_open_call() -> None:
    by_hand = Message("t", "tool", (Text("13:00"),))
    request = said(user_message("Time?"), assistant(ToolCall("c1", "clock", "{}")), by_hand)
    assert openai(request)["messages"][2:] == [{"role": "tool", "tool_call_id": "c1", "content": "13:00"}]
    assert anthropic(request)["messages"][2:] == [
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "c1", "content": "13:00"}]}
    ]


@pytest.mark.parametrize("after", [(), (user_message("Thanks"),)])
def test_calls_not_answered_by_tool_messages_get_a_result(after: tuple[Message, ...]) -> None:
    calls = assistant(*(ToolCall(call_id, "clock", "{}") for call_id in ("c1", "c2", "c3")))
    named = Message("t1", "tool", (ToolCall("c2", "clock", "{}", 0, "done", "13:00"),))
    request = said(user_message("Time?"), calls, named, Message("t2", "tool", (Text("14:00"),)), *after)
    answers = [
        (message["tool_call_id"], message["content"])
        for message in openai(request)["messages"]
        if message["role"] == "tool"
    ]
    assert answers == [("c2", "13:00"), ("c1", "14:00"), ("c3", openai_requests.NO_RESULT)]
    results = [
        (block["tool_use_id"], block["content"])
        for message in anthropic(request)["messages"]
        if message["role"] == "user" and isinstance(message["content"], list)
        for block in message["content"]
    ]
    assert results == answers


def test_roles_and_names() -> None:
    request = said(
        Message("d", "developer", (Text("Rule"),)),
        Message("u", "user", (Text("Hi"),), name="Ann"),
        assistant(Text("Hello"), name="Bo"),
        assistant(),
        Message("u2", "user"),
    )
    assert openai(request)["messages"] == [
        {"role": "developer", "content": "Rule"},
        {"role": "user", "content": "Hi", "name": "Ann"},
        {"role": "assistant", "content": "Hello", "name": "Bo"},
    ]


def test_media_follow_the_text_with_video_options_next_to_the_url() -> None:
    media = (
        Media("image/png", "data:image/png;base64,AA=="),
        Media("audio/wav", "data:audio/wav;base64,AA=="),
        Media("video/mp4", "https://films.example/a.mp4", fps=2.0, resolution="max"),
    )
    body = openai(said(user_message("Look", media=media)))
    assert body["messages"][0]["content"] == [
        {"type": "text", "text": "Look"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}},
        {"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,AA=="}},
        {
            "type": "video_url",
            "video_url": {"url": "https://films.example/a.mp4"},
            "fps": 2.0,
            "media_resolution": "max",
        },
    ]


def test_a_last_assistant_message_is_a_prefill() -> None:
    request = said(user_message("Write JSON"), assistant(Text("{")))
    assert openai(request)["messages"][-1] == {"role": "assistant", "content": "{"}
    assert anthropic(request)["messages"][-1] == {"role": "assistant", "content": [{"type": "text", "text": "{"}]}


def test_a_continued_answer_is_one_message_on_the_wire() -> None:
    parts = (
        Thinking("Hm.", 0), Text("Half a sen", 0), Text("tence. ", 1, continues=True),
        ToolCall("c", "clock", "{}", 1, "done", "9"), Text("Nine", 2), Text(" o'clock", 3, continues=True),
    )  # fmt: skip
    request = said(user_message("Say it"), assistant(*parts))
    assert openai(request)["messages"][1:] == [
        {
            "role": "assistant",
            "content": "Half a sentence. ",
            "reasoning_content": "Hm.",
            "tool_calls": [{"id": "c", "type": "function", "function": {"name": "clock", "arguments": "{}"}}],
        },
        {"role": "tool", "tool_call_id": "c", "content": "9"},
        {"role": "assistant", "content": "Nine o'clock"},
    ]
    first, results, last = anthropic(request)["messages"][1:]
    assert [block.get("text") for block in first["content"] if block["type"] == "text"] == ["Half a sentence. "]
    assert [block["type"] for block in first["content"]] == ["thinking", "text", "tool_use"]
    assert results["content"][0]["tool_use_id"] == "c"
    assert last["content"] == [{"type": "text", "text": "Nine o'clock"}]


def test_a_prefill_without_thinking_is_what_the_anthropic_protocol_takes() -> None:
    """It may not end in blanks, nor have thinking in a request that turns thinking off."""
    answer = assistant(Thinking("Hm.", 0, signature="s"), Text("So far \n", 0))
    request = said(user_message("Hi"), answer, sampling=Sampling(thinking=False))
    assert anthropic(request)["messages"][-1]["content"] == [{"type": "text", "text": "So far"}]
    assert openai(request)["messages"][-1]["reasoning_content"] == "Hm."
    thinking = said(user_message("Hi"), answer, sampling=Sampling(thinking=True))
    assert anthropic(thinking)["messages"][-1]["content"][0]["type"] == "thinking"


def test_sources_are_not_sent_back() -> None:
    request = said(assistant(Sources(()), Text("a")))
    assert openai(request)["messages"] == [{"role": "assistant", "content": "a"}]


def test_a_gateway_gets_its_own_field_names_and_fields() -> None:
    body = openai(said(user_message("Hi"), sampling=Sampling(max_tokens=9, extra={"seed": 8})), GATEWAY)
    assert body["max_tokens"] == 9 and "max_completion_tokens" not in body
    assert (body["seed"], body["top_k"]) == (8, 20)
    assert body["stream_options"] == {"include_usage": True}


def test_a_self_hosted_server_switches_thinking_in_its_template() -> None:
    body = openai(said(user_message("Hi"), sampling=Sampling(thinking=True)), OWN)
    assert body["chat_template_kwargs"] == {"enable_thinking": True} and "thinking" not in body


def test_anthropic_form() -> None:
    sampling = Sampling(thinking=True, temperature=1.0, top_p=0.9, max_tokens=50, stop=("END",))
    request = said(
        Message("d", "developer", (Text("Rule"),)),
        user_message("Time?"),
        STEPS,
        system="Be brief.",
        sampling=sampling,
        tools=(CLOCK,),
    )
    assert anthropic(request) == {
        "model": "mimo-v2.6-pro",
        "system": "Be brief.\n\nRule",
        "max_tokens": 50,
        "temperature": 1.0,
        "top_p": 0.9,
        "stop_sequences": ["END"],
        "stream": True,
        "thinking": {"type": "enabled"},
        "tools": [
            {
                "name": "clock",
                "description": "Tells the time.",
                "type": "custom",
                "input_schema": {"type": "object", "properties": {}},
            }
        ],
        "tool_choice": {"type": "auto"},
        "messages": [
            {"role": "user", "content": "Time?"},
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "I need the time.", "signature": "sig"},
                    {"type": "text", "text": "One moment."},
                    {"type": "tool_use", "id": "c1", "name": "clock", "input": {"zone": "UTC"}},
                    {"type": "tool_use", "id": "c2", "name": "clock", "input": {}},
                ],
            },
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": "c1", "content": "12:00"},
                    {"type": "tool_result", "tool_use_id": "c2", "content": "no such zone", "is_error": True},
                ],
            },
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "Noon then."},
                    {"type": "text", "text": "It is noon."},
                ],
            },
        ],
    }


def test_anthropic_takes_images_only() -> None:
    pictures = (Media("image/png", "data:image/png;base64,AA=="), Media("image/png", "https://a.example/b.png"))
    body = anthropic(said(user_message("Look", media=pictures)))
    assert [block.get("source") for block in body["messages"][0]["content"]] == [
        None,
        {"type": "base64", "media_type": "image/png", "data": "AA=="},
        {"type": "url", "url": "https://a.example/b.png"},
    ]
    with pytest.raises(InputError) as caught:
        anthropic(said(user_message("Hear", media=(Media("audio/wav", "data:audio/wav;base64,AA=="),))))
    assert caught.value.code is Code.MEDIA_UNSUPPORTED


def test_anthropic_arguments_that_are_not_an_object_are_wrapped() -> None:
    deep = "[" * 100_000
    broken = (ToolCall("a", "f", '{"x', 0, "failed", ""), ToolCall("c", "f", deep, 0, "failed", ""))
    calls = assistant(*broken, ToolCall("b", "f", "[1]", 0, "done", "r"))
    blocks = anthropic(said(user_message("Hi"), calls))["messages"][1]["content"]
    assert [block["input"] for block in blocks[1:]] == [{"arguments": '{"x'}, {"arguments": deep}, {"arguments": [1]}]


LARGEST = (MAX_SAMPLE_LENGTH - len("data:audio/mpeg;base64,")) // 4 * 3
"""Size in bytes of the largest sample that fits."""


def speech(text: str = "Hi.", **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"model": "mimo-v2.5-tts", "text": text, "voice": BuiltinVoice("冰糖")} | fields
    return speech_body(SpeechRequest(**values))


def test_a_built_in_voice_with_a_direction() -> None:
    assert speech(direction="Bright.", stream=False) == {
        "model": "mimo-v2.5-tts",
        "messages": [{"role": "user", "content": "Bright."}, {"role": "assistant", "content": "Hi."}],
        "audio": {"format": "wav", "voice": "冰糖"},
        "stream": False,
    }


def test_a_stream_is_requested_as_raw_pcm() -> None:
    assert speech(container="mp3", stream=True)["audio"]["format"] == "pcm16"
    assert speech(container="mp3", stream=False)["audio"]["format"] == "mp3"


def test_a_designed_voice_sends_its_description_and_no_voice() -> None:
    body = speech(voice=DesignedVoice("An old sailor.", polish=True), direction="unused")
    assert body["messages"][0] == {"role": "user", "content": "An old sailor."}
    assert body["audio"] == {"format": "pcm16", "optimize_text_preview": True}
    assert speech("", voice=DesignedVoice("An old sailor.", polish=True))["messages"] == [
        {"role": "user", "content": "An old sailor."}
    ]


def test_a_cloned_voice_is_sent_as_a_data_url() -> None:
    body = speech(voice=ClonedVoice(b"RIFF....", "audio/wav"))
    assert body["audio"]["voice"] == "data:audio/wav;base64," + base64.b64encode(b"RIFF....").decode()
    assert body["messages"] == [{"role": "assistant", "content": "Hi."}]


def test_speech_parameters_are_sent_only_when_set() -> None:
    body = speech(temperature=0.6, top_p=0.95, max_tokens=100)
    assert (body["temperature"], body["top_p"], body["max_completion_tokens"]) == (0.6, 0.95, 100)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " "}, Code.NO_TEXT),
        ({"text": "", "voice": DesignedVoice("x")}, Code.NO_TEXT),
        ({"voice": DesignedVoice(" ")}, Code.NO_DESCRIPTION),
        ({"voice": ClonedVoice(b"", "audio/wav")}, Code.NO_SAMPLE),
        ({"voice": ClonedVoice(bytes(LARGEST + 1), "audio/mpeg")}, Code.SAMPLE_TOO_LARGE),
    ],
)
def test_fields_unknown_to_speech_models_are_not_sent(fields: dict[str, Any], code: Code) -> None:
    with pytest.raises(InputError) as caught:
        speech(**fields)
    assert caught.value.code is code


def test_a_sample_may_have_ten_megabytes_including_the_prefix() -> None:
    voice = speech(voice=ClonedVoice(bytes(LARGEST), "audio/mpeg"))["audio"]["voice"]
    assert 10 * 1024 * 1024 - 4 < len(voice) <= 10 * 1024 * 1024


def test_the_sample_editor_refuses_a_sample_that_is_too_large_to_send() -> None:
    assert base64_size(LARGEST) <= MAX_ENCODED_BYTES < base64_size(LARGEST + 1)


def test_recognition_sends_one_audio_part_and_nothing_else() -> None:
    body = recognition_body(RecognitionRequest("mimo-v2.5-asr", b"RIFF", "audio/wav", "zh", stream=False))
    assert body == {
        "model": "mimo-v2.5-asr",
        "messages": [
            {
                "role": "user",
                "content": [{"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,UklGRg=="}}],
            }
        ],
        "asr_options": {"language": "zh"},
        "stream": False,
    }


@pytest.mark.parametrize("build", [openai, anthropic])
def test_no_additional_field_replaces_what_is_shown(build: Callable[[ChatRequest, Profile], dict[str, Any]]) -> None:
    hidden = {"messages": [], "model": "other", "system": "hidden", "stream": False, "top_k": 5}
    request = said(user_message("Shown"), system="You help.", sampling=Sampling(extra=hidden))
    service = msgspec.structs.replace(GATEWAY, extra_body={"messages": [], "model": "other", "seed": 7})
    plain = build(said(user_message("Shown"), system="You help."), GATEWAY)
    assert build(request, service) == plain | {"seed": 7, "top_k": 5}


SHOWN = assistant(
    ToolCall(
        "c1", "details", "{}", 0, "done", "A tapestry.",
        media=(
            Media("image/png", "data:image/png;base64,AA==", width=1024, height=768),
            Media("audio/wav", "data:audio/wav;base64,AA==", seconds=1.25),
        ),
    ),
)  # fmt: skip


def test_what_a_tool_shows_is_a_note_where_a_result_is_text_only() -> None:
    body = openai(said(user_message("Look"), SHOWN))
    assert body["messages"][-1]["content"] == "A tapestry.\n[image, 1024×768, not sent]\n[sound, 1.2 s, not sent]"


def test_images_of_a_tool_go_as_such_over_the_anthropic_protocol_to_a_model_that_sees() -> None:
    seeing = next(model.id for model in catalogue().models if model.may("image") and model.listed)
    blind = next(model.id for model in catalogue().models if not model.may("image") and model.kind == "chat")
    body = anthropic(msgspec.structs.replace(said(user_message("Look"), SHOWN), model=seeing))
    text, image = body["messages"][-1]["content"][0]["content"]
    assert text == {"type": "text", "text": "A tapestry.\n[sound, 1.2 s, not sent]"}
    assert image["source"]["media_type"] == "image/png"
    body = anthropic(msgspec.structs.replace(said(user_message("Look"), SHOWN), model=blind))
    assert body["messages"][-1]["content"][0]["content"].endswith("not sent]")
