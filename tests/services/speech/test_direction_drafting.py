"""The chat model drafts role, scene and guidance for a text, whatever marks it puts around them. Without Qt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.core.errors import Code, InputError, WorkbenchError
from app.core.messages import Reply
from app.core.profiles import Profile
from app.core.settings import Settings
from app.mimo.client import MimoClient
from app.services.chat.lone_call import LoneCalls
from app.services.connection import Connection
from app.services.demo_process import DemoProcess
from app.services.models import Models
from app.services.speech import direction_drafting
from app.services.speech.direction import Layers
from app.services.speech.direction_drafting import MAX_TEXT, DirectionDrafting, draft_request, parse_draft
from tests.plugins.demo_service import DemoService
from tests.services.speech.conftest import _Keys


@pytest.mark.parametrize(
    ("answer", "layers"),
    [
        ("Role: A nurse\n\nScene: A ward\n\nGuidance: Slow.\nLow.", Layers("", "A nurse", "A ward", "Slow.\nLow.")),
        ("**Role:** A nurse\n**Scene:** A ward\n**Guidance:**\n- slow\n- low",
         Layers("", "A nurse", "A ward", "- slow\n- low")),
        ("【角色】老人\n【场景】街口\n【指导】\n低沉", Layers("", "老人", "街口", "低沉")),
        ("### Role\nA nurse\n### Scene\nA ward\n### Guidance\nSlow.", Layers("", "A nurse", "A ward", "Slow.")),
        ("1. 角色：甲\n2. 场景：乙\n3. 指导：丙", Layers("", "甲", "乙", "丙")),
        ("[Character] x\n[Scene] y\n[Guidance] z", Layers("", "x", "y", "z")),
        ("Here it is:\n\nRole: a\nGuidance: slow, like the scene: b", Layers("", "a", "", "slow, like the scene: b")),
        ("Role-play it softly.", Layers("Role-play it softly.")),
        ("  ", Layers()),
        ("Role:\n\nScene:\n\nGuidance:", Layers()),
    ],
)  # fmt: skip
def test_labels_are_found_however_they_are_marked(answer: str, layers: Layers) -> None:
    assert parse_draft(answer) == layers


def test_the_request_is_in_the_language_of_the_text_and_bounded() -> None:
    english = str(draft_request("m", "Good evening. " * 1_000))
    assert "Guidance" in english and "角色" not in english
    assert english.count("Good evening.") <= MAX_TEXT // 14 + 1
    assert "角色" in str(draft_request("m", "晚上好。"))


@pytest.fixture
async def connection(demo_service: DemoService) -> AsyncIterator[Connection]:
    profile = Profile("own", "gateway", "Own", demo_service.base_url, retries=0)
    opened = Connection(profile, keys=_Keys(demo_service.key), make_client=MimoClient, demo=DemoProcess())
    yield opened
    await opened.aclose()


def drafting(connection: Connection) -> tuple[DirectionDrafting, list[Reply]]:
    calls, replies = LoneCalls(connection), []
    calls.on_reply.subscribe(replies.append)
    return DirectionDrafting(calls, Models(connection, Settings())), replies


@pytest.mark.parametrize("text", ["The ferry leaves at nine!", "街口那个老周啊，媳妇走得早。"])
async def test_the_demo_service_drafts_all_three_parts(
    connection: Connection, demo_service: DemoService, text: str
) -> None:
    asked, replies = drafting(connection)
    pieces: list[str] = []
    layers, ended = await asked.draft(text, pieces.append)
    assert layers.free == "" and all(layers[1:]) and ended == "stop", layers
    assert parse_draft("".join(pieces)) == layers
    (reply,) = replies
    assert reply.usage is not None and reply.usage.completion > 0, "it counts as spent"


async def test_stopping_ends_the_call_and_counts_what_it_took(
    connection: Connection, demo_service: DemoService
) -> None:
    asked, replies = drafting(connection)
    demo_service.arm("drip=0.2")
    begun = asyncio.Event()
    task = asyncio.ensure_future(asked.draft("The ferry leaves at nine.", lambda _piece: begun.set()))
    await asyncio.wait_for(begun.wait(), 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [reply.finish for reply in replies] == ["stopped"]


async def test_what_can_not_be_drafted_is_refused_before_anything_is_sent(
    connection: Connection, demo_service: DemoService
) -> None:
    asked, _ = drafting(connection)
    with pytest.raises(InputError) as caught:
        await asked.draft("(Happy) [laughs]", lambda _piece: None)
    assert caught.value.code is Code.NO_TEXT and demo_service.requests() == []
    demo_service.arm("status=500")
    with pytest.raises(WorkbenchError) as failed:
        await asked.draft("The ferry leaves at nine.", lambda _piece: None)
    assert failed.value.code is Code.SERVER_ERROR


async def test_an_answer_without_end_is_cut_off_and_says_so(
    connection: Connection, demo_service: DemoService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(direction_drafting, "MAX_DRAFT", 200)
    asked, replies = drafting(connection)
    demo_service.arm("long=5000")
    pieces: list[str] = []
    draft = await asked.draft("The ferry leaves at nine.", pieces.append)
    assert draft.ended == "length" and len("".join(pieces)) == 200 and len(replies) == 1
    demo_service.arm("length")
    assert (await asked.draft("The ferry leaves at nine.", pieces.append)).ended == "length"
