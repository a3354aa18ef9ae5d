"""Where web search can be used, and how the search for an answer went."""

from __future__ import annotations

import pytest

from app.core.errors import Code, WorkbenchError
from app.core.messages import Failure, Message, Reply, Source, Sources, Text, Usage
from app.core.profiles import DEMO, Profile
from app.core.requests import ChatRequest, WebSearch
from app.core.web_search import (
    SearchLock,
    SearchOutcome,
    is_search_unsure,
    search_lock,
    search_outcome,
    with_forced_search,
    without_search,
)

PAYG = Profile("p", "payg", "Pay", "https://api.xiaomimimo.com/v1")
GATEWAY = Profile("g", "gateway", "Gateway", "https://gateway.example/v1")


@pytest.mark.parametrize(
    ("profile", "model", "lock"),
    [
        (PAYG, "mimo-v2.6-pro", None),
        (DEMO, "mimo-v2.6-pro", None),
        (GATEWAY, "xiaomi/mimo-v2.6-pro", None),
        (GATEWAY, "other-model", None),
        (PAYG, "mimo-v2.5-tts", SearchLock.MODEL),
        (Profile("t", "token-plan-ams", "Plan", "https://x.example/v1"), "mimo-v2.6-pro", SearchLock.TOKEN_PLAN),
        (Profile("t", "payg", "P", "https://token-plan-cn.xiaomimimo.com/v1"), "mimo-v2.6-pro", SearchLock.TOKEN_PLAN),
        (
            Profile("a", "payg", "A", "https://api.xiaomimimo.com/anthropic", protocol="anthropic"),
            "mimo-v2.6-pro",
            SearchLock.PROTOCOL,
        ),
    ],
)
def test_search_is_locked_where_it_does_not_exist(profile: Profile, model: str, lock: SearchLock | None) -> None:
    assert search_lock(profile, model) is lock


def test_a_gateway_may_have_it_or_not() -> None:
    assert is_search_unsure(GATEWAY)
    assert not is_search_unsure(PAYG)


def answered(reply: Reply, *parts: Text | Sources) -> Message:
    return Message("m", "assistant", parts, replies=(reply,))


ASKED = Reply("m", "m", "stop", search="offered")
PAGE = Source("https://a.example")


@pytest.mark.parametrize(
    ("message", "outcome"),
    [
        (answered(ASKED, Text("Hi")), SearchOutcome.NOTHING),
        (answered(Reply("m", "m", "stop", search="forced"), Text("Hi")), SearchOutcome.NOTHING_FORCED),
        (answered(Reply("m", "m", "stop", Usage(searches=2), search="offered"), Text("Hi")), SearchOutcome.EMPTY),
        (answered(ASKED, Sources((PAGE,)), Text("Hi")), None),
        (answered(ASKED, Sources((), error="no answer in time"), Text("Hi")), None),
        (answered(Reply("m", "m", "stop"), Text("Hi")), None),
        (answered(Reply("m", "m", "stopped", search="offered"), Text("Hi")), None),
        (answered(Reply("m", "m", "error", search="offered")), None),
        (
            answered(Reply("m", "m", "error", failure=Failure.of(WorkbenchError(Code.SEARCH_OFF)), search="offered")),
            SearchOutcome.OFF,
        ),
        (Message("m", "assistant"), None),
    ],
)
def test_how_a_search_went(message: Message, outcome: SearchOutcome | None) -> None:
    assert search_outcome(message) is outcome


def test_a_request_is_adapted_for_one_answer() -> None:
    request = ChatRequest("m", (), web_search=WebSearch(results=2))
    assert without_search(request).web_search is None
    assert with_forced_search(request, WebSearch(keywords=7)).web_search == WebSearch(force=True, results=2)
    assert with_forced_search(without_search(request), WebSearch(keywords=7)).web_search == WebSearch(True, 7)
