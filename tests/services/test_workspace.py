"""Conversations over a real database: kept as they happen, found, deleted and brought back, there after a restart."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.core.conversation import Conversation
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.events import ChatEvent, Finished, TextDelta
from app.core.messages import Media, Message, user_message
from app.core.requests import Sampling
from app.services.chat.approval import Approvals
from app.services.chat.workspace import Workspace
from app.services.tasks import TaskSet
from app.services.tools.builtin import builtin_tools
from app.services.tools.tool import Toolbox
from app.storage.conversations import ConversationStore
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.message_writer import MessageWriter
from tests.services.test_chat_session import OneClient, Script

WORDS = "海豚在跳舞 and so on."
ANSWER: list[ChatEvent] = [TextDelta(WORDS), Finished("stop")]


class Disk(ConversationStore):
    """A real store on a disk that can be full, damaged, or slow to delete."""

    def __init__(self, store: ConversationStore) -> None:
        super().__init__(store._access, store._blobs)
        self.full = self.damaged = self.defect = False
        self.deletes = asyncio.Event()
        self.deletes.set()

    def _need_room(self) -> None:
        if self.full:
            raise StorageError(Code.DISK_FULL)

    async def keep(self, conversation: Conversation) -> None:
        self._need_room()
        await super().keep(conversation)

    async def keep_messages(self, conversation_id: str, messages: Sequence[Message], **how: Any) -> None:
        self._need_room()
        if self.defect:
            raise ZeroDivisionError
        await super().keep_messages(conversation_id, messages, **how)

    async def messages(self, conversation_id: str) -> tuple[Message, ...]:
        if self.damaged:
            raise StorageError(Code.DATABASE_DAMAGED)
        return await super().messages(conversation_id)

    async def delete(self, conversation_id: str) -> None:
        await self.deletes.wait()
        self._need_room()
        await super().delete(conversation_id)

    def stream(self, conversation_id: str, failed: Callable[[WorkbenchError], None]) -> MessageWriter:
        stream, end = super().stream(conversation_id, failed), MessageWriter.end

        async def end_with_room(message: Message) -> None:
            self._need_room()
            await end(stream, message)

        stream.end = end_with_room  # type: ignore[method-assign]
        return stream


@asynccontextmanager
async def workspace(
    folder: Path, *exchanges: list[Any], report: Callable[[BaseException], None] | None = None
) -> AsyncIterator[Workspace]:
    tasks = TaskSet(report or (lambda error: pytest.fail(repr(error))))
    database = await Database.open(open_home(folder))
    made = Workspace(
        connection=OneClient(Script(*exchanges)),  # type: ignore[arg-type]
        toolbox=Toolbox(builtin_tools()),
        approvals=Approvals(),
        tasks=tasks,
        store=Disk(database.conversations),
        search=database.search,
    )
    made.defaults = lambda: ("mimo-v2.6-pro", "Be brief.", Sampling())
    try:
        yield made
    finally:
        await made.aclose()
        await tasks.aclose()
        await database.close()


def disk(space: Workspace) -> Disk:
    assert isinstance(space._store, Disk)
    return space._store


async def settled(space: Workspace) -> None:
    await space._writes.drain()


def listed(space: Workspace) -> set[str]:
    return {conversation.id for conversation in space.conversations()}


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


async def test_a_conversation_begins_with_something_to_send_and_keeps_what_was_typed(tmp_path: Path) -> None:
    sound = Media("audio/wav", "https://example.org/take.wav", "take.wav")
    async with workspace(tmp_path) as work:
        await work.load()
        shown: list[str] = []
        work.on_open.subscribe(lambda session: shown.append(session.conversation.draft))
        work.current_or_new().configure(draft="Typed before")
        session = work.begin("What do you hear?", (sound,), "mimo-v2.6-pro")
        assert shown[-1] == session.conversation.draft == "Typed before\n\nWhat do you hear?"
        assert session.conversation.attachments == (sound,) and session.conversation.model == "mimo-v2.6-pro"


async def test_signs_and_emoji_are_found_as_typed(tmp_path: Path) -> None:
    answer = [TextDelta("Yes"), Finished("stop")]
    async with workspace(tmp_path, answer, answer) as space:
        plus = await said(space, "I like C++ and 🍕")
        space.new()
        plain = await said(space, "The letter c alone")
        await settled(space)
        assert set(await space.found("C++")) == {plus}
        assert set(await space.found("🍕")) == {plus}
        assert set(await space.found("🎈")) == set()
        assert plain in await space.found("letter,")


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


async def test_what_a_full_disk_refused_is_kept_when_there_is_room_again(tmp_path: Path) -> None:
    told: list[WorkbenchError] = []
    async with workspace(tmp_path, ANSWER, ANSWER, ANSWER) as space:
        space.on_failed.subscribe(told.append)
        await space.load()
        kept = await said(space, "One")
        await settled(space)
        assert space.current is not None and not told
        disk(space).full = True
        space.current.send("Two")
        await space.current.wait()
        await settled(space)
        assert [error.code for error in told] == [Code.DISK_FULL], "said once"
        with pytest.raises(StorageError):
            await space.settle(kept)
        disk(space).full = False
        space.current.send("Three")
        await space.current.wait()
        await space.settle(kept)
        messages = await disk(space).messages(kept)
    assert [message.text for message in messages] == ["One", WORDS, "Two", WORDS, "Three", WORDS]
    async with workspace(tmp_path) as space:
        await space.load(kept)
        assert space.current is not None
        assert [message.text for message in space.current.branch][::2] == ["One", "Two", "Three"]


async def test_a_defect_of_the_store_is_reported_and_loses_nothing(tmp_path: Path) -> None:
    reported: list[BaseException] = []
    async with workspace(tmp_path, ANSWER, ANSWER, report=reported.append) as space:
        await space.load()
        disk(space).defect = True
        kept = await said(space, "One")
        await settled(space)
        assert {type(error) for error in reported} == {ZeroDivisionError}
        disk(space).defect = False
        assert space.current is not None
        space.current.send("Two")
        await space.current.wait()
        await space.settle(kept)
        messages = await disk(space).messages(kept)
    assert [message.text for message in messages] == ["One", WORDS, "Two", WORDS]


async def test_a_conversation_that_could_not_be_begun_is_kept_at_the_end(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        disk(space).full = True
        kept = await said(space, "One")
        await settled(space)
        disk(space).full = False
    async with workspace(tmp_path) as space:
        await space.load(kept)
        assert space.current is not None
        assert [message.text for message in space.current.branch] == ["One", WORDS]


async def test_a_conversation_with_a_gap_opens_with_what_is_there(tmp_path: Path) -> None:
    later = user_message("later", parent="never kept")
    async with workspace(tmp_path) as space:
        await disk(space).keep(Conversation("gap", "A gap", leaf="nor this"))
        await disk(space).keep_messages("gap", (later,), show=False)
        await space.load("gap")
        assert space.current is not None
        assert (space.current.id, space.current.branch) == ("gap", (later,))


async def test_the_program_starts_although_the_last_conversation_can_not_be_read(tmp_path: Path) -> None:
    told: list[WorkbenchError] = []
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        last = await said(space, "One")
    async with workspace(tmp_path) as space:
        space.on_failed.subscribe(told.append)
        disk(space).damaged = True
        await space.load(last)
        assert [error.code for error in told] == [Code.DATABASE_DAMAGED]
        assert space.current is not None and space.current.id != last and last in listed(space)


async def test_a_draft_alone_is_deleted_for_good(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        await said(space, "One")
        session = space.new()
        session.configure(draft="half a thou")
        await space.settle(session.id)
        await space.delete(session.id)
    async with workspace(tmp_path) as space:
        await space.load()
        assert session.id not in listed(space)


@pytest.mark.parametrize("leave", [True, False])
async def test_a_draft_that_was_kept_and_cleared_leaves_no_trace(tmp_path: Path, leave: bool) -> None:
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        other = await said(space, "One")
        session = space.new()
        session.configure(draft="half a thou")
        await space.settle(session.id)
        session.configure(draft="")
        if leave:
            await space.open(other)
            assert listed(space) == {other}
    async with workspace(tmp_path) as space:
        await space.load(other)
        assert listed(space) == {other}


async def test_deleting_twice_is_deleting_once_and_undoing_at_once_brings_it_back(tmp_path: Path) -> None:
    never = asyncio.Event()
    async with workspace(tmp_path, ANSWER, [TextDelta("Half"), never]) as space:
        await space.load()
        gone = await said(space, "One")
        assert space.current is not None
        space.current.send("Two")
        disk(space).deletes.clear()
        first, second = (asyncio.create_task(space.delete(gone)) for _ in range(2))
        await asyncio.sleep(0)
        assert gone not in listed(space)
        back = asyncio.create_task(space.restore(gone))
        await asyncio.sleep(0)
        disk(space).deletes.set()
        assert await asyncio.gather(first, second) == [True, False]
        await back
        assert gone in listed(space)
        assert space.current is not None and space.current.id == gone
        assert [message.text for message in space.current.branch][::2] == ["One", "Two"]
    async with workspace(tmp_path) as space:
        await space.load(gone)
        assert gone in listed(space)


async def test_what_can_not_be_deleted_stays(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        kept = await said(space, "One")
        await space.settle(kept)
        disk(space).full = True
        with pytest.raises(StorageError):
            await space.delete(kept)
        assert kept in listed(space)
        assert space.current is not None and space.current.id == kept
        disk(space).full = False


async def test_after_a_deletion_there_is_a_conversation_even_if_no_other_opens(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER, ANSWER) as space:
        await space.load()
        await said(space, "One")
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        gone = await said(space, "Two")
        disk(space).damaged = True
        with pytest.raises(StorageError):
            await space.delete(gone)
        assert gone not in listed(space)
        assert gone not in {conversation.id for conversation in await disk(space).listed()}
        assert space.current is not None and space.current.id != gone


async def test_the_list_is_left_alone_while_a_draft_is_typed(tmp_path: Path) -> None:
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        await said(space, "One")
        session = space.new()
        changes: list[int] = []
        space.on_change.subscribe(lambda: changes.append(1))
        for letter in range(1, 20):
            session.configure(draft="a" * letter)
        assert len(changes) <= 1
        session.configure(title="Named")
        space.rename(session.id, "Named again")
        assert len(changes) in (2, 3)


async def test_a_last_conversation_that_cannot_be_shown_gives_way_to_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: reported.append(kind))
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        last = await said(space, "Tell me.")
        await settled(space)
    async with workspace(tmp_path) as space:
        drawn: list[str] = []

        def draw(session: Any) -> None:
            if session.id == last:
                raise OverflowError
            drawn.append(session.id)

        space.on_open.subscribe(draw)
        assert not await space.load(last)
        assert reported == [OverflowError]
        assert space.current is not None
        assert drawn == [space.current.id] != [last]
        assert last in listed(space)


async def test_a_last_conversation_that_cannot_be_read_gives_way_to_a_new_one(tmp_path: Path) -> None:
    reported: list[BaseException] = []
    async with workspace(tmp_path, ANSWER) as space:
        await space.load()
        last = await said(space, "Tell me.")
        await settled(space)
    async with workspace(tmp_path, report=reported.append) as space:

        async def fails(conversation_id: str) -> tuple[Message, ...]:
            raise OverflowError

        monkeypatched = disk(space)
        monkeypatched.messages = fails  # type: ignore[method-assign]
        assert not await space.load(last)
        assert [type(error) for error in reported] == [OverflowError]
        assert space.current is not None
        assert space.current.id != last
