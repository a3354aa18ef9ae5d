"""Undo and a file that is being read reach their conversation, also when it was left, deleted or restored meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.services.chat.attachments import Attachments
from app.services.chat.session import ChatSession
from app.ui.chat.attachments.given import Given
from tests.ui.chat.attachment_parts import presenter_of
from tests.ui.chat.harness import ChatHarness, chat
from tests.ui.chat.test_attachments import attach, attached, picture, strip

SAY = [TextDelta("A harbour."), Finished("stop")]


def session(it: ChatHarness) -> ChatSession:
    assert it.workspace.current is not None
    return it.workspace.current


def draft_attachments(it: ChatHarness, conversation_id: str) -> list[str]:
    found = it.workspace.session(conversation_id)
    return [media.name for media in found.conversation.attachments] if found is not None else []


async def test_a_removed_attachment_comes_back_after_its_conversation_was_deleted_and_restored(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path, SAY) as it:
        await it.ask("Hello")
        await it.settled()
        await attach(it, picture(tmp_path))
        strip(it).removed.emit(0)
        removal = len(it.undos) - 1
        key = session(it).id
        it.button("Delete conversation").click()
        await it.until(lambda: session(it).id != key and len(it.undos) > removal + 1)
        it.undo()
        await it.until(lambda: session(it).id == key)
        it.undo(removal)
        await it.until(lambda: attached(it) == ["quay.png"])
        await it.workspace.settle(key)
    async with chat(qtbot, tmp_path, last=True) as it:
        assert attached(it) == ["quay.png"]


@pytest.mark.parametrize("is_saved", [True, False])
async def test_a_removed_attachment_of_a_conversation_that_was_left_empty_comes_back(
    qtbot: QtBot, tmp_path: Path, is_saved: bool
) -> None:
    async with chat(qtbot, tmp_path, SAY) as it:
        await it.ask("Hello")
        await it.settled()
        other = session(it).id
        it.workspace.new()
        key = session(it).id
        await attach(it, picture(tmp_path))
        if is_saved:
            await it.workspace.settle(key)
        strip(it).removed.emit(0)
        await it.workspace.open(other)
        assert it.workspace.session(key) is None
        it.undo()
        await it.until(lambda: draft_attachments(it, key) == ["quay.png"])
        assert session(it).id == other
        assert key in it.conversations_shown
        await it.workspace.settle(key)
    async with chat(qtbot, tmp_path) as it:
        await it.workspace.open(key)
        assert attached(it) == ["quay.png"]


async def test_a_pasted_path_becomes_text_where_it_was_pasted(qtbot: QtBot, tmp_path: Path) -> None:
    path = picture(tmp_path)
    async with chat(qtbot, tmp_path, SAY) as it:
        await it.ask("Hello")
        await it.settled()
        other = session(it).id
        it.workspace.new()
        key = session(it).id
        data = QMimeData()
        data.setText(str(path))
        it.view.composer.field.insertFromMimeData(data)
        await it.until(lambda: attached(it) == ["quay.png"])
        await it.workspace.open(other)
        it.undo()
        await it.until(lambda: draft_attachments(it, key) == [])
        assert it.view.composer.text() == ""
        await it.workspace.open(key)
        assert it.view.composer.text() == str(path)


async def test_a_file_that_is_being_read_reaches_a_conversation_that_was_left(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, read = asyncio.Event(), Attachments.from_file

    async def slowly(self: Attachments, path: Path) -> object:
        await gate.wait()
        return await read(self, path)

    monkeypatch.setattr(Attachments, "from_file", slowly)
    async with chat(qtbot, tmp_path, SAY) as it:
        await it.ask("Hello")
        await it.settled()
        other = session(it).id
        it.workspace.new()
        key = session(it).id
        presenter_of(it.view)._drafts.take(Given((picture(tmp_path),)))
        await asyncio.sleep(0)
        await it.workspace.open(other)
        gate.set()
        await it.until(lambda: draft_attachments(it, key) == ["quay.png"])
        assert attached(it) == [] and key in it.conversations_shown


async def test_what_a_conversation_that_was_deleted_still_hears_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, SAY) as it:
        await it.ask("Hello")
        await it.settled()
        stale = session(it)
        it.button("Delete conversation").click()
        await it.until(lambda: session(it).id != stale.id and bool(it.undos))
        it.undo()
        await it.until(lambda: session(it).id == stale.id)
        session(it).configure(title="New title")
        await it.workspace.settle(stale.id)
        stale.configure(draft="old")
        await asyncio.sleep(0.5)
    async with chat(qtbot, tmp_path, last=True) as it:
        assert (session(it).conversation.title, session(it).conversation.draft) == ("New title", "")


async def test_parameters_are_put_back_in_a_restored_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, SAY) as it:
        await it.ask("Hello")
        await it.settled()
        key = session(it).id
        session(it).configure(system="Be brief.")
        assert it.view.parameters is not None
        it.view.parameters.reset.emit("")
        reset = len(it.undos) - 1
        assert session(it).conversation.system == ""
        it.button("Delete conversation").click()
        await it.until(lambda: session(it).id != key and len(it.undos) > reset + 1)
        it.undo()
        await it.until(lambda: session(it).id == key)
        it.undo(reset)
        await it.until(lambda: session(it).conversation.system == "Be brief.")
