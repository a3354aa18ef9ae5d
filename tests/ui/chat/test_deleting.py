"""Deleting a conversation moves on to the next one, with the keyboard focus; the message editor names its keys."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.core.messages import ToolCall
from app.ui.chat.transcript.edit_field import EditField
from app.ui.chat.transcript.tool_card import ToolCard
from app.ui.widgets.labels import Hint
from app.ui.widgets.row_list import RowList
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello"), Finished("stop")]


def list_of(harness: ChatHarness) -> RowList:
    return next(rows for rows in harness.view.findChildren(RowList) if rows.accessibleName() == "Conversations")


async def delete(harness: ChatHarness, way: str) -> None:
    """Delete the open conversation by its button or the Delete key, and wait until another is open."""
    assert harness.workspace.current is not None
    deleted = harness.workspace.current.id
    if way == "button":
        button = harness.button("Delete conversation")
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    else:
        list_of(harness).setFocus()
        QTest.keyClick(list_of(harness), Qt.Key.Key_Delete)
    await harness.until(lambda: harness.workspace.current is not None and harness.workspace.current.id != deleted)
    await asyncio.sleep(0.02)
    assert deleted not in harness.conversations_shown


@pytest.mark.parametrize("way", ["button", "key"])
async def test_the_next_conversation_is_open_and_focused(qtbot: QtBot, tmp_path: Path, way: str) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        for number in range(3):
            if number:
                harness.button("New conversation").click()
            await harness.ask(f"Question {number}")
            await harness.settled()
        harness.view.activateWindow()
        first, second, third = harness.conversations_shown
        await harness.workspace.open(second)
        await delete(harness, way)
        assert harness.workspace.current is not None
        assert harness.workspace.current.id == third, "the next in the list, not the first"
        assert QApplication.focusWidget() is list_of(harness)
        assert list_of(harness).selected_key() == third
        await delete(harness, way)
        assert harness.workspace.current.id == first, "the last one is followed by the one above"
        assert QApplication.focusWidget() is list_of(harness)
        await delete(harness, way)
        assert not len(harness.workspace.current.tree)
        assert QApplication.focusWidget() is harness.view.composer.field, "none is left"


def test_the_message_editor_names_its_keys(qtbot: QtBot) -> None:
    field = EditField("words")
    qtbot.addWidget(field)
    field.show()
    keys = "Ctrl+Enter sends, Esc cancels."
    assert [hint.text() for hint in field.findChildren(Hint) if hint.isVisible()] == [keys]
    assert field.editor.accessibleDescription() == keys
    assert "Ctrl+Enter" in field.send.toolTip()
    assert "Esc" in field.cancel.toolTip()
    with qtbot.waitSignal(field.cancelled, timeout=500):
        QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    QTest.keyClicks(field.editor, "x")
    with qtbot.waitSignal(field.submitted, timeout=500):
        QTest.keyClick(field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    field.set_running(True)
    assert "still running" in "".join(hint.text() for hint in field.findChildren(Hint))


def test_an_edited_call_is_left_and_sent_by_the_same_keys(qtbot: QtBot) -> None:
    card = ToolCard(ToolCall("1", "clock", '{"city": "Paris"}', state="done", result="12:00"))
    qtbot.addWidget(card)
    card.show()
    card.edit.click()
    QTest.keyClicks(card.result, "x")
    QTest.keyClick(card.result, Qt.Key.Key_Escape)
    assert card.result.isReadOnly()
    assert card.result.text == "12:00"
    card.edit.click()
    QTest.keyClick(card.arguments, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(card.replayed, timeout=500):
        QTest.keyClick(card.arguments, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
