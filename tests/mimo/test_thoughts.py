"""Thoughts in every shape that services use are told from the answer once, and go back in the shape they came in."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.accumulator import Accumulator
from app.core.messages import Message, Part, Text, Thinking, ToolCall, user_message
from app.core.profiles import Profile
from app.core.requests import ChatRequest
from app.mimo import anthropic_requests, openai_requests
from app.mimo.anthropic_events import AnthropicEventParser
from app.mimo.openai_events import OpenAiEventParser
from app.mimo.recognition import RecognitionEventParser

GATEWAY = Profile("g", "gateway", "Gateway", "https://gateway.example/v1")
PLATFORM = Profile("p", "payg", "Platform", "https://api.xiaomimimo.com/v1")


def openai(*deltas: dict[str, Any], finish: str = "stop") -> tuple[Part, ...]:
    parser, accumulator = OpenAiEventParser(), Accumulator()
    records = [{"id": "1", "choices": [{"delta": delta}]} for delta in deltas]
    records.append({"id": "1", "choices": [{"delta": {}, "finish_reason": finish}]})
    for record in records:
        for event in parser.read(json.dumps(record)):
            accumulator.fold(event, 0.0)
    return accumulator.parts()


def anthropic(*texts: str) -> tuple[Part, ...]:
    parser, accumulator = AnthropicEventParser(), Accumulator()
    records: list[dict[str, Any]] = [
        {"type": "message_start", "message": {"id": "1"}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "delta": {"type": "text_delta", "text": text}, "index": 0} for text in texts),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}},
    ]
    for record in records:
        for event in parser.read(json.dumps(record)):
            accumulator.fold(event, 0.0)
    return accumulator.parts()


def in_content(*texts: str) -> tuple[Part, ...]:
    return openai(*({"content": text} for text in texts))


BOTH = pytest.mark.parametrize("read", [in_content, anthropic], ids=["openai", "anthropic"])


def thought(text: str) -> Thinking:
    return Thinking(text, 0, 0.0, None, "tags")


HM = thought("Hm.")


@BOTH
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("<think>Hm.</think>Yes.", (HM, Text("Yes."))),
        ("\n<think>\nHm.\n</think>\n\nYes.", (HM, Text("Yes."))),
        ("<THINKING>Hm.</THINKING>Yes.", (HM, Text("Yes."))),
        ("Hm.\n</think>\n\nYes.", (HM, Text("Yes."))),
        ("Hm.</think>Yes.", (HM, Text("Yes."))),
        ("</think>\n\nYes.", (Text("Yes."),)),
        ("<think>\n\n</think>\n\nYes.", (Text("Yes."),)),
        ("<think>Hm.", (HM,)),
        ("Yes.<think>Hm.</think>", (Text("Yes."), HM)),
        ("Write `<think>`, then `</think>`.", (Text("Write `<think>`, then `</think>`."),)),
        ("Write ``<think> ` `` first.", (Text("Write ``<think> ` `` first."),)),
        ("```xml\n<think>Hm.</think>\n```\nYes.", (Text("```xml\n<think>Hm.</think>\n```\nYes."),)),
        ("~~~\nHm.</think>\n~~~", (Text("~~~\nHm.</think>\n~~~"),)),
        ("1. ```\n   </think>\n   ```", (Text("1. ```\n   </think>\n   ```"),)),
        ("<think>Hm.</think>It ends at </think>.", (HM, Text("It ends at </think>."))),
        ("A lone ` mark.\n\n<think>Hm.</think>Yes.", (Text("A lone ` mark.\n\n"), HM, Text("Yes."))),
        ("a < b <thin", (Text("a < b <thin"),)),
        ("<|think|>Hm.<|/think|>Yes.", (HM, Text("Yes."))),
        ("[THINK]Hm.[/THINK]Yes.", (HM, Text("Yes."))),
        ("◁think▷Hm.◁/think▷Yes.", (HM, Text("Yes."))),
        ("<seed:think>Hm.</seed:think>Yes.", (HM, Text("Yes."))),
        ("Hm.[/THINK]Yes.", (HM, Text("Yes."))),
        ("A [think] and [THINK.", (Text("A [think] and [THINK."),)),
        ("Write `[THINK]` or `◁think▷`.", (Text("Write `[THINK]` or `◁think▷`."),)),
        ("<think>use <think>, then go</think>Yes.", (thought("use <think>, then go"), Text("Yes."))),
        ("<think>a<think>b</think>c</think>Yes.", (thought("a<think>b"), thought("c"), Text("Yes."))),
        ("<think>a `</think>` b</think>Yes.", (thought("a `</think>` b"), Text("Yes."))),
        ("  two\n    blanks", (Text("  two\n    blanks"),)),
    ],
)
def test_tags_in_the_text(read: Callable[..., tuple[Part, ...]], text: str, parts: tuple[Part, ...]) -> None:
    assert read(text) == parts
    assert read(*text) == parts


PIECES = st.lists(
    st.sampled_from(["<think>", "</think>", "<thinking>", "</thi", "<", "nk>", "`", "```", "~~~", "\n", "\n\n", " ",
                     "a", "好", "- ", "> ", "[THINK]", "[/THI", "◁/think▷", "<|think|>"]), max_size=14,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(PIECES, st.lists(st.integers(0, 80), max_size=10), st.booleans())
def test_any_cut_gives_the_same_parts(text: str, cuts: list[int], is_anthropic: bool) -> None:
    read: Callable[..., tuple[Part, ...]] = anthropic if is_anthropic else in_content
    borders = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    assert read(*(text[start:end] for start, end in itertools.pairwise(borders))) == read(text)


def thinking(form: Any, signature: str | None = None) -> Thinking:
    return Thinking("Hm.", 0, 0.0, signature, form)


SHAPES: dict[str, tuple[list[dict[str, Any]], Thinking]] = {
    "reasoning_content": ([{"reasoning_content": "Hm."}], thinking("")),
    "reasoning": ([{"reasoning": "H"}, {"reasoning": "m."}], thinking("reasoning")),
    "an object": ([{"reasoning": {"content": "Hm."}}], thinking("reasoning")),
    "reasoning_details": (
        [
            {"reasoning": "Hm.", "reasoning_details": [{"type": "reasoning.text", "text": "Hm."}]},
            {"reasoning_details": [{"type": "reasoning.text", "signature": "sig"}]},
        ],
        thinking("reasoning_details", "sig"),
    ),
    "details alone": (
        [{"reasoning_details": [{"type": "reasoning.summary", "summary": "Hm."}]}],
        thinking("reasoning_details"),
    ),
    "thinking parts": (
        [{"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}]}],
        thinking("parts"),
    ),
    "reasoning parts": ([{"content": [{"type": "reasoning", "text": "Hm."}]}], thinking("parts")),
    "parts marked as thoughts": ([{"content": [{"text": "Hm.", "thought": True}]}], thinking("parts")),
    "a signed part": (
        [{"content": [{"type": "thinking", "thinking": "Hm.", "signature": "sig"}]}],
        thinking("parts", "sig"),
    ),
    "a field thinking": ([{"thinking": "H"}, {"thinking": "m."}], thinking("")),
    "tags inside a field": (
        [{"reasoning_content": piece} for piece in ("<th", "ink>", "\n", "Hm.", "</thi", "nk>", "\n")],
        thinking(""),
    ),
    "two fields": ([{"reasoning_content": "Hm.", "reasoning": "Hm."}], thinking("")),
    "a field and tags": ([{"reasoning_content": "Hm."}, {"content": "<think>H"}, {"content": "m.</think>"}],
                         thinking("")),
    "a field and an end": ([{"reasoning_content": "Hm."}, {"content": "</think>"}], thinking("")),
}  # fmt: skip


@pytest.mark.parametrize("answer", [{"content": "Yes."}, {"content": [{"type": "text", "text": "Yes."}]}])
@pytest.mark.parametrize("shape", SHAPES)
def test_thoughts_of_every_shape_are_thoughts_once(shape: str, answer: dict[str, Any]) -> None:
    deltas, expected = SHAPES[shape]
    assert openai(*deltas, answer) == (expected, Text("Yes."))


@pytest.mark.parametrize(
    ("text", "thoughts"),
    [
        ("a < b", "a < b"),
        ("The tag <think> opens.", "The tag <think> opens."),
        ("It closes at </think>, then", "It closes at </think>, then"),
        ("ends </thi", "ends </thi"),
        ("<thin air", "<thin air"),
        ("<think>Hm.</think>", "Hm."),
        ("<THINKING>\n  Hm.</THINKING> \n", "Hm."),
        ("<think>", ""),
    ],
)
def test_only_tags_at_the_ends_of_a_field_are_dropped(text: str, thoughts: str) -> None:
    expected = (Thinking(thoughts, 0, 0.0), Text("Yes.")) if thoughts else (Text("Yes."),)
    for pieces in ([text], list(text)):
        assert openai(*({"reasoning_content": piece} for piece in pieces), {"content": "Yes."}) == expected


def test_details_of_several_kinds_are_paragraphs_and_pieces_of_one_are_not() -> None:
    def details(*rows: tuple[str, int | None]) -> Part:
        entries = [{"type": "reasoning.text", "text": text, "index": index} for text, index in rows]
        return openai({"reasoning_details": entries})[0]

    assert details(("A.", 0), ("B.", 1)) == Thinking("A.\n\nB.", 0, 0.0, None, "reasoning_details")
    assert details(("A", 0), (".", 0)) == Thinking("A.", 0, 0.0, None, "reasoning_details")
    assert openai({"reasoning_details": [{"type": "reasoning.encrypted", "data": "x"}], "content": "Yes."}) == (
        Text("Yes."),
    )


def test_a_refusal_among_the_parts_is_the_answer() -> None:
    assert openai({"content": [{"type": "refusal", "refusal": "No."}]}) == (Text("No."),)
    assert openai({"content": [{"type": "text", "text": {"value": "Yes."}}]}) == (Text("Yes."),)


def test_other_thoughts_in_another_shape_are_not_lost() -> None:
    parts = openai({"reasoning_content": "Hm."}, {"content": "<think>Hm. But no.</think>No."})
    assert [part.text for part in parts if isinstance(part, Thinking)] == ["Hm.", "Hm. But no."]


def test_a_tool_call_ends_what_is_held_back() -> None:
    call = {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": "{}"}}]}
    assert openai({"content": "a <th"}, call, finish="tool_calls") == (Text("a <th"), ToolCall("c", "f", "{}"))


@pytest.mark.parametrize(("counts", "reported"), [({"input_tokens": 491, "output_tokens": 188}, 491), (None, None)])
def test_zeros_at_the_start_of_an_anthropic_stream_are_no_usage(
    counts: dict[str, int] | None, reported: int | None
) -> None:
    parser, accumulator = AnthropicEventParser(), Accumulator()
    zeros = {"input_tokens": 0, "output_tokens": 0}
    for record in (
        {"type": "message_start", "message": {"id": "msg_1", "usage": zeros}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": counts},
    ):
        for event in parser.read(json.dumps(record)):
            accumulator.fold(event, 0.0)
    assert (accumulator.usage.prompt if accumulator.usage else None) == reported


def test_a_transcript_has_no_thoughts() -> None:
    parser = RecognitionEventParser()
    record = {"id": "1", "choices": [{"message": {"content": "<think>one"}, "finish_reason": "stop"}]}
    texts = [getattr(event, "text", "") for event in parser.read(json.dumps(record))]
    assert "".join(texts) == "<think>one"


def sent_back(profile: Profile, part: Thinking, protocol: Any = openai_requests) -> dict[str, Any]:
    answer = Message("a", "assistant", (part, Text("Yes.")))
    request = ChatRequest("m", (user_message("Hi"), answer, user_message("Why?")))
    message: dict[str, Any] = protocol.chat_body(profile, request)["messages"][1]
    return {name: value for name, value in message.items() if name != "role"}


@pytest.mark.parametrize(
    ("part", "sent"),
    [
        (thinking(""), {"content": "Yes.", "reasoning_content": "Hm."}),
        (thinking("reasoning"), {"content": "Yes.", "reasoning": "Hm."}),
        (
            thinking("reasoning_details", "sig"),
            {
                "content": "Yes.",
                "reasoning_details": [{"type": "reasoning.text", "text": "Hm.", "signature": "sig"}],
            },
        ),
        (
            thinking("parts"),
            {
                "content": [
                    {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]},
                    {"type": "text", "text": "Yes."},
                ]
            },
        ),
        (thinking("tags"), {"content": "<think>\nHm.\n</think>\n\nYes."}),
    ],
)
def test_thoughts_go_back_as_they_came(part: Thinking, sent: dict[str, Any]) -> None:
    assert sent_back(GATEWAY, part) == sent
    assert sent_back(PLATFORM, part) == {"content": "Yes.", "reasoning_content": "Hm."}


def test_tagged_thoughts_go_back_as_text_or_as_the_platform_takes_them() -> None:
    block, text = sent_back(GATEWAY, thinking("tags"), anthropic_requests)["content"]
    assert block == {"type": "text", "text": "<think>\nHm.\n</think>"} and text["text"] == "Yes."
    block, _ = sent_back(PLATFORM, thinking("tags"), anthropic_requests)["content"]
    assert block == {"type": "thinking", "thinking": "Hm."}
