"""The actions of a message that change the tree: continue, delete with undo, branch, other versions, the map."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta, ThinkingDelta
from app.core.messages import Message, Text, new_id
from app.ui.chat.branches_window import BranchesWindow
from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.version_dialog import VersionDialog
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello"), Finished("stop")]
CUT: list[Any] = [ThinkingDelta("Hm."), TextDelta("The first half of a sen"), Finished("length")]
REST: list[Any] = [TextDelta("tence."), Finished("stop")]


def views(harness: ChatHarness) -> list[MessageView]:
    return [view for view in harness.view.findChildren(MessageView) if view.isVisible()]


def press(view: QWidget, name: str) -> None:
    """Press a button of a message, after showing the further actions if it is one of these."""

    def buttons_of() -> dict[str, QAbstractButton]:
        return {button.accessibleName(): button for button in view.findChildren(QAbstractButton)}

    if name not in buttons_of() or not buttons_of()[name].isVisible():
        buttons_of()["More actions"].click()
    buttons = buttons_of()
    assert buttons[name].isVisible() and buttons[name].isEnabled(), name
    buttons[name].click()


async def asked(harness: ChatHarness, *texts: str) -> None:
    for text in texts:
        await harness.ask(text)
        await harness.settled()


async def test_a_cut_answer_goes_on_in_the_same_message(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, CUT, REST, HELLO) as harness:
        await asked(harness, "Say it")
        session = harness.workspace.current
        assert session is not None
        answer = session.branch[-1].id
        press(views(harness)[-1], "Continue")
        await harness.settled()
        assert session.branch[-1].id == answer
        assert session.branch[-1].text == "The first half of a sentence."
        assert harness.text("Answer") == "The first half of a sentence."
        sent = harness.script.requests[-1]
        assert sent.messages[-1].text == "The first half of a sen"
        assert sent.sampling.thinking is False, "the thinking before the cut is done"
        assert views(harness)[-1].footer.continue_button is None, "nothing is left to continue"
        await asked(harness, "And?")
        assert harness.script.requests[-1].messages[1].text == "The first half of a sentence."
    async with chat(qtbot, tmp_path, last=True) as harness:
        assert harness.workspace.current is not None
        assert harness.workspace.current.branch[1].text == "The first half of a sentence."
        assert [type(part) for part in harness.workspace.current.branch[1].parts][1:] == [Text, Text]


async def test_an_answer_with_messages_below_it_is_continued_as_a_version(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, CUT, HELLO, REST) as harness:
        await asked(harness, "Say it", "And then?")
        session = harness.workspace.current
        assert session is not None
        first = session.branch[1]
        press(views(harness)[1], "Continue")
        await harness.settled()
        assert session.branch[-1].text == "The first half of a sentence."
        assert session.tree[first.id].text == "The first half of a sen"
        assert session.tree.version(session.branch[-1].id) == (2, 2)


async def test_deleting_takes_what_follows_and_undo_brings_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        await asked(harness, "One", "Two", "Three")
        session = harness.workspace.current
        assert session is not None
        before = session.branch
        press(views(harness)[2], "Delete message")
        assert session.branch == before[:2]
        assert harness.messages[-1] == "The message and the 3 after it were deleted."
        await harness.workspace.settle(session.id)
        assert not await harness.workspace.found("Three")
        harness.workspace.new()
        harness.undo()
        await harness.until(lambda: harness.workspace.current is session and session.branch == before)
        await harness.workspace.settle(session.id)
        assert await harness.workspace.found("Three")


async def test_a_conversation_that_was_emptied_and_left_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        await asked(harness, "One")
        session = harness.workspace.current
        assert session is not None
        before = session.branch
        press(views(harness)[0], "Delete message")
        assert not session.branch
        harness.workspace.new()
        assert harness.workspace.current is not session, "an emptied conversation is not a new one"
        await asked(harness, "Other")
        harness.undo()
        await harness.until(
            lambda: harness.workspace.current is not None and harness.workspace.current.branch == before
        )
    async with chat(qtbot, tmp_path) as harness:
        await harness.workspace.open(session.id)
        assert harness.workspace.current is not None and harness.workspace.current.branch == before


async def test_deletions_are_undone_in_any_order(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        await asked(harness, "One", "Two")
        session = harness.workspace.current
        assert session is not None
        before = session.branch
        press(views(harness)[3], "Delete message")
        await harness.until(lambda: len(views(harness)) == 3)
        press(views(harness)[1], "Delete message")
        assert len(session.branch) == 1
        harness.undo(-2)
        await harness.until(lambda: session.branch == before)


async def test_nothing_is_deleted_while_a_reply_runs(qtbot: QtBot, tmp_path: Path) -> None:
    never = asyncio.Event()
    async with chat(qtbot, tmp_path, HELLO, [TextDelta("Half"), never]) as harness:
        await asked(harness, "One")
        await harness.ask("Two")
        session = harness.workspace.current
        assert session is not None
        await harness.until(lambda: len(session.branch) == 4)
        view = views(harness)[1]
        view.footer.show_more(True)
        button = view.footer.more_buttons["delete"]
        assert not button.isEnabled() and "still running" in button.toolTip()
        harness.view.transcript.acted.emit(view.message.id, "delete")  # type: ignore[union-attr]
        assert len(session.branch) == 4 and "still running here" in harness.messages[-1]


async def test_a_branch_becomes_a_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        await asked(harness, "One", "Two")
        session = harness.workspace.current
        assert session is not None
        before = session.branch
        press(views(harness)[1], "Branch from here")
        await harness.until(lambda: harness.workspace.current is not session)
        branch = harness.workspace.current
        assert branch is not None
        assert [message.text for message in branch.branch] == ["One", "Hello"]
        assert branch.conversation.title == "One (branch)"
        assert session.branch == before
        assert not {message.id for message in branch.branch} & {message.id for message in before}


async def test_another_version_is_made_with_other_parameters(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, [TextDelta("Short"), Finished("stop")]) as harness:
        await asked(harness, "One")
        session = harness.workspace.current
        assert session is not None
        kept = session.conversation.model, session.conversation.sampling
        press(views(harness)[1], "Regenerate with")
        dialog = harness.view.findChildren(VersionDialog)[-1]
        dialog.model.setCurrentText("mimo-v2.6-flash")
        dialog.thinks.setChecked(False)
        dialog.temperature.set_value(0.3)
        dialog.make.click()
        await harness.until(lambda: len(harness.script.requests) == 2)
        await harness.settled()
        request = harness.script.requests[-1]
        assert (request.model, request.sampling.thinking, request.sampling.temperature) == (
            "mimo-v2.6-flash", False, 0.3,
        )  # fmt: skip
        assert (session.conversation.model, session.conversation.sampling) == kept
        label = views(harness)[-1].footer.version_label.text()
        assert label == "2 / 2 · MiMo V2.6 Flash · without thinking · temperature 0.3"


async def test_the_map_shows_the_branch_that_is_selected(qtbot: QtBot, tmp_path: Path) -> None:
    other = [TextDelta("Other answer"), Finished("stop")]
    async with chat(qtbot, tmp_path, HELLO, other) as harness:
        await asked(harness, "One")
        assert not harness.view.branches.isEnabled() and not harness.view.branches.isVisible()
        press(views(harness)[1], "Regenerate")
        await harness.settled()
        session = harness.workspace.current
        assert session is not None and harness.view.branches.isEnabled() and harness.view.branches.isVisible()
        harness.view.branches.click()
        rows = harness.view.findChildren(BranchesWindow)[-1].rows
        model = rows.model()
        assert rows.accessibleName() == "Branches" and model.rowCount() == 2
        assert "Other answer" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert "2 messages" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert rows.selected_key() == session.branch[-1].id
        # Assistive tools change the selection only.
        rows.selectionModel().select(model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        assert session.branch[-1].text == "Hello"
        QTest.keyClick(rows, Qt.Key.Key_Down)
        assert session.branch[-1].text == "Other answer"


async def test_the_map_of_many_branches_costs_a_row_each(qtbot: QtBot, tmp_path: Path) -> None:
    """Counted in calls: opening grows with the rows, choosing one does not."""
    costs: list[tuple[int, int]] = []
    for branches in (50, 150):
        async with chat(qtbot, tmp_path / str(branches)) as harness:
            costs.append(_cost_of_the_map(harness, branches))
    (few_opened, few_chosen), (many_opened, many_chosen) = costs
    assert many_opened < 4 * few_opened
    assert many_chosen < 1.5 * few_chosen


def _cost_of_the_map(harness: ChatHarness, branches: int) -> tuple[int, int]:
    """The calls of Python for opening the map with this many branches, and for choosing one on it."""
    session = harness.workspace.current
    assert session is not None
    text = "# Head **x**\n\n" + "Some *words* with `code`.\n\n```py\nx = 1\n```\n\n" * 40
    parent: str | None = None
    for number in range(branches):
        question = Message(new_id(), "user", (Text(f"Question {number}"),), parent)
        versions = [Message(new_id(), "assistant", (Text(text),), question.id) for _ in range(2)]
        for message in (question, *versions):
            session.tree.add(message)
        parent = versions[-1].id
    assert parent is not None and session.show_branch(parent)
    opened = calls_of(harness.view.branches.click)
    window = harness.view.findChildren(BranchesWindow)[-1]
    assert window.rows.model().rowCount() == branches + 1
    index = window.rows.model().index(branches - 10, 0)
    select = window.rows.selectionModel().select
    chosen = calls_of(lambda: select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect))
    return opened, chosen


def calls_of(work: Callable[[], object]) -> int:
    """How many functions written in Python are called by this."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
