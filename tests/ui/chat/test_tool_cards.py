"""The card of a tool call: waiting, answered, folded to one line, and asking whether to go on."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta, ToolCallDelta
from app.core.messages import Message, Reply, ToolCall
from app.core.settings import ASK_BEFORE_TOOL
from app.ui.chat.tools.commands import add_tool_commands
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.text_search import Foldable
from app.ui.chat.transcript.tool_card import ToolCard
from tests.ui.chat.harness import ChatHarness, chat
from tests.ui.test_shortcuts import in_window

DONE = [TextDelta("Done."), Finished("stop")]


def call(expression: str, n: int = 0, name: str = "calculate") -> list[Any]:
    return [ToolCallDelta(n, f"c{n} {expression}", name, json.dumps({"expression": expression}))]


def cards(harness: ChatHarness) -> list[ToolCard]:
    return [card for card in harness.view.findChildren(ToolCard) if card.isVisible()]


async def waiting(harness: ChatHarness, count: int = 1) -> list[ToolCard]:
    await harness.until(lambda: [card.call.state for card in cards(harness)].count("waiting") == count)
    return cards(harness)


def result_of(harness: ChatHarness, place: int = 0) -> str:
    assert harness.workspace.current is not None
    calls = [part for part in harness.workspace.current.branch[-1].parts if isinstance(part, ToolCall)]
    return calls[place].result or ""


async def test_a_call_is_denied_with_a_reason(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [*call("6*7"), Finished("tool_calls")], DONE) as harness:
        await harness.ask("Six times seven?")
        (card,) = await waiting(harness)
        names = [part.accessibleName() for part in card.findChildren(QWidget) if part.isVisible()]
        assert names.count("Reason") == names.count("Answer the call") == 1
        card.approval.reason.setText("Not today")
        card.approval.deny.click()
        await harness.settled()
        assert json.loads(result_of(harness))["reason"] == "Not today"
        assert card._state.text() == "denied"


async def test_a_waiting_call_is_allowed_with_edited_arguments(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [*call("6*7"), Finished("tool_calls")], DONE) as harness:
        await harness.ask("Six times seven?")
        (card,) = await waiting(harness)
        assert card.edit.text() == "Edit arguments"
        card.edit.click()
        assert not card.approval.isVisible() and not card.result.isVisible()
        card.arguments.setPlainText('{"expression": "6*8"}')
        assert card.editing.replay.text() == "Allow with these" and card.editing.replay.isEnabled()
        card.editing.replay.click()
        await harness.settled()
        assert json.loads(result_of(harness))["result"] == 48
        assert not card.editing.replay.isVisible() and card.call.state == "done"


async def test_a_tool_of_the_users_own_waits_for_the_answer(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [*call("3", name="new_tool"), Finished("tool_calls")], DONE) as harness:
        tool = harness.own_tools.add()
        harness.view._settings.set(ASK_BEFORE_TOOL, False)
        harness.switch_tool(tool.id)
        await harness.ask("Ask the desk")
        (card,) = await waiting(harness)
        assert card._state.text() == "waiting for your answer"
        assert not card.approval.allow.isVisible() and not card.edit.isVisible()
        card.approval.send.click()
        assert card.call.state == "waiting", "an empty answer is no answer"
        card.approval.answer.setText("  It is free. ")
        card.approval.send.click()
        await harness.settled()
        assert result_of(harness) == "  It is free. ", "the answer goes as typed"
        assert [spec.name for spec in harness.script.requests[0].tools] == ["new_tool"]


async def test_after_many_rounds_the_transcript_asks(qtbot: QtBot, tmp_path: Path) -> None:
    rounds = [[*call(f"{n}+1"), Finished("tool_calls")] for n in range(3)]
    async with chat(qtbot, tmp_path, *rounds, DONE) as harness:
        harness.switch_tool("builtin:calculate")
        harness.view._settings.set(ASK_BEFORE_TOOL, False)
        harness.workspace._approvals.max_rounds = 1
        await harness.ask("Sums")
        await harness.settled()
        view = harness.view.findChildren(AssistantMessageView)[-1]
        assert view._question is not None and view._question.text().endswith("rounds of tool calls. Go on?")
        harness.button("Go on").click()
        await harness.until(lambda: len(harness.script.requests) == 2)
        await harness.settled()
        view = harness.view.findChildren(AssistantMessageView)[-1]
        assert view._question is not None and view._question.isVisible()
        harness.button("Stop here").click()
        await asyncio.sleep(0)
        assert not view._question.isVisible() and view.footer.isVisible()
        session = harness.workspace.current
        assert session is not None
        assert len(harness.script.requests) == 2 and not session.running
        assert session.error_of(session.branch[-1].id) is None
    async with chat(qtbot, tmp_path, last=True) as later:
        later_session = later.workspace.current
        assert later_session is not None
        assert later_session.branch[-1].replies[-1].failure is None, "it stays ended after a restart"


def shown(qtbot: QtBot, *calls: ToolCall) -> AssistantMessageView:
    view = AssistantMessageView(Message("m", "assistant", calls, replies=(Reply("a", "a"),)), 1)
    qtbot.addWidget(view)
    view.set_message(view.message)
    view.resize(700, 400)
    view.show()
    view.text_views()
    qtbot.waitUntil(lambda: not view._card_queue._timer.isActive())
    return view


def test_a_call_that_is_done_is_one_line_until_it_is_opened(qtbot: QtBot) -> None:
    long = json.dumps({"room": 3, "kinds": ["wall", "floor", "ceiling"], "note": "x" * 60})
    view = shown(qtbot, ToolCall("c", "find_objects", long, 0, "done", '{"count": 2}', 0.3))
    (card,) = view.findChildren(ToolCard)
    line = card.arguments.line_height
    qtbot.waitUntil(lambda: card.arguments.height() <= 2 * line)
    assert card.arguments.text == long and card.result.text == '{"count": 2}'
    assert card._texts._arrow.isVisible() and card.result.isVisible()
    folded = card.sizeHint().height()
    card.details.click()
    assert card.arguments.text.count("\n") > 2 and not card._texts._arrow.isVisible()
    assert card.sizeHint().height() > folded
    card.details.click()
    assert card.arguments.text == long
    found = card.arguments.document().find("ceiling")
    part: object = card.arguments.parentWidget()
    assert isinstance(part, Foldable)
    part.reveal()
    assert card.details.isChecked() and not card._texts._is_folded
    assert found.selectedText() == "ceiling" and card.arguments.text == long, "what was found keeps its place"
    failed = shown(qtbot, ToolCall("c", "find_objects", long, 0, "failed", '{"error": "no"}', 0.3))
    (card,) = failed.findChildren(ToolCard)
    assert not card._texts._is_folded and not card.details.isVisible(), "what went wrong stands open"


def test_calls_made_together_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    calls = [ToolCall(f"c{n}", "look", "{}", 0, "done", "{}", 0.1) for n in range(3)]
    view = shown(qtbot, *calls, ToolCall("later", "look", "{}", 1, "done", "{}", 0.1))
    found = view.findChildren(ToolCard)
    assert [card.call.id for card in view.part_widgets() if isinstance(card, ToolCard)] == ["c0", "c1", "c2", "later"]

    def corners() -> list[Any]:
        return [card.mapTo(view, QPoint(0, 0)).toTuple() for card in found]

    qtbot.waitUntil(lambda: corners()[1][0] > 300)
    places = corners()
    assert places[0][1] == places[1][1] < places[2][1] < places[3][1], "a call of a later step has a row of its own"
    assert {place[0] for place in (places[0], *places[2:])} == {0}
    view.resize(500, 600)
    qtbot.waitUntil(lambda: {x for x, _ in corners()} == {0})


async def test_all_waiting_calls_are_allowed_by_a_shortcut(qtbot: QtBot, tmp_path: Path) -> None:
    both = [*call("1+1"), *call("2+2", 1), Finished("tool_calls")]
    async with chat(qtbot, tmp_path, both, DONE) as harness:
        with in_window(qtbot, harness) as window:
            add_tool_commands(window, harness.view, harness.presenter)
            await harness.ask("Sums")
            await waiting(harness, 2)
            await harness.until(window.isActiveWindow)
            harness.view.composer.field.setFocus()
            modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_A, modifiers)
            await harness.settled()
            assert [card.call.state for card in cards(harness)] == ["done", "done"]
