"""Conversations over a real database: kept as they happen, found, deleted and brought back, there after a restart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.core.events import ChatEvent, Finished, TextDelta
from app.core.requests import Sampling
from app.services.chat.approval import Approvals
from app.services.chat.workspace import Workspace
from app.services.tasks import TaskSet
from app.services.tools.builtin import builtin_tools
from app.services.tools.tool import Toolbox
from app.storage.database import Database
from app.storage.home import open_home
from tests.services.test_chat_session import OneClient, Script

ANSWER: list[ChatEvent] = [TextDelta("海豚在跳舞 and so on."), Finished("stop")]


@asynccontextmanager
async def workspace(folder: Path, *exchanges: list[ChatEvent]) -> AsyncIterator[Workspace]:
    tasks = TaskSet(lambda error: pytest.fail(repr(error)))
    database = await Database.open(open_home(folder))
    made = Workspace(
        connection=OneClient(Script(*exchanges)),  # type: ignore[arg-type]
        toolbox=Toolbox(builtin_tools()),
        approvals=Approvals(),
        tasks=tasks,
        store=database.conversations,
        search=database.search,
    )
    made.defaults = lambda: ("mimo-v2.6-pro", "Be brief.", Sampling())
    try:
        yield made
    finally:
        await made.aclose()
        await tasks.aclose()
        await database.close()


async def said(space: Workspace, text: str) -> str:
    session = space.new()
    session.send(text)
    await session.wait()
    return session.id


async def test_a_conversation_is_there_after_a_restart(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        first = await said(space, "Tell me of dolphins")
    async with workspace(tmp_path) as space:
        await space.load(first)
        assert space.current is not None
        assert [message.text for message in space.current.branch] == ["Tell me of dolphins", "海豚在跳舞 and so on."]
        assert space.current.conversation.system == "Be brief."
        assert space.current.branch[-1].replies[0].finish == "stop"


async def test_an_empty_conversation_leaves_no_trace(tmp_path: Path) -> None:
    async with workspace(tmp_path) as space:
        await space.load()
        assert len(space.conversations()) == 1
    async with workspace(tmp_path) as space:
        await space.load()
        assert [conversation.title for conversation in space.conversations()] == [""]
        assert len(space.conversations()) == 1


async def test_a_draft_is_kept(tmp_path: Path) -> None:
    async with workspace(tmp_path) as space:
        await space.load()
        session = space.new()
        session.configure(draft="half a thou")
        kept = session.id
    async with workspace(tmp_path) as space:
        await space.load(kept)
        assert space.current is not None
        assert space.current.conversation.draft == "half a thou"


async def test_found_by_two_chinese_characters_and_by_title(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER, [TextDelta("No fish."), Finished("stop")]) as space:
        await space.load()
        dolphins, other = await said(space, "One"), await said(space, "Whales")
        await space.aclose()
        assert set(await space.found("海豚")) == {dolphins}
        assert set(await space.found("whales")) == {other}
        assert await space.found("nothing of that") == {}


async def test_deleted_and_brought_back(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        gone = await said(space, "Dolphins")
        await space.delete(gone)
        assert gone not in {conversation.id for conversation in space.conversations()}
        assert space.current is not None
        assert space.current.id != gone
        await space.restore(gone)
        assert space.current.id == gone
        assert len(space.current.branch) == 2


async def test_renamed_and_pinned_without_opening(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER, ANSWER) as space:
        await space.load()
        first = await said(space, "First")
        await said(space, "Second")
    async with workspace(tmp_path) as space:
        await space.load()
        space.rename(first, "  The first  ")
        space.rename(first, "   ")
        space.pin(first, True)
    async with workspace(tmp_path) as space:
        await space.load()
        top = space.conversations()[0]
        assert (top.id, top.title, top.pinned) == (first, "The first", True)
