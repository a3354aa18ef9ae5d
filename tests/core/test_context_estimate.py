"""The tokens of messages and requests."""

from __future__ import annotations

import msgspec

from app.core.context_estimate import ContextUse, MessageCounter, TokenCount, fixed_tokens, request_key
from app.core.messages import Media, Message, Text, Thinking, ToolCall, user_message
from app.core.requests import ChatRequest, FunctionTool, Sampling

QUESTION = Message("q", "user", (Text("x" * 400),))
ANSWER = Message("a", "assistant", (Thinking("y" * 4000), Text("z" * 40)))
WITH_CALL = Message("c", "assistant", (Thinking("y" * 4000), ToolCall("1", "f", "{}" * 20, result="r" * 400)))


def count_media(media: Media) -> int | None:
    return 1024 if media.mime.startswith("image/") else None


def test_thinking_counts_where_it_is_sent_back() -> None:
    counter = MessageCounter(count_media)
    assert counter.count(ANSWER, send_thinking=False) == TokenCount(10)
    assert counter.count(ANSWER, send_thinking=True) == TokenCount(1010)
    assert counter.count(WITH_CALL, send_thinking=False).tokens > 1100, "always beside tool calls"


def test_unknown_attachments_are_unknown_and_never_nothing() -> None:
    media = (Media("image/png", "https://a/b.png"), Media("video/mp4", "https://a/b.mp4"))
    counted = MessageCounter(count_media).count(user_message("x" * 4, media=media), send_thinking=True)
    assert counted == TokenCount(1025, 1)


def test_a_message_is_counted_once_until_it_changes() -> None:
    calls: list[Media] = []

    def counting(media: Media) -> int | None:
        calls.append(media)
        return 1

    counter = MessageCounter(counting)
    message = user_message("", media=(Media("image/png", "https://a/b.png"),))
    for _ in range(3):
        counter.count_all((message,), send_thinking=True)
    assert len(calls) == 1
    counter.count(msgspec.structs.replace(message, parts=(*message.parts, Text("more"))), send_thinking=True)
    assert len(calls) == 2


def test_system_prompt_tools_and_the_injected_prompt_are_fixed() -> None:
    tool = FunctionTool("f", "d" * 400, {})
    assert fixed_tokens(ChatRequest("mimo-v2.6-pro", (), "s" * 400)) == 100
    assert fixed_tokens(ChatRequest("mimo-v2.6-pro", (), "s" * 400, tools=(tool,))) > 200
    assert fixed_tokens(ChatRequest("mimo-v2.5-pro", ())) == 240


def test_the_key_changes_with_whatever_takes_tokens() -> None:
    request = ChatRequest("m", (QUESTION, ANSWER), "s")
    others = [
        ChatRequest("n", (QUESTION, ANSWER), "s"),
        ChatRequest("m", (QUESTION,), "s"),
        ChatRequest("m", (QUESTION, ANSWER), "t"),
        ChatRequest("m", (QUESTION, ANSWER), "s", Sampling(send_thinking=False)),
        ChatRequest("m", (QUESTION, ANSWER), "s", tools=(FunctionTool("f", "", {}),)),
        ChatRequest("m", (QUESTION, msgspec.structs.replace(ANSWER, parts=ANSWER.parts[1:])), "s"),
    ]
    keys = {request_key(each) for each in (request, *others)}
    assert len(keys) == 7
    assert request_key(ChatRequest("m", (QUESTION, ANSWER), "s", Sampling(temperature=0.1))) == request_key(request)
    assert request_key(ChatRequest("m", (), recorded={})) == ""


def test_the_share_of_an_unknown_limit_is_none() -> None:
    assert (ContextUse(80, limit=100).share, ContextUse(80).share) == (0.8, 0.0)
